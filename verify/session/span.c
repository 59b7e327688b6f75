/* Does a method stay in the span of the gradients that it sees? Lower bounds speak of such methods only.
 *
 * The gradients that replicate 0 sees are made orthonormal in the order in which they come. After t steps x_t - x_0
 * has to lie in the span of the first t of them: one new direction a step. A method may look at more gradients
 * (conjugate gradients measure the curvature along their direction) but not move along them before their turn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/session.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST ((size_t)1 << 25)  /* doubles of the basis; beyond this nothing is tested */
#define NEW 1e-10               /* a gradient that is shorter by this factor after projection is no new direction */
#define OUTSIDE 1e-8            /* relative length of what is left of x_t - x_0 */

struct rate_span {
	size_t d, count, capacity;
	double *basis, *rest;
	int full; /* the whole space is spanned, or the memory is used up */
};

/* rest <- v minus its projection on the first `count` directions, twice for the sake of rounding; its length. */
static double project_out(struct rate_span *span, size_t count)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t k = 0; k < count; k++) {
			const double *b = span->basis + k * span->d;
			double c = rate_dot_n(b, span->rest, span->d);
			for (size_t j = 0; j < span->d; j++)
				span->rest[j] -= c * b[j];
		}
	return rate_norm_n(span->rest, span->d);
}

static int grow(struct rate_span *span)
{
	size_t capacity = span->capacity ? 2 * span->capacity : 8;
	double *basis;

	if (span->count < span->capacity)
		return RATE_OK;
	if (capacity * span->d > MOST || !(basis = realloc(span->basis, capacity * span->d * sizeof *basis)))
		return RATE_FAIL;
	span->basis = basis;
	span->capacity = capacity;
	return RATE_OK;
}

void rate_span_begin(rate_session *s)
{
	if ((s->theorem->flags & RATE_ANY_METHOD) && s->run.n == 1)
		rate_span_open(s);
}

void rate_span_open(rate_session *s)
{
	rate_span_end(s);
	if (!(s->watch.span = calloc(1, sizeof *s->watch.span)))
		return;
	s->watch.span->d = s->run.d;
	if (!(s->watch.span->rest = calloc(s->run.d, sizeof(double))))
		rate_span_end(s);
}

void rate_span_saw(rate_session *s, const double *g)
{
	struct rate_span *span = s->watch.span;
	double norm, left;

	if (!span || span->full || !s->watch.counting || s->draws.replicate0)
		return;
	norm = rate_norm_n(g, span->d);
	if (!(norm > 0) || !isfinite(norm))
		return;
	for (size_t j = 0; j < span->d; j++)
		span->rest[j] = g[j] / norm;
	left = project_out(span, span->count);
	if (!(left > NEW))
		return;
	if (grow(span)) {
		span->full = 1;
		return;
	}
	for (size_t j = 0; j < span->d; j++)
		span->basis[span->count * span->d + j] = span->rest[j] / left;
	span->full = ++span->count == span->d;
}

void rate_span_test(rate_session *s, const double *x, uint64_t t, uint64_t allowed, rate_witness *w)
{
	struct rate_span *span = s->watch.span;
	double size, left;

	if (!span || w->found || s->draws.replicate0)
		return;
	if (!allowed)
		allowed = UINT64_MAX;
	if (span->full && span->count < span->d && span->count < allowed)
		return;
	for (size_t j = 0; j < span->d; j++)
		span->rest[j] = x[j] - s->x0[j];
	size = rate_norm_n(span->rest, span->d);
	if (!(size > 0) || !(size <= 1e100))
		return;
	left = project_out(span, span->count < allowed ? span->count : (size_t)allowed);
	if (!(left > OUTSIDE * size))
		return;
	w->found = 1;
	w->step = t;
	w->measured = left / size;
	snprintf(w->property, sizeof w->property, "span");
	snprintf(w->detail, sizeof w->detail,
	         "the method left the span of one gradient a step: %.3g of x_%llu - x_0 lies outside", left / size,
	         (unsigned long long)t);
}

void rate_span_end(rate_session *s)
{
	if (s->watch.span) {
		free(s->watch.span->basis);
		free(s->watch.span->rest);
	}
	free(s->watch.span);
	s->watch.span = NULL;
}
