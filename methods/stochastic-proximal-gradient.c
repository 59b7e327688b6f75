/* Stochastic proximal gradient: x <- prox_{gamma_t h}(x - gamma_t grad f_B(x)), B a uniform subset of `batch` terms
 * drawn afresh at every step; over a feasible set the projection is in the place of the prox.
 *
 *     ratecheck verify spgd-convex --method stochastic-proximal-gradient:batch=4
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { BATCH };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	if (rate_prox(run, run->gamma, x, g))
		return RATE_FAIL;
	rate_copy(run, g, x); /* x <- prox_{gamma h}(x - gamma grad f_B(x)) */
	return rate_project(run, x);
}

static const rate_param params[] = { { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" } };
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method spgd = {
	.size = sizeof spgd, .abi = RATE_ABI, .id = "stochastic-proximal-gradient",
	.title = "stochastic proximal gradient",
	.summary = "x <- prox_{gamma h}(x - gamma grad f_B(x)), B a random subset of the terms",
	.source = "Duchi and Singer 2009", .flags = RATE_STOCHASTIC | RATE_NEEDS_PROX | RATE_NEEDS_PROJECTION,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1,
	.step = step,
};

static const rate_method *const methods[] = { &spgd };
RATE_PLUGIN("stochastic-proximal-gradient", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
