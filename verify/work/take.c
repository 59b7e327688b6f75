/* What a child measured is taken into the check, once it has been looked over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/work/engine-private.h"

static int take_check(task *t, const rate_head *h)
{
	rate_check *c = t->j->check;

	c->applicable = h->applicable != 0;
	c->unfit = h->unfit != 0;
	memcpy(c->reason, h->reason, sizeof c->reason);
	memcpy(c->lowered, h->lowered, sizeof c->lowered);
	memcpy(c->range, h->range, sizeof c->range);
	free(c->parameters);
	c->d = h->d;
	c->n = h->n;
	c->stochastic = h->stochastic != 0;
	c->T = h->T;
	return (c->parameters = strdup(h->parameters)) ? RATE_OK : RATE_FAIL;
}

/* Replicates cost as much as they have steps and values of the whole sum to compute; a mean over the path takes one
 * at every step. */
static void cap_replicates(rate_check *c)
{
	double values = c->theorem->flags & RATE_MEAN_OF_MEANS ? (double)c->T : (double)c->checkpoints;
	double one = ((double)c->T + values * (double)(c->n ? c->n : 1)) * (double)c->d;
	double cap = floor(c->work / one);
	char note[64];

	if (c->exact_replicates || c->work <= 0 || one * (double)c->max_replicates <= c->work)
		return;
	c->budget = cap < 256 ? 256 : (uint64_t)cap;
	snprintf(note, sizeof note, "at most %llu replicates (work cap)", (unsigned long long)c->budget);
	rate_add_note(c->lowered, sizeof c->lowered, note);
}

static int take_bounds(task *t, const rate_head *h, const rate_arrays *a)
{
	rate_check *c = t->j->check;
	size_t K = h->checkpoints;

	c->checkpoints = K;
	c->params = h->params;
	c->proven_power = h->proven_power;
	c->proven_factor = h->proven_factor;
	c->units = h->units;
	c->at = malloc((K + 1) * sizeof *c->at);
	c->bound = malloc((K + 1) * sizeof *c->bound);
	c->transient = a->transient ? malloc((K + 1) * sizeof *c->transient) : NULL;
	c->param = malloc((h->params + 1) * sizeof *c->param);
	if (!c->at || !c->bound || (a->transient && !c->transient) || !c->param)
		return RATE_FAIL;
	for (size_t k = 0; k < K; k++)
		c->at[k] = (uint64_t)a->at[k];
	memcpy(c->bound, a->bound, K * sizeof *c->bound);
	if (a->transient)
		memcpy(c->transient, a->transient, K * sizeof *c->transient);
	memcpy(c->param, a->param, h->params * sizeof *c->param);
	return RATE_OK;
}

/* Columns for `all` replicates, those that are known in front. */
int rate_make_room(job *j, uint64_t all, int path_bound)
{
	size_t K = j->check->checkpoints, R = j->m.replicates;
	double **array[3] = { &j->m.q, &j->m.s, &j->m.b }, *wider;

	if (j->e->o->memory && (double)K * (double)all * (path_bound ? 24 : 16) > (double)j->e->o->memory) {
		snprintf(j->m.broken, sizeof j->m.broken,
		         "%llu replicates at %zu checkpoints need %.0f MiB, more than --memory",
		         (unsigned long long)all, K, ceil((double)K * (double)all * (path_bound ? 24 : 16) / 1048576));
		return RATE_FAIL;
	}
	for (int a = 0; a < 2 + (path_bound != 0); a++) {
		if (!(wider = malloc(K * all * sizeof *wider))) {
			snprintf(j->m.broken, sizeof j->m.broken, "out of memory for the measurements");
			return RATE_FAIL;
		}
		for (size_t k = 0; R && k < K; k++)
			memcpy(wider + k * all, *array[a] + k * R, R * sizeof *wider);
		free(*array[a]);
		*array[a] = wider;
	}
	j->m.replicates = all;
	return RATE_OK;
}

/* Does this piece belong to a look of many replicates? Paths without chance and exact means need but one. */
int rate_one_of_many(const task *t, const rate_head *h)
{
	return h->m.replicates == t->p.count && t->p.count < t->j->want;
}

static int take_first(task *t, const rate_head *h, const rate_arrays *a)
{
	job *j = t->j;

	if (!rate_in_order(j->check, h, a->at) || take_bounds(t, h, a))
		return RATE_FAIL;
	j->m = h->m;
	j->m.replicates = 0;
	if (h->m.statistic == RATE_SAMPLED)
		cap_replicates(j->check);
	return rate_make_room(j, rate_one_of_many(t, h) ? j->want : h->m.replicates, h->path_bound);
}

static int take_more(task *t, const rate_head *h, const rate_arrays *a)
{
	job *j = t->j;
	size_t K = h->checkpoints;

	if (K != j->check->checkpoints || h->m.replicates != t->p.count || !a->b != !j->m.b ||
	    t->p.first + t->p.count > j->m.replicates)
		return RATE_FAIL;
	if (h->params != j->check->params || memcmp(a->bound, j->check->bound, K * sizeof *a->bound) ||
	    memcmp(a->param, j->check->param, h->params * sizeof *a->param)) {
		snprintf(j->m.broken, sizeof j->m.broken,
		         "its pieces were run with other parameters or bounds: ranks with other files, "
		         "libraries or processors?");
		return RATE_FAIL;
	}
	j->m.oracle_calls += h->m.oracle_calls;
	if (h->m.diverged_at && (!j->m.diverged_at || h->m.diverged_at < j->m.diverged_at))
		j->m.diverged_at = h->m.diverged_at;
	return RATE_OK;
}

/* The arena's arrays become the check's and the measurements' own. */
int rate_take(task *t, rate_head *h)
{
	job *j = t->j;
	rate_arrays a;
	size_t K, R, used;

	if (rate_look_over(t->j->check, t->p.arena, t->p.first, t->p.count, t->p.prepare_only, h) ||
	    (!t->p.first && take_check(t, h)))
		return RATE_FAIL;
	if (!t->p.first && (!h->applicable || j->e->o->prepare_only))
		return RATE_OK;
	if (rate_lay_out(h, t->p.arena, t->p.room, &used, &a) ||
	    (t->p.first ? take_more(t, h, &a) : take_first(t, h, &a)))
		return RATE_FAIL;
	K = h->checkpoints;
	R = h->m.replicates;
	j->measured += R;
	for (size_t k = 0; k < K; k++) {
		memcpy(j->m.q + k * j->m.replicates + t->p.first, a.q + k * R, R * sizeof(double));
		memcpy(j->m.s + k * j->m.replicates + t->p.first, a.s + k * R, R * sizeof(double));
		if (j->m.b)
			memcpy(j->m.b + k * j->m.replicates + t->p.first, a.b + k * R, R * sizeof(double));
	}
	return RATE_OK;
}
