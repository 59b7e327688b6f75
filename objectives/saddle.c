/* saddle: f_i(x) = (h_1 x_1^2 + ... + h_d x_d^2)/2 + b_i (x_1 + ... + x_d), the b_i of mean 0: quadratic losses with
 * one Hessian, at rest at 0, which is a saddle where some h_j < 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constants, exact: L = L_i = L_max = max |h_j|, L_2 = 0, convex, rho_weak; noise2 = d var b, noise_max,
 * noise_additive; if all h_j > 0 also mu, pl, x_star = 0 and f_star = 0. The list b says how many
 * terms there are; its mean is taken off. Start: `start`, whose last entry is that of all further coordinates.
 *
 *     ratecheck verify dsgd-saddle
 */
#include "common.h"

enum { CURVATURES, TILTS, START };
static const rate_param params[] = {
	[CURVATURES] = { "h", RATE_REALS, "1/-1", -1e50, 1e50, NULL, "the curvatures" },
	[TILTS] = { "b", RATE_REALS, "1/-1", -1e50, 1e50, NULL, "tilts of the terms" },
	[START] = { "start", RATE_REALS, "0", -1e100, 1e100, NULL, "x_0; the last entry for all that follow" },
};

struct saddle {
	struct facts known;
	size_t n;
	double *h, *b;
};

static double half_square(const struct saddle *q, const double *x)
{
	double f = 0;

	for (size_t j = 0; j < q->known.d; j++)
		f += q->h[j] * x[j] * x[j] / 2;
	return f;
}

static int value(void *self, const double *x, double *f)
{
	*f = half_square(self, x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct saddle *q = self;

	for (size_t j = 0; j < q->known.d; j++)
		g[j] = q->h[j] * x[j];
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct saddle *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct saddle *q = self;

	*f = half_square(q, x);
	for (size_t j = 0; j < q->known.d; j++)
		*f += q->b[i] * x[j];
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct saddle *q = self;

	for (size_t j = 0; j < q->known.d; j++)
		g[j] = q->h[j] * x[j] + q->b[i];
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	return gradient(self, v, out);
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t d = p[CURVATURES].count, n = p[TILTS].count, starts = p[START].count;
	double L = 0, least = INFINITY, mean = 0, square = 0, most = 0, *L_i, *start;
	struct saddle *q;

	if (!d || !n || !starts || starts > d)
		return host->fail(host, "saddle: give at least one h, one b and one start, and no more starts than h");
	if (!(q = facts_new(host, sizeof *q, d, 3 * d + 2 * n)))
		return RATE_FAIL;
	q->n = n;
	q->h = facts_take(q, d);
	q->b = facts_take(q, n);
	L_i = facts_take(q, n);
	q->known.start = start = facts_take(q, d);
	for (size_t j = 0; j < d; j++) {
		q->h[j] = p[CURVATURES].reals[j];
		start[j] = p[START].reals[j < starts ? j : starts - 1];
		L = fmax(L, fabs(q->h[j]));
		least = fmin(least, q->h[j]);
	}
	for (size_t i = 0; i < n; i++)
		mean += p[TILTS].reals[i] / (double)n;
	for (size_t i = 0; i < n; i++) {
		q->b[i] = p[TILTS].reals[i] - mean;
		L_i[i] = L;
		square += q->b[i] * q->b[i] / (double)n;
		most = fmax(most, fabs(q->b[i]));
	}
	know(q, "convex", RATE_EXACT, least >= 0, "signs of the curvatures");
	know(q, "L", RATE_EXACT, L, "largest |h|");
	know(q, "L_max", RATE_EXACT, L, "largest |h|");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "rho_weak", RATE_EXACT, fmax(-least, 0), "the least h");
	know(q, "noise2", RATE_EXACT, (double)d * square, "d var b");
	know(q, "noise_max", RATE_EXACT, sqrt((double)d) * most, "largest tilt");
	know(q, "noise_additive", RATE_EXACT, 1, "b_i, whatever x");
	know_vector(q, "L_i", n, L_i);
	if (least > 0) {
		know(q, "mu", RATE_EXACT, least, "least h");
		know(q, "pl", RATE_EXACT, least, "least h");
		know(q, "f_star", RATE_EXACT, 0, "f(0)");
		know_vector(q, "x_star", d, facts_take(q, d));
	}
	*self = q;
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective saddle = { OBJECTIVE,
	.id = "saddle",
	.title = "Tilted quadratic losses about a saddle",
	.summary = "f_i(x) = sum h_j x_j^2/2 + b_i sum x_j: one Hessian of any signs, at rest at 0",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &saddle };
RATE_PLUGIN("saddle", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
