/* Blame: a declared constant that is false at points the run visited is the objective's fault, whatever the claim did.
 *
 * Every pair of points that follow each other is looked at, and each point beside the minimiser. What else the theorem
 * reads, and whether the oracles belong together, is looked at by the probe's own eyes (verify/probe/glance.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/measure.h"
#include "verify/session/quantities.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EPS 0x1p-52
/* Products of smaller numbers leave the range in which rounding errors are relative; squares of larger ones
 * overflow. */
#define SMALL 1e-140
#define LARGE 1e150
#define AT_ONCE 0x1p22 /* numbers of all terms */

/* A point with f (or f_i) and its gradient there. */
typedef struct seen {
	const double *x;
	double *g, f, length, slope; /* length = |x|, slope = |g| */
} seen;

typedef struct pair {
	double dist, dg, inner, to_y; /* inner = <g_y - g_x, y - x>, to_y = <g_x, y - x> */
} pair;

struct rate_blamer {
	double *x, *g[2], *h, *e; /* the last point and the gradient there; one at y; one of a term; two differences */
	double *back, *star_g;
	seen last, star;          /* whose g is NULL where there is none */
	int turn;
};

static struct rate_blamer *blamer(rate_session *s)
{
	struct rate_blamer *b = s->watch.blamer;
	size_t d = s->run.d;

	if (b || !(b = calloc(1, sizeof *b)))
		return b;
	if (!(b->x = malloc(8 * d * sizeof *b->x))) {
		free(b);
		return NULL;
	}
	b->g[0] = b->x + d;
	b->g[1] = b->x + 2 * d;
	b->h = b->x + 3 * d;
	b->e = b->x + 4 * d;
	b->back = b->x + 6 * d;
	b->star_g = b->x + 7 * d;
	return s->watch.blamer = b;
}

void rate_blame_end(rate_session *s)
{
	if (s->watch.blamer)
		free(s->watch.blamer->x);
	free(s->watch.blamer);
	s->watch.blamer = NULL;
}

/* Oracles may overflow where only blame looks. */
static int evaluate(rate_session *s, size_t i, int whole, const double *x, double *g, seen *out)
{
	size_t d = s->run.d;
	int before = *s->error.text;

	*out = (seen){ .x = x, .g = g, .length = rate_norm_n(x, d) };
	if (!(out->length <= LARGE) ||
	    /* The gradient first: the value may be had with it. */
	    (whole ? rate_g(s, x, g) || rate_f(s, x, &out->f) : rate_f_i(s, i, x, &out->f) || rate_g_i(s, i, x, g))) {
		if (!before)
			rate_no_error(&s->error);
		return RATE_FAIL;
	}
	out->slope = rate_norm_n(g, d);
	return isfinite(out->slope) ? RATE_OK : RATE_FAIL;
}

static void relate(size_t d, const seen *x, const seen *y, double *e, pair *p)
{
	double *diff = e + d;

	for (size_t j = 0; j < d; j++) {
		e[j] = y->x[j] - x->x[j];
		diff[j] = y->g[j] - x->g[j];
	}
	p->dist = rate_norm_n(e, d);
	p->dg = rate_norm_n(diff, d);
	p->inner = rate_dot_n(diff, e, d);
	p->to_y = rate_dot_n(x->g, e, d);
}

/* A constant that nobody declares is the host's own, from others (L_max of the L_i, f_star of the gradients). */
static const char *whence(rate_session *s, const char *name)
{
	const rate_constant_info *c = rate_constant_named(name);
	double known = rate_constant_of(s, strcmp(name, "f_star") || !s->composite ? name : "F_star", NULL);

	return !c || known == known ? "declared" : "taken for";
}

int rate_digits(double a, double b)
{
	return fabs(a - b) > 1e-7 * fabs(a) ? 9 : 17;
}

static void witness(rate_session *s, rate_witness *w, const char *property, double declared,
                    double measured, uint64_t t, const char *what)
{
	if (w->found)
		return;
	w->found = 1;
	snprintf(w->property, sizeof w->property, "%s", property);
	w->declared = declared;
	w->measured = measured;
	w->step = t;
	snprintf(w->detail, sizeof w->detail, "%s %.*g, measured %s = %.*g at step %llu", whence(s, property),
	         rate_digits(declared, measured), declared, what, rate_digits(declared, measured), measured,
	         (unsigned long long)t);
}

/* From x to y only: convexity is asked both ways by asking twice. */
static void test_pair(rate_session *s, const seen *x, const seen *y, const pair *p, double L,
                      const char *name, double mu, int convex, uint64_t t, rate_witness *w)
{
	double round = 64 * EPS * (x->slope + y->slope), value = 64 * EPS * (fabs(x->f) + fabs(y->f)),
	    size = x->length + y->length;
	double slope = 64 * EPS * (x->slope + y->slope) * size, bend = y->f - x->f - p->to_y,
	    back = p->to_y + p->inner - (y->f - x->f);
	double start = sqrt(s->c.g02) + (s->c.L > 0 && s->c.D2 > 0 ? s->c.L * sqrt(s->c.D2) : 0);

	if (!(p->dist > SMALL))
		return;
	/* What rounds inside f need not show in its value or gradient: log cosh is off by eps where it is nearly 0,
	 * and the terms of a sum cancel at the minimiser. The start gives their size. */
	if (isfinite(s->c.L))
		value += 64 * EPS * s->c.L * size * size;
	round += 8 * s->noise;
	value += 8 * s->noise * p->dist;
	if (isfinite(start)) {
		round += 64 * EPS * start;
		value += 64 * EPS * start * (s->c.D2 > 0 ? sqrt(s->c.D2) : 1);
	}
	if (isfinite(L) && isfinite(p->dg) && p->dg > L * p->dist * (1 + 1e-9) + round + 64 * EPS * L * size)
		witness(s, w, name, L, p->dg / p->dist, t, "|g(x)-g(y)|/|x-y|");
	if (convex && isfinite(p->to_y) && bend < -value - slope - 1e-9 * fabs(p->to_y))
		witness(s, w, "convex", 1, bend, t, "f(y)-f(x)-<g(x),y-x>");
	if (convex && isfinite(p->inner) && back < -value - slope - 1e-9 * fabs(p->to_y + p->inner))
		witness(s, w, "convex", 1, back, t, "f(x)-f(y)-<g(y),x-y>");
	round += 64 * EPS * (isfinite(L) ? L : mu) * size;
	if (mu > 0 && isfinite(p->inner) && p->inner < mu * p->dist * p->dist * (1 - 1e-9) - round * p->dist)
		witness(s, w, "mu", mu, p->inner / (p->dist * p->dist), t, "<g(y)-g(x),y-x>/|y-x|^2");
}

/* A point is a double each: by how much the gap changes within 64 eps of x. No constant need be known for that. */
static double change_near(rate_session *s, const double *x, double gap)
{
	double most = 0, near, scale, *at = s->watch.blamer->e;

	for (int side = -1; side <= 1; side += 2) {
		for (size_t j = 0; j < s->run.d; j++)
			at[j] = x[j] * (1 + side * 64 * EPS);
		if (rate_quantity_at(s, &rate_quantity_gap, at, &near, &scale))
			return INFINITY;
		most = fmax(most, fabs(near - gap));
	}
	return most;
}

static void test_point(rate_session *s, const seen *y, uint64_t t, rate_witness *w)
{
	double gap, scale, pl = s->c.pl, tol;
	double g = y->slope + (isfinite(s->c.L) ? 64 * EPS * s->c.L * y->length : 0) + 8 * s->noise;

	if (isfinite(s->c.G) && !s->projection && y->slope > s->c.G * (1 + 1e-9) + 64 * EPS * y->slope && s->run.n == 1)
		witness(s, w, "G", s->c.G, y->slope, t, "|g(x)|");
	if (s->c.f_star != s->c.f_star || rate_quantity_at(s, &rate_quantity_gap, y->x, &gap, &scale) || !isfinite(gap))
		return;
	tol = 64 * EPS * scale;
	if (gap < -tol && !s->projection && gap < -tol - change_near(s, y->x, gap))
		witness(s, w, "f_star", s->c.f_star, gap, t, "f(x)-f_star");
	/* What is 0 at the minimiser is not known better than its rounding. */
	if (pl > 0 && !s->f_star_below && !s->composite && !s->projection && gap > SMALL * SMALL && y->slope > SMALL &&
	    gap > 4 * tol && g * g * (1 + 64 * EPS) < 2 * pl * (gap - tol) * (1 - 1e-9))
		witness(s, w, rate_constant_of(s, "pl", NULL) == pl ? "pl" : "mu", pl,
		        y->slope * y->slope / (2 * gap), t, "|g(x)|^2/(2 (f(x)-f_star))");
}

/* The terms of a finite sum must add up to it, else the method is led to another minimiser than the measure looks at.
 * Looked at once, where gradients are unique. */
static void test_sum(rate_session *s, const double *x, uint64_t t, rate_witness *w)
{
	size_t d = s->run.d, n = s->run.n;
	double *g = malloc(3 * d * sizeof *g), *mean = g + d, *one = g + 2 * d, sizes = 0, off, tolerance;

	if (!g)
		return;
	memset(mean, 0, d * sizeof *mean);
	if (rate_g(s, x, g))
		goto out;
	for (size_t i = 0; i < n; i++) {
		if (rate_g_i(s, i, x, one))
			goto out;
		sizes += rate_norm_n(one, d) / (double)n;
		for (size_t j = 0; j < d; j++)
			mean[j] += one[j] / (double)n;
	}
	for (size_t j = 0; j < d; j++)
		mean[j] -= g[j];
	off = rate_norm_n(mean, d);
	/* n terms are summed, each rounded as the start says. */
	tolerance = 64 * EPS * sqrt((double)n) * (sizes + rate_norm_n(g, d) + s->c.L_max * rate_norm_n(x, d)) +
	    8 * s->noise;
	if (isfinite(off) && off > 1e-9 * sizes + tolerance)
		witness(s, w, "the finite sum", 0, off, t, "|mean of grad f_i(x) - grad f(x)|");
out:
	free(g);
}

/* y, or where its gradient has left the numbers the first point on the way back to x where it has not. */
static int see_y(rate_session *s, struct rate_blamer *b, const double *x, const double *y, double *g, seen *out)
{
	size_t d = s->run.d;
	double share = 1;

	for (int k = 0; k < 48; k++, share /= k < 8 ? 2 : 65536) {
		if (k)
			for (size_t j = 0; j < d; j++)
				b->back[j] = x[j] + share * (y[j] - x[j]);
		if (evaluate(s, 0, 1, k ? b->back : y, g, out) == RATE_OK)
			return RATE_OK;
	}
	return RATE_FAIL;
}

static void whole(rate_session *s, struct rate_blamer *b, const double *x, const double *y, int convex, uint64_t t,
                  rate_witness *w)
{
	size_t d = s->run.d;
	double *gx = b->g[b->turn], *gy = b->g[!b->turn];
	seen at_x = b->last, at_y;
	pair p;

	/* A path is looked at pair by pair, so the whole function at x is mostly known from the pair before: oracles
	 * have no memory. */
	if (!b->last.g || memcmp(b->x, x, d * sizeof *x)) {
		b->last.g = NULL;
		if (evaluate(s, 0, 1, x, gx, &at_x))
			return;
	}
	at_x.x = x;
	if (see_y(s, b, x, y, gy, &at_y))
		return;
	relate(d, &at_x, &at_y, b->e, &p);
	test_pair(s, &at_x, &at_y, &p, s->c.L, "L", s->c.mu, convex, t, w);
	test_point(s, &at_y, t, w);
	if (s->x_star && !b->star.g && evaluate(s, 0, 1, s->x_star, b->star_g, &b->star))
		b->star.g = NULL;
	if (b->star.g && !w->found) {
		relate(d, &b->star, &at_y, b->e, &p);
		test_pair(s, &b->star, &at_y, &p, s->c.L, "L", s->c.mu, convex, t, w);
	}
	if (at_y.x != y)
		return;
	memcpy(b->x, y, d * sizeof *y);
	b->last = at_y;
	b->last.x = b->x;
	b->turn = !b->turn;
}

void rate_blame(rate_session *s, const double *x, const double *y, int components, uint64_t t, rate_witness *w)
{
	struct rate_blamer *b;
	int convex = rate_constant_of(s, "convex", NULL) == 1;
	seen at_x, at_y;
	size_t every;
	pair p;

	if (w->found || !s->f.cls || !(rate_norm_n(x, s->run.d) <= LARGE) || !(b = blamer(s)))
		return;
	/* Sparse rows make terms and sum alike in the host's kernels. */
	if (!s->watch.summed && s->sum && s->run.n > 1 && !rate_model_is_sparse(s) && isfinite(s->c.L_max) &&
	    !w->found && rate_norm_n(x, s->run.d) <= 1e100) {
		s->watch.summed = 1;
		test_sum(s, x, t - 1, w);
	}
	if (!w->found)
		rate_glance(s, x, y, t, w);
	if (!w->found) {
		whole(s, b, x, y, convex, t, w);
		/* A gradient that is not f's own makes every constant false. */
		if (w->found)
			rate_glance_slope(s, x, y, t, w);
	}
	/* Of many long terms each step looks at others. */
	every = 1 + (size_t)((double)s->run.n * (double)s->run.d / AT_ONCE);
	for (size_t i = t % every; components && s->sum && i < s->run.n && !w->found; i += every)
		if (evaluate(s, i, 0, x, b->h, &at_x) == RATE_OK &&
		    evaluate(s, i, 0, y, b->g[!b->turn], &at_y) == RATE_OK) {
			relate(s->run.d, &at_x, &at_y, b->e, &p);
			test_pair(s, &at_x, &at_y, &p, s->c.L_max, "L_max", NAN, convex, t, w);
		}
}
