/* Consensus hopping: the mean of a cloud N(x, s^2 I) of infinitely many points, weighted by exp(-alpha f).
 *
 *     x <- E z under the density ~ exp(-alpha f(z) - |z - x|^2/(2 s^2)).
 *
 * Only values of f enter the mean; derivatives serve to find where the density is largest. The integral is taken by a
 * quadrature (tilted.h) in one or two dimensions, for convex f. On a parabola the hop is the proximal step
 * (I + alpha s^2 H)^-1 x.
 *
 *     ratecheck verify cbo-hop --objective log-cosh
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tilted.h"

enum { ALPHA, WIDTH };
enum { AT, WORK, NEXT }; /* scratch */

static int step(rate_run *run)
{
	double *x = run->state[0], *next = run->scratch[NEXT];

	for (size_t r = 0; r < run->nrep; r++) {
		struct tilted q = { .run = run, .alpha = run->param[ALPHA], .s = run->param[WIDTH],
			                .m = x + r * run->ld, .at = run->scratch[AT], .work = run->scratch[WORK] };
		if (tilted(&q))
			return RATE_FAIL;
		for (size_t j = 0; j < run->d; j++)
			next[r * run->ld + j] = q.mean[j];
	}
	rate_copy(run, next, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[ALPHA] = { "alpha", RATE_REAL, "1", 1e-50, 1e50, NULL, "inverse temperature" },
	[WIDTH] = { "s", RATE_REAL, "1", 1e-50, 1e50, NULL, "standard deviation of the cloud" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };

static const rate_method consensus_hop = {
	.size = sizeof(rate_method), .abi = RATE_ABI, .id = "consensus-hop", .title = "consensus hopping",
	.summary = "x <- the mean of N(x, s^2 I) weighted by exp(-alpha f)",
	.source = "Riedl, Klock, Geldhauser and Fornasier, Gradient is all you need?, 2023",
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .scratch = 3, .step = step,
};
static const rate_method *const methods[] = { &consensus_hop };
RATE_PLUGIN("consensus-hop", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
