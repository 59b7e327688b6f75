/* pair: f_1(x) = L/2 (x - c)^2 and f_2(x) = L/2 (x + c)^2; f = L/2 x^2 + L c^2/2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both terms are as curved as f: all noise is in the place of their minimisers, the same at every x. With steps 1/L SGD
 * jumps between c and -c: the noise terms of sgd-pl and of the proximal point method are attained.
 *
 * Constants, all exact: L_i = L_max = L = mu = mu_min = PL constant; x_star = 0, f_star = L c^2/2, f_i_star = 0, hence
 * Delta_star = L c^2/2; sigma_star2 = noise2 = L^2 c^2, noise_max = L c; interpolation only if c = 0. The gap is
 * L/2 x^2. Prox: (x +- gamma L c)/(1 + gamma L). Start: x_0 = start.
 *
 *     ratecheck verify sgd-pl --objective pair:c=2
 */
#include "line.h"

enum { SMOOTH, APART, START };
static const rate_param params[] = {
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "curvature of both" },
	[APART] = { "c", RATE_REAL, "1", 0, 1e100, NULL, "their minimisers are c and -c" },
	[START] = { "start", RATE_REAL, "3", 0, 0, NULL, "x_0" },
};

struct pair {
	struct line on;
	double L, c;
	double L_i[2], low[2];
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	struct pair *s = line_new(host, sizeof *s, v[START].real, 0);
	double L = v[SMOOTH].real, c = v[APART].real;

	if (!s)
		return RATE_FAIL;
	s->L = s->L_i[0] = s->L_i[1] = L;
	s->c = c;
	know(s, "convex", RATE_EXACT, 1, "two parabolas");
	know(s, "L", RATE_EXACT, L, "f'' = L");
	know(s, "mu", RATE_EXACT, L, "f'' = L");
	know(s, "pl", RATE_EXACT, L, "f'' = L");
	know(s, "mu_min", RATE_EXACT, L, "f_i'' = L");
	know(s, "L_max", RATE_EXACT, L, "f_i'' = L");
	know(s, "mu_min", RATE_EXACT, L, "f_i'' = L");
	know(s, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(s, "f_star", RATE_EXACT, L * c * c / 2, "f(0)");
	know(s, "interpolation", RATE_EXACT, !(c > 0), "minimisers c and -c");
	know(s, "sigma_star2", RATE_EXACT, L * L * c * c, "f_i'(0) = -+ L c");
	know(s, "Delta_star", RATE_EXACT, L * c * c / 2, "the terms have minimum 0");
	know(s, "noise2", RATE_EXACT, L * L * c * c, "f_i' - f' = -+ L c");
	know(s, "noise_max", RATE_EXACT, L * c, "f_i' - f' = -+ L c");
	know_vector(s, "L_i", 2, s->L_i);
	know_vector(s, "f_i_star", 2, s->low);
	*self = s;
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	*gap = ((const struct pair *)self)->L / 2 * *x * *x;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct pair *s = self;

	*f = s->L / 2 * (*x * *x + s->c * s->c);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	*g = ((const struct pair *)self)->L * *x;
	return RATE_OK;
}

static size_t count(void *self)
{
	(void)self;
	return 2;
}

static double minimiser(const struct pair *s, size_t i)
{
	return i == 0 ? s->c : -s->c;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct pair *s = self;
	double away = *x - minimiser(s, i);

	*f = s->L / 2 * away * away;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct pair *s = self;

	*g = s->L * (*x - minimiser(s, i));
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct pair *s = self;

	*p = (*x + gamma * s->L * minimiser(s, i)) / (1 + gamma * s->L);
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
	*out = ((const struct pair *)self)->L;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective pair = { OBJECTIVE,
	.id = "pair",
	.title = "Two parabolas, moved apart",
	.summary = "f_i = L/2 (x -+ c)^2: noise of the same size everywhere",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &pair };
RATE_PLUGIN("pair", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
