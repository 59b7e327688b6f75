/* Zeroth order: a random direction u with E uu' = I, the slope along it from two values, a step back along u:
 *
 *     s = (f(x + rho u) - f(x - rho u))/(2 rho);  x <- x - gamma_t s u.
 *
 * rho = 0: s = <grad f(x), u>, a forward derivative. Laws of u: `coordinate`, sqrt(d) e_i with i uniform; `signs`,
 * uniform on {-1, 1}^d; `sphere`, uniform on the sphere of radius sqrt(d); `normal`; `ternary`, independent
 * entries that are 0 with probability 2/3 and +-sqrt(3) with 1/6, which have the moments of normals up to the fifth.
 * The first three have |u|^2 = d. With `blocks` = m coordinates 0, ..., d-1 are cut into m pieces, and each moves by
 * the slope along its own part of u: that of its loss alone, where the loss is a sum over the pieces. On a parabola
 * s = <grad f(x), u> for every rho. The estimator of gradient-free methods,
 * (d/(2 delta))(f(x + delta w) - f(x - delta w)) w with w on the unit sphere, is that of law=sphere,
 * rho = delta/sqrt(d).
 *
 * spsa is the same with signs, under the name and the radius c of its inventor: component i of the estimate is (f(x + c
 * u) - f(x - c u))/(2 c u_i). es is the same with normals, under the name and the sigma of evolution strategies; it
 * asks for values alone.
 *
 * `terms` = 0 asks the whole function; terms = b > 0 draws b terms of the sum (or samples) and uses the same at both
 * points. Kept beside x: `moved`, the last step.
 *
 *     ratecheck verify zo-pl --objective quadratic:d=4,kappa=10
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directions.h"

enum { X, MOVED };
enum { U, AT, FEW, PART }; /* scratch; FEW: a few numbers a row */

/* f, or the mean of the terms drawn, at x + a v */
static int value_along(rate_run *run, const rate_sample *s, double a, const double *v, double *f)
{
	double *at = run->scratch[AT];

	rate_copy(run, run->state[X], at);
	rate_axpy(run, a, v, at);
	return s ? rate_sample_value(run, s, at, f) : rate_value_at(run, at, f);
}

/* The slope along v, from two values or the gradient in AT; times -gamma. */
static int slopes(rate_run *run, const rate_sample *s, double rho, const double *v)
{
	double *ahead = run->scratch[FEW], *behind = ahead + run->nrep;

	if (rho > 0 && (value_along(run, s, rho, v, ahead) || value_along(run, s, -rho, v, behind)))
		return RATE_FAIL;
	if (!(rho > 0))
		rate_dot(run, run->scratch[AT], v, ahead);
	for (size_t r = 0; r < run->nrep; r++)
		ahead[r] = -run->gamma * (rho > 0 ? (ahead[r] - behind[r]) / (2 * rho) : ahead[r]);
	return RATE_OK;
}

/* Coordinate j is of block j m/d, of m. */
static const double *part_of(rate_run *run, uint64_t block, uint64_t blocks)
{
	const double *u = run->scratch[U];
	double *part = run->scratch[PART];

	if (blocks < 2)
		return u;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			part[r * run->ld + j] = j * blocks / run->d == block ? u[r * run->ld + j] : 0;
	return part;
}

static int move(rate_run *run, int law, double rho, uint32_t terms, uint64_t blocks)
{
	double *at = run->scratch[AT];
	const rate_sample *s = NULL;

	if (directions(run, law, 0, run->scratch[U], run->scratch[FEW]) || (terms && !(s = rate_draw(run, 1, terms))))
		return RATE_FAIL;
	if (!(rho > 0) &&
	    (s ? rate_sample_gradient(run, s, run->state[X], at) : rate_gradient(run, run->state[X], at)))
		return RATE_FAIL;
	rate_scale(run, 0, run->state[MOVED]);
	for (uint64_t b = 0; b < blocks; b++) {
		const double *v = part_of(run, b, blocks);
		if (slopes(run, s, rho, v))
			return RATE_FAIL;
		rate_axpy_rows(run, run->scratch[FEW], v, run->state[MOVED]);
	}
	rate_axpy(run, 1, run->state[MOVED], run->state[X]);
	return RATE_OK;
}

enum { LAW, RHO, TERMS, BLOCKS };
static int step(rate_run *run)
{
	uint64_t blocks = (uint64_t)run->param[BLOCKS];

	if (blocks > run->d)
		return run->call->fail(run, "two-point: %llu blocks of %zu coordinates", (unsigned long long)blocks,
		    run->d);
	return move(run, (int)run->param[LAW], run->param[RHO], (uint32_t)run->param[TERMS], blocks);
}

enum { C, SPSA_TERMS };
static int step_spsa(rate_run *run)
{
	return move(run, SIGNS, run->param[C], (uint32_t)run->param[SPSA_TERMS], 1);
}

static int step_es(rate_run *run)
{
	return move(run, NORMAL, run->param[C], (uint32_t)run->param[SPSA_TERMS], 1);
}

#define DRAWN { "terms", RATE_INTEGER, "0", 0, 1048576, NULL, "terms at each step; 0: the whole function" }
static const rate_param params[] = {
	[LAW] = { "law", RATE_CHOICE, "sphere", 0, 0, DIRECTION_LAWS, "of the direction" },
	[RHO] = { "rho", RATE_REAL, "0.01", 0, 1e50, NULL, "radius; 0: the derivative along u" },
	[TERMS] = DRAWN,
	[BLOCKS] = { "blocks", RATE_INTEGER, "1", 1, 1048576, NULL, "of coordinates, each with a slope of its own" },
};
static const rate_param params_spsa[] = {
	[C] = { "c", RATE_REAL, "0.01", 1e-100, 1e50, NULL, "radius" },
	[SPSA_TERMS] = DRAWN,
};
static const rate_param params_es[] = {
	[C] = { "sigma", RATE_REAL, "1", 1e-100, 1e50, NULL, "standard deviation of the perturbation" },
	[SPSA_TERMS] = DRAWN,
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "moved", 0, "the last step" },
};
static const char *const schedules[] = { "gamma" };

#define COMMON \
	.size = sizeof(rate_method), .abi = RATE_ABI, .flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, \
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 4

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

static const rate_method es = {
	COMMON, .id = "es", .title = "evolution strategy with antithetic normals",
	.summary = "x <- x - gamma (f(x + sigma u) - f(x - sigma u))/(2 sigma) u, u ~ N(0, I)",
	.source = "Salimans, Ho, Chen, Sidor and Sutskever 2017", .params = RATE_ROWS(params_es), .step = step_es,
};

static const rate_method *const methods[] = { &two_point, &spsa, &es };
RATE_PLUGIN("two-point", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
