/* PSGD: gradient steps with a preconditioner P = Q'Q that is fitted to pairs (v, h) of a point's change and the
 * gradient's, v normal of size `probe`, h = grad f(x + v) - grad f(x). With a matrix,
 *
 *     psgd:       a = Q h,  b = Q'^-1 v,  Q <- Q - mu (a a' - b b')/(|a|^2 + |b|^2) Q,   x <- x - gamma_t Q'Q grad f(x)
 *
 * and with a diagonal, by coordinates,
 *
 *     psgd-diag:  q <- q (1 - mu (q^2 h^2 - v^2/q^2)/(q^2 h^2 + v^2/q^2)),   x <- x - gamma_t q^2 grad f(x)
 *
 * Q = q0 I at first. The criterion h'Ph + v'P^-1 v is least where P h = v, so P tends to the inverse of the Hessian
 * (of its absolute value): Newton's step for gamma = 1. psgd is for d <= 32 and solves a system at each step. shared=1
 * gives psgd-diag one normaliser for all coordinates, the sum of theirs, instead of one for each.
 *
 *     ratecheck verify gd-nonconvex --method psgd --objective quadratic:d=8,kappa=100
 *     ratecheck verify gd-nonconvex --method psgd-diag --objective diagonal:lambda=100/1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <string.h>

#include "elimination.h"
#include "ratecheck/ratecheck.h"

enum { LARGEST = 32 };
enum { X, Q };
enum { MU, Q0, PROBE, SHARED };

static int start(rate_run *run)
{
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			run->state[Q][r * run->ld + j] = run->param[Q0];
	return RATE_OK;
}

static int matrix_start(rate_run *run)
{
	if (run->d > LARGEST)
		return (run->call->fail)(run, "psgd: d=%zu; the matrix is kept for d <= %d: see psgd-diag", run->d,
		                         LARGEST);
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			run->state[Q + j][r * run->ld + j] = run->param[Q0];
	return RATE_OK;
}

/* g <- grad f(x), v a change of x and h that of the gradient. */
static int pair(rate_run *run, double *g, double *v, double *h)
{
	double *x = run->state[X], *y = run->scratch[3];

	if (rate_gradient(run, x, g) || run->call->normals(run, 0, v))
		return RATE_FAIL;
	rate_scale(run, run->param[PROBE], v);
	rate_copy(run, x, y);
	rate_axpy(run, 1, v, y);
	if (rate_gradient(run, y, h))
		return RATE_FAIL;
	rate_axpy(run, -1, g, h);
	return RATE_OK;
}

/* out <- q v, or q'v */
static void apply(size_t d, const double *q, int transposed, const double *v, double *out)
{
	memset(out, 0, d * sizeof *out);
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++)
			out[transposed ? j : i] += q[i * d + j] * v[transposed ? i : j];
}

/* Q after one pair. A pair that says nothing changes nothing. */
static int fit(const rate_run *run, double *q, const double *v, const double *h)
{
	double a[LARGEST], b[LARGEST], to[LARGEST], from[LARGEST], turned[LARGEST * LARGEST], size = 0;
	size_t d = run->d;

	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++)
			turned[j * d + i] = q[i * d + j];
	apply(d, q, 0, h, a);
	memcpy(b, v, d * sizeof *b);
	if (!eliminate(d, turned, b))
		return RATE_FAIL;
	apply(d, q, 1, a, to);
	apply(d, q, 1, b, from);
	for (size_t i = 0; i < d; i++)
		size += a[i] * a[i] + b[i] * b[i];
	for (size_t i = 0; i < d && size > 0; i++)
		for (size_t j = 0; j < d; j++)
			q[i * d + j] -= run->param[MU] * (a[i] * to[j] - b[i] * from[j]) / size;
	return RATE_OK;
}

static int matrix_step(rate_run *run)
{
	double *g = run->scratch[0], *v = run->scratch[1], *h = run->scratch[2];
	double q[LARGEST * LARGEST], half[LARGEST], move[LARGEST];
	size_t d = run->d;

	if (pair(run, g, v, h))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		for (size_t i = 0; i < d; i++)
			memcpy(q + i * d, run->state[Q + i] + r * run->ld, d * sizeof *q);
		if (fit(run, q, v + r * run->ld, h + r * run->ld))
			return (run->call->fail)(run, "psgd: Q has become singular; take a smaller mu");
		for (size_t i = 0; i < d; i++)
			memcpy(run->state[Q + i] + r * run->ld, q + i * d, d * sizeof *q);
		apply(d, q, 0, g + r * run->ld, half);
		apply(d, q, 1, half, move);
		for (size_t j = 0; j < d; j++)
			run->state[X][r * run->ld + j] -= run->gamma * move[j];
	}
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[0], *v = run->scratch[1], *h = run->scratch[2];
	const double *param = run->param;

	if (pair(run, g, v, h))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *q = run->state[Q] + r * run->ld, all = 0;

		for (size_t pass = 0; pass < 2; pass++)
			for (size_t j = 0; j < run->d; j++) {
				size_t i = r * run->ld + j;
				double to = q[j] * h[i], from = v[i] / q[j], own = to * to + from * from;

				if (pass == 0) {
					all += own;
					continue;
				}
				if (param[SHARED] > 0)
					own = all;
				if (own > 0)
					q[j] *= 1 - param[MU] * (to - from) * (to + from) / own;
				x[i] -= run->gamma * q[j] * q[j] * g[i];
			}
	}
	return RATE_OK;
}

#define FIT \
	[MU] = { "mu", RATE_REAL, "0.1", 0, 0.999, NULL, "step size of the fit" }, \
	[Q0] = { "q0", RATE_REAL, "1", 1e-100, 1e100, NULL, "Q at the start is q0 I" }, \
	[PROBE] = { "probe", RATE_REAL, "1e-3", 1e-100, 1e100, NULL, "size of v" }
static const rate_param matrix_params[] = { FIT };
static const rate_param params[] = {
	FIT, [SHARED] = { "shared", RATE_INTEGER, "0", 0, 1, NULL, "1: one normaliser for all coordinates" },
};
#define ROW(k) [Q + (k)] = { "Q" #k, 0, "row of Q" }
static const rate_state matrix_state[] = {
	[X] = { "x", 0, "the iterate" },
	ROW(0), ROW(1), ROW(2), ROW(3), ROW(4), ROW(5), ROW(6), ROW(7), ROW(8), ROW(9), ROW(10),
	ROW(11), ROW(12), ROW(13), ROW(14), ROW(15), ROW(16), ROW(17), ROW(18), ROW(19), ROW(20),
	ROW(21), ROW(22), ROW(23), ROW(24), ROW(25), ROW(26), ROW(27), ROW(28), ROW(29), ROW(30), ROW(31),
};
static const rate_state state[] = { { "x", 0, "the iterate" }, { "q", 0, "root of the preconditioner" } };
static const char *const schedules[] = { "gamma" };

#define PSGD .size = sizeof(rate_method), .abi = RATE_ABI, .flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, \
	.schedules = RATE_LIST(schedules), .scratch = 4, \
	.source = "Li, Preconditioned stochastic gradient descent, 2015; Li, Stochastic Hessian fittings with Lie " \
	          "groups, 2024"

static const rate_method matrix = { PSGD,
	.id = "psgd", .title = "PSGD",
	.summary = "gradient steps with a matrix fitted to changes of the gradient", .params = RATE_ROWS(matrix_params),
	.state = RATE_ROWS(matrix_state), .start = matrix_start, .step = matrix_step };
static const rate_method diagonal = { PSGD,
	.id = "psgd-diag", .title = "PSGD with a diagonal",
	.summary = "gradient steps with a diagonal fitted to changes of the gradient", .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .start = start, .step = step };

static const rate_method *const methods[] = { &matrix, &diagonal };
RATE_PLUGIN("psgd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
