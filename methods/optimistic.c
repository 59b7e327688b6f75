/* The optimistic gradient method, as past extragradient: z = x - gamma_t g, g <- V(z), x <- x - gamma_t g, from g =
 * V(x_0).
 *
 * Extragradient whose look ahead uses the last answer, so one call a step. For equal steps its points z satisfy
 * z_(t+1) = z_t - 2 gamma V(z_t) + gamma V(z_(t-1)).
 *
 *     ratecheck show optimistic
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { X, PAST };

static int start(rate_run *run)
{
	return rate_gradient(run, run->state[X], run->state[PAST]);
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->state[PAST], *z = run->scratch[0];

	for (size_t i = 0; i < run->nrep * run->ld; i++)
		z[i] = x[i] - run->gamma * g[i];
	if (rate_gradient(run, z, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		x[i] -= run->gamma * g[i];
	return RATE_OK;
}

static const rate_state state[] = {
	[X] = { "x", 0, "the iterate" },
	[PAST] = { "g", 0, "the gradient at the last point ahead" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method optimistic = {
	.size = sizeof optimistic, .abi = RATE_ABI, .id = "optimistic",
	.title = "optimistic gradient (past extragradient)",
	.summary = "extragradient that looks ahead along the last gradient", .source = "Popov 1980", .flags = RATE_SPAN,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &optimistic };
RATE_PLUGIN("optimistic", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
