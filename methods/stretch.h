/* How far to go along p to see how f bends: x + c p keeps the digits of x and of p.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef METHODS_STRETCH_H
#define METHODS_STRETCH_H

#include <math.h>

#include "ratecheck/ratecheck.h"

/* A power of two: 1 where p is longer than x, else |c p| is at least |x| and at most twice that. */
static inline double stretch(size_t d, const double *x, const double *p)
{
	double x2 = 0, p2 = 0, c;

	for (size_t j = 0; j < d; j++) {
		x2 += x[j] * x[j];
		p2 += p[j] * p[j];
	}
	c = x2 > p2 && p2 > 0 ? exp2(ceil(log2(x2 / p2) / 2)) : 1;
	return isfinite(c) ? c : 1;
}

/* y <- x + c p, row by row. */
static inline void stretch_to(rate_run *run, const double *x, const double *p, double *y)
{
	for (size_t r = 0; r < run->nrep; r++) {
		const double *xr = x + r * run->ld, *pr = p + r * run->ld;
		double *yr = y + r * run->ld, c = stretch(run->d, xr, pr);

		for (size_t j = 0; j < run->d; j++)
			yr[j] = xr[j] + c * pr[j];
	}
}

#endif
