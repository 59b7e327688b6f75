/* Gradient descent with every term clipped: x <- x - gamma_t mean_i clip_c(grad f_i(x)), clip_c(g) = g min(1, c/|g|).
 *
 * Deterministic. It is what clipped SGD does in the mean, and private SGD without its noise.
 *
 *     ratecheck verify clip-bias-lb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { C };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *by = run->scratch[1], *mean = run->scratch[2];

	if (!run->n)
		return run->call->fail(run, "per-sample-clipping needs a finite sum");
	memset(mean, 0, run->nrep * run->ld * sizeof *mean);
	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *s = run->call->component(run, i);

		if (!s || rate_sample_gradient(run, s, x, g))
			return RATE_FAIL;
		rate_dot(run, g, g, by);
		for (size_t r = 0; r < run->nrep; r++)
			by[r] = fmin(1, run->param[C] / sqrt(by[r])); /* fmin(1, c/0) is 1 */
		rate_axpy_rows(run, by, g, mean);
	}
	rate_axpy(run, -run->gamma / (double)run->n, mean, x);
	return RATE_OK;
}

static const rate_param params[] = { { "c", RATE_REAL, "1", 1e-100, 1e100, NULL, "terms longer than c are cut to c" } };
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method per_sample_clipping = {
	.size = sizeof per_sample_clipping, .abi = RATE_ABI, .id = "per-sample-clipping",
	.title = "gradient descent with every term clipped", .summary = "x <- x - gamma mean_i clip_c(grad f_i(x))",
	.source = "Abadi et al. 2016, without noise", .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 3, .step = step,
};

static const rate_method *const methods[] = { &per_sample_clipping };
RATE_PLUGIN("per-sample-clipping", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
