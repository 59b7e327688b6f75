/* gaussian-features: linear regression from a stream of examples, y = <w*, x> + s xi with normal x and xi.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * x_j ~ N(0, l_j), independent; a sample is the loss (y - <w, x>)^2/2 of one example. Its gradient can be of any size,
 * so that no L_max is known: what SGD does here is known through second moments all the same.
 *
 * Constants, all exact: L = max l_j, mu = pl = min l_j, L_2 = 0; x_star = w* = (1, ..., 1); f_star = s^2/2;
 * sigma_star2 = s^2 sum l_j; interpolation if s = 0. With d <= 4 its own features.l1, ..., features.l4 (0 beyond d) and
 * features.s2. The gap is the sum of l_j (w_j - w*_j)^2/2. Start: `start`, the last entry for all that follow. The last
 * entry of `l` goes for all further dimensions, if d is given.
 *
 *     ratecheck verify feature-curve --objective gaussian-features:l=1/0.3,s=0.4
 */
#include "common.h"

enum { SPECTRUM, DIM, NOISE, START };
enum { NAMED = 4 };
static const rate_param params[] = {
	[SPECTRUM] = { "l", RATE_REALS, "1/0.3", 1e-50, 1e50, NULL, "variances of the features" },
	[DIM] = { "d", RATE_INTEGER, "0", 0, 100000, NULL, "dimension; 0: as many as there are numbers in l" },
	[NOISE] = { "s", RATE_REAL, "0", 0, 1e50, NULL, "standard deviation of the noise" },
	[START] = { "start", RATE_REALS, "0", -1e50, 1e50, NULL, "w_0" },
};

struct features {
	struct facts known;
	double *l, *star, s;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	static const char *const names[NAMED] = { "features.l1", "features.l2", "features.l3", "features.l4" };
	const rate_value *v = args->value;
	size_t given = v[SPECTRUM].count, d = v[DIM].integer ? (size_t)v[DIM].integer : given, starts = v[START].count;
	double most = 0, least = INFINITY, sum = 0, s2 = v[NOISE].real * v[NOISE].real, *start;
	struct features *k;

	if (!given || given > d || !starts || starts > d)
		return host->fail(host, "l and start: give at least one number each, and no more than dimensions");
	if (!(k = facts_new(host, sizeof *k, d, 3 * d)))
		return RATE_FAIL;
	k->l = facts_take(k, d);
	k->star = facts_take(k, d);
	k->known.start = start = facts_take(k, d);
	k->s = v[NOISE].real;
	for (size_t j = 0; j < d; j++) {
		k->l[j] = v[SPECTRUM].reals[j < given ? j : given - 1];
		k->star[j] = 1;
		start[j] = v[START].reals[j < starts ? j : starts - 1];
		most = fmax(most, k->l[j]);
		least = fmin(least, k->l[j]);
		sum += k->l[j];
	}
	know(k, "convex", RATE_EXACT, 1, "squares");
	know(k, "L", RATE_EXACT, most, "largest variance");
	know(k, "mu", RATE_EXACT, least, "smallest variance");
	know(k, "pl", RATE_EXACT, least, "smallest variance");
	know(k, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(k, "f_star", RATE_EXACT, s2 / 2, "half of the noise");
	know(k, "sigma_star2", RATE_EXACT, s2 * sum, "s^2 E|x|^2");
	know(k, "interpolation", RATE_EXACT, !(s2 > 0), "no noise");
	for (size_t j = 0; d <= NAMED && j < NAMED; j++)
		know(k, names[j], RATE_EXACT, j < d ? k->l[j] : 0, "by construction");
	if (d <= NAMED)
		know(k, "features.s2", RATE_EXACT, s2, "by construction");
	know_vector(k, "x_star", d, k->star);
	*self = k;
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

static size_t normals(void *self)
{
	return facts_dim(self) + 1;
}

/* y - <w, x>, the last normal being that of the noise */
static double residual(const struct features *k, const rate_stream_sample *s, const double *w)
{
	double r = k->s * s->normal[k->known.d];

	for (size_t j = 0; j < k->known.d; j++)
		r += (k->star[j] - w[j]) * sqrt(k->l[j]) * s->normal[j];
	return r;
}

static int sample_value(void *self, const rate_stream_sample *s, const double *w, double *f)
{
	double r = residual(self, s, w);

	*f = r * r / 2;
	return RATE_OK;
}

static int sample_gradient(void *self, const rate_stream_sample *s, const double *w, double *g)
{
	const struct features *k = self;
	double r = residual(k, s, w);

	for (size_t j = 0; j < k->known.d; j++)
		g[j] = -r * sqrt(k->l[j]) * s->normal[j];
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

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_stream stream = { sizeof stream, 0, normals, sample_value, sample_gradient, NULL };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "gap/1", &gap }, { "stream/1", &stream }, { "hessian/1", &hessian })

static const rate_objective gaussian_features = { OBJECTIVE,
	.id = "gaussian-features",
	.title = "Regression on a stream of Gaussian features",
	.summary = "(y - <w, x>)^2/2 with normal x and noise, a new example for every draw",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &gaussian_features };
RATE_PLUGIN("gaussian-features", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
