/* What methods of agents share: averages over them, and compressors of what they send.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef METHODS_AGENTS_H
#define METHODS_AGENTS_H

#include <math.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

/* Every copy of x becomes their mean. */
RATE_INLINE void average_agents(rate_run *run, double *x)
{
	size_t N = run->call->agents(run), d = run->d / N;

	for (size_t r = 0; r < run->nrep; r++) {
		double *row = rate_row(run, x, r);

		for (size_t j = 0; j < d; j++) {
			double mean = 0;

			for (size_t i = 0; i < N; i++)
				mean += row[i * d + j];
			mean /= (double)N;
			for (size_t i = 0; i < N; i++)
				row[i * d + j] = mean;
		}
	}
}

/* C(v): v times `by`; the k entries of largest size, of equal ones those that come first; each entry rounded to the
 * nearest number with so many bits of mantissa. */
enum { BY_SCALE, TOP_K, TO_FLOAT };
enum { COMPRESS, BY, K_LARGEST, BITS }; /* the first parameters of a method that compresses */

#define COMPRESSOR_PARAMS \
	[COMPRESS] = { "compress", RATE_CHOICE, "top", 0, 0, "scale|top|float", "what is sent of a vector" }, \
	[BY] = { "by", RATE_REAL, "1", -10, 10, NULL, "scale: it is sent so many times" }, \
	[K_LARGEST] = { "k", RATE_INTEGER, "1", 1, 1048576, NULL, "top: the k entries of largest size" }, \
	[BITS] = { "bits", RATE_INTEGER, "3", 0, 52, NULL, "float: bits of mantissa" }

RATE_INLINE double compressed(const double *param, size_t d, const double *v, size_t j)
{
	double larger = 0, unit;

	switch ((int)param[COMPRESS]) {
	case BY_SCALE:
		return param[BY] * v[j];
	case TOP_K:
		for (size_t i = 0; i < d; i++)
			larger += fabs(v[i]) > fabs(v[j]) || (i < j && !(fabs(v[i]) < fabs(v[j])));
		return larger < param[K_LARGEST] ? v[j] : 0;
	default:
		unit = v[j] != 0 ? ldexp(1, ilogb(v[j]) - (int)param[BITS]) : 0;
		return unit > 0 ? nearbyint(v[j] / unit) * unit : v[j];
	}
}

/* to <- to + C(v), agent by agent. */
RATE_INLINE void add_compressed(rate_run *run, const double *v, double *to)
{
	size_t N = run->call->agents(run), d = run->d / N;

	for (size_t r = 0; r < run->nrep; r++)
		for (size_t i = 0; i < N; i++) {
			const double *own = v + r * run->ld + i * d;

			for (size_t j = 0; j < d; j++)
				to[r * run->ld + i * d + j] += compressed(run->param, d, own, j);
		}
}

#endif
