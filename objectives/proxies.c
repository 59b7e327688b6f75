/* Functions F = f + h given as a proxy h and a difference f, which may bend down.
 *
 *     split    F(x) = sum lambda_i x_i^2/2 with the proxy h(x) = sum p_i x_i^2/2, so that f(x) = sum (lambda_i - p_i)
 * x_i^2/2
 *     stairs   f(x) = -x^2/2, and h on [0, T] (infinite outside) with the slope c + j on (j - 1, j): from x_0 = T a
 * proxy step
 *              with gamma = 1/c goes from each stair to the next. convex=0: h(j-1+s) = h(j-1) + (c + j + eps)s - c
 * s^2/2, as
 *              bent as the step allows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * split: noise=s makes f the mean of two terms, f + s <u, x> and f - s <u, x> with u = (1, ..., 1)/sqrt d, so that a
 * gradient of one term has the variance s^2 at every x. Constants, exact: L = max |lambda_i - p_i|, mu_h = min p_i,
 * pl_F = min lambda_i (|grad F|^2 >= 2 pl_F (F - F_star)), F_star = 0 at 0, noise2 = s^2; for d = 1 difference =
 * lambda - p. Prox: x_i/(1 + gamma p_i). The gap is F.
 *
 * stairs: L = 1; F is least at the stairs, F(j) = (c + 1/2)j or, with convex=0, ((c + 1)/2 + eps)j: F_star = 0 at 0.
 * mu_h = 0 if h is convex. The prox is the global minimiser, found among the stairs and the points between them. The
 * gap is F.
 *
 *     ratecheck verify proxy-convex --objective stairs:T=64
 */
#include "common.h"

static int never_convex(void *self, const char *why)
{
	know(self, "convex", RATE_EXACT, 0, why);
	return RATE_OK;
}

/* ---- split ---- */

enum { LAMBDA, PROXY, START, NOISE };
static const rate_param split_params[] = {
	[LAMBDA] = { "lambda", RATE_REALS, "1/0.1", 1e-100, 1e100, NULL, "the curvatures of F" },
	[PROXY] = { "proxy", RATE_REALS, "0.9/0.3", 0, 1e100, NULL,
	            "those of the proxy; the last entry for all that follow" },
	[START] = { "start", RATE_REALS, "1", -1e100, 1e100, NULL, "x_0; the last entry for all that follow" },
	[NOISE] = { "noise", RATE_REAL, "0", 0, 1e100, NULL, "standard deviation of the gradients of f" },
};

struct split {
	struct facts known;
	double *lambda, *p;
	double noise;
};

static int split_create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = v[LAMBDA].count, proxies = v[PROXY].count, starts = v[START].count;
	double L = 0, most = 0, least = INFINITY, mu_h = INFINITY, *x0;
	struct split *q;

	if (!d || !proxies || proxies > d || !starts || starts > d)
		return host->fail(
		    host, "lambda, proxy and start: give at least one number, and no more than there are curvatures");
	if (!(q = facts_new(host, sizeof *q, d, 4 * d)))
		return RATE_FAIL;
	q->lambda = facts_take(q, d);
	q->p = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	q->noise = v[NOISE].real;
	for (size_t i = 0; i < d; i++) {
		q->lambda[i] = v[LAMBDA].reals[i];
		q->p[i] = v[PROXY].reals[i < proxies ? i : proxies - 1];
		x0[i] = v[START].reals[i < starts ? i : starts - 1];
		L = fmax(L, fabs(q->lambda[i] - q->p[i]));
		most = fmin(most, q->lambda[i] - q->p[i]);
		least = fmin(least, q->lambda[i]);
		mu_h = fmin(mu_h, q->p[i]);
	}
	if (most < 0)
		never_convex(q, "f bends down where the proxy bends more than F");
	else
		know(q, "convex", RATE_EXACT, 1, "the proxy bends nowhere more than F");
	know(q, "L", RATE_EXACT, L, "largest |lambda_i - p_i|");
	know(q, "mu_h", RATE_EXACT, mu_h, "least p_i");
	know(q, "pl_F", RATE_EXACT, least, "least lambda_i");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "F_star", RATE_EXACT, 0, "F(0)");
	know(q, "noise2", RATE_EXACT, q->noise * q->noise, "noise");
	if (d == 1)
		know(q, "difference", RATE_EXACT, q->lambda[0] - q->p[0], "f''");
	know_vector(q, "x_star", d, facts_take(q, d));
	*self = q;
	return RATE_OK;
}

static int split_value(void *self, const double *x, double *f)
{
	const struct split *q = self;

	*f = 0;
	for (size_t i = 0; i < q->known.d; i++)
		*f += (q->lambda[i] - q->p[i]) * x[i] * x[i] / 2;
	return RATE_OK;
}

static int split_gradient(void *self, const double *x, double *g)
{
	const struct split *q = self;

	for (size_t i = 0; i < q->known.d; i++)
		g[i] = (q->lambda[i] - q->p[i]) * x[i];
	return RATE_OK;
}

static int split_h(void *self, const double *x, double *h)
{
	const struct split *q = self;

	*h = 0;
	for (size_t i = 0; i < q->known.d; i++)
		*h += q->p[i] * x[i] * x[i] / 2;
	return RATE_OK;
}

static int split_prox(void *self, double gamma, const double *x, double *p)
{
	const struct split *q = self;

	for (size_t i = 0; i < q->known.d; i++)
		p[i] = x[i] / (1 + gamma * q->p[i]);
	return RATE_OK;
}

static int split_gap(void *self, const double *x, double *gap)
{
	const struct split *q = self;

	*gap = 0;
	for (size_t i = 0; i < q->known.d; i++)
		*gap += q->lambda[i] * x[i] * x[i] / 2;
	return RATE_OK;
}

static size_t split_count(void *self)
{
	return ((const struct split *)self)->noise > 0 ? 2 : 1;
}

/* The slope of term i besides that of f. */
static double tilt(const struct split *q, size_t i)
{
	return (i ? -1 : 1) * q->noise / sqrt((double)q->known.d);
}

static int split_term_value(void *self, size_t i, const double *x, double *f)
{
	const struct split *q = self;

	split_value(self, x, f);
	for (size_t j = 0; j < q->known.d; j++)
		*f += tilt(q, i) * x[j];
	return RATE_OK;
}

static int split_term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct split *q = self;

	split_gradient(self, x, g);
	for (size_t j = 0; j < q->known.d; j++)
		g[j] += tilt(q, i);
	return RATE_OK;
}

/* ---- stairs ---- */

enum { STAIRS, SLOPE, CONVEX, EPS };
static const rate_param stairs_params[] = {
	[STAIRS] = { "T", RATE_INTEGER, "16", 1, 100000, NULL, "how many stairs" },
	[SLOPE] = { "c", RATE_REAL, "1", 1e-6, 1e6, NULL, "the step is 1/c" },
	[CONVEX] = { "convex", RATE_INTEGER, "1", 0, 1, NULL, "1: h is convex; 0: h bends down by c" },
	[EPS] = { "eps", RATE_REAL, "1e-6", 0, 1, NULL,
	          "convex=0: steeper by that much, so that the foot of a stair is the minimiser" },
};

struct stairs {
	struct facts known;
	double T, c, bend, eps, zero;
};

/* h(j - 1 + s), 0 <= s <= 1 */
static double on_stair(const struct stairs *q, double j, double s)
{
	double before = j - 1, at_foot = (q->c + q->eps - q->bend / 2) * before + before * (before + 1) / 2;

	return at_foot + (q->c + j + q->eps) * s - q->bend * s * s / 2;
}

static int stairs_create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	int convex = p[CONVEX].integer == 1;
	struct stairs *q = facts_new(host, sizeof *q, 1, 0);

	if (!q)
		return RATE_FAIL;
	q->T = (double)p[STAIRS].integer;
	q->c = p[SLOPE].real;
	q->bend = convex ? 0 : q->c;
	q->eps = convex ? 0 : p[EPS].real;
	q->known.start = &q->T;
	know(q, "L", RATE_EXACT, 1, "f'' = -1");
	know(q, "F_star", RATE_EXACT, 0, "F(0)");
	know(q, "L_2", RATE_EXACT, 0, "constant second derivative");
	if (convex)
		know(q, "mu_h", RATE_EXACT, 0, "slopes increase");
	know_vector(q, "x_star", 1, &q->zero);
	*self = q;
	return never_convex(q, "f'' = -1");
}

static int stairs_value(void *self, const double *x, double *f)
{
	(void)self;
	*f = -*x * *x / 2;
	return RATE_OK;
}

static int stairs_gradient(void *self, const double *x, double *g)
{
	(void)self;
	*g = -*x;
	return RATE_OK;
}

static double stair_of(const struct stairs *q, double x)
{
	return fmin(fmax(ceil(x), 1), q->T);
}

static int stairs_h(void *self, const double *x, double *h)
{
	const struct stairs *q = self;
	double j = stair_of(q, *x);

	*h = *x < 0 || *x > q->T ? INFINITY : on_stair(q, j, *x - (j - 1));
	return RATE_OK;
}

/* h(y) + y^2/(2 gamma) - y z/gamma at the foot, in the middle and at the head of every stair. */
static int stairs_prox(void *self, double gamma, const double *x, double *p)
{
	const struct stairs *q = self;
	double curvature = 1 / gamma - q->bend, best = 0;

	*p = 0;
	for (double j = 1; j <= q->T; j++) {
		double slope = q->c + j + q->eps + (j - 1 - *x) / gamma, s[2] = { -1, 1 };

		if (curvature > 0)
			s[0] = -slope / curvature;
		for (size_t k = 0; k < 2; k++) {
			double y = j - 1 + s[k], model;

			if (!(s[k] > 0 && s[k] <= 1))
				continue;
			model = on_stair(q, j, s[k]) + y * (y / 2 - *x) / gamma;
			if (model < best) {
				best = model;
				*p = y;
			}
		}
	}
	return RATE_OK;
}

static int stairs_gap(void *self, const double *x, double *gap)
{
	const struct stairs *q = self;
	double j = stair_of(q, *x), s = *x - (j - 1), at_foot = (q->c + q->eps - q->bend / 2 + 0.5) * (j - 1);

	/* (c + j + eps)s - bend s^2/2 - ((j - 1 + s)^2 - (j - 1)^2)/2 */
	*gap = *x < 0 || *x > q->T ? INFINITY : at_foot + s * (q->c + 1 + q->eps - (q->bend + 1) * s / 2);
	return RATE_OK;
}

/* ---- */

static const rate_composite split_part = { sizeof split_part, split_h, split_prox };
static const rate_gap gap_of_split = { sizeof gap_of_split, split_gap };
static const rate_finite_sum split_sum = { sizeof split_sum, split_count, split_term_value, split_term_gradient, NULL };
static const rate_composite stairs_part = { sizeof stairs_part, stairs_h, stairs_prox };
static const rate_gap gap_of_stairs = { sizeof gap_of_stairs, stairs_gap };

static const void *split_offers(void *self, const char *name)
{
	static const struct offer table[] = { { "constants/1", &facts_constants }, { "start/1", &facts_start_at },
		{ "composite/1", &split_part }, { "gap/1", &gap_of_split }, { "finite-sum/1", &split_sum } };

	(void)self;
	return find_offer(table, 5, name);
}

OFFERS({ "composite/1", &stairs_part }, { "gap/1", &gap_of_stairs })

static const rate_objective split = { OBJECTIVE,
	.id = "split",
	.title = "A diagonal quadratic, split into a proxy and the rest",
	.summary = "F = sum lambda_i x_i^2/2, h = sum p_i x_i^2/2 and f = F - h, which may bend down",
	.source = "ratecheck",
	.params = RATE_ROWS(split_params),
	.create = split_create,
	.value = split_value,
	.gradient = split_gradient,
	.interface = split_offers };
static const rate_objective stairs = { OBJECTIVE,
	.id = "stairs",
	.title = "Stairs, the worst case of steps on a proxy",
	.summary = "-x^2/2 and a proxy of T pieces: every step takes one stair, with the same subgradient",
	.source = "ratecheck",
	.params = RATE_ROWS(stairs_params),
	.create = stairs_create,
	.value = stairs_value,
	.gradient = stairs_gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &split, &stairs };
RATE_PLUGIN("proxies", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
