/* The probe by lemmas: the point theorems of the chapter `lemmas`, the same code that `verify` runs, at points of the
 * probed objective.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/measure.h"
#include "verify/probe/probe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/judge/judge.h"

enum { POINTS = 400 };

/* Fewer where a point is dear. */
static size_t how_many(const rate_session *s)
{
	double cost = (double)s->run.d * (double)(s->run.n ? s->run.n : 1);

	return (size_t)fmax(40, fmin(POINTS, 4e6 / cost));
}

static void note(rate_prober *p, const rate_check *c, const rate_session *s, const rate_verdict *v)
{
	rate_finding *f = rate_find(p, c->theorem->id);
	size_t points = s->theorem->points;

	f->sign = 1;
	f->declared = 1;
	f->measured = rate_kind_of(c->theorem->claim)->side == RATE_EQUAL ? 1 + v->max_error : v->max_ratio;
	f->code = v->code == RATE_REFUTED ? RATE_FALSE : v->code == RATE_HOLDS ? RATE_TRUE : RATE_UNSEEN;
	snprintf(f->why, sizeof f->why, "%.150s", f->code == RATE_TRUE ? c->theorem->quantity : v->reason);
	if (s->worst && points)
		rate_keep_witness(p, f, s->worst, points > 1 ? s->worst + s->run.ld : NULL);
}

static int one_lemma(rate_prober *p, rate_session *s, rate_check *c)
{
	rate_measured m = { .statistic = RATE_POINTS, .replicates = 1 };
	rate_verdict v;
	double *store;
	int rc;

	if (rate_session_turn_to(s, c) || rate_prepare(s, c))
		return RATE_FAIL;
	if (!c->applicable)
		return RATE_OK;
	if (!(store = calloc(4 * POINTS, sizeof *store)))
		return RATE_FAIL;
	m.q = store;
	m.s = store + POINTS;
	m.b = store + 2 * POINTS;
	c->bound = store + 3 * POINTS;
	c->at = calloc(POINTS, sizeof *c->at);
	c->checkpoints = m.checkpoints = how_many(s);
	rc = c->at ? rate_run_points(s, c, &m) : RATE_FAIL;
	if (rc == RATE_OK) {
		/* The constants have lines of their own. */
		m.witness.found = 0;
		rate_judge(c, &m, NULL, &v);
		note(p, c, s, &v);
	}
	free(store);
	c->bound = NULL;
	return rc;
}

int rate_probe_lemmas(const rate_check *check, const rate_bound_spec *const *lemma, size_t count, uint64_t seed,
                      rate_mark *mark, rate_probing *out)
{
	rate_check first = *check;
	rate_prober p = { .out = out, .d = out->d };
	rate_session s;
	int rc = rate_session_open(&s, &first, mark);

	s.watch.lenient = 1;
	for (size_t i = 0; i < count && rc == RATE_OK; i++) {
		rate_check c = { .theorem = lemma[i]->word[0].info, .objective = check->objective, .given = lemma[i],
			             .fraction = 1, .factor = 1, .alpha = 1e-9, .stream = seed, .expected_ratio = NAN,
			             .expected_deep = NAN, .declared = check->declared,
			             .declarations = check->declarations };
		snprintf(c.id, sizeof c.id, "%s", c.theorem->id);
		rc = one_lemma(&p, &s, &c);
		rate_check_clear(&c);
	}
	if (rc != RATE_OK)
		snprintf(mark->message, sizeof mark->message, "%s",
		         rate_said(&s.error, "a callback returned an error"));
	rate_session_close(&s);
	return rc;
}
