/* Four norms and their duals: the longest unit step against a gradient, lmo(g) = argmin <g, d> over |d| <= 1, and the
 * dual norm |g|_* = -<g, lmo(g)>.
 *
 *     l2        d = -g/|g|                              dual l2
 *     linf      d = -sign g                             dual l1
 *     l1        d = -sign(g_i) e_i, |g_i| largest       dual linf
 *     spectral  d = -U V', G = U diag(s) V' (rows x n)  dual nuclear
 *
 * lmo(0) = 0, sign 0 = 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef METHODS_NORMS_H
#define METHODS_NORMS_H

#include "jacobi.h"

enum { NORM_L2, NORM_LINF, NORM_L1, NORM_SPECTRAL };
#define NORM_NAMES "l2|linf|l1|spectral"

/* A matrix of `rows` rows fits d, and its shorter side the stack. */
RATE_INLINE int norm_fits(int norm, size_t d, size_t rows)
{
	return norm != NORM_SPECTRAL ||
	       (rows > 0 && d % rows == 0 && (rows <= JACOBI_MOST || d / rows <= JACOBI_MOST));
}

/* step <- lmo(g) (NULL: only the norm); returns |g|_*. `work` is room for d numbers. */
RATE_INLINE double norm_step(int norm, size_t d, size_t rows, const double *g, double *work, double *step)
{
	double dual = 0;
	size_t largest = 0;

	switch (norm) {
	case NORM_SPECTRAL:
		dual = jacobi_polar(rows, d / rows, g, work, step);
		for (size_t j = 0; step && j < d; j++)
			step[j] = -step[j];
		return dual;
	case NORM_L2:
		for (size_t j = 0; j < d; j++)
			dual += g[j] * g[j];
		dual = sqrt(dual);
		for (size_t j = 0; step && j < d; j++)
			step[j] = dual > 0 ? -g[j] / dual : 0;
		return dual;
	case NORM_LINF:
		for (size_t j = 0; j < d; j++) {
			dual += fabs(g[j]);
			if (step)
				step[j] = (g[j] < 0) - (g[j] > 0);
		}
		return dual;
	default:
		for (size_t j = 0; j < d; j++) {
			if (fabs(g[j]) > fabs(g[largest]))
				largest = j;
			if (step)
				step[j] = 0;
		}
		if (step)
			step[largest] = (g[largest] < 0) - (g[largest] > 0);
		return fabs(g[largest]);
	}
}

/* |v| <= 1 in the norm implies |v|_2^2 at most this: L in the norm is at most L times it, and |g|_* <= its root times
 * |g|_2. */
RATE_INLINE double norm_width(int norm, size_t d, size_t rows)
{
	size_t n = rows > 0 ? d / rows : d;

	return norm == NORM_LINF ? (double)d : norm == NORM_SPECTRAL ? (double)(rows < n ? rows : n) : 1;
}

#endif
