/* Stochastic heavy ball: x <- x - gamma_t grad f_B(x) + beta_t (x - x_previous), x_{-1} = x_0, B a uniform subset of
 * `batch` terms (or samples of a stream), drawn afresh at every step.
 *
 * Both are schedules; beta_t = 0 forgets the momentum. Where a theorem supplies gamma only, beta is 0: SGD.
 *
 *     ratecheck verify shb-noise-floor --objective quadratic:d=20,kappa=10+gaussian-noise:sigma=0.5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, BETA };
enum { BATCH };

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *previous = run->state[1], *g = run->scratch[0], beta = run->schedule[BETA];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double next = x[i] - run->gamma * g[i] + beta * (x[i] - previous[i]);

		previous[i] = x[i];
		x[i] = next;
	}
	return RATE_OK;
}

static const rate_param params[] = { { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" } };
static const rate_state state[] = { { "x", 0, "the iterate" }, { "previous", 0, "the iterate before" } };
static const char *const schedules[] = { "gamma", "beta" };

static const rate_method shb = {
	.size = sizeof shb, .abi = RATE_ABI, .id = "shb", .title = "stochastic heavy ball",
	.summary = "x <- x - gamma grad f_B(x) + beta (x - x_previous)", .source = "after Polyak 1964",
	.flags = RATE_SPAN | RATE_STOCHASTIC, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &shb };
RATE_PLUGIN("shb", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
