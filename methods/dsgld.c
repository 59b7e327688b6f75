/* Distributed stochastic gradient Langevin dynamics: a round asks one term (the data of one machine), drawn uniformly,
 * for `local` Langevin steps in a row,
 *
 *     x <- x - gamma v + sqrt(2 gamma tau) z,   v = grad f_s(x),   z standard normal, afresh each time.
 *
 * With conducive = 1, v = grad f_s(x) - grad f_s(x_0) + grad f(x_0): every term has a linear surrogate, made at the
 * start, and what the others are known to want is added. At most 16 local steps.
 *
 *     ratecheck verify dsgld-delay --objective centres:b=-2/2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { LOCAL, CONDUCIVE, TAU };
enum { X, HOME };
enum { G, SHIFT }; /* scratch */

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[HOME]);
	return RATE_OK;
}

/* grad f(x_0) - grad f_s(x_0) */
static int find_shift(rate_run *run, const rate_sample *s, double *shift, double *g)
{
	if (rate_gradient(run, run->state[HOME], shift) || rate_sample_gradient(run, s, run->state[HOME], g))
		return RATE_FAIL;
	rate_axpy(run, -1, g, shift);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[G], *shift = run->scratch[SHIFT];
	double size = sqrt(2 * run->gamma * run->param[TAU]);
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || (run->param[CONDUCIVE] > 0 && find_shift(run, s, shift, g)))
		return RATE_FAIL;
	for (uint32_t k = 0; k < (uint32_t)run->param[LOCAL]; k++) {
		if (rate_sample_gradient(run, s, x, g))
			return RATE_FAIL;
		rate_axpy(run, -run->gamma, g, x);
		if (run->param[CONDUCIVE] > 0)
			rate_axpy(run, -run->gamma, shift, x);
		if (size > 0 && run->call->normals(run, k, g))
			return RATE_FAIL;
		if (size > 0)
			rate_axpy(run, size, g, x);
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[LOCAL] = { "local", RATE_INTEGER, "1", 1, 16, NULL, "steps in a row on one term" },
	[CONDUCIVE] = { "conducive", RATE_INTEGER, "0", 0, 1, NULL, "1: with linear surrogates made at x_0" },
	[TAU] = { "tau", RATE_REAL, "1", 0, 1e100, NULL, "temperature" },
};
static const rate_state state[] = { { "x", 0, "the iterate" }, { "home", 0, "x_0, where surrogates are made" } };
static const char *const schedules[] = { "gamma" };

static const rate_method dsgld = {
	.size = sizeof dsgld, .abi = RATE_ABI, .id = "dsgld",
	.title = "distributed stochastic gradient Langevin dynamics",
	.summary = "a random term makes several Langevin steps in a row, perhaps with surrogates for the others",
	.source = "Ahn, Shahbaba and Welling 2014; el Mekkaoui, Mesquita, Blomstedt and Kaski 2021",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 2, .start = start, .step = step,
};

static const rate_method *const methods[] = { &dsgld };
RATE_PLUGIN("dsgld", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
