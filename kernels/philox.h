/* Random words by coordinates: Philox4x32-10 with key = stream of the check and counter = (step, purpose and draw,
 * replicate). No state: any draw of any replicate can be had at any time, in any order, by any process. */
#ifndef KERNELS_PHILOX_H
#define KERNELS_PHILOX_H

#include <stddef.h>
#include <stdint.h>

/* Two 64-bit words of one counter. */
void rate_philox(uint64_t key, uint32_t step, uint32_t purpose, uint32_t draw, uint64_t replicate, uint64_t out[2]);
/* A word made an index in 0..n-1 (bias below n/2^64), or a number in (0, 1). */
uint64_t rate_index(uint64_t word, uint64_t n);
static inline double rate_uniform(uint64_t word)
{
	return ((double)(word >> 12) + 0.5) * 0x1p-52;
}

/* FNV-1a with a final mix: names streams and checks; of bytes: says whether two runs measured the same bits. */
uint64_t rate_hash(const char *text, uint64_t seed);
uint64_t rate_hash_bytes(const void *bytes, size_t n, uint64_t seed);

#endif
