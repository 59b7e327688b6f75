/* FISTA: x_+ <- prox of gamma_t h at y - gamma_t grad f(y), then y <- x_+ + beta_t (x_+ - x), y_0 = x_0. Without h it
 * is a gradient step, over a feasible set the prox is the projection.
 *
 *     ratecheck verify fista
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, BETA };

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *y = run->state[1], *g = run->scratch[0], *p = run->scratch[1];
	double beta = run->schedule[BETA];

	if (rate_gradient(run, y, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, y);
	if (rate_prox(run, run->gamma, y, p) || rate_project(run, p))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		y[i] = p[i] + beta * (p[i] - x[i]);
		x[i] = p[i];
	}
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" }, { "y", 0, "where the gradient is taken" } };
static const char *const schedules[] = { "gamma", "beta" };

static const rate_method fista = {
	.size = sizeof fista, .abi = RATE_ABI, .id = "fista", .title = "FISTA",
	.summary = "accelerated proximal gradient: prox from y, y extrapolated", .source = "Beck and Teboulle 2009",
	.flags = RATE_SPAN | RATE_NEEDS_PROX | RATE_NEEDS_PROJECTION, .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 2, .start = start, .step = step,
};

static const rate_method *const methods[] = { &fista };
RATE_PLUGIN("fista", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
