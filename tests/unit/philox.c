/* The random words are Random123's, by its published known answers, and depend on the coordinates alone. */
#include "kernels/philox.h"

#include <math.h>
#include <Random123/philox.h>

#include "tests/tap.h"

/* kat_vectors of Random123: philox4x32-10. */
static const struct answer {
	uint32_t c[4], k[2], out[4];
} answers[] = {
	{ { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
	{ { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, { 0xffffffff, 0xffffffff },
	  { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
	{ { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, { 0xa4093822, 0x299f31d0 },
	  { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
};

int main(void)
{
	uint64_t w[2], v[2], seen[10] = { 0 };
	double sum = 0;

	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		const struct answer *a = &answers[i];
		uint64_t key = (uint64_t)a->k[1] << 32 | a->k[0], replicate = (uint64_t)a->c[3] << 32 | a->c[2];
		rate_philox(key, a->c[0], a->c[1] >> 24, a->c[1] & 0xffffff, replicate, w);
		ok(w[0] == ((uint64_t)a->out[1] << 32 | a->out[0]) && w[1] == ((uint64_t)a->out[3] << 32 | a->out[2]),
		   "known answer %zu", i);
	}
	rate_philox(7, 1, 2, 3, 0xffffffffu, w);
	rate_philox(7, 1, 2, 3, 0x100000000u, v);
	ok(w[0] != v[0], "the replicate counts on beyond 2^32");
	for (uint64_t r = 0; r < 100000; r++) {
		rate_philox(1, 0, 0, 0, r, w);
		seen[rate_index(w[0], 10)]++;
		sum += rate_uniform(w[1]);
	}
	for (int i = 0; i < 10; i++)
		ok(fabs((double)seen[i] - 1e4) < 500, "index %d comes up %llu times in 100000", i,
		   (unsigned long long)seen[i]);
	ok(fabs(sum / 1e5 - 0.5) < 0.005, "uniform numbers have mean 1/2");
	ok(rate_uniform(0) > 0 && rate_uniform(UINT64_MAX) < 1, "and lie strictly inside (0, 1)");
	ok(rate_index(UINT64_MAX, 3) == 2 && rate_index(0, 3) == 0, "indices stay in range");
	ok(rate_hash("a", 1) != rate_hash("a", 2) && rate_hash("a", 1) != rate_hash("b", 1),
	   "hashes tell seeds and texts apart");
	done_testing();
}
