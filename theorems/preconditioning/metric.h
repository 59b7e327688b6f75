/* What theorems in a metric B measure and count with: |x - x_star|_B^2, elementary symmetric polynomials of its
 * spectrum.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_METRIC_H
#define THEOREMS_METRIC_H

#include <stdlib.h>
#include <string.h>

#include "../common.h"

/* Metrics are that large at most. */
enum { LARGEST = 256 };

/* e_t of the n numbers l but the one at `without` (n: all of them), over unit^t. Sums of positive terms: nothing
 * cancels. */
RATE_INLINE double symmetric(size_t n, const double *l, size_t without, size_t t, double unit)
{
	double e[LARGEST] = { 1 };

	for (size_t j = 0; j < n; j++)
		for (size_t k = t; k > 0 && j != without; k--)
			e[k] += l[j] / unit * e[k - 1];
	return e[t];
}

/* The condition number of B P_t for the positive eigenvalues l, ascending. */
RATE_INLINE double kappa_of(size_t n, const double *l, size_t t)
{
	return l[n - 1] / l[0] * symmetric(n, l, n - 1, t, l[n - 1]) / symmetric(n, l, 0, t, l[n - 1]);
}

/* The positive eigenvalues of B, ascending; their number is returned, 0 after an error. */
RATE_INLINE size_t positive_spectrum(rate_run *run, double *l)
{
	size_t low = 0, d = run->d;

	if (d > LARGEST || run->call->metric_spectrum(run, l))
		return 0;
	while (low < d && l[low] <= 0x1p-40 * l[d - 1])
		low++;
	memmove(l, l + low, (d - low) * sizeof *l);
	return d - low;
}

/* |x - x_star|_B^2. A rounding error e in x changes it by 2<e, B(x - x_star)>; and x_star, the solution of a linear
 * system, has an error with |e|_B^2 up to (eps |x|)^2 l_1 l_1/l_n of its own. */
RATE_INLINE int measure_dist2_metric(rate_view *v, double *q, double *s, double *b)
{
	rate_run *run = v->run;
	size_t block = run->nrep * run->ld;
	double l[LARGEST];
	size_t n = positive_spectrum(run, l);
	double *e = aligned_alloc(64, 2 * block * sizeof *e);
	int failed = !e || !n;

	(void)b;
	for (size_t r = 0; r < run->nrep && !failed; r++)
		for (size_t j = 0; j < run->ld; j++)
			e[r * run->ld + j] = j < run->d ? v->state[0][r * run->ld + j] - v->c->x_star[j] : 0;
	failed = failed || run->call->metric(run, 0, e, e + block);
	for (size_t r = 0; r < run->nrep && !failed; r++) {
		const double *row = e + r * run->ld, *x = v->state[0] + r * run->ld;
		double size = 0, length = 0, apart = 0; /* the last: a product with B has the errors of its entries */

		q[r] = 0;
		for (size_t j = 0; j < run->d; j++) {
			q[r] += row[j] * row[block + j];
			size += x[j] * x[j] + v->c->x_star[j] * v->c->x_star[j];
			length += row[block + j] * row[block + j];
			apart += row[j] * row[j];
		}
		s[r] = q[r] + apart * l[n - 1] + 2 * sqrt(size * length) +
		       0x1p-52 * size * l[n - 1] * (l[n - 1] / l[0]);
	}
	free(e);
	return failed ? RATE_FAIL : RATE_OK;
}

#endif
