/* Multi-block variance reduction (MSVR): a gradient step along the mean of trackers, one for each block of the sum, of
 * which a few are renewed.
 *
 *     v = (1/m) sum h_i,  x' = x - gamma_t v,  and for the sampled blocks i
 *     h_i <- (1 - b) h_i + b g_i(x') + c (g_i(x') - g_i(x)),   c = (1 - b) + (1 - p)/(p (1 - b)),   p = batch/m;
 *
 * the others stay, and c makes up for the steps that they miss. A block is `copies` terms one after the other, its
 * samples; with several of them batch = 1. At the start h_i is the gradient of block i. correction=storm: c = 1 - b,
 * which does not make up for anything.
 *
 *     ratecheck verify msvr-descent --objective bilevel-blocks:a=3/1/-1/-3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { BATCH, COPIES, FORGET, CORRECTION };
enum { X, H };
enum { V, NEXT, OLD, NEW, INDEX, SCRATCH };

static size_t blocks(const rate_run *run)
{
	return run->n / (size_t)run->param[COPIES];
}

static int start(rate_run *run)
{
	size_t copies = (size_t)run->param[COPIES];

	if (run->n % copies || (copies > 1 && run->param[BATCH] > 1))
		return (run->call->fail)(run, "copies = %zu: must divide the %zu terms, and takes batch = 1",
		                        copies, run->n);
	for (size_t i = 0; i < blocks(run); i++)
		for (size_t k = 0; k < copies; k++) {
			const rate_sample *one = run->call->component(run, i * copies + k);

			if (!one || rate_sample_gradient(run, one, run->state[X], run->scratch[V]))
				return RATE_FAIL;
			rate_axpy(run, 1 / (double)copies, run->scratch[V], run->state[H + i]);
		}
	return RATE_OK;
}

/* Draw k of every replicate, as a sample of its own. A row of numbers has room for the index. */
static rate_sample drawn(const rate_run *run, const rate_sample *s, uint32_t k)
{
	uint64_t *index = (uint64_t *)(void *)run->scratch[INDEX];

	for (size_t r = 0; r < run->nrep; r++)
		memcpy(index + r, s->index + r * s->batch + k, sizeof *index);
	return (rate_sample){ sizeof(rate_sample), 1, index, NULL };
}

static int step(rate_run *run)
{
	double m = (double)blocks(run), b = run->param[FORGET], p = run->param[BATCH] / m,
	       c = 1 - b + (run->param[CORRECTION] > 0 ? 0 : (1 - p) / (p * (1 - b)));
	double *x = run->state[X], *v = run->scratch[V], *next = run->scratch[NEXT], *before = run->scratch[OLD],
	       *after = run->scratch[NEW];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s)
		return RATE_FAIL;
	memset(v, 0, run->nrep * run->ld * sizeof *v);
	for (size_t i = 0; i < blocks(run); i++)
		rate_axpy(run, 1 / m, run->state[H + i], v);
	rate_copy(run, x, next);
	rate_axpy(run, -run->gamma, v, next);
	for (uint32_t k = 0; k < s->batch; k++) {
		rate_sample one = drawn(run, s, k);

		if (rate_sample_gradient(run, &one, x, before) || rate_sample_gradient(run, &one, next, after))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++) {
			size_t block = (size_t)one.index[r] / (size_t)run->param[COPIES];
			double *h = run->state[H + (block < blocks(run) ? block : 0)] + r * run->ld;

			/* an index past the last term: none was drawn */
			for (size_t j = 0; block < blocks(run) && j < run->d; j++)
				h[j] = (1 - b) * h[j] + (b + c) * after[r * run->ld + j] - c * before[r * run->ld + j];
		}
	}
	rate_copy(run, next, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[BATCH] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "blocks whose trackers are renewed" },
	[COPIES] = { "copies", RATE_INTEGER, "1", 1, 1048576, NULL, "terms of each block" },
	[FORGET] = { "b", RATE_REAL, "0.1", 1e-12, 0.999999, NULL, "share of the new gradient" },
	[CORRECTION] = { "correction", RATE_CHOICE, "msvr", 0, 0, "msvr|storm", "for the steps that a tracker missed" },
};
static const rate_state state[] = {
	[X] = { "x", 0, "the iterate" },
	[H] = { "h", RATE_PER_TERM, "the trackers, those of the blocks first" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method msvr = {
	.size = sizeof msvr, .abi = RATE_ABI, .id = "msvr", .title = "multi-block variance reduction",
	.summary = "a step along the mean of trackers, of which a few are renewed",
	.source = "Jiang, Li, Wang, Zhang and Yang 2022", .flags = RATE_STOCHASTIC, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = SCRATCH, .start = start, .step = step,
};

static const rate_method *const methods[] = { &msvr };
RATE_PLUGIN("msvr", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
