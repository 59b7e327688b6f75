/* skew: f_1(x) = L/2 x^2 - g x and p - 1 functions g x/(p - 1); f = L/(2p) x^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All the curvature is in one rare term: the worst known instance of the noise terms of SGD. A start left of 0
 * (p=10, g=0.8, start=-3) is worse than one to the right.
 *
 * Constants, all exact: the linear parts cancel, so x_star = 0, f_star = 0, f'' = L/p = mu = PL constant = smoothness
 * of f; L_1 = L_max = L, other L_i = 0; sigma_star2 = (g^2 + g^2/(p - 1))/p; interpolation only if g = 0. The linear
 * terms have no minimum: f_i_star and Delta_star do not exist. Prox: (x + gamma g)/(1 + gamma L); x - gamma g/(p - 1).
 *
 *     ratecheck verify sgd-strongly-convex --objective skew:p=4
 */
#include "line.h"

enum { P, SMOOTH, TILT, START };
static const rate_param params[] = {
	[P] = { "p", RATE_INTEGER, "10", 2, 1e6, NULL, "number of functions" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "curvature of the first" },
	[TILT] = { "g", RATE_REAL, "1", 0, 1e100, NULL, "its tilt, undone by the others" },
	[START] = { "start", RATE_REAL, "-3", 0, 0, NULL, "x_0" },
};

struct skew {
	struct line on;
	size_t p;
	double L, g, mean;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t p = (size_t)v[P].integer;
	struct skew *s = line_new(host, sizeof *s, v[START].real, p);
	double g = v[TILT].real, *L_i;

	if (!s)
		return RATE_FAIL;
	s->p = p;
	s->L = v[SMOOTH].real;
	s->g = g;
	s->mean = s->L / (double)p;
	L_i = facts_take(s, p);
	L_i[0] = s->L;
	know(s, "convex", RATE_EXACT, 1, "a parabola and lines");
	know(s, "L", RATE_EXACT, s->mean, "f'' = L/p");
	know(s, "mu", RATE_EXACT, s->mean, "f'' = L/p");
	know(s, "pl", RATE_EXACT, s->mean, "f'' = L/p");
	know(s, "L_max", RATE_EXACT, s->L, "f_1'' = L");
	know(s, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(s, "f_star", RATE_EXACT, 0, "f(0)");
	know(s, "even", RATE_EXACT, 1, "quadratic");
	know(s, "interpolation", RATE_EXACT, !(g > 0), "lines have no minimum");
	know(s, "sigma_star2", RATE_EXACT, (g * g + g * g / (double)(p - 1)) / (double)p, "(g^2 + g^2/(p - 1))/p");
	know_vector(s, "L_i", p, L_i);
	*self = s;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	*f = ((const struct skew *)self)->mean / 2 * *x * *x;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	*g = ((const struct skew *)self)->mean * *x;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct skew *)self)->p;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct skew *s = self;

	*f = i == 0 ? s->L / 2 * *x * *x - s->g * *x : s->g / (double)(s->p - 1) * *x;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct skew *s = self;

	*g = i == 0 ? s->L * *x - s->g : s->g / (double)(s->p - 1);
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct skew *s = self;

	*p = i == 0 ? (*x + gamma * s->g) / (1 + gamma * s->L) : *x - gamma * s->g / (double)(s->p - 1);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	return gradient(self, v, out);
}

static int dense(void *self, const double *x, double *out)
{
	(void)x;
	*out = ((const struct skew *)self)->mean;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective skew = { OBJECTIVE,
	.id = "skew",
	.title = "One tilted parabola among lines",
	.summary = "f_1 = L/2 x^2 - g x and p - 1 lines g x/(p - 1): near-worst noise for SGD",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &skew };
RATE_PLUGIN("skew", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
