/* The heavy ball with additive noise on a quadratic: what the mean keeps of the start, and the floor of the variance.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_HEAVY_BALL_NOISE_H
#define THEOREMS_HEAVY_BALL_NOISE_H

#include <math.h>

#include "ratecheck/ratecheck.h"

/* Stationary variance along the eigenvalue lambda under noise of variance s2. (shb-stationary) */
RATE_INLINE double stationary(double gamma, double beta, double lambda, double s2)
{
	return gamma * s2 * (1 + beta) / ((1 - beta) * lambda * (2 * (1 + beta) - gamma * lambda));
}

/* |E x_t - x_star|^2 is at most this times its value at the start. (hb-quadratic-finite) A contraction by 0 is known
 * to a rounding error only. */
RATE_INLINE double momentum_bias(double beta, double t)
{
	double growth = 1 + t * (1 + sqrt(beta));

	return t > 0 ? pow(fmax(beta, 0x1p-92), t) * growth * growth : 1;
}

#endif
