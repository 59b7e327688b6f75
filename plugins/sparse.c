/* The largest eigenvalue of A'A, from above, by products with the rows.
 *
 * Entries that are not negative: for any v > 0 it is at most max_j (A'A v)_j/v_j (Collatz and Wielandt), and steps of
 * the power method bring the two together. With signs the same is true of the matrix of absolute values, which may be
 * far larger; then Lanczos from a random start, too: the largest eigenvalue theta of k steps is below 1 - e of the true
 * one with probability at most 1.648 sqrt(d) exp(-sqrt(e) (2k - 1)) (Kuczynski and Wozniakowski, SIAM J. Matrix Anal.
 * Appl. 13, 1992), and e is chosen for 1e-12.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/sparse.h"

#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"

enum { STEPS = 48 }; /* of Lanczos; products of the power method */
static const double chance = 1e-12, enough = 1 + 1e-3;

/* out <- A'A v, or with the absolute values of the entries. */
static void product(const rate_table *t, int absolute, const double *v, double *out)
{
	memset(out, 0, t->columns * sizeof *out);
	for (size_t i = 0; i < t->rows; i++) {
		double m = 0;
		for (uint64_t k = t->start[i]; k < t->start[i + 1]; k++)
			m += (absolute ? fabs(t->value[k]) : t->value[k]) * v[t->column[k]];
		for (uint64_t k = t->start[i]; k < t->start[i + 1]; k++)
			out[t->column[k]] += m * (absolute ? fabs(t->value[k]) : t->value[k]);
	}
}

static double dot(size_t n, const double *x, const double *y)
{
	double sum = 0;

	for (size_t j = 0; j < n; j++)
		sum += x[j] * y[j];
	return sum;
}

/* v and w: room for two vectors. */
static double from_quotients(const rate_table *t, double *v, double *w)
{
	double most = INFINITY;

	for (size_t j = 0; j < t->columns; j++)
		v[j] = 1;
	for (int k = 0; k < STEPS; k++) {
		double above = 0, largest = 0, below;
		product(t, 1, v, w);
		for (size_t j = 0; j < t->columns; j++) {
			above = fmax(above, w[j] / v[j]);
			largest = fmax(largest, w[j]);
		}
		most = fmin(most, above);
		below = dot(t->columns, v, w) / dot(t->columns, v, v);
		if (most <= enough * below || !(largest > 0))
			break;
		for (size_t j = 0; j < t->columns; j++)
			v[j] = fmax(w[j] / largest, 1e-200);
	}
	return most;
}

/* Lanczos, each vector made orthogonal to all before it. */
static double from_random_start(const rate_table *t, double *room)
{
	size_t d = t->columns, steps = d < STEPS ? d : STEPS, k;
	double a[STEPS], b[STEPS], *q = room, *w = room + steps * d, norm, e;

	rate_host_services()->normals(rate_host_services(), 0, 0x4c61, d, q);
	norm = sqrt(dot(d, q, q));
	for (size_t j = 0; j < d; j++)
		q[j] /= norm;
	for (k = 0; k < steps; k++) {
		double *at = q + k * d;
		product(t, 0, at, w);
		a[k] = dot(d, at, w);
		for (int again = 0; again < 2; again++)
			for (size_t i = 0; i <= k; i++) {
				double c = dot(d, q + i * d, w);
				for (size_t j = 0; j < d; j++)
					w[j] -= c * q[i * d + j];
			}
		b[k] = sqrt(dot(d, w, w));
		if (k + 1 == steps || b[k] <= 1e-12 * a[0])
			break;
		for (size_t j = 0; j < d; j++)
			at[d + j] = w[j] / b[k];
	}
	k = k < steps ? k + 1 : steps;
	if (LAPACKE_dsterf((lapack_int)k, a, b))
		return INFINITY;
	/* All of the space has been seen, or all that the start touches. */
	e = k == d ? 1e-12 : pow(log(1.648 * sqrt((double)d) / chance) / (2 * (double)k - 1), 2);
	return e < 1 ? a[k - 1] / (1 - e) : INFINITY;
}

int rate_sparse_norm2(const rate_table *t, double *out)
{
	size_t d = t->columns;
	/* Of sums of at most so many terms. */
	double rounding = 1 + 4 * (double)(t->rows + d) * 0x1p-52, *v = malloc(2 * d * sizeof *v), *room;
	int negative = 0;

	if (!v)
		return RATE_FAIL;
	*out = from_quotients(t, v, v + d) * rounding;
	for (uint64_t k = 0; k < t->start[t->rows]; k++)
		negative |= t->value[k] < 0;
	free(v);
	if (negative && (room = malloc((STEPS + 1) * d * sizeof *room))) {
		*out = fmin(*out, from_random_start(t, room) * rounding);
		free(room);
	}
	return RATE_OK;
}
