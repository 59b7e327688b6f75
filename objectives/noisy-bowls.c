/* Bowls f(x) = H/2 |x - c|^2 whose samples f(x) + <x - c, sum_i w_i e_i>, e_1, e_2, ... standard normal vectors, are
 * estimates with a variance of known making.
 *
 * gaussian-vi: the divergence of q = N(x, s^2 I) from the target N(c, I/H), up to a constant. estimator=path: the
 * gradient of the log density at x + s e, w = H s; estimator=stl ("sticking the landing"): the derivative along the
 * path alone, without that of the density of q, w = H s - 1/s.
 *
 * strata: a gradient that is a sum over groups of samples. Group i has the total variance V_i and n_i samples out of
 * `budget`, w_i = sqrt(V_i/(n_i d)). rule=root: n_i = max(1, ceil((budget - m) sqrt V_i/sum_j sqrt V_j)), m groups;
 * rule=uniform: budget/m, rounded down.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constants, exact: L = mu = pl = L_max = mu_min = H; L_2 = 0; x_star = c (every coordinate `center`), f_star = 0;
 * noise2 = sigma_star2 = d sum w_i^2; noise_additive. Of their own: vi.width = s, vi.landing = 1 with stl;
 * with rule=root strata.roots = sum sqrt V_i and strata.spare = budget - m. Start: every coordinate `start`.
 *
 *     ratecheck verify vi-path-law --objective gaussian-vi:H=2,s=0.5
 *     ratecheck verify alloc-sgd --objective strata:V=1/4/9/16,budget=24
 */
#include "common.h"

struct bowl {
	struct facts known;
	double H;
	size_t groups;
	double *w, *centre;
};

static int value(void *self, const double *x, double *f)
{
	const struct bowl *q = self;

	*f = 0;
	for (size_t j = 0; j < q->known.d; j++)
		*f += q->H / 2 * (x[j] - q->centre[j]) * (x[j] - q->centre[j]);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct bowl *q = self;

	for (size_t j = 0; j < q->known.d; j++)
		g[j] = q->H * (x[j] - q->centre[j]);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct bowl *q = self;

	(void)x;
	for (size_t j = 0; j < q->known.d; j++)
		out[j] = q->H * v[j];
	return RATE_OK;
}

static size_t normals(void *self)
{
	const struct bowl *q = self;

	return q->groups * q->known.d;
}

static int sample_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	const struct bowl *q = self;
	size_t d = q->known.d;

	value(self, x, f);
	for (size_t k = 0; k < q->groups * d; k++)
		*f += q->w[k / d] * s->normal[k] * (x[k % d] - q->centre[k % d]);
	return RATE_OK;
}

static int sample_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	const struct bowl *q = self;
	size_t d = q->known.d;

	gradient(self, x, g);
	for (size_t k = 0; k < q->groups * d; k++)
		g[k % d] += q->w[k / d] * s->normal[k];
	return RATE_OK;
}

/* All but the weights, which the caller fills in before it calls know_noise. */
static struct bowl *new_bowl(const rate_host *host, size_t d, size_t groups, double H, double centre, double start)
{
	struct bowl *q = facts_new(host, sizeof *q, d, 2 * d + groups);
	double *x0;

	if (!q)
		return NULL;
	q->H = H;
	q->groups = groups;
	q->w = facts_take(q, groups);
	q->centre = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	for (size_t j = 0; j < d; j++) {
		q->centre[j] = centre;
		x0[j] = start;
	}
	know(q, "convex", RATE_EXACT, 1, "a bowl");
	know(q, "f_star", RATE_EXACT, 0, "f(c)");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know_vector(q, "x_star", d, q->centre);
	return q;
}

static void know_noise(struct bowl *q)
{
	static const char *const curvature[] = { "L", "mu", "pl", "L_max", "mu_min" };
	double variance = (double)q->known.d * dot(q->groups, q->w, q->w);

	for (size_t k = 0; k < sizeof curvature / sizeof *curvature; k++)
		know(q, curvature[k], RATE_EXACT, q->H, "f'' = H");
	know(q, "noise2", RATE_EXACT, variance, "d sum w_i^2");
	know(q, "sigma_star2", RATE_EXACT, variance, "d sum w_i^2");
	know(q, "noise_additive", RATE_EXACT, 1, "whatever x");
	know(q, "interpolation", RATE_EXACT, !(variance > 0), "samples are tilted");
}

enum { VI_DIM, VI_H, VI_S, VI_CENTRE, VI_ESTIMATOR, VI_START };
static const rate_param params_vi[] = {
	[VI_DIM] = { "d", RATE_INTEGER, "1", 1, 1000, NULL, "dimension" },
	[VI_H] = { "H", RATE_REAL, "1", 1e-20, 1e20, NULL, "precision of the target" },
	[VI_S] = { "s", RATE_REAL, "1", 1e-20, 1e20, NULL, "standard deviation of q" },
	[VI_CENTRE] = { "center", RATE_REAL, "0", -1e50, 1e50, NULL, "every coordinate of the target's mean" },
	[VI_ESTIMATOR] = { "estimator", RATE_CHOICE, "path", 0, 0, "path|stl", "of the gradient" },
	[VI_START] = { "start", RATE_REAL, "1", -1e50, 1e50, NULL, "every coordinate of x_0" },
};

static int create_vi(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	double H = v[VI_H].real, s = v[VI_S].real;
	struct bowl *q =
	    new_bowl(host, (size_t)v[VI_DIM].integer, 1, H, v[VI_CENTRE].real, v[VI_START].real);

	if (!q)
		return RATE_FAIL;
	/* (H s^2 - 1)/s is 0 where H s^2 is rounded to 1. */
	*q->w = v[VI_ESTIMATOR].integer ? (H * s * s - 1) / s : H * s;
	know_noise(q);
	know(q, "vi.width", RATE_EXACT, s, "given");
	know(q, "vi.landing", RATE_EXACT, (double)v[VI_ESTIMATOR].integer, "given");
	*self = q;
	return RATE_OK;
}

enum { ST_DIM, ST_LAMBDA, ST_V, ST_BUDGET, ST_RULE, ST_START };
static const rate_param params_strata[] = {
	[ST_DIM] = { "d", RATE_INTEGER, "1", 1, 1000, NULL, "dimension" },
	[ST_LAMBDA] = { "lambda", RATE_REAL, "1", 1e-20, 1e20, NULL, "curvature" },
	[ST_V] = { "V", RATE_REALS, "1/4/9/16", 0, 1e50, NULL, "variance of one sample of each group" },
	[ST_BUDGET] = { "budget", RATE_INTEGER, "24", 2, 1e9, NULL, "samples a step, more than groups" },
	[ST_RULE] = { "rule", RATE_CHOICE, "root", 0, 0, "root|uniform", "how they are allocated" },
	[ST_START] = { "start", RATE_REAL, "1", -1e50, 1e50, NULL, "every coordinate of x_0" },
};
enum { MOST_NORMALS = 100000 };

/* y - 1e-12 y is rounded up: a whole number with a rounding error stays itself. */
static double samples_of(double V, double roots, double spare)
{
	double y = roots > 0 ? spare * sqrt(V) / roots : 0;

	return fmax(1, ceil(y * (1 - 1e-12)));
}

static int create_strata(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = (size_t)v[ST_DIM].integer, m = v[ST_V].count, budget = (size_t)v[ST_BUDGET].integer;
	double roots = 0, spare;
	struct bowl *q;

	if (!m || budget <= m)
		return host->fail(host, "strata: budget = %zu, must be more than the %zu groups of V", budget, m);
	if (m * d > MOST_NORMALS)
		return host->fail(host, "strata: %zu groups in %zu dimensions are more than %d normals", m, d,
		                  MOST_NORMALS);
	if (!(q = new_bowl(host, d, m, v[ST_LAMBDA].real, 0, v[ST_START].real)))
		return RATE_FAIL;
	for (size_t i = 0; i < m; i++)
		roots += sqrt(v[ST_V].reals[i]);
	spare = (double)(budget - m);
	for (size_t i = 0; i < m; i++) {
		double V = v[ST_V].reals[i];
		double n = v[ST_RULE].integer ? floor((double)budget / (double)m) : samples_of(V, roots, spare);

		q->w[i] = sqrt(V / (n * (double)d));
	}
	know_noise(q);
	if (!v[ST_RULE].integer) {
		know(q, "strata.roots", RATE_EXACT, roots, "sum sqrt V_i");
		know(q, "strata.spare", RATE_EXACT, spare, "budget - m");
	}
	*self = q;
	return RATE_OK;
}

static const rate_stream stream = { sizeof stream, 0, normals, sample_value, sample_gradient, NULL };
static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "stream/1", &stream }, { "gap/1", &gap }, { "hessian/1", &hessian })

#define BOWL OBJECTIVE, .source = "ratecheck", .value = value, .gradient = gradient, .interface = offers
static const rate_objective gaussian_vi = { BOWL,
	.id = "gaussian-vi",
	.title = "Variational inference of a normal mean",
	.summary = "the divergence of N(x, s^2 I) from N(c, I/H), with pathwise gradients",
	.params = RATE_ROWS(params_vi),
	.create = create_vi };
static const rate_objective strata = { BOWL,
	.id = "strata",
	.title = "A bowl whose gradient is a sum over groups of samples",
	.summary = "lambda/2 |x|^2, noise of variance sum V_i/n_i from n_i samples of group i",
	.params = RATE_ROWS(params_strata),
	.create = create_strata };
static const rate_objective *const objectives[] = { &gaussian_vi, &strata };
RATE_PLUGIN("noisy-bowls", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
