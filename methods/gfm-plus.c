/* GFM+: two-point estimates with the recursion of SPIDER, for functions that are only Lipschitz.
 *
 *     g(x; w) = (d/(2 delta))(f(x + delta w) - f(x - delta w)) w,  w uniform on the unit sphere, delta = rho sqrt(d);
 *     v <- the mean of B of them at x, at every q-th step;
 *     v <- v + the mean of b of g(x; w) - g(x_before; w), each w used at both points, at the others;
 *     x <- x - gamma_t v.
 *
 * In one dimension every w gives the same g, and nothing is drawn. Kept beside x: `before` and v.
 *
 *     ratecheck verify gfm-plus --objective kinks:d=2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directions.h"

enum { RHO, PERIOD, MANY, FEW_DRAWS };
enum { X, BEFORE, V };
enum { U, AT, FEW, SLOPE }; /* scratch */

enum { MOST_DRAWS = 16 }; /* purposes of draws in a step */

static int value_along(rate_run *run, const double *x, double a, double *f)
{
	double *at = run->scratch[AT];

	rate_copy(run, x, at);
	rate_axpy(run, a, run->scratch[U], at);
	return rate_value_at(run, at, f);
}

/* v <- v + share g(x; w), with |u| = sqrt(d): g = (f(x + rho u) - f(x - rho u))/(2 rho) u. */
static int add_estimate(rate_run *run, const double *x, double share)
{
	double rho = run->param[RHO], *ahead = run->scratch[SLOPE], *behind = ahead + run->nrep;

	if (value_along(run, x, rho, ahead) || value_along(run, x, -rho, behind))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		ahead[r] = share * (ahead[r] - behind[r]) / (2 * rho);
	rate_axpy_rows(run, ahead, run->scratch[U], run->state[V]);
	return RATE_OK;
}

static int draw(rate_run *run, uint32_t k)
{
	double *u = run->scratch[U];

	if (run->d > 1)
		return directions(run, SPHERE, k, u, run->scratch[FEW]);
	for (size_t r = 0; r < run->nrep; r++)
		u[r * run->ld] = 1;
	return RATE_OK;
}

static int step(rate_run *run)
{
	int fresh = run->t % (uint64_t)run->param[PERIOD] == 0;
	uint32_t draws = run->d > 1 ? (uint32_t)run->param[fresh ? MANY : FEW_DRAWS] : 1;
	double share = 1 / (double)draws;

	if (fresh)
		rate_scale(run, 0, run->state[V]);
	for (uint32_t k = 0; k < draws; k++)
		if (draw(run, k) || add_estimate(run, run->state[X], share) ||
		    (!fresh && add_estimate(run, run->state[BEFORE], -share)))
			return RATE_FAIL;
	rate_copy(run, run->state[X], run->state[BEFORE]);
	rate_axpy(run, -run->gamma, run->state[V], run->state[X]);
	return RATE_OK;
}

static const rate_param params[] = {
	[RHO] = { "rho", RATE_REAL, "0.01", 1e-100, 1e50, NULL, "delta/sqrt(d)" },
	[PERIOD] = { "q", RATE_INTEGER, "8", 1, 1000000, NULL, "steps from one fresh estimate to the next" },
	[MANY] = { "B", RATE_INTEGER, "16", 1, MOST_DRAWS, NULL, "directions of a fresh estimate" },
	[FEW_DRAWS] = { "b", RATE_INTEGER, "4", 1, MOST_DRAWS, NULL, "directions of a difference" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "before", 0, "the iterate before" },
	{ "v", 0, "the estimate" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method gfm_plus = {
	.size = sizeof(rate_method), .abi = RATE_ABI, .id = "gfm-plus", .title = "recursive gradient-free descent",
	.summary = "x <- x - gamma v, v a mean of two-point estimates, corrected by differences between restarts",
	.source = "Chen, Xu and Luo, ICML 2023", .flags = RATE_STOCHASTIC | RATE_OWN_DRAWS,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 4,
	.step = step,
};
static const rate_method *const methods[] = { &gfm_plus };
RATE_PLUGIN("gfm-plus", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
