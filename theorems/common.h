/* What the theorem files would otherwise repeat.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_COMMON_H
#define THEOREMS_COMMON_H

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "ratecheck/ratecheck.h"

#define HANDBOOK "Garrigos and Gower, Handbook of Convergence Theorems for (Stochastic) Gradient Methods, arXiv:2301.11235v3"
#define UNCONFIRMED ", number not confirmed"

/* The closed end of an admissible range belongs to it, rounding included. */
#define AT_MOST(value, end) ((value) > 0 && (value) <= (end) * (1 + 1e-12))

/* r^t without cancellation for r = 1 - q. */
RATE_INLINE double decay(double q, double t)
{
	return q < 1 ? exp(t * log1p(-q)) : pow(1 - q, t);
}

__attribute__((format(printf, 2, 3), unused)) static void say(char *out, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(out, 65536, format, ap);
	va_end(ap);
}

#endif
