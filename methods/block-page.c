/* Cyclic blocks with recursive variance reduction: PAGE, one block of `size` coordinates at a time. Step t moves block
 * j = t mod m of the m blocks by its piece of a running estimate g, and looks at no other piece. Let y = x_{t-m}, the
 * point at which block j moved last: every block has moved once since. With a fresh coin, and a fresh subset B of
 * `batch` terms,
 *
 *     g^j <- grad_j f(x)                                     with probability p, and always in the first m steps,
 *            g^j + grad_j f_B(x) - grad_j f_B(y)             otherwise,
 *     x^j <- x^j - gamma_t g^j.
 *
 * No point has to be copied for y: before x^j moves, its old value goes to y^j. With p=1 it is the method of Gauss and
 * Seidel with step gamma, on any smooth function; with one block it is page.
 *
 *     ratecheck verify bcd-page --objective coupled:d=2,c=0.5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { X, Y, G };
enum { SIZE, P, BATCH };

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[Y]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *now = run->scratch[0], *then = run->scratch[1], *full = run->scratch[2];
	double weight[2] = { 1 - run->param[P], run->param[P] };
	uint64_t *coin = (uint64_t *)(void *)run->scratch[3];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);
	size_t size = (size_t)run->param[SIZE], blocks = (run->d + size - 1) / size;
	size_t first = (size_t)(run->t % blocks) * size, end = first + size < run->d ? first + size : run->d;
	size_t heads = run->t < blocks;

	if (!s || run->call->choose(run, 0, 2, weight, coin) || rate_sample_gradient(run, s, run->state[X], now) ||
	    rate_sample_gradient(run, s, run->state[Y], then))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		heads += coin[r];
	if (heads && rate_gradient(run, run->state[X], full))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *x = rate_row(run, run->state[X], r), *y = rate_row(run, run->state[Y], r);
		double *g = rate_row(run, run->state[G], r);
		int whole = coin[r] || run->t < blocks;

		for (size_t i = first; i < end; i++) {
			size_t k = r * run->ld + i;

			g[i] = whole ? full[k] : g[i] + (now[k] - then[k]);
			y[i] = x[i];
			x[i] -= run->gamma * g[i];
		}
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[SIZE] = { "size", RATE_INTEGER, "1", 1, 1e9, NULL, "coordinates of a block; the last block may be shorter" },
	[P] = { "p", RATE_REAL, "0.1", 1e-9, 1, NULL, "probability of a full gradient" },
	[BATCH] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" },
};
static const rate_state state[] = {
	{ .name = "x", .doc = "the iterate" },
	{ .name = "y", .doc = "the iterate of as many steps ago as there are blocks" },
	{ .name = "g", .doc = "the estimate of the gradient, each block as of its last move" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method block_page = {
	.size = sizeof block_page, .abi = RATE_ABI, .id = "block-page", .title = "PAGE, block by block",
	.summary = "block t mod m: g^j <- grad_j f(x) with probability p, else g^j + grad_j f_B(x) - grad_j f_B(y), "
	           "y of m steps ago; x^j <- x^j - gamma g^j",
	.source = "after Cai, Song, Wright and Diakonikolas, arXiv:2212.05088",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 4,
	.start = start,
	.step = step,
};

static const rate_method *const methods[] = { &block_page };
RATE_PLUGIN("block-page", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
