/* Running a method: blocks of replicates, measurements at the checkpoints, blame along the way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/measure.h"
#include "verify/session/rounding.h"
#include "verify/session/guard.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A block fits half of a first-level cache, but is never so low that evaluations cannot fill a tile; the results do not
 * depend on its size. */
static size_t block_rows(const rate_session *s)
{
	size_t rows = 16384 / (8 * s->run.ld);
	const char *forced = getenv("RATECHECK_BLOCK");

	if (forced && atoi(forced) > 0)
		return (size_t)atoi(forced);
	if (rate_session_flag(s, RATE_COSTLY_CALLS))
		return RATE_BLOCK_MOST;
	return rows < 16 ? 16 : rows > 256 ? 256 : rows / 16 * 16;
}

/* Something looks at all rows at every step. */
static int looks_always(const rate_session *s, int every)
{
	return every || s->method->flags & RATE_OWN_STATE || rate_session_flag(s, RATE_COSTLY_CALLS) ||
	    s->theorem->observe || s->theorem->flags & RATE_MEAN_OF_MEANS || s->watch.span;
}

/* Between two looks a part of the rows goes ahead on its own, which then stays in the first-level cache from step to
 * step; where something looks at all of them at every step, they go together. */
static size_t window_rows(const rate_session *s, int every)
{
	size_t rows = 16384 / (8 * s->run.ld), least = rate_model_is_sparse(s) ? 1 : 2;

	return looks_always(s, every) ? s->run.nrep : rows < least ? least : rows;
}

typedef struct walk {
	rate_measured *m;
	uint64_t first;
	double *previous; /* the point of replicate 0 at the last look of blame */
	double weight;    /* sum of the weights so far */
	/* RATE_MEAN_OF_MEANS: of q and its scale, by weight, then room for those of one point; else NULL */
	double *sum;
	double shares;    /* sum of these weights */
	unsigned char *lost, any_lost;
	size_t next;      /* checkpoint */
	uint64_t due;     /* its step, or T */
	int seldom;       /* a step costs less than to see whether a row diverged: every 64 steps, and where measured */
} walk;

/* Rows that left |x| <= 1e100 are frozen at x_0 and measured as +inf. */
static void watch_divergence(rate_session *s, walk *w, uint64_t t)
{
	/* If all rows together are so short, each is. Rows that are lost stand at x_0. */
	if (s->kernels->about_squares(s->run.nrep * s->run.ld, s->blocks.state[0]) < 0.99e200 && !w->any_lost)
		return;
	for (size_t r = 0; r < s->run.nrep; r++) {
		double *x = s->blocks.state[0] + r * s->run.ld;
		if (w->lost[r] || rate_norm_n(x, s->run.d) <= 1e100)
			continue;
		w->lost[r] = w->any_lost = 1;
		if (!w->m->diverged_at || t < w->m->diverged_at)
			w->m->diverged_at = t;
	}
	for (size_t r = 0; r < s->run.nrep; r++)
		for (size_t k = 0; w->lost[r] && k < s->blocks.states; k++)
			memcpy(s->blocks.state[k] + r * s->run.ld, s->x0, s->run.d * sizeof(double));
}

/* Now and then is looked at what costs too much at every step: t = 1, 4, 16, ... (powers of two that leave 1 of 3)
 * and the last. */
static int at_times(const rate_session *s, uint64_t t)
{
	return t == s->c.T || (t && !(t & (t - 1)) && t % 3 == 1);
}

static int measure_here(rate_session *s, uint64_t t, double *q, double *sc, double *b)
{
	size_t bytes = s->run.nrep * s->run.ld * sizeof(double);
	rate_view v;

	rate_session_view(s, t, &v);
	s->mark->step = t;
	if (at_times(s, t))
		memcpy(s->blocks.kept, s->blocks.state[0], bytes);
	if (rate_measure(s, &v, q, sc, b))
		return RATE_FAIL;
	if (at_times(s, t) && memcmp(s->blocks.kept, s->blocks.state[0], bytes))
		rate_fault(s, "theorem %s: measure, or an oracle of objective %s that it asks, "
		              "writes to the state of the method", s->theorem->id,
		           s->plugin);
	return RATE_OK;
}

/* The point before step t counts for the mean. */
static int add_to_mean(rate_session *s, walk *w, uint64_t t)
{
	double weight = s->theorem->weight ? s->theorem->weight(&s->c, t) : 1, *q = w->sum + 2 * s->blocks.capacity;

	if (measure_here(s, t, q, q + s->blocks.capacity, NULL))
		return RATE_FAIL;
	for (size_t i = 0; i < 2 * s->blocks.capacity; i++)
		w->sum[i] += weight * q[i];
	w->shares += weight;
	return RATE_OK;
}

/* q, which is that of x_t, becomes the mean; at t = 0 it stays. */
static void take_mean(const rate_session *s, const walk *w, uint64_t t, double *q, double *sc)
{
	double last = t == 0 || s->theorem->flags & RATE_MEAN_THROUGH_END ? 1 : 0;

	for (size_t r = 0; r < s->run.nrep; r++) {
		q[r] = (w->sum[r] + last * q[r]) / (w->shares + last);
		sc[r] = (w->sum[s->blocks.capacity + r] + last * sc[r]) / (w->shares + last);
	}
}

static int measure(rate_session *s, walk *w, uint64_t t, size_t column)
{
	size_t at = w->next * w->m->replicates + column;
	double *q = w->m->q + at, *sc = w->m->s + at, *b = w->m->b ? w->m->b + at : NULL;

	if (measure_here(s, t, q, sc, b))
		return RATE_FAIL;
	if (w->sum)
		take_mean(s, w, t, q, sc);
	/* What a bound would be that is read from a path that left the numbers, nobody knows. */
	for (size_t r = 0; r < s->run.nrep; r++)
		if (w->lost[r]) {
			q[r] = INFINITY;
			if (b)
				b[r] = INFINITY;
		}
	w->next++;
	return RATE_OK;
}

/* average <- average + (w_t / W_t) (x_t - average), before step t. */
static void update_average(rate_session *s, walk *w, uint64_t t)
{
	double weight, share;

	rate_call(s, RATE_BY_THEOREM, "weight");
	weight = s->theorem->weight(&s->c, t);
	rate_back(s);
	w->weight += weight;
	share = w->weight > 0 ? weight / w->weight : 0;
	s->kernels->approach(s->run.nrep * s->run.ld, share, s->blocks.state[0], s->blocks.average);
}

static int look_back(rate_session *s, walk *w, uint64_t t)
{
	double *x = s->blocks.state[0];

	if (w->first || w->lost[0])
		return RATE_OK;
	int found = w->m->witness.found;
	rate_blame(s, w->previous, x, w->m->statistic == RATE_SAMPLED || s->watch.thorough, t, &w->m->witness);
	if (at_times(s, t) || found != w->m->witness.found)
		rate_test_conduct(s, x);
	memcpy(w->previous, x, s->run.d * sizeof *x);
	return RATE_OK;
}

/* The live rows go from step t to step `to`. */
static int walk_rows(rate_session *s, walk *w, uint64_t t, uint64_t to, int every)
{
	rate_view v;

	for (; t < to; t++) {
		if (s->theorem->weight)
			update_average(s, w, t);
		if (w->sum && add_to_mean(s, w, t))
			return RATE_FAIL;
		if (s->theorem->observe) {
			rate_session_view(s, t, &v);
			rate_call(s, RATE_BY_THEOREM, "observe");
			s->draws.components = 0;
			s->no_state = NULL;
			int rc = s->theorem->observe(&v);
			rate_back(s);
			if (rc != RATE_OK) {
				rate_say_unmeasured(s, "observe", t);
				return RATE_FAIL;
			}
		}
		if (every)
			rate_paths_keep_reach(s);
		if (rate_session_step(s, t))
			return RATE_FAIL;
		rate_span_test(s, s->blocks.state[0], t + 1, t + 1, &w->m->span);
		/* The diverging step itself is a witness, if the constant is false. */
		if (every && !w->first && !w->lost[0] && !(rate_norm_n(s->blocks.state[0], s->run.d) <= 1e100))
			look_back(s, w, t + 1);
		if (!w->seldom || (t + 1) % 64 == 0 || t + 1 == w->due)
			watch_divergence(s, w, t + 1);
	}
	return RATE_OK;
}

/* A look of blame is a pass over the model, more than most steps: of large ones the first eight and every eighth step
 * are enough. Before a claim is refuted all are looked at. */
static uint64_t steps_between_looks(const rate_session *s)
{
	return s->has_model && !s->watch.thorough && rate_design_numbers(&s->model) > 0x1p18 ? 8 : 1;
}

static int walk_block(rate_session *s, const rate_check *check, walk *w, size_t column)
{
	int every = w->m->statistic != RATE_SAMPLED, rc = RATE_OK;
	uint64_t looks = steps_between_looks(s);
	size_t all = s->run.nrep, window = window_rows(s, every || s->watch.thorough);

	w->next = 0;
	w->seldom = rate_model_is_sparse(s) && s->run.ld >= 4096 && !looks_always(s, every || s->watch.thorough);
	w->weight = w->shares = 0;
	if (w->sum)
		memset(w->sum, 0, 4 * s->blocks.capacity * sizeof *w->sum);
	memset(w->lost, 0, s->blocks.capacity);
	w->any_lost = 0;
	memcpy(w->previous, s->x0, s->run.d * sizeof(double));
	for (uint64_t t = 0, to;; t = to) {
		int due = w->next < check->checkpoints && check->at[w->next] == t;
		if (t && ((every ? t < looks || t % looks == 0 || t == check->T : due) || s->watch.thorough))
			look_back(s, w, t);
		if (due && measure(s, w, t, column))
			return RATE_FAIL;
		if (t == check->T) {
			rate_session_guard(s, !w->any_lost);
			return RATE_OK;
		}
		w->due = w->next < check->checkpoints ? check->at[w->next] : check->T;
		to = window == all ? t + 1 : w->due;
		double weight = w->weight, shares = w->shares;
		for (size_t r = 0; r < all && !rc; r += window) {
			walk part = *w;
			part.lost += r;
			part.weight = weight;
			part.shares = shares;
			rate_session_window(s, r, all - r < window ? all - r : window);
			rc = walk_rows(s, &part, t, to, every);
			w->weight = part.weight;
			w->shares = part.shares;
			w->any_lost |= part.any_lost;
		}
		rate_session_window(s, 0, all);
		if (rc)
			return RATE_FAIL;
	}
}

int rate_run_paths(rate_session *s, const rate_check *check, uint64_t first, size_t count, rate_measured *m)
{
	walk w = { .m = m };
	size_t rows = block_rows(s), done = 0;
	int rc = RATE_FAIL;

	if (rows > count)
		rows = count;
	if (rate_session_blocks(s, rows))
		return RATE_FAIL;
	w.previous = calloc(s->run.ld, sizeof(double));
	w.lost = calloc(rows, 1);
	if (s->theorem->flags & RATE_MEAN_OF_MEANS)
		w.sum = calloc(4 * s->blocks.capacity, sizeof(double));
	if (!w.previous || !w.lost || (s->theorem->flags & RATE_MEAN_OF_MEANS && !w.sum))
		goto out;
	rate_span_begin(s);
	for (; done < count; done += s->run.nrep) {
		w.first = first + done;
		if (rate_session_begin(s, count - done < rows ? count - done : rows, w.first) ||
		    walk_block(s, check, &w, done))
			goto out;
	}
	m->oracle_calls = s->watch.oracle_calls;
	rc = RATE_OK;
out:
	free(w.previous);
	free(w.lost);
	free(w.sum);
	return rc;
}
