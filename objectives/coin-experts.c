/* coin-experts: online, on the simplex. Expert k says that heads come with probability p_k; the loss of a mixture x of
 * experts in round t is -log of the probability that it gave to what came up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Round t shows side seq_t (1: heads), the list being repeated: f_t(x) = -log <x, q_t>, q_tk = p_k for heads and
 * 1 - p_k for tails. With grid=K the p_k are (k + 1/2)/K, k = 0, ..., K - 1, and `p` is not looked at. The objective
 * itself is the mean over one run of the list.
 *
 * Constants: convex; simplex = 1, diameter = sqrt 2; coins.rounds, the length of the list. comparator(T) is the best
 * single expert of the first T rounds. Start: the prior, given or uniform.
 *
 *     ratecheck verify bayes-mixture --objective coin-experts:p=0.5/1e-9,prior=0.1/0.9,seq=1
 */
#include "common.h"

enum { COINS, GRID, PRIOR, SEQUENCE };
static const rate_param params[] = {
	[COINS] = { "p", RATE_REALS, "0.2/0.5/0.8", 1e-300, 1, NULL, "what the experts say, below 1" },
	[GRID] = { "grid", RATE_INTEGER, "0", 0, 100000, NULL, "K: experts (k + 1/2)/K; 0: those of p" },
	[PRIOR] = { "prior", RATE_REALS, "1", 1e-300, 1e100, NULL,
		"their weights, made to sum to 1; the last for all that follow" },
	[SEQUENCE] = { "seq", RATE_REALS, "1/0/1/1", 0, 1, NULL, "what comes up, repeated: 1 heads, 0 tails" },
};

struct coins {
	struct facts known;
	size_t rounds;
	double *p, *start, *side, heads;
};

/* What expert k gave to side `s`. */
static double given(const struct coins *c, size_t k, double s)
{
	return s > 0 ? c->p[k] : 1 - c->p[k];
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t K = v[GRID].integer ? (size_t)v[GRID].integer : v[COINS].count, priors = v[PRIOR].count,
	       rounds = v[SEQUENCE].count;
	double sum = 0;
	struct coins *c;

	if (!K || !priors || priors > K || !rounds)
		return host->fail(host,
		                  "p, prior, seq: give at least one number each, and no more weights than experts");
	if (!(c = facts_new(host, sizeof *c, K, 2 * K + rounds)))
		return RATE_FAIL;
	c->rounds = rounds;
	c->p = facts_take(c, K);
	c->start = facts_take(c, K);
	c->side = facts_take(c, rounds);
	c->known.start = c->start;
	for (size_t t = 0; t < rounds; t++) {
		c->side[t] = v[SEQUENCE].reals[t];
		if (c->side[t] > 0 && c->side[t] < 1) {
			free(c);
			return host->fail(host, "seq: a side is 0 or 1");
		}
		c->heads += c->side[t] / (double)rounds;
	}
	for (size_t k = 0; k < K; k++) {
		c->p[k] = v[GRID].integer ? ((double)k + 0.5) / (double)K : v[COINS].reals[k];
		c->start[k] = v[PRIOR].reals[k < priors ? k : priors - 1];
		sum += c->start[k];
		if (!(c->p[k] < 1)) {
			free(c);
			return host->fail(host, "p: a probability here is below 1, so that no loss is infinite");
		}
	}
	for (size_t k = 0; k < K; k++)
		c->start[k] /= sum;
	know(c, "convex", RATE_EXACT, 1, "-log of a linear function");
	know(c, "simplex", RATE_EXACT, 1, "weights of experts");
	know(c, "diameter", RATE_EXACT, K > 1 ? sqrt(2) : 0, "between two vertices");
	know(c, "coins.rounds", RATE_EXACT, (double)rounds, "by construction");
	*self = c;
	return RATE_OK;
}

/* <x, q> for a side */
static double mixed(const struct coins *c, double s, const double *x)
{
	double sum = 0;

	for (size_t k = 0; k < c->known.d; k++)
		sum += x[k] * given(c, k, s);
	return sum;
}

/* value and gradient with the weights of the two sides */
static void both(const struct coins *c, double heads, const double *x, double *f, double *g)
{
	double up = heads > 0 ? mixed(c, 1, x) : 1, down = heads < 1 ? mixed(c, 0, x) : 1;

	if (f)
		*f = (heads > 0 ? -heads * log(up) : 0) + (heads < 1 ? -(1 - heads) * log(down) : 0);
	for (size_t k = 0; g && k < c->known.d; k++)
		g[k] = (heads > 0 ? -heads * given(c, k, 1) / up : 0) +
		    (heads < 1 ? -(1 - heads) * given(c, k, 0) / down : 0);
}

static int value(void *self, const double *x, double *f)
{
	both(self, ((const struct coins *)self)->heads, x, f, NULL);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	both(self, ((const struct coins *)self)->heads, x, NULL, g);
	return RATE_OK;
}

static size_t normals(void *self)
{
	(void)self;
	return 0;
}

static double side_of(const struct coins *c, uint64_t t)
{
	return c->side[t % c->rounds];
}

static int round_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	both(self, side_of(self, s->t), x, f, NULL);
	return RATE_OK;
}

static int round_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	both(self, side_of(self, s->t), x, NULL, g);
	return RATE_OK;
}

static int comparator(void *self, uint64_t T, double *x)
{
	const struct coins *c = self;
	size_t best = 0;
	double heads = 0, least = INFINITY;

	for (size_t t = 0; t < c->rounds; t++)
		heads += c->side[t] * (double)(T / c->rounds + (t < T % c->rounds));
	for (size_t k = 0; k < c->known.d; k++) {
		double loss = -heads * log(given(c, k, 1)) - ((double)T - heads) * log(given(c, k, 0));

		x[k] = 0;
		if (loss < least) {
			least = loss;
			best = k;
		}
	}
	x[best] = 1;
	return RATE_OK;
}

/* Onto the simplex: the largest threshold for which the rest sums to 1, by bisection. */
static int project(void *self, const double *x, double *p)
{
	size_t d = facts_dim(self);
	double low = INFINITY, high = -INFINITY, sum = 0, least = INFINITY;

	for (size_t k = 0; k < d; k++) {
		sum += x[k];
		least = fmin(least, x[k]);
		low = fmin(low, x[k] - 1);
		high = fmax(high, x[k]);
	}
	if (least >= 0 && fabs(sum - 1) <= 1e-14 * (double)(d + 3)) {
		memmove(p, x, d * sizeof *p);
		return RATE_OK;
	}
	for (int step = 0; step < 200; step++) {
		double middle = (low + high) / 2, total = 0;

		for (size_t k = 0; k < d; k++)
			total += fmax(x[k] - middle, 0);
		if (total > 1)
			low = middle;
		else
			high = middle;
	}
	for (size_t k = 0; k < d; k++)
		p[k] = fmax(x[k] - high, 0);
	return RATE_OK;
}

static const rate_stream stream = { sizeof stream, 1, normals, round_value, round_gradient, comparator };
static const rate_projection projection = { sizeof projection, project };
OFFERS({ "stream/1", &stream }, { "projection/1", &projection })

static const rate_objective coin_experts = { OBJECTIVE,
	.id = "coin-experts",
	.title = "Experts about a coin",
	.summary = "online, on the simplex: -log of the probability that a mixture gave to the side that came up",
	.source = "Cesa-Bianchi and Lugosi, Prediction, Learning, and Games, 2006",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &coin_experts };
RATE_PLUGIN("coin-experts", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
