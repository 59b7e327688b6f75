/* Adafactor: Adam's second moments of a matrix, kept as row sums and column sums. At step t = 1, 2, ..., b = t^-c:
 *
 *     R <- (1 - b) R + b rowsums(G^2 + eps1),   C <- (1 - b) C + b columnsums(G^2 + eps1)
 *     U = G/sqrt(R C'/sum(R)),   x <- x - gamma_t U/max(1, RMS(U)/delta)
 *
 * by entries, 0/0 = 0, RMS(U) = |U|/sqrt(mn). The m x n matrix is the vector x, row by row: `rows` = m. clip=0 leaves
 * the last division out. relative=1 multiplies the step by max(eps2, RMS(x)). The first weight is 1: nothing is left to
 * correct.
 *
 *     adafactor         factored, for matrices
 *     adafactor-vector  V <- (1 - b) V + b (g^2 + eps1), the whole second moment: what Adafactor does with vectors;
 *                     where V is below 2.2e-308, as for gradients below 1e-154, it counts as 0
 *
 *     ratecheck verify adafactor-clip --method adafactor:rows=4 --objective quadratic:d=20
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, MOVE, V, ROW = V, COLUMN }; /* states */
enum { DECAY, CLIP, DELTA, EPS1, RELATIVE, EPS2, ROWS };

/* x <- x - gamma U, clipped; U is in `move` and is replaced by the step. */
static void go(const rate_run *run, double *x, double *move)
{
	const double *param = run->param;
	double rms = 0, size = 0, rate = run->gamma;

	for (size_t j = 0; j < run->d; j++) {
		rms += move[j] * move[j];
		size += x[j] * x[j];
	}
	rms = sqrt(rms / (double)run->d);
	size = sqrt(size / (double)run->d);
	if (param[RELATIVE] > 0)
		rate *= fmax(param[EPS2], size);
	if (param[CLIP] > 0 && rms > param[DELTA])
		rate *= param[DELTA] / rms;
	for (size_t j = 0; j < run->d; j++) {
		move[j] *= -rate;
		x[j] += move[j];
	}
}

static double weight(const rate_run *run)
{
	return pow((double)run->t + 1, -run->param[DECAY]);
}

static int gradient(rate_run *run, double *g)
{
	const rate_sample *s = rate_draw(run, 0, 1);

	return !s || rate_sample_gradient(run, s, run->state[X], g) ? RATE_FAIL : RATE_OK;
}

static int step_vector(rate_run *run)
{
	double *g = run->scratch[0], b = weight(run);

	if (gradient(run, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *v = run->state[V] + r * run->ld, *move = run->state[MOVE] + r * run->ld;
		const double *gr = g + r * run->ld;

		for (size_t j = 0; j < run->d; j++) {
			v[j] = (1 - b) * v[j] + b * (gr[j] * gr[j] + run->param[EPS1]);
			move[j] = v[j] >= DBL_MIN ? gr[j] / sqrt(v[j])
			                          : 0; /* below it the square has lost its digits */
		}
		go(run, run->state[X] + r * run->ld, move);
	}
	return RATE_OK;
}

static int step_matrix(rate_run *run)
{
	double *g = run->scratch[0], b = weight(run);
	size_t m = (size_t)run->param[ROWS], n = run->d / m;

	if (m * n != run->d)
		return (run->call->fail)(run, "adafactor: rows=%zu does not divide d=%zu", m, run->d);
	if (gradient(run, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *R = run->state[ROW] + r * run->ld, *C = run->state[COLUMN] + r * run->ld;
		double *move = run->state[MOVE] + r * run->ld, total = 0;
		const double *gr = g + r * run->ld;

		for (size_t i = 0; i < m; i++)
			R[i] *= 1 - b;
		for (size_t j = 0; j < n; j++)
			C[j] *= 1 - b;
		for (size_t i = 0; i < m; i++)
			for (size_t j = 0; j < n; j++) {
				double square = b * (gr[i * n + j] * gr[i * n + j] + run->param[EPS1]);

				R[i] += square;
				C[j] += square;
			}
		for (size_t i = 0; i < m; i++)
			total += R[i];
		for (size_t i = 0; i < m; i++)
			for (size_t j = 0; j < n; j++) {
				double share = total > 0 ? sqrt(R[i]) * sqrt(C[j] / total) : 0;

				move[i * n + j] = share > 0 ? gr[i * n + j] / share : 0;
			}
		go(run, run->state[X] + r * run->ld, move);
	}
	return RATE_OK;
}

#define COMMON \
	[DECAY] = { "c", RATE_REAL, "0.8", 0, 1.5, NULL, "the new square has the weight t^-c" }, \
	[CLIP] = { "clip", RATE_INTEGER, "1", 0, 1, NULL, "1: U is shortened to RMS(U) <= delta" }, \
	[DELTA] = { "delta", RATE_REAL, "1", 1e-100, 1e100, NULL, "threshold of the clipping" }, \
	[EPS1] = { "eps1", RATE_REAL, "0", 0, 1e100, NULL, "added to the squares" }, \
	[RELATIVE] = { "relative", RATE_INTEGER, "0", 0, 1, NULL, "1: steps in proportion to RMS(x)" }, \
	[EPS2] = { "eps2", RATE_REAL, "1e-3", 0, 1e100, NULL, "with relative=1: RMS(x) counts as at least this" }

static const rate_param params_matrix[] = { COMMON,
	[ROWS] = { "rows", RATE_INTEGER, "1", 1, 1e6, NULL, "m, the rows of the matrix" } };
static const rate_param params_vector[] = { COMMON };
static const rate_state state_matrix[] = {
	[X] = { "x", 0, "the iterate" }, [MOVE] = { "step", 0, "the last step" },
	[ROW] = { "R", 0, "mean of the row sums of G^2" }, [COLUMN] = { "C", 0, "mean of the column sums of G^2" },
};
static const rate_state state_vector[] = {
	[X] = { "x", 0, "the iterate" }, [MOVE] = { "step", 0, "the last step" }, [V] = { "v", 0, "mean of g^2" },
};
static const char *const schedules[] = { "gamma" };

#define ADAFACTOR .size = sizeof(rate_method), .abi = RATE_ABI, .flags = RATE_STOCHASTIC, .scratch = 1, \
	.schedules = RATE_LIST(schedules), \
	.source = "Shazeer and Stern, Adafactor: Adaptive Learning Rates with Sublinear Memory Cost, 2018"

static const rate_method adafactor = { ADAFACTOR,
	.id = "adafactor", .title = "Adafactor",
	.summary = "Adam's divisor from row sums and column sums, steps clipped",
	.params = RATE_ROWS(params_matrix), .state = RATE_ROWS(state_matrix), .step = step_matrix };
static const rate_method vector = { ADAFACTOR,
	.id = "adafactor-vector", .title = "Adafactor for vectors", .summary = "Adafactor with the whole second moment",
	.params = RATE_ROWS(params_vector), .state = RATE_ROWS(state_vector), .step = step_vector };

static const rate_method *const methods[] = { &adafactor, &vector };
RATE_PLUGIN("adafactor", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
