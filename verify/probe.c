/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"
#include "plugins/load.h"

#define EPS 0x1p-52

typedef struct probe {
	rate_session *s;
	rate_probing *out;
	double *x, *y, *gx, *gy, *w; /* d each */
	double fx, fy, dist, dg, inner, bend, round; /* bend = f(y) - f(x) - <g_x, y - x> */
	uint64_t pair;
} probe;

static rate_finding *finding(rate_probing *out, const char *property, double declared, double worst)
{
	rate_finding *f;

	for (size_t i = 0; i < out->count; i++)
		if (!strcmp(out->finding[i].property, property))
			return &out->finding[i];
	f = &out->finding[out->count++];
	*f = (rate_finding){ .declared = declared, .measured = worst };
	snprintf(f->property, sizeof f->property, "%s", property);
	return f;
}

/* Keeps the worst pair; `sign` +1: the measured number may not exceed the declared one, -1: not fall below it. */
static void note(probe *p, const char *property, double declared, double measured, int sign, double tolerance, const char *why)
{
	rate_finding *f = finding(p->out, property, declared, sign > 0 ? -INFINITY : INFINITY);

	if (!(sign * measured > sign * f->measured))
		return;
	f->measured = measured;
	f->distance = p->dist;
	f->pair = p->pair;
	snprintf(f->why, sizeof f->why, "%s", why);
	if (declared == declared && sign * measured > sign * declared + tolerance)
		f->false_ = 1;
}

/* Pair k: two points about the minimiser (or the start), at scales from far to near. */
static void draw_pair(probe *p, uint64_t seed)
{
	rate_session *s = p->s;
	size_t d = s->run.d;
	const double *centre = s->x_star ? s->x_star : s->x0;
	double reach = s->c.D2 > 0 ? sqrt(s->c.D2) : 1, far, near;
	uint64_t word[2];

	rate_philox(seed, 0, 13, 0, p->pair, word);
	far = reach * exp2(6 * rate_uniform(word[0]) - 4);
	near = far * exp2(-8 * rate_uniform(word[1]));
	rate_host_services()->normals(rate_host_services(), seed, 2 * p->pair, d, p->x);
	rate_host_services()->normals(rate_host_services(), seed, 2 * p->pair + 1, d, p->y);
	for (size_t j = 0; j < d; j++) {
		p->x[j] = centre[j] + far / sqrt((double)d) * p->x[j];
		p->y[j] = p->x[j] + near / sqrt((double)d) * p->y[j];
	}
	if (s->projection) {
		s->projection->project(s->f.self, p->x, p->w);
		memcpy(p->x, p->w, d * sizeof *p->x);
		s->projection->project(s->f.self, p->y, p->w);
		memcpy(p->y, p->w, d * sizeof *p->y);
	}
}

/* Worst pairs of curvature lie along the difference of gradients: each round turns y - x that way (power iteration). */
static int steepen(probe *p)
{
	size_t d = p->s->run.d;
	double norm = rate_norm_n(p->w, d), length = p->dist;

	if (!(norm > 0) || p->s->projection)
		return RATE_OK;
	for (size_t j = 0; j < d; j++)
		p->y[j] = p->x[j] + length / norm * p->w[j];
	return rate_g(p->s, p->y, p->gy);
}

static int measure_pair(probe *p)
{
	rate_session *s = p->s;
	size_t d = s->run.d;

	if (rate_f(s, p->x, &p->fx) || rate_f(s, p->y, &p->fy) || rate_g(s, p->x, p->gx) || rate_g(s, p->y, p->gy))
		return RATE_FAIL;
	p->bend = p->fy - p->fx;
	p->inner = p->dist = p->dg = 0;
	for (size_t j = 0; j < d; j++) {
		double e = p->y[j] - p->x[j], g = p->gy[j] - p->gx[j];
		p->bend -= p->gx[j] * e;
		p->inner += g * e;
		p->dist += e * e;
		p->dg += g * g;
		p->w[j] = g;
	}
	p->dist = sqrt(p->dist);
	p->dg = sqrt(p->dg);
	p->round = 64 * EPS * (rate_norm_n(p->gx, d) + rate_norm_n(p->gy, d) + sqrt(s->c.g02));
	return RATE_OK;
}

/* The derivative of f along the segment by central differences of two widths: a gradient is called wrong only if both
 * disagree by more than their own difference allows. */
static int check_gradient(probe *p)
{
	rate_session *s = p->s;
	size_t d = s->run.d;
	double slope = 0, est[2], norm = 0, f[2], size = 0;

	for (size_t j = 0; j < d; j++)
		norm += (p->y[j] - p->x[j]) * (p->y[j] - p->x[j]);
	norm = sqrt(norm);
	if (!(norm > 0) || s->projection)
		return RATE_OK;
	for (size_t j = 0; j < d; j++)
		slope += p->gx[j] * (p->y[j] - p->x[j]) / norm;
	for (int k = 0; k < 2; k++) {
		double h = (k ? 1e-5 : 1e-4) * fmax(norm, 1e-3 * rate_norm_n(p->x, d));
		for (int side = 0; side < 2; side++) {
			for (size_t j = 0; j < d; j++)
				p->w[j] = p->x[j] + (side ? -h : h) * (p->y[j] - p->x[j]) / norm;
			if (rate_f(s, p->w, &f[side]))
				return RATE_FAIL;
		}
		est[k] = (f[0] - f[1]) / (2 * h);
		size = fmax(size, 64 * EPS * (fabs(f[0]) + fabs(f[1]) + fabs(slope) * h) / h);
	}
	double error = fmin(fabs(est[0] - slope), fabs(est[1] - slope));
	double allowed = 10 * fabs(est[0] - est[1]) + 1e-5 * fabs(slope) + 100 * size;
	rate_finding *g = finding(p->out, "gradient", 0, 0);
	if (error / (fabs(slope) + allowed) > g->measured)
		g->measured = error / (fabs(slope) + allowed);
	if (error > allowed && !g->false_) {
		g->false_ = 1;
		g->pair = p->pair;
		snprintf(g->why, sizeof g->why, "slope %.9g, by central differences %.9g", slope, est[1]);
	}
	return RATE_OK;
}

/* mean of the term gradients = gradient. */
static int check_sum(probe *p)
{
	rate_session *s = p->s;
	size_t d = s->run.d, n = s->run.n;
	double *mean, error = 0, size = 0;

	if (!s->sum || n > 5000)
		return RATE_OK;
	if (!(mean = calloc(d, sizeof *mean)))
		return RATE_FAIL;
	for (size_t i = 0; i < n; i++) {
		if (rate_g_i(s, i, p->x, p->w)) {
			free(mean);
			return RATE_FAIL;
		}
		for (size_t j = 0; j < d; j++)
			mean[j] += p->w[j] / (double)n;
		size += rate_norm_n(p->w, d) / (double)n;
	}
	for (size_t j = 0; j < d; j++)
		error += (mean[j] - p->gx[j]) * (mean[j] - p->gx[j]);
	free(mean);
	p->dist = 0;
	note(p, "unbiased sum", 0, sqrt(error), 1, 64 * EPS * (size + rate_norm_n(p->gx, d)) * sqrt((double)n), "|mean g_i - g|");
	return RATE_OK;
}

static void check_constants(probe *p)
{
	rate_session *s = p->s;
	const rate_case *c = &s->c;
	size_t d = s->run.d;
	double m = rate_norm_n(p->x, d) + rate_norm_n(p->y, d), q = p->dist, value, gap, scale;
	double convex = rate_constant_of(s, "convex", NULL), f_round;

	if (!(q > 0))
		return;
	f_round = 64 * EPS * (fabs(p->fx) + fabs(p->fy) + rate_norm_n(p->gx, d) * m + (c->L > 0 ? c->L * m * m : 0));
	if (c->L == c->L)
		note(p, "L", c->L, p->dg / q, 1, 1e-9 * c->L + (p->round + 64 * EPS * c->L * m) / q, "|g(x)-g(y)|/|x-y|");
	else
		note(p, "L", NAN, p->dg / q, 1, 0, "|g(x)-g(y)|/|x-y|");
	note(p, "mu", c->mu, p->inner / (q * q), -1, (p->round + 64 * EPS * fabs(c->mu) * m) / q + 1e-9 * fabs(c->mu),
	     "<g(y)-g(x),y-x>/|y-x|^2");
	if (convex == 1)
		note(p, "convex", 0, p->bend, -1, f_round, "f(y)-f(x)-<g(x),y-x>, at least 0");
	if (c->G == c->G && !s->stream)
		note(p, "G", c->G, rate_norm_n(p->gx, d), 1, 1e-9 * c->G + p->round, "|g(x)|");
	if (c->f_star != c->f_star || rate_gap_at(s, p->x, &gap, &scale))
		return;
	note(p, "f_star", c->f_star, c->f_star + gap, -1, 64 * EPS * scale + 64 * EPS * fabs(c->f_star), "f(x)");
	value = rate_dot_n(p->gx, p->gx, d);
	if (gap > 1e-9 * scale && gap > 0 && !s->composite)
		note(p, "pl", rate_constant_of(s, "pl", NULL), value / (2 * gap), -1,
		     1e-9 * c->pl + 64 * EPS * scale / gap * value / (2 * gap) + p->round * sqrt(value) / gap, "|g|^2/(2 (f-f_star))");
}

int rate_probe(rate_session *s, uint64_t pairs, uint64_t seed, rate_probing *out)
{
	size_t d = s->run.d;
	double *store = calloc(5 * d + 8, sizeof *store);
	probe p = { .s = s, .out = out, .x = store, .y = store + d, .gx = store + 2 * d, .gy = store + 3 * d,
		        .w = store + 4 * d };
	int rc = store ? RATE_OK : RATE_FAIL;

	out->d = d;
	out->n = s->run.n;
	for (; rc == RATE_OK && p.pair < pairs; p.pair++) {
		s->mark->step = p.pair;
		draw_pair(&p, seed);
		if ((rc = measure_pair(&p)) != RATE_OK)
			break;
		check_constants(&p);
		if (p.pair < 200)
			rc = check_gradient(&p);
		if (rc == RATE_OK && p.pair < 20)
			rc = check_sum(&p);
		for (int k = 0; rc == RATE_OK && k < 12 && p.pair % 8 == 0; k++) {
			if ((rc = measure_pair(&p)) == RATE_OK && (rc = steepen(&p)) == RATE_OK && (rc = measure_pair(&p)) == RATE_OK)
				check_constants(&p);
		}
	}
	free(store);
	return rc;
}
