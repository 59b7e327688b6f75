/* poincare: f(x) = d(x_1, p_1) + ... + d(x_k, p_k), hyperbolic distances from k given points.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * x holds k points of the unit disc, two coordinates each; d(x, p) = 2 asinh(|x - p|/sqrt((1 - |x|^2)(1 - |p|^2))), the
 * distance in the hyperbolic plane of curvature -1. Convex along geodesics; as a function on R^2k it is not convex.
 * The gradient is the Euclidean one, -2/(1 - |x|^2) times the direction in which p lies; 0 at p. The Riemannian one
 * has the length 1.
 *
 * Constants: f_star = 0 at the points; discs = k. The gap is f. Feasible set: |x_j| <= 1 - 1e-6, that is within 14.5
 * of 0.
 *
 *     ratecheck verify radagrad-run --objective poincare:points=0.5/0,start=-0.5/0.2
 */
#include "common.h"

enum { POINTS, START };
static const rate_param params[] = {
	[POINTS] = { "points", RATE_REALS, "0.5/0", -1, 1, NULL,
	             "p_1, p_2, ..., two coordinates each, |p_j| <= 0.999" },
	[START] = { "start", RATE_REALS, "0", -1, 1, NULL,
	            "x_0, in the set; the last entry for all coordinates that follow" },
};

struct poincare {
	struct facts known;
	double *p;
};

static const double rim = 1 - 1e-6;

static int project(void *self, const double *x, double *p)
{
	for (size_t j = 0; j < facts_dim(self); j += 2) {
		double norm = hypot(x[j], x[j + 1]), scale = norm > rim ? rim / norm : 1;

		p[j] = scale * x[j];
		p[j + 1] = scale * x[j + 1];
	}
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = v[POINTS].count, starts = v[START].count;
	struct poincare *q;
	double *x0;

	if (!d || d % 2 || !starts || starts > d)
		return host->fail(host, "points: two coordinates each, and no more entries of start");
	if (!(q = facts_new(host, sizeof *q, d, 2 * d)))
		return RATE_FAIL;
	q->p = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	for (size_t j = 0; j < d; j++) {
		q->p[j] = v[POINTS].reals[j];
		x0[j] = v[START].reals[j < starts ? j : starts - 1];
	}
	for (size_t j = 0; j < d; j += 2)
		if (hypot(q->p[j], q->p[j + 1]) > 0.999 || hypot(x0[j], x0[j + 1]) > rim) {
			free(q);
			return host
			    ->fail(host,
			           "points: |p_j| must be at most 0.999, and |x_j| at most 1 - 1e-6 at the start");
		}
	know(q, "f_star", RATE_EXACT, 0, "at the points");
	know(q, "discs", RATE_EXACT, (double)d / 2, "points");
	know_vector(q, "x_star", d, q->p);
	*self = q;
	return RATE_OK;
}

static double inside(const double *x)
{
	return 1 - x[0] * x[0] - x[1] * x[1];
}

static int value(void *self, const double *x, double *f)
{
	const struct poincare *q = self;

	*f = 0;
	for (size_t j = 0; j < q->known.d; j += 2) {
		double room = inside(x + j) * inside(q->p + j);

		*f += room > 0 ? 2 * asinh(hypot(x[j] - q->p[j], x[j + 1] - q->p[j + 1]) / sqrt(room)) : INFINITY;
	}
	return RATE_OK;
}

/* (-x) (+) p is a positive multiple of (1 - |x|^2) p - (1 - 2<x, p> + |p|^2) x = (1 - |x|^2)(p - x) - |p - x|^2 x. */
static int gradient(void *self, const double *x, double *g)
{
	const struct poincare *q = self;

	for (size_t j = 0; j < q->known.d; j += 2) {
		const double *p = q->p + j, *y = x + j;
		double dx = p[0] - y[0], dy = p[1] - y[1], far = dx * dx + dy * dy, room = inside(y);
		double ex = room * dx - far * y[0], ey = room * dy - far * y[1], length = hypot(ex, ey);

		g[j] = length > 0 ? -2 / room * ex / length : 0;
		g[j + 1] = length > 0 ? -2 / room * ey / length : 0;
	}
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_projection projection = { sizeof projection, project };
OFFERS({ "gap/1", &gap }, { "projection/1", &projection })

static const rate_objective poincare = { OBJECTIVE,
	.id = "poincare",
	.title = "Distances in the hyperbolic plane",
	.summary = "sum of the hyperbolic distances from given points of the disc",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &poincare };
RATE_PLUGIN("poincare", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
