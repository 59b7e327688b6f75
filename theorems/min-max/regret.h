/* The regret of a method that steps along V(z_t), x_{t+1} = x_t - gamma V(z_t), against all u with |u - x_0| <= R:
 *
 *     sup_u (1/T) sum_{t<T} <V(z_t), z_t - u> = (1/T) (sum <V(z_t), z_t - x_0> + R |x_0 - x_T|/gamma).
 *
 * What is negative is measured as 0: no regret. The bound is positive, so the claim is the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MIN_MAX_REGRET_H
#define MIN_MAX_REGRET_H

#define PARAMETERS(P) P(gamma) P(R)
#include "../common.h"

#include <stdlib.h>

/* The sum, and the sum of its sizes: the scale of its rounding error. */
enum { REGRET, SIZE, ACCUMULATORS };

/* v: V(z) of every replicate, run->ld apart, as z. */
RATE_INLINE void regret_add(rate_view *v, const double *z, const double *field)
{
	rate_run *run = v->run;

	for (size_t r = 0; r < run->nrep; r++) {
		double *acc = rate_acc(v, ACCUMULATORS, r), sum = 0, length = 0, far = 0;
		const double *g = field + r * run->ld, *at = z + r * run->ld;

		for (size_t j = 0; j < run->d; j++) {
			double e = at[j] - v->c->x0[j];

			sum += g[j] * e;
			length += g[j] * g[j];
			far += at[j] * at[j] + v->c->x0[j] * v->c->x0[j];
		}
		acc[REGRET] += sum;
		acc[SIZE] += sqrt(length * far) + (v->c->L > 0 ? v->c->L * far : 0);
	}
}

RATE_INLINE void regret_now(rate_view *v, double radius, double gamma, double *q, double *s)
{
	double T = fmax(1, (double)v->t);

	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *acc = rate_acc(v, ACCUMULATORS, r), *x = v->state[0] + r * v->run->ld;
		double way = 0, far = 0;

		for (size_t j = 0; j < v->run->d; j++) {
			double e = x[j] - v->c->x0[j];

			way += e * e;
			far += x[j] * x[j] + v->c->x0[j] * v->c->x0[j];
		}
		q[r] = fmax((acc[REGRET] + radius * sqrt(way) / gamma) / T, 0);
		s[r] = (acc[SIZE] + radius * sqrt(far) / gamma) / T;
	}
}

/* Adds what z = x_t - gamma `field` and V(z) bring; NULL: the look ahead is along V(x_t). */
RATE_INLINE int regret_observe(rate_view *v, const double *field)
{
	rate_run *run = v->run;
	size_t size = run->nrep * run->ld;
	const double *x = v->state[0];
	double *z = malloc(2 * size * sizeof *z), *g = z + size;
	int rc = z ? RATE_OK : RATE_FAIL;

	if (rc == RATE_OK && !field) {
		rc = rate_gradient(run, x, g);
		field = g;
	}
	for (size_t i = 0; rc == RATE_OK && i < size; i++)
		z[i] = x[i] - v->c->param[gamma_] * field[i];
	if (rc == RATE_OK && (rc = rate_gradient(run, z, g)) == RATE_OK)
		regret_add(v, z, g);
	free(z);
	return rc;
}

RATE_INLINE int regret_measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	regret_now(v, v->c->param[R_], v->c->param[gamma_], q, s);
	return RATE_OK;
}

#endif
