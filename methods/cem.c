/* The cross-entropy method in one dimension, with infinitely many samples: the normal law N(x, s^2) is replaced by the
 * one with the mean and variance of its elite, the share r of its mass on which f is least.
 *
 *     elite = [x + s a, x + s b], Phi(b) - Phi(a) = r;  E = (phi(a) - phi(b))/r;
 *     x <- x + alpha s E;  s <- (1 - alpha) s + alpha s sqrt(1 + (a phi(a) - b phi(b))/r - E^2).
 *
 * For f that falls and then rises (quasiconvex) the elite is an interval: a tail, where f at the far end (9 s away) is
 * below f at the near one, else found by bisection on f(x + s a) - f(x + s b(a)). Other functions get the interval that
 * the bisection ends in. Only values are asked for, and only their order counts. Kept beside x: s, which starts as s0.
 *
 *     ratecheck verify cem-travel --objective abs:start=10
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "normal-law.h"
#include "ratecheck/ratecheck.h"

enum { SHARE, WIDTH, SMOOTHING };
enum { X, S };
enum { AT, FEW }; /* scratch; FEW: eight numbers a row */

static const double far = 9;

static int start(rate_run *run)
{
	if (run->d != 1)
		return run->call->fail(run, "cem is in one dimension, not in %zu", run->d);
	for (size_t r = 0; r < run->nrep; r++)
		run->state[S][r * run->ld] = run->param[WIDTH];
	return RATE_OK;
}

/* f at x + s z */
static int value_at(rate_run *run, const double *z, double *f)
{
	double *at = run->scratch[AT];

	for (size_t r = 0; r < run->nrep; r++)
		at[r * run->ld] = run->state[X][r * run->ld] + run->state[S][r * run->ld] * z[r];
	return rate_value_at(run, at, f);
}

/* The upper end of the interval of mass `share` that starts at a. */
static double end_of(double a, double share)
{
	double p = normal_below(a) + share;

	return p < 1 ? fmin(normal_quantile(p), far) : far;
}

static int both_ends(rate_run *run, double *z, double low, double high, double *f, double *g)
{
	for (size_t r = 0; r < run->nrep; r++)
		z[r] = low;
	if (value_at(run, z, f))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		z[r] = high;
	return value_at(run, z, g);
}

/* a[r], b[r] <- the elite, +-INFINITY where it is a tail */
static int elite(rate_run *run, double share, double *a, double *b)
{
	double *low = b + run->nrep, *high = low + run->nrep, *f = high + run->nrep, *g = f + run->nrep;
	double z = normal_quantile(share);

	/* f marks in `low` the rows that have a left tail, in `high` those that have a right one */
	if (both_ends(run, a, -far, z, f, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		low[r] = f[r] <= g[r];
	if (both_ends(run, a, far, -z, f, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		high[r] = low[r] == 0 && f[r] <= g[r] ? INFINITY : low[r] != 0 ? -INFINITY : -z;
		low[r] = -far;
	}
	for (int k = 0; k < 64; k++) {
		for (size_t r = 0; r < run->nrep; r++) {
			a[r] = isfinite(high[r]) ? (low[r] + high[r]) / 2 : 0;
			b[r] = end_of(a[r], share);
		}
		if (value_at(run, a, f) || value_at(run, b, g))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++) {
			if (f[r] > g[r])
				low[r] = a[r];
			else if (isfinite(high[r]))
				high[r] = a[r];
		}
	}
	for (size_t r = 0; r < run->nrep; r++)
		if (!isfinite(high[r])) {
			a[r] = high[r] < 0 ? -INFINITY : -z;
			b[r] = high[r] < 0 ? z : INFINITY;
		}
	return RATE_OK;
}

/* z phi(z), which is 0 far out */
static double moment(double z)
{
	return isfinite(z) ? z * normal_density(z) : 0;
}

static int step(rate_run *run)
{
	double *a = run->scratch[FEW], *b = a + run->nrep, share = run->param[SHARE], alpha = run->param[SMOOTHING];

	if (elite(run, share, a, b))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *x = &run->state[X][r * run->ld], *s = &run->state[S][r * run->ld];
		double mean = (normal_density(a[r]) - normal_density(b[r])) / share;
		double variance = 1 + (moment(a[r]) - moment(b[r])) / share - mean * mean;
		*x += alpha * *s * mean;
		*s *= 1 - alpha + alpha * sqrt(fmax(variance, 0));
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[SHARE] = { "r", RATE_REAL, "0.1", 1e-3, 0.999, NULL, "share of the elite" },
	[WIDTH] = { "s0", RATE_REAL, "1", 1e-50, 1e50, NULL, "standard deviation at the start" },
	[SMOOTHING] = { "alpha", RATE_REAL, "1", 0, 1, NULL, "share of the new law in the next" },
};
static const rate_state state[] = {
	{ "x", 0, "the mean" },
	{ "s", 1, "the standard deviation" },
};

static const rate_method cem = {
	.size = sizeof(rate_method), .abi = RATE_ABI, .id = "cem", .title = "cross-entropy method",
	.summary = "N(x, s^2) <- mean and variance of the share r of it on which f is least",
	.source = "Rubinstein 1999; de Boer, Kroese, Mannor and Rubinstein 2005", .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .scratch = 2, .start = start, .step = step,
};
static const rate_method *const methods[] = { &cem };
RATE_PLUGIN("cem", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
