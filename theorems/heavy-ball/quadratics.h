/* What the theorems on quadratics share: f = f_star + 1/2 (x - x_star)'A(x - x_star), mu I <= A <= L I.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_HEAVY_BALL_QUADRATICS_H
#define THEOREMS_HEAVY_BALL_QUADRATICS_H

#include "../common.h"

#define NEEDS_OF_QUADRATICS "L", "mu", "L_2", "x_star"

RATE_INLINE const char *quadratic_only(const rate_case *c)
{
	return c->L_2 == 0 ? NULL : "stated for quadratics: the Hessian has to be constant";
}

/* (sqrt kappa - 1)/(sqrt kappa + 1), kappa = L/mu */
RATE_INLINE double best_rate(double L, double mu)
{
	return (sqrt(L) - sqrt(mu)) / (sqrt(L) + sqrt(mu));
}

/* The range of hb-quadratic-finite: NULL, or what must hold. */
RATE_INLINE const char *fits_spectrum(const rate_case *c, double gamma, double beta)
{
	double root = sqrt(beta);

	if (!(beta >= 0 && beta < 1))
		return "0 <= beta < 1";
	if ((1 - root) * (1 - root) > gamma * c->mu * (1 + 1e-12) ||
	    gamma * c->L > (1 + root) * (1 + root) * (1 + 1e-12))
		return "(1 - sqrt beta)^2/mu <= gamma <= (1 + sqrt beta)^2/L";
	return NULL;
}

#endif
