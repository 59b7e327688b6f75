/* Symmetric matrices as vectors (M_11, ..., M_nn, sqrt2 M_12, sqrt2 M_13, ...), and the noise that rotations leave
 * as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_SOLVABLE_MATRIX_H
#define THEOREMS_SOLVABLE_MATRIX_H

#include "../common.h"

enum { MATRIX_N, MATRIX_SPIKE, NOISE_NORMAL }; /* needs */
#define NEEDS_OF_MATRICES "matrix.n", "matrix.spike", "noise_subgauss", "noise2", "L", "x_star", "no composite"

RATE_INLINE void matrix_of(size_t n, const double *x, double *M)
{
	const double *off = x + n;

	for (size_t i = 0; i < n; i++) {
		M[i * n + i] = x[i];
		for (size_t j = i + 1; j < n; j++)
			M[i * n + j] = M[j * n + i] = sqrt(0.5) * *off++;
	}
}

/* The symmetric M becomes tridiagonal by reflections: diagonal a, beside it b (b[i] beside rows i and i + 1). */
RATE_INLINE void tridiagonal(size_t n, double *M, double *a, double *b)
{
	for (size_t k = 0; k + 1 < n; k++) {
		double *v = M + k * n, norm = 0, along_v = 0, *p = b + k + 1; /* p: room that b does not use yet */

		for (size_t j = k + 1; j < n; j++)
			norm += v[j] * v[j];
		norm = v[k + 1] > 0 ? -sqrt(norm) : sqrt(norm);
		a[k] = M[k * n + k];
		b[k] = norm;
		v[k + 1] -= norm; /* I - 2 vv'/|v|^2, with v'v = -2 norm v_(k+1) */
		if (!(fabs(norm * v[k + 1]) > 0))
			continue;
		for (size_t i = k + 1; i < n; i++) {
			p[i - k - 1] = 0;
			for (size_t j = k + 1; j < n; j++)
				p[i - k - 1] -= M[i * n + j] * v[j] / (norm * v[k + 1]);
			along_v += p[i - k - 1] * v[i];
		}
		for (size_t i = k + 1; i < n; i++)
			p[i - k - 1] += along_v / (2 * norm * v[k + 1]) * v[i];
		for (size_t i = k + 1; i < n; i++)
			for (size_t j = k + 1; j < n; j++)
				M[i * n + j] -= v[i] * p[j - k - 1] + p[i - k - 1] * v[j];
	}
	a[n - 1] = M[n * n - 1];
}

/* The largest eigenvalue, by bisection: below x lie as many as the pivots of T - x that are negative. M is spoilt;
 * `work` holds 2 n + 1 numbers. */
RATE_INLINE double top_eigenvalue(size_t n, double *M, double *work)
{
	double *a = work, *b = work + n, low, high = -INFINITY;

	tridiagonal(n, M, a, b);
	low = a[0];
	for (size_t i = 0; i < n; i++) {
		double beside = (i ? fabs(b[i - 1]) : 0) + (i + 1 < n ? fabs(b[i]) : 0);

		low = fmax(low, a[i]);
		high = fmax(high, a[i] + beside);
	}
	for (int step = 0; step < 60 && high - low > 0x1p-51 * (fabs(high) + fabs(low)); step++) {
		double x = (low + high) / 2, pivot = a[0] - x;
		int above = pivot > 0;

		for (size_t i = 1; i < n && !above; i++) {
			pivot = a[i] - x - b[i - 1] * b[i - 1] / (fabs(pivot) > 0x1p-1000 ? pivot : -0x1p-1000);
			above = pivot > 0;
		}
		if (above)
			low = x;
		else
			high = x;
	}
	return (low + high) / 2;
}

/* V_t = gamma^2 omega^2 (1 - rho^(2t))/(1 - rho^2): the variance of a coordinate of x_t. */
RATE_INLINE double variance_at(const rate_case *c, double gamma, double t)
{
	return gamma * gamma * c->noise2 / (double)c->d * decay_sum(gamma * c->L * (2 - gamma * c->L), t);
}

/* The constant of exp(|noise|^2/s^2) tells normal noise from all other. */
RATE_INLINE const char *normal_noise(const rate_case *c)
{
	double d = (double)c->d, s2 = 2 * c->noise2 / (d * -expm1(-2 / d));

	if (!(c->noise2 > 0))
		return "without noise nothing moves";
	return fabs(c->need[NOISE_NORMAL] * c->need[NOISE_NORMAL] / s2 - 1) < 1e-9 ? NULL :
	       "stated for normal noise: +gaussian-noise";
}

#endif
