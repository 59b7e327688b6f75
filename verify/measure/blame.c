/* Blame: a declared constant that is false at points the run visited is the objective's fault, whatever the claim did.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EPS 0x1p-52
/* Products of smaller numbers leave the range in which rounding errors are relative. */
#define SMALL 1e-140

typedef struct pair {
	double f_x, f_y, dist, dg, inner, gx, gy, nx, ny, to_y; /* to_y = <g_x, y - x> */
} pair;

/* f or f_i and its gradient at z. */
static int evaluate(rate_session *s, size_t i, int whole, const double *z, double *f, double *g)
{
	return whole ? rate_f(s, z, f) || rate_g(s, z, g) : rate_f_i(s, i, z, f) || rate_g_i(s, i, z, g);
}

/* A path is looked at pair by pair, so the whole function at x is mostly known from the pair before: oracles have no
 * memory. */
static int evaluate_known(rate_session *s, const double *x, double *f, double *g)
{
	size_t bytes = s->run.d * sizeof *x;

	if (!s->looked || memcmp(s->looked, x, bytes))
		return evaluate(s, 0, 1, x, f, g);
	*f = s->looked_f;
	memcpy(g, s->looked + s->run.d, bytes);
	return RATE_OK;
}

static void remember(rate_session *s, const double *y, double f, const double *g)
{
	size_t d = s->run.d;

	if (!s->looked && !(s->looked = malloc(2 * d * sizeof *s->looked)))
		return;
	memcpy(s->looked, y, d * sizeof *y);
	memcpy(s->looked + d, g, d * sizeof *g);
	s->looked_f = f;
}

static int look(rate_session *s, size_t i, int whole, const double *x, const double *y, pair *p)
{
	size_t d = s->run.d;
	double *g = malloc(4 * d * sizeof *g), *h = g + d, *e = g + 2 * d, *diff = g + 3 * d;
	int rc = RATE_FAIL;

	if (!g)
		return RATE_FAIL;
	if (whole ? evaluate_known(s, x, &p->f_x, g) : evaluate(s, i, 0, x, &p->f_x, g))
		goto out;
	if (evaluate(s, i, whole, y, &p->f_y, h))
		goto out;
	if (whole)
		remember(s, y, p->f_y, h);
	for (size_t j = 0; j < d; j++) {
		e[j] = y[j] - x[j];
		diff[j] = h[j] - g[j];
	}
	p->dist = rate_norm_n(e, d);
	p->dg = rate_norm_n(diff, d);
	p->inner = rate_dot_n(diff, e, d);
	p->to_y = rate_dot_n(g, e, d);
	p->gx = rate_norm_n(g, d);
	p->gy = rate_norm_n(h, d);
	p->nx = rate_norm_n(x, d);
	p->ny = rate_norm_n(y, d);
	rc = isfinite(p->dg) && isfinite(p->f_x) && isfinite(p->f_y) ? RATE_OK : RATE_FAIL;
out:
	free(g);
	return rc;
}

static void witness(rate_witness *w, const char *property, double declared, double measured, uint64_t t, const char *what)
{
	if (w->found)
		return;
	w->found = 1;
	snprintf(w->property, sizeof w->property, "%s", property);
	w->declared = declared;
	w->measured = measured;
	w->step = t;
	snprintf(w->detail, sizeof w->detail, "declared %.9g, measured %s = %.9g at step %llu", declared, what, measured,
	         (unsigned long long)t);
}

static void test_pair(rate_session *s, const pair *p, double L, const char *name, double mu, int convex, uint64_t t,
                      rate_witness *w)
{
	double round = 64 * EPS * (p->gx + p->gy), value = 64 * EPS * (fabs(p->f_x) + fabs(p->f_y));
	double slope = 64 * EPS * p->gx * (p->nx + p->ny);

	double start = sqrt(s->c.g02) + (s->c.L > 0 && s->c.D2 > 0 ? s->c.L * sqrt(s->c.D2) : 0);

	if (!(p->dist > SMALL))
		return;
	/* What rounds inside f need not show in its value or gradient: log cosh is off by eps where it is nearly 0, and the
	 * terms of a sum cancel at the minimiser. The start gives their size. */
	if (isfinite(s->c.L))
		value += 64 * EPS * s->c.L * (p->nx + p->ny) * (p->nx + p->ny);
	round += 8 * s->noise;
	value += 8 * s->noise * p->dist;
	if (isfinite(start)) {
		round += 64 * EPS * start;
		value += 64 * EPS * start * (s->c.D2 > 0 ? sqrt(s->c.D2) : 1);
	}
	if (isfinite(L) && p->dg > L * p->dist * (1 + 1e-9) + round + 64 * EPS * L * (p->nx + p->ny))
		witness(w, name, L, p->dg / p->dist, t, "|g(x)-g(y)|/|x-y|");
	if (convex && p->f_y < p->f_x + p->to_y - value - slope - 1e-9 * fabs(p->to_y))
		witness(w, "convex", 1, p->f_y - p->f_x - p->to_y, t, "f(y)-f(x)-<g(x),y-x>");
	if (mu > 0 && p->inner < mu * p->dist * p->dist * (1 - 1e-9) - (round + 64 * EPS * mu * (p->nx + p->ny)) * p->dist)
		witness(w, "mu", mu, p->inner / (p->dist * p->dist), t, "<g(y)-g(x),y-x>/|y-x|^2");
}

static void test_point(rate_session *s, const double *y, const pair *p, uint64_t t, rate_witness *w)
{
	double gap, scale, pl = rate_constant_of(s, "pl", NULL), tol;
	double g = p->gy + (isfinite(s->c.L) ? 64 * EPS * s->c.L * p->ny : 0) + 8 * s->noise;

	if (isfinite(s->c.G) && !s->projection && p->gy > s->c.G * (1 + 1e-9) + 64 * EPS * p->gy && s->run.n == 1)
		witness(w, "G", s->c.G, p->gy, t, "|g(x)|");
	if (s->c.f_star != s->c.f_star || rate_gap_at(s, y, &gap, &scale) || !isfinite(gap))
		return;
	tol = 64 * EPS * scale;
	if (gap < -tol && !s->projection)
		witness(w, "f_star", s->c.f_star, gap, t, "f(x)-f_star");
	if (pl > 0 && !s->composite && gap > SMALL * SMALL && p->gy > SMALL && gap > 4 * tol &&
	    g * g * (1 + 64 * EPS) < 2 * pl * (gap - tol) * (1 - 1e-9))
		witness(w, "pl", pl, p->gy * p->gy / (2 * gap), t, "|g(x)|^2/(2 (f(x)-f_star))");
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
	tolerance = 64 * EPS * sqrt((double)n) * (sizes + rate_norm_n(g, d) + s->c.L_max * rate_norm_n(x, d)) + 8 * s->noise;
	if (isfinite(off) && off > 1e-9 * sizes + tolerance)
		witness(w, "the finite sum", 0, off, t, "|mean of grad f_i(x) - grad f(x)|");
out:
	free(g);
}

void rate_blame(rate_session *s, const double *x, const double *y, int components, uint64_t t, rate_witness *w)
{
	pair p;
	int convex = rate_constant_of(s, "convex", NULL) == 1;

	if (w->found || !s->f.cls || rate_norm_n(y, s->run.d) > 1e100 || rate_norm_n(x, s->run.d) > 1e100)
		return;
	if (!s->summed && s->sum && s->run.n > 1 && isfinite(s->c.L_max)) {
		s->summed = 1;
		test_sum(s, x, t - 1, w);
	}
	if (look(s, 0, 1, x, y, &p) == RATE_OK) {
		test_pair(s, &p, s->c.L, "L", s->c.mu, convex, t, w);
		test_point(s, y, &p, t, w);
	}
	for (size_t i = 0; components && s->sum && i < s->run.n && !w->found; i++)
		if (look(s, i, 0, x, y, &p) == RATE_OK)
			test_pair(s, &p, s->c.L_max, "L_max", NAN, convex, t, w);
}
