/* One instance: a draft made a check, and measured as `verify` measures, where that is cheap and exact.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/hunt/hunter.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/plan/plan.h"

enum { POINTS = 400, PATHS = 4096, OUTCOMES = 64, SAMPLES = 64 };

#define DROWNED 1e6
#define DEEP 1e-12
#define HUGE_START 1e60
#define EPS 0x1p-52

void rate_trial_end(rate_trial *t)
{
	rate_session_close(&t->session);
	rate_check_clear(&t->check);
	free(t->m.q);
	rate_bound_free(t->objective);
	rate_bound_free(t->given);
}

static int room(rate_trial *t, int path_bound, size_t replicates)
{
	size_t k = (t->check.checkpoints + 1) * replicates;

	free(t->m.q);
	if (!(t->m.q = calloc(3 * k, sizeof *t->m.q)))
		return RATE_FAIL;
	t->m.s = t->m.q + k;
	t->m.b = path_bound ? t->m.q + 2 * k : NULL;
	t->m.checkpoints = t->check.checkpoints;
	t->m.replicates = replicates;
	return RATE_OK;
}

static int are_few(uint64_t outcomes, uint64_t T)
{
	uint64_t n = 1;

	for (uint64_t t = 0; t < T && n <= PATHS; t++)
		n = outcomes > PATHS ? PATHS + 1 : n * outcomes;
	return n <= PATHS;
}

/* Of terms, and then of what the method draws besides, for which it must make a step. */
static int paths_are_few(rate_session *s, uint64_t T)
{
	if (s->stream || !are_few(rate_subsets(s->run.n, s->c.batch), T))
		return 0;
	rate_count_outcomes(s);
	return are_few(s->draws.outcomes, T);
}

/* The exact mean, if it is cheap: 1 or 0. */
static int exact_mean(rate_trial *t)
{
	rate_session *s = &t->session;
	int rc = 0;

	if (rate_kind_of(t->check.theorem->claim)->about == RATE_ABOUT_TAIL ||
	    (t->check.theorem->flags & RATE_PATH_BOUND) || (s->stream && !s->normals))
		return 0;
	if (!s->theorem->accumulators && s->x_star && (s->stream || rate_subsets(s->run.n, s->c.batch) <= OUTCOMES))
		rc = rate_exact_by_map(s, &t->check, &t->m);
	if (rc == 0 && paths_are_few(s, t->check.T))
		rc = rate_exact_by_paths(s, &t->check, &t->m);
	return rc;
}

/* Numbers that are large beside what is measured drown it; what is too large leaves the range of numbers. Noise may
 * start at the minimiser itself. */
static int drowned(const rate_session *s, int stochastic)
{
	const rate_case *c = &s->c;

	return fabs(c->f_star) > DROWNED * c->d0 || s->noise > EPS * DROWNED * sqrt(c->g02) ||
	       (s->x_star && rate_norm_n(s->x_star, s->run.d) > DROWNED * sqrt(c->D2)) || c->D2 > HUGE_START ||
	       c->d0 > HUGE_START ||
	       c->g02 > HUGE_START || (c->D2 < 1 / HUGE_START && !(c->D2 == 0 && stochastic));
}

/* Steps at which the bound is down to rounding are left out, and those before --from-step; 0 if none is left. Bounds
 * that say nothing yet are infinite. */
static int leave_out(const rate_hunter *h, rate_check *c)
{
	size_t first = 0, early = 0, k;

	while (early < c->checkpoints && c->at[early] < h->o->from_step)
		early++;
	c->checkpoints -= early;
	memmove(c->at, c->at + early, c->checkpoints * sizeof *c->at);
	memmove(c->bound, c->bound + early, c->checkpoints * sizeof *c->bound);
	if (c->transient)
		memmove(c->transient, c->transient + early, c->checkpoints * sizeof *c->transient);
	if (!c->checkpoints)
		return 0;

	while (first + 1 < c->checkpoints && isinf(c->bound[first]))
		first++;
	for (k = first; k < c->checkpoints && !(c->bound[k] < DEEP * c->bound[first]); k++)
		;
	c->checkpoints = k;
	return k > 0;
}

/* Where no instance has an exact mean, means of a few draws lead the search, the same draws for every instance: noise
 * that all share misleads a climb less. What is found is judged on draws of its own, and alpha is for thousands of
 * trials. */
static int sampled_mean(const rate_hunter *h, rate_trial *t)
{
	const rate_kind_row *kind = rate_kind_of(t->check.theorem->claim);

	if (!h->out->sampled || kind->about == RATE_ABOUT_EXACT || (t->check.theorem->flags & RATE_PATH_BOUND))
		return 0;
	t->m.statistic = RATE_SAMPLED;
	if (rate_checkpoints_for(&t->session, &t->check, 0))
		return RATE_FAIL;
	if (!leave_out(h, &t->check))
		return 0;
	return room(t, 0, SAMPLES) || rate_run_paths(&t->session, &t->check, 0, SAMPLES, &t->m) ? RATE_FAIL : 1;
}

/* 1: measured; 0: not to be judged here; RATE_FAIL. */
int rate_trial_measure(rate_hunter *h, rate_trial *t)
{
	rate_check *c = &t->check;
	rate_session *s = &t->session;
	rate_about about = rate_kind_of(c->theorem->claim)->about;
	int rc;

	if (rate_session_open(s, c, h->mark) || rate_prepare(s, c))
		return RATE_FAIL;
	if (!c->applicable)
		return 0;
	/* Noise is nothing to a method that draws no samples. */
	if (s->method && s->stream && !(s->method->flags & RATE_STOCHASTIC)) {
		c->applicable = 0;
		snprintf(c->reason, sizeof c->reason, "the method draws no samples");
		return 0;
	}
	if (drowned(s, c->stochastic)) {
		snprintf(c->reason, sizeof c->reason, "rounding leaves nothing to be measured");
		c->applicable = 0;
		return 0;
	}
	if (!s->method) {
		c->checkpoints = POINTS;
		c->at = calloc(POINTS, sizeof *c->at);
		c->bound = calloc(POINTS, sizeof *c->bound);
		t->m.statistic = RATE_POINTS;
		return room(t, 1, 1) || rate_run_points(s, c, &t->m) ? RATE_FAIL : 1;
	}
	if (!leave_out(h, c))
		return 0;
	/* What is claimed of every path is looked at on one, random or not. */
	if (!c->stochastic || about == RATE_ABOUT_PATHS) {
		t->m.statistic = about == RATE_ABOUT_MEANS ? RATE_EXACT_MEAN : RATE_PATH;
		return room(t, (c->theorem->flags & RATE_PATH_BOUND) != 0, 1) || rate_run_paths(s, c, 0, 1, &t->m)
		    ? RATE_FAIL : 1;
	}
	t->m.statistic = RATE_EXACT_MEAN;
	if (rate_checkpoints_for(s, c, 1))
		return RATE_FAIL;
	if (!leave_out(h, c))
		return 0;
	if (room(t, 0, 1))
		return RATE_FAIL;
	return (rc = exact_mean(t)) ? rc : sampled_mean(h, t);
}

/* The draft as a check; its texts stand in out->trying in case that it kills the child. */
int rate_trial_begin(rate_hunter *h, const rate_draft *d, rate_trial *t)
{
	const rate_hunt *o = h->o;
	rate_hunted *out = h->out;
	rate_check *c = &t->check;
	char parameters[1024], spec[2048];
	rate_error error;

	memset(t, 0, sizeof *t);
	rate_draft_objective(d, out->trying, sizeof out->trying);
	rate_draft_parameters(d, h->space.theorem, parameters, sizeof parameters);
	*c = (rate_check){ .theorem = h->space.theorem, .method = o->method, .fraction = 1, .factor = o->factor,
		               .power = o->power, .seed = o->seed, .alpha = 1e-9, .delta = 0.1, .T = d->T,
		               .own_steps = 1 };
	for (size_t i = 0; i < 64; i++)
		t->multiple[i] = 1;
	for (size_t i = 0; i < d->slots; i++) {
		if (d->slot[i].to == RATE_TO_FRACTION)
			c->fraction = rate_slot_value(&d->slot[i]);
		else if (d->slot[i].to == RATE_TO_MULTIPLE && d->slot[i].param < 64)
			t->multiple[d->slot[i].param] = rate_slot_value(&d->slot[i]);
	}
	c->multiple = t->multiple;
	c->given = o->theorem;
	if (*parameters) {
		/* Whole as it is: the keys that the user gave are no slots. */
		snprintf(spec, sizeof spec, "%s:", c->theorem->id);
		for (size_t i = 0; i < c->theorem->params; i++)
			if (o->theorem->word[0].given[i])
				snprintf(spec + strlen(spec), sizeof spec - strlen(spec), "%s=%s,",
				         c->theorem->param[i].name, o->theorem->word[0].value[i].text);
		snprintf(spec + strlen(spec), sizeof spec - strlen(spec), "%s", parameters);
		if (rate_bind(&t->given, o->registry, RATE_THEOREMS, spec, 1, &error))
			return RATE_FAIL;
		c->given = t->given;
	}
	if (rate_bind(&t->objective, o->registry, RATE_OBJECTIVES, out->trying, 0, &error))
		return RATE_FAIL;
	c->objective = t->objective;
	c->stream = rate_stream_key(c->theorem->id, out->sampled ? "" : c->objective->canonical, o->seed);
	return RATE_OK;
}
