/* cvar (wrapper): the conditional value at risk of the terms of a sum, as a function of (x, u):
 *
 *     F(x, u) = a + mean_i max(l_i(x) - a, 0)/(1 - beta),   a = scale u.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least over u it is the mean of the worst share 1 - beta of the losses l_i(x) (Rockafellar and Uryasev). There is one
 * variable more than in the wrapped objective, the last; `scale` makes its steps scale^2 times those of x.
 *
 * Offered as a sum whose terms are compositions (composition/1): the line a, and max(., 0)/(1 - beta) of l_i(x) - a.
 * The model keeps the kink at the level, where a subgradient cycles.
 *
 * Constants, from those of the wrapped objective: convex, and rho_model = 0 with it; G with G^2 = mean_i max(scale^2,
 * (G_i^2 + scale^2 beta^2)/(1 - beta)^2) where the term's slopes G_i are known (G_i, or G of a single term): the
 * largest of a + e (l_i - a) over 0 <= e <= 1/(1 - beta), for |e grad l_i|^2 + scale^2 (1 - e)^2 is convex in e.
 * x_star and f_star: for one term those of the term; in one dimension, for convex losses, by bisection on the slope.
 * Start: that of the objective, and the level.
 *
 *     ratecheck verify cvar-spl --objective centres:b=-1/0/4+cvar:beta=0.5
 */
#include "wrapper.h"

enum { SHARE, SCALE, LEVEL };
static const rate_param params[] = {
	[SHARE] = { "beta", RATE_REAL, "0.9", 0, 0.999999, NULL, "the losses above this quantile are averaged" },
	[SCALE] = { "scale", RATE_REAL, "1", 1e-50, 1e50, NULL, "a = scale u" },
	[LEVEL] = { "level", RATE_REAL, "0", 0, 0, NULL, "a at the start" },
};

struct risk {
	struct facts known;
	rate_function inner;
	const rate_finite_sum *sum; /* NULL: one term, the objective */
	size_t n, d;                /* terms; dimension of the wrapped objective */
	double beta, scale, *loss, *slope, *x_star; /* slope: one of a term, and what their sum lost */
};

static int loss_of(const struct risk *q, size_t i, const double *x, double *l)
{
	return q->sum ? q->sum->value(q->inner.self, i, x, l) : q->inner.cls->value(q->inner.self, x, l);
}

static int slope_of(const struct risk *q, size_t i, const double *x, double *g)
{
	return q->sum ? q->sum->gradient(q->inner.self, i, x, g) : q->inner.cls->gradient(q->inner.self, x, g);
}

static size_t count(void *self)
{
	return ((const struct risk *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct risk *q = self;
	double l, a = q->scale * x[q->d];

	if (loss_of(q, i, x, &l))
		return RATE_FAIL;
	/* a + (l - a) would lose the digits of l beside a level far below it. */
	*f = l <= a ? a : q->beta > 0 ? l + q->beta / (1 - q->beta) * (l - a) : l;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct risk *q = self;
	double l, e, a = q->scale * x[q->d];

	if (loss_of(q, i, x, &l) || slope_of(q, i, x, g))
		return RATE_FAIL;
	e = l <= a ? 0 : 1 / (1 - q->beta);
	for (size_t j = 0; j < q->d; j++)
		g[j] *= e;
	g[q->d] = q->scale * (1 - e);
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	double sum = 0, lost = 0, one;

	for (size_t i = 0; i < count(self); i++) {
		if (term_value(self, i, x, &one))
			return RATE_FAIL;
		add_fully(&sum, &lost, one);
	}
	*f = added(sum, lost) / (double)count(self);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	struct risk *q = self;
	double *lost = q->slope + q->d + 1;

	memset(g, 0, (q->d + 1) * sizeof *g);
	memset(lost, 0, (q->d + 1) * sizeof *lost);
	for (size_t i = 0; i < q->n; i++) {
		if (term_gradient(self, i, x, q->slope))
			return RATE_FAIL;
		for (size_t j = 0; j <= q->d; j++)
			add_fully(&g[j], &lost[j], q->slope[j]);
	}
	for (size_t j = 0; j <= q->d; j++)
		g[j] = added(g[j], lost[j]) / (double)q->n;
	return RATE_OK;
}

/* ---- The parts of a term ---- */

static int linear(void *self, size_t i, double *p)
{
	const struct risk *q = self;

	(void)i;
	memset(p, 0, q->d * sizeof *p);
	p[q->d] = q->scale;
	return RATE_OK;
}

static int inner(void *self, size_t i, const double *x, double *c, double *a)
{
	const struct risk *q = self;

	if (loss_of(q, i, x, c) || slope_of(q, i, x, a))
		return RATE_FAIL;
	*c -= q->scale * x[q->d];
	a[q->d] = -q->scale;
	return RATE_OK;
}

static int outer(void *self, size_t i, double c, double *h)
{
	(void)i;
	*h = fmax(c, 0) / (1 - ((const struct risk *)self)->beta);
	return RATE_OK;
}

static int outer_prox(void *self, size_t i, double tau, double c, double *z)
{
	double most = tau / (1 - ((const struct risk *)self)->beta);

	(void)i;
	*z = c > most ? c - most : fmin(c, 0);
	return RATE_OK;
}

/* ---- Constants ---- */

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The level that is best for x: the least a such that a share beta of the losses is not above it. */
static double level(struct risk *q, const double *x)
{
	size_t k = (size_t)ceil(q->beta * (double)q->n);

	for (size_t i = 0; i < q->n; i++)
		if (loss_of(q, i, x, q->loss + i))
			return NAN;
	qsort(q->loss, q->n, sizeof *q->loss, ascending);
	return q->loss[k > 0 ? k - 1 : 0];
}

/* One dimension: the slope at x of the risk that is least over the level. Losses at the level take what is left. */
static double slope_of_risk(struct risk *q, double x)
{
	double a = level(q, &x), l, g, sum = 0, left = (1 - q->beta) * (double)q->n, at = 0, at_slope = 0;

	for (size_t i = 0; i < q->n; i++) {
		if (loss_of(q, i, &x, &l) || slope_of(q, i, &x, &g))
			return NAN;
		if (l > a) {
			sum += g;
			left--;
		} else if (l == a) {
			at++;
			at_slope += g;
		}
	}
	return sum + (at > 0 ? left * at_slope / at : 0);
}

/* 0: not found. */
static int find_in_one_dimension(struct risk *q, double from)
{
	double low = from, high = from, width = 1, middle;

	while (width < 1e12 && !(slope_of_risk(q, low) <= 0))
		low = from - (width *= 2);
	for (width = 1; width < 1e12 && !(slope_of_risk(q, high) >= 0);)
		high = from + (width *= 2);
	if (!(slope_of_risk(q, low) <= 0 && slope_of_risk(q, high) >= 0))
		return 0;
	for (int k = 0; k < 200 && low < (middle = low + (high - low) / 2) && middle < high; k++)
		*(slope_of_risk(q, middle) > 0 ? &high : &low) = middle;
	q->x_star[0] = fabs(slope_of_risk(q, low)) < fabs(slope_of_risk(q, high)) ? low : high;
	return 1;
}

/* Slopes of the terms, NaN if they are not known. */
static double square_of_slopes(const struct risk *q, const rate_constants *c, double *G_i)
{
	rate_constant G = { .size = sizeof G };
	double sum = 0, s2 = q->scale * q->scale;

	if (!c || ((!c->vector || c->vector(q->inner.self, "G_i", q->n, G_i)) &&
	           (q->n > 1 || c->scalar(q->inner.self, "G", &G))))
		return NAN;
	if (q->n == 1 && G.value > 0)
		G_i[0] = G.value;
	for (size_t i = 0; i < q->n; i++)
		sum += fmax(s2, (G_i[i] * G_i[i] + s2 * q->beta * q->beta) / ((1 - q->beta) * (1 - q->beta))) /
		       (double)q->n;
	return sum;
}

static void know_minimiser(struct risk *q, const rate_constants *c, const double *start, int convex)
{
	rate_constant f = { .size = sizeof f };
	double a;

	if (q->n == 1 ? !c || !c->vector || c->vector(q->inner.self, "x_star", q->d, q->x_star) ||
	                    c->scalar(q->inner.self, "f_star", &f) || f.kind != RATE_EXACT
	              : q->d > 1 || !convex || !find_in_one_dimension(q, start[0]))
		return;
	a = level(q, q->x_star);
	q->x_star[q->d] = a / q->scale;
	if (a != a || value(q, q->x_star, &a))
		return;
	know(q, "f_star", RATE_EXACT, q->n == 1 ? f.value : a, q->n == 1 ? "of the term" : "by bisection on the slope");
	know_vector(q, "x_star", q->d + 1, q->x_star);
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	const rate_function *f = args->inner;
	const rate_constants *c;
	const rate_finite_sum *sum;
	const rate_start *at;
	rate_constant convex = { .size = sizeof convex }, field = { .size = sizeof field };
	double *start, G2;
	struct risk *q;
	size_t d, n;

	if (!f)
		return host->fail(host, "cvar wraps an objective: write OBJECTIVE+cvar");
	if (inner_interface(f, "composite/1") || inner_interface(f, "projection/1") ||
	    inner_interface(f, "stream/1"))
		return host->fail(host, "cvar: %s has an h, a feasible set or a stream of samples", f->cls->id);
	c = inner_interface(f, "constants/1");
	sum = inner_interface(f, "finite-sum/1");
	at = inner_interface(f, "start/1");
	if (c && c->scalar(f->self, "field", &field) == RATE_OK && field.value > 0)
		return host->fail(host, "cvar: %s is a field, the gradient of no function: it has no losses",
		    f->cls->id);
	d = f->cls->dim(f->self);
	n = sum ? sum->count(f->self) : 1;
	if (!(q = facts_new(host, sizeof *q, d + 1, 2 * n + 4 * (d + 1))))
		return RATE_FAIL;
	q->inner = *f;
	q->sum = sum;
	q->n = n;
	q->d = d;
	q->beta = v[SHARE].real;
	q->scale = v[SCALE].real;
	q->loss = facts_take(q, n);
	q->slope = facts_take(q, 2 * (d + 1));
	q->x_star = facts_take(q, d + 1);
	q->known.start = start = facts_take(q, d + 1);
	if (at && at->start(f->self, start)) {
		free(q);
		return RATE_FAIL;
	}
	start[d] = v[LEVEL].real / q->scale;
	if (c && c->scalar(f->self, "convex", &convex) == RATE_OK && convex.value > 0) {
		know(q, "convex", RATE_EXACT, 1, "convex losses, max(., 0) does not fall");
		know(q, "rho_model", RATE_EXACT, 0, "tangents lie below convex losses, max(., 0) does not fall");
	}
	G2 = square_of_slopes(q, c, facts_take(q, n));
	if (G2 == G2)
		know(q, "G", RATE_UPPER, sqrt(G2), "both ends of 0 <= e <= 1/(1 - beta)");
	know_minimiser(q, c, start, convex.value > 0);
	*self = q;
	return RATE_OK;
}

static const rate_finite_sum terms = { sizeof terms, count, term_value, term_gradient, NULL };
static const rate_composition composition = { sizeof composition, inner, outer, outer_prox, linear };
OFFERS({ "finite-sum/1", &terms }, { "composition/1", &composition })

static const rate_objective cvar = { OBJECTIVE,
	.id = "cvar",
	.title = "Conditional value at risk",
	.summary = "the mean of the worst losses of a sum, with its level as a variable",
	.source = "Rockafellar and Uryasev, J. Risk 2000",
	.params = RATE_ROWS(params),
	.flags = RATE_WRAPPER,
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &cvar };
RATE_PLUGIN("cvar", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
