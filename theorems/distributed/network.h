/* What the pages on networks share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_DISTRIBUTED_NETWORK_H
#define THEOREMS_DISTRIBUTED_NETWORK_H

#include "../common.h"

/* mean_j <- the mean over agents of row r of a block; the agents' length. */
RATE_INLINE size_t mean_of_agents(rate_run *run, const double *block, size_t r, double *mean)
{
	size_t N = run->call->agents(run), d = run->d / N;

	for (size_t j = 0; j < d; j++) {
		mean[j] = 0;
		for (size_t i = 0; i < N; i++)
			mean[j] += block[r * run->ld + i * d + j];
		mean[j] /= (double)N;
	}
	return d;
}

/* |(I - J)X|^2, J the average over agents, and |X|^2. */
RATE_INLINE double consensus2(rate_run *run, const double *x, size_t r, double *size2)
{
	size_t N = run->call->agents(run), d = run->d / N;
	double sum = 0;

	*size2 = 0;
	for (size_t j = 0; j < d; j++) {
		double mean = 0;

		for (size_t i = 0; i < N; i++)
			mean += x[r * run->ld + i * d + j] / (double)N;
		for (size_t i = 0; i < N; i++) {
			double one = x[r * run->ld + i * d + j];

			sum += (one - mean) * (one - mean);
			*size2 += one * one;
		}
	}
	return sum;
}

/* NULL, or what must hold of the start of N agents. */
RATE_INLINE const char *start_together(const rate_case *c, double N)
{
	size_t d = c->d / (size_t)N;

	for (size_t j = d; j < c->d; j++)
		if (c->x0[j] != c->x0[j % d])
			return "stated for agents that start at one point";
	return NULL;
}

#endif
