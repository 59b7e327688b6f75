/* The probe looks for the pair of points with the worst score.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"

#define EPS 0x1p-52

typedef struct search {
	rate_prober *p;
	const rate_score *score;
	rate_worst *w;
} search;

/* What neither L nor G bounds may overflow far out, where only the search goes. */
static int may_overflow(const rate_prober *p)
{
	const rate_session *s = p->s;
	double far = 64 * (p->reach + rate_norm_n(s->x_star ? s->x_star : s->x0, p->d));

	return !isfinite(s->c.L) && !isfinite(s->c.G) && fmax(rate_norm_n(p->x, p->d), rate_norm_n(p->y, p->d)) > far;
}

/* Scores the pair in p->x, p->y; 1 in *worse if it is worse than all before. */
static int consider(search *h, int *worse)
{
	rate_prober *p = h->p;
	rate_worst *w = h->w;
	double v = NAN, badness;

	*worse = 0;
	p->direction = NULL;
	p->declared = w->declared;
	if (h->score->score(p, &v)) {
		if (!may_overflow(p))
			return RATE_FAIL;
		rate_no_error(&p->s->error);
		return RATE_OK;
	}
	badness = h->score->relative ? v / p->declared : h->score->sign * v;
	if (!(badness == badness) || (w->found && badness <= w->badness))
		return RATE_OK;
	w->badness = badness;
	w->found = *worse = 1;
	w->value = v;
	w->declared = p->declared;
	memcpy(w->x, p->x, p->d * sizeof *p->x);
	memcpy(w->y, p->y, p->d * sizeof *p->y);
	return RATE_OK;
}

static int look_at(search *h)
{
	rate_prober *p = h->p;
	int worse;

	if (consider(h, &worse))
		return RATE_FAIL;
	if (!h->score->point)
		return RATE_OK;
	for (size_t j = 0; j < p->d; j++) {
		double t = p->x[j];
		p->x[j] = p->y[j];
		p->y[j] = t;
	}
	return consider(h, &worse);
}

/* Power iteration: the next y lies in the direction of the difference of gradients. */
static int turn(search *h)
{
	rate_prober *p = h->p;

	for (int k = 0; k < 12 && p->direction && !p->s->projection; k++) {
		double norm = rate_norm_n(p->direction, p->d), length = 0;
		int worse;
		for (size_t j = 0; j < p->d; j++)
			length += (p->y[j] - p->x[j]) * (p->y[j] - p->x[j]);
		if (!(norm > 0))
			break;
		length = sqrt(length) / norm;
		for (size_t j = 0; j < p->d; j++)
			p->y[j] = p->x[j] + length * p->direction[j];
		if (consider(h, &worse))
			return RATE_FAIL;
	}
	return RATE_OK;
}

/* Both ends of +-v from `base`, from far to near; also pairs that do not touch the base. */
static int along(search *h, const double *base, const double *v)
{
	rate_prober *p = h->p;

	for (int k = 0; k <= 24; k += 4)
		for (int side = 0; side < 3; side++) {
			double t = p->reach * exp2(-k), from = side == 2 ? t : 0,
			    to = side == 1 ? -t : side == 2 ? 2 * t : t;
			for (size_t j = 0; j < p->d; j++) {
				p->x[j] = base[j] + from * v[j];
				p->y[j] = base[j] + to * v[j];
			}
			if (rate_project_at(p->s, p->x) || rate_project_at(p->s, p->y) || look_at(h))
				return RATE_FAIL;
		}
	return RATE_OK;
}

/* The Hessian at `base` (of term i, if i >= 0) by central differences, symmetrised. */
static int hessian(rate_prober *p, const double *base, long i, double *H)
{
	size_t d = p->d;
	double step = 1e-5 * fmax(p->reach, rate_norm_n(base, d));

	for (size_t j = 0; j < d; j++) {
		memcpy(p->x, base, d * sizeof *base);
		p->x[j] = base[j] + step;
		if (i < 0 ? rate_g(p->s, p->x, p->a) : rate_term_gradient(p, (size_t)i, p->x, p->a))
			return RATE_FAIL;
		p->x[j] = base[j] - step;
		if (i < 0 ? rate_g(p->s, p->x, p->b) : rate_term_gradient(p, (size_t)i, p->x, p->b))
			return RATE_FAIL;
		for (size_t k = 0; k < d; k++)
			H[k * d + j] = (p->a[k] - p->b[k]) / (2 * step);
	}
	for (size_t j = 0; j < d; j++)
		for (size_t k = 0; k < j; k++)
			H[j * d + k] = H[k * d + j] = (H[j * d + k] + H[k * d + j]) / 2;
	return RATE_OK;
}

/* Along the eigenvectors of least, least but nonzero, and largest curvature. */
static int along_curvature(search *h, const double *base, long term)
{
	rate_prober *p = h->p;
	size_t d = p->d, k = 0;
	double *H = malloc((2 * d * d + d) * sizeof *H), *v = H + d * d, *value = H + 2 * d * d;
	int rc = RATE_FAIL;

	if (!H)
		return RATE_FAIL;
	if (hessian(p, base, term, H))
		goto out;
	rc = RATE_OK;
	if (rate_host_services()->eigen(rate_host_services(), d, H, value, v))
		goto out;
	while (k + 1 < d && value[k] < 1e-7 * value[d - 1])
		k++;
	if (along(h, base, v) || along(h, base, v + (d - 1) * d) || along(h, base, v + k * d))
		rc = RATE_FAIL;
out:
	free(H);
	return rc;
}

static size_t tries(const rate_prober *p)
{
	double cost = (double)p->d * (double)(p->s->stream ? p->terms : p->s->run.n + p->terms) * 4;
	double most = 4e7 / cost;

	return (size_t)fmax(fmin((double)p->effort, most), 16);
}

static int directed(search *h)
{
	rate_prober *p = h->p;
	rate_session *s = p->s;
	size_t d = p->d, bases = tries(p) >= 500 ? 4 : tries(p) >= 100 ? 2 : 1;
	double *base = malloc(d * sizeof *base);
	int rc = base ? RATE_OK : RATE_FAIL;

	for (size_t k = 0; rc == RATE_OK && k < bases && d <= 60; k++) {
		if (k == 0)
			memcpy(base, s->x_star ? s->x_star : s->x0, d * sizeof *base);
		else if (k == 1 && h->w->found)
			memcpy(base, h->w->x, d * sizeof *base);
		else {
			rate_draw_pair(p);
			memcpy(base, p->x, d * sizeof *base);
		}
		rc = along_curvature(h, base, -1);
		for (size_t i = 0; rc == RATE_OK && h->score->terms && k < 2 && d <= 20 && i < p->terms && i < 64; i++)
			rc = along_curvature(h, base, (long)i);
	}
	free(base);
	return rc;
}

/* A (1+1) evolution strategy from the worst pair: x moves by a share of its distance from the centre, y - x by a share
 * of its length. */
static int climb(search *h, size_t tries)
{
	rate_prober *p = h->p;
	rate_session *s = p->s;
	size_t d = p->d;
	const double *centre = s->x_star ? s->x_star : s->x0;
	/* What nobody declared bounded need not be bounded. */
	double width = 0.5, far = (h->w->declared == h->w->declared ? 1e6 : 8) * p->reach + rate_norm_n(centre, d);

	for (size_t k = 0; h->w->found && k < tries && width > 1e-12; k++) {
		double away = 0, length = 0;
		int worse;
		for (size_t j = 0; j < d; j++) {
			double e = h->w->y[j] - h->w->x[j], r = h->w->x[j] - centre[j];
			length += e * e;
			away += r * r;
		}
		length = width * sqrt(length / (double)d);
		away = width * sqrt(away / (double)d);
		rate_host_services()->normals(rate_host_services(), p->seed, p->draw++, d, p->x);
		rate_host_services()->normals(rate_host_services(), p->seed, p->draw++, d, p->y);
		for (size_t j = 0; j < d; j++) {
			double e = h->w->y[j] - h->w->x[j] + length * p->y[j];
			p->x[j] = h->w->x[j] + away * p->x[j];
			p->y[j] = p->x[j] + e;
		}
		if (rate_project_at(s, p->x) || rate_project_at(s, p->y))
			return RATE_FAIL;
		worse = 0;
		if (rate_norm_n(p->x, d) <= far && consider(h, &worse))
			return RATE_FAIL;
		width *= worse ? 1.6 : 0.87;
		if (width > 1)
			width = 1;
	}
	return RATE_OK;
}

/* Corners of a set: from far away in a direction of signs, and its opposite. */
static int corners(search *h)
{
	rate_prober *p = h->p;

	for (int k = 0; k < 16 && p->s->projection; k++) {
		double far = 1e3 * (1 + p->reach + (isfinite(p->s->c.diameter) ? p->s->c.diameter : 0));
		rate_host_services()->normals(rate_host_services(), p->seed, p->draw++, p->d, p->x);
		for (size_t j = 0; j < p->d; j++) {
			p->x[j] = k ? (p->x[j] > 0 ? far : -far) : far;
			p->y[j] = -p->x[j];
		}
		if (rate_project_at(p->s, p->x) || rate_project_at(p->s, p->y) || look_at(h))
			return RATE_FAIL;
	}
	return RATE_OK;
}

int rate_search_worst(rate_prober *p, const rate_score *score, rate_worst *w)
{
	search h = { p, score, w };
	size_t count = tries(p);

	for (size_t k = 0; k < count; k++) {
		rate_draw_pair(p);
		if (look_at(&h) || (k % 8 == 0 && turn(&h)))
			return RATE_FAIL;
	}
	return corners(&h) || directed(&h) || climb(&h, count / 2) ? RATE_FAIL : RATE_OK;
}
