/* What DoG's theorems measure, computed from the path and not from the method's own state: r_t, S_t, the largest
 * distance from x_star, and the sums of r_t <g_t, x_t - x_star> and r_t (f(x_t) - f_star).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_ADAPTIVE_DOG_H
#define THEOREMS_ADAPTIVE_DOG_H

#include <stdlib.h>

#include "../common.h"

enum { R_EPS }; /* the first parameter of every theorem on DoG */
enum { FAR, SQUARES, FIRST, DIST, WEIGHTS, INNER, INNER_SCALE, GAPS, GAPS_SCALE, DOG_KEPT };

RATE_INLINE double distance(const double *x, const double *y, size_t d)
{
	double sum = 0;

	for (size_t i = 0; i < d; i++)
		sum += (x[i] - y[i]) * (x[i] - y[i]);
	return sqrt(sum);
}

/* A guess far below the size of the points is lost in them: the first steps would be steps of rounding. */
#define FELT "r_eps >= 1e-10 (|x_0| + d_0): a smaller first step is lost in the rounding of x_0"

RATE_INLINE int is_felt(const rate_case *c)
{
	double x0 = 0;

	for (size_t j = 0; j < c->d; j++)
		x0 += c->x0[j] * c->x0[j];
	return c->param[R_EPS] >= 1e-10 * (sqrt(x0) + sqrt(c->D2));
}

/* r_t and the largest distance from x_star if x_t is counted too. */
RATE_INLINE double far_now(const rate_view *v, size_t r)
{
	const double *x = v->state[0] + r * v->run->ld, *kept = v->acc + r * DOG_KEPT;

	return fmax(fmax(kept[FAR], v->c->param[R_EPS]), distance(x, v->c->x0, v->run->d));
}

RATE_INLINE double dist_now(const rate_view *v, size_t r)
{
	return fmax(v->acc[r * DOG_KEPT + DIST], distance(v->state[0] + r * v->run->ld, v->c->x_star, v->run->d));
}

/* What 64 eps in the points do to sqrt(S) (dbar^2 - d^2)/2, which is a difference. */
RATE_INLINE double size_of_difference(const rate_view *v, size_t r)
{
	const double *x = v->state[0] + r * v->run->ld, *star = v->c->x_star;
	double x2 = 0, star2 = 0;

	for (size_t j = 0; j < v->run->d; j++) {
		x2 += x[j] * x[j];
		star2 += star[j] * star[j];
	}
	return sqrt(v->acc[r * DOG_KEPT + SQUARES]) * dist_now(v, r) * (sqrt(x2) + sqrt(star2));
}

/* Counts the point of replicate r, with its gradient and its gap. */
RATE_INLINE void count_point(const rate_view *v, size_t r, const double *g, double gap, double scale)
{
	const double *x = v->state[0] + r * v->run->ld, *star = v->c->x_star;
	double *kept = rate_acc(v, DOG_KEPT, r), inner = 0, size = 0, g2 = 0, far = far_now(v, r);

	for (size_t i = 0; i < v->run->d; i++) {
		inner += g[i] * (x[i] - star[i]);
		size += fabs(g[i]) * (fabs(x[i]) + fabs(star[i]));
		g2 += g[i] * g[i];
	}
	kept[FAR] = far;
	kept[DIST] = dist_now(v, r);
	kept[SQUARES] += g2;
	if (kept[FIRST] == 0)
		kept[FIRST] = g2;
	kept[WEIGHTS] += far;
	kept[INNER] += far * inner;
	kept[INNER_SCALE] += far * size;
	kept[GAPS] += far * gap;
	kept[GAPS_SCALE] += far * scale;
}

RATE_INLINE int observe_dog(rate_view *v)
{
	rate_run *run = v->run;
	size_t nrep = run->nrep, block = nrep * run->ld;
	double *g = aligned_alloc(64, (block + (2 * nrep + 7) / 8 * 8) * sizeof *g);
	int failed = !g || rate_gradient(run, v->state[0], g) ||
	             rate_gap_of(v, v->state[0], g + block, g + block + nrep);

	for (size_t r = 0; r < nrep && !failed; r++)
		count_point(v, r, g + r * run->ld, g[block + r], g[block + nrep + r]);
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

#endif
