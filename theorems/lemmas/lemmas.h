/* What the lemmas look at: an objective at two points.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_LEMMAS_H
#define THEOREMS_LEMMAS_H

#include <stdlib.h>
#include <string.h>

#include "../common.h"

#define FOLKLORE "standard"
#define BOWL "quadratic:d=3,spectrum=one"

/* Vectors of ld doubles, in one allocation; free(store). */
struct room {
	double *store;
	size_t used, ld;
};

RATE_INLINE int room_for(struct room *r, const rate_point *p, size_t vectors)
{
	r->ld = p->run->ld;
	r->used = 0;
	r->store = aligned_alloc(64, (vectors * r->ld + 8) / 8 * 64);
	if (!r->store)
		return RATE_FAIL;
	memset(r->store, 0, vectors * r->ld * sizeof(double));
	return RATE_OK;
}

RATE_INLINE double *take(struct room *r)
{
	return r->store + r->ld * r->used++;
}

RATE_INLINE double dot_of(const rate_point *p, const double *x, const double *y)
{
	double out;

	rate_dot(p->run, x, y, &out);
	return out;
}

RATE_INLINE double norm_of(const rate_point *p, const double *x)
{
	return sqrt(dot_of(p, x, x));
}

/* out <- x - y */
RATE_INLINE void subtract(const rate_point *p, const double *x, const double *y, double *out)
{
	rate_copy(p->run, x, out);
	rate_axpy(p->run, -1, y, out);
}

/* Points x and y of the feasible set, e = y - x, and what f says there. */
struct two {
	struct room room;
	double *x, *y, *e, *gx, *gy, *dg;
	double fx, fy;
	double dist2, dg2; /* |e|^2, |dg|^2 with dg = g_y - g_x */
	double inner;      /* <dg, e> */
	double bend;       /* f(y) - f(x) - <g_x, e> */
	double size;       /* |x| + |y| + |x_star| */
	double round_g;    /* scale of the rounding error of a gradient */
	double round_f;    /* and of the bend */
};

/* RATE_FAIL with nothing left to free; else free(t->room.store). `spare` vectors more may be taken. */
RATE_INLINE int look(const rate_point *p, struct two *t, size_t spare)
{
	rate_run *run = p->run;
	double L = p->c->L >= 0 ? p->c->L : 0;

	if (room_for(&t->room, p, 6 + spare))
		return RATE_FAIL;
	t->x = take(&t->room);
	t->y = take(&t->room);
	t->e = take(&t->room);
	t->gx = take(&t->room);
	t->gy = take(&t->room);
	t->dg = take(&t->room);
	rate_copy(run, p->x[0], t->x);
	rate_copy(run, p->x[1], t->y);
	if (rate_project(run, t->x) || rate_project(run, t->y) || rate_value_at(run, t->x, &t->fx) ||
	    rate_value_at(run, t->y, &t->fy) || rate_gradient(run, t->x, t->gx) || rate_gradient(run, t->y, t->gy)) {
		free(t->room.store);
		return RATE_FAIL;
	}
	subtract(p, t->y, t->x, t->e);
	subtract(p, t->gy, t->gx, t->dg);
	t->dist2 = dot_of(p, t->e, t->e);
	t->dg2 = dot_of(p, t->dg, t->dg);
	t->inner = dot_of(p, t->dg, t->e);
	t->bend = t->fy - t->fx - dot_of(p, t->gx, t->e);
	t->size = norm_of(p, t->x) + norm_of(p, t->y) + (p->c->x_star ? norm_of(p, p->c->x_star) : 0);
	t->round_g = norm_of(p, t->gx) + norm_of(p, t->gy) + L * t->size;
	t->round_f = fabs(t->fx) + fabs(t->fy) + t->round_g * t->size;
	return RATE_OK;
}

/* Mean over the terms of |grad f_i(x) - grad f_i(y)|^2 (y NULL: of |grad f_i(x)|^2); `a`, `b`: two vectors of work.
 * *round grows by the root mean square of the gradients themselves: where they are large and nearly equal their
 * rounding is what is left. */
RATE_INLINE int mean_square(const rate_point *p, const double *x, const double *y, double *a, double *b, double *out,
                            double *round)
{
	rate_run *run = p->run;
	double size = 0;

	*out = 0;
	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *term = run->call->component(run, i);

		if (!term || rate_sample_gradient(run, term, x, a) || (y && rate_sample_gradient(run, term, y, b)))
			return RATE_FAIL;
		size += (dot_of(p, a, a) + (y ? dot_of(p, b, b) : 0)) / (double)run->n;
		if (y)
			rate_axpy(run, -1, b, a);
		*out += dot_of(p, a, a) / (double)run->n;
	}
	*round += sqrt(size);
	return RATE_OK;
}

/* A lemma: all but its own words. */
#define LEMMA(points_wanted, claim) \
	.size = sizeof(rate_theorem), .abi = RATE_ABI, .chapter = "lemmas", .source = FOLKLORE, .kind = (claim), \
	.points = (points_wanted)

#endif
