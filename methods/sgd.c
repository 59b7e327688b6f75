/* Stochastic gradient descent: x <- x - gamma_t grad f_B(x), B a uniform subset of `batch` terms, drawn without
 * replacement inside the batch and afresh at every step. On an objective that is no sum it is gradient descent.
 *
 *     ratecheck verify sgd-convex-smooth --method sgd:batch=4
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { BATCH };

static int step(rate_run *run)
{
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	/* x <- x - gamma grad f_B(x) */
	return s ? rate_sample_step(run, s, -run->gamma, run->state[0], run->scratch[0]) : RATE_FAIL;
}

static const rate_param params[] = { { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" } };
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method sgd = {
	.size = sizeof sgd, .abi = RATE_ABI, .id = "sgd", .title = "stochastic gradient descent",
	.summary = "x <- x - gamma grad f_B(x), B a random subset of the terms", .source = "Robbins and Monro 1951",
	.flags = RATE_SPAN | RATE_STOCHASTIC, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &sgd };
RATE_PLUGIN("sgd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
