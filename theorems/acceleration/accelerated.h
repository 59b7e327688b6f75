/* What the theorems on accelerated methods share: the sequence t_k, and the steps of the methods of methods/agd.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_ACCELERATED_H
#define THEOREMS_ACCELERATED_H

#include <stdlib.h>

#include "../common.h"

/* The schedules of agd, sagd and sagd-semi. */
enum { STEP, TAU, A, THETA, SCHEDULES };

/* t_{k+1} from t_k; t_0 = 1. So t_{k+1}^2 - t_{k+1} = t_k^2. */
RATE_INLINE double next_t(double t)
{
	return (1 + sqrt(1 + 4 * t * t)) / 2;
}

/* t_k. Bounds ask for one after the other: it goes on from the last. */
RATE_INLINE double t_number(double k)
{
	static _Thread_local double i = 0, t = 1;

	if (k < i)
		i = 0, t = 1;
	for (; i < k; i++)
		t = next_t(t);
	return t;
}

/* A_{k+1} = c t_k^2, so a_k = A_{k+1} - A_k = c t_k and a_k/A_{k+1} = 1/t_k. */
RATE_INLINE void convex_steps(const rate_case *c, double gamma, double weight, double *const *out)
{
	double t = 1;

	for (uint64_t k = 0; k < c->T; k++, t = next_t(t)) {
		out[STEP][k] = gamma;
		out[TAU][k] = 1 / t;
		out[A][k] = weight * t;
		out[THETA][k] = 0;
	}
}

/* Constant steps with the rate 1 - theta. */
RATE_INLINE void geometric_steps(const rate_case *c, double gamma, double theta, double *const *out)
{
	for (uint64_t k = 0; k < c->T; k++) {
		out[STEP][k] = gamma;
		out[TAU][k] = theta / (1 + theta);
		out[A][k] = theta / c->mu;
		out[THETA][k] = theta;
	}
}

/* q <- F(x) - F_star + mu/2 |v - x_star|^2 */
RATE_INLINE int measure_potential(rate_view *v, double *q, double *s, double *b)
{
	size_t nrep = v->run->nrep;
	double *far = malloc(2 * nrep * sizeof *far), half = v->c->mu / 2;
	const double *block;
	int failed = !far || v->find(v, "v", &block) || rate_gap_of(v, v->state[0], q, s)
	             || rate_dist2_of(v, block, far, far + nrep);

	(void)b;
	for (size_t r = 0; r < nrep && !failed; r++) {
		q[r] += half * far[r];
		s[r] += half * far[nrep + r];
	}
	free(far);
	return failed ? RATE_FAIL : RATE_OK;
}

/* The same for the start, where v = x. */
RATE_INLINE double potential_at_start(const rate_case *c)
{
	return c->d0 + c->mu / 2 * c->D2;
}

#endif
