/* A method of the library, broken. Compiled with -DMETHOD='"methods/gd.c"': the file as it is, its plugin left out; each of
 * its methods appears under the ids MUTATION-ID, with a step that does one thing wrong. Mutations that say nothing for a
 * method are left out: no second schedule, no samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "ratecheck/ratecheck.h"
#undef RATE_PLUGIN
#define RATE_PLUGIN(...)
#include METHOD
enum { STEP, MOMENTUM, LATE, SAMPLING, MUTATIONS };
enum { METHODS = sizeof methods / sizeof *methods, MOST = 4, SCHEDULES = 8, DRAWN = 1 << 20 };
static const char *const names[MUTATIONS] = { "step", "momentum", "late", "sampling" };

static const rate_services *services; /* of the host, while a broken step runs */
static uint64_t drawn[DRAWN];

/* The first term twice as often, the last never. */
static const rate_sample *draw(rate_run *run, uint32_t purpose, uint32_t batch)
{
	static rate_sample biased;
	const rate_sample *s = services->draw(run, purpose, batch);
	size_t count = s ? run->nrep * s->batch : 0;

	if (!s || !s->index || count > DRAWN || run->n < 2)
		return s;
	biased = *s;
	for (size_t i = 0; i < count; i++)
		drawn[i] = s->index[i] == run->n - 1 ? 0 : s->index[i];
	biased.index = drawn;
	return &biased;
}

static int broken(rate_run *run, int method, int mutation)
{
	static double now[SCHEDULES], before[SCHEDULES];
	static uint64_t last;
	const rate_method *m = methods[method];
	const rate_services *call = run->call;
	rate_services biased = *call;
	const double *schedule = run->schedule;
	double gamma = run->gamma, wrong[SCHEDULES];
	size_t n = m->schedules.count;
	int rc;

	memcpy(wrong, schedule, n * sizeof *wrong);
	if (run->t == 0 || run->t != last) {
		memcpy(before, run->t ? now : schedule, n * sizeof *before);
		memcpy(now, schedule, n * sizeof *now);
		last = run->t;
	}
	switch (mutation) {
	case STEP: /* 1 % too long */
		wrong[0] *= 1.01;
		break;
	case MOMENTUM: /* scaled */
		wrong[1] *= 0.9;
		break;
	case LATE: /* off by one: the weights of the step before */
		memcpy(wrong + 1, before + 1, (n - 1) * sizeof *wrong);
		break;
	case SAMPLING:
		services = call;
		biased.draw = draw;
		run->call = &biased;
		break;
	}
	run->schedule = wrong;
	run->gamma = n ? wrong[0] : gamma;
	rc = m->step(run);
	run->call = call;
	run->schedule = schedule;
	run->gamma = gamma;
	return rc;
}

#define STEPS(k) \
	static int step_##k(rate_run *run) { return broken(run, k, STEP); } \
	static int momentum_##k(rate_run *run) { return broken(run, k, MOMENTUM); } \
	static int late_##k(rate_run *run) { return broken(run, k, LATE); } \
	static int sampling_##k(rate_run *run) { return broken(run, k, SAMPLING); }
STEPS(0) STEPS(1) STEPS(2) STEPS(3)
#define ROW(k) { step_##k, momentum_##k, late_##k, sampling_##k }
static int (*const steps[MOST][MUTATIONS])(rate_run *) = { ROW(0), ROW(1), ROW(2), ROW(3) };

static rate_method mutant[METHODS * MUTATIONS];
static const rate_method *list[METHODS * MUTATIONS];
static char ids[METHODS * MUTATIONS][64];

static int says_something(const rate_method *m, int mutation)
{
	return mutation == STEP ? m->schedules.count > 0 : mutation == SAMPLING ? (m->flags & RATE_STOCHASTIC) != 0
	                                                                         : m->schedules.count > 1;
}

RATE_EXTERN RATE_EXPORT rate_plugin ratecheck_plugin;
RATE_EXTERN RATE_EXPORT rate_plugin ratecheck_plugin = { .size = sizeof(rate_plugin), .abi = RATE_ABI,
	.signature = RATE_SIGNATURE, .name = "broken", .version = "1.0", .licence = "GPL-3.0-or-later",
	.methods = { list, 0 } };

__attribute__((constructor)) static void make(void)
{
	uint32_t *n = &ratecheck_plugin.methods.count;

	for (int k = 0; k < METHODS; k++)
		for (int i = 0; i < MUTATIONS; i++) {
			if (!says_something(methods[k], i))
				continue;
			snprintf(ids[*n], sizeof ids[*n], "%s-%s", names[i], methods[k]->id);
			mutant[*n] = *methods[k];
			mutant[*n].id = ids[*n];
			mutant[*n].step = steps[k][i];
			list[*n] = &mutant[*n];
			++*n;
		}
}
