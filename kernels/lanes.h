/* Vectors of the width that this instruction set has, and sums of eight lanes. For block.c alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KERNELS_LANES_H
#define KERNELS_LANES_H

#include <stdint.h>
#include <string.h>

#include "kernels/elementary.h"

#if defined(__AVX512F__)
#include <immintrin.h>
enum { LANES = 8 };
#define MULTIPLY(a, b) ((W)_mm512_mul_epu32((__m512i)(a), (__m512i)(b)))
#define NAME "x86-64-v4"
#elif defined(__AVX2__)
#include <immintrin.h>
enum { LANES = 4 };
#define MULTIPLY(a, b) ((W)_mm256_mul_epu32((__m256i)(a), (__m256i)(b)))
#define NAME "x86-64-v3"
#elif defined(__SSE2__)
#include <immintrin.h>
enum { LANES = 2 };
#define MULTIPLY(a, b) ((W)_mm_mul_epu32((__m128i)(a), (__m128i)(b)))
#define NAME "x86-64"
#else
enum { LANES = 2 };
#define MULTIPLY(a, b) (((a) & 0xffffffff) * ((b) & 0xffffffff))
#define NAME "portable"
#endif

/* Native vectors: wider ones would be taken apart badly. `L` are loaded from anywhere. */
typedef double V __attribute__((vector_size(8 * LANES)));
typedef double L __attribute__((vector_size(8 * LANES), aligned(8), may_alias));
typedef uint64_t W __attribute__((vector_size(8 * LANES)));

/* The elements of two vectors, one after the other, that have these numbers. */
#ifdef __clang__
#define PICK(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define PICK(a, b, ...) __builtin_shuffle(a, b, (W){ __VA_ARGS__ })
#endif

/* Pairs (a_k, b_k) of the lower and of the upper halves of two vectors, one after the other. */
#if defined(__AVX512F__)
#define LOWER(a, b) PICK(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define UPPER(a, b) PICK(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#elif defined(__AVX2__)
#define LOWER(a, b) PICK(a, b, 0, 4, 1, 5)
#define UPPER(a, b) PICK(a, b, 2, 6, 3, 7)
#else
#define LOWER(a, b) PICK(a, b, 0, 2)
#define UPPER(a, b) PICK(a, b, 1, 3)
#endif

enum { PER8 = 8 / LANES }; /* vectors in eight numbers */

ALWAYS V load(const double *p)
{
	return *(const L *)p;
}

ALWAYS void store(double *p, V v)
{
	*(L *)p = v;
}

/* The sum of eight lanes, always in this order, which takes half a vector to the other half at each turn. */
ALWAYS double sum8(const double *t)
{
	return ((t[0] + t[4]) + (t[2] + t[6])) + ((t[1] + t[5]) + (t[3] + t[7]));
}

ALWAYS double sum_vectors(const V *s)
{
#ifdef __SSE2__
	__m128d two;
#if defined(__AVX512F__)
	__m256d four = _mm512_castpd512_pd256((__m512d)s[0]) + _mm512_extractf64x4_pd((__m512d)s[0], 1);
	two = _mm256_castpd256_pd128(four) + _mm256_extractf128_pd(four, 1);
#elif defined(__AVX2__)
	__m256d four = (__m256d)(s[0] + s[1]);
	two = _mm256_castpd256_pd128(four) + _mm256_extractf128_pd(four, 1);
#else
	two = (__m128d)((s[0] + s[2]) + (s[1] + s[3]));
#endif
	return two[0] + two[1];
#else
	double t[8];

	memcpy(t, s, sizeof t);
	return sum8(t);
#endif
}

#if defined(__AVX512F__)
/* sum_vectors of eight vectors: halves of two are added side by side, then quarters of four, then eighths. */
ALWAYS V eight_sums(const V *s)
{
	V t[4], u[2];

	for (size_t k = 0; k < 4; k++)
		t[k] = PICK(s[k], s[k + 4], 0, 1, 2, 3, 8, 9, 10, 11) +
		    PICK(s[k], s[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
	for (size_t k = 0; k < 2; k++)
		u[k] = PICK(t[k], t[k + 2], 0, 1, 8, 9, 4, 5, 12, 13) +
		    PICK(t[k], t[k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
	return PICK(u[0], u[1], 0, 8, 2, 10, 4, 12, 6, 14) + PICK(u[0], u[1], 1, 9, 3, 11, 5, 13, 7, 15);
}
#endif

#endif
