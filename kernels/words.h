/* Random words: Philox on as many counters as a vector has lanes. For block.c alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KERNELS_WORDS_H
#define KERNELS_WORDS_H

#include "kernels/kernels.h"
#include "kernels/lanes.h"
#include "kernels/philox.h"

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

static void philox(uint64_t key, uint32_t step, uint32_t purpose, uint32_t draw, uint64_t first, size_t count,
                   uint64_t *out)
{
	size_t r = 0;

	for (; r + 2 * LANES <= count; r += 2 * LANES) {
		words c = counters(step, purpose, draw, first + r),
		    e = counters(step, purpose, draw, first + r + LANES);
		ten_rounds_of_two(&c, &e, key);
		put_words(c, LANES, out + 2 * r);
		put_words(e, LANES, out + 2 * (r + LANES));
	}
	for (; r < count; r += LANES)
		put_words(ten_rounds(counters(step, purpose, draw, first + r), key),
		          count - r < LANES ? count - r : LANES, out + 2 * r);
}

/* The upper 64 bits of (high 2^32 + low) n, n < 2^32: what low n leaves below 2^32 carries nothing. */
ALWAYS W index_of(W low, W high, W n)
{
	return (MULTIPLY(high, n) + (MULTIPLY(low, n) >> 32)) >> 32;
}

static void indices(uint64_t key, uint32_t step, uint32_t purpose, uint32_t draw, uint64_t first,
                    size_t count, uint64_t n, size_t stride, uint64_t *out)
{
	size_t r = 0;
	uint64_t w[2];

	for (; n >> 32 == 0 && r + 2 * LANES <= count; r += 2 * LANES) {
		words c = counters(step, purpose, draw, first + r),
		    e = counters(step, purpose, draw, first + r + LANES);
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

#endif
