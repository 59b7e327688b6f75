/* Random coordinate descent: one block j of `size` coordinates, drawn uniformly, moves:
 *
 *     x^j <- prox of gamma_t h at block j of (x - gamma_t grad f(x)).
 *
 * h has to be a sum over the blocks. gamma_t is the same for all: 1/L_j for the block with the largest L_j.
 *
 *     ratecheck verify rcd-sc --objective quadratic:d=5,kappa=10
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { SIZE };

static int step(rate_run *run)
{
	double *x = run->state[0], *trial = run->scratch[0], *moved = run->scratch[1];
	uint64_t *block = (uint64_t *)(void *)run->scratch[2];
	size_t size = (size_t)run->param[SIZE], blocks = (run->d + size - 1) / size;

	if (run->call->choose(run, 0, blocks, NULL, block) || rate_gradient(run, x, moved))
		return RATE_FAIL;
	rate_copy(run, x, trial);
	rate_axpy(run, -run->gamma, moved, trial);
	if (rate_prox(run, run->gamma, trial, moved))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		size_t first = (size_t)block[r] * size, count = run->d - first < size ? run->d - first : size;
		memcpy(rate_row(run, x, r) + first, rate_row(run, moved, r) + first, count * sizeof *x);
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[SIZE] = { "size", RATE_INTEGER, "1", 1, 1e9, NULL, "coordinates of a block; the last block may be shorter" },
};
static const rate_state state[] = { { .name = "x", .doc = "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method rcd = {
	.size = sizeof rcd, .abi = RATE_ABI, .id = "rcd", .title = "random coordinate descent",
	.summary = "a random block j: x^j <- prox_{gamma h}(x - gamma grad f(x))^j",
	.source = "Nesterov 2012; Richtarik and Takac 2014",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS | RATE_NEEDS_PROX,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 3,
	.step = step,
};

static const rate_method *const methods[] = { &rcd };
RATE_PLUGIN("rcd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
