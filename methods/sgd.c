/* sgd: stochastic gradient descent, x <- x - gamma_t mean of grad f_i(x) over a random batch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The batch is a uniform subset of the terms, drawn anew at every step and without replacement within the step. On an
 * objective of one term this is gradient descent.
 *
 *     ratecheck verify sgd-convex-smooth
 */
#include "ratecheck/method.h"

enum { BATCH };
static const rate_param params[] = { [BATCH] = { "batch", RATE_INTEGER, "1", 1, 1e9, NULL, "terms drawn at each step" } };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method sgd = { .size = sizeof sgd,
	.abi = RATE_ABI,
	.id = "sgd",
	.title = "Stochastic gradient descent",
	.summary = "x <- x - gamma_t grad f_i(x), i random",
	.source = "Robbins & Monro, Ann. Math. Statist. 22 (1951), 400-407",
	.flags = RATE_SPAN | RATE_STOCHASTIC,
	.params = RATE_ROWS(params),
	.state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules),
	.scratch = 1,
	.step = step };
static const rate_method *const methods[] = { &sgd };
RATE_PLUGIN("sgd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
