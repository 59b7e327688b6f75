/* The scalar oracles that naive.c loads: one term's gradient of least squares, and of logistic loss with the label in
 * the row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stddef.h>

struct rows {
	const double *A, *b;
	size_t n, d;
};

static double margin(const struct rows *o, const double *x, size_t i)
{
	double s = 0;

	for (size_t j = 0; j < o->d; j++)
		s += o->A[i * o->d + j] * x[j];
	return s;
}

void gradient_square(const void *self, const double *x, size_t i, double *g)
{
	const struct rows *o = self;
	double s = margin(o, x, i) - o->b[i];

	for (size_t j = 0; j < o->d; j++)
		g[j] = s * o->A[i * o->d + j];
}

void gradient_logistic(const void *self, const double *x, size_t i, double *g)
{
	const struct rows *o = self;
	double s = -1 / (1 + exp(margin(o, x, i)));

	for (size_t j = 0; j < o->d; j++)
		g[j] = s * o->A[i * o->d + j];
}
