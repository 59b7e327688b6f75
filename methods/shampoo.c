/* Shampoo: a matrix W gets a preconditioner for its rows and one for its columns.
 *
 *     L <- L + G G',   R <- R + G'G,   W <- W - eta L^(-1/4) G R^(-1/4),     L_0 = eps I, R_0 = eps I
 *
 * G is the gradient of the round (of the function, if it is no online problem). The m x n matrix W is the vector x,
 * row by row: `rows` = m. Roots are taken on the range, so that eps = 0 is allowed. Sides up to 64, the longer at
 * most four times the shorter; memory m^2 + n^2 instead of (mn)^2. For m = n = 1 it is AdaGrad-norm.
 *
 *     ratecheck verify shampoo-regret --method shampoo:rows=4,eta=0.1 --objective quadratic:d=20
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

#include "jacobi.h"

enum { ROWS, ETA, EPS };
enum { W, LEFT, PARTS = 4, RIGHT = LEFT + PARTS, STATES = RIGHT + PARTS };

/* The matrices L and R have more entries than W if it is not square, so each lies in PARTS blocks, one after the
 * other. */
static double *entry(const rate_run *run, size_t first, size_t r, size_t e)
{
	return &run->state[first + e / run->d][r * run->ld + e % run->d];
}

static int shape(rate_run *run, size_t *m, size_t *n)
{
	*m = (size_t)run->param[ROWS];
	*n = run->d / *m;
	if (*m * *n != run->d)
		return (run->call->fail)(run, "shampoo: rows=%zu does not divide d=%zu", *m, run->d);
	if (*m > JACOBI_MOST || *n > JACOBI_MOST || *m > PARTS * *n || *n > PARTS * *m)
		return (run->call->fail)(run,
		                         "shampoo: a %zu x %zu matrix; sides are at most %d, with a "
		                         "ratio of at most %d",
		                         *m, *n, JACOBI_MOST, PARTS);
	return RATE_OK;
}

static int start(rate_run *run)
{
	size_t m, n;

	if (shape(run, &m, &n))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		for (size_t i = 0; i < m; i++)
			*entry(run, LEFT, r, i * m + i) = run->param[EPS];
		for (size_t j = 0; j < n; j++)
			*entry(run, RIGHT, r, j * n + j) = run->param[EPS];
	}
	return RATE_OK;
}

/* root <- (the matrix + g g')^(-1/4), where g has k rows of `length` entries; `across` and `along` are its strides. */
static void count(const rate_run *run, size_t first, size_t r, const double *g, size_t k, size_t length, size_t across,
                  size_t along, double *root)
{
	double a[JACOBI_MOST * JACOBI_MOST], v[JACOBI_MOST * JACOBI_MOST];

	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++) {
			double sum = 0, *at = entry(run, first, r, i * k + j);

			for (size_t l = 0; l < length; l++)
				sum += g[i * across + l * along] * g[j * across + l * along];
			*at += sum;
			a[i * k + j] = *at;
		}
	jacobi_power(k, a, -0.25, v, root);
}

static int step(rate_run *run)
{
	const rate_sample *round = rate_draw(run, 0, 1);
	double left[JACOBI_MOST * JACOBI_MOST], right[JACOBI_MOST * JACOBI_MOST], half[JACOBI_MOST];
	size_t m, n;

	if (!round || shape(run, &m, &n) || rate_sample_gradient(run, round, run->state[W], run->scratch[0]))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *w = run->state[W] + r * run->ld;
		const double *g = run->scratch[0] + r * run->ld;

		count(run, LEFT, r, g, m, n, n, 1, left);
		count(run, RIGHT, r, g, n, m, 1, n, right);
		for (size_t i = 0; i < m; i++) {
			memset(half, 0, sizeof half);
			for (size_t k = 0; k < m; k++)
				for (size_t j = 0; j < n; j++)
					half[j] += left[i * m + k] * g[k * n + j];
			for (size_t j = 0; j < n; j++) {
				double move = 0;

				for (size_t k = 0; k < n; k++)
					move += half[k] * right[k * n + j];
				w[i * n + j] -= run->param[ETA] * move;
			}
		}
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[ROWS] = { "rows", RATE_INTEGER, "1", 1, JACOBI_MOST, NULL, "m, the rows of the matrix" },
	[ETA] = { "eta", RATE_REAL, "1", 1e-100, 1e100, NULL, "length of the steps" },
	[EPS] = { "eps", RATE_REAL, "0", 0, 1e100, NULL, "L_0 and R_0 are eps times the identity" },
};
static const rate_state state[STATES] = {
	[W] = { "x", 0, "W, row by row" },
	[LEFT] = { "L", 0, "eps I + sum G G', entry by entry" },
	{ "L-2", 0, "its rest" }, { "L-3", 0, "its rest" }, { "L-4", 0, "its rest" },
	[RIGHT] = { "R", 0, "eps I + sum G'G, entry by entry" },
	{ "R-2", 0, "its rest" }, { "R-3", 0, "its rest" }, { "R-4", 0, "its rest" },
};

static const rate_method shampoo = {
	.size = sizeof shampoo, .abi = RATE_ABI, .id = "shampoo", .title = "Shampoo",
	.summary = "W <- W - eta L^(-1/4) G R^(-1/4), L and R the sums of GG' and G'G",
	.source = "Gupta, Koren and Singer, Shampoo: Preconditioned Stochastic Tensor Optimization, 2018",
	.flags = RATE_STOCHASTIC, .params = RATE_ROWS(params), .state = RATE_ROWS(state), .scratch = 1, .start = start,
	.step = step,
};

static const rate_method *const methods[] = { &shampoo };
RATE_PLUGIN("shampoo", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
