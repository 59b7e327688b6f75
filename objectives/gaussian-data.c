/* gaussian-data: f(x) = sum (x_i - m_i)^2/(2 s_i^2), minus the logarithm of the density of N(m, diag(s_i^2)).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What samplers are tried on first: the target of every one of them is known. Lists that are shorter than s are
 * continued with their last entry. Offered as a sum of one term, for its prox: the prox at y with gamma is the mean of
 * the data given that data plus noise of variance gamma is y.
 *
 * Constants, exact: L = 1/min s_i^2, mu = 1/max s_i^2, L_2 = 0; f_star = 0 at x_star = m; its own constant
 * normal.scale = min s_i says that exp(-f) is a normal density. The gap is f. Hessian.
 * Start: `start`.
 *
 *     ratecheck verify ddim-gaussian --objective gaussian-data:s=3/3,m=1/0,start=0.5/-1
 */
#include "common.h"

enum { SCALE, MEAN, START };
static const rate_param params[] = {
	[SCALE] = { "s", RATE_REALS, "1", 1e-50, 1e50, NULL, "standard deviations s_1/s_2/..." },
	[MEAN] = { "m", RATE_REALS, "0", -1e100, 1e100, NULL, "mean; the last entry for all that follow" },
	[START] = { "start", RATE_REALS, "1", -1e100, 1e100, NULL, "x_0; the last entry for all that follow" },
};

struct gaussian {
	struct facts known;
	double *weight, *m; /* 1/s_i^2 */
};

static double entry(const rate_value *v, size_t i)
{
	return v->reals[i < v->count ? i : v->count - 1];
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t d = p[SCALE].count;
	double L = 0, mu = INFINITY, *x0;
	struct gaussian *g;

	if (!d || !p[MEAN].count || !p[START].count || p[MEAN].count > d || p[START].count > d)
		return host->fail(host, "s: give at least one number, and no more of m and start than of s");
	if (!(g = facts_new(host, sizeof *g, d, 3 * d)))
		return RATE_FAIL;
	g->weight = facts_take(g, d);
	g->m = facts_take(g, d);
	g->known.start = x0 = facts_take(g, d);
	for (size_t i = 0; i < d; i++) {
		double s = p[SCALE].reals[i];

		g->weight[i] = 1 / (s * s);
		g->m[i] = entry(&p[MEAN], i);
		x0[i] = entry(&p[START], i);
		L = fmax(L, g->weight[i]);
		mu = fmin(mu, g->weight[i]);
	}
	know(g, "convex", RATE_EXACT, 1, "parabolas");
	know(g, "L", RATE_EXACT, L, "1/min s_i^2");
	know(g, "mu", RATE_EXACT, mu, "1/max s_i^2");
	know(g, "pl", RATE_EXACT, mu, "1/max s_i^2");
	know(g, "L_max", RATE_EXACT, L, "one term");
	know(g, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(g, "normal.scale", RATE_LOWER, 1 / sqrt(L), "min s_i");
	know(g, "f_star", RATE_EXACT, 0, "f(m)");
	know_single(g);
	know_vector(g, "x_star", d, g->m);
	*self = g;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct gaussian *g = self;

	*f = 0;
	for (size_t i = 0; i < g->known.d; i++)
		*f += g->weight[i] * (x[i] - g->m[i]) * (x[i] - g->m[i]) / 2;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *out)
{
	const struct gaussian *g = self;

	for (size_t i = 0; i < g->known.d; i++)
		out[i] = g->weight[i] * (x[i] - g->m[i]);
	return RATE_OK;
}

static int term_prox(void *self, size_t term, double gamma, const double *x, double *p)
{
	const struct gaussian *g = self;

	(void)term;
	for (size_t i = 0; i < g->known.d; i++)
		p[i] = g->m[i] + (x[i] - g->m[i]) / (1 + gamma * g->weight[i]);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct gaussian *g = self;

	(void)x;
	for (size_t i = 0; i < g->known.d; i++)
		out[i] = g->weight[i] * v[i];
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	const struct gaussian *g = self;
	size_t d = g->known.d;

	(void)x;
	memset(out, 0, d * d * sizeof *out);
	for (size_t i = 0; i < d; i++)
		out[i * d + i] = g->weight[i];
	return RATE_OK;
}

SUM_OF_ONE_TERM
static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian }, { "finite-sum/1", &sum })

static const rate_objective gaussian_data = { OBJECTIVE,
	.id = "gaussian-data",
	.title = "Gaussian data",
	.summary = "f(x) = sum (x_i - m_i)^2/(2 s_i^2), minus the logarithm of a Gaussian density",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &gaussian_data };
RATE_PLUGIN("gaussian-data", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
