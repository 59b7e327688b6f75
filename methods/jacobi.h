/* Small matrices inside a method: eigenvalues by Jacobi's rotations, and singular values by the same rotations of the
 * rows. The order of all sums is fixed, so that the bits are the same everywhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef METHODS_JACOBI_H
#define METHODS_JACOBI_H

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "ratecheck/abi.h"

enum { JACOBI_MOST = 64, JACOBI_SWEEPS = 60 };
#define RANGE_FLOOR 1e-12 /* eigenvalues (singular values) below this share of the largest count as 0 */

/* The rotation that makes a 2 x 2 symmetric matrix diagonal: its cosine and sine. */
RATE_INLINE void jacobi_angle(double app, double aqq, double apq, double *c, double *s)
{
	double theta = (aqq - app) / (2 * apq);
	double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));

	*c = 1 / sqrt(t * t + 1);
	*s = t * *c;
}

/* (x, y) <- (c x - s y, s x + c y) */
RATE_INLINE void jacobi_turn(size_t n, double c, double s, double *x, double *y)
{
	for (size_t k = 0; k < n; k++) {
		double u = x[k], w = y[k];

		x[k] = c * u - s * w;
		y[k] = s * u + c * w;
	}
}

/* a, n x n symmetric, becomes diagonal; row k of v is the eigenvector of a[k * n + k]. */
RATE_INLINE void jacobi_eigen(size_t n, double *a, double *v)
{
	int moved = 1;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			v[i * n + j] = i == j;
	for (int sweep = 0; moved && sweep < JACOBI_SWEEPS; sweep++) {
		moved = 0;
		for (size_t p = 0; p + 1 < n; p++)
			for (size_t q = p + 1; q < n; q++) {
				double apq = a[p * n + q], c, s;

				if (!(fabs(apq) > 0x1p-54 * sqrt(fabs(a[p * n + p] * a[q * n + q]))))
					continue;
				moved = 1;
				jacobi_angle(a[p * n + p], a[q * n + q], apq, &c, &s);
				for (size_t k = 0; k < n; k++) { /* columns, then rows */
					double x = a[k * n + p], y = a[k * n + q];

					a[k * n + p] = c * x - s * y;
					a[k * n + q] = s * x + c * y;
				}
				jacobi_turn(n, c, s, a + p * n, a + q * n);
				jacobi_turn(n, c, s, v + p * n, v + q * n);
				a[p * n + q] = a[q * n + p] = 0;
			}
	}
}

/* out <- a^power on the range of the positive semidefinite n x n matrix a, which becomes diagonal; the trace of out. */
RATE_INLINE double jacobi_power(size_t n, double *a, double power, double *v, double *out)
{
	double largest = 0, trace = 0;

	jacobi_eigen(n, a, v);
	for (size_t k = 0; k < n; k++)
		largest = fmax(largest, a[k * n + k]);
	memset(out, 0, n * n * sizeof *out);
	for (size_t k = 0; k < n; k++) {
		double value = a[k * n + k], to;

		if (!(value > RANGE_FLOOR * largest))
			continue;
		to = power == -0.25 ? 1 / sqrt(sqrt(value)) : power == 0.25 ? sqrt(sqrt(value)) : pow(value, power);
		trace += to;
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				out[i * n + j] += to * v[k * n + i] * v[k * n + j];
	}
	return trace;
}

/* Singular values s of the m x n matrix g, m or n at most JACOBI_MOST: the rows of its shorter side are rotated, work
 * = v g (or v g'), until they are orthogonal; then s has their lengths. Returns the largest. `work` is room for m n
 * numbers. */
RATE_INLINE double jacobi_singular(size_t m, size_t n, const double *g, double *work, double *v, double *s)
{
	size_t p = m < n ? m : n, q = m < n ? n : m;
	double largest = 0;
	int moved = 1;

	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < q; j++)
			work[i * q + j] = m < n ? g[i * n + j] : g[j * n + i];
	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < p; j++)
			v[i * p + j] = i == j;
	for (int sweep = 0; moved && sweep < JACOBI_SWEEPS; sweep++) {
		moved = 0;
		for (size_t a = 0; a + 1 < p; a++)
			for (size_t b = a + 1; b < p; b++) {
				double *x = work + a * q, *y = work + b * q, xx = 0, yy = 0, xy = 0, c, sn;

				for (size_t k = 0; k < q; k++) {
					xx += x[k] * x[k];
					yy += y[k] * y[k];
					xy += x[k] * y[k];
				}
				if (!(fabs(xy) > 0x1p-50 * sqrt(xx) * sqrt(yy)))
					continue;
				moved = 1;
				jacobi_angle(xx, yy, xy, &c, &sn);
				jacobi_turn(q, c, sn, x, y);
				jacobi_turn(p, c, sn, v + a * p, v + b * p);
			}
	}
	for (size_t i = 0; i < p; i++) {
		s[i] = 0;
		for (size_t k = 0; k < q; k++)
			s[i] += work[i * q + k] * work[i * q + k];
		s[i] = sqrt(s[i]);
		largest = fmax(largest, s[i]);
	}
	return largest;
}

/* g = U diag(s) V': out <- U V' on the range (NULL: not asked for). Returns the nuclear norm, the sum of s. */
RATE_INLINE double jacobi_polar(size_t m, size_t n, const double *g, double *work, double *out)
{
	size_t p = m < n ? m : n, q = m < n ? n : m;
	double v[JACOBI_MOST * JACOBI_MOST], s[JACOBI_MOST], sum = 0, largest = jacobi_singular(m, n, g, work, v, s);

	if (out)
		memset(out, 0, m * n * sizeof *out);
	for (size_t i = 0; i < p; i++) {
		if (!(s[i] > RANGE_FLOOR * largest))
			continue;
		sum += s[i];
		for (size_t j = 0; out && j < p; j++)
			for (size_t k = 0; k < q; k++)
				out[m < n ? j * n + k : k * n + j] += v[i * p + j] * work[i * q + k] / s[i];
	}
	return sum;
}

#endif
