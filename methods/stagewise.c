/* Dynamic policy gradient: of a sum of H terms in H blocks of d/H coordinates, the blocks are trained one after the
 * other, the last one first. Step t moves block h = H - 1 - floor(t/n) by its own gradient of its own term,
 *
 *     x_h <- x_h - gamma_t d f_h/d x_h        (n steps for each block; after the first block all is left as it is).
 *
 * For a decision process block h holds the policy of stage h and f_h is minus the values from stage h on: every stage
 * is trained against later stages that are trained already.
 *
 *     ratecheck verify dynamic-pg --objective mdp:H=4,S=3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { N };

static int step(rate_run *run)
{
	uint64_t H = run->n, done = run->t / (uint64_t)run->param[N];
	double *x = run->state[0], *g = run->scratch[0];
	const rate_sample *s;
	size_t block;

	if (!H || run->d % H)
		return run->call->fail(run, "stagewise: %zu coordinates are not so many blocks as there are terms, %zu",
		                       run->d, run->n);
	if (done >= H)
		return RATE_OK;
	block = run->d / H;
	s = run->call->component(run, H - 1 - done);
	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = block * (H - 1 - done); j < block * (H - done); j++)
			x[r * run->ld + j] -= run->gamma * g[r * run->ld + j];
	return RATE_OK;
}

static const rate_param params[] = {
	[N] = { "n", RATE_INTEGER, "100", 1, 1e9, NULL, "steps for each block" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method stagewise = {
	.size = sizeof stagewise, .abi = RATE_ABI, .id = "stagewise", .title = "dynamic policy gradient",
	.summary = "n gradient steps on the last block and its term, then on the one before, ...",
	.source = "Klein, Weissmann and Doering, Beyond stationarity, 2024", .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &stagewise };
RATE_PLUGIN("stagewise", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
