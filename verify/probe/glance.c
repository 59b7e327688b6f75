/* Blame with the eyes of the probe: what a check looks at beside its path, at little cost, and all there is when its
 * claim is refuted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EPS 0x1p-52
#define SEED 0x626c616d65 /* of the points that are no part of the path */

enum { POINTS = 2, PAIRS = 300 };

struct rate_glancer {
	rate_prober p;
	rate_probing *out;
	size_t bytes;
	double spent;  /* term gradients times dimension, or so */
	uint64_t next; /* the first step that is looked at again */
};

/* Work at one check beyond the first look, in numbers touched. */
#define MOST 2e6

static struct rate_glancer *glancer(rate_session *s)
{
	struct rate_glancer *g = s->watch.glancer;

	if (g || !(g = calloc(1, sizeof *g)))
		return g;
	/* Witnesses need room for two vectors each. */
	g->bytes = sizeof *g->out + 2 * sizeof(double) * s->run.d * 4;
	if (!(g->out = calloc(1, g->bytes)) || rate_prober_open(&g->p, s, g->out, PAIRS, SEED)) {
		free(g->out);
		free(g);
		return NULL;
	}
	g->p.room = g->bytes - sizeof *g->out;
	g->p.points = POINTS;
	return s->watch.glancer = g;
}

void rate_glance_end(rate_session *s)
{
	if (!s->watch.glancer)
		return;
	rate_prober_close(&s->watch.glancer->p);
	free(s->watch.glancer->out);
	free(s->watch.glancer);
	s->watch.glancer = NULL;
}

/* ---- From a finding to a witness ---- */

/* Few coordinates are shown. */
static void add_points(const rate_probing *out, const rate_finding *f, char *text, size_t size)
{
	size_t used = strlen(text);

	for (size_t k = 0; k < f->points && out->d <= 3 && used + 32 * out->d < size; k++) {
		used += (size_t)snprintf(text + used, size - used, "%s%c = (", k ? ", " : " at ", k ? 'y' : 'x');
		for (size_t j = 0; j < out->d; j++)
			used += (size_t)snprintf(text + used, size - used, "%s%.6g", j ? ", " : "",
			                         out->vector[(f->first + k) * out->d + j]);
		used += (size_t)snprintf(text + used, size - used, ")");
	}
}

static void accuse(const rate_probing *out, const rate_finding *f, uint64_t t, rate_witness *w)
{
	w->found = 1;
	snprintf(w->property, sizeof w->property, "%.31s", f->property);
	w->declared = f->declared;
	w->measured = f->measured;
	w->step = t;
	if (f->kind)
		snprintf(w->detail, sizeof w->detail, "declared %.*g, measured %s = %.*g",
		         rate_digits(f->declared, f->measured), f->declared, f->why,
		         rate_digits(f->declared, f->measured), f->measured);
	else
		snprintf(w->detail, sizeof w->detail, "%s", f->why);
	add_points(out, f, w->detail, sizeof w->detail);
}

/* How an oracle answers where no run goes is no hypothesis, nor is that terms have no minimiser in common. */
static int is_assumed(const rate_finding *f)
{
	return strcmp(f->property, "huge and tiny") && (strcmp(f->property, "interpolation") || f->declared == 1);
}

/* The first that is false, in the order in which they were looked at: oracles before constants. */
static void take_false(rate_session *s, const rate_probing *out, uint64_t t, rate_witness *w)
{
	for (size_t i = 0; i < out->count && !w->found; i++)
		if (out->finding[i].code == RATE_FALSE && is_assumed(&out->finding[i]))
			accuse(out, &out->finding[i], t, w);
	rate_no_error(&s->error);
}

/* ---- At every check ---- */

/* A point theorem may use all that there is. */
static int uses(const rate_session *s, uint32_t flag)
{
	return !s->method || (s->method->flags & flag);
}

/* Nothing is made of an oracle that fails here: where the run goes it will be asked again. */
static void look_once(rate_session *s, rate_prober *p, const double *x, const double *y)
{
	memcpy(p->x, x, p->d * sizeof *x);
	memcpy(p->y, y, p->d * sizeof *y);
	rate_probe_slope(p);
	rate_probe_slopes(p);
	if (s->composite && uses(s, RATE_NEEDS_PROX))
		rate_probe_prox(p, 1);
	if (s->sum && s->sum->prox && s->method && uses(s, RATE_NEEDS_SAMPLE_PROX))
		rate_probe_prox(p, 0);
	if (s->projection && uses(s, RATE_NEEDS_PROJECTION))
		rate_probe_projection(p);
	if (s->network && uses(s, RATE_NEEDS_NETWORK))
		rate_probe_network(p);
	if (s->lmo && uses(s, RATE_NEEDS_LMO))
		rate_probe_lmo(p);
	if (s->composition && uses(s, RATE_NEEDS_COMPOSITION))
		rate_probe_composition(p);
	if (s->risk && (uses(s, RATE_NEEDS_RISK) || rate_reads(s, "risk/1") || rate_reads(s, "risk.nu")))
		rate_probe_risk(p);
	if (rate_reads(s, "hessian/1") || (s->method && uses(s, RATE_NEEDS_HESSIAN)))
		rate_probe_hessian(p);
	if (s->gap)
		rate_probe_gap(p);
	rate_probe_star(p);
	if (rate_reads(s, "sigma_star2") || rate_reads(s, "interpolation"))
		rate_probe_noise(p);
	if (rate_reads(s, "Delta_star") || rate_reads(s, "f_i_star"))
		rate_probe_infima(p);
}

/* Those that blame.c follows along the path itself. */
static int followed(const char *name)
{
	static const char *const names[] = { "L", "mu", "convex", "pl", "f_star", "F_star" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(names[i], name))
			return 1;
	return 0;
}

static void look_at_pair(rate_session *s, struct rate_glancer *g, const double *x, const double *y)
{
	rate_prober *p = &g->p;

	for (const rate_score *c = rate_scores; c->name; c++) {
		rate_knowledge kind = 0;
		double declared;
		if (followed(c->name) || !rate_reads(s, c->name) || !rate_score_declared(p, c, &declared, &kind))
			continue;
		/* A score of points looks at x alone: at the newer one. */
		memcpy(p->x, c->point ? y : x, p->d * sizeof *x);
		memcpy(p->y, c->point ? x : y, p->d * sizeof *y);
		rate_probe_pair(p, c, declared, kind);
		g->spent += (double)p->d * (double)(p->terms + 4);
	}
}

/* Constants are declared for the feasible set; a method of cutting planes asks outside of it, too. */
static int on_set(rate_session *s, rate_prober *p, const double *x)
{
	double off = 0;

	memcpy(p->b, x, p->d * sizeof *x);
	if (!s->projection || rate_project_at(s, p->b))
		return 1;
	for (size_t j = 0; j < p->d; j++)
		off = fmax(off, fabs(p->b[j] - x[j]));
	return off <= 1e-12 * (rate_norm_n(x, p->d) + rate_norm_n(p->b, p->d));
}

void rate_glance(rate_session *s, const double *x, const double *y, uint64_t t, rate_witness *w)
{
	struct rate_glancer *g;
	size_t d = s->run.d;
	int first = !s->watch.glancer;

	if (!s->theorem || *s->error.text ||
	    (s->watch.glancer && !s->watch.thorough && (t < s->watch.glancer->next || s->watch.glancer->spent > MOST)))
		return;
	if (!(rate_norm_n(x, d) <= 1e100) || !(rate_norm_n(y, d) <= 1e100) || !(g = glancer(s)))
		return;
	g->next = 2 * t;
	if (first) {
		look_once(s, &g->p, x, y);
		if (s->x_star && on_set(s, &g->p, x))
			look_at_pair(s, g, s->x_star, x);
	}
	if (on_set(s, &g->p, x) && on_set(s, &g->p, y))
		look_at_pair(s, g, x, y);
	take_false(s, g->out, t, w);
}

void rate_glance_slope(rate_session *s, const double *x, const double *y, uint64_t t, rate_witness *w)
{
	int far = *s->error.text || !(rate_norm_n(x, s->run.d) <= 1e100) || !(rate_norm_n(y, s->run.d) <= 1e100);
	struct rate_glancer *g = far ? NULL : glancer(s);
	rate_finding *f;

	if (!g)
		return;
	for (int from_y = 0; from_y < 2; from_y++) {
		memcpy(g->p.x, from_y ? y : x, s->run.d * sizeof *x);
		memcpy(g->p.y, from_y ? x : y, s->run.d * sizeof *x);
		rate_probe_slope(&g->p);
	}
	f = rate_find(&g->p, "gradient");
	if (f->code == RATE_FALSE)
		accuse(g->out, f, t, w);
	rate_no_error(&s->error);
}

/* ---- When the claim is refuted ---- */

/* Lower bounds grow with |x_0 - x_star|: of several minimisers the nearest is meant. One that is nearer on the way to
 * x_0 is a witness. */
static void nearer_minimiser(rate_session *s, rate_witness *w)
{
	size_t d = s->run.d;
	double *z = calloc(2 * s->run.ld, sizeof *z), *g = z + s->run.ld, share, f, f_z, D = sqrt(s->c.D2), size;

	if (!z || !s->theorem || !s->x_star || !(D > 0) || !isfinite(s->c.L) || s->composite || s->projection ||
	    rate_kind_of(s->theorem->kind)->side != RATE_AT_LEAST)
		goto out;
	if (rate_f(s, s->x_star, &f))
		goto out;
	size = 64 * EPS * s->c.L * (rate_norm_n(s->x_star, d) + D);
	for (share = 0.1; share > 1e-5 && !w->found; share /= 10) {
		for (size_t j = 0; j < d; j++)
			z[j] = s->x_star[j] + share * (s->x0[j] - s->x_star[j]);
		if (rate_f(s, z, &f_z) || rate_g(s, z, g))
			goto out;
		if (f_z > f || rate_norm_n(g, d) > size)
			continue;
		w->found = 1;
		snprintf(w->property, sizeof w->property, "x_star");
		w->declared = D;
		w->measured = (1 - share) * D;
		snprintf(w->detail, sizeof w->detail,
		         "declared at distance %.9g from x_0, where a minimiser at distance %.9g is nearer",
		         D, w->measured);
	}
out:
	free(z);
}

void rate_accuse(rate_session *s, rate_witness *w)
{
	rate_probing *out = w->found ? NULL : rate_arena(RATE_PROBE_ARENA);

	if (!out)
		return;
	s->watch.lenient = 1; /* the run has looked at the conduct of the oracles, and the probe does so itself */
	rate_probe(s, PAIRS, SEED, NULL, out);
	take_false(s, out, 0, w);
	if (!w->found)
		nearer_minimiser(s, w);
	rate_no_error(&s->error);
	rate_arena_free(out, RATE_PROBE_ARENA);
}
