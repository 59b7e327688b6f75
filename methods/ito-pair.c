/* Two chains with the same drift and other noise: y takes normal vectors g, x takes coins e,
 *
 *     x <- x - gamma grad f(x) + sigma e,   y <- y - gamma grad f(y) + sigma g,   y_0 = x_0.
 *
 * noise=paired: e = sign(g), coordinate by coordinate, the coin that is nearest to g in the mean square. independent:
 * e has nothing to do with g.
 *
 *     ratecheck verify ito-noise-swap
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { SIGMA, NOISE };
enum { PAIRED, INDEPENDENT };
enum { X, Y };

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[Y]);
	return RATE_OK;
}

static int move(rate_run *run, double *x, double *g)
{
	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *y = run->state[Y], *g = run->scratch[0];

	if (move(run, x, g) || move(run, y, g) || run->call->normals(run, 0, g))
		return RATE_FAIL;
	rate_axpy(run, run->param[SIGMA], g, y);
	if (run->param[NOISE] == INDEPENDENT && run->call->signs(run, 0, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			x[r * run->ld + j] += copysign(run->param[SIGMA], g[r * run->ld + j]);
	return RATE_OK;
}

static const rate_param params[] = {
	[SIGMA] = { "sigma", RATE_REAL, "1", 0, 1e100, NULL, "size of the noise of a step, in each coordinate" },
	[NOISE] = { "noise", RATE_CHOICE, "paired", 0, 0, "paired|independent", "how e and g belong together" },
};
static const rate_state state[] = { { "x", 0, "the iterate, with coins" }, { "y", 0, "the one with normals" } };
static const char *const schedules[] = { "gamma" };

static const rate_method ito_pair = {
	.size = sizeof ito_pair, .abi = RATE_ABI, .id = "ito-pair", .title = "one drift, coins and normals",
	.summary = "x <- x - gamma grad f(x) + sigma e, y <- y - gamma grad f(y) + sigma g, e = sign(g)",
	.source = "after Ustimenko and Beznosikov 2024", .flags = RATE_OWN_DRAWS, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &ito_pair };
RATE_PLUGIN("ito-pair", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
