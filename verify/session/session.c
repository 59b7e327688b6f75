/* The life of a session: the objective is created and asked what it can do, the method is loaded.
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
	if (rate_interface(&s->f, name, &s->table[k].copy, &s->error))
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
	rc = rate_create(s->chain, spec, &s->error);
	rate_leave(s);
	look_at_world(s, "create");
	if (rc != RATE_OK)
		return RATE_FAIL;
	s->f = s->chain[s->words - 1];
	rate_enter(s, "dim");
	s->run.d = s->f.cls->dim(s->f.self);
	rate_leave(s);
	if (!s->run.d || s->run.d > 1u << 24)
		return rate_fail(&s->error, "%s: dim returned %zu", s->plugin, s->run.d);
	s->constants = rate_capability(s, "constants/1");
	s->sum = rate_capability(s, "finite-sum/1");
	s->stream = rate_capability(s, "stream/1");
	s->block = rate_capability(s, "block/1");
	s->composite = rate_capability(s, "composite/1");
	s->projection = rate_capability(s, "projection/1");
	s->hessian = rate_capability(s, "hessian/1");
	s->lmo = rate_capability(s, "lmo/1");
	s->composition = rate_capability(s, "composition/1");
	s->risk = rate_capability(s, "risk/1");
	s->smoothing = rate_capability(s, "smoothing/1");
	s->network = rate_capability(s, "network/1");
	s->metric = rate_capability(s, "metric/1");
	s->gap = rate_capability(s, "gap/1");
	s->quantities = rate_capability(s, "quantities/1");
	s->start = rate_capability(s, "start/1");
	if (*s->error.text)
		return RATE_FAIL;
	rate_enter(s, "count");
	s->run.n = s->stream ? 0 : s->sum ? s->sum->count(s->f.self) : 1;
	s->losses = s->risk ? s->risk->count(s->f.self) : 0;
	s->agents = s->network ? s->network->agents(s->f.self) : 0;
	s->normals = s->stream && !s->stream->deterministic && s->stream->normals ? s->stream->normals(s->f.self) : 0;
	rate_leave(s);
	if (s->sum && !s->stream && !s->run.n)
		return rate_fail(&s->error, "%s: finite-sum/1 has no terms", s->plugin);
	if (s->network && (!s->agents || s->run.d % s->agents))
		return rate_fail(&s->error, "%s: network/1 has %zu agents for %zu numbers", s->plugin, s->agents,
		                 s->run.d);
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
	s->method = rate_load_class(w->info, &s->error);
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
	s->family = &rate_family_minimise;
	s->run = (rate_run){ .size = sizeof s->run, .call = &rate_session_services, .host = s, .nrep = 1,
	                     .f_star = NAN };
	s->watch.machine = rate_machine();
	rate_world_begin();
	snprintf(mark->plugin, sizeof mark->plugin, "objective");
	*mark->oracle = '\0';
	name_caller(s, RATE_BY_THEOREM, check->theorem);
	name_caller(s, RATE_BY_METHOD, check->method ? check->method->word[0].info : NULL);
	if (!(s->kernels = rate_kernels_chosen()))
		return rate_fail(&s->error, "RATECHECK_ISA=%s: this processor or this build has no such kernels",
		                 getenv("RATECHECK_ISA"));
	if (check->theorem) {
		rate_call(s, RATE_BY_THEOREM, "load");
		s->theorem = rate_load_class(check->theorem, &s->error);
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
	s->blocks.capacity = 1;
	s->draws.key = check->stream;
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
	return (s->theorem = rate_load_class(check->theorem, &s->error)) ? RATE_OK : RATE_FAIL;
}

int rate_session_twin(const rate_session *s, rate_session *out, const rate_bound_spec *method)
{
	*out = *s;
	out->run.host = out;
	out->blocks = (rate_blocks){ 0 };
	out->draws = (rate_draws){ .sampler = RATE_BY_PHILOX, .key = s->draws.key, .outcomes = s->draws.outcomes };
	out->watch = (rate_watch){ .machine = s->watch.machine, .lenient = s->watch.lenient, .summed = s->watch.summed,
	                           .thorough = s->watch.thorough };
	out->method_param = NULL;
	out->pass = NULL;
	out->snapshots = NULL;
	out->algebra = NULL;
	out->algebra_room = 0;
	rate_choose_sources(out);
	return load_method(out, &method->word[0]);
}

void rate_twin_close(rate_session *s)
{
	if (s->method)
		rate_blocks_free(s);
	rate_span_end(s);
	rate_draws_free(&s->draws);
	rate_pass_free(s);
	free(s->algebra);
	rate_blame_end(s);
	rate_glance_end(s);
	free(s->method_param);
}

int rate_session_flag(const rate_session *s, uint32_t flag)
{
	for (size_t k = 0; s->f.cls && k < s->words; k++)
		if (s->chain[k].cls->flags & flag)
			return 1;
	return s->method && (s->method->flags & flag);
}

void rate_session_close(rate_session *s)
{
	uint32_t schedules = s->theorem && s->theorem->schedules ? s->theorem->schedules : 1;

	if (s->method)
		rate_blocks_free(s);
	rate_span_end(s);
	rate_draws_free(&s->draws);
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
