/* centres: f_i(x) = L/2 (x - b_i)^2 for a list of centres b; f = L/2 (x - mean b)^2 + L/2 var b.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its minimiser is the mean of the centres; methods that clip every term are drawn to the median.
 *
 * Constants, all exact: L_i = L_max = L = mu = PL constant; x_star = mean b, f_star = Delta_star = L/2 var b,
 * f_i_star = 0; sigma_star2 = noise2 = L^2 var b, noise_max, noise_additive; interpolation only if all centres are
 * one. The gap is L/2 (x - mean b)^2. Its own constant `median`. Prox: (x + gamma L b_i)/(1 + gamma L). Start: x_0 =
 * start.
 *
 *     ratecheck verify dice-virtual --objective centres:b=-3/0/9
 */
#include "common.h"

enum { CENTRES, SMOOTH, START };
static const rate_param params[] = {
	[CENTRES] = { "b", RATE_REALS, "-3/0/9", 0, 0, NULL, "the centres" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "curvature of all terms" },
	[START] = { "start", RATE_REAL, "0", 0, 0, NULL, "x_0" },
};

struct centres {
	struct facts known;
	size_t n;
	double L, mean, start, *b;
};

/* The first centre that has at most half of all on either side. */
static double median(const struct centres *s)
{
	size_t i = 0, below, above;

	do {
		below = above = 0;
		for (size_t j = 0; j < s->n; j++) {
			below += s->b[j] < s->b[i];
			above += s->b[j] > s->b[i];
		}
	} while ((2 * below > s->n || 2 * above > s->n) && ++i < s->n);
	return s->b[i];
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t n = v[CENTRES].count;
	double L = v[SMOOTH].real, variance = 0, most = 0, *L_i, *low;
	struct centres *s;

	if (n < 1)
		return host->fail(host, "centres: b is empty");
	if (!(s = facts_new(host, sizeof *s, 1, 3 * n)))
		return RATE_FAIL;
	s->n = n;
	s->L = L;
	s->b = facts_take(s, n);
	L_i = facts_take(s, n);
	low = facts_take(s, n);
	for (size_t i = 0; i < n; i++) {
		s->b[i] = v[CENTRES].reals[i];
		s->mean += s->b[i] / (double)n;
		L_i[i] = L;
	}
	for (size_t i = 0; i < n; i++) {
		variance += (s->b[i] - s->mean) * (s->b[i] - s->mean) / (double)n;
		most = fmax(most, fabs(s->b[i] - s->mean));
	}
	s->start = v[START].real;
	s->known.start = &s->start;
	know(s, "convex", RATE_EXACT, 1, "parabolas");
	know(s, "L", RATE_EXACT, L, "f'' = L");
	know(s, "mu", RATE_EXACT, L, "f'' = L");
	know(s, "pl", RATE_EXACT, L, "f'' = L");
	know(s, "L_max", RATE_EXACT, L, "f_i'' = L");
	know(s, "mu_min", RATE_EXACT, L, "f_i'' = L");
	know(s, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(s, "f_star", RATE_EXACT, L / 2 * variance, "f(mean b)");
	know(s, "interpolation", RATE_EXACT, !(most > 0), "minimisers b_i");
	know(s, "sigma_star2", RATE_EXACT, L * L * variance, "L^2 var b");
	know(s, "Delta_star", RATE_EXACT, L / 2 * variance, "the terms have minimum 0");
	know(s, "noise2", RATE_EXACT, L * L * variance, "L^2 var b");
	know(s, "noise_max", RATE_EXACT, L * most, "L max |b_i - mean b|");
	know(s, "noise_additive", RATE_EXACT, 1, "L (mean b - b_i), whatever x");
	know(s, "median", RATE_EXACT, median(s), "a median of the centres");
	know_vector(s, "x_star", 1, &s->mean);
	know_vector(s, "L_i", n, L_i);
	know_vector(s, "f_i_star", n, low);
	*self = s;
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct centres *s = self;

	*gap = s->L / 2 * (*x - s->mean) * (*x - s->mean);
	return RATE_OK;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct centres *s = self;

	*f = s->L / 2 * (*x - s->b[i]) * (*x - s->b[i]);
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct centres *s = self;

	*g = s->L * (*x - s->b[i]);
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct centres *s = self;

	*f = 0;
	for (size_t i = 0; i < s->n; i++)
		*f += s->L / 2 * (*x - s->b[i]) * (*x - s->b[i]) / (double)s->n;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct centres *s = self;

	*g = s->L * (*x - s->mean);
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct centres *)self)->n;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct centres *s = self;

	*p = (*x + gamma * s->L * s->b[i]) / (1 + gamma * s->L);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	*out = ((const struct centres *)self)->L * *v;
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	(void)x;
	*out = ((const struct centres *)self)->L;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective centres = { OBJECTIVE,
	.id = "centres",
	.title = "Parabolas about given centres",
	.summary = "f_i = L/2 (x - b_i)^2: the minimiser is the mean of the centres, clipping is drawn to their median",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &centres };
RATE_PLUGIN("centres", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
