/* AdaGrad with one step size for each coordinate, and with a whole matrix. g is the gradient of the round (of the
 * function, if it is no online problem):
 *
 *     adagrad-diag:  S_i <- S_i + g_i^2,  x_i <- P(x_i - gamma_t g_i/sqrt S_i),  where S_i = 0 the coordinate stays
 *     adagrad-full:  G <- G + g g',       x <- x - gamma_t G^(-1/2) g,           the root on the range of G
 *
 * P is the projection onto the feasible set, which is the right one for a box; adagrad-full is for the whole space and
 * for d <= 32. With one coordinate both are AdaGrad-norm with b0 = 0.
 *
 *     ratecheck verify adagrad-diag-regret --method adagrad-diag --objective reddi-cycle
 *     ratecheck verify adagrad-full-regret --objective quadratic:d=8,kappa=100
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "jacobi.h"
#include "ratecheck/ratecheck.h"

enum { X, SUM };
enum { MOST = 32 };

/* The gradient of the round at x. */
static int round_gradient(rate_run *run, double *g)
{
	const rate_sample *s = rate_draw(run, 0, 1);

	return !s || rate_sample_gradient(run, s, run->state[X], g);
}

static int diagonal_step(rate_run *run)
{
	double *x = run->state[X], *sum = run->state[SUM], *g = run->scratch[0];

	if (round_gradient(run, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t i = r * run->ld; i < r * run->ld + run->d; i++) {
			sum[i] += g[i] * g[i];
			if (sum[i] > 0)
				x[i] -= run->gamma * g[i] / sqrt(sum[i]);
		}
	return rate_project(run, x);
}

static int full_start(rate_run *run)
{
	if (run->d > MOST)
		return (run->call->fail)(run, "adagrad-full: d=%zu; the matrix is kept for d <= %d", run->d, MOST);
	return RATE_OK;
}

static int full_step(rate_run *run)
{
	double *g = run->scratch[0], a[MOST * MOST], v[MOST * MOST], root[MOST * MOST];
	size_t d = run->d;

	if (round_gradient(run, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *x = run->state[X] + r * run->ld;
		const double *gr = g + r * run->ld;

		for (size_t i = 0; i < d; i++) {
			double *row = run->state[SUM + i] + r * run->ld;

			for (size_t j = 0; j < d; j++)
				a[i * d + j] = row[j] += gr[i] * gr[j];
		}
		jacobi_power(d, a, -0.5, v, root);
		for (size_t i = 0; i < d; i++)
			for (size_t j = 0; j < d; j++)
				x[i] -= run->gamma * root[i * d + j] * gr[j];
	}
	return RATE_OK;
}

static const rate_state diagonal_state[] = {
	[X] = { "x", 0, "the iterate" }, [SUM] = { "S", 0, "sum of g^2, by coordinates" },
};
#define ROW(k) [SUM + (k)] = { "G" #k, 0, "row of the sum of g g'" }
static const rate_state full_state[] = {
	[X] = { "x", 0, "the iterate" },
	ROW(0), ROW(1), ROW(2), ROW(3), ROW(4), ROW(5), ROW(6), ROW(7), ROW(8), ROW(9), ROW(10),
	ROW(11), ROW(12), ROW(13), ROW(14), ROW(15), ROW(16), ROW(17), ROW(18), ROW(19), ROW(20),
	ROW(21), ROW(22), ROW(23), ROW(24), ROW(25), ROW(26), ROW(27), ROW(28), ROW(29), ROW(30), ROW(31),
};
static const char *const schedules[] = { "gamma" };

#define ADAGRAD .size = sizeof(rate_method), .abi = RATE_ABI, .schedules = RATE_LIST(schedules), .scratch = 1, \
	.source = "Duchi, Hazan and Singer, Adaptive subgradient methods, JMLR 12 (2011)"

static const rate_method diagonal = { ADAGRAD,
	.id = "adagrad-diag", .title = "AdaGrad", .summary = "x_i <- P(x_i - gamma g_i/root of the sum of g_i^2)",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_PROJECTION, .state = RATE_ROWS(diagonal_state), .step = diagonal_step };
static const rate_method full = { ADAGRAD,
	.id = "adagrad-full", .title = "AdaGrad with a matrix", .summary = "x <- x - gamma (sum of g g')^(-1/2) g",
	.flags = RATE_STOCHASTIC, .state = RATE_ROWS(full_state), .start = full_start, .step = full_step };

static const rate_method *const methods[] = { &diagonal, &full };
RATE_PLUGIN("adagrad", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
