/* The constants of a random batch of b out of n terms, drawn without replacement. n = 0 stands for a stream, n =
 * infinity.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_MINIBATCH_H
#define THEOREMS_MINIBATCH_H

#include "../common.h"

/* (n - b)/(b (n - 1)): what is left of the variance of one term. */
RATE_INLINE double batch_share(double n, double b)
{
	return n == 0 ? 1 / b : n == 1 ? 0 : (n - b) / (b * (n - 1));
}

/* n (b - 1)/(b (n - 1)) L + (n - b)/(b (n - 1)) L_max; the two coefficients have the sum 1. */
RATE_INLINE double batch_smoothness(const rate_case *c, double b)
{
	double share = batch_share((double)c->n, b);

	return (1 - share) * c->L + share * c->L_max;
}

/* About sqrt n terms, if the parameter has not been given. */
RATE_INLINE double batch_preset(const rate_case *c, double given)
{
	return given >= 1 ? given : c->n ? fmax(1, round(sqrt((double)c->n))) : 4;
}

#endif
