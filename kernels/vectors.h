/* Sums, steps and elementary functions, number by number. For block.c alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KERNELS_VECTORS_H
#define KERNELS_VECTORS_H

#include <float.h>

#include "kernels/kernels.h"
#include "kernels/lanes.h"

ALWAYS void axpy(size_t count, double a, const double *x, double *y)
{
	size_t j = 0;

#pragma GCC unroll 4
	for (; j + 8 <= count; j += 8)
		for (size_t v = 0; v < 8; v += LANES)
			store(y + j + v, load(y + j + v) + a * load(x + j + v));
	for (; j < count; j++)
		y[j] += a * x[j];
}

static void scale(size_t count, double a, double *x)
{
	for (size_t j = 0; j < count; j++)
		x[j] *= a;
}

static void approach(size_t count, double a, const double *x, double *y)
{
	for (size_t j = 0; j < count; j++)
		y[j] += a * (x[j] - y[j]);
}

static double dot(size_t count, const double *x, const double *y)
{
	V s[PER8] = { 0 };
	double lane[8];
	size_t j = 0;

	for (; j + 8 <= count; j += 8)
		for (size_t v = 0; v < PER8; v++)
			s[v] += load(x + j + v * LANES) * load(y + j + v * LANES);
	memcpy(lane, s, sizeof lane);
	for (; j < count; j++)
		lane[j & 7] += x[j] * y[j];
	return sum8(lane);
}

ALWAYS double about_squares(size_t count, const double *x)
{
	enum { CHAINS = 8 }; /* as many as hide the latency of a sum */
	V s[CHAINS] = { 0 };
	double sum = 0;
	size_t j = 0;

	for (; j + CHAINS * LANES <= count; j += CHAINS * LANES)
#pragma GCC unroll 8
		for (size_t v = 0; v < CHAINS; v++) {
			V at = load(x + j + v * LANES);
			s[v] += at * at;
		}
	for (; j + LANES <= count; j += LANES) {
		V at = load(x + j);
		s[0] += at * at;
	}
	for (size_t v = 1; v < CHAINS; v++)
		s[0] += s[v];
	for (size_t v = 0; v < LANES; v++)
		sum += s[0][v];
	for (; j < count; j++)
		sum += x[j] * x[j];
	return sum;
}

/* Is each number 0? 0 times what is not finite is not. */
ALWAYS int all_zero(V s)
{
#if defined(__AVX512F__)
	return _mm512_cmp_pd_mask((__m512d)s, _mm512_setzero_pd(), _CMP_NEQ_UQ) == 0;
#elif defined(__AVX2__)
	return _mm256_movemask_pd(_mm256_cmp_pd((__m256d)s, _mm256_setzero_pd(), _CMP_NEQ_UQ)) == 0;
#else
	return s[0] == 0 && s[1] == 0;
#endif
}

/* Of as many short rows as registers hold, y = x + a g is looked at before it is stored: where y is finite, g is. */
ALWAYS size_t short_finite_steps(size_t ld, size_t nrep, double a, const double *g, double *x)
{
	enum { MOST = 12 };
	size_t rows = MOST * LANES / ld ? MOST * LANES / ld : 1, wide = rows * ld / LANES, r = 0;

	for (; r + rows <= nrep; r += rows) {
		V y[32 / LANES > MOST ? 32 / LANES : MOST], s[4] = { { 0 } };
		double *to = x + r * ld;
#pragma GCC unroll 16
		for (size_t v = 0; v < wide; v++) {
			y[v] = load(to + v * LANES) + a * load(g + r * ld + v * LANES);
			s[v % 4] += 0. * y[v];
		}
		if (!all_zero((s[0] + s[1]) + (s[2] + s[3])))
			break;
#pragma GCC unroll 16
		for (size_t v = 0; v < wide; v++)
			store(to + v * LANES, y[v]);
	}
	return r;
}

static size_t finite_steps(size_t nrep, size_t ld, double a, const double *g, double *x)
{
	size_t r = 0, rows;

	switch (ld) {
	case 8: r = short_finite_steps(8, nrep, a, g, x); break;
	case 16: r = short_finite_steps(16, nrep, a, g, x); break;
	case 24: r = short_finite_steps(24, nrep, a, g, x); break;
	case 32: r = short_finite_steps(32, nrep, a, g, x); break;
	default: break;
	}
	for (; r < nrep; r += rows) {
		rows = nrep - r < RATE_STEPS ? nrep - r : RATE_STEPS;
		/* If the sum of all squares is finite, each number is. */
		if (!(about_squares(rows * ld, g + r * ld) <= DBL_MAX))
			break;
		axpy(rows * ld, a, g + r * ld, x + r * ld);
	}
	return r;
}

static void distances(size_t nrep, size_t d, size_t ld, const double *x, const double *y, double *apart, double *size)
{
	for (size_t r = 0; r < nrep; r++, x += ld) {
		V s[PER8] = { 0 }, t[PER8] = { 0 };
		double last[8] = { 0 }; /* the padding of x may be anything */
		memcpy(last, x + d / 8 * 8, d % 8 * sizeof *x);
		for (size_t j = 0; j < d; j += 8)
			for (size_t v = 0; v < PER8; v++) {
				V at = load((j + 8 <= d ? x + j : last) + v * LANES), e = at - load(y + j + v * LANES);
				s[v] += e * e;
				t[v] += at * at;
			}
		apart[r] = sum_vectors(s);
		size[r] = sum_vectors(t);
	}
}

static void exp_all(size_t count, const double *x, double *y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = exp_negative(x[i]);
}

static void softplus_all(size_t count, const double *x, double *y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = softplus_of(x[i]);
}

static void sigmoid_all(size_t count, const double *x, double *y)
{
	for (size_t i = 0; i < count; i++)
		y[i] = sigmoid_of(x[i]);
}

#endif
