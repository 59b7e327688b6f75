/* The Chebyshev semi-iteration: x <- x_previous + omega_t (x - gamma_t grad f(x) - x_previous), x_{-1} = x_0.
 *
 * The theorem makes the weights omega_t from the interval that holds the spectrum; omega_0 = 1. The same step is the
 * heavy ball with beta_t = omega_t - 1 and step omega_t gamma_t.
 *
 *     ratecheck verify cheb-semi-iteration --objective quadratic:d=20,kappa=100
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, OMEGA };

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *previous = run->state[1], *g = run->scratch[0], omega = run->schedule[OMEGA];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double next = previous[i] + omega * (x[i] - run->gamma * g[i] - previous[i]);

		previous[i] = x[i];
		x[i] = next;
	}
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" }, { "previous", 0, "the iterate before" } };
static const char *const schedules[] = { "gamma", "omega" };

static const rate_method chebyshev = {
	.size = sizeof chebyshev, .abi = RATE_ABI, .id = "chebyshev", .title = "Chebyshev semi-iteration",
	.summary = "x <- x_previous + omega (x - gamma grad f(x) - x_previous)",
	.source = "Golub and Varga, Numer. Math. 3 (1961), 147-156",
	.flags = RATE_SPAN, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start,
	.step = step,
};

static const rate_method *const methods[] = { &chebyshev };
RATE_PLUGIN("chebyshev", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
