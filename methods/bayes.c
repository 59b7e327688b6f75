/* Bayes' rule as a method for online problems on the simplex: weights are multiplied by minus the gradient,
 *
 *     x <- -x * grad f_t(x)      (entry by entry)
 *
 * With f_t(x) = -log <x, q_t>, the loss of a mixture of experts that gave the probabilities q_t to what came up, it is
 * the posterior: x_k q_tk/<x, q_t>. The sum of the weights stays 1, so there is nothing to project. A positive gradient
 * is an error.
 *
 *     ratecheck verify bayes-mixture --objective coin-experts:grid=64
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++) {
			double *weight = x + r * run->ld + j, slope = g[r * run->ld + j];

			if (*weight < 0 || slope > 0)
				return (run->call->fail)(run, "bayes: a weight is negative or a gradient positive;"
				                         " it is made for losses -log <x, q> on the simplex");
			*weight *= -slope;
		}
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the weights" } };

static const rate_method bayes = {
	.size = sizeof bayes, .abi = RATE_ABI, .id = "bayes", .title = "Bayes' rule",
	.summary = "x <- -x grad f_t(x), entry by entry: the posterior over experts", .source = "Bayes 1763",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_PROJECTION, .state = RATE_ROWS(state), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &bayes };
RATE_PLUGIN("bayes", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
