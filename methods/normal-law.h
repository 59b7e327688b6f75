/* The standard normal law: density, distribution function and its inverse.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RATECHECK_METHODS_NORMAL_LAW_H
#define RATECHECK_METHODS_NORMAL_LAW_H

#include <math.h>

#include "ratecheck/abi.h"

RATE_INLINE double normal_density(double z)
{
	return exp(-z * z / 2) / sqrt(2 * acos(-1));
}

RATE_INLINE double normal_below(double z)
{
	return erfc(-z / sqrt(2)) / 2;
}

/* z with normal_below(z) = p, 0 < p < 1: from the lower tail, by bisection until Newton's steps are safe. */
RATE_INLINE double normal_quantile(double p)
{
	double tail = p < 0.5 ? p : 1 - p, low = -40, high = 0, z = 0;

	for (int k = 0; k < 16; k++) {
		z = (low + high) / 2;
		if (normal_below(z) < tail)
			low = z;
		else
			high = z;
	}
	for (int k = 0; k < 4; k++)
		z -= (normal_below(z) - tail) / normal_density(z);
	return p < 0.5 ? z : -z;
}

#endif
