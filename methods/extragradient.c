/* Extragradient: z = x - eta_t V(x), x <- x - gamma_t V(z), with V the gradient, or the field of an equilibrium
 * problem.
 *
 * A look ahead before the step: plain steps x - gamma V(x) circle outwards on a rotation, these come home. Two calls
 * a step.
 *
 *     ratecheck show extragradient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, ETA };

static int step(rate_run *run)
{
	double *x = run->state[0], *z = run->scratch[0], *v = run->scratch[1];

	if (rate_gradient(run, x, v))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		z[i] = x[i] - run->schedule[ETA] * v[i];
	if (rate_gradient(run, z, v))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		x[i] -= run->gamma * v[i];
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma", "eta" };

static const rate_method extragradient = {
	.size = sizeof extragradient, .abi = RATE_ABI, .id = "extragradient", .title = "extragradient",
	.summary = "a step along the gradient at a point ahead: gamma for the step, eta for the look ahead",
	.source = "Korpelevich 1976", .flags = RATE_SPAN, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules),
	.scratch = 2, .step = step,
};

static const rate_method *const methods[] = { &extragradient };
RATE_PLUGIN("extragradient", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
