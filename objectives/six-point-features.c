/* six-point-features: linear regression on features with the moments of a Gaussian, all of them in a list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * y = <w*, x> + s xi, where the x_j are independent, sqrt(3 l_j) times one of 1, -1, 0, 0, 0, 0, and xi = +-1. Their
 * moments are those of N(0, l_j) up to the fifth, so SGD has exactly the second moments that it has on normal features;
 * but there are only 6^d equally likely terms f_i(w) = (y_i - <w, x_i>)^2/2 (twice as many with noise), d <= 4.
 *
 * Constants, all exact: L = max l_j, mu = pl = min l_j, L_max = 3 sum l_j, L_2 = 0; x_star = w* = (1, ..., 1);
 * f_star = Delta_star = s^2/2; sigma_star2 = s^2 sum l_j; interpolation if s = 0; f_i_star = 0, or s^2/2 where x_i = 0.
 * Its own constants features.l1, ..., features.l4 (0 beyond d) and features.s2. The gap is the mean of
 * l_j (w_j - w*_j)^2/2. Start: `start`, the last entry for all that follow.
 *
 *     ratecheck verify feature-curve --objective six-point-features:l=1/0.3
 */
#include "common.h"

enum { SPECTRUM, NOISE, START };
enum { MOST = 4 };
static const rate_param params[] = {
	[SPECTRUM] = { "l", RATE_REALS, "1/0.3", 1e-50, 1e50, NULL, "variances of the features, at most four" },
	[NOISE] = { "s", RATE_REAL, "0", 0, 1e50, NULL, "size of the noise" },
	[START] = { "start", RATE_REALS, "0", -1e50, 1e50, NULL, "w_0" },
};

struct features {
	struct facts known;
	size_t n;
	double l[MOST], s, star[MOST], start[MOST], *L_i, *low;
};

/* Term i: its features; returns the noise. */
static double term(const struct features *k, size_t i, double *x)
{
	static const double sides[6] = { 1, -1, 0, 0, 0, 0 };
	double noise = k->s;

	if (k->s > 0) {
		noise = i % 2 ? -k->s : k->s;
		i /= 2;
	}
	for (size_t j = 0; j < k->known.d; j++) {
		x[j] = sqrt(3 * k->l[j]) * sides[i % 6];
		i /= 6;
	}
	return noise;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	static const char *const names[MOST] = { "features.l1", "features.l2", "features.l3", "features.l4" };
	const rate_value *v = args->value;
	size_t d = v[SPECTRUM].count, starts = v[START].count, n = v[NOISE].real > 0 ? 2 : 1;
	double most = 0, least = INFINITY, sum = 0, s2 = v[NOISE].real * v[NOISE].real, low = 0;
	struct features *k;

	if (!d || d > MOST || !starts || starts > d)
		return host->fail(host, "l and start: give one to four variances, and no more entries of start");
	for (size_t j = 0; j < d; j++)
		n *= 6;
	if (!(k = facts_new(host, sizeof *k, d, 2 * n)))
		return RATE_FAIL;
	k->n = n;
	k->s = v[NOISE].real;
	k->L_i = facts_take(k, n);
	k->low = facts_take(k, n);
	k->known.start = k->start;
	for (size_t j = 0; j < d; j++) {
		k->l[j] = v[SPECTRUM].reals[j];
		k->star[j] = 1;
		k->start[j] = v[START].reals[j < starts ? j : starts - 1];
		most = fmax(most, k->l[j]);
		least = fmin(least, k->l[j]);
		sum += k->l[j];
	}
	for (size_t i = 0; i < n; i++) {
		double x[MOST];

		term(k, i, x);
		k->L_i[i] = dot(d, x, x);
		k->low[i] = k->L_i[i] > 0 ? 0 : s2 / 2;
		low += k->low[i] / (double)n;
	}
	know(k, "convex", RATE_EXACT, 1, "squares");
	know(k, "L", RATE_EXACT, most, "largest variance");
	know(k, "mu", RATE_EXACT, least, "smallest variance");
	know(k, "pl", RATE_EXACT, least, "smallest variance");
	know(k, "L_max", RATE_EXACT, 3 * sum, "the longest feature vector");
	know(k, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(k, "f_star", RATE_EXACT, s2 / 2, "half of the noise");
	know(k, "Delta_star", RATE_EXACT, s2 / 2 - low, "f_star - mean f_i_star");
	know(k, "sigma_star2", RATE_EXACT, s2 * sum, "s^2 E|x|^2");
	know(k, "interpolation", RATE_EXACT, !(s2 > 0), "no noise");
	for (size_t j = 0; j < MOST; j++)
		know(k, names[j], RATE_EXACT, j < d ? k->l[j] : 0, "by construction");
	know(k, "features.s2", RATE_EXACT, s2, "by construction");
	know_vector(k, "x_star", d, k->star);
	know_vector(k, "L_i", n, k->L_i);
	know_vector(k, "f_i_star", n, k->low);
	*self = k;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct features *)self)->n;
}

/* y_i - <w, x_i> */
static double residual(const struct features *k, size_t i, const double *w, double *x)
{
	double r = term(k, i, x);

	for (size_t j = 0; j < k->known.d; j++)
		r += (k->star[j] - w[j]) * x[j];
	return r;
}

static int term_value(void *self, size_t i, const double *w, double *f)
{
	double x[MOST], r = residual(self, i, w, x);

	*f = r * r / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *w, double *g)
{
	double x[MOST], r = residual(self, i, w, x);

	for (size_t j = 0; j < facts_dim(self); j++)
		g[j] = -r * x[j];
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *w, double *p)
{
	const struct features *k = self;
	double x[MOST], r = residual(k, i, w, x) / (1 + gamma * k->L_i[i]);

	for (size_t j = 0; j < k->known.d; j++)
		p[j] = w[j] + gamma * r * x[j];
	return RATE_OK;
}

static int gap_at(void *self, const double *w, double *gap)
{
	const struct features *k = self;

	*gap = 0;
	for (size_t j = 0; j < k->known.d; j++)
		*gap += k->l[j] / 2 * (w[j] - k->star[j]) * (w[j] - k->star[j]);
	return RATE_OK;
}

static int value(void *self, const double *w, double *f)
{
	const struct features *k = self;
	int rc = gap_at(self, w, f);

	*f += k->s * k->s / 2;
	return rc;
}

static int gradient(void *self, const double *w, double *g)
{
	const struct features *k = self;

	for (size_t j = 0; j < k->known.d; j++)
		g[j] = k->l[j] * (w[j] - k->star[j]);
	return RATE_OK;
}

static int product(void *self, const double *w, const double *v, double *out)
{
	const struct features *k = self;

	(void)w;
	for (size_t j = 0; j < k->known.d; j++)
		out[j] = k->l[j] * v[j];
	return RATE_OK;
}

static int dense(void *self, const double *w, double *out)
{
	const struct features *k = self;
	size_t d = k->known.d;

	(void)w;
	memset(out, 0, d * d * sizeof *out);
	for (size_t j = 0; j < d; j++)
		out[j * d + j] = k->l[j];
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective six_point_features = { OBJECTIVE,
	.id = "six-point-features",
	.title = "Regression on features like Gaussian ones",
	.summary = "(y - <w, x>)^2/2 with finitely many x that have the first five moments of a Gaussian",
	.source = "ratecheck; the three points are those of Gauss-Hermite quadrature",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &six_point_features };
RATE_PLUGIN("six-point-features", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
