/* Random coordinates: x_i <- x_i - theta (grad f(x))_i / H_ii, i uniform, H the Hessian at x. With theta = 1 a
 * quadratic is made least along the coordinate.
 *
 *     ratecheck verify krr-coordinates --objective quadratic:d=20,kappa=100
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { THETA };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *e = run->scratch[1], *He = run->scratch[2];
	uint64_t *i = (uint64_t *)(void *)run->scratch[3];

	if (run->call->choose(run, 0, run->d, NULL, i) || rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_scale(run, 0, e);
	for (size_t r = 0; r < run->nrep; r++)
		rate_row(run, e, r)[i[r]] = 1;
	if (run->call->hessian_product(run, x, e, He))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double bend = rate_row(run, He, r)[i[r]], slope = rate_row(run, g, r)[i[r]];

		if (slope != 0 && !(bend > 0))
			return (run->call->fail)(run, "f does not bend upwards along coordinate %llu",
			                         (unsigned long long)i[r]);
		if (slope != 0)
			rate_row(run, x, r)[i[r]] -= run->param[THETA] * slope / bend;
	}
	return RATE_OK;
}

static const rate_param params[] = { { "theta", RATE_REAL, "1", 0, 2, NULL, "share of the way to the least value" } };
static const rate_state state[] = { { "x", 0, "the iterate" } };

static const rate_method coordinate_descent = {
	.size = sizeof coordinate_descent, .abi = RATE_ABI, .id = "coordinate-descent",
	.title = "random coordinate descent",
	.summary = "x_i <- x_i - theta (grad f)_i/H_ii, i random", .source = "Leventhal and Lewis 2010",
	.flags = RATE_OWN_DRAWS | RATE_NEEDS_HESSIAN, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.scratch = 4,
	.step = step,
};

static const rate_method *const methods[] = { &coordinate_descent };
RATE_PLUGIN("coordinate-descent", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
