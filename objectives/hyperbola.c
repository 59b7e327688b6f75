/* hyperbola: f(x) = sqrt(1 + x^2), in one dimension: a parabola near 0, straight far away.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Convex and smooth, but with curvature (1 + x^2)^(-3/2) that dies out: Newton's step is x - x(1 + x^2) = -x^3 exactly.
 *
 * Constants, exact: convex, L = 1, G = 1, f_star = 1 at 0, mu_star = 1, L_2 = (3/2)(4/5)^(5/2), newton_cubes = 1
 * (Newton's method cubes). The gap is x^2/(1 + sqrt(1 + x^2)). Hessian. Start: x_0 = start.
 *
 *     ratecheck verify newton-cubed --objective hyperbola:start=0.9
 */
#include "line.h"

enum { START };
static const rate_param params[] = { [START] = { "start", RATE_REAL, "0.9", -1e100, 1e100, NULL, "x_0" } };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct line *q = line_new(host, sizeof *q, args->value[START].real, 0);

	if (!q)
		return RATE_FAIL;
	know(q, "convex", RATE_EXACT, 1, "f'' > 0");
	know(q, "L", RATE_EXACT, 1, "f''(0)");
	know(q, "G", RATE_EXACT, 1, "slope at infinity");
	know(q, "L_2", RATE_EXACT, 1.5 * pow(0.8, 2.5), "|f'''(1/2)|");
	know(q, "mu_star", RATE_EXACT, 1, "f''(0)");
	know(q, "f_star", RATE_EXACT, 1, "f(0)");
	know(q, "newton_cubes", RATE_EXACT, 1, "f'/f'' = x(1 + x^2)");
	*self = q;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	(void)self;
	*f = hypot(1, *x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)self;
	*g = *x / hypot(1, *x);
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	(void)self;
	*gap = fabs(*x) / (1 + hypot(1, *x)) * fabs(*x);
	return RATE_OK;
}

static int dense(void *self, const double *x, double *h)
{
	double root = hypot(1, *x);

	(void)self;
	*h = 1 / root / root / root;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_hessian hessian = { sizeof hessian, NULL, dense };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective hyperbola = { OBJECTIVE,
	.id = "hyperbola",
	.title = "A hyperbola",
	.summary = "sqrt(1 + x^2): convex and smooth, with a curvature that dies out",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &hyperbola };
RATE_PLUGIN("hyperbola", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
