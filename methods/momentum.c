/* SGD with momentum, as programs write it: m <- beta_t m + grad f_B(x), x <- x - gamma_t m, m = 0 at the start, B a
 * uniform subset of `batch` terms. Step and momentum are schedules. The same path as ima, with another pair of
 * schedules.
 *
 *     ratecheck verify momentum-convex --method momentum:batch=4
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { BATCH };
enum { GAMMA, BETA };

static int step(rate_run *run)
{
	double *x = run->state[0], *m = run->state[1], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_scale(run, run->schedule[BETA], m);
	rate_axpy(run, 1, g, m);           /* m <- beta m + grad f_B(x) */
	rate_axpy(run, -run->gamma, m, x); /* x <- x - gamma m */
	return RATE_OK;
}

static const rate_param params[] = { { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" } };
static const rate_state state[] = { { "x", 0, "the iterate" }, { "m", 0, "weighted sum of the gradients" } };
static const char *const schedules[] = { "gamma", "beta" };

static const rate_method momentum = {
	.size = sizeof momentum, .abi = RATE_ABI, .id = "momentum", .title = "SGD with momentum",
	.summary = "m <- beta m + grad f_B(x), x <- x - gamma m", .source = "Polyak 1964; Sutskever et al. 2013",
	.flags = RATE_SPAN | RATE_STOCHASTIC, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &momentum };
RATE_PLUGIN("momentum", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
