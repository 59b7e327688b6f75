/* Clipped gradient descent: x <- x - gamma_t clip_c(grad f(x)), clip_c(g) = g min(1, c/|g|).
 *
 *     ratecheck verify clip-gd-smooth --objective huber:tau=0.5,start=10
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { C };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *by = run->scratch[1];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_dot(run, g, g, by);
	for (size_t r = 0; r < run->nrep; r++)
		by[r] = -run->gamma * fmin(1, run->param[C] / sqrt(by[r])); /* fmin(1, c/0) is 1 */
	rate_axpy_rows(run, by, g, x);
	return RATE_OK;
}

static const rate_param params[] = { { "c", RATE_REAL, "1", 1e-100, 1e100, NULL,
	                               "gradients longer than c are cut to c" } };
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method clipped_gd = {
	.size = sizeof clipped_gd, .abi = RATE_ABI, .id = "clipped-gd", .title = "clipped gradient descent",
	.summary = "x <- x - gamma clip_c(grad f(x))", .source = "standard",
	.flags = RATE_SPAN, .params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules),
	.scratch = 2, .step = step,
};

static const rate_method *const methods[] = { &clipped_gd };
RATE_PLUGIN("clipped-gd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
