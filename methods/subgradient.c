/* The projected stochastic subgradient method: x <- P(x - gamma_t g), g a subgradient of a random term at x. On an
 * objective that is no sum g is a subgradient of f; without a feasible set P is the identity.
 *
 *     ratecheck verify ssd-convex-horizon --method subgradient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	return rate_project(run, x); /* x <- P(x - gamma g) */
}

static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method subgradient = {
	.size = sizeof subgradient, .abi = RATE_ABI, .id = "subgradient", .title = "projected subgradient method",
	.summary = "x <- P(x - gamma g), g a (stochastic) subgradient", .source = "Shor 1962, Polyak 1967",
	.flags = RATE_SPAN | RATE_STOCHASTIC | RATE_NEEDS_PROJECTION, .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &subgradient };
RATE_PLUGIN("subgradient", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
