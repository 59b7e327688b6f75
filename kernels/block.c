/* Compiled once for each instruction set, with RATE_ISA as the suffix of the one name that it exports.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <stdint.h>
#include <string.h>

#include "kernels/elementary.h"
#include "kernels/kernels.h"
#include "kernels/philox.h"

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
		t[k] = PICK(s[k], s[k + 4], 0, 1, 2, 3, 8, 9, 10, 11) + PICK(s[k], s[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
	for (size_t k = 0; k < 2; k++)
		u[k] = PICK(t[k], t[k + 2], 0, 1, 8, 9, 4, 5, 12, 13) + PICK(t[k], t[k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
	return PICK(u[0], u[1], 0, 8, 2, 10, 4, 12, 6, 14) + PICK(u[0], u[1], 1, 9, 3, 11, 5, 13, 7, 15);
}
#endif

/* ---- Random words ---- */

typedef struct words {
	W w[4];
} words;

ALWAYS W all(uint64_t x)
{
	return (W){ 0 } + x;
}

/* A round on LANES counters at once, 64 bits to a 32-bit word. The upper halves may hold anything: a product reads the
 * lower ones only. */
ALWAYS words one_round(words c, uint32_t k0, uint32_t k1)
{
	W p = MULTIPLY(c.w[0], all(0xD2511F53u)), q = MULTIPLY(c.w[2], all(0xCD9E8D57u));

	return (words){ { (q >> 32) ^ c.w[1] ^ all(k0), q, (p >> 32) ^ c.w[3] ^ all(k1), p } };
}

ALWAYS words ten_rounds(words c, uint64_t key)
{
	uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);

#pragma GCC unroll 10
	for (int round = 0; round < 10; round++, k0 += 0x9E3779B9u, k1 += 0xBB67AE85u)
		c = one_round(c, k0, k1);
	return c;
}

/* Of two vectors side by side: one hides the latency of the other. */
ALWAYS void ten_rounds_of_two(words *c, words *e, uint64_t key)
{
	uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);

#pragma GCC unroll 10
	for (int round = 0; round < 10; round++, k0 += 0x9E3779B9u, k1 += 0xBB67AE85u) {
		*c = one_round(*c, k0, k1);
		*e = one_round(*e, k0, k1);
	}
}

ALWAYS words counters(uint32_t step, uint32_t purpose, uint32_t draw, uint64_t first)
{
	static const uint64_t lane[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
	W replicate;

	memcpy(&replicate, lane, sizeof replicate);
	replicate += all(first);
	return (words){ { all(step), all(purpose << 24 | (draw & 0xffffffu)), replicate, replicate >> 32 } };
}

/* Both words of `rows` <= LANES replicates. */
ALWAYS void put_words(words c, size_t rows, uint64_t *out)
{
	W one = c.w[1] << 32 | (c.w[0] & all(0xffffffffu)), two = c.w[3] << 32 | (c.w[2] & all(0xffffffffu));
	W pairs[2] = { LOWER(one, two), UPPER(one, two) };

	if (rows == LANES) /* of a length known here: two stores */
		memcpy(out, pairs, sizeof pairs);
	else
		memcpy(out, pairs, 2 * rows * sizeof *out);
}

static void philox(uint64_t key, uint32_t step, uint32_t purpose, uint32_t draw, uint64_t first, size_t count, uint64_t *out)
{
	size_t r = 0;

	for (; r + 2 * LANES <= count; r += 2 * LANES) {
		words c = counters(step, purpose, draw, first + r), e = counters(step, purpose, draw, first + r + LANES);
		ten_rounds_of_two(&c, &e, key);
		put_words(c, LANES, out + 2 * r);
		put_words(e, LANES, out + 2 * (r + LANES));
	}
	for (; r < count; r += LANES)
		put_words(ten_rounds(counters(step, purpose, draw, first + r), key), count - r < LANES ? count - r : LANES, out + 2 * r);
}

/* The upper 64 bits of (high 2^32 + low) n, n < 2^32: what low n leaves below 2^32 carries nothing. */
ALWAYS W index_of(W low, W high, W n)
{
	return (MULTIPLY(high, n) + (MULTIPLY(low, n) >> 32)) >> 32;
}

static void indices(uint64_t key, uint32_t step, uint32_t purpose, uint32_t draw, uint64_t first, size_t count, uint64_t n,
                    size_t stride, uint64_t *out)
{
	size_t r = 0;
	uint64_t w[2];

	for (; n >> 32 == 0 && r + 2 * LANES <= count; r += 2 * LANES) {
		words c = counters(step, purpose, draw, first + r), e = counters(step, purpose, draw, first + r + LANES);
		W i, j;
		ten_rounds_of_two(&c, &e, key);
		i = index_of(c.w[0], c.w[1], all(n));
		j = index_of(e.w[0], e.w[1], all(n));
		if (stride == 1) {
			memcpy(out + r, &i, sizeof i);
			memcpy(out + r + LANES, &j, sizeof j);
			continue;
		}
		for (size_t k = 0; k < LANES; k++) {
			out[(r + k) * stride] = i[k];
			out[(r + k + LANES) * stride] = j[k];
		}
	}
	for (; n >> 32 == 0 && r < count; r += LANES) {
		words c = ten_rounds(counters(step, purpose, draw, first + r), key);
		W i = index_of(c.w[0], c.w[1], all(n));
		for (size_t k = 0; k < LANES && r + k < count; k++)
			out[(r + k) * stride] = i[k];
	}
	for (; r < count; r++) {
		rate_philox(key, step, purpose, draw, first + r, w);
		out[r * stride] = rate_index(w[0], n);
	}
}

/* ---- Vectors ---- */

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

/* ---- Rows: what the loops of block/1 are made of ---- */

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
#define BY_LENGTH(LOOP, ...)                                                                                           \
	switch (ld) {                                                                                                      \
	case 8: LOOP(8, __VA_ARGS__); break;                                                                               \
	case 16: LOOP(16, __VA_ARGS__); break;                                                                             \
	case 24: LOOP(24, __VA_ARGS__); break;                                                                             \
	case 32: LOOP(32, __VA_ARGS__); break;                                                                             \
	default: LOOP(ld, __VA_ARGS__);                                                                                    \
	}

ALWAYS void products_of(size_t ld, size_t nrep, const double *x, const double *a, const uint64_t *index, size_t stride, double *m)
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

ALWAYS void multiples_of(size_t ld, size_t nrep, const double *c, const double *a, const uint64_t *index, size_t stride, int add,
                         double *g)
{
	for (size_t r = 0; r < nrep; r++) {
		const double *row = a + index[r * stride] * ld, times = c[r];
		for (size_t j = 0; j < ld; j += LANES) {
			V t = times * load(row + j);
			store(g + r * ld + j, add ? load(g + r * ld + j) + t : t);
		}
	}
}

static void row_multiples(size_t nrep, size_t ld, const double *c, const double *a, const uint64_t *index, size_t stride, int add,
                          double *g)
{
	if (add)
		BY_LENGTH(multiples_of, nrep, c, a, index, stride, 1, g)
	else
		BY_LENGTH(multiples_of, nrep, c, a, index, stride, 0, g)
}

ALWAYS void steps_of(size_t ld, size_t nrep, double b, const double *c, const double *a, const uint64_t *index, double *x)
{
	for (size_t r = 0; r < nrep; r++) {
		const double *row = a + index[r] * ld, times = c[r];
		for (size_t j = 0; j < ld; j += LANES)
			store(x + r * ld + j, load(x + r * ld + j) + b * (times * load(row + j)));
	}
}

static void row_steps(size_t nrep, size_t ld, double b, const double *c, const double *a, const uint64_t *index, double *x)
{
	BY_LENGTH(steps_of, nrep, b, c, a, index, x)
}

/* ---- Terms: one row for each replicate ---- */

/* What multiplies a_i in the gradient of a term. */
ALWAYS double slope(rate_link link, double margin, double target)
{
	return link == RATE_LOGISTIC ? -sigmoid_of(-margin) : margin - target;
}

ALWAYS double loss(rate_link link, double margin, double target)
{
	return link == RATE_LOGISTIC ? softplus_of(-margin) : (margin - target) * (margin - target) / 2;
}

enum { CHUNK = 64 }; /* replicates whose slopes are made in one loop */

ALWAYS void add_terms(const rate_design *g, rate_link link, size_t nrep, const double *x, const uint64_t *index, size_t batch,
                      int first, double *out)
{
	size_t ld = g->ld;
	double m[CHUNK], b[CHUNK];

	for (size_t r = 0; r < nrep; r++) {
		m[r] = margin(ld, g->row + index[r * batch] * ld, x + r * ld);
		b[r] = g->target[index[r * batch]];
	}
	for (size_t r = 0; r < nrep; r++)
		m[r] = slope(link, m[r], b[r]);
	for (size_t r = 0; r < nrep; r++) {
		const double *a = g->row + index[r * batch] * ld;
		double *to = out + r * ld;
		for (size_t j = 0; j < ld; j += LANES)
			store(to + j, first ? m[r] * load(a + j) : load(to + j) + m[r] * load(a + j));
	}
}

ALWAYS void term_gradients_of(const rate_design *g, rate_link link, size_t nrep, const double *x, const uint64_t *index,
                              size_t batch, double *out)
{
	size_t ld = g->ld;

	for (size_t r = 0; r < nrep; r += CHUNK) {
		size_t rows = nrep - r < CHUNK ? nrep - r : CHUNK;
		double *to = out + r * ld;
		add_terms(g, link, rows, x + r * ld, index + r * batch, batch, 1, to);
		for (size_t k = 1; k < batch; k++)
			add_terms(g, link, rows, x + r * ld, index + r * batch + k, batch, 0, to);
		for (size_t j = 0; batch > 1 && j < rows * ld; j += LANES)
			store(to + j, load(to + j) / (double)batch);
		for (size_t j = 0; g->ridge != 0 && j < rows * ld; j += LANES)
			store(to + j, load(to + j) + g->ridge * load(x + r * ld + j));
	}
}

static void term_gradients(const rate_design *g, size_t nrep, const double *x, const uint64_t *index, size_t batch, double *out)
{
	if (g->link == RATE_LOGISTIC)
		term_gradients_of(g, RATE_LOGISTIC, nrep, x, index, batch, out);
	else
		term_gradients_of(g, RATE_SQUARE, nrep, x, index, batch, out);
}

/* Meanwhile `coming`, the row of the next step, is fetched. */
ALWAYS void move(size_t ld, const double *row, const double *coming, double a, double slope, double ridge, double *x)
{
	for (size_t j = 0; j < ld; j += 8) {
		__builtin_prefetch(coming + j);
		for (size_t v = j; v < j + 8; v += LANES) {
			V at = load(x + v), g = slope * load(row + v);
			store(x + v, at + a * (ridge != 0 ? g + ridge * at : g));
		}
	}
}

ALWAYS void step_row(const rate_design *g, uint64_t i, uint64_t next, double a, double slope, double *x)
{
	const double *row = g->row + i * g->ld, *coming = g->row + next * g->ld;

	if (g->ridge != 0)
		move(g->ld, row, coming, a, slope, g->ridge, x);
	else
		move(g->ld, row, coming, a, slope, 0, x);
}

/* A step on least squares with the row and the point in registers, `ld` being known when this is compiled. */
ALWAYS void short_step(const rate_design *g, uint64_t i, double a, double *x, size_t ld)
{
	enum { MOST = 48 / LANES };
	V row[MOST], at[MOST], s[PER8] = { 0 }, u[PER8] = { 0 };
	double slope;

	for (size_t v = 0; v < ld / LANES; v++) {
		row[v] = load(g->row + i * ld + v * LANES);
		at[v] = load(x + v * LANES);
	}
	for (size_t v = 0; v < ld / LANES; v++)
		if (v / PER8 % 2)
			u[v % PER8] += row[v] * at[v];
		else
			s[v % PER8] += row[v] * at[v];
	for (size_t v = 0; v < PER8; v++)
		s[v] += u[v];
	slope = sum_vectors(s) - g->target[i];
	for (size_t v = 0; v < ld / LANES; v++)
		store(x + v * LANES, at[v] + a * (slope * row[v]));
}

/* Rows of two or four numbers: the other lanes of their sum are 0. */
typedef double V2 __attribute__((vector_size(16)));
typedef double L2 __attribute__((vector_size(16), aligned(8), may_alias));

ALWAYS void pair_step(const rate_design *g, uint64_t i, double a, double *x)
{
	V2 row = *(const L2 *)(g->row + i * 8), at = *(const L2 *)x, t = row * at + 0.;
	double slope = (t[0] + t[1]) - g->target[i];

	*(L2 *)x = at + a * (slope * row);
}

ALWAYS void two_pairs_step(const rate_design *g, uint64_t i, double a, double *x)
{
	V2 row = *(const L2 *)(g->row + i * 8), more = *(const L2 *)(g->row + i * 8 + 2);
	V2 at = *(const L2 *)x, and = *(const L2 *)(x + 2), t = (row * at + 0.) + (more * and + 0.);
	double slope = (t[0] + t[1]) - g->target[i];

	*(L2 *)x = at + a * (slope * row);
	*(L2 *)(x + 2) = and + a * (slope * more);
}

#define SHORT_STEPS(STEP, ...)                                                                                         \
	for (size_t r = 0; r < nrep; r++)                                                                                  \
		STEP(g, index[r], a, x + r * g->ld __VA_ARGS__);                                                               \
	return 1

static int short_steps(const rate_design *model, size_t nrep, const uint64_t *index, double a, double *x)
{
	const rate_design local = *model, *g = &local; /* which no store can reach */

	if (g->d <= 2) {
		SHORT_STEPS(pair_step);
	}
	if (g->d <= 4) {
		SHORT_STEPS(two_pairs_step);
	}
	switch (g->ld) {
	case 8: SHORT_STEPS(short_step, , 8);
	case 16: SHORT_STEPS(short_step, , 16);
	case 24: SHORT_STEPS(short_step, , 24);
	case 32: SHORT_STEPS(short_step, , 32);
	case 40: SHORT_STEPS(short_step, , 40);
	case 48: SHORT_STEPS(short_step, , 48);
	default: return 0;
	}
}

static void term_steps(const rate_design *g, size_t nrep, const uint64_t *index, uint64_t next, double a, double *x)
{
	size_t ld = g->ld;
	double m[CHUNK];

	if (g->link == RATE_SQUARE && g->ridge == 0 && short_steps(g, nrep, index, a, x))
		return;
	if (g->link == RATE_SQUARE) {
		for (size_t r = 0; r < nrep; r++)
			step_row(g, index[r], r + 1 < nrep ? index[r + 1] : next, a,
			         margin(ld, g->row + index[r] * ld, x + r * ld) - g->target[index[r]], x + r * ld);
		return;
	}
	for (size_t r = 0; r < nrep; r += CHUNK) {
		size_t rows = nrep - r < CHUNK ? nrep - r : CHUNK;
		for (size_t k = 0; k < rows; k++)
			m[k] = margin(ld, g->row + index[r + k] * ld, x + (r + k) * ld);
		for (size_t k = 0; k < rows; k++)
			m[k] = slope(RATE_LOGISTIC, m[k], 0);
		for (size_t k = 0; k < rows; k++)
			step_row(g, index[r + k], r + k + 1 < nrep ? index[r + k + 1] : next, a, m[k], x + (r + k) * ld);
	}
}

/* ---- Evaluations: all rows, for several replicates ----
 * The margin of a row and a replicate is summed over j in order, one number after the other; eight rows, or several
 * replicates, go side by side. Losses are summed by row modulo 8, then those eight by sum8. Neither order says how many
 * replicates share a tile, so tiles are made as the registers allow. */

enum { TILE = 2 * LANES, ROWS = LANES == 8 ? 8 : 4 }; /* replicates; rows at a time */
enum { MOST_D = 4096 };                              /* dimension of a tile; beyond it one replicate at a time */
enum { DEEP = 128, HIGH = 8 * RATE_PANEL };          /* dimensions, rows that stay in the first-level cache */

/* out[j * side + p] <- x[p * ld + j], 0 for p >= rows. */
ALWAYS void transpose(size_t rows, size_t d, size_t ld, const double *x, size_t side, double *out)
{
	for (size_t p = 0; p < side; p++)
		for (size_t j = 0; j < d; j++)
			out[j * side + p] = p < rows ? x[p * ld + j] : 0;
}

/* m[k * TILE + p] <- (what it is, unless `fresh`) + margin, over d dimensions, of row k of a panel and replicate p. Meanwhile
 * `next`, a panel, is fetched. */
ALWAYS void tile_margins(size_t d, const double *panel, const double *next, const double *tile, int fresh, double *m)
{
	for (size_t k0 = 0; k0 < RATE_PANEL; k0 += ROWS) {
		V t[ROWS][2];
#pragma GCC unroll 8
		for (size_t k = 0; k < ROWS; k++) { /* one by one: a copy of all keeps them out of the registers */
			t[k][0] = fresh ? (V){ 0 } : load(m + (k0 + k) * TILE);
			t[k][1] = fresh ? (V){ 0 } : load(m + (k0 + k) * TILE + LANES);
		}
		for (size_t j = 0; j < d; j++) {
			V x = load(tile + j * TILE), y = load(tile + j * TILE + LANES);
			if (!k0)
				__builtin_prefetch(next + j * RATE_PANEL);
#pragma GCC unroll 8
			for (size_t k = 0; k < ROWS; k++) {
				double a = panel[j * RATE_PANEL + k0 + k];
				t[k][0] += a * x;
				t[k][1] += a * y;
			}
		}
#pragma GCC unroll 8
		for (size_t k = 0; k < ROWS; k++) {
			store(m + (k0 + k) * TILE, t[k][0]);
			store(m + (k0 + k) * TILE + LANES, t[k][1]);
		}
	}
}

static double penalty(const rate_design *g, const double *x)
{
	return g->ridge != 0 ? g->ridge / 2 * dot(g->d, x, x) : 0;
}

/* Margins of up to HIGH rows from row i on. A tile goes through them in pieces of DEEP dimensions, which changes no sum. */
ALWAYS void group_margins(const rate_design *g, size_t i, size_t rows, const double *tile, double *m)
{
	for (size_t j = 0; j < g->d; j += DEEP) {
		size_t deep = g->d - j < DEEP ? g->d - j : DEEP;
		for (size_t k = 0; k < rows; k += RATE_PANEL) {
			const double *panel = g->panel + (i + k) * g->d + j * RATE_PANEL;
			size_t on = k + RATE_PANEL < rows ? RATE_PANEL * g->d : 0;
			tile_margins(deep, panel, panel + on, tile + j * TILE, !j, m + k * TILE);
		}
	}
}

ALWAYS void tile_values(const rate_design *g, rate_link link, const double *tile, double *sum)
{
	double m[HIGH * TILE], total[RATE_PANEL * TILE] = { 0 };

	for (size_t i = 0; i < g->n; i += HIGH) {
		size_t rows = g->n - i < HIGH ? g->n - i : HIGH;
		group_margins(g, i, rows, tile, m);
		for (size_t k = 0; k < rows; k++)
			for (size_t p = 0; p < TILE; p++)
				m[k * TILE + p] = loss(link, m[k * TILE + p], g->target[i + k]);
		for (size_t k = 0; k < rows; k += RATE_PANEL)
			for (size_t e = 0; e < (rows - k < RATE_PANEL ? rows - k : RATE_PANEL) * TILE; e++)
				total[e] += m[k * TILE + e];
	}
	for (size_t p = 0; p < TILE; p++) {
		double lane[8];
		for (size_t k = 0; k < 8; k++)
			lane[k] = total[k * TILE + p];
		sum[p] = sum8(lane);
	}
}

/* The same of up to ROWS rows that are not in a panel; m[k * stride + p], or what was there and it. */
ALWAYS void row_margins(size_t d, size_t ld, size_t rows, const double *a, const double *tile, int fresh, size_t stride, double *m)
{
	const double *at[ROWS];
	V t[ROWS][2];

#pragma GCC unroll 8
	for (size_t k = 0; k < ROWS; k++) {
		at[k] = a + (k < rows ? k : 0) * ld;
		t[k][0] = fresh || k >= rows ? (V){ 0 } : load(m + k * stride);
		t[k][1] = fresh || k >= rows ? (V){ 0 } : load(m + k * stride + LANES);
	}
	for (size_t j = 0; j < d; j++) {
		V x = load(tile + j * TILE), y = load(tile + j * TILE + LANES);
#pragma GCC unroll 8
		for (size_t k = 0; k < ROWS; k++) {
			t[k][0] += at[k][j] * x;
			t[k][1] += at[k][j] * y;
		}
	}
#pragma GCC unroll 8
	for (size_t k = 0; k < ROWS; k++)
		if (k < rows) {
			store(m + k * stride, t[k][0]);
			store(m + k * stride + LANES, t[k][1]);
		}
}

static void all_products(size_t nrep, size_t d, size_t ld, const double *x, size_t rows, const double *a, double *m)
{
	double tile[DEEP * TILE], part[ROWS * TILE];

	for (size_t r = 0; r < nrep; r += TILE)
		for (size_t j = 0; j < d; j += DEEP) {
			size_t wide = nrep - r < TILE ? nrep - r : TILE, deep = d - j < DEEP ? d - j : DEEP;
			transpose(wide, deep, ld, x + r * ld + j, TILE, tile);
			for (size_t i = 0; i < rows; i += ROWS) {
				size_t high = rows - i < ROWS ? rows - i : ROWS;
				double *to = m + i * nrep + r;
				if (wide == TILE) {
					row_margins(deep, ld, high, a + i * ld + j, tile, !j, nrep, to);
					continue;
				}
				for (size_t k = 0; j && k < high; k++)
					memcpy(part + k * TILE, to + k * nrep, wide * sizeof *m);
				row_margins(deep, ld, high, a + i * ld + j, tile, !j, TILE, part);
				for (size_t k = 0; k < high; k++)
					memcpy(to + k * nrep, part + k * TILE, wide * sizeof *m);
			}
		}
}

static void across(size_t inner, size_t rows, size_t columns, const double *a, const double *b, double *out)
{
	for (size_t c = 0; c < columns; c += TILE)
		for (size_t r = 0; r < rows; r += ROWS) {
			V t[ROWS][2] = { { { 0 } } };
			for (size_t k = 0; k < inner; k++) {
				V x = load(b + k * columns + c), y = load(b + k * columns + c + LANES);
#pragma GCC unroll 8
				for (size_t i = 0; i < ROWS; i++) {
					double s = a[k * rows + r + i];
					t[i][0] += s * x;
					t[i][1] += s * y;
				}
			}
			for (size_t i = 0; i < ROWS; i++)
				memcpy(out + (r + i) * columns + c, t[i], sizeof t[i]);
		}
}

enum { ABREAST = 4, SPAN = ABREAST * RATE_PANEL }; /* panels, rows at a time for one replicate */

/* m <- margins of one replicate with up to ABREAST panels. */
ALWAYS void panel_margins(size_t d, const double *panel, size_t panels, const double *x, double *m)
{
	V t[ABREAST][PER8] = { { { 0 } } };
	const double *at[ABREAST];

	for (size_t q = 0; q < ABREAST; q++)
		at[q] = panel + (q < panels ? q : 0) * d * RATE_PANEL;
	for (size_t j = 0; j < d; j++)
#pragma GCC unroll 4
		for (size_t q = 0; q < ABREAST; q++)
			for (size_t v = 0; v < PER8; v++)
				t[q][v] += x[j] * load(at[q] + j * RATE_PANEL + v * LANES);
	memcpy(m, t, sizeof t);
}

ALWAYS double one_value(const rate_design *g, rate_link link, const double *x)
{
	double m[SPAN], total[RATE_PANEL] = { 0 };

	for (size_t i = 0; i < g->n; i += SPAN) {
		size_t rows = g->n - i < SPAN ? g->n - i : SPAN;
		panel_margins(g->d, g->panel + i * g->d, (rows + RATE_PANEL - 1) / RATE_PANEL, x, m);
		for (size_t k = 0; k < rows; k++)
			m[k] = loss(link, m[k], g->target[i + k]);
		for (size_t k = 0; k < rows; k++)
			total[k & 7] += m[k];
	}
	return sum8(total);
}

ALWAYS void values_of(const rate_design *g, rate_link link, size_t nrep, const double *x, size_t stride, double *f)
{
	double tile[TILE * MOST_D], sum[TILE];
	size_t d = g->d, r = 0;

	for (; d <= MOST_D && r + LANES <= nrep; r += TILE) {
		size_t rows = nrep - r < TILE ? nrep - r : TILE;
		transpose(rows, d, stride, x + r * stride, TILE, tile);
		tile_values(g, link, tile, sum);
		for (size_t p = 0; p < rows; p++)
			f[r + p] = sum[p] / (double)g->n + penalty(g, x + (r + p) * stride);
	}
	for (; r < nrep; r++)
		f[r] = one_value(g, link, x + r * stride) / (double)g->n + penalty(g, x + r * stride);
}

static void values(const rate_design *g, size_t nrep, const double *x, size_t stride, double *f)
{
	if (g->link == RATE_LOGISTIC)
		values_of(g, RATE_LOGISTIC, nrep, x, stride, f);
	else
		values_of(g, RATE_SQUARE, nrep, x, stride, f);
}

/* out <- out + sum_k c_k a_k, rows in order; the last columns one by one, since rows of `out` need not be padded. */
ALWAYS void add_rows(const rate_design *g, size_t i, size_t rows, const double *c, double *out)
{
	size_t j = 0, d = g->d;
	const double *a = g->row + i * g->ld;

	for (; j + 4 * LANES <= d; j += 4 * LANES) {
		V t[4];
		for (size_t v = 0; v < 4; v++)
			t[v] = load(out + j + v * LANES);
		for (size_t k = 0; k < rows; k++)
			for (size_t v = 0; v < 4; v++)
				t[v] += c[k] * load(a + k * g->ld + j + v * LANES);
		for (size_t v = 0; v < 4; v++)
			store(out + j + v * LANES, t[v]);
	}
	for (; j < d; j += LANES) {
		size_t wide = d - j < LANES ? d - j : LANES;
		V t = { 0 };
		memcpy(&t, out + j, wide * sizeof *out);
		for (size_t k = 0; k < rows; k++)
			t += c[k] * load(a + k * g->ld + j);
		memcpy(out + j, &t, wide * sizeof *out);
	}
}

ALWAYS void one_gradient(const rate_design *g, rate_link link, const double *x, double *out)
{
	double m[SPAN];

	memset(out, 0, g->d * sizeof *out);
	for (size_t i = 0; i < g->n; i += SPAN) {
		size_t rows = g->n - i < SPAN ? g->n - i : SPAN;
		panel_margins(g->d, g->panel + i * g->d, (rows + RATE_PANEL - 1) / RATE_PANEL, x, m);
		for (size_t k = 0; k < rows; k++)
			m[k] = slope(link, m[k], g->target[i + k]);
		add_rows(g, i, rows, m, out);
	}
	for (size_t j = 0; j < g->d; j++)
		out[j] = out[j] / (double)g->n + g->ridge * x[j];
}

static void gradients(const rate_design *g, size_t nrep, const double *x, size_t stride, double *out)
{
	for (size_t r = 0; r < nrep; r++)
		if (g->link == RATE_LOGISTIC)
			one_gradient(g, RATE_LOGISTIC, x + r * stride, out + r * stride);
		else
			one_gradient(g, RATE_SQUARE, x + r * stride, out + r * stride);
}

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
extern const rate_kernels JOIN(rate_kernels_, RATE_ISA);
const rate_kernels JOIN(rate_kernels_, RATE_ISA) = {
	.isa = NAME, .philox = philox, .indices = indices, .axpy = axpy, .scale = scale, .approach = approach, .dot = dot,
	.about_squares = about_squares, .finite_steps = finite_steps, .distances = distances, .exp_negative = exp_all, .softplus = softplus_all, .sigmoid = sigmoid_all,
	.row_products = row_products, .row_multiples = row_multiples, .all_products = all_products,
	.row_steps = row_steps, .across = across,
	.term_gradients = term_gradients, .term_steps = term_steps, .values = values, .gradients = gradients,
};
