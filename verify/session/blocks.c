/* The blocks of a method: made, moved by its steps and looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/snapshots.h"
#include "verify/session/sources.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Behind a block lies what nobody writes to. */
enum { GUARD = 256 };

static double *new_block(size_t rows, size_t ld)
{
	double *p = aligned_alloc(64, (rows * ld + GUARD) * sizeof(double));

	if (p) {
		memset(p, 0, rows * ld * sizeof *p);
		rate_unwritten(p + rows * ld, GUARD);
	}
	return p;
}

static int is_whole(const rate_session *s, const double *block, int rows_too)
{
	const double *end = block + s->blocks.capacity * s->run.ld;

	for (size_t j = 0; j < GUARD; j++)
		if (!rate_is_unwritten(end[j]))
			return 0;
	for (size_t r = 0; rows_too && r < s->run.nrep; r++)
		for (size_t j = s->run.d; j < s->run.ld; j++)
			if (block[r * s->run.ld + j] != 0)
				return 0;
	return 1;
}

void rate_session_guard(rate_session *s, int rows_too)
{
	for (size_t k = 0; k < s->blocks.states; k++)
		if (!is_whole(s, s->blocks.state[k], rows_too))
			rate_fault(s, "method %s or objective %s writes behind the %zu numbers of a row of a state "
			              "block", s->method->id,
			           s->plugin, s->run.d);
	for (uint32_t k = 0; k < s->method->scratch; k++)
		if (!is_whole(s, s->blocks.scratch[k], 0))
			rate_fault(s, "method %s or objective %s writes behind a work block", s->method->id, s->plugin);
}

void rate_blocks_free(rate_session *s)
{
	for (size_t k = 0; s->blocks.state && k < s->blocks.states; k++)
		free(s->blocks.state[k]);
	for (uint32_t k = 0; s->blocks.scratch && k < s->method->scratch; k++)
		free(s->blocks.scratch[k]);
	free(s->blocks.state);
	free(s->blocks.scratch);
	free(s->blocks.average);
	free(s->blocks.rows);
	free(s->blocks.kept);
	free(s->blocks.acc);
	free(s->blocks.reach);
	rate_polyak_close(s);
	rate_snapshots_free(s);
	rate_draws_resize(&s->draws);
}

static const rate_state *declared(const rate_session *s, size_t k)
{
	return (const void *)((const char *)s->method->state.row + k * s->method->state.stride);
}

/* How many blocks the declared state k stands for. */
static size_t count_of(const rate_session *s, size_t k)
{
	return declared(s, k)->scalar != RATE_PER_TERM ? 1 : s->losses ? s->losses : s->run.n;
}

size_t rate_state_count(const rate_session *s)
{
	size_t sum = 0;

	for (size_t k = 0; k < s->method->state.count; k++)
		sum += count_of(s, k);
	return sum;
}

const rate_state *rate_state_of(const rate_session *s, size_t k)
{
	size_t i = 0;

	for (; k >= count_of(s, i); i++)
		k -= count_of(s, i);
	return declared(s, i);
}

int rate_session_blocks(rate_session *s, size_t rows)
{
	uint32_t scratch = s->method->scratch;

	rate_blocks_free(s);
	s->blocks.capacity = rows;
	s->blocks.states = rate_state_count(s);
	s->blocks.state = calloc(s->blocks.states + 1, sizeof *s->blocks.state);
	s->blocks.scratch = calloc(scratch + 1, sizeof *s->blocks.scratch);
	s->blocks.average = new_block(rows, s->run.ld);
	s->blocks.rows = new_block(rows, s->run.ld);
	s->blocks.kept = new_block(rows, s->run.ld);
	s->blocks.acc = calloc(rows * (s->theorem->accumulators + 1), sizeof *s->blocks.acc);
	s->blocks.reach = calloc(4 * rows, sizeof *s->blocks.reach);
	if (!s->blocks.state || !s->blocks.scratch || !s->blocks.average || !s->blocks.rows || !s->blocks.kept ||
	    !s->blocks.acc || !s->blocks.reach || rate_polyak_open(s, rows))
		goto memory;
	for (size_t k = 0; k < s->blocks.states; k++)
		if (!(s->blocks.state[k] = new_block(rows, s->run.ld)))
			goto memory;
	for (uint32_t k = 0; k < scratch; k++)
		if (!(s->blocks.scratch[k] = new_block(rows, s->run.ld)))
			goto memory;
	s->run.state = s->blocks.state;
	s->run.scratch = s->blocks.scratch;
	rate_choose_sources(s);
	return RATE_OK;
memory:
	return rate_fail(&s->error, "out of memory for blocks");
}

int rate_session_begin(rate_session *s, size_t rows, uint64_t replicate0)
{
	size_t ld = s->run.ld;
	int rc;

	s->run.nrep = rows;
	s->run.t = 0;
	s->run.f_star = s->f_star_below ? NAN : s->c.f_star;
	s->draws.replicate0 = replicate0;
	s->draws.purpose = 0;
	s->draws.own.drawn = 0;
	s->draws.choice.drawn = 0;
	s->draws.components = 0;
	s->draws.leaf.radix = 1;
	s->draws.leaf.draws = 0;
	for (size_t k = 0; k < s->blocks.states; k++)
		memset(s->blocks.state[k], 0, rows * ld * sizeof(double));
	for (size_t r = 0; r < rows; r++) {
		memcpy(s->blocks.state[0] + r * ld, s->x0, s->run.d * sizeof(double));
		memcpy(s->blocks.average + r * ld, s->x0, s->run.d * sizeof(double));
	}
	rate_paths_begin(s);
	memset(s->blocks.acc, 0, rows * (s->theorem->accumulators + 1) * sizeof *s->blocks.acc);
	if (s->check->trajectory)
		return rate_follow_begin(s);
	if (!s->method->start)
		return RATE_OK;
	s->watch.counting = 1;
	rate_call(s, RATE_BY_METHOD, "start");
	rc = s->method->start(&s->run);
	rate_back(s);
	s->watch.counting = 0;
	return rc;
}

void rate_session_window(rate_session *s, size_t first, size_t rows)
{
	ptrdiff_t on = (ptrdiff_t)first - (ptrdiff_t)s->blocks.window;

	for (size_t k = 0; k < s->blocks.states; k++)
		s->blocks.state[k] += on * (ptrdiff_t)s->run.ld;
	s->blocks.average += on * (ptrdiff_t)s->run.ld;
	s->draws.replicate0 += (uint64_t)on;
	s->blocks.window = first;
	s->run.nrep = rows;
}

int rate_session_step(rate_session *s, uint64_t t)
{
	uint32_t k, schedules = s->theorem->schedules ? s->theorem->schedules : 1;
	int rc;

	for (k = 0; k < schedules; k++)
		s->blocks.step_values[k] = s->schedule[k][t];
	s->run.t = s->mark->step = t;
	s->draws.components = 0;
	/* What a start has drawn is seen by step 0 still. */
	if (t) {
		s->draws.purpose = s->draws.leaf.draws = 0;
		s->draws.choice.drawn = 0;
	}
	s->run.gamma = s->blocks.step_values[0];
	s->run.schedule = s->blocks.step_values;
	rate_polyak_before(s);
	s->watch.counting = 1;
	rate_call(s, RATE_BY_METHOD, "step");
	rc = s->check->trajectory ? rate_follow_step(s, t) : s->method->step(&s->run);
	rate_back(s);
	s->watch.counting = 0;
	rate_polyak_after(s);
	if (rc != RATE_OK && !*s->error.text)
		rate_fail(&s->error, "%s: step %llu failed", s->method->id, (unsigned long long)t);
	return rc;
}

static int find_block(const rate_view *v, const char *name, const double **block)
{
	rate_session *s = v->run->host;

	for (size_t k = 0; k < s->blocks.states; k++) {
		if (!strcmp(rate_state_of(s, k)->name, name)) {
			*block = s->blocks.state[k];
			return RATE_OK;
		}
	}
	s->no_state = name;
	return RATE_FAIL;
}

void rate_session_view(rate_session *s, uint64_t t, rate_view *v)
{
	s->run.t = t;
	*v = (rate_view){ .size = sizeof *v, .run = &s->run, .c = &s->c, .t = t,
		              .state = (const double *const *)s->blocks.state,
		              .average = s->theorem->weight ? s->blocks.average : NULL, .acc = s->blocks.acc,
		              .find = find_block };
}
