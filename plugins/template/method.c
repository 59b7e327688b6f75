/* NAME: the update, its source.
 *
 * SPDX-License-Identifier: MIT */
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
static const rate_method this_one = { .size = sizeof this_one, .abi = RATE_ABI, .id = "NAME", .title = "NAME",
	.summary = "x <- x - gamma grad f(x)", .source = "", .flags = RATE_SPAN, .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 1, .step = step };
static const rate_method *const methods[] = { &this_one };
RATE_PLUGIN("NAME", "1.0", "MIT", .methods = RATE_LIST(methods))
