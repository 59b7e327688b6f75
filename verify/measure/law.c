/* Two methods whose paths part on the same samples may still be equal in law: they number their draws, or the terms,
 * in another way. What a step draws is enumerated: a leaf is one outcome of every draw since the start, all of them
 * as likely.
 *
 * Where both keep the same blocks, the blocks after one step from the same ones are compared at every t. Where the
 * user's method keeps other ones (an order, a sample for later), or other things in them, it is the paths from the
 * start that are, for as many steps as have few enough leaves. Where a single step has too many, both run on a few of
 * the terms, with a batch of two: that can tell their laws apart but does not show them equal.
 *
 * Points are compared by a projection of no special form: the area between the two distribution functions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EPS 0x1p-52

enum { LEAVES = 4096, STEPS = 16, FEW_TERMS = 5, FEW_STEPS = 16, MINE = 0, REFERENCE = 1 };

typedef struct laws {
	rate_session *s, side[2];
	uint64_t T, leaves[2]; /* rows of either side */
	double *p[2];          /* projections of the path of each row */
	double *sorted[2];
	double size, length;   /* of the reference: the largest |x| and the longest step so far, both as projected */
	double *before;        /* x of the reference before the step */
	size_t most;           /* rows that there is room for */
} laws;

static double weight(uint64_t t, size_t j)
{
	return 1 + 0.5 * sin(1.7 * (double)(j + 1) + 0.9 * (double)(t + 1));
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Adds the points of step t, or what another block holds then, to the projections of their paths. */
static void project(laws *l, int side, size_t k, uint64_t t)
{
	const rate_session *s = &l->side[side];

	for (size_t r = 0; r < s->run.nrep; r++) {
		double sum = 0, size = 0;
		for (size_t j = 0; j < s->run.d; j++) {
			double x = s->blocks.state[k][r * s->run.ld + j];
			sum += weight(t, j) * x;
			size += weight(t, j) * fabs(x);
		}
		l->p[side][r] += sum;
		l->size = fmax(l->size, size);
	}
}

static void sort(laws *l)
{
	for (int side = 0; side < 2; side++) {
		memcpy(l->sorted[side], l->p[side], l->leaves[side] * sizeof(double));
		qsort(l->sorted[side], l->leaves[side], sizeof(double), ascending);
	}
}

/* The area between the distribution functions, as quantiles. */
static double area(laws *l)
{
	uint64_t i = 0, k = 0, n = l->leaves[MINE], m = l->leaves[REFERENCE];
	double at = 0, sum = 0;

	sort(l);
	while (i < n && k < m) {
		double a = (double)(i + 1) / (double)n, b = (double)(k + 1) / (double)m, to = fmin(a, b);
		sum += fmax(to - at, 0) * fabs(l->sorted[MINE][i] - l->sorted[REFERENCE][k]);
		at = to;
		i += a <= b;
		k += b <= a;
	}
	return sum;
}

/* What is not rounding, of a point that was made in `steps` steps. */
static int differ(laws *l, uint64_t steps)
{
	return !(area(l) <= 1e-11 * l->length + 64 * EPS * l->size * (double)steps);
}

/* The longest step of the reference in this call. */
static void keep_length(laws *l)
{
	const rate_session *s = &l->side[REFERENCE];

	for (size_t r = 0; r < s->run.nrep; r++) {
		double sum = 0;
		for (size_t j = 0; j < s->run.d; j++)
			sum += fabs(s->blocks.state[0][r * s->run.ld + j] - l->before[r * s->run.ld + j]);
		l->length = fmax(l->length, sum);
	}
}

static int step_both(laws *l, uint64_t t)
{
	rate_session *reference = &l->side[REFERENCE];

	memcpy(l->before, reference->blocks.state[0], reference->run.nrep * reference->run.ld * sizeof *l->before);
	if (rate_session_step(&l->side[MINE], t) || rate_session_step(reference, t))
		return RATE_FAIL;
	keep_length(l);
	return RATE_OK;
}

static void begin_projections(laws *l)
{
	l->size = l->length = 0;
	for (int side = 0; side < 2; side++)
		memset(l->p[side], 0, l->most * sizeof(double));
}

/* ---- What is drawn ---- */

static void note_draws(const rate_session *s, uint64_t *draws, uint32_t *batch)
{
	*draws = s->draws.leaf.draws;
	*batch = s->draws.leaf.draws ? s->draws.leaf.of[0].batch : 0;
}

static void note_both(const laws *l, rate_beside *out)
{
	note_draws(&l->side[MINE], &out->draws, &out->batch);
	note_draws(&l->side[REFERENCE], &out->own_draws, &out->own_batch);
}

/* How many leaves both sides have after each of the first steps; how many steps have few enough. */
static uint64_t count_steps(laws *l, uint64_t leaves[2][STEPS])
{
	uint64_t steps = l->T < STEPS ? l->T : STEPS;

	for (int side = 0; side < 2; side++) {
		rate_session *s = &l->side[side];
		uint64_t t = 0;
		s->draws.sampler = RATE_BY_LEAF;
		s->draws.unforced = 0;
		if (rate_session_begin(s, 1, 0))
			return 0;
		for (; t < steps && !rate_session_step(s, t) && !s->draws.unforced &&
		     s->draws.leaf.radix <= l->most; t++)
			leaves[side][t] = s->draws.leaf.radix;
		steps = t;
	}
	return steps;
}

/* ---- From the start, step by step ---- */

static void compare_paths(laws *l, rate_beside *out)
{
	uint64_t leaves[2][STEPS], steps = count_steps(l, leaves);

	for (int side = 0; side < 2 && steps; side++) {
		l->leaves[side] = leaves[side][steps - 1];
		if (rate_session_begin(&l->side[side], l->leaves[side], 0))
			return;
	}
	begin_projections(l);
	for (uint64_t t = 0; t < steps; t++) {
		if (step_both(l, t))
			return;
		project(l, MINE, 0, t);
		project(l, REFERENCE, 0, t);
		/* Draws may hang on the data; then they have not all been made. */
		if (l->side[MINE].draws.unforced || l->side[MINE].draws.leaf.radix != leaves[MINE][t])
			return;
		out->law_steps = t + 1;
		if (differ(l, t + 1)) {
			note_both(l, out);
			out->law = RATE_LAW_ANOTHER;
			return;
		}
	}
	if (steps == l->T)
		out->law = RATE_LAW_SAME;
}

/* ---- From the same blocks, at every t ---- */

static int same_blocks(const laws *l)
{
	const rate_session *m = &l->side[MINE], *r = &l->side[REFERENCE];

	for (size_t k = 0; k < m->blocks.states && m->blocks.states == r->blocks.states; k++)
		if (strcmp(rate_state_of(m, k)->name, rate_state_of(r, k)->name) ||
		    rate_state_of(m, k)->scalar != rate_state_of(r, k)->scalar)
			return 0;
	return m->blocks.states == r->blocks.states;
}

static void put_state(rate_session *s, const double *state, size_t rows)
{
	size_t ld = s->run.ld;

	s->run.nrep = rows;
	s->draws.replicate0 = 0;
	for (size_t k = 0; k < s->blocks.states; k++)
		for (size_t r = 0; r < rows; r++)
			memcpy(s->blocks.state[k] + r * ld, state + k * ld, ld * sizeof *state);
	s->draws.leaf = (struct rate_leaf){ .radix = 1 };
}

static void take_state(const rate_session *s, double *state)
{
	for (size_t k = 0; k < s->blocks.states; k++)
		memcpy(state + k * s->run.ld, s->blocks.state[k], s->run.ld * sizeof *state);
}

/* 1: all leaves of step t have been made; 0: they cannot be. */
static int make_leaves(laws *l, uint64_t t, const double *state)
{
	for (int side = 0; side < 2; side++) {
		rate_session *s = &l->side[side];
		s->draws.sampler = RATE_BY_LEAF;
		s->draws.unforced = 0;
		put_state(s, state, 1);
		if (rate_session_step(s, t) || s->draws.unforced || s->draws.leaf.radix > l->most)
			return 0;
		l->leaves[side] = s->draws.leaf.radix;
		put_state(s, state, l->leaves[side]);
	}
	return step_both(l, t) == RATE_OK && l->side[MINE].draws.leaf.radix == l->leaves[MINE];
}

/* What later points are made of: an estimate of the gradient that is kept may have another law before they have. */
static int blocks_differ(laws *l, uint64_t t, const double *state)
{
	const rate_session *s = &l->side[REFERENCE];
	size_t d = s->run.d, ld = s->run.ld;

	for (size_t k = 1; k < s->blocks.states; k++) {
		begin_projections(l);
		for (int side = 0; side < 2; side++)
			project(l, side, k, t);
		for (size_t r = 0; r < s->run.nrep; r++) {
			double sum = 0;
			for (size_t j = 0; j < d; j++)
				sum += fabs(s->blocks.state[k][r * ld + j] - state[k * ld + j]);
			l->length = fmax(l->length, sum);
		}
		if (differ(l, 1))
			return 1;
	}
	return 0;
}

static void compare_steps(laws *l, rate_beside *out)
{
	rate_session *guide = &l->side[REFERENCE];
	double *state = calloc((guide->blocks.states + 1) * guide->run.ld, sizeof *state);

	if (!state || rate_session_begin(guide, 1, 0))
		goto out;
	take_state(guide, state);
	for (uint64_t t = 0; t < l->T; t++) {
		begin_projections(l);
		if (!make_leaves(l, t, state))
			goto out;
		for (int side = 0; side < 2; side++)
			project(l, side, 0, t);
		if (differ(l, 1)) {
			out->law_steps = t + 1;
			note_both(l, out);
			out->law = RATE_LAW_ANOTHER;
			goto out;
		}
		if (blocks_differ(l, t, state))
			goto out;
		out->law_steps = t + 1;
		guide->draws.sampler = RATE_BY_PHILOX;
		put_state(guide, state, 1);
		if (rate_session_step(guide, t))
			goto out;
		take_state(guide, state);
		/* Where the path has left the numbers there is no more to see. */
		if (!(rate_norm_n(state, guide->run.d) <= 1e100))
			break;
	}
	out->law = RATE_LAW_SAME;
out:
	free(state);
}

/* ---- The whole ---- */

static int open_laws(laws *l, size_t rows)
{
	const rate_check *c = l->s->check;
	size_t most = ((size_t)1 << 21) / l->s->run.ld;

	l->most = most < rows ? most : rows;
	l->before = calloc(l->most * l->s->run.ld, sizeof *l->before);
	if (!l->before)
		return RATE_FAIL;
	for (int side = 0; side < 2; side++) {
		l->p[side] = calloc(2 * l->most, sizeof(double));
		if (!l->p[side] || rate_session_twin(l->s, &l->side[side], side == MINE ? c->method : c->reference) ||
		    rate_session_blocks(&l->side[side], l->most))
			return RATE_FAIL;
		l->sorted[side] = l->p[side] + l->most;
	}
	return RATE_OK;
}

static void close_laws(laws *l)
{
	for (int side = 0; side < 2; side++) {
		if (l->side[side].run.host)
			rate_twin_close(&l->side[side]);
		free(l->p[side]);
	}
	free(l->before);
}

/* As if the sum had few terms, and a batch two. */
static void take_few(rate_session *s, const rate_bound_word *method)
{
	s->run.n = FEW_TERMS;
	for (size_t k = 0; k < method->values; k++)
		if (!strcmp(method->info->param[k].name, "batch") && s->method_param[k] > 2)
			s->method_param[k] = 2;
}

/* Every step of a run of T costs leaves x d; a comparison of all of them may take as much as this many numbers. */
#define MOST 2e8

static void compare(laws *l, rate_beside *out)
{
	size_t n = l->side[REFERENCE].run.n;

	out->law = RATE_LAW_UNKNOWN;
	out->law_steps = 0;
	if (same_blocks(l) && (double)l->T * (double)(n ? n : 1) * (double)l->s->run.d <= MOST)
		compare_steps(l, out);
	if (out->law == RATE_LAW_UNKNOWN)
		compare_paths(l, out);
}

/* What is seen there of two methods counts where they differ. */
static void compare_few(laws *l, rate_beside *out)
{
	rate_beside all = *out;

	take_few(&l->side[MINE], &l->s->check->method->word[0]);
	take_few(&l->side[REFERENCE], &l->s->check->reference->word[0]);
	l->T = l->T < FEW_STEPS ? l->T : FEW_STEPS;
	compare(l, out);
	out->law_terms = FEW_TERMS;
	if (out->law == RATE_LAW_SAME)
		out->law = RATE_LAW_UNKNOWN;
	if (out->law != RATE_LAW_ANOTHER && all.law_steps)
		*out = all;
}

void rate_compare_laws(rate_session *s, rate_beside *out)
{
	laws l = { .s = s, .T = s->check->T };

	out->law = RATE_LAW_UNKNOWN;
	if (open_laws(&l, LEAVES) == RATE_OK) {
		compare(&l, out);
		if (out->law == RATE_LAW_UNKNOWN && s->run.n > FEW_TERMS)
			compare_few(&l, out);
	}
	close_laws(&l);
	rate_no_error(&s->error);
}
