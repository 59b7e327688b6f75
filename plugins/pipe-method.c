/* A method that is a program: its start and its step are questions, in the answers to which it asks the host for
 * oracles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/pipe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Services ---- */

enum { HANDLES = 4096, RATE_PIPE_VALUES = 64 };
static const rate_sample *handle[HANDLES]; /* of this step */
static size_t handles;

typedef struct call {
	rate_run *run;
	const uint64_t *word;  /* the numbers before the blocks */
	const double *a, *b;   /* the blocks, with padding */
	double *out;           /* room for a block */
	const rate_sample *sample;
	const void *answer;    /* what goes back, if it is not `out` */
	size_t bytes;
	const char *weight;    /* choose: what follows the numbers */
	size_t weights;
} call;

static double number(uint64_t word)
{
	double v;

	memcpy(&v, &word, sizeof v);
	return v;
}

static int svc_gradient(call *c) { return c->run->call->gradient(c->run, c->a, c->out); }
static int svc_value(call *c) { return c->run->call->value(c->run, c->a, c->out); }
static int svc_h(call *c) { return c->run->call->h_value(c->run, c->a, c->out); }
static int svc_prox(call *c) { return c->run->call->prox(c->run, number(c->word[0]), c->a, c->out); }
static int svc_sample_gradient(call *c) { return c->run->call->sample_gradient(c->run, c->sample, c->a, c->out); }
static int svc_sample_value(call *c) { return c->run->call->sample_value(c->run, c->sample, c->a, c->out); }
static int svc_sample_f_star(call *c) { return c->run->call->sample_f_star(c->run, c->sample, c->out); }
static int svc_normals(call *c) { return c->run->call->normals(c->run, (uint32_t)c->word[0], c->out); }
static int svc_signs(call *c) { return c->run->call->signs(c->run, (uint32_t)c->word[0], c->out); }
static int svc_hessian(call *c) { return c->run->call->hessian_product(c->run, c->a, c->b, c->out); }
static int svc_lmo(call *c) { return c->run->call->lmo(c->run, c->a, c->out); }

static int svc_sample_prox(call *c)
{
	return c->run->call->sample_prox(c->run, c->sample, number(c->word[1]), c->a, c->out);
}

static int svc_project(call *c)
{
	memcpy(c->out, c->a, c->run->nrep * c->run->ld * sizeof *c->out);
	return c->run->call->project(c->run, c->out);
}

static int svc_model(call *c)
{
	return c->run->call->model_step(c->run, c->a, c->b, number(c->word[0]), number(c->word[1]), c->out);
}

/* The number of the handle, then the indices. */
static int hand_out(call *c, const rate_sample *s)
{
	size_t n = s && s->index ? c->run->nrep * s->batch : 0;
	uint64_t *to;

	if (!s)
		return RATE_FAIL;
	if (handles == HANDLES)
		return c->run->call->fail(c->run, "more than %d samples in one step", HANDLES);
	if (!(to = malloc((n + 1) * sizeof *to)))
		return c->run->call->fail(c->run, "out of memory");
	to[0] = handles;
	if (n)
		memcpy(to + 1, s->index, n * sizeof *to);
	handle[handles++] = s;
	c->answer = to;
	c->bytes = (n + 1) * sizeof *to;
	return RATE_OK;
}

static int svc_draw(call *c)
{
	if (c->word[0] > UINT32_MAX || c->word[1] > UINT32_MAX)
		return c->run->call->fail(c->run, "draw: the purpose or the batch is no number of 32 bits");
	return hand_out(c, c->run->call->draw(c->run, (uint32_t)c->word[0], (uint32_t)c->word[1]));
}

static int svc_component(call *c)
{
	if (c->word[0] >= (c->run->n ? c->run->n : UINT64_MAX))
		return c->run->call->fail(c->run, "there is no term %llu", (unsigned long long)c->word[0]);
	return hand_out(c, c->run->call->component(c->run, c->word[0]));
}

static int svc_uniforms(call *c)
{
	size_t n = c->run->nrep * c->word[1];
	double *u;

	if (c->word[1] > 1u << 24 || !(u = malloc(n * sizeof *u + 1)))
		return c->run->call->fail(c->run, "uniforms: no memory for %llu a row", (unsigned long long)c->word[1]);
	c->answer = u;
	c->bytes = n * sizeof *u;
	return c->run->call->uniforms(c->run, (uint32_t)c->word[0], c->word[1], u);
}

static int svc_choose(call *c)
{
	uint64_t *k = malloc(c->run->nrep * sizeof *k);

	c->answer = k;
	c->bytes = c->run->nrep * sizeof *k;
	if (!k || (c->weights && c->weights != c->word[1]))
		return c->run->call->fail(c->run, "choose: %zu weights for %llu choices", c->weights,
		                          (unsigned long long)c->word[1]);
	return c->run->call->choose(c->run, (uint32_t)c->word[0], c->word[1],
	                            c->weights ? (const double *)(const void *)c->weight : NULL, k);
}

/* What a method may ask, in the order of the codes from RATE_CALLS_BACK on: numbers, then blocks; what comes back. */
enum { BLOCK, ROWS, OWN };
static const struct service {
	const char *name;
	size_t words, blocks;
	int sampled, answer;
	int (*serve)(call *c);
} services[] = {
	{ "gradient", 0, 1, 0, BLOCK, svc_gradient }, { "value", 0, 1, 0, ROWS, svc_value },
	{ "h", 0, 1, 0, ROWS, svc_h }, { "prox", 1, 1, 0, BLOCK, svc_prox }, { "project", 0, 1, 0, BLOCK, svc_project },
	{ "draw", 2, 0, 0, OWN, svc_draw }, { "component", 1, 0, 0, OWN, svc_component },
	{ "sample_gradient", 1, 1, 1, BLOCK, svc_sample_gradient },
	{ "sample_value", 1, 1, 1, ROWS, svc_sample_value }, { "sample_prox", 2, 1, 1, BLOCK, svc_sample_prox },
	{ "sample_f_star", 1, 0, 1, ROWS, svc_sample_f_star }, { "normals", 1, 0, 0, BLOCK, svc_normals },
	{ "uniforms", 2, 0, 0, OWN, svc_uniforms }, { "signs", 1, 0, 0, BLOCK, svc_signs },
	{ "choose", 2, 0, 0, OWN, svc_choose }, { "hessian_product", 0, 2, 0, BLOCK, svc_hessian },
	{ "lmo", 0, 1, 0, BLOCK, svc_lmo },
	{ "model_step", 2, 2, 0, BLOCK, svc_model },
};
enum { SERVICES = sizeof services / sizeof *services, CHOOSE = 14 };

/* ---- Blocks, with padding and without ---- */

static void unpack(const rate_run *run, const char *from, double *to)
{
	for (size_t r = 0; r < run->nrep; r++) {
		memcpy(to + r * run->ld, from + r * run->d * sizeof *to, run->d * sizeof *to);
		memset(to + r * run->ld + run->d, 0, (run->ld - run->d) * sizeof *to);
	}
}

static void pack(const rate_run *run, const double *from, double *to)
{
	for (size_t r = 0; r < run->nrep; r++)
		memcpy(to + r * run->d, from + r * run->ld, run->d * sizeof *to);
}

static int make_room(rate_pipe *p, const rate_run *run)
{
	size_t block = run->nrep * run->ld, packed = p->info->states * run->nrep * run->d;

	for (int k = 0; k < 3 && p->room < block; k++) {
		free(p->block[k]);
		if (!(p->block[k] = aligned_alloc(64, block * sizeof(double))))
			return RATE_FAIL;
		memset(p->block[k], 0, block * sizeof(double));
	}
	p->room = p->room < block ? block : p->room;
	if (p->packed_room < packed) {
		free(p->packed);
		p->packed_room = 0;
		if (!(p->packed = malloc(packed * sizeof(double))))
			return RATE_FAIL;
		p->packed_room = packed;
	}
	return RATE_OK;
}

/* ---- A step ---- */

static int fail(rate_run *run, const rate_pipe *p)
{
	return run->call->fail(run, "%s", rate_program_error(p->program));
}

/* Does what the program asks for and sends the answer. A service that fails has said why. */
static int serve(rate_pipe *p, rate_run *run, const rate_message *m, const char *payload)
{
	const struct service *s = m->code - RATE_CALLS_BACK < SERVICES ? &services[m->code - RATE_CALLS_BACK] : NULL;
	size_t row = run->nrep * run->d * sizeof(double), wanted = s ? 8 * s->words + s->blocks * row : 0;
	uint64_t word[2] = { 0 };
	call c = { .run = run, .word = word, .a = p->block[0], .b = p->block[1], .out = p->block[2] };
	rate_bytes part;
	int rc;

	if (!s)
		return rate_program_complain(p->program, "asks for a service of code %u; they go from %d to %d",
		                             m->code, RATE_CALLS_BACK, RATE_CALLS_BACK + SERVICES - 1), fail(run, p);
	if (s == &services[CHOOSE] && m->bytes >= wanted && (m->bytes - wanted) % 8 == 0) {
		c.weight = payload + wanted;
		c.weights = (m->bytes - wanted) / 8;
		wanted = m->bytes;
	}
	if (m->bytes != wanted)
		return rate_program_complain(p->program, "asks for %s with %llu bytes, %zu are wanted", s->name,
		                             (unsigned long long)m->bytes, wanted), fail(run, p);
	memcpy(word, payload, 8 * s->words);
	if (s->sampled && word[0] >= handles)
		return rate_program_complain(p->program, "asks for %s of a sample that this step has not drawn",
		                             s->name), fail(run, p);
	c.sample = s->sampled ? handle[word[0]] : NULL;
	for (size_t k = 0; k < s->blocks; k++)
		unpack(run, payload + 8 * s->words + k * row, p->block[k]);
	if ((rc = s->serve(&c)) == RATE_OK) {
		if (s->answer == BLOCK)
			pack(run, c.out, p->packed);
		part = s->answer == OWN ? (rate_bytes){ c.answer, c.bytes }
		       : s->answer == BLOCK ? (rate_bytes){ p->packed, row }
		           : (rate_bytes){ c.out, run->nrep * sizeof(double) };
		if (rate_program_send(p->program, RATE_SAYS_OK, run->nrep, 0, &part, 1))
			rc = fail(run, p);
	}
	if (s->answer == OWN)
		free((void *)(uintptr_t)c.answer);
	return rc;
}

/* The program has not been told about its class yet. */
static int begin(rate_pipe *p, rate_run *run)
{
	char text[200];
	rate_error error;
	json_t *j;

	if (make_room(p, run))
		return run->call->fail(run, "out of memory");
	if (p->program)
		return RATE_OK;
	snprintf(text, sizeof text, "method %s\nseed 1\n", p->info->id);
	if (!(j = rate_pipe_create(p, text, &error)))
		return run->call->fail(run, "%s", error.text);
	json_decref(j);
	return RATE_OK;
}

static int go(int slot, rate_run *run, uint32_t code, const char *what)
{
	rate_pipe *p = rate_pipe_of(slot);
	const rate_class_info *c = p->info;
	size_t block = run->nrep * run->d, whole = c->states * block * sizeof(double);
	/* The run is told apart from others by its number, so that a program may keep state of its own. */
	struct { uint64_t run, n, d; double f_star, gamma; } head =
	    { (uintptr_t)run->host, run->n, run->d, run->f_star, run->gamma };
	double values[RATE_PIPE_VALUES];
	size_t schedules = c->schedules, params = c->params;
	const char *payload;
	rate_message m;

	if (begin(p, run))
		return RATE_FAIL;
	if (schedules + params > RATE_PIPE_VALUES)
		return run->call->fail(run, "it has more than %d step sequences and parameters", RATE_PIPE_VALUES);
	for (size_t k = 0; k < schedules; k++)
		values[k] = code == RATE_ASK_START ? 0 : run->schedule[k];
	for (size_t k = 0; k < params; k++)
		values[schedules + k] = run->param[k];
	for (size_t k = 0; k < c->states; k++)
		pack(run, run->state[k], p->packed + k * block);
	rate_bytes part[3] = { { &head, sizeof head }, { values, (schedules + params) * sizeof *values },
	                       { p->packed, whole } };
	handles = 0;
	if (rate_program_send(p->program, code, run->nrep, run->t, part, 3))
		return fail(run, p);
	for (;;) {
		size_t most = whole > 2 * block * sizeof(double) + 65536 ? whole : 2 * block * sizeof(double) + 65536;
		if (rate_program_receive(p->program, what, 0, most, &m, &payload))
			return fail(run, p);
		if (m.code < RATE_CALLS_BACK)
			break;
		if (serve(p, run, &m, payload)) {
			/* It waits for an answer that will not come. */
			rate_program_complain(p->program, "was left in the middle of %s", what);
			return RATE_FAIL;
		}
	}
	if (m.code == RATE_SAYS_FAIL)
		rate_program_complain(p->program, "says: %.200s", m.bytes ? payload : "nothing");
	else if (m.code != RATE_SAYS_OK)
		rate_program_complain(p->program, "answers %s with a message of code %u; 0 and 1 are known",
		                      what, m.code);
	else if (m.bytes != whole)
		rate_program_complain(p->program, "answers %s with %llu bytes, %zu are wanted: "
		                                  "%zu blocks of %zu x %zu numbers", what,
		                      (unsigned long long)m.bytes, whole, c->states, run->nrep, run->d);
	else
		for (size_t k = 0; k < c->states; k++)
			unpack(run, payload + k * block * sizeof(double), run->state[k]);
	return *rate_program_error(p->program) ? fail(run, p) : RATE_OK;
}

#define CALLS(k) \
	static int start##k(rate_run *run) { return go(k, run, RATE_ASK_START, "`start`"); } \
	static int step##k(rate_run *run) { return go(k, run, RATE_ASK_STEP, "`step`"); }
#define START(k) start##k,
#define STEP(k) step##k,
RATE_SLOTS(CALLS)
static int (*const starts[])(rate_run *run) = { RATE_SLOTS(START) };
static int (*const steps[])(rate_run *run) = { RATE_SLOTS(STEP) };

int rate_pipe_method(rate_pipe *p, int slot)
{
	const rate_class_info *c = p->info;

	if (!(p->state = calloc(c->states + 1, sizeof *p->state)))
		return RATE_FAIL;
	for (size_t k = 0; k < c->states; k++)
		p->state[k] = (rate_state){ c->state[k], 0, "" };
	p->method = (rate_method){ .size = sizeof p->method, .abi = RATE_ABI, .id = c->id, .title = c->title,
		.summary = c->summary, .source = c->source, .flags = c->flags,
		.state = { p->state, (uint32_t)c->states, (uint32_t)sizeof *p->state },
		.schedules = { c->schedule, (uint32_t)c->schedules }, .start = starts[slot], .step = steps[slot] };
	return RATE_OK;
}
