/* What the pages on noise that grows with the gradient share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_AFFINE_H
#define THEOREMS_AFFINE_H

#include "../common.h"

#define BOTTOU_CURTIS_NOCEDAL \
	"Bottou, Curtis and Nocedal, Optimization methods for large-scale machine learning, arXiv:1606.04838"

/* E |g - grad f|^2 <= M + M_V |grad f|^2; M_G = 1 + M_V. */
enum { NOISE, GROWTH };
#define NEEDS_OF_AFFINE "noise_M", "noise_MV", "L", "f_star", "no composite"

RATE_INLINE double longest(const rate_case *c)
{
	return 1 / (c->L * (1 + c->need[GROWTH]));
}

/* One step of the recursion: what is left of the gap, and the noise. */
RATE_INLINE double recursion(const rate_case *c, double gamma, double gap)
{
	double M_G = 1 + c->need[GROWTH];

	return (1 - 2 * c->pl * gamma * (1 - gamma * c->L * M_G / 2)) * gap + gamma * gamma * c->L * c->need[NOISE] / 2;
}

#endif
