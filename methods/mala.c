/* The Metropolis-adjusted Langevin algorithm for the density proportional to exp(-f/tau): a Langevin step proposes,
 *
 *     y = x - gamma grad f(x) + sqrt(2 gamma tau) z,
 *     log r = (f(x) - f(y))/tau + (|y - x + gamma grad f(x)|^2 - |x - y + gamma grad f(y)|^2)/(4 gamma tau),
 *
 * and y is taken with probability a = min(1, r), else x stays. Kept: a. accept=always takes every proposal, hasty takes
 * r = exp((f(x) - f(y))/tau), which forgets that proposals are not symmetric. x_0 is moved by `spread` times a standard
 * normal vector: the start may be drawn from a Gaussian target.
 *
 *     ratecheck verify mala-invariant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { TAU, SPREAD, ACCEPT };
enum { METROPOLIS, HASTY, ALWAYS };
enum { X, ACCEPTANCE };
enum { Y, GX, GY, FEW }; /* scratch; the last: four numbers a row */

static int start(rate_run *run)
{
	if (!(run->param[SPREAD] > 0))
		return RATE_OK;
	if (run->call->normals(run, 1, run->scratch[Y]))
		return RATE_FAIL;
	rate_axpy(run, run->param[SPREAD], run->scratch[Y], run->state[X]);
	return RATE_OK;
}

/* |from - to + gamma g|^2/(4 gamma tau) for row r, to within what cancels */
static double cost(const rate_run *run, size_t r, const double *from, const double *to, const double *g)
{
	double sum = 0;

	for (size_t j = r * run->ld; j < r * run->ld + run->d; j++) {
		double off = from[j] - to[j] + run->gamma * g[j];
		sum += off * off;
	}
	return sum / (4 * run->gamma * run->param[TAU]);
}

static int step(rate_run *run)
{
	double *x = run->state[X], *y = run->scratch[Y], *gx = run->scratch[GX], *gy = run->scratch[GY];
	double *fx = run->scratch[FEW], *fy = fx + run->nrep, *u = fy + run->nrep;
	int rule = (int)run->param[ACCEPT];

	/* y <- the proposal; gy holds the normals for a while */
	rate_copy(run, x, y);
	if (rate_gradient(run, x, gx) || run->call->normals(run, 0, gy))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, gx, y);
	rate_axpy(run, sqrt(2 * run->gamma * run->param[TAU]), gy, y);
	if (rate_gradient(run, y, gy) || rate_value_at(run, x, fx) || rate_value_at(run, y, fy) ||
	    run->call->uniforms(run, 0, 1, u))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double log_r = (fx[r] - fy[r]) / run->param[TAU], *a = run->state[ACCEPTANCE] + r * run->ld;

		if (rule == METROPOLIS)
			log_r += cost(run, r, y, x, gx) - cost(run, r, x, y, gy);
		/* Where it is no number y is refused: it has left the numbers. */
		*a = rule == ALWAYS || log_r >= 0 ? 1 : log_r < 0 ? exp(log_r) : 0;
		for (size_t j = r * run->ld; u[r] < *a && j < r * run->ld + run->d; j++)
			x[j] = y[j];
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[TAU] = { "tau", RATE_REAL, "1", 1e-100, 1e100, NULL, "temperature" },
	[SPREAD] = { "spread", RATE_REAL, "0", 0, 1e100, NULL, "standard deviation of the start, in each coordinate" },
	[ACCEPT] = { "accept", RATE_CHOICE, "metropolis", 0, 0, "metropolis|hasty|always", "the rule" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "acceptance", 1, "the probability with which the last proposal was taken" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method mala = {
	.size = sizeof mala, .abi = RATE_ABI, .id = "mala", .title = "Metropolis-adjusted Langevin algorithm",
	.summary = "x - gamma grad f(x) + sqrt(2 gamma tau) z is proposed, and taken or not by Metropolis' rule",
	.source = "Roberts and Tweedie 1996", .flags = RATE_OWN_DRAWS, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 4, .start = start, .step = step,
};

static const rate_method *const methods[] = { &mala };
RATE_PLUGIN("mala", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
