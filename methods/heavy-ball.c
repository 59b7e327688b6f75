/* Polyak's heavy ball: x <- x - gamma_t grad f(x) + beta_t (x - x_previous), x_{-1} = x_0.
 *
 * Both are schedules, so that a theorem can start with another first step (beta_0 plays no part in it) or restart the
 * momentum by beta_t = 0. Where a theorem supplies gamma only, beta is 0: gradient descent.
 *
 *     ratecheck verify hb-quadratic-finite --objective quadratic:d=20,kappa=100
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, BETA };

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *previous = run->state[1], *g = run->scratch[0], beta = run->schedule[BETA];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double next = x[i] - run->gamma * g[i] + beta * (x[i] - previous[i]);

		previous[i] = x[i];
		x[i] = next;
	}
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" }, { "previous", 0, "the iterate before" } };
static const char *const schedules[] = { "gamma", "beta" };

static const rate_method heavy_ball = {
	.size = sizeof heavy_ball, .abi = RATE_ABI, .id = "heavy-ball", .title = "heavy ball",
	.summary = "x <- x - gamma grad f(x) + beta (x - x_previous)", .source = "Polyak 1964",
	.flags = RATE_SPAN, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start,
	.step = step,
};

static const rate_method *const methods[] = { &heavy_ball };
RATE_PLUGIN("heavy-ball", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
