/* The optimised gradient method: y_+ <- x - gamma_t grad f(x), x <- y_+ + a_t (y_+ - y) + b_t (y_+ - x), y_0 = x_0.
 *
 *     ratecheck verify ogm
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, A, B };

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *y = run->state[1], *g = run->scratch[0];
	double a = run->schedule[A], b = run->schedule[B];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double down = x[i] - run->gamma * g[i];
		x[i] = down + a * (down - y[i]) + b * (down - x[i]);
		y[i] = down;
	}
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "where the gradient is taken" }, { "y", 0, "the gradient step from x" } };
static const char *const schedules[] = { "gamma", "a", "b" };

static const rate_method ogm = {
	.size = sizeof ogm, .abi = RATE_ABI, .id = "ogm", .title = "optimised gradient method",
	.summary = "gradient step with two momentum terms", .source = "Kim and Fessler 2016",
	.flags = RATE_SPAN, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start,
	.step = step,
};

static const rate_method *const methods[] = { &ogm };
RATE_PLUGIN("ogm", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
