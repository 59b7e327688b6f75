/* The moving reference point for smooth functions: bounds, steps and parameters that the theorems share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_LAST_ITERATE_SMOOTH_H
#define THEOREMS_LAST_ITERATE_SMOOTH_H

#include "reference.h"

enum { SMOOTH_SHAPE, SMOOTH_GAMMA };
enum { CONSTANT, LINEAR, COTANGENT };

#define SMOOTH_STEP RATE_STEP_SIZE("0 < gamma < 1/L, without noise <= 1/L")

/* Without noise the step may be 1/L. With noise the bound has a pole there, so the largest that is tried is half. */
RATE_INLINE void choose_smooth(const rate_case *c, double fraction, double *param)
{
	param[SMOOTH_GAMMA] = fraction * (c->noise2 > 0 ? 0.5 : 1) / c->L;
}

RATE_INLINE const char *admissible_smooth(const rate_case *c)
{
	double gamma = c->param[SMOOTH_GAMMA];

	if (c->noise2 > 0)
		return gamma > 0 && gamma < 1 / c->L ? NULL : "0 < gamma < 1/L";
	return AT_MOST(gamma, 1 / c->L) ? NULL : "0 < gamma <= 1/L";
}

/* Constant; linear gamma (1 - t/N); cotangent min(gamma, pi/(2 mu (N + 1)) cot(pi (t + 1)/(2 (N + 1)))). */
RATE_INLINE void steps_smooth(const rate_case *c, double *const *out)
{
	double gamma = c->param[SMOOTH_GAMMA], N = (double)c->T, a = M_PI / (2 * (N + 1));

	for (uint64_t t = 0; t < c->T; t++) {
		double s = (double)t;
		out[0][t] = c->param[SMOOTH_SHAPE] == LINEAR      ? gamma * (1 - s / N)
		            : c->param[SMOOTH_SHAPE] == COTANGENT ? fmin(gamma, a / c->mu / tan((s + 1) * a))
		                                                  : gamma;
	}
}

/* The variance that step gamma lets in: sigma^2/(1 - gamma L). */
RATE_INLINE double let_in(const rate_case *c, double gamma)
{
	return c->noise2 > 0 ? c->noise2 / (1 - gamma * c->L) : 0;
}

#endif
