/* PAGE: a running estimate g of the gradient that a coin renews. g_0 = grad f(x_0), and for t = 0, 1, ...
 *
 *     x_{t+1} = x_t - gamma_t g_t,
 *     g_{t+1} = grad f(x_{t+1})                                with probability p,
 *               g_t + grad f_B(x_{t+1}) - grad f_B(x_t)        otherwise,  B a fresh subset of `batch` terms.
 *
 *     ratecheck verify page --objective zero-or-L:p=2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { X, G };
enum { P, BATCH };

static int start(rate_run *run)
{
	return rate_gradient(run, run->state[X], run->state[G]);
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->state[G], *work = run->scratch[0], *full = run->scratch[1],
	       *at = run->scratch[3];
	double weight[2] = { 1 - run->param[P], run->param[P] };
	uint64_t *coin = (uint64_t *)(void *)run->scratch[2];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);
	size_t heads = 0;

	if (!s || run->call->choose(run, 0, 2, weight, coin) || rate_sample_gradient(run, s, x, work))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	rate_axpy(run, -1, work, g);
	if (rate_sample_gradient(run, s, x, work))
		return RATE_FAIL;
	rate_axpy(run, 1, work, g);
	/* One call for all rows. Those that are not renewed repeat the row before them, which costs no gradient. */
	for (size_t r = 0; r < run->nrep; r++) {
		memcpy(rate_row(run, at, r), r == 0 || coin[r] ? rate_row(run, x, r) : rate_row(run, at, r - 1),
		       run->ld * sizeof *x);
		heads += coin[r];
	}
	if (!heads)
		return RATE_OK;
	if (rate_gradient(run, at, full))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		if (coin[r])
			memcpy(rate_row(run, g, r), rate_row(run, full, r), run->d * sizeof *g);
	return RATE_OK;
}

static const rate_param params[] = {
	[P] = { "p", RATE_REAL, "0.1", 1e-9, 1, NULL, "probability of a full gradient" },
	[BATCH] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" },
};
static const rate_state state[] = {
	{ .name = "x", .doc = "the iterate" },
	{ .name = "g", .doc = "the estimate of the gradient" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method page = {
	.size = sizeof page, .abi = RATE_ABI, .id = "page", .title = "PAGE",
	.summary = "x <- x - gamma g; g <- grad f(x) with probability p, else g + grad f_B(new x) - grad f_B(old x)",
	.source = "Li, Bao, Zhang and Richtarik, PAGE, ICML 2021, arXiv:2008.10898",
	.flags = RATE_SPAN | RATE_STOCHASTIC | RATE_OWN_DRAWS,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 4,
	.start = start,
	.step = step,
};

static const rate_method *const methods[] = { &page };
RATE_PLUGIN("page", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
