/* The probe of constants: the worst score found against the declared number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EPS 0x1p-52

static void settle(rate_prober *p, const rate_score *c, const rate_worst *w, rate_knowledge kind)
{
	rate_finding *f = rate_find(p, c->name);

	f->sign = c->sign;
	f->kind = kind;
	f->declared = w->declared;
	snprintf(f->why, sizeof f->why, "%s", c->what);
	if (!w->found) {
		f->code = RATE_UNSEEN;
		return;
	}
	f->measured = w->value;
	f->code = rate_weigh(kind, c->sign, f->declared, w->value, 1e-9 * fabs(f->declared), 0);
	rate_keep_witness(p, f, w->x, c->point ? NULL : w->y);
}

static int is_one_of(const char *name, const char *const *list)
{
	while (*list && strcmp(*list, name))
		list++;
	return *list != NULL;
}

/* Is it worth a look when nothing is declared? What is always there to be known, yes. */
static int worth_measuring(const rate_prober *p, const char *name)
{
	static const char *const always[] = { "L", "mu", NULL };
	static const char *const of_sums[] = { "L_max", "noise2", "strong_growth", NULL };
	const rate_session *s = p->s;

	if (!strcmp(name, "diameter"))
		return s->projection != NULL;
	if (!strcmp(name, "pl"))
		return isfinite(s->c.f_star) && !s->composite && !s->projection;
	if (!strcmp(name, "rho_weak"))
		return rate_constant_of(p->s, "convex", NULL) != 1;
	if (!strcmp(name, "G"))
		return !isfinite(s->c.L) || s->projection;
	return is_one_of(name, always) || (is_one_of(name, of_sums) && s->run.n > 1);
}

/* The number that bounds the score. NaN: not declared, or not for this part of the probe. */
static double declared_of(rate_prober *p, const char *name, rate_knowledge *kind)
{
	rate_session *s = p->s;
	double v = rate_constant_of(s, name, kind), *L;

	if (!strcmp(name, "convex terms"))
		return rate_constant_of(s, "convex", kind) == 1 && (s->sum || s->stream) ? 0 : NAN;
	if (!strcmp(name, "convex"))
		return v == 1 ? 0 : NAN;
	if (!strcmp(name, "noise_additive") || !strcmp(name, "even") || !strcmp(name, "monotone") ||
	    !strcmp(name, "skew"))
		return v == 1 ? 0 : NAN;
	if (!strcmp(name, "L_i") && s->run.n && (L = malloc(s->run.n * sizeof *L))) {
		v = rate_vector_of(s, "L_i", s->run.n, L) == RATE_OK ? 1 : NAN;
		*kind = RATE_EXACT;
		free(L);
	}
	return v;
}

static int search_and_settle(rate_prober *p, const rate_score *c, double declared, rate_knowledge kind)
{
	rate_worst w = { .value = NAN, .declared = declared, .x = calloc(2 * p->d, sizeof *w.x) };
	int rc;

	if (!w.x)
		return RATE_FAIL;
	w.y = w.x + p->d;
	rc = rate_search_worst(p, c, &w);
	if (rc == RATE_OK)
		settle(p, c, &w, kind);
	free(w.x);
	return rc;
}

/* convex = 0 says "known not to be": a segment that bends down proves it. */
static int probe_not_convex(rate_prober *p)
{
	rate_score c = *rate_score_of("mu");
	rate_finding *f;

	if (rate_constant_of(p->s, "convex", NULL) != 0)
		return RATE_OK;
	c.name = "not convex";
	c.what = "<g(y)-g(x),y-x>/|y-x|^2, below 0 somewhere";
	if (search_and_settle(p, &c, NAN, RATE_EXACT))
		return RATE_FAIL;
	f = rate_find(p, c.name);
	f->code = f->measured < 0 ? RATE_TRUE : RATE_UNSEEN;
	return RATE_OK;
}

/* Of samples these bound expectations: samples.c. */
static int of_samples(const rate_prober *p, const char *name)
{
	static const char *const moments[] = { "G", "noise2", "noise_additive", "noise_subgauss",
	                                       "strong_growth", NULL };

	return p->s->stream && !p->s->stream->deterministic && is_one_of(name, moments);
}

int rate_score_declared(rate_prober *p, const rate_score *c, double *declared, rate_knowledge *kind)
{
	*declared = of_samples(p, c->name) ? NAN : declared_of(p, c->name, kind);
	return *declared == *declared;
}

int rate_probe_pair(rate_prober *p, const rate_score *c, double declared, rate_knowledge kind)
{
	rate_worst w = { .found = 1, .value = NAN, .declared = declared, .x = p->x, .y = p->y };

	p->declared = declared;
	if (c->score(p, &w.value))
		return RATE_FAIL;
	w.declared = p->declared;
	if (w.value == w.value && rate_find(p, c->name)->code != RATE_FALSE)
		settle(p, c, &w, kind);
	return RATE_OK;
}

int rate_probe_constants(rate_prober *p)
{
	for (const rate_score *c = rate_scores; c->name; c++) {
		rate_knowledge kind = 0;
		double declared = declared_of(p, c->name, &kind);
		if ((p->only && strcmp(p->only, c->name)) || of_samples(p, c->name))
			continue;
		p->draw = (uint64_t)(c - rate_scores + 1) << 32;
		if ((declared == declared || worth_measuring(p, c->name)) && search_and_settle(p, c, declared, kind))
			return RATE_FAIL;
	}
	return p->only ? RATE_OK : probe_not_convex(p);
}
