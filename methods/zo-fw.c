/* Frank-Wolfe from values alone: slopes along random directions, averaged over the steps.
 *
 *     s = (f(x + r u) - f(x - r u))/(2 r);  v <- (1 - rho_t) v + rho_t s u,  rho_t = 4 delta/(t + 8)^(2/3);
 *     y in argmin over the feasible set of <v, y>;  x <- x + gamma_t (y - x).
 *
 * r = 0: s = <grad f(x), u>. Laws of u: those of two-point. delta = d^(-1/3) balances what the average forgets against
 * the noise of one slope; the theorem gives the steps 2/(t + 8). Points outside of the set are asked for if r > 0. v
 * starts at 0. Kept beside x: v, and the point `asked`, at which its last slope was taken.
 *
 *     ratecheck verify zo-fw --objective log-cosh:d=3+simplex
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directions.h"

enum { DELTA, LAW, RADIUS };
enum { X, V, ASKED };
enum { U, AT, FEW }; /* scratch */

static int step(rate_run *run)
{
	double *x = run->state[X], *v = run->state[V], *y = run->scratch[AT], *few = run->scratch[FEW];
	double rho = fmin(4 * run->param[DELTA] / pow((double)run->t + 8, 2.0 / 3), 1);

	if (directions(run, (int)run->param[LAW], 0, run->scratch[U], few) ||
	    slopes_along(run, x, run->scratch[U], run->param[RADIUS], y, few))
		return RATE_FAIL;
	rate_copy(run, x, run->state[ASKED]);
	for (size_t r = 0; r < run->nrep; r++)
		few[r] *= rho;
	rate_scale(run, 1 - rho, v);
	rate_axpy_rows(run, few, run->scratch[U], v);
	if (run->call->lmo(run, v, y))
		return RATE_FAIL;
	rate_scale(run, 1 - run->gamma, x);
	rate_axpy(run, run->gamma, y, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[DELTA] = { "delta", RATE_REAL, "0.5", 1e-6, 1, NULL, "weight of a new slope, times (t + 8)^(2/3)/4" },
	[LAW] = { "law", RATE_CHOICE, "sphere", 0, 0, DIRECTION_LAWS, "of the direction" },
	[RADIUS] = { "r", RATE_REAL, "0", 0, 1e50, NULL, "radius; 0: the derivative along u" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "v", 0, "the averaged slope" },
	{ "asked", 0, "where the last slope was taken" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method zo_fw = {
	.size = sizeof(rate_method), .abi = RATE_ABI, .id = "zo-fw", .title = "zeroth-order Frank-Wolfe",
	.summary = "v <- (1 - rho) v + rho s u, x <- x + gamma (y - x), y least in the direction v",
	.source = "Sahu, Zaheer and Kar, Towards gradient free and projection free stochastic optimization, AISTATS "
		  "2019",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS | RATE_NEEDS_LMO, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 3, .step = step,
};
static const rate_method *const methods[] = { &zo_fw };
RATE_PLUGIN("zo-fw", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
