/* Compressors C with |C(v) - v| <= b |v|, as the methods have them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_DISTRIBUTED_COMPRESS_H
#define THEOREMS_DISTRIBUTED_COMPRESS_H

#include "network.h"

/* Parameters compress, by, k, bits of a theorem with these letters. */
#define COMPRESSOR_ROWS \
	[compress_] = { "compress", RATE_CHOICE, "scale", 0, 0, "scale|top|float", "what is sent of a vector" }, \
	[by_] = { "by", RATE_REAL, "0.7", 0, 2, NULL, "scale: it is sent so many times" }, \
	[k_] = { "k", RATE_INTEGER, "1", 1, 1048576, NULL, "top: the k entries of largest size" }, \
	[bits_] = { "bits", RATE_INTEGER, "3", 0, 52, NULL, "float: bits of mantissa, to the nearest" }

/* b, for vectors of d numbers. */
RATE_INLINE double contraction(int compress, double by, double k, double bits, double d)
{
	return compress == 0 ? fabs(1 - by) : compress == 1 ? sqrt(1 - fmin(k / d, 1)) : 1 / (2 * exp2(bits) + 1);
}

#endif
