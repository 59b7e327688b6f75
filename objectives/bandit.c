/* bandit: f(theta) = -sum_i pi_i r_i, pi = softmax(theta): minus the value of a softmax policy on K arms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exact values and gradients, grad_i = -pi_i (r_i - pi.r). The best value is a limit: there is no x_star.
 *
 * Constants, exact: f_star = -max r; L = R/(3 sqrt 3), R = max r - min r (page softmax-smooth); bandit.spread = R,
 * bandit.arms = K. The gap sum_i pi_i (max r - r_i) is free of cancellation. The quantity `p_best` is the probability
 * of the first best arm. Start: start, the last entry for all that follow.
 *
 *     ratecheck verify softmax-pg --objective bandit:r=1/0.8/0
 */
#include "common.h"

enum { REWARDS, START };
static const rate_param params[] = {
	[REWARDS] = { "r", RATE_REALS, "1/0", -1e50, 1e50, NULL, "rewards of the arms, not all the same" },
	[START] = { "start", RATE_REALS, "0", -300, 300, NULL, "theta_0; the last entry for all that follow" },
};

struct bandit {
	struct facts known;
	size_t best;
	double *r, *p;
};

/* p <- softmax(theta) */
static void policy(struct bandit *q, const double *theta)
{
	double most = theta[0], sum = 0;

	for (size_t i = 1; i < q->known.d; i++)
		most = fmax(most, theta[i]);
	for (size_t i = 0; i < q->known.d; i++)
		sum += q->p[i] = exp(theta[i] - most);
	for (size_t i = 0; i < q->known.d; i++)
		q->p[i] /= sum;
}

static int value(void *self, const double *x, double *f)
{
	struct bandit *q = self;

	policy(q, x);
	*f = -dot(q->known.d, q->p, q->r);
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	struct bandit *q = self;

	policy(q, x);
	*gap = 0;
	for (size_t i = 0; i < q->known.d; i++)
		*gap += q->p[i] * (q->r[q->best] - q->r[i]);
	return RATE_OK;
}

/* r_i - pi.r = (r_i - r_a) - (pi.r - r_a), a the likeliest arm: where the others have next to nothing the last is as
 * small as they are, and exact. */
static int gradient(void *self, const double *x, double *g)
{
	struct bandit *q = self;
	size_t a = 0;
	double more = 0;

	policy(q, x);
	for (size_t i = 1; i < q->known.d; i++)
		a = q->p[i] > q->p[a] ? i : a;
	for (size_t i = 0; i < q->known.d; i++)
		more += q->p[i] * (q->r[i] - q->r[a]);
	for (size_t i = 0; i < q->known.d; i++)
		g[i] = -q->p[i] * (q->r[i] - q->r[a] - more);
	return RATE_OK;
}

static int quantity(void *self, const char *name, const double *x, double *out, double *scale)
{
	struct bandit *q = self;

	if (strcmp(name, "p_best"))
		return RATE_FAIL;
	policy(q, x);
	*out = q->p[q->best];
	*scale = *out;
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t K = v[REWARDS].count;
	double *start, least;
	struct bandit *q;

	if (K < 2)
		return host->fail(host, "bandit: %zu rewards r; at least two arms are needed", K);
	if (!(q = facts_new(host, sizeof *q, K, 3 * K)))
		return RATE_FAIL;
	q->r = facts_take(q, K);
	q->p = facts_take(q, K);
	q->known.start = start = facts_take(q, K);
	least = v[REWARDS].reals[0];
	for (size_t i = 0; i < K; i++) {
		q->r[i] = v[REWARDS].reals[i];
		start[i] = v[START].reals[i < v[START].count ? i : v[START].count - 1];
		least = fmin(least, q->r[i]);
		if (q->r[i] > q->r[q->best])
			q->best = i;
	}
	if (!(q->r[q->best] > least)) {
		free(q);
		return host->fail(host, "bandit: all rewards r are the same; nothing is to be learnt");
	}
	know(q, "f_star", RATE_EXACT, -q->r[q->best], "all weight on the best arm, in the limit");
	know(q, "L", RATE_EXACT, (q->r[q->best] - least) / (3 * sqrt(3)), "R/(3 sqrt 3)");
	know(q, "bandit.spread", RATE_EXACT, q->r[q->best] - least, "max r - min r");
	know(q, "bandit.arms", RATE_EXACT, (double)K, "given");
	*self = q;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_quantities quantities = { sizeof quantities, quantity };
OFFERS({ "gap/1", &gap }, { "quantities/1", &quantities })

static const rate_objective bandit = { OBJECTIVE,
	.id = "bandit",
	.title = "A softmax bandit",
	.summary = "minus the value of a softmax policy on K arms, exactly",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &bandit };
RATE_PLUGIN("bandit", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
