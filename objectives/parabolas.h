/* A sum of parabolas and lines: f_i(x) = L_i/2 x^2 + nu_i x, i < n, the nu_i of mean 0, so that f(x) = mean/2 x^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who includes this writes `create`; the callbacks and offers() are here.
 */
#ifndef RATECHECK_OBJECTIVES_PARABOLAS_H
#define RATECHECK_OBJECTIVES_PARABOLAS_H

#include "line.h"

struct parabolas {
	struct line on;
	size_t n;
	double mean, *L_i, *nu;
};

/* L_i and nu are 0; `why` says why f'' = mean. NULL after host->fail. */
RATE_INLINE struct parabolas *parabolas_new(const rate_host *host, double start, size_t n, double mean, const char *why)
{
	static const char *const curvature[] = { "L", "mu", "pl" };
	struct parabolas *s = line_new(host, sizeof *s, start, 3 * n);

	if (!s)
		return NULL;
	s->n = n;
	s->mean = mean;
	s->L_i = facts_take(s, n);
	s->nu = facts_take(s, n);
	for (size_t k = 0; k < sizeof curvature / sizeof *curvature; k++)
		know(s, curvature[k], RATE_EXACT, mean, why);
	know(s, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(s, "f_star", RATE_EXACT, 0, "f(0)");
	know(s, "even", RATE_EXACT, 1, "quadratic");
	know_vector(s, "L_i", n, s->L_i);
	return s;
}

static int value(void *self, const double *x, double *f)
{
	*f = ((const struct parabolas *)self)->mean / 2 * *x * *x;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	*g = ((const struct parabolas *)self)->mean * *x;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct parabolas *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct parabolas *s = self;

	*f = s->L_i[i] / 2 * *x * *x + s->nu[i] * *x;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct parabolas *s = self;

	*g = s->L_i[i] * *x + s->nu[i];
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct parabolas *s = self;

	*p = (*x - gamma * s->nu[i]) / (1 + gamma * s->L_i[i]);
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
	*out = ((const struct parabolas *)self)->mean;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

#endif
