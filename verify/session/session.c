/* The life of a session: the objective is created, the blocks of the method are made, moved and looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/sources.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"
#include "verify/session/metric.h"

/* Asked for once; what is wrong with it goes to s->error. */
const void *rate_capability(rate_session *s, const char *name)
{
	size_t k = 0;

	while (k < s->tables && strcmp(s->table[k].name, name))
		k++;
	if (k < s->tables)
		return s->table[k].copy;
	if (k == sizeof s->table / sizeof *s->table)
		return NULL;
	s->tables++;
	s->table[k].name = name;
	rate_enter(s, "interface");
	if (rate_interface(&s->f, name, &s->table[k].copy, s->error, sizeof s->error))
		s->table[k].copy = NULL;
	rate_leave(s);
	return s->table[k].copy;
}

static void look_at_world(rate_session *s, const char *call)
{
	char who[200];

	snprintf(who, sizeof who, "objective %s: %s", s->plugin, call);
	rate_world_look(s, who);
}

static int open_objective(rate_session *s)
{
	const rate_bound_spec *spec = s->check->objective;
	char *name = s->mark->plugin;
	size_t n = 0, size = sizeof s->mark->plugin;
	int rc;

	/* A wrapper calls what it wraps by itself: both are named. */
	for (size_t k = 0; k < spec->words && n < size; k++)
		n += (size_t)snprintf(name + n, size - n, "%s%s", k ? "+" : "", spec->word[k].info->id);
	snprintf(s->name, sizeof s->name, "%s", name);
	s->plugin = s->name;
	s->words = spec->words;
	if (!(s->chain = calloc(s->words, sizeof *s->chain)))
		return RATE_FAIL;
	rate_enter(s, "create");
	rc = rate_create(s->chain, spec, s->error, sizeof s->error);
	rate_leave(s);
	look_at_world(s, "create");
	if (rc != RATE_OK)
		return RATE_FAIL;
	s->f = s->chain[s->words - 1];
	rate_enter(s, "dim");
	s->run.d = s->f.cls->dim(s->f.self);
	rate_leave(s);
	if (!s->run.d || s->run.d > 1u << 24) {
		snprintf(s->error, sizeof s->error, "%s: dim returned %zu", s->plugin, s->run.d);
		return RATE_FAIL;
	}
	s->constants = rate_capability(s, "constants/1");
	s->sum = rate_capability(s, "finite-sum/1");
	s->stream = rate_capability(s, "stream/1");
	s->block = rate_capability(s, "block/1");
	s->composite = rate_capability(s, "composite/1");
	s->projection = rate_capability(s, "projection/1");
	s->hessian = rate_capability(s, "hessian/1");
	s->lmo = rate_capability(s, "lmo/1");
	s->metric = rate_capability(s, "metric/1");
	s->gap = rate_capability(s, "gap/1");
	s->quantities = rate_capability(s, "quantities/1");
	s->start = rate_capability(s, "start/1");
	if (*s->error)
		return RATE_FAIL;
	rate_enter(s, "count");
	s->run.n = s->stream ? 0 : s->sum ? s->sum->count(s->f.self) : 1;
	s->normals = s->stream && !s->stream->deterministic && s->stream->normals ? s->stream->normals(s->f.self) : 0;
	rate_leave(s);
	if (s->sum && !s->stream && !s->run.n) {
		snprintf(s->error, sizeof s->error, "%s: finite-sum/1 has no terms", s->plugin);
		return RATE_FAIL;
	}
	rate_choose_sources(s);
	return RATE_OK;
}

static void name_caller(rate_session *s, rate_caller who, const rate_class_info *info)
{
	snprintf(s->mark->outer[who], sizeof s->mark->outer[who], "%s", info ? info->id : "");
}

static int load_method(rate_session *s, const rate_bound_word *w)
{
	rate_call(s, RATE_BY_METHOD, "load");
	s->method = rate_load_class(w->info, s->error, sizeof s->error);
	rate_back(s);
	if (w->info->named)
		rate_world_look(s, w->info->file);
	if (!s->method || !(s->method_param = calloc(w->values + 1, sizeof *s->method_param)))
		return RATE_FAIL;
	s->run.param = s->method_param;
	rate_set_method(s, w);
	return RATE_OK;
}

int rate_session_open(rate_session *s, const rate_check *check, rate_mark *mark)
{
	memset(s, 0, sizeof *s);
	s->check = check;
	s->mark = mark;
	s->run = (rate_run){ .size = sizeof s->run, .call = &rate_session_services, .host = s, .nrep = 1, .f_star = NAN };
	s->machine = rate_machine();
	rate_world_begin();
	snprintf(mark->plugin, sizeof mark->plugin, "objective");
	*mark->oracle = '\0';
	name_caller(s, RATE_BY_THEOREM, check->theorem);
	name_caller(s, RATE_BY_METHOD, check->method ? check->method->word[0].info : NULL);
	if (!(s->kernels = rate_kernels_chosen())) {
		snprintf(s->error, sizeof s->error, "RATECHECK_ISA=%s: this processor or this build has no such kernels",
		         getenv("RATECHECK_ISA"));
		return RATE_FAIL;
	}
	if (check->theorem) {
		rate_call(s, RATE_BY_THEOREM, "load");
		s->theorem = rate_load_class(check->theorem, s->error, sizeof s->error);
		rate_back(s);
		if (check->theorem->named)
			rate_world_look(s, check->theorem->file);
		if (!s->theorem)
			return RATE_FAIL;
	}
	if (check->method && load_method(s, &check->method->word[0]))
		return RATE_FAIL;
	if (check->objective && open_objective(s))
		return RATE_FAIL;
	if (!check->objective)
		s->run.d = 1;
	s->run.ld = (s->run.d + 7) / 8 * 8;
	s->capacity = 1;
	s->key = check->stream;
	s->work = calloc(4 * s->run.ld, sizeof(double));
	if (!s->work)
		return RATE_FAIL;
	if (s->f.cls && rate_block_open(s))
		return RATE_FAIL;
	/* `ratecheck probe` has no theorem: it looks at the plugin's own oracles. */
	return s->theorem && s->f.cls ? rate_model_open(s, rate_capability(s, "glm/1")) : RATE_OK;
}

int rate_session_turn_to(rate_session *s, const rate_check *check)
{
	rate_blame_end(s);
	rate_glance_end(s);
	free(s->x0);
	free(s->x_star);
	free(s->need);
	rate_metric_free(s);
	free(s->worst);
	free(s->algebra);
	s->x0 = s->x_star = s->need = s->worst = s->param = NULL;
	s->check = check;
	name_caller(s, RATE_BY_THEOREM, check->theorem);
	return (s->theorem = rate_load_class(check->theorem, s->error, sizeof s->error)) ? RATE_OK : RATE_FAIL;
}

/* Behind a block lies what nobody writes to. */
enum { GUARD = 256 };

static double *new_block(size_t rows, size_t ld)
{
	double *p = aligned_alloc(64, (rows * ld + GUARD) * sizeof(double));

	if (p) {
		memset(p, 0, rows * ld * sizeof *p);
		rate_unwritten(p + rows * ld, GUARD);
	}
	return p;
}

static int is_whole(const rate_session *s, const double *block, int rows_too)
{
	const double *end = block + s->capacity * s->run.ld;

	for (size_t j = 0; j < GUARD; j++)
		if (!rate_is_unwritten(end[j]))
			return 0;
	for (size_t r = 0; rows_too && r < s->run.nrep; r++)
		for (size_t j = s->run.d; j < s->run.ld; j++)
			if (block[r * s->run.ld + j] != 0)
				return 0;
	return 1;
}

void rate_session_guard(rate_session *s, int rows_too)
{
	for (size_t k = 0; k < s->states; k++)
		if (!is_whole(s, s->state[k], rows_too))
			rate_fault(s, "method %s or objective %s writes behind the %zu numbers of a row of a state block", s->method->id,
			           s->plugin, s->run.d);
	for (uint32_t k = 0; k < s->method->scratch; k++)
		if (!is_whole(s, s->scratch[k], 0))
			rate_fault(s, "method %s or objective %s writes behind a work block", s->method->id, s->plugin);
}

static void free_blocks(rate_session *s)
{
	for (size_t k = 0; s->state && k < s->states; k++)
		free(s->state[k]);
	for (uint32_t k = 0; s->scratch && k < s->method->scratch; k++)
		free(s->scratch[k]);
	free(s->state);
	free(s->scratch);
	free(s->average);
	free(s->rows);
	free(s->kept);
	free(s->acc);
	free(s->reach);
	rate_polyak_close(s);
	/* Samples are sized by the number of rows too. */
	for (uint32_t k = 0; k < 16; k++)
		s->batch_capacity[k] = 0;
	rate_components_free(s);
}

static const rate_state *declared(const rate_session *s, size_t k)
{
	return (const void *)((const char *)s->method->state.row + k * s->method->state.stride);
}

/* How many blocks the declared state k stands for. */
static size_t count_of(const rate_session *s, size_t k)
{
	return declared(s, k)->scalar == RATE_PER_TERM ? s->run.n : 1;
}

size_t rate_state_count(const rate_session *s)
{
	size_t sum = 0;

	for (size_t k = 0; k < s->method->state.count; k++)
		sum += count_of(s, k);
	return sum;
}

const rate_state *rate_state_of(const rate_session *s, size_t k)
{
	size_t i = 0;

	for (; k >= count_of(s, i); i++)
		k -= count_of(s, i);
	return declared(s, i);
}

int rate_session_blocks(rate_session *s, size_t rows)
{
	uint32_t scratch = s->method->scratch;

	free_blocks(s);
	s->capacity = rows;
	s->states = rate_state_count(s);
	s->state = calloc(s->states + 1, sizeof *s->state);
	s->scratch = calloc(scratch + 1, sizeof *s->scratch);
	s->average = new_block(rows, s->run.ld);
	s->rows = new_block(rows, s->run.ld);
	s->kept = new_block(rows, s->run.ld);
	s->acc = calloc(rows * (s->theorem->accumulators + 1), sizeof *s->acc);
	s->reach = calloc(2 * rows, sizeof *s->reach);
	if (!s->state || !s->scratch || !s->average || !s->rows || !s->kept || !s->acc || !s->reach || rate_polyak_open(s, rows))
		goto memory;
	for (size_t k = 0; k < s->states; k++)
		if (!(s->state[k] = new_block(rows, s->run.ld)))
			goto memory;
	for (uint32_t k = 0; k < scratch; k++)
		if (!(s->scratch[k] = new_block(rows, s->run.ld)))
			goto memory;
	s->run.state = s->state;
	s->run.scratch = s->scratch;
	rate_choose_sources(s);
	return RATE_OK;
memory:
	snprintf(s->error, sizeof s->error, "out of memory for blocks");
	return RATE_FAIL;
}

int rate_session_twin(const rate_session *s, rate_session *out, const rate_bound_spec *method)
{
	*out = *s;
	out->run.host = out;
	out->state = out->scratch = NULL;
	out->average = out->acc = out->reach = out->rows = out->kept = out->method_param = NULL;
	out->blamer = NULL;
	out->glancer = NULL;
	memset(&out->polyak, 0, sizeof out->polyak);
	out->states = 0;
	out->algebra = NULL;
	out->algebra_room = 0;
	out->span = NULL;
	out->sampler = RATE_BY_PHILOX;
	out->oracle_calls = 0;
	memset(out->sample, 0, sizeof out->sample);
	memset(out->index, 0, sizeof out->index);
	memset(out->normal, 0, sizeof out->normal);
	memset(out->batch_capacity, 0, sizeof out->batch_capacity);
	out->component = NULL;
	out->components = out->component_room = 0;
	memset(&out->choice, 0, sizeof out->choice);
	rate_choose_sources(out);
	return load_method(out, &method->word[0]);
}

static void free_samples(rate_session *s)
{
	rate_components_free(s);
	free(s->choice.weight);
	for (uint32_t k = 0; k < 16; k++) {
		free(s->index[k]);
		free(s->normal[k]);
	}
}

void rate_twin_close(rate_session *s)
{
	if (s->method)
		free_blocks(s);
	rate_span_end(s);
	free_samples(s);
	free(s->algebra);
	rate_blame_end(s);
	rate_glance_end(s);
	free(s->method_param);
}

void rate_session_close(rate_session *s)
{
	uint32_t schedules = s->theorem && s->theorem->schedules ? s->theorem->schedules : 1;

	if (s->method)
		free_blocks(s);
	rate_span_end(s);
	free_samples(s);
	for (uint32_t k = 0; s->schedule && k < schedules; k++)
		free(s->schedule[k]);
	free(s->schedule);
	free(s->x0);
	free(s->x_star);
	free(s->need);
	rate_model_close(s);
	free(s->worst);
	rate_blame_end(s);
	rate_glance_end(s);
	free(s->method_param);
	free(s->work);
	for (size_t k = 0; k < s->tables; k++)
		free(s->table[k].copy);
	if (s->chain) {
		rate_enter(s, "destroy");
		rate_destroy(s->chain, s->words);
		rate_leave(s);
	}
	free(s->chain);
}

int rate_session_begin(rate_session *s, size_t rows, uint64_t replicate0)
{
	size_t ld = s->run.ld;
	int rc;

	s->run.nrep = rows;
	s->run.t = 0;
	s->run.f_star = s->f_star_below ? NAN : s->c.f_star;
	s->replicate0 = replicate0;
	s->purpose = 0;
	s->choice.drawn = 0;
	s->components = 0;
	s->leaf.radix = 1;
	s->leaf.draws = 0;
	for (size_t k = 0; k < s->states; k++)
		memset(s->state[k], 0, rows * ld * sizeof(double));
	for (size_t r = 0; r < rows; r++) {
		memcpy(s->state[0] + r * ld, s->x0, s->run.d * sizeof(double));
		memcpy(s->average + r * ld, s->x0, s->run.d * sizeof(double));
	}
	rate_paths_begin(s);
	memset(s->acc, 0, rows * (s->theorem->accumulators + 1) * sizeof *s->acc);
	if (!s->method->start)
		return RATE_OK;
	s->counting = 1;
	rate_call(s, RATE_BY_METHOD, "start");
	rc = s->method->start(&s->run);
	rate_back(s);
	s->counting = 0;
	return rc;
}

void rate_session_window(rate_session *s, size_t first, size_t rows)
{
	ptrdiff_t on = (ptrdiff_t)first - (ptrdiff_t)s->window;

	for (size_t k = 0; k < s->states; k++)
		s->state[k] += on * (ptrdiff_t)s->run.ld;
	s->average += on * (ptrdiff_t)s->run.ld;
	s->replicate0 += (uint64_t)on;
	s->window = first;
	s->run.nrep = rows;
}

int rate_session_step(rate_session *s, uint64_t t)
{
	uint32_t k, schedules = s->theorem->schedules ? s->theorem->schedules : 1;
	int rc;

	for (k = 0; k < schedules; k++)
		s->step_values[k] = s->schedule[k][t];
	s->run.t = s->mark->step = t;
	s->components = 0;
	/* What a start has drawn is seen by step 0 still. */
	if (t) {
		s->purpose = s->leaf.draws = 0;
		s->choice.drawn = 0;
	}
	s->run.gamma = s->step_values[0];
	s->run.schedule = s->step_values;
	rate_polyak_before(s);
	s->counting = 1;
	rate_call(s, RATE_BY_METHOD, "step");
	rc = s->method->step(&s->run);
	rate_back(s);
	s->counting = 0;
	rate_polyak_after(s);
	if (rc != RATE_OK && !*s->error)
		snprintf(s->error, sizeof s->error, "%s: step %llu failed", s->method->id, (unsigned long long)t);
	return rc;
}

static int find_block(const rate_view *v, const char *name, const double **block)
{
	const rate_session *s = v->run->host;

	for (size_t k = 0; k < s->states; k++) {
		if (!strcmp(rate_state_of(s, k)->name, name)) {
			*block = s->state[k];
			return RATE_OK;
		}
	}
	return RATE_FAIL;
}

void rate_session_view(rate_session *s, uint64_t t, rate_view *v)
{
	s->run.t = t;
	*v = (rate_view){ .size = sizeof *v, .run = &s->run, .c = &s->c, .t = t, .state = (const double *const *)s->state,
		              .average = s->theorem->weight ? s->average : NULL, .acc = s->acc, .find = find_block };
}
