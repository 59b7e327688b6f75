/* Online losses s_t x, linear on the line: the objective itself is their mean m x, and -sign m its minimiser on
 * [-1, 1].
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who includes this writes `slope_of`, `comparator` and `create`; the callbacks and offers() are here.
 */
#ifndef RATECHECK_OBJECTIVES_LINEAR_LOSSES_H
#define RATECHECK_OBJECTIVES_LINEAR_LOSSES_H

#include "common.h"

/* The state of every objective that includes this starts with it. */
struct linear_losses {
	struct facts known;
	double mean, best, start;
};

static double slope_of(const void *self, uint64_t t);
static int comparator(void *self, uint64_t T, double *x);

/* What follows from the mean slope and x_0. */
RATE_INLINE void linear_losses_begin(void *self, double mean, double start)
{
	struct linear_losses *c = self;

	c->mean = mean;
	c->best = mean < 0 ? 1 : -1;
	c->start = start;
	c->known.start = &c->start;
	know(c, "convex", RATE_EXACT, 1, "linear losses");
}

static int value(void *self, const double *x, double *f)
{
	*f = ((const struct linear_losses *)self)->mean * *x;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)x;
	*g = ((const struct linear_losses *)self)->mean;
	return RATE_OK;
}

static size_t normals(void *self)
{
	(void)self;
	return 0;
}

static int round_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	*f = slope_of(self, s->t) * *x;
	return RATE_OK;
}

static int round_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	(void)x;
	*g = slope_of(self, s->t);
	return RATE_OK;
}

static int project(void *self, const double *x, double *p)
{
	(void)self;
	*p = fmax(-1, fmin(*x, 1));
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct linear_losses *c = self;

	*gap = fabs(c->mean) * (1 - c->best * *x);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_stream stream = { sizeof stream, 1, normals, round_value, round_gradient, comparator };
static const rate_projection projection = { sizeof projection, project };
OFFERS({ "gap/1", &gap }, { "stream/1", &stream }, { "projection/1", &projection })

#endif
