/* Cyclic block proximal steps (Gauss-Seidel): one step goes once through all blocks of `size` coordinates, j = 0, 1,
 * ...,
 *
 *     x^j <- prox of gamma_t h at block j of (x - gamma_t grad f(x)),  x the newest point.
 *
 * Without h and with size=1, gamma = 1/A_jj on a parabola with one diagonal it is the method of Gauss and Seidel. With
 * sweep=jacobi all blocks look at the old point: the proximal gradient method.
 *
 * Kept beside x: `residual`, an element of the subdifferential of F = f + h at x. Block j of it is grad_j f(x) less
 * the gradient that block j moved by and its move over gamma. h has to be a sum over the blocks.
 *
 *     ratecheck verify bcd-composite --objective coupled:d=5,c=0.5+l1:lambda=0.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { X, RESIDUAL };
enum { SIZE, SWEEP };
enum { CYCLIC, JACOBI };

/* Entries first..first+size-1 of every row, and what is left of the last block. */
static void copy_block(const rate_run *run, size_t first, size_t size, const double *from, double *to)
{
	size_t count = first + size < run->d ? size : run->d - first;

	for (size_t r = 0; r < run->nrep; r++)
		memcpy(to + r * run->ld + first, from + r * run->ld + first, count * sizeof *to);
}

static int step(rate_run *run)
{
	double *x = run->state[X], *residual = run->state[RESIDUAL], *g = run->scratch[0], *trial = run->scratch[1];
	double *moved = run->scratch[2], *seen = run->scratch[3];
	size_t size = (size_t)run->param[SIZE];

	if (run->param[SWEEP] == JACOBI)
		size = run->d;
	rate_copy(run, x, moved);
	for (size_t first = 0; first < run->d; first += size) {
		if (rate_gradient(run, x, g))
			return RATE_FAIL;
		rate_copy(run, x, trial);
		rate_axpy(run, -run->gamma, g, trial);
		if (rate_prox(run, run->gamma, trial, residual))
			return RATE_FAIL;
		copy_block(run, first, size, g, seen);
		copy_block(run, first, size, residual, x);
	}
	/* residual <- grad f(x) - seen - (x - moved)/gamma */
	if (rate_gradient(run, x, residual))
		return RATE_FAIL;
	rate_axpy(run, -1, seen, residual);
	rate_axpy(run, 1 / run->gamma, moved, residual);
	rate_axpy(run, -1 / run->gamma, x, residual);
	return RATE_OK;
}

static const rate_param params[] = {
	[SIZE] = { "size", RATE_INTEGER, "1", 1, 1e9, NULL, "coordinates of a block; the last block may be shorter" },
	[SWEEP] = { "sweep", RATE_CHOICE, "cyclic", 0, 0, "cyclic|jacobi",
	            "blocks look at the newest point, or all at the old one" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "residual", 0, "an element of the subdifferential at x" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method block_prox = {
	.size = sizeof block_prox, .abi = RATE_ABI, .id = "block-prox", .title = "cyclic block proximal steps",
	.summary = "for each block in turn: x^j <- prox_{gamma h}(x - gamma grad f(x))^j",
	.source = "Gauss and Seidel; Tseng 2001; Beck and Tetruashvili 2013", .flags = RATE_NEEDS_PROX,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 4,
	.step = step,
};

static const rate_method *const methods[] = { &block_prox };
RATE_PLUGIN("block-prox", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
