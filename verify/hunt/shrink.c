/* What was found made small: fewer steps, fewer dimensions, no wrapper, round numbers; it must keep what it showed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/hunt/hunter.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHRINK = 1500 };

/* The parameters as they were chosen, now numbers of their own that can be rounded. */
static int make_explicit(rate_hunter *h, rate_draft *d)
{
	rate_trial t;
	size_t kept = 0;
	int rc = rate_trial_begin(h, d, &t) == RATE_OK && rate_trial_measure(h, &t) == 1 ? RATE_OK : RATE_FAIL;

	for (size_t i = 0; i < d->slots; i++)
		if (d->slot[i].to >= 0 || d->slot[i].to == RATE_TO_SEED)
			d->slot[kept++] = d->slot[i];
	d->slots = kept;
	for (size_t i = 0; rc == RATE_OK && i < t.check.params && !h->space.theorem->point; i++) {
		if (h->o->theorem->word[0].given[i] || d->slots == RATE_SLOTS)
			continue;
		d->slot[d->slots++] = (rate_slot){ .to = RATE_TO_THEOREM, .param = i,
		                                   .y = t.check.param[i], .sign = 1 };
	}
	rate_trial_end(&t);
	return rc;
}

/* What a smaller instance has to keep: the violation and half of its excess, or nearly all of the ratio. */
typedef struct least {
	int violated;
	double score;
} least;

static int still(rate_hunter *h, rate_draft *d, const rate_draft *changed, const least *keep)
{
	int violated;
	double score = rate_hunt_evaluate(h, changed, &violated);

	if (violated < keep->violated || !(score >= keep->score))
		return 0;
	*d = *changed;
	return 1;
}

static double rounded(double v, int digits)
{
	char text[64];

	snprintf(text, sizeof text, "%.*e", digits - 1, v);
	return strtod(text, NULL);
}

/* The roundest number that will do for a slot: the preset, 0, 1, -1, or a few digits. */
static void round_slot(rate_hunter *h, rate_draft *d, size_t i, const least *keep)
{
	const rate_slot *s = &d->slot[i];
	const rate_class_info *c = s->to >= 0 ? d->family->word[s->to] : h->space.theorem;
	const rate_param_info *p = s->to == RATE_TO_SEED ? NULL : &c->param[s->param];
	double v = rate_slot_value(s), preset = p && p->preset ? strtod(p->preset, NULL) : 1;
	double candidate[10];
	int n = 0;

	if (p && p->type == RATE_CHOICE)
		return;
	/* Entries of lists have no preset of their own. */
	candidate[n++] = p && p->type == RATE_REALS ? 0 : preset == preset ? preset : 1;
	candidate[n++] = 1;
	candidate[n++] = -1;
	for (int digits = 1; digits <= 6; digits++)
		candidate[n++] = rounded(v, digits);
	for (int k = 0; k < n && rate_hunt_now() - h->started < 2 * h->o->seconds + 5; k++) {
		rate_draft changed = *d;
		if (candidate[k] == v)
			return;
		/* A whole number sizes the instance: a rounder one that makes it larger is no gain. */
		if (p && p->type == RATE_INTEGER && candidate[k] > v)
			continue;
		rate_slot_set(&changed.slot[i], candidate[k]);
		if (still(h, d, &changed, keep))
			return;
	}
}

/* Climbs from the draft with another number of steps. */
static void climb_again(rate_hunter *h, const rate_draft *d, uint64_t T)
{
	rate_record *r = h->record;
	int violated;

	while (&r->family != d->family)
		r++;
	h->limit = h->out->evaluations + RATE_CLIMB;
	r->best = *d;
	r->best.T = T;
	r->score = rate_hunt_evaluate(h, &r->best, &violated);
	if (!violated)
		rate_hunt_climb(h, r);
}

/* Looks for a violation within fewer steps and dimensions: first from the draft itself, then anew. */
static void smaller(rate_hunter *h, rate_draft *d)
{
	static const struct { uint64_t steps; size_t dimension; } size[] = { { 1, 1 }, { 2, 1 }, { 3, 1 }, { 5, 1 },
		                                                                 { 1, 2 }, { 2, 2 }, { 5, 2 } };
	size_t dimension = h->out->copy[h->out->best].dimension;

	for (size_t k = 0; k < sizeof size / sizeof *size; k++) {
		if (size[k].steps > d->T || size[k].dimension > dimension ||
		    (size[k].steps == d->T && size[k].dimension == dimension))
			continue;
		rate_hunt_forget(h);
		h->space.steps = h->space.least = size[k].steps;
		h->space.exact_steps = 1;
		h->space.dimension = size[k].dimension;
		if (size[k].dimension >= dimension)
			climb_again(h, d, size[k].steps);
		if (!h->violated)
			rate_hunt_search(h, SHRINK);
		if (h->violated) {
			*d = h->best;
			return;
		}
		h->started = rate_hunt_now(); /* the time that is left goes to each */
	}
}

/* The claim may fall before the last step. */
static void fewer_steps(rate_hunter *h, rate_draft *d, const least *keep)
{
	/* Below the floor only what violates the claim is of interest. */
	for (uint64_t T = keep->violated ? 1 : h->space.least; T < d->T; T = T < 8 ? T + 1 : T * 5 / 4) {
		rate_draft changed = *d;
		changed.T = T;
		if (still(h, d, &changed, keep))
			return;
	}
}

/* The same without its last wrapper. */
static void unwrap(rate_hunter *h, rate_draft *d, const least *keep)
{
	const rate_candidate *f = d->family;

	for (size_t i = 0; i < h->records && !f->given; i++) {
		const rate_candidate *bare = &h->record[i].family;
		rate_draft changed = *d;
		if (bare->given || bare->words + 1 != f->words ||
		    memcmp(bare->word, f->word, bare->words * sizeof *bare->word))
			continue;
		changed.family = bare;
		changed.slots = 0;
		for (size_t k = 0; k < d->slots; k++)
			if (d->slot[k].to < (int)bare->words)
				changed.slot[changed.slots++] = d->slot[k];
		still(h, d, &changed, keep);
		return;
	}
}

void rate_hunt_shrink(rate_hunter *h)
{
	rate_draft d = h->best;
	rate_trial t;
	least keep = { .violated = h->violated };

	h->out->shrinking = 1;
	if (keep.violated)
		smaller(h, &d);
	rate_hunt_forget(h);
	if (make_explicit(h, &d))
		return;
	if (rate_trial_begin(h, &d, &t) == RATE_OK)
		keep.score = rate_trial_score(h, &t, rate_trial_measure(h, &t));
	rate_trial_end(&t);
	keep.score = !keep.violated ? keep.score * (1 - 1e-4) : isfinite(keep.score) ? 1 + (keep.score - 1) / 2 : 1;
	unwrap(h, &d, &keep);
	fewer_steps(h, &d, &keep);
	for (size_t i = 0; i < d.slots; i++)
		round_slot(h, &d, i, &keep);
	/* What was found first stands unless the small one does as well. */
	if (rate_trial_begin(h, &d, &t) == RATE_OK) {
		double score = rate_trial_score(h, &t, rate_trial_measure(h, &t));
		if (score >= keep.score && (t.verdict.code == RATE_REFUTED) >= keep.violated)
			rate_trial_publish(h, &t, score);
	}
	rate_trial_end(&t);
}
