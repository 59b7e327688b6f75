/* affine-losses: terms l_i(x) = a_i x + b_i, f their mean. In one dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made to be wrapped: the worst of them, or the mean of the worst share (cvar), is a convex function with kinks where
 * two lines cross. Alone it has a minimiser only if its slopes add up to 0.
 *
 * Constants, all exact: convex, L = L_max = 0, G_i = |a_i|, G their root mean square; noise2 = the variance of the
 * a_i, which is additive; f_star = mean b_i if the slopes add up to 0. Start: x_0 = start.
 *
 *     ratecheck verify cvar-spl --objective affine-losses:a=-1/1/2,b=0/0.5/-1+cvar:beta=0.4
 */
#include "common.h"

enum { SLOPES, OFFSETS, START };
static const rate_param params[] = {
	[SLOPES] = { "a", RATE_REALS, "-1/1/2", 0, 0, NULL, "slopes" },
	[OFFSETS] = { "b", RATE_REALS, "0/0.5/-1", 0, 0, NULL, "values at 0, as many" },
	[START] = { "start", RATE_REAL, "1", 0, 0, NULL, "x_0" },
};

struct lines {
	struct facts known;
	size_t n;
	double mean_a, mean_b, start, zero, *a, *b, *G_i;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t n = p[SLOPES].count;
	double square = 0;
	struct lines *s;

	if (n < 1 || p[OFFSETS].count != n)
		return host->fail(host, "affine-losses: %zu slopes a, %zu values b; as many of both are needed", n,
		                  p[OFFSETS].count);
	if (!(s = facts_new(host, sizeof *s, 1, 3 * n)))
		return RATE_FAIL;
	s->n = n;
	s->a = facts_take(s, n);
	s->b = facts_take(s, n);
	s->G_i = facts_take(s, n);
	for (size_t i = 0; i < n; i++) {
		s->a[i] = p[SLOPES].reals[i];
		s->b[i] = p[OFFSETS].reals[i];
		s->G_i[i] = fabs(s->a[i]);
		s->mean_a += s->a[i] / (double)n;
		s->mean_b += s->b[i] / (double)n;
		square += s->a[i] * s->a[i] / (double)n;
	}
	s->start = p[START].real;
	s->known.start = &s->start;
	know(s, "convex", RATE_EXACT, 1, "lines");
	know(s, "L", RATE_EXACT, 0, "lines");
	know(s, "L_max", RATE_EXACT, 0, "lines");
	know(s, "G", RATE_EXACT, sqrt(square), "root mean square of the slopes");
	know(s, "noise2", RATE_EXACT, fmax(square - s->mean_a * s->mean_a, 0), "variance of the slopes");
	know(s, "noise_additive", RATE_EXACT, 1, "slopes do not change");
	know_vector(s, "G_i", n, s->G_i);
	if (s->mean_a == 0) {
		know(s, "f_star", RATE_EXACT, s->mean_b, "the mean is constant");
		know_vector(s, "x_star", 1, &s->zero);
	}
	*self = s;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct lines *s = self;

	*f = s->mean_a * *x + s->mean_b;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)x;
	*g = ((const struct lines *)self)->mean_a;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct lines *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct lines *s = self;

	*f = s->a[i] * *x + s->b[i];
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	(void)x;
	*g = ((const struct lines *)self)->a[i];
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
OFFERS({ "finite-sum/1", &sum })

static const rate_objective lines = { OBJECTIVE,
	.id = "affine-losses",
	.title = "Affine losses",
	.summary = "a_i x + b_i, to be wrapped by cvar",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &lines };
RATE_PLUGIN("affine-losses", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
