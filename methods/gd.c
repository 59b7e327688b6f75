/* Gradient descent: x <- x - gamma_t grad f(x).
 *
 *     ratecheck verify gd-convex-smooth --method gd
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x); /* x <- x - gamma grad f(x) */
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method gd = {
	.size = sizeof gd, .abi = RATE_ABI, .id = "gd", .title = "gradient descent",
	.summary = "x <- x - gamma grad f(x)", .source = "Cauchy 1847", .flags = RATE_SPAN,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &gd };
RATE_PLUGIN("gd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
