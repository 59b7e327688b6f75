/* The hyperbolic plane of curvature -1 in the unit disc.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_MANIFOLDS_HYPERBOLIC_H
#define THEOREMS_MANIFOLDS_HYPERBOLIC_H

#include "../common.h"

/* zeta(c) = c coth c */
RATE_INLINE double zeta(double c)
{
	return c > 0 ? c / tanh(c) : 1;
}

RATE_INLINE double room(const double *x)
{
	return 1 - x[0] * x[0] - x[1] * x[1];
}

RATE_INLINE double distance(const double *x, const double *y)
{
	return 2 * asinh(hypot(x[0] - y[0], x[1] - y[1]) / sqrt(room(x) * room(y)));
}

/* The unit vector at x along which y lies; 0 if y = x. */
RATE_INLINE void towards(const double *x, const double *y, double *e)
{
	double d[2] = { y[0] - x[0], y[1] - x[1] }, far = d[0] * d[0] + d[1] * d[1], length;

	for (size_t i = 0; i < 2; i++)
		e[i] = room(x) * d[i] - far * x[i];
	length = hypot(e[0], e[1]);
	for (size_t i = 0; i < 2; i++)
		e[i] = length > 0 ? e[i] / length : 0;
}

/* x <- exp_x(length e), |e| = 1: Moebius' sum x (+) tanh(length/2) e. */
RATE_INLINE void move(double *x, const double *e, double length)
{
	double h = tanh(length / 2), y[2] = { h * e[0], h * e[1] }, xy = x[0] * y[0] + x[1] * y[1], xx = 1 - room(x);
	double c = 1 + 2 * xy + xx * h * h;

	for (size_t i = 0; i < 2; i++)
		x[i] = ((1 + 2 * xy + h * h) * x[i] + (1 - xx) * y[i]) / c;
}

#endif
