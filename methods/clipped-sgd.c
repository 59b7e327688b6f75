/* Clipped SGD: x <- x - gamma_t clip_c(grad f_B(x)), clip_c(g) = g min(1, c/|g|), B a uniform subset of `batch` terms
 * (or samples of a stream), drawn afresh at every step. The mean of the batch is clipped, not each of its terms.
 *
 *     ratecheck verify clip-sgd-smooth --objective two-point-noise:sigma=0.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { BATCH, C };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *by = run->scratch[1];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_dot(run, g, g, by);
	for (size_t r = 0; r < run->nrep; r++)
		by[r] = -run->gamma * fmin(1, run->param[C] / sqrt(by[r])); /* fmin(1, c/0) is 1 */
	rate_axpy_rows(run, by, g, x);
	return RATE_OK;
}

static const rate_param params[] = {
	{ "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" },
	{ "c", RATE_REAL, "1", 1e-100, 1e100, NULL, "gradients longer than c are cut to c" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method clipped_sgd = {
	.size = sizeof clipped_sgd, .abi = RATE_ABI, .id = "clipped-sgd", .title = "clipped SGD",
	.summary = "x <- x - gamma clip_c(grad f_B(x))", .source = "Pascanu, Mikolov & Bengio 2013",
	.flags = RATE_SPAN | RATE_STOCHASTIC, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 2, .step = step,
};

static const rate_method *const methods[] = { &clipped_sgd };
RATE_PLUGIN("clipped-sgd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
