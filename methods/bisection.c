/* Bisection, the centre of gravity method in one dimension: x is the middle of a segment that holds a minimiser over
 * the feasible set, and the sign of f'(x) says which half to keep:
 *
 *     f'(x) > 0: high <- x;   f'(x) < 0: low <- x;   x <- (low + high)/2
 *
 * It starts from the whole feasible set, so that x_0 is its middle whatever the start. Where f'(x) = 0 it stays.
 *
 *     ratecheck verify centre-of-gravity --objective abs:start=0.7+box:low=-1,high=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { X, LOW, HIGH };
static const double FARTHEST = 1e100; /* no run goes beyond; its square is a number, however the set measures it */

static void centre(rate_run *run)
{
	for (size_t r = 0; r < run->nrep * run->ld; r += run->ld)
		run->state[X][r] = run->state[LOW][r] / 2 + run->state[HIGH][r] / 2;
}

static int start(rate_run *run)
{
	if (run->d != 1)
		return (run->call->fail)(run, "bisection: d=%zu; it is for one dimension", run->d);
	for (size_t r = 0; r < run->nrep * run->ld; r += run->ld) {
		run->state[LOW][r] = -FARTHEST;
		run->state[HIGH][r] = FARTHEST;
	}
	if (rate_project(run, run->state[LOW]) || rate_project(run, run->state[HIGH]))
		return RATE_FAIL;
	centre(run);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *g = run->scratch[0];

	if (rate_gradient(run, run->state[X], g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep * run->ld; r += run->ld) {
		if (g[r] >= 0)
			run->state[HIGH][r] = run->state[X][r];
		if (g[r] <= 0)
			run->state[LOW][r] = run->state[X][r];
	}
	centre(run);
	return RATE_OK;
}

static const rate_state state[] = {
	[X] = { "x", 0, "the middle" }, [LOW] = { "low", 0, "left end" }, [HIGH] = { "high", 0, "right end" },
};

static const rate_method bisection = {
	.size = sizeof bisection, .abi = RATE_ABI, .id = "bisection", .title = "bisection",
	.summary = "the half of the segment in which f falls", .source = "Levin 1965; Newman 1965",
	.flags = RATE_NEEDS_PROJECTION, .state = RATE_ROWS(state), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &bisection };
RATE_PLUGIN("bisection", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
