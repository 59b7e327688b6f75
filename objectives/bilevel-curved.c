/* bilevel-curved: a lower level whose curvature depends on x, and the field of its penalty.
 *
 *     upper  f(x, y) = slope y,      lower  g(x, y) = q(x) (y - b)^2/2,   q(x) = mu + k tanh x,  |k| < mu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lower minimiser is b, whatever x, so F(x) = slope b does not depend on x; but the penalty L_lambda(x) = min_y f +
 * lambda g = slope b - slope^2/(2 lambda q(x)) does: all of its gradient is bias, and it is second-order bias alone. A
 * point is (x, y, z), d = 3, as with bilevel-quadratic, and the field that of f(x, y) + lambda (g(x, y) - g(x, z)).
 *
 * Constants: field, `players` = 1, 1, 1, bilevel.lambda, bilevel.unique = 1. Quantities (of x): bilevel.value_gap,
 * gradient_gap, slope2, and what belongs to the point: mu_g = L_g = q(x), rho = |q'(x)|, the Lipschitz constant of the
 * second derivatives of g in y; m = l_x = l_y = M = 0.
 *
 *     ratecheck verify penalty-gradient --objective bilevel-curved:lambda=10
 */
#include "common.h"

enum { MU, BEND, SLOPE, TARGET, LAMBDA, START };
static const rate_param params[] = {
	[MU] = { "mu", RATE_REAL, "1", 1e-20, 1e20, NULL, "curvature of g at x = 0" },
	[BEND] = { "k", RATE_REAL, "0.5", -1e20, 1e20, NULL, "its change, less than mu" },
	[SLOPE] = { "slope", RATE_REAL, "1", -1e20, 1e20, NULL, "slope of f in y" },
	[TARGET] = { "b", RATE_REAL, "0", -1e20, 1e20, NULL, "the lower minimiser" },
	[LAMBDA] = { "lambda", RATE_REAL, "10", 1e-20, 1e20, NULL, "weight of the penalty" },
	[START] = { "start", RATE_REAL, "0", -1e20, 1e20, NULL, "x_0; (y, z) starts where it belongs" },
};

struct curved {
	struct facts known;
	double mu, k, slope, b, lambda, players[3], x0[3];
};

static double curvature(const struct curved *f, double x)
{
	return f->mu + f->k * tanh(x);
}

/* q'(x) */
static double bend(const struct curved *f, double x)
{
	return f->k / (cosh(fmin(fabs(x), 300)) * cosh(fmin(fabs(x), 300)));
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	struct curved *f;

	if (!(fabs(v[BEND].real) < v[MU].real))
		return host->fail(host, "k must be less than mu, and more than -mu");
	if (!(f = facts_new(host, sizeof *f, 3, 0)))
		return RATE_FAIL;
	f->mu = v[MU].real;
	f->k = v[BEND].real;
	f->slope = v[SLOPE].real;
	f->b = v[TARGET].real;
	f->lambda = v[LAMBDA].real;
	f->players[0] = f->players[1] = f->players[2] = 1;
	f->x0[0] = v[START].real;
	f->x0[1] = f->b - f->slope / (f->lambda * curvature(f, f->x0[0]));
	f->x0[2] = f->b;
	f->known.start = f->x0;
	know(f, "field", RATE_EXACT, 1, "of a game");
	know(f, "bilevel.lambda", RATE_EXACT, f->lambda, "weight of the penalty");
	know(f, "bilevel.unique", RATE_EXACT, 1, "q(x) > 0");
	know_vector(f, "players", 3, f->players);
	*self = f;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	(void)self, (void)x;
	*f = 0;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct curved *f = self;
	double y = x[1] - f->b, z = x[2] - f->b, q = curvature(f, x[0]);

	g[0] = f->lambda * bend(f, x[0]) * (y - z) * (y + z) / 2;
	g[1] = f->slope + f->lambda * q * y;
	g[2] = f->lambda * q * z;
	return RATE_OK;
}

static int evaluate(void *self, const char *name, const double *x, double *q, double *s)
{
	static const char *const none[] = { "bilevel.m", "bilevel.l_x", "bilevel.l_y", "bilevel.M" };
	const struct curved *f = self;
	double curved = curvature(f, *x), change = fabs(bend(f, *x)),
	       gap = f->slope * f->slope / (2 * f->lambda * curved);

	*s = 0;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (!strcmp(name, none[i])) {
			*q = 0;
			return RATE_OK;
		}
	if (!strcmp(name, "bilevel.value_gap"))
		*q = gap;
	else if (!strcmp(name, "bilevel.gradient_gap"))
		*q = gap * change / curved;
	else if (!strcmp(name, "bilevel.slope2"))
		*q = f->slope * f->slope;
	else if (!strcmp(name, "bilevel.mu_g") || !strcmp(name, "bilevel.L_g"))
		*q = curved;
	else if (!strcmp(name, "bilevel.rho"))
		*q = change;
	else
		return RATE_FAIL;
	*s = *q;
	return RATE_OK;
}

static const rate_quantities quantities = { sizeof quantities, evaluate };
OFFERS({ "quantities/1", &quantities })

static const rate_objective bilevel_curved = { OBJECTIVE,
	.id = "bilevel-curved",
	.title = "A lower level that changes its curvature",
	.summary = "slope y where y minimises (mu + k tanh x)(y - b)^2/2, and the field of the penalty",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &bilevel_curved };
RATE_PLUGIN("bilevel-curved", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
