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

#endif
