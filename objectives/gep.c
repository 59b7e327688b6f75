/* gep: f(w) = -2 <w, Mw> + |w|^4 with M = diag(lambda): the top eigenvector without a constraint.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lambda_1 > 0 is the largest, lambda_2 the next; none is below -lambda_1. f is least at +-sqrt(lambda_1) e_1; at
 * sqrt(lambda_j) e_j it has saddles. Not convex, and smooth on bounded sets only.
 *
 * Constants, exact: convex = 0, f_star = -lambda_1^2 at sqrt(lambda_1) e_1, lambda_1, lambda_2. The gap is
 * (|w|^2 - lambda_1)^2 + 2 sum (lambda_1 - lambda_i) w_i^2.
 *
 *     ratecheck verify gep-angle --objective gep:lambda=2/1/0,start=0.1
 */
#include "common.h"

enum { LAMBDA, START };
static const rate_param params[] = {
	[LAMBDA] = { "lambda", RATE_REALS, "2/1", -1e50, 1e50, NULL, "the eigenvalues, falling" },
	[START] = { "start", RATE_REALS, "0.1", -1e25, 1e25, NULL,
	            "w_0; the last entry for all coordinates that follow" },
};

struct gep {
	struct facts known;
	double *lambda;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = v[LAMBDA].count, starts = v[START].count;
	double *x0, *x_star;
	struct gep *q;

	if (d < 2 || !starts || starts > d)
		return host->fail(host, "lambda: give at least two eigenvalues, and no more entries of start");
	for (size_t i = 0; i < d; i++)
		if (v[LAMBDA].reals[i] > v[LAMBDA].reals[i ? i - 1 : 0] || v[LAMBDA].reals[i] < -v[LAMBDA].reals[0])
			return host
			    ->fail(host,
			           "lambda: the eigenvalues fall, from lambda_1 > 0, and none is below -lambda_1");
	if (!(v[LAMBDA].reals[0] > 0))
		return host->fail(host, "lambda: lambda_1 must be positive");
	if (!(q = facts_new(host, sizeof *q, d, 3 * d)))
		return RATE_FAIL;
	q->lambda = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	x_star = facts_take(q, d);
	for (size_t i = 0; i < d; i++) {
		q->lambda[i] = v[LAMBDA].reals[i];
		x0[i] = v[START].reals[i < starts ? i : starts - 1];
	}
	x_star[0] = sqrt(q->lambda[0]);
	know(q, "convex", RATE_EXACT, 0, "0 is no minimiser, and f is even");
	know(q, "lambda_1", RATE_EXACT, q->lambda[0], "the largest eigenvalue");
	know(q, "lambda_2", RATE_EXACT, q->lambda[1], "the next");
	know(q, "f_star", RATE_EXACT, -q->lambda[0] * q->lambda[0], "-lambda_1^2");
	know_vector(q, "x_star", d, x_star);
	*self = q;
	return RATE_OK;
}

static int value(void *self, const double *w, double *f)
{
	const struct gep *q = self;
	double square = dot(q->known.d, w, w), bent = 0;

	for (size_t i = 0; i < q->known.d; i++)
		bent += q->lambda[i] * w[i] * w[i];
	*f = square * square - 2 * bent;
	return RATE_OK;
}

static int gradient(void *self, const double *w, double *g)
{
	const struct gep *q = self;
	double square = dot(q->known.d, w, w);

	for (size_t i = 0; i < q->known.d; i++)
		g[i] = 4 * (square - q->lambda[i]) * w[i];
	return RATE_OK;
}

static int gap_at(void *self, const double *w, double *gap)
{
	const struct gep *q = self;
	double off = dot(q->known.d, w, w) - q->lambda[0];

	*gap = off * off;
	for (size_t i = 1; i < q->known.d; i++)
		*gap += 2 * (q->lambda[0] - q->lambda[i]) * w[i] * w[i];
	return RATE_OK;
}

/* 4 (|w|^2 v - Mv + 2 <w, v> w) */
static int product(void *self, const double *w, const double *v, double *out)
{
	const struct gep *q = self;
	double square = dot(q->known.d, w, w), both = dot(q->known.d, w, v);

	for (size_t i = 0; i < q->known.d; i++)
		out[i] = 4 * ((square - q->lambda[i]) * v[i] + 2 * both * w[i]);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective gep = { OBJECTIVE,
	.id = "gep",
	.title = "The top eigenvector, without a constraint",
	.summary = "-2 <w, Mw> + |w|^4 with M = diag(lambda), whose minimisers are +-sqrt(lambda_1) e_1",
	.source = "after Chapman, Wells and Lawry Aguila, Unconstrained stochastic CCA",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &gep };
RATE_PLUGIN("gep", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
