/* Gradient descent on a grid, as in arithmetic of few digits: x <- Q(x - gamma_t grad f(x)), where Q takes every
 * coordinate w to the grid delta Z (parameter `grid`).
 *
 * rounded-gd rounds at random: to the next point above with probability w/delta - floor(w/delta), else to the next one
 * below, each coordinate by itself. So the mean of Q(w) is w, and its variance at most delta^2/4 a coordinate.
 * nearest-gd rounds to the nearest point. Where |gamma grad f| < delta/2 in every coordinate it stays where it is.
 *
 *     ratecheck verify round-sgd --objective quadratic:d=2,kappa=4 --method rounded-gd:grid=0.01
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { GRID };

static int move(rate_run *run)
{
	if (rate_gradient(run, run->state[0], run->scratch[0]))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, run->scratch[0], run->state[0]);
	return RATE_OK;
}

static int step_rounded(rate_run *run)
{
	double *x = run->state[0], *u = run->scratch[1], delta = run->param[GRID];

	if (move(run) || run->call->uniforms(run, 0, run->d, u))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++) {
			double w = x[r * run->ld + j] / delta, below = floor(w);

			x[r * run->ld + j] = delta * (below + (u[r * run->d + j] < w - below));
		}
	return RATE_OK;
}

static int step_nearest(rate_run *run)
{
	double *x = run->state[0], delta = run->param[GRID];

	if (move(run))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			x[r * run->ld + j] = delta * nearbyint(x[r * run->ld + j] / delta);
	return RATE_OK;
}

static const rate_param params[] = {
	[GRID] = { "grid", RATE_REAL, "0.01", 1e-100, 1e100, NULL, "distance of the points of the grid" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

#define COMMON \
	.size = sizeof(rate_method), .abi = RATE_ABI, .params = RATE_ROWS(params), .state = RATE_ROWS(state), \
	.schedules = RATE_LIST(schedules), .scratch = 2

static const rate_method rounded_gd = {
	COMMON, .id = "rounded-gd", .title = "gradient descent with stochastic rounding",
	.summary = "x <- Q(x - gamma grad f(x)), Q rounds to a grid at random, with the right mean",
	.source = "standard", .flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, .step = step_rounded,
};
static const rate_method nearest_gd = {
	COMMON, .id = "nearest-gd", .title = "gradient descent with rounding to the nearest",
	.summary = "x <- Q(x - gamma grad f(x)), Q rounds to the nearest point of a grid",
	.source = "standard", .step = step_nearest,
};

static const rate_method *const methods[] = { &rounded_gd, &nearest_gd };
RATE_PLUGIN("rounded-gd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
