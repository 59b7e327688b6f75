/* What the theorems on the periodic example share: f_t(x) = C x in every third round, -x in the others, on [-1, 1].
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_ADAPTIVE_CYCLE_H
#define THEOREMS_ADAPTIVE_CYCLE_H

#include "regret.h"

enum { GAMMA, BETA2 };
enum { CYCLE };

#define CYCLE_NEEDS [CYCLE] = "cycle", "online", "box", "x_star"
#define CYCLE_PARAMS \
	[GAMMA] = RATE_STEP_SIZE("0 < a < sqrt(1 - beta2); the steps are a/sqrt t"), \
	[BETA2] = { "beta2", RATE_REAL, "auto", 1e-9, 0.9999999, NULL, "memory of the squares, 1/(1 + C^2)" }

/* The regret per round of a method that starts every cycle at 1 is at least this. */
RATE_INLINE double cycle_slope(const rate_case *c)
{
	return (2 * c->need[CYCLE] - 4) / 3;
}

RATE_INLINE const char *cycle_applies(const rate_case *c)
{
	return c->need[CYCLE] > 2 && c->x0[0] == 1 ? NULL : "C > 2 and x_0 = 1";
}

RATE_INLINE void cycle_choose(const rate_case *c, double fraction, double *param)
{
	param[BETA2] = 1 / (1 + c->need[CYCLE] * c->need[CYCLE]);
	param[GAMMA] = fraction * sqrt(1 - param[BETA2]);
}

RATE_INLINE const char *cycle_admissible(const rate_case *c)
{
	double C = c->need[CYCLE], b2 = c->param[BETA2], a = c->param[GAMMA];

	return fabs(b2 * (1 + C * C) - 1) < 1e-12 && a > 0 && a < sqrt(1 - b2)
	           ? NULL
	           : "beta2 = 1/(1 + C^2), 0 < a < sqrt(1 - beta2)";
}

/* Steps a/sqrt t; beta1 = 0, the second schedule, is what the host fills in. */
RATE_INLINE void cycle_steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = c->param[GAMMA] / sqrt((double)(t + 1));
}

#endif
