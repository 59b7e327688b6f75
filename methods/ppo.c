/* Proximal policy optimisation on a bandit, with exact advantages. A step is a round: at its start the policy pi_0 and
 * the advantages A are read off one gradient, and then the clipped surrogate
 *
 *     L(x) = sum_i pi_0(i) min(rho_i A_i, clip(rho_i, 1 - eps, 1 + eps) A_i),   rho_i = pi(i)/pi_0(i),
 *
 * is climbed by `epochs` gradient steps of length gamma_t. A term is flat where A_i > 0 and rho_i >= 1 + eps, or A_i <
 * 0 and rho_i <= 1 - eps.
 *
 * policy=softmax: pi = softmax(x), f = -pi.r, A_i = -f_i'/pi_i. policy=logit: two arms, pi = (sigmoid(x), 1 -
 * sigmoid(x)), in one dimension; there epochs=0 climbs until the surrogate is flat, and a policy with pi >= 0.999/(1 +
 * eps) for the better arm rests, since that may never be. `anchor` keeps the x of the last round's start.
 *
 *     ratecheck verify ppo-two-arms --objective two-arms:start=-2
 *     ratecheck verify softmax-pg --objective bandit:r=1/0.8/0 --method ppo:epochs=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, ANCHOR };
enum { EPS, EPOCHS, POLICY };
enum { G, OLD, NOW };
#define MOST_EPOCHS 10000000

static double sigmoid(double s)
{
	return s < 0 ? exp(s) / (1 + exp(s)) : 1 / (1 + exp(-s));
}

static int is_flat(double advantage, double ratio, double eps)
{
	return advantage > 0 ? ratio >= 1 + eps : ratio <= 1 - eps;
}

static void softmax(size_t d, const double *x, double *p)
{
	double most = x[0], sum = 0;

	for (size_t i = 1; i < d; i++)
		most = fmax(most, x[i]);
	for (size_t i = 0; i < d; i++)
		sum += p[i] = exp(x[i] - most);
	for (size_t i = 0; i < d; i++)
		p[i] /= sum;
}

/* d surrogate/d x_j = pi_j (a_j - sum_i pi_i a_i), a_i = A_i where its term is not flat, else 0. */
static void round_of_softmax(const rate_run *run, double *x, const double *g, double *old, double *now)
{
	softmax(run->d, x, old);
	for (uint64_t k = 0; k < (uint64_t)run->param[EPOCHS]; k++) {
		double mean = 0;

		softmax(run->d, x, now);
		for (int pass = 0; pass < 2; pass++)
			for (size_t i = 0; i < run->d; i++) {
				double A = old[i] > 0 ? -g[i] / old[i] : 0;
				double a = old[i] > 0 && !is_flat(A, now[i] / old[i], run->param[EPS]) ? A : 0;

				if (pass)
					x[i] += run->gamma * now[i] * (a - mean);
				else
					mean += now[i] * a;
			}
	}
}

/* The slope of the surrogate at x, for arms with the advantages (1 - p) Delta and -p Delta. */
static double slope(double x, double start, double Delta, double eps)
{
	double p = sigmoid(start), up = sigmoid(x) / p, down = sigmoid(-x) / sigmoid(-start);
	double both = (is_flat(Delta, up, eps) ? 0 : sigmoid(-start)) + (is_flat(-Delta, down, eps) ? 0 : p);

	return both * Delta * sigmoid(x) * sigmoid(-x);
}

static int round_of_logit(rate_run *run, double *x, double g)
{
	double start = *x, width = sigmoid(start) * sigmoid(-start), Delta = width > 0 ? -g / width : 0;
	double eps = run->param[EPS], better = sigmoid(Delta > 0 ? start : -start);
	int whole = run->param[EPOCHS] == 0;
	uint64_t most = whole ? MOST_EPOCHS : (uint64_t)run->param[EPOCHS];

	if (!(fabs(Delta) > 0) || (whole && better >= 0.999 / (1 + eps)))
		return RATE_OK;
	for (uint64_t k = 0; k < most; k++) {
		double up = slope(*x, start, Delta, eps);

		if (!(fabs(up) > 0))
			return RATE_OK;
		*x += run->gamma * up;
	}
	return whole ? run->call->fail(run, "ppo: the surrogate is not flat after %d steps of %g", MOST_EPOCHS,
	                               run->gamma)
	             : RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[G];
	int logit = run->param[POLICY] != 0;

	if (logit != (run->d == 1))
		return run->call->fail(run, "ppo: policy=logit is for one dimension, and policy=softmax for more");
	if (!logit && run->param[EPOCHS] == 0)
		return run->call->fail(run, "ppo: epochs=0 needs policy=logit");
	rate_copy(run, x, run->state[ANCHOR]);
	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		size_t at = r * run->ld;

		if (!logit)
			round_of_softmax(run, x + at, g + at, run->scratch[OLD] + at, run->scratch[NOW] + at);
		else if (round_of_logit(run, x + at, g[at]))
			return RATE_FAIL;
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[EPS] = { "eps", RATE_REAL, "0.2", 0.000001, 0.999999, NULL, "how far a ratio may go before its term is flat" },
	[EPOCHS] = { "epochs", RATE_INTEGER, "10", 0, 1e6, NULL, "inner steps; 0: until the surrogate is flat" },
	[POLICY] = { "policy", RATE_CHOICE, "softmax", 0, 0, "softmax|logit", "pi as a function of x" },
};
static const rate_state state[] = {
	{ "x", 0, "the numbers of the policy" },
	{ "anchor", 0, "x at the start of the last round" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method ppo = {
	.size = sizeof ppo, .abi = RATE_ABI, .id = "ppo", .title = "proximal policy optimisation",
	.summary = "a round: gradient steps on sum pi_0 min(rho A, clip(rho, 1 - eps, 1 + eps) A)",
	.source = "Schulman, Wolski, Dhariwal, Radford and Klimov, Proximal policy optimization algorithms, 2017",
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 3,
	.step = step,
};

static const rate_method *const methods[] = { &ppo };
RATE_PLUGIN("ppo", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
