/* tiles: f(x) = sum over m tiles of (z^j)'A(z^j)/2, z = x - center, tile j the k coordinates from jk on, A = mu I +
 * (L - mu) vv' with v the unit vector of equal entries.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The model of a loss with one small part for each pixel: no part sees the coordinates of another. Every tile has the
 * curvatures L, once, and mu = L/kappa; tiles of one coordinate have L alone.
 *
 * Constants, all exact: L; mu = pl, L/kappa or, for k = 1, L; L_2 = 0; f_star = 0 at x = center; tiles.size = k. The
 * gap is f. Start: `start`, the last entry for all that follow.
 *
 *     ratecheck verify es-locality --objective tiles:m=3,k=2
 */
#include "common.h"

enum { TILES, SIZE, SMOOTH, KAPPA, START, CENTER };
static const rate_param params[] = {
	[TILES] = { "m", RATE_INTEGER, "3", 1, 4096, NULL, "tiles" },
	[SIZE] = { "k", RATE_INTEGER, "1", 1, 4096, NULL, "coordinates of each" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "largest curvature" },
	[KAPPA] = { "kappa", RATE_REAL, "1", 1, 1e100, NULL, "L/mu" },
	[START] = { "start", RATE_REALS, "1", -1e50, 1e50, NULL, "x_0; the last entry for all that follow" },
	[CENTER] = { "center", RATE_REAL, "0", -1e50, 1e50, NULL, "every entry of x_star" },
};

struct tiles {
	struct facts known;
	size_t k;
	double L, mu, center;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t k = (size_t)p[SIZE].integer, d = (size_t)p[TILES].integer * k;
	struct tiles *q = facts_new(host, sizeof *q, d, 2 * d);
	double *x0, *x_star;

	if (!q)
		return RATE_FAIL;
	q->k = k;
	q->L = p[SMOOTH].real;
	q->mu = k > 1 ? q->L / p[KAPPA].real : q->L;
	q->center = p[CENTER].real;
	x0 = facts_take(q, d);
	x_star = facts_take(q, d);
	for (size_t j = 0; j < d; j++) {
		x0[j] = p[START].reals[j < p[START].count ? j : p[START].count - 1];
		x_star[j] = q->center;
	}
	q->known.start = x0;
	know(q, "convex", RATE_EXACT, 1, "curvatures above 0");
	know(q, "L", RATE_EXACT, q->L, "largest curvature");
	know(q, "mu", RATE_EXACT, q->mu, "least curvature");
	know(q, "pl", RATE_EXACT, q->mu, "least curvature");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "f_star", RATE_EXACT, 0, "f(center)");
	know(q, "even", RATE_EXACT, 1, "quadratic");
	know(q, "tiles.size", RATE_EXACT, (double)k, "k");
	know_vector(q, "x_star", d, x_star);
	*self = q;
	return RATE_OK;
}

/* The mean of z over a tile. */
static double mean(const struct tiles *q, const double *x)
{
	double sum = 0;

	for (size_t j = 0; j < q->k; j++)
		sum += x[j] - q->center;
	return sum / (double)q->k;
}

static int value(void *self, const double *x, double *f)
{
	const struct tiles *q = self;
	double all = 0, means = 0;

	for (size_t j = 0; j < q->known.d; j++)
		all += (x[j] - q->center) * (x[j] - q->center);
	for (size_t j = 0; j < q->known.d; j += q->k)
		means += mean(q, x + j) * mean(q, x + j);
	*f = q->mu / 2 * all + (q->L - q->mu) / 2 * (double)q->k * means;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct tiles *q = self;

	for (size_t j = 0; j < q->known.d; j += q->k)
		for (size_t i = 0; i < q->k; i++)
			g[j + i] = q->mu * (x[j + i] - q->center) + (q->L - q->mu) * mean(q, x + j);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
OFFERS({ "gap/1", &gap })

static const rate_objective tiles = { OBJECTIVE,
	.id = "tiles",
	.title = "Tiles",
	.summary = "a sum of quadratics, each of its own block of coordinates",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &tiles };
RATE_PLUGIN("tiles", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
