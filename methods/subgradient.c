/* subgradient: the projected stochastic subgradient method, x <- P(x - gamma_t g), g a subgradient of one random term.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of an objective of one term g is a subgradient of the whole function. P is the identity where there is no feasible
 * set; only then is x_t - x_0 in the span of the subgradients.
 *
 *     ratecheck verify ssd-convex-horizon
 */
#include "ratecheck/method.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	return rate_project(run, x);
}

static const rate_state state[] = { { "x", 0, "iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method subgradient = { .size = sizeof subgradient,
	.abi = RATE_ABI,
	.id = "subgradient",
	.title = "Projected stochastic subgradient method",
	.summary = "x <- P(x - gamma_t g), g a subgradient of a random term",
	.source = "Shor, Minimization Methods for Non-Differentiable Functions, Springer 1985",
	.flags = RATE_SPAN | RATE_STOCHASTIC | RATE_NEEDS_PROJECTION,
	.state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules),
	.scratch = 1,
	.step = step };
static const rate_method *const methods[] = { &subgradient };
RATE_PLUGIN("subgradient", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
