/* Zeroth order: a random direction u with E uu' = I, the slope along it from two values, a step back along u:
 *
 *     s = (f(x + rho u) - f(x - rho u))/(2 rho);  x <- x - gamma_t s u.
 *
 * rho = 0: s = <grad f(x), u>, a forward derivative. Laws of u: `coordinate`, sqrt(d) e_i with i uniform; `signs`,
 * uniform on {-1, 1}^d; `sphere`, uniform on the sphere of radius sqrt(d); `normal`. The first three have |u|^2 = d. On
 * a parabola s = <grad f(x), u> for every rho. The estimator of gradient-free methods, (d/(2 delta))(f(x + delta w) -
 * f(x - delta w)) w with w on the unit sphere, is that of law=sphere, rho = delta/sqrt(d).
 *
 * spsa is the same with signs, under the name and the radius c of its inventor: component i of the estimate is (f(x + c
 * u) - f(x - c u))/(2 c u_i).
 *
 * `terms` = 0 asks the whole function; terms = b > 0 draws b terms of the sum (or samples) and uses the same at both
 * points. Kept beside x: `moved`, the last step.
 *
 *     ratecheck verify zo-pl --objective quadratic:d=4,kappa=10
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, MOVED };
enum { COORDINATE, SIGNS, SPHERE, NORMAL };
enum { U, AT, FEW }; /* scratch; the last: a few numbers a row */

/* So many outcomes of signs are enumerated by the host. */
enum { MOST = 12 };

/* One of `count`, where there is a choice. */
static int draw_number(rate_run *run, uint64_t count, uint64_t *out)
{
	if (count > 1)
		return run->call->choose(run, 0, count, NULL, out);
	for (size_t r = 0; r < run->nrep; r++)
		out[r] = 0;
	return RATE_OK;
}

static int by_number(rate_run *run, int coordinate, double *u)
{
	uint64_t *number = (uint64_t *)(void *)run->scratch[FEW];
	size_t d = run->d;

	if (draw_number(run, coordinate ? d : (uint64_t)1 << d, number))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < d; j++)
			u[r * run->ld + j] = coordinate            ? (number[r] == j ? sqrt((double)d) : 0)
			                     : number[r] >> j & 1 ? 1
			                                           : -1;
	return RATE_OK;
}

/* u <- a direction for every replicate */
static int directions(rate_run *run, int law, double *u)
{
	double *few = run->scratch[FEW];

	if (run->d == 1 && law == SPHERE)
		law = SIGNS;
	if (law == COORDINATE || (law == SIGNS && run->d <= MOST))
		return by_number(run, law == COORDINATE, u);
	if (law == SIGNS)
		return run->call->signs(run, 0, u);
	if (run->call->normals(run, 0, u))
		return RATE_FAIL;
	if (law == NORMAL)
		return RATE_OK;
	rate_dot(run, u, u, few);
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			u[r * run->ld + j] *= sqrt((double)run->d / few[r]);
	return RATE_OK;
}

/* f, or the mean of the terms drawn, at x + a u */
static int value_along(rate_run *run, const rate_sample *s, double a, double *f)
{
	double *at = run->scratch[AT];

	rate_copy(run, run->state[X], at);
	rate_axpy(run, a, run->scratch[U], at);
	return s ? rate_sample_value(run, s, at, f) : rate_value_at(run, at, f);
}

static int move(rate_run *run, int law, double rho, uint32_t terms)
{
	double *u = run->scratch[U], *at = run->scratch[AT], *ahead = run->scratch[FEW], *behind = ahead + run->nrep;
	const rate_sample *s = NULL;

	if (directions(run, law, u) || (terms && !(s = rate_draw(run, 1, terms))))
		return RATE_FAIL;
	if (rho > 0) {
		if (value_along(run, s, rho, ahead) || value_along(run, s, -rho, behind))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++)
			ahead[r] = -run->gamma * (ahead[r] - behind[r]) / (2 * rho);
	} else {
		if (s ? rate_sample_gradient(run, s, run->state[X], at) : rate_gradient(run, run->state[X], at))
			return RATE_FAIL;
		rate_dot(run, at, u, ahead);
		for (size_t r = 0; r < run->nrep; r++)
			ahead[r] *= -run->gamma;
	}
	rate_scale(run, 0, run->state[MOVED]);
	rate_axpy_rows(run, ahead, u, run->state[MOVED]);
	rate_axpy(run, 1, run->state[MOVED], run->state[X]);
	return RATE_OK;
}

enum { LAW, RHO, TERMS };
static int step(rate_run *run)
{
	return move(run, (int)run->param[LAW], run->param[RHO], (uint32_t)run->param[TERMS]);
}

enum { C, SPSA_TERMS };
static int step_spsa(rate_run *run)
{
	return move(run, SIGNS, run->param[C], (uint32_t)run->param[SPSA_TERMS]);
}

#define DRAWN { "terms", RATE_INTEGER, "0", 0, 1048576, NULL, "terms at each step; 0: the whole function" }
static const rate_param params[] = {
	[LAW] = { "law", RATE_CHOICE, "sphere", 0, 0, "coordinate|signs|sphere|normal", "of the direction" },
	[RHO] = { "rho", RATE_REAL, "0.01", 0, 1e50, NULL, "radius; 0: the derivative along u" },
	[TERMS] = DRAWN,
};
static const rate_param params_spsa[] = {
	[C] = { "c", RATE_REAL, "0.01", 1e-100, 1e50, NULL, "radius" },
	[SPSA_TERMS] = DRAWN,
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "moved", 0, "the last step" },
};
static const char *const schedules[] = { "gamma" };

#define COMMON \
	.size = sizeof(rate_method), .abi = RATE_ABI, .flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, \
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 3

static const rate_method two_point = {
	COMMON, .id = "two-point", .title = "two-point random directions",
	.summary = "x <- x - gamma (f(x + rho u) - f(x - rho u))/(2 rho) u, u a random direction",
	.source = "Nesterov and Spokoiny 2017; Shamir 2017", .params = RATE_ROWS(params), .step = step,
};
static const rate_method spsa = {
	COMMON, .id = "spsa", .title = "simultaneous perturbation stochastic approximation",
	.summary = "x <- x - gamma (f(x + c u) - f(x - c u))/(2 c u_i), u random signs",
	.source = "Spall 1992", .params = RATE_ROWS(params_spsa), .step = step_spsa,
};

static const rate_method *const methods[] = { &two_point, &spsa };
RATE_PLUGIN("two-point", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
