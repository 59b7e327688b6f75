/* The divergence of the entropy, KL(x_star, x_0).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_ENTROPY_H
#define THEOREMS_ENTROPY_H

#include "../common.h"

/* sum x_star ln(x_star/x_0), 0 ln 0 = 0. */
RATE_INLINE double divergence(const rate_case *c)
{
	double sum = 0;

	for (size_t i = 0; i < c->d; i++)
		if (c->x_star[i] > 0)
			sum += c->x_star[i] * log(c->x_star[i] / c->x0[i]);
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
