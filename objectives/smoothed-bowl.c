/* smoothed-bowl: f(m) = lambda/2 |m|^2, up to a constant the mean of lambda/2 |m + s e|^2, e ~ N(0, I), as the mean of
 * terms whose gradients are estimates of grad f from one e:
 *
 *     path  lambda/2 |m|^2 + lambda s <m, e>       gradient lambda (m + s e), pathwise
 *     pair  lambda/2 <m, e>^2                      score function, f(m + s e) - f(m - s e)
 *     base  that + lambda s/2 |e|^2 <m, e>         score function, f(m + s e) - f(m)
 *     best  that + lambda s/2 (|e|^2 - d - 2) <m, e>  score function with the constant of the least variance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The coordinates of e are drawn from 22 numbers, equally likely, that have the first seven moments of the normal law:
 * +-sqrt(v), v once 5.46, five times 0.64, five times 0.47. So the mean of every polynomial of degree seven, squares of
 * the gradients among them, is that of a normal e, and f is a sum of 22^d terms.
 *
 * Constants, exact: L = mu = pl = lambda; L_2 = 0; x_star = 0, f_star = 0; sigma_star2, by path lambda^2 s^2 d, pair 0,
 * base lambda^2 s^2 d (d + 2)(d + 4)/4, best lambda^2 s^2 d (d + 2)/2; L_max; interpolation with pair only;
 * noise2 and noise_additive with path only, strong_growth = d + 2 with pair only. Its own constant estimator.kappa, E
 * |g|^2 = lambda^2 kappa |m|^2 + sigma_star2: 1 by path, else d + 2. Start: all coordinates `start`.
 *
 *     ratecheck verify est-sgd-law --objective smoothed-bowl:d=2,estimator=pair
 */
#include "common.h"

enum { DIM, LAMBDA, WIDTH, ESTIMATOR, START };
enum { PATH, PAIR, BASE, BEST };
static const rate_param params[] = {
	[DIM] = { "d", RATE_INTEGER, "1", 1, 2, NULL, "dimension" },
	[LAMBDA] = { "lambda", RATE_REAL, "1", 1e-10, 1e10, NULL, "curvature" },
	[WIDTH] = { "s", RATE_REAL, "1", 0, 1e10, NULL, "standard deviation of the perturbation" },
	[ESTIMATOR] = { "estimator", RATE_CHOICE, "path", 0, 0, "path|pair|base|best", "of the gradient" },
	[START] = { "start", RATE_REAL, "1", -1e50, 1e50, NULL, "every coordinate of x_0" },
};

enum { NODES = 22 };

/* Roots of v: (A^k + 5 B^k + 5 C^k)/11 = 1, 3, 15 for k = 1, 2, 3. */
#define FEW 2.3376419247073844
#define FIVE_MORE 0.79986622191383489
#define FIVE_LESS 0.68359350012369111

struct bowl {
	struct facts known;
	double lambda, s;
	int64_t estimator;
	size_t n;
	double *e;
};

/* e of term i; its square */
static double perturbation(const struct bowl *q, size_t i, double *e)
{
	double square = 0;

	for (size_t j = 0; j < q->known.d; j++, i /= NODES) {
		size_t k = i % NODES / 2;
		double size = k == 0 ? FEW : k <= 5 ? FIVE_MORE : FIVE_LESS;

		e[j] = i % 2 ? -size : size;
		square += size * size;
	}
	return square;
}

/* The part of a term's gradient that does not know m: so much of e. */
static double tilt(const struct bowl *q, double square)
{
	double least = q->estimator == BEST ? (double)q->known.d + 2 : 0;

	return q->estimator == PATH   ? q->lambda * q->s
	       : q->estimator == PAIR ? 0
	                              : q->lambda * q->s / 2 * (square - least);
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct bowl *q = self;
	size_t d = q->known.d;
	double e[2], rest = tilt(q, perturbation(q, i, e)), along = dot(d, x, e);

	*f = q->lambda / 2 * (q->estimator == PATH ? dot(d, x, x) : along * along) + rest * along;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct bowl *q = self;
	size_t d = q->known.d;
	double e[2], rest = tilt(q, perturbation(q, i, e)), whole = q->estimator == PATH ? q->lambda : 0;
	double along = (q->lambda - whole) * dot(d, x, e);

	for (size_t j = 0; j < d; j++)
		g[j] = whole * x[j] + (along + rest) * e[j];
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct bowl *q = self;

	*f = q->lambda / 2 * dot(q->known.d, x, x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct bowl *q = self;

	for (size_t j = 0; j < q->known.d; j++)
		g[j] = q->lambda * x[j];
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	return gradient(self, v, out);
}

static size_t count(void *self)
{
	return ((const struct bowl *)self)->n;
}

static void know_samples(struct bowl *q)
{
	double d = (double)q->known.d, ls2 = q->lambda * q->lambda * q->s * q->s;
	double star = q->estimator == PATH   ? d
	              : q->estimator == PAIR ? 0
	              : q->estimator == BASE ? d * (d + 2) * (d + 4) / 4
	                                     : d * (d + 2) / 2;

	know(q, "sigma_star2", RATE_EXACT, ls2 * star, "moments of the normal law");
	know(q, "interpolation", RATE_EXACT, !(ls2 * star > 0), "every term is stationary at 0");
	know(q, "estimator.kappa", RATE_EXACT, q->estimator == PATH ? 1 : d + 2, "moments of the normal law");
	know(q, "L_max", RATE_EXACT, q->estimator == PATH ? q->lambda : q->lambda * d * FEW * FEW, "lambda max |e|^2");
	if (q->estimator == PATH) {
		know(q, "noise2", RATE_EXACT, ls2 * d, "lambda^2 s^2 E |e|^2");
		know(q, "noise_additive", RATE_EXACT, 1, "lambda s e");
		know(q, "mu_min", RATE_EXACT, q->lambda, "f_i'' = lambda");
	}
	if (q->estimator == PAIR)
		know(q, "strong_growth", RATE_EXACT, d + 2, "E <m, e>^2 |e|^2 = (d + 2) |m|^2");
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = (size_t)v[DIM].integer;
	struct bowl *q = facts_new(host, sizeof *q, d, 2 * d);
	double *start, *star;

	if (!q)
		return RATE_FAIL;
	q->known.start = start = facts_take(q, d);
	star = facts_take(q, d);
	q->lambda = v[LAMBDA].real;
	q->s = v[WIDTH].real;
	q->estimator = v[ESTIMATOR].integer;
	q->n = 1;
	for (size_t j = 0; j < d; j++) {
		q->n *= NODES;
		start[j] = v[START].real;
	}
	know(q, "convex", RATE_EXACT, 1, "squares");
	know(q, "L", RATE_EXACT, q->lambda, "f'' = lambda");
	know(q, "mu", RATE_EXACT, q->lambda, "f'' = lambda");
	know(q, "pl", RATE_EXACT, q->lambda, "f'' = lambda");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "f_star", RATE_EXACT, 0, "f(0)");
	know_samples(q);
	know_vector(q, "x_star", d, star);
	*self = q;
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "finite-sum/1", &sum }, { "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective smoothed_bowl = { OBJECTIVE,
	.id = "smoothed-bowl",
	.title = "A bowl under estimators of its gradient",
	.summary = "lambda/2 |m|^2; its terms are pathwise or score-function estimates from one normal perturbation",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &smoothed_bowl };
RATE_PLUGIN("smoothed-bowl", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
