/* ZO-AdaMU without its divisor: perturbations with a momentum of their own.
 *
 *     m <- rho m + sqrt(s2) z,  z ~ N(0, I),  rho = 1 - beta1,  s2 = beta1^2 a + rho^2 b;
 *     x <- x - (gamma_t/K) <grad f(x), m> m.
 *
 * That is the law of beta1 zd + (1 - beta1) zdd with zd ~ N(0, a I) and zdd ~ N(m, b I). The loss never enters m: it is
 * an autoregressive process. K = A - 2 s2^2/(|nu|^2 + s2), A = |nu|^2 + s2 (d + 4), nu = rho m before the draw, is how
 * long the step may be: K >= E <g,m>^2 |m|^2/E <g,m>^2 for every g. Derivatives are forward derivatives if
 * radius = 0; else (f(x + radius m) - f(x - radius m))/(2 radius). `law` = ternary draws entries of z that are 0 with
 * probability 2/3 and +-sqrt(3) with 1/6: the moments that matter are those of normals, and few steps can be
 * enumerated. m starts as m0 e_1.
 *
 *     ratecheck verify zo-adamu --objective quadratic:d=6,spectrum=one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directions.h"

enum { BETA1, VARIANCE_A, VARIANCE_B, LAW, RADIUS, M0 };
enum { X, M };
enum { Z, AT, FEW, LONG }; /* scratch */

static int start(rate_run *run)
{
	for (size_t r = 0; r < run->nrep; r++)
		run->state[M][r * run->ld] = run->param[M0];
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *m = run->state[M], *few = run->scratch[FEW], *length = run->scratch[LONG];
	double beta1 = run->param[BETA1], rho = 1 - beta1;
	double s2 = beta1 * beta1 * run->param[VARIANCE_A] + rho * rho * run->param[VARIANCE_B];

	if (directions(run, run->param[LAW] == 0 ? NORMAL : TERNARY, 0, run->scratch[Z], few))
		return RATE_FAIL;
	rate_scale(run, rho, m);
	rate_dot(run, m, m, length);
	rate_axpy(run, sqrt(s2), run->scratch[Z], m);
	if (slopes_along(run, run->state[X], run->state[M], run->param[RADIUS], run->scratch[AT], few))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double all = length[r] + s2, K = all > 0 ? all + s2 * ((double)run->d + 3) - 2 * s2 * s2 / all : 1;
		few[r] *= -run->gamma / K;
	}
	rate_axpy_rows(run, few, m, run->state[X]);
	return RATE_OK;
}

static const rate_param params[] = {
	[BETA1] = { "beta1", RATE_REAL, "0.9", 0, 1, NULL, "weight of the fresh perturbation" },
	[VARIANCE_A] = { "a", RATE_REAL, "0.5", 0, 1e50, NULL, "variance of the fresh perturbation" },
	[VARIANCE_B] = { "b", RATE_REAL, "0.5", 0, 1e50, NULL, "variance about the old one" },
	[LAW] = { "law", RATE_CHOICE, "normal", 0, 0, "normal|ternary", "of the draws" },
	[RADIUS] = { "radius", RATE_REAL, "0", 0, 1e50, NULL, "of differences; 0: the derivative" },
	[M0] = { "m0", RATE_REAL, "0", -1e50, 1e50, NULL, "m starts as m0 e_1" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "m", 0, "the perturbation" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method zo_adamu = {
	.size = sizeof(rate_method), .abi = RATE_ABI, .id = "zo-adamu", .title = "perturbations with momentum",
	.summary = "m <- rho m + noise, x <- x - (gamma/K) <grad f(x), m> m",
	.source = "Jiang et al., ZO-AdaMU optimizer: adapting perturbation by the momentum and uncertainty in "
	          "zeroth-order optimization, AAAI 2024",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 4, .start = start, .step = step,
};
static const rate_method *const methods[] = { &zo_adamu };
RATE_PLUGIN("zo-adamu", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
