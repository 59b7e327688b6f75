/* Broken copies of every built-in method and of any objective, for tests/mutants.c and by hand:
 *
 *     RATECHECK_MUTATE=methods/.libs/sgd.so ./run ratecheck verify sgd-pl --plugin tests/mutant.so --method sgd-biased
 *     ./run ratecheck verify gd-pl --objective tests/mutant.so#mutant:what=sign ...
 *         (a wrapper: huber+mutant:what=sign)
 *
 * The methods are those of the plugin files in RATECHECK_MUTATE (a list with colons), each once for each fault:
 * NAME-same (no fault), NAME-long, NAME-weak, NAME-late, NAME-biased.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"
#include "objectives/wrapper.h"

#include <dlfcn.h>
#include <stdio.h>

/* ---- Methods: the step of a built-in one on a changed run ---- */

enum { SAME, LONG, WEAK, LATE, BIASED, FAULTS };
static const char *const fault_name[FAULTS] = { "same", "long", "weak", "late", "biased" };

enum { SLOTS = 1024, SCHEDULES = 16 };
static struct slot {
	rate_method method;
	const rate_method *base;
	int fault;
	char id[64];
} slot[SLOTS];

/* The host's services while a step runs: a run has no place for them beside those that stand in. */
static const rate_services *served;

/* Index 1 becomes 0, which comes twice as often. */
static const rate_sample *biased_draw(rate_run *run, uint32_t purpose, uint32_t batch)
{
	const rate_sample *s = served->draw(run, purpose, batch);
	uint64_t *index = s ? (uint64_t *)(uintptr_t)s->index : NULL;

	for (size_t i = 0; index && i < run->nrep * s->batch; i++)
		index[i] = index[i] == 1 ? 0 : index[i];
	return s;
}

static int faulty_step(const struct slot *m, rate_run *run)
{
	rate_run changed = *run;
	rate_services services;
	double schedule[SCHEDULES];
	size_t schedules = m->base->schedules.count;

	for (size_t k = 0; k < schedules && k < SCHEDULES; k++)
		schedule[k] = run->schedule[k] * (m->fault == LONG && k == 0 ? 1.01 :
		                                  m->fault == WEAK && k > 0 ? 0.9 : 1);
	if (schedules) {
		changed.schedule = schedule;
		changed.gamma = schedule[0];
	}
	if (m->fault == LATE && run->t == 0)
		return RATE_OK;
	if (m->fault == BIASED) {
		memset(&services, 0, sizeof services);
		memcpy(&services, run->call, run->call->size < sizeof services ? run->call->size : sizeof services);
		served = run->call;
		services.draw = biased_draw;
		changed.call = &services;
	}
	return m->base->step(&changed);
}

/* A step is told nothing of its class: each slot has a function of its own. */
#define STEP(i) static int step_##i(rate_run *run) { return faulty_step(&slot[0x##i], run); }
#define NAME(i) step_##i,
#define SIXTEEN(F, h) F(h##0) F(h##1) F(h##2) F(h##3) F(h##4) F(h##5) F(h##6) F(h##7) F(h##8) F(h##9) F(h##a) F(h##b) \
	F(h##c) F(h##d) F(h##e) F(h##f)
#define PAGE(F, p) SIXTEEN(F, p##0) SIXTEEN(F, p##1) SIXTEEN(F, p##2) SIXTEEN(F, p##3) SIXTEEN(F, p##4) \
	SIXTEEN(F, p##5) SIXTEEN(F, p##6) SIXTEEN(F, p##7) SIXTEEN(F, p##8) SIXTEEN(F, p##9) SIXTEEN(F, p##a) \
	SIXTEEN(F, p##b) SIXTEEN(F, p##c) SIXTEEN(F, p##d) SIXTEEN(F, p##e) SIXTEEN(F, p##f)
#define ALL(F) PAGE(F, 0) PAGE(F, 1) PAGE(F, 2) PAGE(F, 3)
ALL(STEP)
static int (*const step[SLOTS])(rate_run *) = { ALL(NAME) };

/* ---- The objective: a wrapper that spoils one thing ---- */

enum { TRUE, SIGN, SMOOTHNESS, CONVEXITY, LEAST, BIAS };
static const rate_param params[] = {
	{ "what", RATE_CHOICE, "true", 0, 0, "true|sign|L|mu|f_star|bias", "what is wrong" },
};

struct spoilt {
	struct wrapped w;
	int what;
};

static void spoil(const struct spoilt *m, double *g, int sampled)
{
	if (m->what == SIGN)
		g[0] = -g[0];
	if (m->what == BIAS && sampled)
		g[0] += 0.1;
}

static int gradient(void *self, const double *x, double *g)
{
	int rc = wrapped_gradient(self, x, g);

	spoil(self, g, 0);
	return rc;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	int rc = wrapped_term_gradient(self, i, x, g);

	spoil(self, g, 1);
	return rc;
}

static int sample_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	int rc = wrapped_sample_gradient(self, s, x, g);

	spoil(self, g, 1);
	return rc;
}

static int know_times(struct spoilt *m, const char *name, double factor)
{
	double value;

	if (inner_scalar(&m->w, name, &value))
		return RATE_FAIL;
	know(m, name, RATE_EXACT, factor * value, "spoilt");
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct spoilt *m = wrap(host, args, "mutant", sizeof *m, 0);
	double f_star, f;
	int rc = RATE_OK;

	if (!m)
		return RATE_FAIL;
	m->what = (int)args->value[0].integer;
	m->w.keeps_minimiser = 1;
	m->w.own_sum.gradient = term_gradient;
	m->w.own_stream.gradient = sample_gradient;
	if (m->what == SMOOTHNESS) {
		rc = know_times(m, "L", 0.9);
		know_times(m, "L_max", 0.9);
	}
	if (m->what == CONVEXITY) {
		rc = know_times(m, "mu", 1.1) && know_times(m, "pl", 1.1);
		know_times(m, "pl", 1.1);
	}
	if (m->what == LEAST &&
	    !(rc = inner_scalar(&m->w, "f_star", &f_star) || wrapped_value(m, m->w.known.start, &f)))
		know(m, "f_star", RATE_EXACT, f_star + 0.1 * (f - f_star), "spoilt");
	if (m->what == BIAS)
		rc = !(m->w.sum && m->w.sum->count(m->w.inner.self) > 1) && !m->w.stream;
	if (rc) {
		free(m);
		return host->fail(host, "mutant: nothing to spoil");
	}
	*self = m;
	return RATE_OK;
}

/* L_i go with L; a fused kernel or a Hessian would be another function than the gradients. */
static int vector(void *self, const char *name, size_t n, double *out)
{
	const struct spoilt *m = self;
	int rc = wrapped_vector(self, name, n, out);

	for (size_t i = 0; rc == RATE_OK && m->what == SMOOTHNESS && !strcmp(name, "L_i") && i < n; i++)
		out[i] *= 0.9;
	return rc;
}

static int quantity(void *self, const char *name, const double *x, double *q, double *scale)
{
	const struct spoilt *m = self;
	const rate_quantities *inner = inner_interface(&m->w.inner, "quantities/1");

	return inner->evaluate(m->w.inner.self, name, x, q, scale);
}

static const void *interface(void *self, const char *name)
{
	static const rate_constants constants = { sizeof constants, wrapped_scalar, vector };
	static const rate_quantities quantities = { sizeof quantities, quantity };
	static const struct offer own[] = { { "constants/1", &constants } };
	const struct spoilt *m = self;

	if (!m)
		return NULL;
	if (!strcmp(name, "quantities/1"))
		return inner_interface(&m->w.inner, name) ? &quantities : NULL;
	if (m->what != TRUE && (!strcmp(name, "glm/1") || (m->what == SIGN && !strcmp(name, "hessian/1")) ||
	                        (m->what == LEAST && !strcmp(name, "gap/1"))))
		return NULL;
	return wrapped_interface(self, name, own, 1);
}

static const rate_objective mutant = { OBJECTIVE,
	.id = "mutant", .title = "A spoilt objective", .summary = "one gradient or constant is wrong", .source = "",
	.flags = RATE_WRAPPER, .params = RATE_ROWS(params), .create = create,
	.value = wrapped_value, .gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &mutant };

/* ---- The plugin: filled in when it is loaded ---- */

static const rate_method *methods[SLOTS];

RATE_EXPORT extern rate_plugin ratecheck_plugin;
rate_plugin ratecheck_plugin = { .size = sizeof(rate_plugin), .abi = RATE_ABI, .signature = RATE_SIGNATURE,
	.name = "mutant", .version = "1.0", .licence = "GPL-3.0-or-later", .objectives = RATE_LIST(objectives) };

static void add_methods(const rate_plugin *p)
{
	const rate_method *const *base = p->methods.item;

	for (uint32_t i = 0; i < p->methods.count; i++)
		for (int fault = 0; fault < FAULTS; fault++) {
			uint32_t k = ratecheck_plugin.methods.count;
			if (k == SLOTS || base[i]->size < sizeof(rate_method))
				return;
			slot[k] = (struct slot){ *base[i], base[i], fault, "" };
			snprintf(slot[k].id, sizeof slot[k].id, "%s-%s", base[i]->id, fault_name[fault]);
			slot[k].method.id = slot[k].id;
			slot[k].method.step = step[k];
			methods[k] = &slot[k].method;
			ratecheck_plugin.methods.count++;
		}
}

__attribute__((constructor)) static void fill(void)
{
	const char *list = getenv("RATECHECK_MUTATE");
	char *files = list ? strdup(list) : NULL, *rest = files;

	ratecheck_plugin.methods.item = methods;
	for (char *file; rest && (file = strsep(&rest, ":"));) {
		void *so = dlopen(file, RTLD_NOW | RTLD_LOCAL);
		const rate_plugin *p = so ? dlsym(so, "ratecheck_plugin") : NULL;
		if (p)
			add_methods(p);
	}
	free(files);
}
