/* Policy gradient with sampled actions (REINFORCE) on a bandit. At each step `draws` arms a are drawn from the policy,
 * their rewards are seen, and
 *
 *     x <- x + gamma_t mean (r_a - b) s_a,   s_a the score of a: the gradient of log pi(a).
 *
 * policy=softmax: pi = softmax(x), s_a = e_a - pi. policy=logit: two arms, pi = (p, 1 - p), p = sigmoid(x), in one
 * dimension, s = 1{a = 1} - p. The baseline b is 0 or, with baseline=value, the mean reward sum pi_i r_i. In the mean
 * over the draws a step is one of exact policy gradient, whatever b. Rewards are read off value and gradient of f =
 * -pi.r.
 *
 * What sampling costs is seen where the bound is one for exact gradients, and refuted:
 *
 *     ratecheck verify softmax-pg --objective bandit:r=1/0.8/0 --method policy-gradient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { POLICY, BASELINE, DRAWS };
enum { G, PI, SUM, FEW, UNIFORM }; /* scratch */
enum { MOST_DRAWS = 8 };

/* pi_1, ..., pi_K, and the advantages r_i - pi.r, in the place of the gradient. */
static size_t read_softmax(const rate_run *run, const double *x, double *g, double *pi)
{
	double most = x[0], sum = 0;

	for (size_t i = 1; i < run->d; i++)
		most = fmax(most, x[i]);
	for (size_t i = 0; i < run->d; i++)
		sum += pi[i] = exp(x[i] - most);
	for (size_t i = 0; i < run->d; i++) {
		pi[i] /= sum;
		g[i] = pi[i] > 0 ? -g[i] / pi[i] : 0;
	}
	return run->d;
}

static size_t read_logit(double x, double *g, double *pi)
{
	double slope = -*g, Delta;

	pi[0] = x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
	pi[1] = x < 0 ? 1 / (1 + exp(x)) : exp(-x) / (1 + exp(-x));
	Delta = pi[0] * pi[1] > 0 ? slope / (pi[0] * pi[1]) : 0;
	g[0] = pi[1] * Delta;
	g[1] = -pi[0] * Delta;
	return 2;
}

/* The arm at u of the cumulated probabilities. */
static size_t arm_at(const double *pi, size_t K, double u)
{
	size_t a = 0;

	while (a + 1 < K && u >= pi[a])
		u -= pi[a++];
	return a;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[G], *f = run->scratch[FEW], *u = run->scratch[UNIFORM];
	size_t draws = (size_t)run->param[DRAWS];
	int logit = run->param[POLICY] != 0;

	if (logit != (run->d == 1))
		return run->call->fail(run, "policy-gradient: policy=logit is for one dimension, softmax for more");
	if (rate_value_at(run, x, f) || rate_gradient(run, x, g) || run->call->uniforms(run, 0, draws, u))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		size_t at = r * run->ld;
		double *pi = run->scratch[PI] + at, *sum = run->scratch[SUM] + at;
		size_t K = logit ? read_logit(x[at], g + at, pi) : read_softmax(run, x + at, g + at, pi);

		for (size_t i = 0; i < run->d; i++)
			sum[i] = 0;
		for (size_t k = 0; k < draws; k++) {
			size_t a = arm_at(pi, K, u[r * draws + k]);
			double gained = g[at + a] - (run->param[BASELINE] != 0 ? 0 : f[r]);

			for (size_t i = 0; i < run->d; i++)
				sum[i] += gained * ((a == i) - pi[i]) / (double)draws;
		}
		for (size_t i = 0; i < run->d; i++)
			x[at + i] += run->gamma * sum[i];
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[POLICY] = { "policy", RATE_CHOICE, "softmax", 0, 0, "softmax|logit", "pi as a function of x" },
	[BASELINE] = { "baseline", RATE_CHOICE, "none", 0, 0, "none|value", "what is taken off the rewards" },
	[DRAWS] = { "draws", RATE_INTEGER, "1", 1, MOST_DRAWS, NULL, "arms drawn at each step" },
};
static const rate_state state[] = { { "x", 0, "the numbers of the policy" } };
static const char *const schedules[] = { "gamma" };

static const rate_method policy_gradient = {
	.size = sizeof policy_gradient, .abi = RATE_ABI, .id = "policy-gradient",
	.title = "policy gradient with sampled actions",
	.summary = "x <- x + gamma (r_a - b)(e_a - pi), a drawn from pi = softmax(x)", .source = "Williams 1992",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 5, .step = step,
};

static const rate_method *const methods[] = { &policy_gradient };
RATE_PLUGIN("reinforce", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
