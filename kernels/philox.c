/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/philox.h"

#include <string.h>

#include <Random123/philox.h>

void rate_philox(uint64_t key, uint32_t step, uint32_t purpose, uint32_t draw, uint64_t replicate, uint64_t out[2])
{
	philox4x32_key_t k = { { (uint32_t)key, (uint32_t)(key >> 32) } };
	philox4x32_ctr_t c =
	    { { step, purpose << 24 | (draw & 0xffffffu), (uint32_t)replicate, (uint32_t)(replicate >> 32) } };

	c = philox4x32(c, k);
	out[0] = (uint64_t)c.v[1] << 32 | c.v[0];
	out[1] = (uint64_t)c.v[3] << 32 | c.v[2];
}

uint64_t rate_index(uint64_t word, uint64_t n)
{
	return (uint64_t)((unsigned __int128)word * n >> 64);
}

uint64_t rate_hash(const char *text, uint64_t seed)
{
	return rate_hash_bytes(text, strlen(text), seed);
}

uint64_t rate_hash_bytes(const void *bytes, size_t n, uint64_t seed)
{
	const unsigned char *byte = bytes;
	uint64_t h = 0xcbf29ce484222325u ^ (seed * 0x9e3779b97f4a7c15u);

	for (size_t i = 0; i < n; i++)
		h = (h ^ byte[i]) * 0x100000001b3u;
	h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
	h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53u;
	return h ^ h >> 33;
}
