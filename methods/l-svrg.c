/* Loopless SVRG: a coin takes the place of the epoch. w is the snapshot, and with a fresh subset B of `batch` terms
 * and a fresh coin, 1 with probability p,
 *
 *     v = grad f_B(x) - grad f_B(w) + grad f(w),  w <- x if the coin is 1,  x <- x - gamma_t v  (w takes the old x).
 *
 * The first snapshot is `snapshot` times x_0. A step costs 2 gradients of a batch, and a full one with probability p.
 *
 *     ratecheck verify lsvrg-sc --objective least-squares:n=30,d=5,noise=0
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { X, W, FULL };
enum { P, BATCH, SNAPSHOT };

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[W]);
	rate_scale(run, run->param[SNAPSHOT], run->state[W]);
	return rate_gradient(run, run->state[W], run->state[FULL]);
}

static int step(rate_run *run)
{
	double *x = run->state[X], *w = run->state[W], *full = run->state[FULL];
	double *v = run->scratch[0], *work = run->scratch[1], weight[2] = { 1 - run->param[P], run->param[P] };
	uint64_t *coin = (uint64_t *)(void *)run->scratch[2];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);
	size_t renewed = 0;

	if (!s || run->call->choose(run, 0, 2, weight, coin) || rate_sample_gradient(run, s, x, v) ||
	    rate_sample_gradient(run, s, w, work))
		return RATE_FAIL;
	rate_axpy(run, -1, work, v);
	rate_axpy(run, 1, full, v);
	for (size_t r = 0; r < run->nrep; r++) {
		if (coin[r])
			memcpy(rate_row(run, w, r), rate_row(run, x, r), run->d * sizeof *w);
		renewed += coin[r];
	}
	rate_axpy(run, -run->gamma, v, x);
	/* One call for all rows: the gradients of the snapshots that stay are made again, to the same bits. */
	return renewed ? rate_gradient(run, w, full) : RATE_OK;
}

static const rate_param params[] = {
	[P] = { "p", RATE_REAL, "0.1", 1e-9, 1, NULL, "probability that the snapshot is renewed" },
	[BATCH] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" },
	[SNAPSHOT] = { "snapshot", RATE_REAL, "1", -1e6, 1e6, NULL, "the first snapshot is this times x_0" },
};
static const rate_state state[] = {
	{ .name = "x", .doc = "the iterate" }, { .name = "w", .doc = "the snapshot" }, { .name = "full",
	  .doc = "grad f(w)" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method lsvrg = {
	.size = sizeof lsvrg, .abi = RATE_ABI, .id = "l-svrg", .title = "loopless SVRG",
	.summary = "x <- x - gamma (grad f_B(x) - grad f_B(w) + grad f(w)); with probability p: w <- the old x",
	.source = "Hofmann, Lucchi, Lacoste-Julien and McWilliams 2015; Kovalev, Horvath and Richtarik 2020",
	.flags = RATE_SPAN | RATE_STOCHASTIC | RATE_OWN_DRAWS, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 3, .start = start, .step = step,
};

static const rate_method *const methods[] = { &lsvrg };
RATE_PLUGIN("l-svrg", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
