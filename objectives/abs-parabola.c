/* abs-parabola: f(x) = mean_i |q(x) - b_i| with q(x) = x^2 up to |x| = k and 2 k |x| - k^2 beyond. In one dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phase retrieval on the line: the measurements b_i >= 0 of x^2, the absolute value against outliers, and q in the
 * place of x^2 so that slopes stay bounded. Neither convex nor smooth, but a convex function of a smooth one: weakly
 * convex.
 *
 * Constants: G = 2 k; rho_weak, rho_terms, rho_model = 2 (exact where x^2 < b_i somewhere below k); f_star and x_star
 * at the root of the median of the b_i, both exact; f_i_star = 0. Each term offers its parts (composition/1: q inside,
 * |. - b_i| outside) and its prox (for gamma < 1/2 there is one minimiser, else the best is taken). Start: x_0 = start.
 *
 *     ratecheck verify wc-prox-linear --objective abs-parabola:b=0.5/1/2,k=2
 */
#include "common.h"

enum { MEASURED, END, START };
static const rate_param params[] = {
	[MEASURED] = { "b", RATE_REALS, "1", 0, 1e100, NULL, "measurements of q(x), none below 0" },
	[END] = { "k", RATE_REAL, "1", 1e-50, 1e50, NULL, "where the parabola becomes its tangent" },
	[START] = { "start", RATE_REAL, "0.1", 0, 0, NULL, "x_0" },
};

struct retrieval {
	struct facts known;
	size_t n;
	double k, start, x_star, f_star, *b;
};

static double inner(double k, double x)
{
	double u = fabs(x);

	return u <= k ? u * u : 2 * k * u - k * k;
}

static double inner_slope(double k, double x)
{
	return 2 * fmax(-k, fmin(x, k));
}

/* The x >= 0 with q(x) = b. */
static double root(double k, double b)
{
	return b <= k * k ? sqrt(b) : (b + k * k) / (2 * k);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t n = p[MEASURED].count;
	struct retrieval *a;
	double middle, *zeros;

	if (n < 1)
		return host->fail(host, "abs-parabola: b is empty");
	for (size_t i = 0; i < n; i++)
		if (!(p[MEASURED].reals[i] >= 0))
			return host->fail(host, "abs-parabola: b = %g is below 0", p[MEASURED].reals[i]);
	if (!(a = facts_new(host, sizeof *a, 1, 2 * n)))
		return RATE_FAIL;
	a->n = n;
	a->k = p[END].real;
	a->start = p[START].real;
	a->b = facts_take(a, n);
	zeros = facts_take(a, n);
	memcpy(a->b, p[MEASURED].reals, n * sizeof *a->b);
	qsort(a->b, n, sizeof *a->b, ascending);
	middle = a->b[(n - 1) / 2];
	a->x_star = root(a->k, middle);
	for (size_t i = 0; i < n; i++)
		a->f_star += fabs(middle - a->b[i]) / (double)n;
	a->known.start = &a->start;
	if (middle > 0)
		know(a, "convex", RATE_EXACT, 0, "falls on both sides of 0");
	else if (!(a->b[n - 1] > 0))
		know(a, "convex", RATE_EXACT, 1, "q is convex");
	know(a, "G", RATE_EXACT, 2 * a->k, "|q'| <= 2 k");
	know(a, "rho_weak", RATE_UPPER, 2, "slope of |.| times the Lipschitz constant of q'");
	know(a, "rho_terms", RATE_UPPER, 2, "slope of |.| times the Lipschitz constant of q'");
	know(a, "rho_model", RATE_UPPER, 2, "slope of |.| times the Lipschitz constant of q'");
	know(a, "f_star", RATE_EXACT, a->f_star, "at the median of b");
	know(a, "Delta_star", RATE_EXACT, a->f_star, "each term can be 0");
	know(a, "interpolation", RATE_EXACT, a->b[0] == a->b[n - 1], "do all terms vanish at one point?");
	know_vector(a, "x_star", 1, &a->x_star);
	know_vector(a, "f_i_star", n, zeros);
	*self = a;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct retrieval *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct retrieval *a = self;

	*f = fabs(inner(a->k, *x) - a->b[i]);
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct retrieval *a = self;

	*g = sign(inner(a->k, *x) - a->b[i]) * inner_slope(a->k, *x);
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	double sum = 0, one;

	for (size_t i = 0; i < count(self); i++, sum += one)
		term_value(self, i, x, &one);
	*f = sum / (double)count(self);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	double sum = 0, one;

	for (size_t i = 0; i < count(self); i++, sum += one)
		term_gradient(self, i, x, &one);
	*g = sum / (double)count(self);
	return RATE_OK;
}

static double model_at(double k, double b, double gamma, double u, double y)
{
	return fabs(inner(k, y) - b) + (y - u) * (y - u) / (2 * gamma);
}

/* The best of the places where a piece can have its least value. For gamma < 1/2 there is one least value. */
static double least(double k, double b, double kink, double gamma, double u)
{
	double below = u / (1 - 2 * gamma), best = kink,
	       place[] = { 0,
		           fmin(k, kink),
		           fmax(kink, u / (1 + 2 * gamma)),
		           fmax(fmax(k, kink), u - 2 * gamma * k),
		           gamma < 0.5 ? fmin(below, fmin(k, kink)) : 0,
		           kink > k ? fmin(fmax(u + 2 * gamma * k, k), kink) : kink };

	for (size_t i = 0; i < sizeof place / sizeof *place; i++)
		if (model_at(k, b, gamma, u, place[i]) < model_at(k, b, gamma, u, best))
			best = place[i];
	return best;
}

/* For gamma < 1/2 on either side of the root y -+ gamma q'(y) = |x| is solved piece by piece, without looking at
 * values. */
static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct retrieval *a = self;
	double u = fabs(*x), k = a->k, kink = root(k, a->b[i]), above = u / (1 + 2 * gamma),
	       below = u / (1 - 2 * gamma), y;

	above = above <= k ? above : u - 2 * gamma * k;
	below = below <= k ? below : u + 2 * gamma * k;
	y = above > kink ? above : below < kink ? below : kink;
	if (!(gamma < 0.5))
		y = least(k, a->b[i], kink, gamma, u);
	*p = *x < 0 ? -y : y;
	return RATE_OK;
}

static int composition_inner(void *self, size_t i, const double *x, double *c, double *slope)
{
	const struct retrieval *a = self;

	(void)i;
	*c = inner(a->k, *x);
	*slope = inner_slope(a->k, *x);
	return RATE_OK;
}

static int outer(void *self, size_t i, double c, double *h)
{
	*h = fabs(c - ((const struct retrieval *)self)->b[i]);
	return RATE_OK;
}

static int outer_prox(void *self, size_t i, double tau, double c, double *z)
{
	double b = ((const struct retrieval *)self)->b[i];

	*z = b + sign(c - b) * fmax(fabs(c - b) - tau, 0);
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_composition composition = { sizeof composition, composition_inner, outer, outer_prox, NULL };
OFFERS({ "finite-sum/1", &sum }, { "composition/1", &composition })

static const rate_objective retrieval = { OBJECTIVE,
	.id = "abs-parabola",
	.title = "Absolute error of a parabola",
	.summary = "mean |q(x) - b_i|, q a parabola: phase retrieval on the line",
	.source = "standard; q is bent so that slopes are bounded",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &retrieval };
RATE_PLUGIN("abs-parabola", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
