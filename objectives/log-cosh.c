/* log-cosh: f(x) = sum over coordinates of mu/2 x_i^2 + (L - mu) log cosh x_i.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Smooth, strongly convex and even: the curvature is L at 0 and falls to mu within a few units.
 *
 * Constants: L, mu = pl (the infimum far out), L_2 = (L - mu) 4/(3 sqrt 3), all exact; f_star = 0 at 0; even.
 * The gap is f. Start: `start`, the last entry for all that follow.
 *
 *     ratecheck verify cbo-hop --objective log-cosh:mu=0.5
 */
#include "common.h"

enum { D, CURVATURE, SMOOTH, START };
static const rate_param params[] = {
	[D] = { "d", RATE_INTEGER, "1", 1, 4096, NULL, "dimension" },
	[CURVATURE] = { "mu", RATE_REAL, "0.1", 0, 1e50, NULL, "curvature far out, at most L" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-50, 1e50, NULL, "curvature at 0" },
	[START] = { "start", RATE_REALS, "4", -1e50, 1e50, NULL, "x_0; the last entry for all that follow" },
};

struct log_cosh {
	struct facts known;
	double L, mu;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t d = (size_t)p[D].integer;
	struct log_cosh *q;
	double *x0;

	if (p[CURVATURE].real > p[SMOOTH].real)
		return host->fail(host, "log-cosh: mu = %g is larger than L = %g", p[CURVATURE].real, p[SMOOTH].real);
	if (!(q = facts_new(host, sizeof *q, d, 2 * d)))
		return RATE_FAIL;
	q->L = p[SMOOTH].real;
	q->mu = p[CURVATURE].real;
	x0 = facts_take(q, d);
	for (size_t j = 0; j < d; j++)
		x0[j] = p[START].reals[j < p[START].count ? j : p[START].count - 1];
	q->known.start = x0;
	know(q, "convex", RATE_EXACT, 1, "curvatures from mu to L");
	know(q, "L", RATE_EXACT, q->L, "f'' at 0");
	if (q->mu > 0) {
		know(q, "mu", RATE_EXACT, q->mu, "the infimum of f''");
		know(q, "pl", RATE_LOWER, q->mu, "strong convexity");
	}
	know(q, "L_2", RATE_EXACT, (q->L - q->mu) * 4 / (3 * sqrt(3)), "largest |(tanh)''|");
	know(q, "f_star", RATE_EXACT, 0, "f(0)");
	know(q, "even", RATE_EXACT, 1, "cosh is even");
	know_vector(q, "x_star", d, facts_take(q, d));
	*self = q;
	return RATE_OK;
}

/* log cosh x = |x| + log((1 + exp(-2|x|))/2), or log(1 + 2 sinh(x/2)^2) where x is small */
static double soft_abs(double x)
{
	double half = sinh(x / 2);

	return fabs(x) < 1 ? log1p(2 * half * half) : fabs(x) + log1p(exp(-2 * fabs(x))) - log(2);
}

static int value(void *self, const double *x, double *f)
{
	const struct log_cosh *q = self;

	*f = 0;
	for (size_t j = 0; j < q->known.d; j++)
		*f += q->mu / 2 * x[j] * x[j] + (q->L - q->mu) * soft_abs(x[j]);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct log_cosh *q = self;

	for (size_t j = 0; j < q->known.d; j++)
		g[j] = q->mu * x[j] + (q->L - q->mu) * tanh(x[j]);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
OFFERS({ "gap/1", &gap })

static const rate_objective log_cosh = { OBJECTIVE,
	.id = "log-cosh",
	.title = "Logarithm of the hyperbolic cosine",
	.summary = "sum of mu/2 x_i^2 + (L - mu) log cosh x_i",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &log_cosh };
RATE_PLUGIN("log-cosh", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
