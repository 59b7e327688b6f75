/* The moving reference point: the recursion behind the theorems on the last subgradient iterate.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_LAST_ITERATE_REFERENCE_H
#define THEOREMS_LAST_ITERATE_REFERENCE_H

#include "../common.h"

#define ZAMANI_GLINEUR \
	"Zamani and Glineur, Exact convergence rate of the last iterate in subgradient methods, arXiv:2307.11134"
#define LIU_ZHOU \
	"Liu and Zhou, Revisiting the last-iterate convergence of stochastic gradient methods, arXiv:2312.08531"
#define LINEAR_DECAY \
	"Defazio, Cutkosky, Mehta and Mishchenko, Optimal linear decay learning rate schedules, arXiv:2310.07831"

/* The bound is (start R^2 + noise G^2)/2. */
struct reference {
	double start, noise;
};

/* From b_N = 1/rho down: q_t = step_t (b_{t+1} - mu), b_t = b_{t+1}/(1 + q_t)^2. */
RATE_INLINE struct reference move_reference(const double *step, uint64_t N, double rho, double mu)
{
	double b = 1 / rho, noise = rho;

	for (uint64_t t = N; t-- > 0 && b > mu;) {
		double q = step[t] * (b - mu);
		noise += step[t] * q;
		b /= (1 + q) * (1 + q);
	}
	return (struct reference){ b > mu ? b - mu : 0, noise };
}

/* The distance over the size of the subgradients: what the best steps are proportional to. */
RATE_INLINE double natural_step(const rate_case *c)
{
	double R = sqrt(c->D2);

	return (R > 0 ? R : 1) / c->G;
}

#endif
