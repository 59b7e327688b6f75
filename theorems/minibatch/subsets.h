/* All batches of b out of n terms, one after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_SUBSETS_H
#define THEOREMS_SUBSETS_H

#include "minibatch.h"

enum { MOST_SUBSETS = 20000 };

/* The next b-subset of 0..n-1 in lexicographic order; 0 after the last. */
RATE_INLINE int next_subset(size_t n, size_t b, size_t *in)
{
	size_t k = b;

	while (k > 0 && in[k - 1] == n - b + k - 1)
		k--;
	if (k == 0)
		return 0;
	in[k - 1]++;
	for (; k < b; k++)
		in[k] = in[k - 1] + 1;
	return 1;
}

/* Mean over all b-subsets of |mean of their rows|^2; the n rows have d numbers, and so has `sum`. */
RATE_INLINE double mean_of_batches(size_t n, size_t d, size_t b, const double *row, size_t *in, double *sum)
{
	double total = 0, count = 0;

	for (size_t k = 0; k < b; k++)
		in[k] = k;
	do {
		double square = 0;

		for (size_t j = 0; j < d; j++) {
			sum[j] = 0;
			for (size_t k = 0; k < b; k++)
				sum[j] += row[in[k] * d + j];
			square += sum[j] * sum[j];
		}
		total += square / ((double)b * (double)b);
		count++;
	} while (next_subset(n, b, in));
	return total / count;
}

/* The batch that was asked for, or the largest smaller one that has few enough subsets. */
RATE_INLINE size_t feasible_batch(size_t n, double asked)
{
	size_t b = asked < (double)n ? (size_t)asked : n;

	for (; b > 1; b--) {
		double subsets = 1;

		for (size_t k = 0; k < b; k++)
			subsets *= (double)(n - k) / (double)(k + 1);
		if (subsets < MOST_SUBSETS)
			break;
	}
	return b;
}

#endif
