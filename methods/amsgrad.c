/* AMSGrad for online problems, coordinate by coordinate (0/0 = 0), without bias correction:
 *
 *     m <- beta1 m + (1 - beta1) g,  v <- beta2 v + (1 - beta2) g^2,  vhat <- max(vhat, v),
 *     x <- P(x - gamma_t m / sqrt(vhat)),  g the gradient of the loss of round t at x.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { BETA1, BETA2 };

static int step(rate_run *run)
{
	double *x = run->state[0], *m = run->state[1], *v = run->state[2], *vhat = run->state[3], *g = run->scratch[0];
	double b1 = run->param[BETA1], b2 = run->param[BETA2];
	const rate_sample *round = run->call->component(run, run->t);

	if (!round || rate_sample_gradient(run, round, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		m[i] = b1 * m[i] + (1 - b1) * g[i];
		v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
		vhat[i] = fmax(vhat[i], v[i]);
		if (vhat[i] > 0)
			x[i] -= run->gamma * m[i] / sqrt(vhat[i]);
	}
	return rate_project(run, x);
}

static const rate_param params[] = {
	{ "beta1", RATE_REAL, "0.9", 0, 0.999999, NULL, "decay of the momentum" },
	{ "beta2", RATE_REAL, "0.99", 0, 0.9999999, NULL, "decay of the squared gradients" },
};
static const rate_state state[] = { { "x", 0, "the iterate" }, { "m", 0, "momentum" }, { "v", 0, "mean of g^2" },
	                                { "vhat", 0, "running maximum of v" } };
static const char *const schedules[] = { "gamma" };

static const rate_method amsgrad = {
	.size = sizeof amsgrad, .abi = RATE_ABI, .id = "amsgrad", .title = "AMSGrad",
	.summary = "Adam with the running maximum of v", .source = "Reddi, Kale and Kumar 2018",
	.flags = RATE_NEEDS_PROJECTION, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &amsgrad };
RATE_PLUGIN("amsgrad", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
