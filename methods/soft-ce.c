/* The cross-entropy method with soft weights, in one dimension and with infinitely many samples: a step of expectation
 * maximisation.
 *
 *     x, s <- mean and standard deviation of the density ~ exp(-a f(z)) N(z; x, s^2).
 *
 * Kept beside x: s, which starts as s0. The integrals are taken by a quadrature (tilted.h), for convex f.
 *
 *     ratecheck verify cem-soft --objective log-cosh
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tilted.h"

enum { WIDTH, TEMPER };
enum { X, S };
enum { AT, WORK, NEXT }; /* scratch */

static int start(rate_run *run)
{
	if (run->d != 1)
		return run->call->fail(run, "soft-ce is in one dimension, not in %zu", run->d);
	for (size_t r = 0; r < run->nrep; r++)
		run->state[S][r * run->ld] = run->param[WIDTH];
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *next = run->scratch[NEXT];

	for (size_t r = 0; r < run->nrep; r++) {
		double *s = &run->state[S][r * run->ld];
		struct tilted q = { .run = run, .alpha = run->param[TEMPER], .s = *s, .m = x + r * run->ld,
			                .at = run->scratch[AT], .work = run->scratch[WORK] };
		if (tilted(&q))
			return RATE_FAIL;
		next[r * run->ld] = *q.mean;
		*s = sqrt(q.variance);
	}
	rate_copy(run, next, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[WIDTH] = { "s0", RATE_REAL, "1", 1e-50, 1e50, NULL, "standard deviation at the start" },
	[TEMPER] = { "a", RATE_REAL, "1", 1e-50, 1e50, NULL, "weights exp(-a f)" },
};
static const rate_state state[] = {
	{ "x", 0, "the mean" },
	{ "s", 1, "the standard deviation" },
};

static const rate_method soft_ce = {
	.size = sizeof(rate_method), .abi = RATE_ABI, .id = "soft-ce",
	.title = "cross-entropy method with soft weights",
	.summary = "N(x, s^2) <- mean and variance of it, weighted by exp(-a f)",
	.source = "expectation maximisation; Dayan and Hinton 1997", .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .scratch = 3, .start = start, .step = step,
};
static const rate_method *const methods[] = { &soft_ce };
RATE_PLUGIN("soft-ce", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
