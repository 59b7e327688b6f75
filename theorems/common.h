/* What the theorem files would otherwise repeat.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_COMMON_H
#define THEOREMS_COMMON_H

#include "ratecheck/kit.h"

#define HANDBOOK \
	"Garrigos and Gower, Handbook of Convergence Theorems for (Stochastic) Gradient Methods, arXiv:2301.11235v3"
#define OWN "this book"

/* r^t without cancellation for r = 1 - q. As q carries a rounding error, r = 0 means no more than r < 64 eps. */
RATE_INLINE double decay(double q, double t)
{
	if (fabs(1 - q) < 0x1p-46)
		return pow(0x1p-46, t);
	return q < 1 ? exp(t * log1p(-q)) : pow(1 - q, t);
}

/* 1 + r + ... + r^(t - 1) = (1 - r^t)/(1 - r) for r = 1 - q, without cancellation near q = 0. */
RATE_INLINE double decay_sum(double q, double t)
{
	return q == 0 ? t : q < 1 ? -expm1(t * log1p(-q)) / q : (1 - decay(q, t)) / q;
}

/* 1 - w (1 - v^2), the factor of a step whose slow share w is multiplied by v, without cancellation near w = 1, v =
 * 0. */
RATE_INLINE double shrinkage(double w, double v)
{
	return 1 - w + w * v * v;
}

/* Identities between vectors are looked at in one fixed direction. */
RATE_INLINE double along(size_t d, const double *x)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += cos((double)j) * x[j];
	return sum;
}

/* What the rounding errors of that are relative to. */
RATE_INLINE double size_along(size_t d, const double *x)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += fabs(x[j]);
	return sum;
}

#endif
