/* The search: draws from the families and climbs from the best of them, the better the more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/hunt/hunter.h"

#include <math.h>
#include <stdlib.h>

enum { TRIES = 4 };

static int over(const rate_hunter *h)
{
	return h->violated || h->out->evaluations >= h->limit || rate_hunt_now() - h->started > h->o->seconds;
}

static void note(rate_record *r, const rate_draft *d, double score)
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

static void sample(rate_hunter *h, rate_record *r)
{
	rate_draft d;
	int violated;

	rate_space_draw(&h->space, &r->family, &d);
	note(r, &d, rate_hunt_evaluate(h, &d, &violated));
}

/* The families that were judged at least once, the best first. */
static size_t rank(rate_hunter *h, rate_record **out)
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
	rate_hunter *h;
	rate_record *r;
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
	score = rate_hunt_evaluate(c->h, &c->d, &violated);
	note(c->r, &c->d, score);
	if (over(c->h))
		nlopt_force_stop(c->h->climbing);
	return isfinite(score) ? score : 1e300;
}

/* Subplex from the family's best draft, in the numbers that can be moved. */
void rate_hunt_climb(rate_hunter *h, rate_record *r)
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
	nlopt_set_maxeval(h->climbing, (int)(left < RATE_CLIMB ? left : RATE_CLIMB));
	nlopt_set_xtol_rel(h->climbing, 1e-9);
	nlopt_set_ftol_rel(h->climbing, 1e-9);
	nlopt_optimize(h->climbing, y, &best);
	nlopt_destroy(h->climbing);
	h->climbing = NULL;
}

/* A few of every family. */
static void first_draws(rate_hunter *h)
{
	for (int k = 0; k < TRIES; k++) {
		for (size_t i = 0; i < h->records && !over(h); i++)
			if (h->record[i].tried < TRIES)
				sample(h, &h->record[i]);
		h->out->sampled |= !h->out->judged && h->out->inexact;
	}
}

/* Random draws and climbs in turn. The better a family is, the more it gets. */
void rate_hunt_search(rate_hunter *h, uint64_t evaluations)
{
	rate_record **list;
	uint64_t left = UINT64_MAX - h->out->evaluations;

	h->limit = h->out->evaluations + (evaluations < left ? evaluations : left);
	first_draws(h);
	/* No draw is what the claim is about, a start at the minimiser say: its own instances are. */
	if (!h->out->judged && !h->out->inexact && !h->o->objectives && rate_hunt_own_families(h) == RATE_OK)
		first_draws(h);
	if (!(list = calloc(h->records + 1, sizeof *list)))
		return;
	while (!over(h)) {
		size_t n = rank(h, list), k;
		for (int i = 0; i < RATE_CLIMB / 2 && !over(h); i++)
			sample(h, n ? list[(size_t)((double)n * pow(rate_space_uniform(&h->space), 2))]
			            : &h->record[(size_t)((double)h->records * rate_space_uniform(&h->space))]);
		n = rank(h, list);
		for (k = 0; k < n && !list[k]->fresh; k++)
			;
		if (k == n)
			k = (size_t)((double)n * pow(rate_space_uniform(&h->space), 2));
		if (n && list[k]->score >= 0 && !over(h))
			rate_hunt_climb(h, list[k]);
	}
	free(list);
}
