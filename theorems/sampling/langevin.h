/* What the pages on Langevin steps share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_SAMPLING_LANGEVIN_H
#define THEOREMS_SAMPLING_LANGEVIN_H

#include "../common.h"

/* q = max(|1 - h m|, |1 - h M|), by which a gradient step brings points closer; 1 - q without cancellation */
RATE_INLINE double shortfall(double h, double m, double M)
{
	return fmin(h * m, fmin(2 - h * M, 1));
}

/* rho^k, rho = 1 - u; of any sign */
RATE_INLINE double power_of(double u, double k)
{
	double size = u < 1 ? decay(u, k) : decay(2 - u, k);

	return u > 1 && fmod(k, 2) != 0 ? -size : size;
}

/* (1 - q^{2t})/(1 - q^2) with q = 1 - u, the sum of q^{2k} over k < t; t where q = 1 */
RATE_INLINE double squares_until(double u, double t)
{
	double q2 = u * (2 - u);

	if (!(q2 > 0) || t <= 0)
		return t;
	return q2 < 1 ? -expm1(t * log1p(-q2)) / q2 : 1;
}

/* |1 - u|^{2t} */
RATE_INLINE double decay_squared(double u, double t)
{
	double q = u < 1 ? u : 2 - u;

	return decay(q, 2 * t);
}

/* ---- Quadratics whose eigenvalues, and the start along each, follow from few numbers ---- */

/* The first of the needs; that L_metric and mu_metric are 1 says that the matrix is the Hessian itself. */
#define NEEDS_OF_SPECTRUM \
	"metric_most", "metric_least", "metric_rank", "L_metric", "mu_metric", "D2_metric", "x_star", "no composite"
enum { MOST_OF_ALL, LEAST_OF_ALL, RANK, IS_HESSIAN_ABOVE, IS_HESSIAN_BELOW, HEIGHT };

/* The largest and the least eigenvalue, as exact as they are computed. */
#define EIGENVALUES(c) \
	RATE_LETTER_(most, (c)->need[MOST_OF_ALL] / (1 + 1e-12)); \
	RATE_LETTER_(least, (c)->need[LEAST_OF_ALL] + 1e-14 * (double)(c)->d * most)

RATE_INLINE int has_one_eigenvalue(const rate_case *c)
{
	EIGENVALUES(c);

	return most - least <= 1e-11 * most;
}

RATE_INLINE const char *spectrum_is_known(const rate_case *c)
{
	if (c->L_2 != 0 || c->need[IS_HESSIAN_ABOVE] != 1 || c->need[IS_HESSIAN_BELOW] != 1)
		return "stated for quadratics";
	return c->need[RANK] == (double)c->d && (has_one_eigenvalue(c) || c->d == 2)
	    ? NULL : "run for quadratics with one eigenvalue, or with two in the plane";
}

/* The sum over the directions of `one`, which is given the eigenvalue and the squared coordinate of x_0 - x_star. In
 * the plane the square in the norm of the Hessian tells how the start is shared out. */
RATE_INLINE double over_spectrum(const rate_case *c, double t,
                                 double (*one)(const rate_case *c, double lambda, double e2, double t))
{
	EIGENVALUES(c);
	double share;

	if (has_one_eigenvalue(c))
		return (double)c->d * one(c, most, c->D2 / (double)c->d, t);
	share = fmin(fmax((c->need[HEIGHT] - least * c->D2) / (most - least), 0), c->D2);
	return one(c, most, share, t) + one(c, least, c->D2 - share, t);
}

#endif
