/* Descent on the values of a cloud: the gradient is the slope of a linear fit, with a constant, to the values of f at
 * the k points of the lattice h Z^d that are nearest to x.
 *
 *     b = sum_i w_i f(X_i),  w_i = S^-1 (X_i - mean X),  S = sum (X_i - mean X)(X_i - mean X)';  x <- x - gamma_t b.
 *
 * f is asked for at lattice points alone. Ties are broken by coordinates, and points are added while those there are do
 * not span the space: neighbours.h. d <= 3.
 *
 *     ratecheck verify nn-descent --objective quadratic:d=2,kappa=3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "neighbours.h"

enum { K, H };
enum { AT, SLOPE, FEW }; /* scratch */

static int start(rate_run *run)
{
	if (run->d > NEIGHBOUR_DIMENSIONS)
		return run->call->fail(run, "nn-descent is in at most %d dimensions, not in %zu", NEIGHBOUR_DIMENSIONS,
		    run->d);
	if (run->param[K] < (double)run->d + 1)
		return run->call->fail(run, "k=%g neighbours; %zu dimensions need %zu", run->param[K], run->d,
		    run->d + 1);
	return RATE_OK;
}

/* The point of the lattice at x + z, without the rounding of that sum. */
static double lattice(double h, double x, double z)
{
	return floor((x + z) / h + 0.5) * h;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *at = run->scratch[AT], *b = run->scratch[SLOPE], *f = run->scratch[FEW];
	double h = run->param[H];
	size_t d = run->d;
	struct neighbours n;

	rate_scale(run, 0, b);
	/* Row by row: how many points there are differs. The other rows are asked again at their x. */
	for (size_t r = 0; r < run->nrep; r++) {
		if (!nearest(d, (size_t)run->param[K], h, x + r * run->ld, &n))
			return run->call->fail(run, "no %d points about x span the space", MOST_NEIGHBOURS);
		rate_copy(run, x, at);
		for (size_t i = 0; i < n.k; i++) {
			for (size_t j = 0; j < d; j++)
				at[r * run->ld + j] = lattice(h, x[r * run->ld + j], n.z[i][j]);
			if (rate_value_at(run, at, f))
				return RATE_FAIL;
			for (size_t j = 0; j < d; j++)
				b[r * run->ld + j] += n.w[i][j] * f[r];
		}
	}
	rate_axpy(run, -run->gamma, b, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[K] = { "k", RATE_INTEGER, "4", 2, 16, NULL, "neighbours, at least d + 1" },
	[H] = { "h", RATE_REAL, "0.1", 1e-50, 1e50, NULL, "spacing of the lattice" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method nn_descent = {
	.size = sizeof(rate_method), .abi = RATE_ABI, .id = "nn-descent", .title = "descent on nearest neighbours",
	.summary = "x <- x - gamma (the slope of a linear fit to the values of the k nearest lattice points)",
	.source = "Ausset, Clemencon and Portier, AISTATS 2021", .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 3, .start = start, .step = step,
};
static const rate_method *const methods[] = { &nn_descent };
RATE_PLUGIN("nn-descent", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
