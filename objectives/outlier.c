/* outlier: p - 1 parabolas L/2 (x - s)^2 and one L/2 (x + (p-1) s)^2; f = L/2 x^2 + L s^2 (p-1)/2. One dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From x_0 = 2 s the many have at x_0 the value that they have at the minimiser 0, so that stochastic Polyak steps wait
 * there until the one is drawn, with probability 1/p: the worst known instance of their bound for smooth functions.
 *
 * Constants, all exact: L_i = L_max = L = mu = mu_min = PL constant; x_star = 0, f_star = Delta_star = L s^2 (p-1)/2,
 * f_i_star = 0; sigma_star2 = L^2 s^2 (p-1). The gap is L/2 x^2. Prox: (x + gamma L c_i)/(1 + gamma L), c_i the centre.
 * Start: x_0 = start.
 *
 *     ratecheck verify sps-smooth --objective outlier:p=7
 */
#include "common.h"

enum { P, SMOOTH, SHIFT, START };
static const rate_param params[] = {
	[P] = { "p", RATE_INTEGER, "7", 2, 1e6, NULL, "number of functions" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "curvature of all" },
	[SHIFT] = { "s", RATE_REAL, "1", 1e-100, 1e100, NULL, "centre of the many" },
	[START] = { "start", RATE_REAL, "2", 0, 0, NULL, "x_0" },
};

struct outlier {
	struct facts known;
	size_t p;
	double L, s, start, zero;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t p = (size_t)v[P].integer;
	struct outlier *o = facts_new(host, sizeof *o, 1, 2 * p);
	double L = v[SMOOTH].real, s = v[SHIFT].real, *L_i, *zeros, many = (double)(p - 1);

	if (!o)
		return RATE_FAIL;
	o->p = p;
	o->L = L;
	o->s = s;
	o->start = v[START].real;
	o->known.start = &o->start;
	L_i = facts_take(o, p);
	zeros = facts_take(o, p);
	for (size_t i = 0; i < p; i++)
		L_i[i] = L;
	know(o, "convex", RATE_EXACT, 1, "parabolas");
	know(o, "L", RATE_EXACT, L, "f'' = L");
	know(o, "mu", RATE_EXACT, L, "f'' = L");
	know(o, "mu_min", RATE_EXACT, L, "f_i'' = L");
	know(o, "pl", RATE_EXACT, L, "f'' = L");
	know(o, "L_max", RATE_EXACT, L, "f_i'' = L");
	know(o, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(o, "f_star", RATE_EXACT, L * s * s * many / 2, "L s^2 (p-1)/2");
	know(o, "Delta_star", RATE_EXACT, L * s * s * many / 2, "the terms have minimum 0");
	know(o, "sigma_star2", RATE_EXACT, L * L * s * s * many, "L^2 s^2 (p-1)");
	know(o, "noise2", RATE_EXACT, L * L * s * s * many, "the tilts do not depend on x");
	know(o, "interpolation", RATE_EXACT, 0, "two centres");
	know_vector(o, "x_star", 1, &o->zero);
	know_vector(o, "L_i", p, L_i);
	know_vector(o, "f_i_star", p, zeros);
	*self = o;
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	*gap = ((const struct outlier *)self)->L / 2 * *x * *x;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct outlier *o = self;

	*f = o->L / 2 * (*x * *x + o->s * o->s * (double)(o->p - 1));
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	*g = ((const struct outlier *)self)->L * *x;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct outlier *)self)->p;
}

static double centre(const struct outlier *o, size_t i)
{
	return i == 0 ? -(double)(o->p - 1) * o->s : o->s;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct outlier *o = self;
	double e = *x - centre(o, i);

	*f = o->L / 2 * e * e;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct outlier *o = self;

	*g = o->L * (*x - centre(o, i));
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct outlier *o = self;

	*p = (*x + gamma * o->L * centre(o, i)) / (1 + gamma * o->L);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum })

static const rate_objective outlier = { OBJECTIVE,
	.id = "outlier",
	.title = "One parabola far from the others",
	.summary = "p - 1 parabolas about s and one about -(p-1) s: near-worst noise for Polyak steps",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &outlier };
RATE_PLUGIN("outlier", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
