/* The ellipsoid method: x is the centre of an ellipsoid {x + B y : |y| <= 1} that holds a minimiser over the feasible
 * set. A cut through the centre halves it, and the least ellipsoid about the half that may hold a minimiser is the
 * next one:
 *
 *     g <- a subgradient of f at x, if x is feasible, else x minus its projection;   e <- B'g/|B'g|,   u <- B e
 *     x <- x - u/(n + 1)
 *     B <- n/sqrt(n^2 - 1) (B - (1 - sqrt((n - 1)/(n + 1))) u e')
 *
 * so that P = BB' becomes n^2/(n^2 - 1) (P - 2/(n + 1) uu'); B instead of P, since then rounding cannot make P
 * indefinite. It starts from the ball of `radius` about x_0, which should hold the feasible set. Where g = 0 it
 * stays; `cuts` counts the others. One gradient and n^2 operations a step, 2 <= n <= 16.
 *
 *     ratecheck verify ellipsoid-gap --method ellipsoid:radius=2 --objective sup-norm:z=0.3/-0.2+ball
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { MOST = 16 };
enum { X, CUTS, B }; /* B + i: row i of B */

static int start(rate_run *run)
{
	if (run->d < 2 || run->d > MOST)
		return (run->call->fail)(run, "ellipsoid: d=%zu; from 2 to %d", run->d, MOST);
	for (size_t i = 0; i < run->d; i++)
		for (size_t r = 0; r < run->nrep; r++)
			rate_row(run, run->state[B + i], r)[i] = run->param[0];
	return RATE_OK;
}

/* g <- x - P(x) where that is not 0, else it is left as it is. */
static void separate(const rate_run *run, size_t r, const double *x, const double *projected, double *g)
{
	int outside = 0;

	for (size_t j = r * run->ld; j < r * run->ld + run->d; j++)
		outside |= x[j] != projected[j];
	for (size_t j = r * run->ld; outside && j < r * run->ld + run->d; j++)
		g[j] = x[j] - projected[j];
}

static void cut(rate_run *run, size_t r, const double *g)
{
	size_t n = run->d;
	double *x = rate_row(run, run->state[X], r), e[MOST] = { 0 }, largest = 0, length = 0, m = (double)n;
	double keep = 1 - sqrt((m - 1) / (m + 1)), grow = m / sqrt((m - 1) * (m + 1));

	for (size_t i = 0; i < n; i++)
		largest = fmax(largest, fabs(g[i]));
	if (!(largest > 0))
		return;
	for (size_t j = 0; j < n; j++) {
		for (size_t i = 0; i < n; i++)
			e[j] += rate_row(run, run->state[B + i], r)[j] * (g[i] / largest);
		length += e[j] * e[j];
	}
	if (!(length > 0))
		return;
	length = sqrt(length);
	for (size_t i = 0; i < n; i++) {
		double *row = rate_row(run, run->state[B + i], r), u = 0;

		for (size_t j = 0; j < n; j++)
			u += row[j] * (e[j] / length);
		x[i] -= u / (m + 1);
		for (size_t j = 0; j < n; j++)
			row[j] = grow * (row[j] - keep * u * (e[j] / length));
	}
	*rate_row(run, run->state[CUTS], r) += 1;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[0], *projected = run->scratch[1];

	rate_copy(run, x, projected);
	if (rate_gradient(run, x, g) || rate_project(run, projected))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		separate(run, r, x, projected, g);
		cut(run, r, rate_row(run, g, r));
	}
	return RATE_OK;
}

static const rate_param params[] = { { "radius", RATE_REAL, "1", 1e-100, 1e100, NULL,
	                               "of the first ball, about x_0" } };
#define ROW(i) { "B" #i, 0, "a row of B" }
static const rate_state state[] = {
	[X] = { "x", 0, "the centre" },
	[CUTS] = { "cuts", 1, "steps with g not 0" },
	[B] = ROW(0), ROW(1), ROW(2), ROW(3), ROW(4), ROW(5), ROW(6), ROW(7),
	ROW(8), ROW(9), ROW(10), ROW(11), ROW(12), ROW(13), ROW(14), ROW(15),
};

static const rate_method ellipsoid = {
	.size = sizeof ellipsoid, .abi = RATE_ABI, .id = "ellipsoid", .title = "ellipsoid method",
	.summary = "the least ellipsoid about the half, cut through the centre, that may hold a minimiser",
	.source = "Yudin and Nemirovskii 1976; Shor 1977", .flags = RATE_NEEDS_PROJECTION,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .scratch = 2, .start = start, .step = step,
};

static const rate_method *const methods[] = { &ellipsoid };
RATE_PLUGIN("ellipsoid", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
