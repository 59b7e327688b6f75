/* What a trial is worth, what is told of it, and the best so far.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/hunt/hunter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/judge/judge.h"

/* What rounding inside an objective could do is no counterexample. */
#define MARGIN 1e-6
/* What an instance scores that says nothing of what is left after the transient: less than any other. */
#define CORNER 1e-9

/* check->parameters with shorter numbers. */
static void write_parameters(const rate_check *c, char *out, size_t size)
{
	const char *at = c->parameters ? c->parameters : "";
	size_t n = 0;

	*out = '\0';
	while (*at && n + 1 < size) {
		char number[40], *end;
		double v = at[0] == '=' ? strtod(at + 1, &end) : 0;
		out[n++] = *at;
		out[n] = '\0';
		if (*at++ != '=' || end == at || (*end && *end != ','))
			continue;
		rate_shortest(number, sizeof number, v);
		n += (size_t)snprintf(out + n, size - n, "%s", number);
		at = end;
	}
}

void rate_trial_publish(rate_hunter *h, const rate_trial *t, double ratio)
{
	rate_hunted *out = h->out;
	int next = out->best == 0;
	rate_quarry *q = &out->copy[next];

	snprintf(q->objective, sizeof q->objective, "%s", out->trying);
	write_parameters(&t->check, q->parameters, sizeof q->parameters);
	q->steps = t->check.T;
	q->dimension = t->session.run.d;
	q->ratio = ratio;
	q->violated = t->verdict.code == RATE_REFUTED;
	if (q->violated && !out->shrinking)
		out->seconds = rate_hunt_now() - h->started;
	out->best = next;
}

static void remark(rate_hunted *out, const rate_verdict *v)
{
	if (!*out->remark)
		snprintf(out->remark, sizeof out->remark, "%.500s: %.400s", out->trying, v->reason);
}

/* That the claim itself breaks says more of it than what it does not apply to, and that more than what cannot be
 * made. */
static double not_judged(rate_hunted *out, const rate_trial *t, const char *why)
{
	const char *claim = t->check.theorem->id;
	int its_own = !strncmp(why, claim, strlen(claim));

	if (its_own || !*out->why || (!out->its_own && t->session.f.self))
		snprintf(out->why, sizeof out->why, "%s", why);
	out->its_own |= its_own;
	return -1;
}

/* Two sides of a lemma may be as small as their rounding, which is no step to be left out: what is sure counts. */
static double sure_ratio(const rate_verdict *v)
{
	return v->statistic == RATE_POINTS && v->code == RATE_HOLDS && v->sharpness < v->max_ratio ? v->sharpness
	                                                                                           : v->max_ratio;
}

/* Counts what became of a trial; its score, -1 if there is none. */
double rate_trial_score(rate_hunter *h, rate_trial *t, int rc)
{
	rate_hunted *out = h->out;
	rate_verdict *v = &t->verdict;
	double score;

	if (rc == 0) {
		out->inexact += t->check.applicable != 0;
		return not_judged(out, t,
		                  t->check.applicable ? "the mean has no exact value that is cheap to compute"
		                  : t->check.reason);
	}
	if (rc < 0)
		snprintf(t->m.broken, sizeof t->m.broken, "%s",
		         rate_said(&t->session.error, "a callback returned an error"));
	t->check.applicable = 1;
	rate_judge(&t->check, &t->m, NULL, v);
	/* Values that no objective takes (a knot at infinity) are refused by its `create`: nothing is wrong with
	 * that. */
	if (v->code == RATE_BROKEN)
		out->broken += t->session.f.self != NULL;
	if (v->code == RATE_HYPOTHESIS_FALSE)
		out->false_++;
	/* The built-in objectives overflow far out; the user's own may be meant. */
	if (v->code == RATE_HYPOTHESIS_FALSE || (v->code == RATE_BROKEN && t->session.f.self && h->o->objectives))
		remark(out, v);
	if ((v->code != RATE_HOLDS && v->code != RATE_REFUTED) ||
	    (v->code == RATE_REFUTED && v->max_ratio <= 1 + MARGIN))
		return not_judged(out, t, v->reason);
	out->judged++;
	/* A bound that is met at the start alone, where all methods stand, says nothing of the method: noted once,
	 * set apart. */
	score = h->o->early || v->code == RATE_REFUTED || !t->check.transient ? sure_ratio(v)
	        : v->deep_ratio >= 0                                          ? v->deep_ratio
	                                                                      : CORNER * v->max_ratio;
	if (t->check.transient && v->max_ratio > score && v->max_ratio > out->corner && !out->sampled) {
		out->corner = v->max_ratio;
		out->corner_step = v->at_step;
		snprintf(out->corner_at, sizeof out->corner_at, "%s", out->trying);
	}
	return score >= 0 ? score : -1;
}

/* Runs the draft. Its score; *violated if the claim is refuted. The best so far is published. */
double rate_hunt_evaluate(rate_hunter *h, const rate_draft *d, int *violated)
{
	rate_trial t;
	double score = -1;
	int rc;

	h->out->evaluations++;
	h->mark->item = h->out->evaluations;
	if (rate_trial_begin(h, d, &t) == RATE_OK) {
		rc = rate_trial_measure(h, &t);
		/* Of this instance alone. */
		if (*h->mark->fault) {
			rate_fail(&t.session.error, "%s", h->mark->fault);
			*h->mark->fault = '\0';
			rc = RATE_FAIL;
		}
		score = rate_trial_score(h, &t, rc);
	}
	*violated = score >= 0 && t.verdict.code == RATE_REFUTED;
	if (score > h->score || (*violated && !h->violated)) {
		h->score = score;
		h->best = *d;
		h->violated = *violated;
		if (!h->out->shrinking)
			rate_trial_publish(h, &t, score);
	}
	rate_trial_end(&t);
	return score;
}
