/* two-point-noise: f_i(x) = L/2 x^2 + nu_i x, i < n; nu_i = sigma sqrt((n - k)/k) for k of the terms, -sigma
 * sqrt(k/(n - k)) for the others; f = L/2 x^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The noise has two values, mean 0 and variance sigma^2, the same at every x; with k/n small it is skew, a rare large
 * value against a common small one. The worst case of the bias of clipping: with c = sigma/2 sqrt((n - k)/k) the mean
 * of the clipped gradients vanishes where f' = sigma^2/(4c).
 *
 * Constants, all exact: L_i = L_max = L = mu = PL constant; x_star = 0, f_star = 0; sigma_star2 = noise2 = sigma^2,
 * noise_max the larger |nu|, noise_additive; min f_i = -nu_i^2/(2L), so Delta_star = sigma^2/(2L); interpolation only
 * if sigma = 0. Its own constant `two_points` = k/n. Prox: (x - gamma nu_i)/(1 + gamma L). Start: x_0 = start.
 *
 *     ratecheck verify clip-bias-lb --objective two-point-noise:sigma=1,n=5
 */
#include "common.h"

enum { SIGMA, TERMS, LARGE, SMOOTH, START };
static const rate_param params[] = {
	[SIGMA] = { "sigma", RATE_REAL, "1", 0, 1e40, NULL, "standard deviation of the noise" },
	[TERMS] = { "n", RATE_INTEGER, "5", 2, 1e6, NULL, "number of terms" },
	[LARGE] = { "k", RATE_INTEGER, "1", 1, 1e6, NULL, "how many have the positive value, less than n" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-40, 1e40, NULL, "curvature of all terms" },
	[START] = { "start", RATE_REAL, "3", 0, 0, NULL, "x_0" },
};

struct noise {
	struct facts known;
	size_t n, k;
	double L, up, down, start, zero;
};

static double tilt(const struct noise *s, size_t i)
{
	return i < s->k ? s->up : -s->down;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t n = (size_t)v[TERMS].integer, k = (size_t)v[LARGE].integer;
	double L = v[SMOOTH].real, sigma = v[SIGMA].real, *L_i, *low;
	struct noise *s;

	if (k >= n)
		return host->fail(host, "two-point-noise: k = %zu, must be less than n = %zu", k, n);
	if (!(s = facts_new(host, sizeof *s, 1, 2 * n)))
		return RATE_FAIL;
	s->n = n;
	s->k = k;
	s->L = L;
	s->up = sigma * sqrt((double)(n - k) / (double)k);
	s->down = sigma * sqrt((double)k / (double)(n - k));
	s->start = v[START].real;
	s->known.start = &s->start;
	L_i = facts_take(s, n);
	low = facts_take(s, n);
	for (size_t i = 0; i < n; i++) {
		L_i[i] = L;
		low[i] = -tilt(s, i) * tilt(s, i) / (2 * L);
	}
	know(s, "convex", RATE_EXACT, 1, "parabolas");
	know(s, "L", RATE_EXACT, L, "f'' = L");
	know(s, "mu", RATE_EXACT, L, "f'' = L");
	know(s, "pl", RATE_EXACT, L, "f'' = L");
	know(s, "L_max", RATE_EXACT, L, "f_i'' = L");
	know(s, "mu_min", RATE_EXACT, L, "f_i'' = L");
	know(s, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(s, "f_star", RATE_EXACT, 0, "f(0)");
	know(s, "interpolation", RATE_EXACT, !(sigma > 0), "minimisers -nu_i/L");
	know(s, "sigma_star2", RATE_EXACT, sigma * sigma, "variance of nu");
	know(s, "Delta_star", RATE_EXACT, sigma * sigma / (2 * L), "min f_i = -nu_i^2/(2L)");
	know(s, "noise2", RATE_EXACT, sigma * sigma, "variance of nu");
	know(s, "noise_max", RATE_EXACT, fmax(s->up, s->down), "the larger |nu|");
	know(s, "noise_additive", RATE_EXACT, 1, "nu_i, whatever x");
	know(s, "two_points", RATE_EXACT, (double)k / (double)n, "share of the positive value");
	know_vector(s, "x_star", 1, &s->zero);
	know_vector(s, "L_i", n, L_i);
	know_vector(s, "f_i_star", n, low);
	*self = s;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	*f = ((const struct noise *)self)->L / 2 * *x * *x;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	*g = ((const struct noise *)self)->L * *x;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct noise *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct noise *s = self;

	*f = s->L / 2 * *x * *x + tilt(s, i) * *x;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct noise *s = self;

	*g = s->L * *x + tilt(s, i);
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct noise *s = self;

	*p = (*x - gamma * tilt(s, i)) / (1 + gamma * s->L);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	return gradient(self, v, out);
}

static int dense(void *self, const double *x, double *out)
{
	(void)x;
	*out = ((const struct noise *)self)->L;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective two_point_noise = { OBJECTIVE,
	.id = "two-point-noise",
	.title = "A parabola with skew noise of two values",
	.summary = "f_i = L/2 x^2 + nu_i x, nu of two values, mean 0, variance sigma^2: worst case of clipping",
	.source = "ratecheck; the worst law of Scarf 1958",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &two_point_noise };
RATE_PLUGIN("two-point-noise", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
