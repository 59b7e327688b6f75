/* SGD whose draws are not the weights of the terms: i with probability p_i, and
 *
 *     x <- x - gamma (q_i/p_i) grad f_i(x),     q_i = 1/n
 *
 * so that the direction is unbiased whatever p is. draw=L takes p_i proportional to the smoothness L_i of term i
 * (which the objective has to say; a term with L_i = 0 is never drawn, which is right if its gradient is 0): long
 * gradients are drawn more often and shortened. draw=uniform is plain SGD.
 *
 *     ratecheck verify reweighted-sgd --method reweighted-sgd:draw=L --objective least-squares:n=50,d=5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "ratecheck/ratecheck.h"

enum { UNIFORM, BY_L };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *a = run->scratch[1],
	       *weight = malloc((run->n + !run->n) * sizeof *weight);
	uint64_t *index = (uint64_t *)(void *)run->scratch[2];
	double mean = 0;
	int failed = !weight;

	if (!failed && !run->n)
		failed = (run->call->fail)(run, "reweighted-sgd needs a finite sum");
	for (size_t i = 0; i < run->n && !failed; i++)
		weight[i] = 1;
	if (!failed && run->param[0] == BY_L)
		failed = run->call->vector(run, "L_i", run->n, weight);
	for (size_t i = 0; i < run->n && !failed; i++)
		mean += weight[i] / (double)run->n;
	if (!failed && !(failed = run->call->choose(run, 0, run->n, weight, index))) {
		rate_sample drawn = { .size = sizeof drawn, .batch = 1, .index = index };

		for (size_t r = 0; r < run->nrep; r++)
			a[r] = -run->gamma * mean / weight[index[r]]; /* q_i/p_i */
		failed = rate_sample_gradient(run, &drawn, x, g);
		if (!failed)
			rate_axpy_rows(run, a, g, x);
	}
	free(weight);
	return failed ? RATE_FAIL : RATE_OK;
}

static const rate_param params[] = {
	{ "draw", RATE_CHOICE, "L", 0, 0, "uniform|L", "p_i = 1/n, or proportional to L_i" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method reweighted = {
	.size = sizeof reweighted, .abi = RATE_ABI, .id = "reweighted-sgd", .title = "SGD by importance",
	.summary = "x <- x - gamma (q_i/p_i) grad f_i(x), i drawn with probability p_i",
	.source = "Needell, Srebro and Ward 2014; Zhao and Zhang 2015", .flags = RATE_STOCHASTIC | RATE_OWN_DRAWS,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 3,
	.step = step,
};

static const rate_method *const methods[] = { &reweighted };
RATE_PLUGIN("reweighted-sgd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
