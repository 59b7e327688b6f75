/* The k points of the lattice h Z^d nearest to x, and the weights of a linear fit to them.
 *
 * Ties go to the smaller first coordinate, then to the second, and so on. While the points lie in a plane (det S <=
 * 1e-9 (trace S/d)^d, S the sum of (z - mean)(z - mean)') the next nearest is added. Least squares with a constant:
 * slope = sum_i w_i y_i, w_i = S^-1 (z_i - mean), so sum w_i = 0 and sum w_i z_i' = I.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RATECHECK_METHODS_NEIGHBOURS_H
#define RATECHECK_METHODS_NEIGHBOURS_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum {
	NEIGHBOUR_DIMENSIONS = 3,
	MOST_NEIGHBOURS = 32,
	NEIGHBOUR_REACH = 3, /* lattice points in a cube of 2 reach + 1 a side are looked at */
	NEIGHBOUR_CUBE = 343
};

struct neighbours {
	size_t k;
	double z[MOST_NEIGHBOURS][NEIGHBOUR_DIMENSIONS]; /* point less x */
	double w[MOST_NEIGHBOURS][NEIGHBOUR_DIMENSIONS];
};

struct near_point {
	double distance2;
	double z[NEIGHBOUR_DIMENSIONS];
};

/* Distances that differ by rounding are ties; then by coordinates. */
RATE_INLINE int nearer(const void *a, const void *b)
{
	const struct near_point *p = a, *q = b;

	if (fabs(p->distance2 - q->distance2) > 1e-12 * (p->distance2 + q->distance2))
		return p->distance2 < q->distance2 ? -1 : 1;
	for (size_t j = 0; j < NEIGHBOUR_DIMENSIONS; j++)
		if (fabs(p->z[j] - q->z[j]) > 1e-9 * (fabs(p->z[j]) + fabs(q->z[j])))
			return p->z[j] < q->z[j] ? -1 : 1;
	return 0;
}

/* inverse <- S^-1 of the first k points; 0: they lie in a plane. Cofactors, for d <= 3. */
RATE_INLINE int inverse_scatter(size_t d, size_t k, const struct near_point *p, double *mean, double inverse[3][3])
{
	double S[3][3] = { { 0 }, { 0 }, { 0 } }, det, trace = 0;

	for (size_t j = 0; j < 3; j++)
		mean[j] = 0;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < d; j++)
			mean[j] += p[i].z[j] / (double)k;
	for (size_t j = 0; j < 3; j++)
		S[j][j] = j < d ? 0 : 1;
	for (size_t i = 0; i < k; i++)
		for (size_t a = 0; a < d; a++)
			for (size_t b = 0; b < d; b++)
				S[a][b] += (p[i].z[a] - mean[a]) * (p[i].z[b] - mean[b]);
	for (size_t j = 0; j < d; j++)
		trace += S[j][j];
	for (size_t a = 0; a < 3; a++)
		for (size_t b = 0; b < 3; b++)
			inverse[b][a] = S[(a + 1) % 3][(b + 1) % 3] * S[(a + 2) % 3][(b + 2) % 3] -
			                S[(a + 1) % 3][(b + 2) % 3] * S[(a + 2) % 3][(b + 1) % 3];
	det = S[0][0] * inverse[0][0] + S[0][1] * inverse[1][0] + S[0][2] * inverse[2][0];
	if (!(det > 1e-9 * pow(trace / (double)d, (double)d)))
		return 0;
	for (size_t a = 0; a < 3; a++)
		for (size_t b = 0; b < 3; b++)
			inverse[a][b] /= det;
	return 1;
}

/* The lattice points about x, nearest first; how many. */
RATE_INLINE size_t lattice_about(size_t d, double h, const double *x, struct near_point *p)
{
	size_t side = 2 * NEIGHBOUR_REACH + 1, count = 1;

	for (size_t j = 0; j < d; j++)
		count *= side;
	for (size_t i = 0; i < count; i++) {
		p[i] = (struct near_point){ 0 };
		for (size_t j = 0, rest = i; j < d; j++, rest /= side) {
			double cell = floor(x[j] / h + 0.5) + (double)(rest % side) - NEIGHBOUR_REACH;
			p[i].z[j] = cell * h - x[j];
			p[i].distance2 += p[i].z[j] * p[i].z[j];
		}
	}
	qsort(p, count, sizeof *p, nearer);
	return count;
}

/* 1; 0: no set of points spans the space. */
RATE_INLINE int nearest(size_t d, size_t k, double h, const double *x, struct neighbours *n)
{
	struct near_point p[NEIGHBOUR_CUBE];
	size_t count = lattice_about(d, h, x, p);
	double mean[3], inverse[3][3];

	while (k <= count && k <= MOST_NEIGHBOURS && !inverse_scatter(d, k, p, mean, inverse))
		k++;
	if (k > count || k > MOST_NEIGHBOURS)
		return 0;
	n->k = k;
	memset(n->w, 0, sizeof n->w);
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < d; j++) {
			n->z[i][j] = p[i].z[j];
			for (size_t a = 0; a < d; a++)
				n->w[i][j] += inverse[j][a] * (p[i].z[a] - mean[a]);
		}
	return 1;
}

/* sqrt(sum_j (sum_i |w_ij| |z_i|^2)^2)/2: times L, how far the fit to an L-smooth function is off its gradient */
RATE_INLINE double fit_error(size_t d, const struct neighbours *n)
{
	double all = 0;

	for (size_t j = 0; j < d; j++) {
		double sum = 0;
		for (size_t i = 0; i < n->k; i++) {
			double length2 = 0;
			for (size_t a = 0; a < d; a++)
				length2 += n->z[i][a] * n->z[i][a];
			sum += fabs(n->w[i][j]) * length2;
		}
		all += sum * sum;
	}
	return sqrt(all) / 2;
}

#endif
