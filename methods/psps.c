/* Stochastic Polyak steps in a metric: with h = f_i(x) - f_i(x_star), g = grad f_i(x) of a random term i,
 *
 *     x <- x - h/<g, B^-1 g> B^-1 g,     no move where h <= 0
 *
 * B is the matrix of the objective: metric/1, A'A/n for a generalised linear model, the Hessian of a quadratic.
 * metric=diagonal takes its diagonal alone, as one does in large dimensions; metric=none the identity, which is sps. It
 * needs the values f_i(x_star) and takes no steps from the theorem. The state `paid` is the sum of all h.
 *
 *     ratecheck verify psps-fixed --objective least-squares:n=30,d=5,noise=0 --method psps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { X, PAID, B };
enum { METRIC };
enum { WHOLE, DIAGONAL, NONE };

/* The diagonal of B, from its products with the unit vectors. */
static int start(rate_run *run)
{
	double *unit = run->scratch[0], *column = run->scratch[1];

	memset(unit, 0, run->nrep * run->ld * sizeof *unit);
	for (size_t j = 0; j < run->d; j++) {
		for (size_t r = 0; r < run->nrep; r++)
			unit[r * run->ld + j] = 1;
		if (run->call->metric(run, 0, unit, column))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++) {
			run->state[B][r * run->ld + j] = column[r * run->ld + j];
			unit[r * run->ld + j] = 0;
		}
	}
	return RATE_OK;
}

/* out <- B^-1 g */
static int inverse(rate_run *run, const double *g, double *out)
{
	if (run->param[METRIC] == WHOLE)
		return run->call->metric(run, 1, g, out);
	rate_copy(run, g, out);
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t i = r * run->ld; run->param[METRIC] == DIAGONAL && i < r * run->ld + run->d; i++)
			out[i] = run->state[B][i] > 0 ? g[i] / run->state[B][i] : 0;
	return RATE_OK;
}

/* h and the scale of its rounding. A sum of one term has a gap of its own, without cancellation. */
static int gaps(rate_run *run, const rate_sample *s, double *h, double *scale)
{
	if (run->n == 1)
		return run->call->gap(run, run->state[X], h, scale);
	if (rate_sample_value(run, s, run->state[X], h) || run->call->sample_f_star(run, s, scale))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double f = h[r], f_star = scale[r];

		h[r] = f - f_star;
		scale[r] = fabs(f) + fabs(f_star);
	}
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *g = run->scratch[0], *p = run->scratch[1], *h = run->scratch[2], *scale = run->scratch[3],
	       *a = run->scratch[4];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || gaps(run, s, h, scale) || rate_sample_gradient(run, s, run->state[X], g) || inverse(run, g, p))
		return RATE_FAIL;
	rate_dot(run, g, p, a);
	for (size_t r = 0; r < run->nrep; r++) {
		/* A gap that is down to rounding is none: divided by a small square it would be a long step. */
		double gap = h[r] > 8 * DBL_EPSILON * scale[r] && a[r] > DBL_MIN ? h[r] : 0;

		*rate_row(run, run->state[PAID], r) += gap;
		a[r] = gap > 0 ? -gap / a[r] : 0;
	}
	rate_axpy_rows(run, a, p, run->state[X]);
	return RATE_OK;
}

static const rate_param params[] = {
	[METRIC] = { "metric", RATE_CHOICE, "whole", 0, 0, "whole|diagonal|none", "what of B is used" },
};
static const rate_state state[] = {
	[X] = { "x", 0, "the iterate" }, [PAID] = { "paid", 1, "sum of f_i(x) - f_i(x_star)" },
	[B] = { "B", 0, "the diagonal of B" },
};

static const rate_method psps = {
	.size = sizeof psps, .abi = RATE_ABI, .id = "psps", .title = "preconditioned stochastic Polyak steps",
	.summary = "x <- x - (f_i(x) - f_i(x_star))/<g, B^-1 g> B^-1 g",
	.source = "Abdukhakimov, Xiang, Kamzolov and Takac, Stochastic gradient descent with preconditioned Polyak "
	          "step-size, 2023",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_F_STAR | RATE_NEEDS_METRIC, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .scratch = 5, .start = start, .step = step,
};

static const rate_method *const methods[] = { &psps };
RATE_PLUGIN("psps", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
