/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/hunt/hunt.h"

#include <math.h>
#include <nlopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernels/philox.h"
#include "verify/judge/judge.h"
#include "verify/plan/plan.h"
#include "verify/measure/measure.h"

enum { TRIES = 4, POINTS = 400, PATHS = 4096, OUTCOMES = 64, CLIMB = 400, SHRINK = 1500, SAMPLES = 64 };

/* What rounding inside an objective could do is no counterexample. */
#define MARGIN 1e-6
/* What an instance scores that says nothing of what is left after the transient: less than any other. */
#define CORNER 1e-9
#define DROWNED 1e6
#define DEEP 1e-12
#define HUGE_START 1e60
#define EPS 0x1p-52

/* How a family has done. */
typedef struct record {
	rate_candidate family;
	rate_draft best;
	double score;            /* of `best`; -1: nothing was judged */
	uint64_t tried, judged;
	int fresh;               /* `best` has not been climbed from */
	double step;             /* of the next climb */
} record;

typedef struct hunter {
	const rate_hunt *o;
	rate_hunted *out;
	rate_mark *mark;
	rate_space space;
	record *record;
	size_t records;
	double started, score;   /* score: of the best of the present search */
	rate_draft best;
	int violated;            /* the present search has found a violation and may stop */
	uint64_t limit;          /* of evaluations, of the present search */
	nlopt_opt climbing;
} hunter;

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

static int over(const hunter *h)
{
	return h->violated || h->out->evaluations >= h->limit || now() - h->started > h->o->seconds;
}

/* ---- One instance ---- */

typedef struct trial {
	rate_check check;
	rate_session session;
	rate_measured m;
	rate_verdict verdict;
	rate_bound_spec *objective, *given;
	double multiple[64];
} trial;

static void end_trial(trial *t)
{
	rate_session_close(&t->session);
	free(t->check.at);
	free(t->check.bound);
	free(t->check.transient);
	free(t->check.param);
	free(t->check.parameters);
	free(t->m.q);
	rate_bound_free(t->objective);
	rate_bound_free(t->given);
}

static int room(trial *t, int path_bound, size_t replicates)
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

static uint64_t paths(const rate_session *s, uint64_t T)
{
	uint64_t n = 1, outcomes = s->stream ? UINT64_MAX : rate_subsets(s->run.n, s->c.batch);

	for (uint64_t t = 0; t < T && n <= PATHS; t++)
		n = outcomes > PATHS ? PATHS + 1 : n * outcomes;
	return n;
}

/* The exact mean, if it is cheap: 1 or 0. */
static int exact_mean(trial *t)
{
	rate_session *s = &t->session;
	int rc = 0;

	if (rate_kind_of(t->check.theorem->claim)->about == RATE_ABOUT_TAIL ||
	    (t->check.theorem->flags & RATE_PATH_BOUND) || (s->stream && !s->normals))
		return 0;
	if (!s->theorem->accumulators && s->x_star && (s->stream || rate_subsets(s->run.n, s->c.batch) <= OUTCOMES))
		rc = rate_exact_by_map(s, &t->check, &t->m);
	if (rc == 0 && paths(s, t->check.T) <= PATHS)
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
static int leave_out(const hunter *h, rate_check *c)
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
static int sampled_mean(const hunter *h, trial *t)
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
static int measure(hunter *h, trial *t)
{
	rate_check *c = &t->check;
	rate_session *s = &t->session;
	int about = rate_kind_of(c->theorem->claim)->about, rc;

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
static int begin_trial(hunter *h, const rate_draft *d, trial *t)
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

static void publish(hunter *h, const trial *t, double ratio)
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
		out->seconds = now() - h->started;
	out->best = next;
}

static void remark(rate_hunted *out, const rate_verdict *v)
{
	if (!*out->remark)
		snprintf(out->remark, sizeof out->remark, "%.500s: %.400s", out->trying, v->reason);
}

/* That the claim itself breaks says more of it than what it does not apply to, and that more than what cannot be
 * made. */
static double not_judged(rate_hunted *out, const trial *t, const char *why)
{
	const char *claim = t->check.theorem->id;
	int its_own = !strncmp(why, claim, strlen(claim));

	if (its_own || !*out->why || (!out->its_own && t->session.f.self))
		snprintf(out->why, sizeof out->why, "%s", why);
	out->its_own |= its_own;
	return -1;
}

/* Counts what became of a trial; its score, -1 if there is none. */
static double score_of(hunter *h, trial *t, int rc)
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
	score = h->o->early || v->code == RATE_REFUTED || !t->check.transient ? v->max_ratio
	        : v->deep_ratio >= 0                                        ? v->deep_ratio
	                                                                    : CORNER * v->max_ratio;
	if (v->max_ratio > score && v->max_ratio > out->corner && !out->sampled) {
		out->corner = v->max_ratio;
		out->corner_step = v->at_step;
		snprintf(out->corner_at, sizeof out->corner_at, "%s", out->trying);
	}
	return score >= 0 ? score : -1;
}

/* Runs the draft. Its score; *violated if the claim is refuted. The best so far is published. */
static double evaluate(hunter *h, const rate_draft *d, int *violated)
{
	trial t;
	double score = -1;
	int rc;

	h->out->evaluations++;
	h->mark->item = h->out->evaluations;
	if (begin_trial(h, d, &t) == RATE_OK) {
		rc = measure(h, &t);
		/* Of this instance alone. */
		if (*h->mark->fault) {
			rate_fail(&t.session.error, "%s", h->mark->fault);
			*h->mark->fault = '\0';
			rc = RATE_FAIL;
		}
		score = score_of(h, &t, rc);
	}
	*violated = score >= 0 && t.verdict.code == RATE_REFUTED;
	if (score > h->score || (*violated && !h->violated)) {
		h->score = score;
		h->best = *d;
		h->violated = *violated;
		if (!h->out->shrinking)
			publish(h, &t, score);
	}
	end_trial(&t);
	return score;
}

/* ---- Families ---- */

static int wraps(const rate_class_info *c)
{
	return c->kind == RATE_OBJECTIVES && (c->flags & RATE_WRAPPER);
}

static record *new_record(hunter *h)
{
	record *grown = realloc(h->record, (h->records + 1) * sizeof *grown);

	if (!grown)
		return NULL;
	h->record = grown;
	grown[h->records] = (record){ .score = -1, .step = 1 };
	return &grown[h->records++];
}

static int add_word(rate_candidate *f, const rate_class_info *info, char *head)
{
	if (f->words == RATE_FAMILY_WORDS || !head)
		return RATE_FAIL;
	f->word[f->words] = info;
	f->head[f->words++] = head;
	return RATE_OK;
}

/* Every objective that is built in, bare and in each wrapper. */
static int all_families(hunter *h)
{
	const rate_registry *g = h->o->registry;

	for (size_t i = 0; i < g->count; i++) {
		const rate_class_info *base = g->info[i];
		if (base->kind != RATE_OBJECTIVES || wraps(base))
			continue;
		for (size_t k = 0; k <= g->count; k++) {
			record *r;
			if (k < g->count && !wraps(g->info[k]))
				continue;
			if (!(r = new_record(h)) || add_word(&r->family, base, strdup(base->id)) ||
			    (k < g->count && add_word(&r->family, g->info[k], strdup(g->info[k]->id))))
				return RATE_FAIL;
		}
	}
	return RATE_OK;
}

/* The family of a spec; what it leaves open is searched. */
static int add_given(hunter *h, const char *at)
{
	rate_error error;
	rate_bound_spec *spec = NULL;
	record *r = new_record(h);

	if (!r || rate_bind(&spec, h->o->registry, RATE_OBJECTIVES, at, 0, &error))
		return RATE_FAIL;
	r->family.given = spec;
	for (size_t w = 0; w < spec->words; w++) {
		size_t n = 0;
		while (at[n] && !(at[n] == '+' && at[n + 1] >= 'a' && at[n + 1] <= 'z'))
			n++;
		if (add_word(&r->family, spec->word[w].info, strndup(at, n)))
			return RATE_FAIL;
		at += n + (at[n] == '+');
	}
	return RATE_OK;
}

static int given_families(hunter *h)
{
	for (size_t i = 0; i < h->o->objectives; i++)
		if (add_given(h, h->o->objective[i]))
			return RATE_FAIL;
	return RATE_OK;
}

/* The functions of which a theorem speaks alone, every key as it is there: no draw would find them. */
static int own_families(hunter *h)
{
	const rate_class_info *th = h->space.theorem;
	rate_error error;
	int rc = RATE_OK;

	for (size_t k = 0; k < th->sharps && rc == RATE_OK; k++) {
		rate_bound_spec *spec = NULL;
		if (!*th->sharp[k].objective)
			continue;
		rc = rate_bind(&spec, h->o->registry, RATE_OBJECTIVES, th->sharp[k].objective, 0, &error);
		rc = rc ? rc : add_given(h, spec->canonical);
		rate_bound_free(spec);
	}
	return rc;
}

static void forget(hunter *h)
{
	for (size_t i = 0; i < h->records; i++) {
		h->record[i].score = -1;
		h->record[i].fresh = 0;
		h->record[i].step = 1;
	}
	h->score = -1;
	h->violated = 0;
}

static void free_records(hunter *h)
{
	for (size_t i = 0; i < h->records; i++)
		for (size_t w = 0; w < h->record[i].family.words; w++)
			free(h->record[i].family.head[w]);
	free(h->record);
}

/* ---- Search ---- */

static void note(record *r, const rate_draft *d, double score)
{
	r->tried++;
	r->judged += score >= 0;
	if (score <= r->score)
		return;
	r->score = score;
	r->best = *d;
	r->fresh = 1;
	r->step = 1;
}

static void sample(hunter *h, record *r)
{
	rate_draft d;
	int violated;

	rate_space_draw(&h->space, &r->family, &d);
	note(r, &d, evaluate(h, &d, &violated));
}

/* The families that were judged at least once, the best first. */
static size_t rank(hunter *h, record **out)
{
	size_t n = 0;

	for (size_t i = 0; i < h->records; i++) {
		size_t k;
		if (!h->record[i].judged)
			continue;
		for (k = n++; k > 0 && out[k - 1]->score < h->record[i].score; k--)
			out[k] = out[k - 1];
		out[k] = &h->record[i];
	}
	return n;
}

typedef struct climb {
	hunter *h;
	record *r;
	rate_draft d;
	size_t index[RATE_SLOTS];
} climb;

static double height(unsigned n, const double *y, double *gradient, void *user)
{
	climb *c = user;
	int violated;
	double score;

	(void)gradient;
	for (unsigned k = 0; k < n; k++)
		c->d.slot[c->index[k]].y = y[k];
	score = evaluate(c->h, &c->d, &violated);
	note(c->r, &c->d, score);
	if (over(c->h))
		nlopt_force_stop(c->h->climbing);
	return isfinite(score) ? score : 1e300;
}

/* Subplex from the family's best draft, in the numbers that can be moved. */
static void climb_from(hunter *h, record *r)
{
	climb c = { .h = h, .r = r, .d = r->best };
	double y[RATE_SLOTS], low[RATE_SLOTS], high[RATE_SLOTS], step[RATE_SLOTS], best;
	unsigned n = 0;
	uint64_t left = h->limit - h->out->evaluations;

	r->fresh = 0;
	for (size_t i = 0; i < r->best.slots; i++) {
		const rate_slot *s = &r->best.slot[i];
		if (s->scale == RATE_FIXED)
			continue;
		c.index[n] = i;
		/* A scale has no end in itself: what was drawn at the edge of its range may go on beyond. */
		low[n] = s->scale == RATE_LOG ? s->y - 6 : s->low;
		high[n] = s->scale == RATE_LOG ? s->y + 6 : s->high;
		if (s->scale == RATE_LOG && s->to >= 0) {
			const rate_param_info *p = &r->family.word[s->to]->param[s->param];
			if (p->low < p->high && p->low > 0 && s->sign > 0)
				low[n] = fmax(low[n], log(p->low) + 1e-12);
			if (p->low < p->high && s->sign > 0)
				high[n] = fmin(high[n], log(p->high) - 1e-12);
		}
		y[n] = fmax(low[n], fmin(s->y, high[n]));
		step[n] = (s->scale == RATE_LOG ? 0.5 : 0.2) * r->step;
		n++;
	}
	if (!n || !(h->climbing = nlopt_create(NLOPT_LN_SBPLX, n)))
		return;
	r->step /= 4;
	nlopt_set_max_objective(h->climbing, height, &c);
	nlopt_set_lower_bounds(h->climbing, low);
	nlopt_set_upper_bounds(h->climbing, high);
	nlopt_set_initial_step(h->climbing, step);
	nlopt_set_maxeval(h->climbing, (int)(left < CLIMB ? left : CLIMB));
	nlopt_set_xtol_rel(h->climbing, 1e-9);
	nlopt_set_ftol_rel(h->climbing, 1e-9);
	nlopt_optimize(h->climbing, y, &best);
	nlopt_destroy(h->climbing);
	h->climbing = NULL;
}

/* A few of every family. */
static void first_draws(hunter *h)
{
	for (int k = 0; k < TRIES; k++) {
		for (size_t i = 0; i < h->records && !over(h); i++)
			if (h->record[i].tried < TRIES)
				sample(h, &h->record[i]);
		h->out->sampled |= !h->out->judged && h->out->inexact;
	}
}

/* Random draws and climbs in turn. The better a family is, the more it gets. */
static void search(hunter *h, uint64_t evaluations)
{
	record **list;
	uint64_t left = UINT64_MAX - h->out->evaluations;

	h->limit = h->out->evaluations + (evaluations < left ? evaluations : left);
	first_draws(h);
	/* No draw is what the claim is about, a start at the minimiser say: its own instances are. */
	if (!h->out->judged && !h->out->inexact && !h->o->objectives && own_families(h) == RATE_OK)
		first_draws(h);
	if (!(list = calloc(h->records + 1, sizeof *list)))
		return;
	while (!over(h)) {
		size_t n = rank(h, list), k;
		for (int i = 0; i < CLIMB / 2 && !over(h); i++)
			sample(h, n ? list[(size_t)((double)n * pow(rate_space_uniform(&h->space), 2))]
			            : &h->record[(size_t)((double)h->records * rate_space_uniform(&h->space))]);
		n = rank(h, list);
		for (k = 0; k < n && !list[k]->fresh; k++)
			;
		if (k == n)
			k = (size_t)((double)n * pow(rate_space_uniform(&h->space), 2));
		if (n && list[k]->score >= 0 && !over(h))
			climb_from(h, list[k]);
	}
	free(list);
}

/* ---- Shrinking ---- */

/* The parameters as they were chosen, now numbers of their own that can be rounded. */
static int make_explicit(hunter *h, rate_draft *d)
{
	trial t;
	size_t kept = 0;
	int rc = begin_trial(h, d, &t) == RATE_OK && measure(h, &t) == 1 ? RATE_OK : RATE_FAIL;

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
	end_trial(&t);
	return rc;
}

/* What a smaller instance has to keep: the violation and half of its excess, or nearly all of the ratio. */
typedef struct least {
	int violated;
	double score;
} least;

static int still(hunter *h, rate_draft *d, const rate_draft *changed, const least *keep)
{
	int violated;
	double score = evaluate(h, changed, &violated);

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
static void round_slot(hunter *h, rate_draft *d, size_t i, const least *keep)
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
	for (int k = 0; k < n && now() - h->started < 2 * h->o->seconds + 5; k++) {
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
static void climb_again(hunter *h, const rate_draft *d, uint64_t T)
{
	record *r = h->record;
	int violated;

	while (&r->family != d->family)
		r++;
	h->limit = h->out->evaluations + CLIMB;
	r->best = *d;
	r->best.T = T;
	r->score = evaluate(h, &r->best, &violated);
	if (!violated)
		climb_from(h, r);
}

/* Looks for a violation within fewer steps and dimensions: first from the draft itself, then anew. */
static void smaller(hunter *h, rate_draft *d)
{
	static const struct { uint64_t steps; size_t dimension; } size[] = { { 1, 1 }, { 2, 1 }, { 3, 1 }, { 5, 1 },
		                                                                 { 1, 2 }, { 2, 2 }, { 5, 2 } };
	size_t dimension = h->out->copy[h->out->best].dimension;

	for (size_t k = 0; k < sizeof size / sizeof *size; k++) {
		if (size[k].steps > d->T || size[k].dimension > dimension ||
		    (size[k].steps == d->T && size[k].dimension == dimension))
			continue;
		forget(h);
		h->space.steps = h->space.least = size[k].steps;
		h->space.exact_steps = 1;
		h->space.dimension = size[k].dimension;
		if (size[k].dimension >= dimension)
			climb_again(h, d, size[k].steps);
		if (!h->violated)
			search(h, SHRINK);
		if (h->violated) {
			*d = h->best;
			return;
		}
		h->started = now(); /* the time that is left goes to each */
	}
}

/* The claim may fall before the last step. */
static void fewer_steps(hunter *h, rate_draft *d, const least *keep)
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
static void unwrap(hunter *h, rate_draft *d, const least *keep)
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

static void shrink(hunter *h)
{
	rate_draft d = h->best;
	trial t;
	least keep = { .violated = h->violated };

	h->out->shrinking = 1;
	if (keep.violated)
		smaller(h, &d);
	forget(h);
	if (make_explicit(h, &d))
		return;
	if (begin_trial(h, &d, &t) == RATE_OK)
		keep.score = score_of(h, &t, measure(h, &t));
	end_trial(&t);
	keep.score = !keep.violated ? keep.score * (1 - 1e-4) : isfinite(keep.score) ? 1 + (keep.score - 1) / 2 : 1;
	unwrap(h, &d, &keep);
	fewer_steps(h, &d, &keep);
	for (size_t i = 0; i < d.slots; i++)
		round_slot(h, &d, i, &keep);
	/* What was found first stands unless the small one does as well. */
	if (begin_trial(h, &d, &t) == RATE_OK) {
		double score = score_of(h, &t, measure(h, &t));
		if (score >= keep.score && (t.verdict.code == RATE_REFUTED) >= keep.violated)
			publish(h, &t, score);
	}
	end_trial(&t);
}

int rate_hunt_run(const rate_hunt *o, rate_hunted *out, rate_mark *mark)
{
	hunter h = { .o = o, .out = out, .mark = mark, .started = now(), .score = -1 };
	const rate_class_info *theorem = o->theorem->word[0].info;
	int own = (theorem->flags & RATE_OWN_INSTANCES) != 0;

	out->best = -1;
	rate_space_begin(&h.space, theorem, o->theorem, o->seed);
	h.space.steps = o->steps;
	h.space.dimension = o->dimension;
	h.space.floor = o->floor;
	h.space.least = (uint64_t)fmax(fmax(1, (double)o->from_step), ceil(o->floor * (double)o->steps));
	if (o->objectives ? given_families(&h) : all_families(&h) || (own && own_families(&h))) {
		snprintf(mark->message, sizeof mark->message, "out of memory");
		free_records(&h);
		return RATE_FAIL;
	}
	search(&h, o->evaluations ? o->evaluations : UINT64_MAX);
	if (h.score >= 0)
		shrink(&h);
	free_records(&h);
	return RATE_OK;
}
