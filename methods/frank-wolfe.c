/* Frank-Wolfe: s in argmin over the feasible set of <grad f(x), s>, x <- x + gamma_t (s - x).
 *
 * No projection: it asks for points of the set that are least in a direction (lmo/1). After t steps x is a
 * combination of t + 1 of them. The theorem gives the steps, 2/(t + 2) as a rule.
 *
 *     ratecheck verify fw-convex --objective least-squares:n=50,d=20+simplex
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *s = run->scratch[1];

	if (rate_gradient(run, x, g) || run->call->lmo(run, g, s))
		return RATE_FAIL;
	/* x <- (1 - gamma) x + gamma s */
	rate_scale(run, 1 - run->gamma, x);
	rate_axpy(run, run->gamma, s, x);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method frank_wolfe = {
	.size = sizeof frank_wolfe, .abi = RATE_ABI, .id = "frank-wolfe", .title = "Frank-Wolfe",
	.summary = "x <- x + gamma_t (s - x), s least in the direction of the gradient",
	.source = "Frank and Wolfe, Naval Res. Logist. Quart. 3 (1956), 95-110", .flags = RATE_NEEDS_LMO,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2, .step = step,
};

static const rate_method *const methods[] = { &frank_wolfe };
RATE_PLUGIN("frank-wolfe", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
