/* gd: gradient descent, x <- x - gamma_t grad f(x).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     ratecheck verify gd-convex-smooth
 */
#include "ratecheck/method.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method gd = { .size = sizeof gd,
	.abi = RATE_ABI,
	.id = "gd",
	.title = "Gradient descent",
	.summary = "x <- x - gamma_t grad f(x)",
	.source = "Cauchy, C. R. Acad. Sci. 25 (1847), 536-538",
	.flags = RATE_SPAN,
	.state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules),
	.scratch = 1,
	.step = step };
static const rate_method *const methods[] = { &gd };
RATE_PLUGIN("gd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
