/* Langevin steps whose length adapts to the path: with a monitor zeta of the gradient,
 *
 *     psi = m (zeta^r + M)/(zeta^r + m),   x <- x - gamma psi grad f(x) + sqrt(2 gamma psi tau) e,
 *     zeta <- rho zeta + (1 - rho) |grad f(x)| at the new x,   zeta_0 = |grad f(x_0)|, rho the memory.
 *
 * psi lies between m and M: long steps where gradients are small. e is standard normal, or, noise=coins, a vector of
 * fair signs. rescale=drift leaves the noise at sqrt(2 gamma M tau). There is no correction for the change of psi: the
 * points have another law than exp(-f/tau), and weights psi bring it back. Kept: zeta, and psi of the next step.
 *
 *     ratecheck verify rescaled-virial
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { LOW, HIGH, POWER, MEMORY, TAU, NOISE, RESCALE };
enum { NORMAL, COINS };
enum { BOTH, DRIFT };
enum { X, ZETA, PSI };
enum { G, E, FEW }; /* scratch; the last: a few numbers a row */

/* So many outcomes of coins are enumerated by the host. */
enum { MOST = 12 };

/* zeta and psi after a gradient g; `keep` is rho, the memory, or 0 at the start */
static void watch(rate_run *run, double keep, const double *g)
{
	double *few = run->scratch[FEW], low = run->param[LOW], high = run->param[HIGH];

	rate_dot(run, g, g, few);
	for (size_t r = 0; r < run->nrep; r++) {
		double *zeta = run->state[ZETA] + r * run->ld, power;

		*zeta = keep * *zeta + (1 - keep) * sqrt(few[r]);
		power = pow(*zeta, run->param[POWER]);
		run->state[PSI][r * run->ld] = isfinite(power) ? low * (power + high) / (power + low) : low;
	}
}

static int start(rate_run *run)
{
	if (rate_gradient(run, run->state[X], run->scratch[G]))
		return RATE_FAIL;
	watch(run, 0, run->scratch[G]);
	return RATE_OK;
}

static int draw(rate_run *run, double *e)
{
	uint64_t *number = (uint64_t *)(void *)run->scratch[FEW];

	if (run->param[NOISE] == NORMAL)
		return run->call->normals(run, 0, e);
	if (run->d > MOST)
		return run->call->signs(run, 0, e);
	if (run->call->choose(run, 0, (uint64_t)1 << run->d, NULL, number))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			e[r * run->ld + j] = number[r] >> j & 1 ? 1 : -1;
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[G], *e = run->scratch[E], *few = run->scratch[FEW];
	double tau = run->param[TAU];

	if (rate_gradient(run, x, g) || draw(run, e))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		few[r] = -run->gamma * run->state[PSI][r * run->ld];
	rate_axpy_rows(run, few, g, x);
	for (size_t r = 0; r < run->nrep; r++)
		few[r] = sqrt(2 * run->gamma * tau *
		              (run->param[RESCALE] == DRIFT ? run->param[HIGH] : run->state[PSI][r * run->ld]));
	rate_axpy_rows(run, few, e, x);
	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	watch(run, run->param[MEMORY], g);
	return RATE_OK;
}

static const rate_param params[] = {
	[LOW] = { "m", RATE_REAL, "0.1", 1e-100, 1e100, NULL, "least factor of the step" },
	[HIGH] = { "M", RATE_REAL, "1", 1e-100, 1e100, NULL, "largest factor of the step" },
	[POWER] = { "r", RATE_REAL, "2", 1e-3, 100, NULL, "power of the monitor" },
	[MEMORY] = { "memory", RATE_REAL, "0", 0, 1, NULL, "memory of the monitor" },
	[TAU] = { "tau", RATE_REAL, "1", 0, 1e100, NULL, "temperature" },
	[NOISE] = { "noise", RATE_CHOICE, "normal", 0, 0, "normal|coins", "law of e" },
	[RESCALE] = { "rescale", RATE_CHOICE, "both", 0, 0, "both|drift", "what psi multiplies" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "zeta", 1, "the monitor" },
	{ "psi", 1, "the factor of the next step" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method sa_sgld = {
	.size = sizeof sa_sgld, .abi = RATE_ABI, .id = "sa-sgld", .title = "Langevin steps that adapt",
	.summary = "x <- x - gamma psi grad f(x) + sqrt(2 gamma psi tau) e, psi from a monitor of |grad f|",
	.source = "after Rajpal, Leimkuhler and Jiang", .flags = RATE_STOCHASTIC | RATE_OWN_DRAWS,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 3,
	.start = start, .step = step,
};

static const rate_method *const methods[] = { &sa_sgld };
RATE_PLUGIN("sa-sgld", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
