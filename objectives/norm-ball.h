/* What wrappers to a ball of some norm about 0 share. The file includes this, and has project and minimise (lmo/1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RATECHECK_OBJECTIVES_NORM_BALL_H
#define RATECHECK_OBJECTIVES_NORM_BALL_H

#include "wrapper.h"

struct norm_ball {
	struct wrapped w;
	double radius;
};

/* The ball lies in the Euclidean one of its radius, so that a smooth f has bounded gradients there. */
RATE_INLINE struct norm_ball *norm_ball_new(const rate_host *host, const rate_args *args, const char *id, double radius,
                                            const rate_projection *onto)
{
	const rate_finite_sum *sum = args->inner ? inner_interface(args->inner, "finite-sum/1") : NULL;
	size_t d = args->inner ? args->inner->cls->dim(args->inner->self) : 0,
	       n = sum ? sum->count(args->inner->self) : 1;
	struct norm_ball *b = wrap(host, args, id, sizeof *b, 4 * d + n);
	double *x0, *centre;

	if (!b)
		return NULL;
	b->radius = radius;
	x0 = facts_take(b, d);
	centre = facts_take(b, d); /* 0 */
	onto->project(b, b->w.known.start, x0);
	b->w.known.start = x0;
	know(b, "set_center", RATE_EXACT, 0, "each coordinate of the centre");
	know_set(&b->w, onto, 2 * radius, radius, centre, facts_take(b, 2 * d + n));
	return b;
}

#endif
