/* parabola-terms: f_i(x) = a_i x^2/2 + b_i x, the terms listed one by one; the a_i may have any sign, or be 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For worked examples in one dimension: a slope with noise (a=0), curvatures that cancel, parabolas that disagree.
 * There are as many terms as numbers in b; the last entry of `a` is that of all further terms.
 *
 * Constants, all exact, with the means a and b of the a_i and b_i: L = |a|, L_i = |a_i|, L_max; convex = 1 if no a_i
 * is negative, else 0; L_2 = 0; noise_additive if all a_i are equal, then noise2 = var b and noise_max. If a = 0:
 * G_mean = |b|. If all a_i = 0: G^2 = mean b_i^2, lines.slope = |b|. If a > 0: mu = pl = a, x_star = -b/a,
 * f_star = -b^2/(2a), sigma_star2, interpolation; the gap is a (x - x_star)^2/2. Else nothing
 * is said of a minimiser. Start: x_0 = start.
 *
 *     ratecheck verify rmsprop-rule --objective parabola-terms:a=0,b=0.9/-0.7
 */
#include "common.h"

enum { CURVATURES, SLOPES, START };
static const rate_param params[] = {
	[CURVATURES] = { "a", RATE_REALS, "1", -1e100, 1e100, NULL, "curvatures a_1/a_2/..." },
	[SLOPES] = { "b", RATE_REALS, "1/-1", -1e100, 1e100, NULL, "slopes b_1/b_2/..." },
	[START] = { "start", RATE_REAL, "1", -1e100, 1e100, NULL, "x_0" },
};

struct terms {
	struct facts known;
	size_t n;
	double *a, *b, mean_a, mean_b, x_star, start;
};

/* What is known at the minimiser. */
static void know_star(struct terms *k)
{
	double square = 0, least = 0;

	k->x_star = -k->mean_b / k->mean_a;
	for (size_t i = 0; i < k->n; i++) {
		double g = k->a[i] * k->x_star + k->b[i];

		square += g * g / (double)k->n;
		least = fmax(least, fabs(g));
	}
	know(k, "mu", RATE_EXACT, k->mean_a, "mean of the curvatures");
	know(k, "pl", RATE_EXACT, k->mean_a, "mean of the curvatures");
	know(k, "f_star", RATE_EXACT, -k->mean_b * k->mean_b / (2 * k->mean_a), "f(x_star)");
	know(k, "sigma_star2", RATE_EXACT, square, "mean (a_i x_star + b_i)^2");
	know(k, "interpolation", RATE_EXACT, !(least > 0), "are all slopes 0 at x_star?");
	know_vector(k, "x_star", 1, &k->x_star);
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t n = v[SLOPES].count, given = v[CURVATURES].count;
	double most = 0, low = INFINITY, high = -INFINITY, variance = 0, square = 0, far = 0, *L_i;
	struct terms *k;

	if (!n || !given || given > n)
		return host->fail(host, "a and b: give at least one number each, and no more curvatures than slopes");
	if (!(k = facts_new(host, sizeof *k, 1, 3 * n)))
		return RATE_FAIL;
	k->n = n;
	k->a = facts_take(k, n);
	k->b = facts_take(k, n);
	L_i = facts_take(k, n);
	for (size_t i = 0; i < n; i++) {
		k->a[i] = v[CURVATURES].reals[i < given ? i : given - 1];
		k->b[i] = v[SLOPES].reals[i];
		k->mean_a += k->a[i] / (double)n;
		k->mean_b += k->b[i] / (double)n;
		L_i[i] = fabs(k->a[i]);
		most = fmax(most, L_i[i]);
		low = fmin(low, k->a[i]);
		high = fmax(high, k->a[i]);
		square += k->b[i] * k->b[i] / (double)n;
	}
	for (size_t i = 0; i < n; i++) {
		variance += (k->b[i] - k->mean_b) * (k->b[i] - k->mean_b) / (double)n;
		far = fmax(far, fabs(k->b[i] - k->mean_b));
	}
	if (!(low < high))
		k->mean_a = low;
	k->start = v[START].real;
	k->known.start = &k->start;
	know(k, "convex", RATE_EXACT, low >= 0, "is no curvature of a term negative?");
	know(k, "L", RATE_EXACT, fabs(k->mean_a), "mean of the curvatures");
	know(k, "L_max", RATE_EXACT, most, "largest |a_i|");
	know(k, "L_2", RATE_EXACT, 0, "parabolas");
	know_vector(k, "L_i", n, L_i);
	if (!(low < high)) {
		know(k, "noise_additive", RATE_EXACT, 1, "one curvature");
		know(k, "noise2", RATE_EXACT, variance, "var b");
		know(k, "noise_max", RATE_EXACT, far, "max |b_i - mean|");
	}
	if (!(k->mean_a < 0) && !(k->mean_a > 0))
		know(k, "G_mean", RATE_EXACT, fabs(k->mean_b), "f is a line");
	if (!(most > 0)) {
		know(k, "G", RATE_EXACT, sqrt(square), "root of mean b_i^2");
		know(k, "lines.slope", RATE_EXACT, fabs(k->mean_b), "all terms are lines");
	}
	if (k->mean_a > 0)
		know_star(k);
	*self = k;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct terms *k = self;

	*f = k->mean_a / 2 * *x * *x + k->mean_b * *x;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct terms *k = self;

	*g = k->mean_a * *x + k->mean_b;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct terms *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct terms *k = self;

	*f = k->a[i] / 2 * *x * *x + k->b[i] * *x;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct terms *k = self;

	*g = k->a[i] * *x + k->b[i];
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	*out = ((const struct terms *)self)->mean_a * *v;
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	(void)x;
	*out = ((const struct terms *)self)->mean_a;
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct terms *k = self;

	if (!(k->mean_a > 0))
		return RATE_FAIL;
	*gap = k->mean_a / 2 * (*x - k->x_star) * (*x - k->x_star);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_hessian hessian = { sizeof hessian, product, dense };

static const void *offers(void *self, const char *name)
{
	static const struct offer table[] = { { "constants/1", &facts_constants }, { "start/1", &facts_start_at },
		{ "finite-sum/1", &sum }, { "hessian/1", &hessian }, { "gap/1", &gap } };
	size_t count = sizeof table / sizeof table[0];

	return find_offer(table, ((const struct terms *)self)->mean_a > 0 ? count : count - 1, name);
}

static const rate_objective parabola_terms = { OBJECTIVE,
	.id = "parabola-terms",
	.title = "Listed parabolas and lines",
	.summary = "terms a_i x^2/2 + b_i x in one dimension, curvatures of any sign",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &parabola_terms };
RATE_PLUGIN("parabola-terms", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
