/* orthogonal: f_i(x) = L_i x_i^2/2, f their mean: every term has a coordinate of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 0 minimises every term. Each draw touches one coordinate, so that means can be written down.
 *
 * Constants, all exact: L = max L_i/n, mu = min L_i/n, L_i, L_max; L_2 = 0; f_star = f_i_star = 0 at 0,
 * interpolation. The gap is f. Start: `start`.
 *
 *     ratecheck verify reweighted-interp --objective orthogonal:L=1/4/25,start=1/0
 */
#include "common.h"

enum { CURVATURES, START };
static const rate_param params[] = {
	[CURVATURES] = { "L", RATE_REALS, "1/4/25", 1e-100, 1e100, NULL, "L_1/L_2/..." },
	[START] = { "start", RATE_REALS, "1", -1e100, 1e100, NULL,
		"x_0; the last entry for all coordinates that follow" },
};

struct orthogonal {
	struct facts known;
	double *L;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t d = p[CURVATURES].count, starts = p[START].count;
	double most = 0, least = INFINITY, *x0;
	struct orthogonal *q;

	if (!d || !starts || starts > d)
		return host->fail(host, "L: give at least one curvature, and no more entries of start");
	if (!(q = facts_new(host, sizeof *q, d, 4 * d)))
		return RATE_FAIL;
	q->L = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	for (size_t i = 0; i < d; i++) {
		q->L[i] = p[CURVATURES].reals[i];
		x0[i] = p[START].reals[i < starts ? i : starts - 1];
		most = fmax(most, q->L[i]);
		least = fmin(least, q->L[i]);
	}
	know(q, "convex", RATE_EXACT, 1, "parabolas");
	know(q, "L", RATE_EXACT, most / (double)d, "largest L_i/n");
	know(q, "mu", RATE_EXACT, least / (double)d, "least L_i/n");
	know(q, "L_max", RATE_EXACT, most, "largest L_i");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "f_star", RATE_EXACT, 0, "f(0)");
	know(q, "sigma_star2", RATE_EXACT, 0, "0 minimises every term");
	know(q, "Delta_star", RATE_EXACT, 0, "0 minimises every term");
	know(q, "interpolation", RATE_EXACT, 1, "0 minimises every term");
	know_vector(q, "x_star", d, facts_take(q, d));
	know_vector(q, "L_i", d, q->L);
	know_vector(q, "f_i_star", d, facts_take(q, d));
	*self = q;
	return RATE_OK;
}

static size_t count(void *self)
{
	return facts_dim(self);
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	*f = ((const struct orthogonal *)self)->L[i] * x[i] * x[i] / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	memset(g, 0, facts_dim(self) * sizeof *g);
	g[i] = ((const struct orthogonal *)self)->L[i] * x[i];
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	memmove(p, x, facts_dim(self) * sizeof *p);
	p[i] /= 1 + gamma * ((const struct orthogonal *)self)->L[i];
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct orthogonal *q = self;

	*f = 0;
	for (size_t i = 0; i < q->known.d; i++)
		*f += q->L[i] * x[i] * x[i] / 2 / (double)q->known.d;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct orthogonal *q = self;

	for (size_t i = 0; i < q->known.d; i++)
		g[i] = q->L[i] * x[i] / (double)q->known.d;
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	return gradient(self, v, out);
}

static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian }, { "finite-sum/1", &sum })

static const rate_objective orthogonal = { OBJECTIVE,
	.id = "orthogonal",
	.title = "Parabolas along the axes",
	.summary = "mean of L_i x_i^2/2: every term has a coordinate of its own",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &orthogonal };
RATE_PLUGIN("orthogonal", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
