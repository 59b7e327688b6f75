/* Leimkuhler and Matthews: Langevin steps in which two noises in a row are averaged, n_0 = 0,
 *
 *     x <- x - gamma grad f(x) + sqrt(gamma tau/2) (n + z),   n <- z,   z standard normal.
 *
 * At the price of one more vector in memory the variance on a parabola is right for every stable step.
 *
 *     ratecheck verify lm-gaussian
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { TAU };

static int step(rate_run *run)
{
	double *x = run->state[0], *n = run->state[1], *g = run->scratch[0];
	double share = sqrt(run->gamma * run->param[TAU] / 2);

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	rate_axpy(run, share, n, x);
	if (run->call->normals(run, 0, n))
		return RATE_FAIL;
	rate_axpy(run, share, n, x);
	return RATE_OK;
}

static const rate_param params[] = { [TAU] = { "tau", RATE_REAL, "1", 0, 1e100, NULL, "temperature" } };
static const rate_state state[] = { { "x", 0, "the iterate" }, { "n", 0, "the noise of the last step" } };
static const char *const schedules[] = { "gamma" };

static const rate_method lm = {
	.size = sizeof lm, .abi = RATE_ABI, .id = "lm", .title = "Leimkuhler-Matthews method",
	.summary = "x <- x - gamma grad f(x) + sqrt(gamma tau/2) (n + z), n <- z",
	.source = "Leimkuhler and Matthews 2013", .flags = RATE_OWN_DRAWS, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &lm };
RATE_PLUGIN("lm", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
