/* The divergence of the entropy, KL(x_star, x_0).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_ENTROPY_H
#define THEOREMS_ENTROPY_H

#include "../common.h"

/* u - ln(1 + u) at 1 + u = q/p, without cancellation near 0. */
RATE_INLINE double above_log(double q, double p)
{
	double u = (q - p) / p, sum = 0;

	if (fabs(u) > 0.1)
		return u - log(q / p);
	for (int k = 18; k > 1; k--)
		sum = 1.0 / k - u * sum;
	return u * u * sum;
}

/* sum x_star ln(x_star/x_0) + x_0 - x_star, 0 ln 0 = 0: both sum to 1, and every term is at least 0. */
RATE_INLINE double divergence(const rate_case *c)
{
	double sum = 0;

	for (size_t i = 0; i < c->d; i++)
		sum += c->x_star[i] > 0 ? c->x_star[i] * above_log(c->x0[i], c->x_star[i]) : c->x0[i];
	return sum;
}

RATE_INLINE const char *starts_inside(const rate_case *c)
{
	for (size_t i = 0; i < c->d; i++)
		if (!(c->x0[i] > 0))
			return "the start lies on a face of the simplex: its zeros stay";
	return NULL;
}

#endif
