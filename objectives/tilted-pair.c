/* tilted-pair: f_1(x) = c x + mu min(x, 0)^2 and f_2(x) = f_1(-x) over |x| <= c/mu; f = mu/2 x^2. One dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The slopes of the two are mu x -+ mu |x| +- c: as the mean grows with |x| the noise shrinks, so that the mean of g^2,
 * mu^2 x^2 + (c - mu |x|)^2, is largest at the minimiser and at the ends, where it is c^2. A start at the minimiser
 * makes the squared distance of the subgradient method after one step half of what the theorem allows.
 *
 * Constants, all exact: f_star = 0 at 0, L = mu, L_1 = L_2 = 2 mu, G = c, sigma_star2 = c^2, diameter = 2c/mu. The
 * gap is f. Projection clips. Start: x_0 = start, clipped.
 *
 *     ratecheck verify pssd-sc-last-dist --objective tilted-pair:c=2
 */
#include "line.h"

enum { TILT, CURVATURE, START };
static const rate_param params[] = {
	[TILT] = { "c", RATE_REAL, "1", 1e-100, 1e100, NULL, "slopes at 0: c and -c" },
	[CURVATURE] = { "mu", RATE_REAL, "1", 1e-100, 1e100, NULL, "curvature of the mean" },
	[START] = { "start", RATE_REAL, "0", 0, 0, NULL, "x_0" },
};

struct pair {
	struct line on;
	double c, mu, L_i[2];
};

static int project(void *self, const double *x, double *p)
{
	const struct pair *q = self;
	double end = q->c / q->mu;

	*p = fmax(-end, fmin(*x, end));
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	struct pair *q = line_new(host, sizeof *q, 0, 0);

	if (!q)
		return RATE_FAIL;
	q->c = p[TILT].real;
	q->mu = p[CURVATURE].real;
	q->L_i[0] = q->L_i[1] = 2 * q->mu;
	project(q, &p[START].real, &q->on.start);
	know(q, "convex", RATE_EXACT, 1, "slopes do not fall");
	know(q, "mu", RATE_EXACT, q->mu, "f'' = mu");
	know(q, "L", RATE_EXACT, q->mu, "f'' = mu");
	know(q, "L_max", RATE_EXACT, 2 * q->mu, "f_1'' <= 2 mu");
	know(q, "G", RATE_EXACT, q->c, "mu^2 x^2 + (c - mu |x|)^2 <= c^2");
	know(q, "diameter", RATE_EXACT, 2 * q->c / q->mu, "2c/mu");
	know(q, "f_star", RATE_EXACT, 0, "f(0)");
	know(q, "sigma_star2", RATE_EXACT, q->c * q->c, "slopes c and -c at 0");
	know(q, "interpolation", RATE_EXACT, 0, "slopes c and -c at 0");
	know_vector(q, "L_i", 2, q->L_i);
	*self = q;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	*f = ((const struct pair *)self)->mu / 2 * *x * *x;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	*g = ((const struct pair *)self)->mu * *x;
	return RATE_OK;
}

static size_t count(void *self)
{
	(void)self;
	return 2;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct pair *q = self;
	double s = i == 0 ? 1 : -1, low = fmin(s * *x, 0);

	*f = s * q->c * *x + q->mu * low * low;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct pair *q = self;
	double s = i == 0 ? 1 : -1;

	*g = s * (q->c + 2 * q->mu * fmin(s * *x, 0));
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_projection projection = { sizeof projection, project };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "projection/1", &projection })

static const rate_objective tilted_pair = { OBJECTIVE,
	.id = "tilted-pair",
	.title = "Two tilted half parabolas",
	.summary = "c x + mu min(x,0)^2 and its mirror image over |x| <= c/mu: noise as large as G at the minimiser",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &tilted_pair };
RATE_PLUGIN("tilted-pair", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
