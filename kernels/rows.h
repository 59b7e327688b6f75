/* Products with rows of a matrix: what the loops of block/1 are made of. For block.c alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KERNELS_ROWS_H
#define KERNELS_ROWS_H

#include "kernels/lanes.h"

/* a'x over padded rows, in sixteen lanes, of which eight are left. */
ALWAYS void margin_lanes(size_t ld, const double *a, const double *x, V *s)
{
	V u[PER8] = { 0 };
	size_t j = 0;

	for (size_t v = 0; v < PER8; v++)
		s[v] = (V){ 0 };
	for (; j + 16 <= ld; j += 16)
		for (size_t v = 0; v < PER8; v++) {
			s[v] += load(a + j + v * LANES) * load(x + j + v * LANES);
			u[v] += load(a + j + 8 + v * LANES) * load(x + j + 8 + v * LANES);
		}
	for (size_t v = 0; v < PER8; v++) {
		if (j < ld)
			s[v] += load(a + j + v * LANES) * load(x + j + v * LANES);
		s[v] += u[v];
	}
}

ALWAYS double margin(size_t ld, const double *a, const double *x)
{
	V s[PER8];

	margin_lanes(ld, a, x, s);
	return sum_vectors(s);
}

/* A loop over replicates, compiled for each short length of a row: short rows stay in registers. */
#define BY_LENGTH(LOOP, ...) \
	switch (ld) { \
	case 8: LOOP(8, __VA_ARGS__); break; \
	case 16: LOOP(16, __VA_ARGS__); break; \
	case 24: LOOP(24, __VA_ARGS__); break; \
	case 32: LOOP(32, __VA_ARGS__); break; \
	default: LOOP(ld, __VA_ARGS__); \
	}

ALWAYS void products_of(size_t ld, size_t nrep, const double *x, const double *a, const uint64_t *index,
                        size_t stride, double *m)
{
	size_t r = 0;

#if defined(__AVX512F__)
	for (; r + 8 <= nrep; r += 8) {
		V s[8];
#pragma GCC unroll 8
		for (size_t k = 0; k < 8; k++)
			margin_lanes(ld, a + index[(r + k) * stride] * ld, x + (r + k) * ld, s + k);
		store(m + r, eight_sums(s));
	}
#endif
	for (; r < nrep; r++)
		m[r] = margin(ld, a + index[r * stride] * ld, x + r * ld);
}

static void row_products(size_t nrep, size_t ld, const double *x, const double *a, const uint64_t *index, size_t stride,
                         double *m)
{
	BY_LENGTH(products_of, nrep, x, a, index, stride, m)
}

ALWAYS void multiples_of(size_t ld, size_t nrep, const double *c, const double *a, const uint64_t *index,
                         size_t stride, int add, double *g)
{
	for (size_t r = 0; r < nrep; r++) {
		const double *row = a + index[r * stride] * ld, times = c[r];
		for (size_t j = 0; j < ld; j += LANES) {
			V t = times * load(row + j);
			store(g + r * ld + j, add ? load(g + r * ld + j) + t : t);
		}
	}
}

static void row_multiples(size_t nrep, size_t ld, const double *c, const double *a, const uint64_t *index,
                          size_t stride, int add, double *g)
{
	if (add)
		BY_LENGTH(multiples_of, nrep, c, a, index, stride, 1, g)
	else
		BY_LENGTH(multiples_of, nrep, c, a, index, stride, 0, g)
}

ALWAYS void steps_of(size_t ld, size_t nrep, double b, const double *c, const double *a,
                     const uint64_t *index, double *x)
{
	for (size_t r = 0; r < nrep; r++) {
		const double *row = a + index[r] * ld, times = c[r];
		for (size_t j = 0; j < ld; j += LANES)
			store(x + r * ld + j, load(x + r * ld + j) + b * (times * load(row + j)));
	}
}

static void row_steps(size_t nrep, size_t ld, double b, const double *c, const double *a,
                      const uint64_t *index, double *x)
{
	BY_LENGTH(steps_of, nrep, b, c, a, index, x)
}

#endif
