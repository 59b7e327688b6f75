/* sup-norm: f(x) = max_i |x_i - z_i|.    slope: f(x) = <c, x> over the ball |x| <= radius.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two functions without any curvature. The subgradient of sup-norm is that of the first entry that attains the
 * maximum, 0 at z; slope is least at one point of its ball.
 *
 * Constants, exact. sup-norm: convex, G = 1, f_star = 0 at z. slope: convex, L = 0, G = |c|, diameter = 2 radius,
 * f_star = -radius |c| at -radius c/|c|; set_center = 0 and log_volume of the ball; projection/1, lmo/1. Start of
 * both: `start`.
 *
 *     ratecheck verify ellipsoid-gap --objective sup-norm:z=0.3/-0.2+ball:radius=1
 */
#include "common.h"

enum { Z, START, RADIUS };
static const rate_param sup_params[] = {
	[Z] = { "z", RATE_REALS, "0.3/-0.2", -1e100, 1e100, NULL, "the minimiser" },
	[START] = { "start", RATE_REALS, "0", -1e100, 1e100, NULL, "x_0; the last entry for all that follow" },
};
static const rate_param slope_params[] = {
	[Z] = { "c", RATE_REALS, "1/0", -1e100, 1e100, NULL, "the gradient, not 0" },
	[START] = { "start", RATE_REALS, "0", -1e100, 1e100, NULL,
	            "x_0, in the ball; the last entry for all that follow" },
	[RADIUS] = { "radius", RATE_REAL, "1", 1e-100, 1e100, NULL, "of the ball about 0" },
};

struct flat {
	struct facts known;
	double *c, *star, radius;
};

static struct flat *flat_new(const rate_host *host, const rate_args *args)
{
	const rate_value *p = args->value;
	size_t d = p[Z].count, starts = p[START].count;
	struct flat *q;
	double *x0;

	if (!d || !starts || starts > d) {
		host->fail(host, "give at least one coordinate, and no more entries of start");
		return NULL;
	}
	if (!(q = facts_new(host, sizeof *q, d, 3 * d)))
		return NULL;
	q->c = facts_take(q, d);
	q->star = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	for (size_t i = 0; i < d; i++) {
		q->c[i] = p[Z].reals[i];
		x0[i] = p[START].reals[i < starts ? i : starts - 1];
	}
	know(q, "convex", RATE_EXACT, 1, "a maximum of affine functions");
	know_vector(q, "x_star", d, q->star);
	return q;
}

/* ---- sup-norm ---- */

static int sup_create(const rate_host *host, const rate_args *args, void **self)
{
	struct flat *q = flat_new(host, args);

	if (!q)
		return RATE_FAIL;
	memcpy(q->star, q->c, q->known.d * sizeof *q->c);
	know(q, "G", RATE_EXACT, 1, "one coordinate");
	know(q, "f_star", RATE_EXACT, 0, "f(z)");
	*self = q;
	return RATE_OK;
}

static size_t farthest(const struct flat *q, const double *x)
{
	size_t best = 0;

	for (size_t i = 1; i < q->known.d; i++)
		if (fabs(x[i] - q->c[i]) > fabs(x[best] - q->c[best]))
			best = i;
	return best;
}

static int sup_value(void *self, const double *x, double *f)
{
	const struct flat *q = self;
	size_t i = farthest(q, x);

	*f = fabs(x[i] - q->c[i]);
	return RATE_OK;
}

static int sup_gradient(void *self, const double *x, double *g)
{
	const struct flat *q = self;
	size_t i = farthest(q, x);

	memset(g, 0, q->known.d * sizeof *g);
	g[i] = sign(x[i] - q->c[i]);
	return RATE_OK;
}

/* ---- slope ---- */

static int project(void *self, const double *x, double *p)
{
	const struct flat *q = self;
	size_t d = q->known.d;
	double norm = sqrt(dot(d, x, x)), scale = norm > q->radius ? q->radius / norm : 1;

	for (size_t i = 0; i < d; i++)
		p[i] = scale * x[i];
	return RATE_OK;
}

static int minimise(void *self, const double *c, double *s)
{
	const struct flat *q = self;
	size_t d = q->known.d;

	for (size_t i = 0; i < d; i++)
		s[i] = -c[i];
	scale_to(d, s, q->radius);
	return RATE_OK;
}

static int slope_create(const rate_host *host, const rate_args *args, void **self)
{
	struct flat *q = flat_new(host, args);
	size_t d;
	double G;

	if (!q)
		return RATE_FAIL;
	d = q->known.d;
	q->radius = args->value[RADIUS].real;
	G = sqrt(dot(d, q->c, q->c));
	if (!(G > 0) || dot(d, q->known.start, q->known.start) > q->radius * q->radius) {
		free(q);
		return host->fail(host, "c must not be 0, and start must lie in the ball");
	}
	minimise(q, q->c, q->star);
	know(q, "L", RATE_EXACT, 0, "linear");
	know(q, "L_2", RATE_EXACT, 0, "linear");
	know(q, "G", RATE_EXACT, G, "|c|");
	know(q, "diameter", RATE_EXACT, 2 * q->radius, "2 radius");
	know(q, "f_star", RATE_EXACT, -q->radius * G, "-radius |c|");
	know(q, "set_center", RATE_EXACT, 0, "each coordinate of the centre");
	know(q, "log_volume", RATE_EXACT, log_ball(d) + (double)d * log(q->radius), "of the ball");
	*self = q;
	return RATE_OK;
}

static int slope_value(void *self, const double *x, double *f)
{
	const struct flat *q = self;

	*f = dot(q->known.d, q->c, x);
	return RATE_OK;
}

static int slope_gradient(void *self, const double *x, double *g)
{
	const struct flat *q = self;

	(void)x;
	memcpy(g, q->c, q->known.d * sizeof *g);
	return RATE_OK;
}

static int slope_gap(void *self, const double *x, double *gap)
{
	const struct flat *q = self;

	*gap = 0;
	for (size_t i = 0; i < q->known.d; i++)
		*gap += q->c[i] * (x[i] - q->star[i]);
	return RATE_OK;
}

/* ---- */

static const rate_gap gap_of_sup = { sizeof gap_of_sup, sup_value };
static const rate_gap gap_of_slope = { sizeof gap_of_slope, slope_gap };
static const rate_projection projection = { sizeof projection, project };
static const rate_lmo lmo = { sizeof lmo, minimise };

static const void *slope_offers(void *self, const char *name)
{
	static const struct offer table[] = { { "constants/1", &facts_constants }, { "start/1", &facts_start_at },
		{ "gap/1", &gap_of_slope }, { "projection/1", &projection }, { "lmo/1", &lmo } };

	(void)self;
	return find_offer(table, 5, name);
}

OFFERS({ "gap/1", &gap_of_sup })

static const rate_objective sup_norm = { OBJECTIVE,
	.id = "sup-norm",
	.title = "The largest coordinate",
	.summary = "max |x_i - z_i|, which only ever sees one coordinate",
	.source = "standard",
	.params = RATE_ROWS(sup_params),
	.create = sup_create,
	.value = sup_value,
	.gradient = sup_gradient,
	.interface = offers };
static const rate_objective slope = { OBJECTIVE,
	.id = "slope",
	.title = "A slope over a ball",
	.summary = "<c, x> over |x| <= radius",
	.source = "standard",
	.params = RATE_ROWS(slope_params),
	.create = slope_create,
	.value = slope_value,
	.gradient = slope_gradient,
	.interface = slope_offers };
static const rate_objective *const objectives[] = { &sup_norm, &slope };
RATE_PLUGIN("sup-norm", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
