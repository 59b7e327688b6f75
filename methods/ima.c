/* Iterate moving average, momentum as proofs write it: z <- z - gamma_t grad f_B(x), then
 * x <- (lambda_{t+1} x + z)/(lambda_{t+1} + 1), z = x_0 at the start, B a uniform subset of `batch` terms. The
 * gradient is taken at the average x, not at z. At a kink it is a subgradient. The second schedule holds lambda_{t+1}
 * at t.
 *
 *     ratecheck verify li-ima --method ima
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { BATCH };
enum { GAMMA, LAMBDA };

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *z = run->state[1], *g = run->scratch[0], lambda = run->schedule[LAMBDA];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, z); /* z <- z - gamma grad f_B(x) */
	rate_scale(run, lambda / (lambda + 1), x);
	rate_axpy(run, 1 / (lambda + 1), z, x);
	return RATE_OK;
}

static const rate_param params[] = { { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" } };
static const rate_state state[] = { { "x", 0, "the average, where gradients are taken" },
	                            { "z", 0, "the point that moves" } };
static const char *const schedules[] = { "gamma", "lambda" };

static const rate_method ima = {
	.size = sizeof ima, .abi = RATE_ABI, .id = "ima", .title = "iterate moving average",
	.summary = "z <- z - gamma grad f_B(x), x <- (lambda x + z)/(lambda + 1)",
	.source = "Sebbouh, Gower and Defazio 2021; Defazio and Gower 2021",
	.flags = RATE_SPAN | RATE_STOCHASTIC, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &ima };
RATE_PLUGIN("ima", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
