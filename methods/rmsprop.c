/* RMSprop, coordinate by coordinate (0/0 = 0):
 *
 *     x <- x - gamma_t g/(sqrt v + eps),  then  v <- beta2 v + (1 - beta2) g^2,
 *
 * g the gradient of `batch` random terms at x. v is used *before* it learns of g, so that g and v are independent; with
 * v0 > 0 it starts at that value. With fresh = 1 v is updated first, as libraries do.
 *
 *     ratecheck verify rmsprop-rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, V };
enum { BATCH, BETA2, EPS, V0, FRESH };

static int start(rate_run *run)
{
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			run->state[V][r * run->ld + j] = run->param[V0];
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *v = run->state[V], *g = run->scratch[0], beta2 = run->param[BETA2];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);
	int fresh = run->param[FRESH] > 0;

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double next = beta2 * v[i] + (1 - beta2) * g[i] * g[i], size = sqrt(fresh ? next : v[i]) +
		    run->param[EPS];

		x[i] -= size > 0 ? run->gamma * g[i] / size : 0;
		v[i] = next;
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[BATCH] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" },
	[BETA2] = { "beta2", RATE_REAL, "0.99", 0, 0.9999999, NULL, "decay of the squared gradients" },
	[EPS] = { "eps", RATE_REAL, "0", 0, 1e100, NULL, "added to the root of v" },
	[V0] = { "v0", RATE_REAL, "0", 0, 1e100, NULL, "v at the start" },
	[FRESH] = { "fresh", RATE_INTEGER, "0", 0, 1, NULL, "1: v learns of g first" },
};
static const rate_state state[] = { { "x", 0, "the iterate" }, { "v", 0, "mean of g^2" } };
static const char *const schedules[] = { "gamma" };

static const rate_method rmsprop = {
	.size = sizeof rmsprop, .abi = RATE_ABI, .id = "rmsprop", .title = "RMSprop",
	.summary = "x <- x - gamma g/(sqrt v + eps), v a running mean of g^2",
	.source = "Tieleman and Hinton 2012", .flags = RATE_STOCHASTIC, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &rmsprop };
RATE_PLUGIN("rmsprop", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
