/* diagonal: f(x) = (l_1 x_1^2 + ... + l_d x_d^2)/2, with listed eigenvalues and a listed start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parabola of worked examples: every number of a run can be checked by hand. The last entry of `start` is that of
 * all further coordinates. A method for matrices reads x row by row.
 *
 * Constants, exact: L = max l_i; mu = min l_i, and PL with the least of those that are not 0; L_2 = 0; f_star = 0 at 0.
 * The gap is f. Hessian.
 *
 *     ratecheck verify graft-descent --objective diagonal:lambda=1/1,start=3/1
 */
#include "common.h"

enum { LAMBDA, START };
static const rate_param params[] = {
	[LAMBDA] = { "lambda", RATE_REALS, "1/0.1", 0, 1e100, NULL, "the eigenvalues l_1/l_2/..." },
	[START] = { "start", RATE_REALS, "1", -1e100, 1e100, NULL, "x_0; the last entry for all that follow" },
};

struct diagonal {
	struct facts known;
	double *lambda;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t d = p[LAMBDA].count, starts = p[START].count;
	double L = 0, mu = INFINITY, pl = INFINITY, *x0;
	struct diagonal *q;

	if (!d || !starts || starts > d)
		return host->fail(host,
		                  "lambda and start: give at least one number, and no more starts than eigenvalues");
	if (!(q = facts_new(host, sizeof *q, d, 3 * d)))
		return RATE_FAIL;
	q->lambda = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	for (size_t i = 0; i < d; i++) {
		q->lambda[i] = p[LAMBDA].reals[i];
		x0[i] = p[START].reals[i < starts ? i : starts - 1];
		L = fmax(L, q->lambda[i]);
		mu = fmin(mu, q->lambda[i]);
		if (q->lambda[i] > 0)
			pl = fmin(pl, q->lambda[i]);
	}
	know(q, "convex", RATE_EXACT, 1, "no eigenvalue is negative");
	know(q, "L", RATE_EXACT, L, "largest eigenvalue");
	if (mu > 0)
		know(q, "mu", RATE_EXACT, mu, "smallest eigenvalue");
	if (isfinite(pl))
		know(q, "pl", RATE_EXACT, pl, "smallest eigenvalue above 0");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "f_star", RATE_EXACT, 0, "f(0)");
	know_vector(q, "x_star", d, facts_take(q, d));
	*self = q;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct diagonal *q = self;

	*f = 0;
	for (size_t i = 0; i < q->known.d; i++)
		*f += q->lambda[i] * x[i] * x[i] / 2;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct diagonal *q = self;

	for (size_t i = 0; i < q->known.d; i++)
		g[i] = q->lambda[i] * x[i];
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	return gradient(self, v, out);
}

static int dense(void *self, const double *x, double *out)
{
	const struct diagonal *q = self;
	size_t d = q->known.d;

	(void)x;
	memset(out, 0, d * d * sizeof *out);
	for (size_t i = 0; i < d; i++)
		out[i * d + i] = q->lambda[i];
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective diagonal = { OBJECTIVE,
	.id = "diagonal",
	.title = "Diagonal quadratic from a listed start",
	.summary = "f(x) = sum l_i x_i^2/2, eigenvalues and start given one by one",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &diagonal };
RATE_PLUGIN("diagonal", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
