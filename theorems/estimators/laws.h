/* Means of squares that follow r <- (1 - q) r + c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_ESTIMATORS_LAWS_H
#define THEOREMS_ESTIMATORS_LAWS_H

#include "../common.h"

/* (1 - (1 - q)^t)/q, q <= 1: what the noise of t steps adds up to. */
RATE_INLINE double sum_of_powers(double q, double t)
{
	return q == 0 ? t : -expm1(t * log1p(-fmin(q, 1))) / q;
}

#endif
