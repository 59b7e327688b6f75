/* Proximal gradient for F = f + h, and projected gradient over a feasible set: x <- prox_{gamma h}(x - gamma grad
 * f(x)). Without h the prox is the identity, without a set the projection is.
 *
 *     ratecheck verify pgd-convex --method proximal-gradient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	if (rate_prox(run, run->gamma, x, g))
		return RATE_FAIL;
	rate_copy(run, g, x); /* x <- prox_{gamma h}(x - gamma grad f(x)) */
	return rate_project(run, x);
}

static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method proximal_gradient = {
	.size = sizeof proximal_gradient, .abi = RATE_ABI, .id = "proximal-gradient",
	.title = "proximal gradient method",
	.summary = "x <- prox_{gamma h}(x - gamma grad f(x)), or with a projection",
	.source = "Lions and Mercier 1979; Beck and Teboulle 2009", .flags = RATE_NEEDS_PROX | RATE_NEEDS_PROJECTION,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &proximal_gradient };
RATE_PLUGIN("proximal-gradient", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
