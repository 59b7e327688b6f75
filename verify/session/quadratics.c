/* Quadratic terms: whether they are, and how far their partial derivatives lie from those of f.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/algebra.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* g(x + u + w) - g(x + u) - g(x + w) + g(x), g the gradient of term i, against its size: 0 if g is affine, whatever
 * the u, w. `room`: 6 d numbers, u and w first. */
static int term_is_affine(rate_session *s, size_t i, double *room)
{
	size_t d = s->run.d;
	double *u = room, *w = u + d, *x = w + d, *g = x + d, *sum = g + d, *size = sum + d;

	memset(sum, 0, 2 * d * sizeof *sum);
	for (int corner = 0; corner < 4; corner++) {
		for (size_t j = 0; j < d; j++)
			x[j] = s->x0[j] + (corner & 1 ? u[j] : 0) + (corner & 2 ? w[j] : 0);
		if (s->run.n ? rate_g_i(s, i, x, g) : rate_g(s, x, g))
			return 0;
		for (size_t j = 0; j < d; j++) {
			sum[j] += (corner == 0 || corner == 3 ? 1 : -1) * g[j];
			size[j] += fabs(g[j]);
		}
	}
	for (size_t j = 0; j < d; j++)
		if (!(fabs(sum[j]) <= 1e-9 * (size[j] + rate_norm_n(size, d))))
			return 0;
	return 1;
}

/* Are all terms quadratic, as far as their gradients near the start and farther away tell? */
int rate_quadratic_terms(rate_session *s)
{
	size_t d = s->run.d, n = s->run.n ? s->run.n : 1;
	double *room;
	int quadratic = s->c.L_2 == 0 && (s->run.n || rate_known(s, "noise_additive") == 1) &&
	    n * d <= 1 << 20;

	if (!quadratic || !(room = malloc(6 * d * sizeof *room)))
		return 0;
	for (double reach = 1.0 / 1024; reach <= 1024 && quadratic; reach *= 32)
		for (size_t i = 0; i < n && quadratic; i++) {
			for (size_t j = 0; j < 2 * d; j++)
				room[j] = reach * sin(1.7 * (double)(j + 1) + 2.3 * (double)(i % 7));
			quadratic = term_is_affine(s, i, room);
		}
	free(room);
	return quadratic;
}

/* `hessian` <- that of term i, d x d, from its gradients at both ends of steps along the axes. `room`: 3 d numbers. */
static int hessian_of_term(rate_session *s, size_t i, double *hessian, double *room)
{
	size_t d = s->run.d;
	double *x = room, *up = x + d, *down = up + d, reach = 1;

	for (size_t j = 0; j < d; j++)
		reach = fmax(reach, fabs(s->x0[j]));
	memcpy(x, s->x0, d * sizeof *x);
	for (size_t k = 0; k < d; k++) {
		x[k] = s->x0[k] + reach;
		if (rate_g_i(s, i, x, up))
			return RATE_FAIL;
		x[k] = s->x0[k] - reach;
		if (rate_g_i(s, i, x, down))
			return RATE_FAIL;
		x[k] = s->x0[k];
		for (size_t j = 0; j < d; j++)
			hessian[j * d + k] = (up[j] - down[j]) / (2 * reach);
	}
	return RATE_OK;
}

/* max over i of sum over j and k of |mean of B_ji B_jk|, B the Hessian of a term less that of f, and its root. As
 * (sum_i B_ji s_i)^2 is in the mean at most sum_i l_ji^2 s_i^2 with l_ji^2 = sum_k |mean of B_ji B_jk|, this is
 * max_i sum_j l_ji^2. */
static double largest_share(size_t n, size_t d, double *B)
{
	double largest = 0;

	for (size_t k = 0; k < d * d; k++) {
		double mean = 0;

		for (size_t i = 0; i < n; i++)
			mean += B[i * d * d + k] / (double)n;
		for (size_t i = 0; i < n; i++)
			B[i * d * d + k] -= mean;
	}
	for (size_t i = 0; i < d; i++) {
		double share = 0;

		for (size_t j = 0; j < d; j++)
			for (size_t k = 0; k < d; k++) {
				double product = 0;

				for (size_t r = 0; r < n; r++)
					product += B[r * d * d + j * d + i] * B[r * d * d + j * d + k];
				share += fabs(product) / (double)n;
			}
		largest = fmax(largest, share);
	}
	return sqrt(largest) * (1 + 1e-9);
}

/* How much more the partial derivatives of quadratic terms differ than those of f, shared among the coordinates. */
double rate_spread_of_coordinates(rate_session *s)
{
	size_t d = s->run.d, n = s->run.n;
	double *B, spread = NAN;

	if (n == 1)
		return 0;
	if (!n || d > 64 || n > ((size_t)1 << 23) / (d * d * d) || !rate_quadratic_terms(s) ||
	    !(B = malloc((n * d + 3) * d * sizeof *B)))
		return NAN;
	for (size_t i = 0; i < n; i++)
		if (hessian_of_term(s, i, B + i * d * d, B + n * d * d)) {
			free(B);
			return NAN;
		}
	spread = largest_share(n, d, B);
	free(B);
	return spread;
}
