/* Langevin steps without correction: x <- x - gamma_t g + sqrt(2 gamma_t tau) z, z standard normal, afresh each step.
 *
 * sgld: g = grad f_B(x), B a uniform subset of `batch` terms. ula: g = grad f(x), whatever f is a sum of. In small
 * steps both sample the density that is proportional to exp(-f/tau); tau is the temperature, 0 leaves sgd and gd.
 *
 *     ratecheck verify ula-moment --method sgld:tau=0.5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

/* x <- x - gamma g + sqrt(2 gamma tau) z; g is spoilt */
static int move(rate_run *run, double tau, double *g)
{
	rate_axpy(run, -run->gamma, g, run->state[0]);
	if (!(tau > 0))
		return RATE_OK;
	if (run->call->normals(run, 0, g))
		return RATE_FAIL;
	rate_axpy(run, sqrt(2 * run->gamma * tau), g, run->state[0]);
	return RATE_OK;
}

enum { BATCH, TAU };
static int step(rate_run *run)
{
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);
	double *g = run->scratch[0];

	if (!s || rate_sample_gradient(run, s, run->state[0], g))
		return RATE_FAIL;
	return move(run, run->param[TAU], g);
}

enum { ULA_TAU };
static int step_ula(rate_run *run)
{
	double *g = run->scratch[0];

	return rate_gradient(run, run->state[0], g) ? RATE_FAIL : move(run, run->param[ULA_TAU], g);
}

#define TEMPERATURE { "tau", RATE_REAL, "1", 0, 1e100, NULL, "temperature" }
static const rate_param params[] = {
	[BATCH] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" },
	[TAU] = TEMPERATURE,
};
static const rate_param params_ula[] = { [ULA_TAU] = TEMPERATURE };
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

#define COMMON \
	.size = sizeof(rate_method), .abi = RATE_ABI, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), \
	.scratch = 1

static const rate_method sgld = {
	COMMON, .id = "sgld", .title = "stochastic gradient Langevin dynamics",
	.summary = "x <- x - gamma grad f_B(x) + sqrt(2 gamma tau) z, z standard normal",
	.source = "Welling and Teh 2011", .flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, .params = RATE_ROWS(params),
	.step = step,
};
static const rate_method ula = {
	COMMON, .id = "ula", .title = "unadjusted Langevin algorithm",
	.summary = "x <- x - gamma grad f(x) + sqrt(2 gamma tau) z, z standard normal",
	.source = "Roberts and Tweedie 1996", .flags = RATE_OWN_DRAWS, .params = RATE_ROWS(params_ula),
	.step = step_ula,
};

static const rate_method *const methods[] = { &sgld, &ula };
RATE_PLUGIN("sgld", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
