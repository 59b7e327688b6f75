/* Small linear systems inside a method: elimination with row pivots, in a fixed order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef METHODS_ELIMINATION_H
#define METHODS_ELIMINATION_H

#include <math.h>
#include <stddef.h>

#include "ratecheck/abi.h"

/* b <- the x with a x = b, a an n x n matrix, which is spoilt. 0 where a pivot is 0: then b is spoilt too. */
RATE_INLINE int eliminate(size_t n, double *a, double *b)
{
	for (size_t k = 0; k < n; k++) {
		size_t best = k;
		double swap;

		for (size_t i = k + 1; i < n; i++)
			if (fabs(a[i * n + k]) > fabs(a[best * n + k]))
				best = i;
		if (!(fabs(a[best * n + k]) > 0))
			return 0;
		for (size_t j = 0; j < n; j++) {
			swap = a[k * n + j];
			a[k * n + j] = a[best * n + j];
			a[best * n + j] = swap;
		}
		swap = b[k];
		b[k] = b[best];
		b[best] = swap;
		for (size_t i = k + 1; i < n; i++) {
			double share = a[i * n + k] / a[k * n + k];

			for (size_t j = k; j < n; j++)
				a[i * n + j] -= share * a[k * n + j];
			b[i] -= share * b[k];
		}
	}
	for (size_t k = n; k-- > 0;) {
		for (size_t j = k + 1; j < n; j++)
			b[k] -= a[k * n + j] * b[j];
		b[k] /= a[k * n + k];
	}
	return 1;
}

#endif
