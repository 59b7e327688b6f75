/* kink: f(x) = max{G0 x, -left x} + mu/2 x^2 over low <= x <= high, low <= 0 <= high, in one dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * left = G0 unless it is given. Strongly convex and Lipschitz, which only a bounded set allows. The oracle says G0 at
 * the kink, so a subgradient method that sits on the minimiser is sent away from it. On a short set to the left of 0
 * its weighted average is nearly as bad as the theorem for strongly convex functions allows.
 *
 * Constants, all exact: f_star = 0 at 0, mu, G = max{G0 + mu high, left - mu low}, diameter = high - low. Not smooth.
 * The gap is f.
 * Projection clips. Start: x_0 = start, clipped.
 *
 *     ratecheck verify pssd-sc-weighted --objective kink:low=-0.022,high=0
 */
#include "line.h"

enum { SLOPE, CURVATURE, LOW, HIGH, START, LEFT };
static const rate_param params[] = {
	[SLOPE] = { "G0", RATE_REAL, "1", 1e-100, 1e100, NULL, "slope at 0" },
	[CURVATURE] = { "mu", RATE_REAL, "1", 1e-100, 1e100, NULL, "curvature" },
	[LOW] = { "low", RATE_REAL, "-1", -1e100, 0, NULL, "left end" },
	[HIGH] = { "high", RATE_REAL, "1", 0, 1e100, NULL, "right end" },
	[LEFT] = { "left", RATE_REAL, "0", 0, 1e100, NULL, "minus the slope to the left of 0; 0: as to the right" },
	[START] = { "start", RATE_REAL, "0", 0, 0, NULL, "x_0" },
};

struct kink {
	struct line on;
	double slope, left, mu, low, high;
};

static int project(void *self, const double *x, double *p)
{
	const struct kink *k = self;

	*p = fmax(k->low, fmin(*x, k->high));
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	struct kink *k = line_new(host, sizeof *k, 0, 0);

	if (!k)
		return RATE_FAIL;
	k->slope = p[SLOPE].real;
	k->left = p[LEFT].real > 0 ? p[LEFT].real : k->slope;
	k->mu = p[CURVATURE].real;
	k->low = p[LOW].real;
	k->high = p[HIGH].real;
	project(k, &p[START].real, &k->on.start);
	know(k, "convex", RATE_EXACT, 1, "a norm and a parabola");
	know(k, "mu", RATE_EXACT, k->mu, "curvature");
	know(k, "G", RATE_EXACT, fmax(k->slope + k->mu * k->high, k->left - k->mu * k->low),
	     "largest slope on the set");
	know(k, "diameter", RATE_EXACT, k->high - k->low, "high - low");
	know(k, "f_star", RATE_EXACT, 0, "f(0)");
	*self = k;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct kink *k = self;

	*f = (*x < 0 ? -k->left : k->slope) * *x + k->mu / 2 * *x * *x;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct kink *k = self;

	*g = (*x < 0 ? -k->left : k->slope) + k->mu * *x;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_projection projection = { sizeof projection, project };
OFFERS({ "gap/1", &gap }, { "projection/1", &projection })

static const rate_objective kink = { OBJECTIVE,
	.id = "kink",
	.title = "A kink and a parabola",
	.summary = "max{G0 x, -left x} + mu/2 x^2 over [low, high]: strongly convex and Lipschitz",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &kink };
RATE_PLUGIN("kink", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
