/* The probe of oracles: do gradients, terms, proxes and the rest belong to the values, and do they keep the rules?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"
#include "plugins/load.h"

#define EPS 0x1p-52

int rate_whole_value(rate_prober *p, size_t i, const double *x, double *f)
{
	(void)i;
	return rate_f(p->s, x, f);
}

int rate_whole_gradient(rate_prober *p, size_t i, const double *x, double *g)
{
	(void)i;
	return rate_g(p->s, x, g);
}

/* ---- Derivatives by central differences with step control ---- */

/* p->x <- a point, p->e <- a unit direction; x - h e to x + h e is feasible for h up to *scale; 0: no such place. */
static void place(rate_prober *p, size_t k, double *scale)
{
	rate_draw_pair(p);
	if (!p->s->projection) {
		rate_draw_direction(p, k);
		*scale = p->reach + rate_norm_n(p->x, p->d);
		return;
	}
	for (size_t j = 0; j < p->d; j++) {
		p->e[j] = (p->y[j] - p->x[j]) / 2;
		p->x[j] += p->e[j];
	}
	*scale = rate_norm_n(p->e, p->d);
	if (*scale < 1e-3 * rate_norm_n(p->x, p->d))
		*scale = 0; /* differences would only round */
	for (size_t j = 0; j < p->d && *scale > 0; j++)
		p->e[j] /= *scale;
}

/* d/dt f(x + t e) at 0 by differences. */
typedef struct quotient {
	double slope, error, kink, width;
} quotient;

/* Values on either side of p->x, h away. */
static int beside(rate_prober *p, rate_oracle value, size_t i, double h, double *f)
{
	for (int side = 0; side < 2; side++) {
		for (size_t j = 0; j < p->d; j++)
			p->b[j] = p->x[j] + (side ? -h : h) * p->e[j];
		if (value(p, i, p->b, &f[side]))
			return RATE_FAIL;
	}
	return RATE_OK;
}

/* Values that do not change at all near p->x may have lost the change beside what was added to them, and cancel: its
 * size shows farther out. 0: they change. */
static int cancelled(rate_prober *p, rate_oracle value, size_t i, double at, double scale, double narrow, double *size)
{
	double f[2];

	*size = 0;
	if (beside(p, value, i, narrow, f))
		return RATE_FAIL;
	if (f[0] != at || f[1] != at)
		return RATE_OK;
	if (beside(p, value, i, scale, f))
		return RATE_FAIL;
	for (int side = 0; side < 2; side++)
		*size = isfinite(f[side]) ? fmax(*size, fabs(f[side])) : *size;
	return RATE_OK;
}

/* Widths from far to near; the one is taken whose neighbour agrees best, the nearest of those that agree to eight
 * digits: `error` is how well, plus what rounds, `kink` half the angle within that width: a kink beside x moves the
 * slope by no more, and any subgradient lies within it. */
static int slope_by_differences(rate_prober *p, rate_oracle value, size_t i, double scale, quotient *q)
{
	enum { WIDTHS = 8 };
	double before = NAN, at, rounds = 0, hidden, h[WIDTHS];
	int settled = 0, grows = 0;
	double narrowest = 0; /* size of the last two quotients */

	*q = (quotient){ .error = INFINITY, .kink = INFINITY };
	for (int k = 0; k < WIDTHS; k++)
		h[k] = scale * pow(10, -2 - 0.75 * k);
	if (value(p, i, p->x, &at) || cancelled(p, value, i, at, scale, h[WIDTHS - 1], &hidden))
		return RATE_FAIL;
	for (int k = 0; k < WIDTHS; k++) {
		double f[2], slope, off;
		int settles;
		if (beside(p, value, i, h[k], f))
			return RATE_FAIL;
		slope = (f[0] - f[1]) / (2 * h[k]);
		/* Squares on the way to a value may vanish below the smallest normal number. */
		rounds = (64 * EPS * (fabs(f[0]) + fabs(f[1]) + hidden) + 0x1p-1022) / h[k];
		off = fabs(slope - before) + rounds;
		/* A step that is far narrower than the width has quotients in inverse proportion to it, which are the
		 * nearer to each other the wider they are: those that still change by half of themselves are no
		 * estimate. */
		settles = off <= fabs(slope) / 2;
		if (settles > settled || (settles == settled && off < q->error) || off <= 1e-8 * fabs(slope))
			*q = (quotient){ slope, off, fabs(f[0] - 2 * at + f[1]) / (2 * h[k]), h[k] };
		settled |= settles;
		grows = fabs(slope) > 2 * fabs(before) && fabs(f[0] - f[1]) > 1024 * EPS * (fabs(f[0]) + fabs(f[1]));
		narrowest = fabs(slope) + fabs(before);
		before = slope;
	}
	/* A step about as narrow as the narrowest width: little is known of the slope; within it, nothing. */
	if (!settled)
		q->error = fmax(q->error, narrowest);
	/* Wide quotients that agree know nothing of what is narrower than they are and shows in the last one. */
	else if (fabs(before - q->slope) > 10 * rounds)
		q->error = fmax(q->error, fabs(before - q->slope));
	if (grows)
		q->error = INFINITY;
	return RATE_OK;
}

int rate_slopes_around(rate_prober *p, rate_oracle gradient, size_t i, double width, double mean, double slope)
{
	enum { LOOKS = 16 };
	double least = INFINITY, most = -INFINITY, one;
	uint64_t word[2];

	for (int k = 0; k < LOOKS; k++) {
		/* In no step: that of a period would see one side of it. */
		rate_philox(p->seed, 0, 15, 0, (uint64_t)k, word);
		for (size_t j = 0; j < p->d; j++)
			p->b[j] = p->x[j] + (2 * rate_uniform(word[0]) - 1) * width * p->e[j];
		if (gradient(p, i, p->b, p->gy))
			return 0;
		one = rate_dot_n(p->gy, p->e, p->d);
		least = fmin(least, one);
		most = fmax(most, one);
	}
	one = most - least;
	return mean >= least && mean <= most && slope >= least - one && slope <= most + one;
}

static int check_slope(rate_prober *p, const char *property, rate_oracle value, rate_oracle gradient,
                       size_t i, double scale)
{
	double slope, size, off;
	quotient q;
	int wrong;
	char why[160];

	if (gradient(p, i, p->x, p->gx) || slope_by_differences(p, value, i, scale, &q))
		return RATE_FAIL;
	slope = rate_dot_n(p->gx, p->e, p->d);
	size = rate_norm_n(p->gx, p->d) + (isfinite(p->s->c.g02) ? sqrt(p->s->c.g02) : 0);
	off = fabs(slope - q.slope);
	wrong = off > q.kink + 10 * q.error + 1e-7 * size;
	if (wrong && rate_slopes_around(p, gradient, i, q.width, q.slope, slope))
		return RATE_OK;
	snprintf(why, sizeof why, "slope %.9g, by central differences %.9g", slope, q.slope);
	rate_note_oracle(p, property, off / (size + 1e-300), wrong ? why : NULL);
	return RATE_OK;
}

int rate_probe_slopes(rate_prober *p)
{
	rate_session *s = p->s;
	double scale;

	if (!rate_family_has(p->s->family->tests, "slopes"))
		return RATE_OK;
	for (size_t k = 0; k < p->points; k++) {
		place(p, k, &scale);
		if (!(scale > 0))
			continue;
		if (check_slope(p, "gradient", rate_whole_value, rate_whole_gradient, 0, scale))
			return RATE_FAIL;
		if ((s->sum || s->stream) &&
		    check_slope(p, s->sum ? "term gradients" : "sample gradients", rate_term_value, rate_term_gradient,
		                (size_t)(p->draw % p->terms), scale))
			return RATE_FAIL;
	}
	return RATE_OK;
}

/* Along the way of a method, but not out of a feasible set. */
int rate_probe_slope(rate_prober *p)
{
	double length;

	if (!rate_family_has(p->s->family->tests, "slopes"))
		return RATE_OK;
	for (size_t j = 0; j < p->d; j++)
		p->e[j] = p->y[j] - p->x[j];
	length = rate_norm_n(p->e, p->d);
	if (!(length > 0) || !isfinite(length) || p->s->projection)
		return RATE_OK;
	for (size_t j = 0; j < p->d; j++)
		p->e[j] /= length;
	return check_slope(p, "gradient", rate_whole_value, rate_whole_gradient, 0, p->reach + rate_norm_n(p->x, p->d));
}

/* ---- The finite sum is the function, exactly up to rounding ---- */

static int check_sum(rate_prober *p)
{
	size_t d = p->d, n = p->terms;
	double f, fi, mean_f, size_f, size_g, off, allowed;
	char why[160];

	if (!p->s->sum || !p->all_terms)
		return RATE_OK;
	for (int k = 0; k < 8; k++) {
		rate_draw_pair(p);
		memset(p->b, 0, d * sizeof *p->b);
		mean_f = size_f = size_g = off = 0;
		for (size_t i = 0; i < n; i++) {
			if (rate_term_value(p, i, p->x, &fi) || rate_term_gradient(p, i, p->x, p->a))
				return RATE_FAIL;
			mean_f += fi / (double)n;
			size_f += fabs(fi) / (double)n;
			size_g += rate_norm_n(p->a, d) / (double)n;
			for (size_t j = 0; j < d; j++)
				p->b[j] += p->a[j] / (double)n;
		}
		if (rate_f(p->s, p->x, &f) || rate_g(p->s, p->x, p->gx))
			return RATE_FAIL;
		for (size_t j = 0; j < d; j++)
			off += (p->b[j] - p->gx[j]) * (p->b[j] - p->gx[j]);
		off = sqrt(off);
		if (isfinite(p->s->c.L_max)) {
			double m = rate_norm_n(p->x, d) + p->reach;
			size_g += p->s->c.L_max * m;
			size_f += p->s->c.L_max * m * m;
		}
		allowed = 64 * EPS * sqrt((double)n) * (size_g + rate_norm_n(p->gx, d));
		snprintf(why, sizeof why, "mean of the term gradients is off by %.6g", off);
		rate_note_oracle(p, "sum of gradients", off / (size_g + 1e-300), off > allowed ? why : NULL);
		allowed = 64 * EPS * sqrt((double)n) * (size_f + fabs(f));
		snprintf(why, sizeof why, "mean of the terms %.12g, f %.12g", mean_f, f);
		rate_note_oracle(p, "sum of values", fabs(mean_f - f) / (size_f + 1e-300),
		                 fabs(mean_f - f) > allowed ? why : NULL);
	}
	return RATE_OK;
}

/* ---- Hessians ---- */

/* p->turn <- H(x) e by the product, or else by the dense matrix; `why` says if that is not symmetric. */
static int hessian_product(rate_prober *p, double *H, char *why, size_t size)
{
	const rate_hessian *h = p->s->hessian;
	size_t d = p->d;
	double skew = 0, most = 0;

	*why = '\0';
	memset(p->turn, 0, d * sizeof *p->turn);
	if (h->product && h->product(p->s->f.self, p->x, p->e, p->turn) != RATE_OK)
		return RATE_FAIL;
	if (!H)
		return RATE_OK;
	if (h->dense(p->s->f.self, p->x, H) != RATE_OK)
		return RATE_FAIL;
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++) {
			skew = fmax(skew, fabs(H[i * d + j] - H[j * d + i]));
			most = fmax(most, fabs(H[i * d + j]));
			if (!h->product)
				p->turn[i] += H[i * d + j] * p->e[j];
		}
	if (skew > 1e-12 * most)
		snprintf(why, size, "not symmetric by %.6g", skew);
	return RATE_OK;
}

/* *off: how far p->turn is from differences of gradients, at the width where neighbours agree best, *agree how well;
 * *least: how near it comes at any width. Wide differences of what oscillates agree on its mean curvature. */
static int turn_by_differences(rate_prober *p, double scale, double *off, double *agree, double *least)
{
	double before = NAN;

	*agree = *off = *least = INFINITY;
	for (int w = 0; w < 10; w++) {
		double h = scale * pow(10, -2 - 0.8 * w), apart = 0, moved;
		for (size_t j = 0; j < p->d; j++) {
			p->a[j] = p->x[j] + h * p->e[j];
			p->b[j] = p->x[j] - h * p->e[j];
		}
		if (rate_g(p->s, p->a, p->gx) || rate_g(p->s, p->b, p->gy))
			return RATE_FAIL;
		for (size_t j = 0; j < p->d; j++) {
			double v = (p->gx[j] - p->gy[j]) / (2 * h) - p->turn[j];
			apart += v * v;
		}
		apart = sqrt(apart);
		moved = fabs(apart - before) + 64 * EPS * (rate_norm_n(p->gx, p->d) + rate_norm_n(p->gy, p->d)) / h;
		/* Neighbours that are both far too wide agree as well: differences are off by what L_2 allows. */
		if (isfinite(p->s->c.L_2))
			moved += p->s->c.L_2 * h * rate_dot_n(p->e, p->e, p->d);
		before = apart;
		*least = fmin(*least, apart);
		if (moved < *agree) {
			*agree = moved;
			*off = apart;
		}
	}
	return RATE_OK;
}

int rate_probe_hessian(rate_prober *p)
{
	rate_session *s = p->s;
	double *H = NULL, scale, off, agree, least, size;
	int rc = RATE_OK;
	char why[160];

	if (!s->hessian || (!s->hessian->product && (!s->hessian->dense || p->d > 200)))
		return RATE_OK;
	if (s->hessian->dense && p->d <= 200 && !(H = malloc(p->d * p->d * sizeof *H)))
		return RATE_FAIL;
	for (size_t k = 0; k < (p->points < 16 ? p->points : 16) && rc == RATE_OK; k++) {
		place(p, k, &scale);
		if (!(scale > 0))
			continue;
		if ((rc = hessian_product(p, H, why, sizeof why)) ||
		    (rc = turn_by_differences(p, scale, &off, &agree, &least)))
			break;
		size = rate_norm_n(p->turn, p->d) + (isfinite(s->c.L) ? s->c.L : 0);
		if (off > 10 * agree + 1e-6 * size && least > off / 2)
			snprintf(why, sizeof why, "H(x) v is off by %.6g from differences of gradients", off);
		rate_note_oracle(p, "Hessian", off / (size + 1e-300), *why ? why : NULL);
	}
	free(H);
	return rc;
}

/* ---- The gap is F - F_star ---- */

int rate_probe_gap(rate_prober *p)
{
	rate_session *s = p->s;
	rate_knowledge kind;
	double f_star = rate_constant_of(s, "F_star", &kind), f, h, gap, m, scale;
	char why[160];

	if (f_star != f_star && !s->composite)
		f_star = rate_constant_of(s, "f_star", &kind);
	for (size_t k = 0; s->gap && f_star == f_star && kind == RATE_EXACT && k < p->points; k++) {
		rate_draw_pair(p);
		h = 0;
		if (rate_f(s, p->x, &f) || s->gap->gap(s->f.self, p->x, &gap) != RATE_OK ||
		    (s->composite && s->composite->value(s->f.self, p->x, &h) != RATE_OK))
			return RATE_FAIL;
		m = rate_norm_n(p->x, p->d) + p->reach;
		scale = fabs(f) + fabs(h) + fabs(f_star) + (isfinite(s->c.L) ? s->c.L : 0) * m * m +
		        (isfinite(s->c.G) ? s->c.G : 0) * m;
		snprintf(why, sizeof why, "gap %.12g, F - F_star %.12g", gap, f + h - f_star);
		rate_note_oracle(p, "gap", fabs(f + h - f_star - gap) / scale,
		                 isfinite(h) && fabs(f + h - f_star - gap) > (64 * EPS + 1e-11) * scale ? why : NULL);
	}
	return RATE_OK;
}

int rate_probe_oracles(rate_prober *p)
{
	return rate_probe_slopes(p) || check_sum(p) || rate_probe_hessian(p) || rate_probe_gap(p) ? RATE_FAIL : RATE_OK;
}
