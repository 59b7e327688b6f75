/* What theorems about two levels ask of an objective.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BILEVEL_TWO_LEVELS_H
#define BILEVEL_TWO_LEVELS_H

#include "../common.h"

#include <stdlib.h>

/* Their first needs: a field, and the weight of the penalty that it is made of. */
enum { WEIGHT = 1, OTHER_NEEDS };

/* The quantity `bilevel.name` at the point, and the scale of its rounding error (may be NULL). */
RATE_INLINE int two_levels(const rate_point *p, const char *name, double *q, double *scale)
{
	char whole[64];
	double s;

	snprintf(whole, sizeof whole, "bilevel.%s", name);
	return p->run->call->quantity(p->run, whole, p->x[0], q, scale ? scale : &s);
}

/* How large the parts are that cancel in lambda (grad_x g(x, y) - grad_x g(x, z)), with `steepness` lambda M: rounding
 * errors of a step of x are relative to that. */
RATE_INLINE double cancelled(const rate_view *v, double steepness, size_t r)
{
	const double *x = v->state[0] + r * v->run->ld;
	double sum = 0;

	for (size_t j = 0; j < v->run->d; j++)
		sum += x[j] * x[j];
	return steepness * sqrt(sum);
}

#endif
