/* What the pages on random directions share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_DIRECTIONS_H
#define THEOREMS_DIRECTIONS_H

#include <math.h>

/* The density at 0 of a coordinate of a uniform point of the unit ball, twice: 2 V_(d-1)/V_d = 1, 4/pi, 3/2, ... */
static inline double density_at_0(double d)
{
	return 2 * exp(lgamma(d / 2 + 1) - lgamma(d / 2 + 0.5)) / sqrt(acos(-1));
}

#endif
