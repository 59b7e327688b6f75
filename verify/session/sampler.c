/* Samples: which terms or normals each replicate draws, by its own stream of random numbers or by the number of an
 * outcome.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/sampler.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"
#include "verify/session/draws.h"
#include "verify/session/guard.h"

#define SESSION(run) ((rate_session *)(run)->host)

static int reserve_sample(rate_session *s, uint32_t slot, uint32_t batch)
{
	if (s->draws.batch_capacity[slot] >= batch)
		return RATE_OK;
	free(s->draws.index[slot]);
	free(s->draws.normal[slot]);
	s->draws.index[slot] = calloc(s->blocks.capacity * batch, sizeof(uint64_t));
	s->draws.normal[slot] = s->normals ? calloc(s->blocks.capacity * batch * s->normals, sizeof(double)) : NULL;
	s->draws.batch_capacity[slot] = s->draws.index[slot] && (!s->normals || s->draws.normal[slot]) ? batch : 0;
	if (s->draws.batch_capacity[slot])
		return RATE_OK;
	return rate_fail(&s->error, "out of memory for samples");
}

static void fill_normals(rate_session *s, uint32_t purpose, uint64_t replicate, size_t count, double *z)
{
	for (size_t i = 0; i < count; i += 2) {
		uint64_t w[2];
		rate_philox(s->draws.key, (uint32_t)s->run.t, purpose, (uint32_t)(i / 2), replicate, w);
		double radius = sqrt(-2 * log(rate_uniform(w[0]))), angle = 2 * M_PI * rate_uniform(w[1]);
		z[i] = radius * cos(angle);
		if (i + 1 < count)
			z[i + 1] = radius * sin(angle);
	}
}

/* A b-subset for every row, without replacement, by Floyd's algorithm: b draws each, no memory of size n. */
static void draw_subsets(rate_session *s, uint32_t purpose, uint32_t batch, uint64_t *out)
{
	uint64_t n = s->run.n;

	for (uint32_t k = 0; k < batch; k++)
		s->kernels->indices(s->draws.key, (uint32_t)s->run.t, purpose, k, s->draws.replicate0, s->run.nrep,
		                    n - batch + k + 1, batch, out + k);
	for (size_t r = 0; batch > 1 && r < s->run.nrep; r++, out += batch)
		for (uint32_t k = 1; k < batch; k++)
			for (uint32_t q = 0; q < k; q++)
				if (out[q] == out[k]) {
					out[k] = n - batch + k;
					break;
				}
}

uint64_t rate_subsets(uint64_t n, uint64_t b)
{
	uint64_t count = 1;

	if (b > n)
		return 0;
	if (b > n - b)
		b = n - b;
	/* C(n, k + 1) = C(n, k) (n - k)/(k + 1), a whole number at every k, and growing. */
	for (uint64_t k = 0; k < b; k++) {
		if (count >= (uint64_t)1 << 40 || n >= (uint64_t)1 << 23)
			return b == 1 ? n : UINT64_MAX;
		count = count * (n - k) / (k + 1);
	}
	return count < (uint64_t)1 << 40 ? count : UINT64_MAX;
}

/* Few rows are long ones. The terms of the next step are drawn too, so that the first of them can be fetched before
 * it. */
static void draw_ahead(rate_session *s, uint32_t purpose, uint64_t *out)
{
	struct rate_ahead *a = &s->draws.ahead;
	size_t rows = s->run.nrep;

	if (a->nrep == rows && a->t == s->run.t && a->replicate0 == s->draws.replicate0 && a->purpose == purpose)
		memcpy(out, a->index, rows * sizeof *out);
	else
		s->kernels->indices(s->draws.key, (uint32_t)s->run.t, purpose, 0, s->draws.replicate0, rows,
		                    s->run.n, 1, out);
	*a = (struct rate_ahead){ rows, s->run.t + 1, s->draws.replicate0, purpose, { 0 } };
	s->kernels->indices(s->draws.key, (uint32_t)a->t, purpose, 0, s->draws.replicate0, rows, s->run.n, 1, a->index);
}

/* The b-subset with the number `outcome` in lexicographic order. */
static void nth_subset(uint64_t n, uint32_t batch, uint64_t outcome, uint64_t *out)
{
	uint64_t next = 0, with;

	if (batch == 1) {
		out[0] = outcome;
		return;
	}
	for (uint32_t k = 0; k < batch; k++, next++) {
		while (outcome >= (with = rate_subsets(n - next - 1, batch - k - 1))) {
			outcome -= with;
			next++;
		}
		out[k] = next;
	}
}

/* The subset that follows. */
static void next_subset(uint64_t n, uint32_t batch, uint64_t *index)
{
	uint32_t k = batch;

	while (k > 1 && index[k - 1] == n - batch + k - 1)
		k--;
	for (uint64_t next = index[k - 1] + 1; k <= batch; k++)
		index[k - 1] = next++;
}

/* Of each row, by its number, which is mostly that of the row before or the next one. */
static void nth_subsets(uint64_t n, uint32_t batch, size_t r, uint64_t outcome, uint64_t *before, uint64_t *index)
{
	if (r == 0 || outcome - *before > 1)
		nth_subset(n, batch, outcome, index);
	else {
		memcpy(index, index - batch, batch * sizeof *index);
		if (outcome != *before)
			next_subset(n, batch, index);
	}
	*before = outcome;
}

double rate_probe_normal(uint64_t w, size_t k)
{
	return cos(1.3 * (double)(k + 1) + 2.1 * (double)w) + 0.4;
}

uint64_t rate_sets_of(const rate_draws *draws)
{
	return draws->own.purposes ? draws->own.sets : 1;
}

size_t rate_normals_of(const rate_draws *draws)
{
	return draws->outcomes / 2 / rate_sets_of(draws);
}

/* The subset of an outcome, and its number among the outcomes of the normals, probes last. */
static uint64_t set_of(const rate_draws *draws, uint64_t outcome, uint64_t *normal)
{
	uint64_t each = 2 * rate_normals_of(draws), beyond = outcome - draws->outcomes;

	if (outcome < draws->outcomes) {
		*normal = outcome % each;
		return outcome / each;
	}
	*normal = each + beyond % 2;
	return beyond / 2;
}

/* Of the normals of one replicate that stand for the outcome, `count` from the first one. */
static void nth_normals(const rate_session *s, uint64_t outcome, size_t first, size_t count, double *z)
{
	size_t m = rate_normals_of(&s->draws);
	uint64_t normal;

	set_of(&s->draws, outcome, &normal);
	for (size_t k = 0; k < count; k++)
		z[k] = normal < 2 * m ? 0 : rate_probe_normal(normal - 2 * m, first + k);
	if (normal < 2 * m && normal / 2 >= first && normal / 2 < first + count)
		z[normal / 2 - first] = normal % 2 ? -sqrt((double)m) : sqrt((double)m);
}

/* The place of a purpose in a list; the length of the list: none. `grow`: it is added. */
static uint32_t place_of(uint32_t *list, uint32_t *length, uint32_t purpose, int grow)
{
	uint32_t k = 0;

	while (k < *length && list[k] != purpose)
		k++;
	if (k == *length && grow && k < RATE_PURPOSES)
		list[(*length)++] = purpose;
	return k;
}

size_t rate_streamed(const rate_session *s)
{
	return s->stream ? (s->draws.own.samples > 1 ? s->draws.own.samples : 1) * s->c.batch * s->normals : 0;
}

/* Notes whether the forced draw is one of those whose outcomes are all there is to a step: the only one, or one of the
 * samples of a stream. Its place among them is returned. */
static uint32_t force(rate_session *s, uint32_t purpose, uint32_t batch)
{
	struct rate_own_normals *own = &s->draws.own;
	int several = s->stream && (own->looking || own->samples > 1);
	uint32_t place = several ? place_of(own->sample, &own->samples, purpose, own->looking) : 0;

	if (batch != s->c.batch || s->draws.measuring ||
	    (own->purposes && s->run.n && own->sets != rate_subsets(s->run.n, batch)) ||
	    (several ? place == own->samples : s->draws.purpose && s->draws.purpose != purpose + 1) ||
	    (s->draws.choice.count > 1 && !s->draws.choice.looking &&
	     rate_choice_below(s) != rate_subsets(s->run.n, batch)))
		s->draws.unforced = 1;
	s->draws.purpose = purpose + 1;
	return place;
}

/* The number of this draw among those of the step; the same purpose is the same draw. */
static uint32_t number_of_draw(rate_session *s, uint32_t purpose, uint32_t batch)
{
	struct rate_leaf *leaf = &s->draws.leaf;
	uint64_t outcomes = s->run.n ? rate_subsets(s->run.n, batch) : 1;
	uint32_t k = 0, most = sizeof leaf->of / sizeof *leaf->of;

	while (k < leaf->draws && (leaf->of[k].purpose != purpose || leaf->of[k].batch != batch))
		k++;
	if (k < leaf->draws)
		return k;
	if (k == most) {
		s->draws.unforced = 1;
		return k - 1;
	}
	leaf->of[leaf->draws++] = (struct rate_leaf_draw){ purpose, batch, leaf->radix };
	leaf->radix = outcomes > UINT64_MAX / leaf->radix ? UINT64_MAX : leaf->radix * outcomes;
	return k;
}

const rate_sample *rate_svc_draw(rate_run *run, uint32_t purpose, uint32_t batch)
{
	rate_session *s = SESSION(run);
	uint32_t slot = purpose & 15, number = 0, place = 0;
	uint64_t before = 0, subsets;
	rate_sample *out = &s->draws.sample[slot];

	if (purpose != slot) {
		(run->call->fail)(run, "draw: purpose %u: they go from 0 to 15", purpose);
		rate_fault(s, "%s", s->error.text); /* whatever the caller makes of it */
		return NULL;
	}
	if (run->n && (batch > run->n || !batch)) {
		rate_fail(&s->error, "batch of %u from a sum of %zu terms", batch, run->n);
		return NULL;
	}
	if (reserve_sample(s, slot, batch))
		return NULL;
	*out = (rate_sample){ sizeof *out, batch, s->draws.index[slot], s->draws.normal[slot] };
	if (s->draws.ordered || s->draws.sampler == RATE_BY_LEAF)
		number = number_of_draw(s, purpose, batch);
	if (s->draws.ordered)
		purpose = number;
	if (s->draws.sampler == RATE_BY_LEAF)
		s->draws.unforced |= !run->n && !s->stream->deterministic;
	else if (s->draws.sampler != RATE_BY_PHILOX)
		place = force(s, purpose, batch);
	if (run->n && (s->draws.sampler == RATE_BY_PHILOX || s->draws.unforced)) {
		if (batch == 1 && run->nrep <= RATE_FEW)
			draw_ahead(s, purpose, s->draws.index[slot]);
		else
			draw_subsets(s, purpose, batch, s->draws.index[slot]);
		return out;
	}
	subsets = s->draws.sampler == RATE_BY_LEAF && run->n ? rate_subsets(run->n, batch) : rate_choice_below(s);
	for (size_t r = 0; r < run->nrep; r++) {
		uint64_t rep = s->draws.replicate0 + r, forced = s->draws.forced + (s->draws.spread ? r : 0);
		uint64_t *index = s->draws.index[slot] + r * batch;
		if (!run->n && s->stream->deterministic)
			for (uint32_t k = 0; k < batch; k++)
				index[k] = run->t;
		else if (!run->n && s->draws.sampler == RATE_FORCED && !s->draws.unforced)
			nth_normals(s, forced, place * batch * s->normals, batch * s->normals,
			            s->draws.normal[slot] + r * batch * s->normals);
		else if (!run->n)
			fill_normals(s, purpose, rep, batch * s->normals,
			             s->draws.normal[slot] + r * batch * s->normals);
		else if (s->draws.sampler == RATE_BY_LEAF)
			nth_subsets(run->n, batch, r, rep / s->draws.leaf.of[number].radix % subsets, &before, index);
		else if (s->draws.sampler == RATE_BY_TERM)
			for (uint32_t k = 0; k < batch; k++)
				index[k] = forced < run->n ? forced : run->n - batch + k;
		else {
			uint64_t digit = s->draws.sampler == RATE_FORCED ? forced : rep, normal;
			if (s->draws.own.purposes && s->draws.sampler == RATE_FORCED)
				digit = set_of(&s->draws, forced, &normal);
			for (uint64_t t = 0; s->draws.sampler == RATE_BY_DIGITS && t < run->t; t++)
				digit /= s->draws.outcomes;
			nth_subsets(run->n, batch, r, digit % subsets, &before, index);
		}
	}
	return out;
}

static void free_components(rate_draws *draws)
{
	for (size_t k = 0; k < draws->component_room; k++) {
		free(draws->component[k]->index);
		free(draws->component[k]->normal);
		free(draws->component[k]);
	}
	free(draws->component);
	draws->component = NULL;
	draws->components = draws->component_room = 0;
}

void rate_draws_resize(rate_draws *draws)
{
	for (uint32_t k = 0; k < RATE_PURPOSES; k++)
		draws->batch_capacity[k] = 0;
	free_components(draws);
}

void rate_draws_free(rate_draws *draws)
{
	free_components(draws);
	free(draws->choice.weight);
	for (uint32_t k = 0; k < RATE_PURPOSES; k++) {
		free(draws->index[k]);
		free(draws->normal[k]);
	}
}

static int add_component(rate_session *s)
{
	struct rate_component **grown = realloc(s->draws.component, (s->draws.component_room + 1) * sizeof(*grown)), *c;

	if (!grown)
		return RATE_FAIL;
	s->draws.component = grown;
	if (!(c = calloc(1, sizeof *c)))
		return RATE_FAIL;
	grown[s->draws.component_room++] = c;
	c->index = calloc(s->blocks.capacity, sizeof *c->index);
	c->normal = s->normals ? calloc(s->blocks.capacity * s->normals, sizeof *c->normal) : NULL;
	return c->index && (c->normal || !s->normals) ? RATE_OK : RATE_FAIL;
}

/* Each step asks for its terms in much the same order: what a handle holds from the last one is used again. */
const rate_sample *rate_svc_component(rate_run *run, uint64_t i)
{
	rate_session *s = SESSION(run);
	struct rate_component *c;

	/* A point theorem may ask for all terms at every point. */
	if (!s->method && s->check->work > 0 &&
	    (double)(s->draws.components + 1) * (double)run->d > s->check->work) {
		snprintf(s->declined, sizeof s->declined,
		         "a point of it takes more than %zu gradients of terms, %zu numbers each, "
		         "which is beyond the work cap of this --effort", s->draws.components, run->d);
		return NULL;
	}
	if (s->draws.components == s->draws.component_room && add_component(s)) {
		free_components(&s->draws);
		rate_fail(&s->error, "out of memory for samples");
		return NULL;
	}
	c = s->draws.component[s->draws.components++];
	if (!c->rows || *c->index != i)
		c->rows = 0;
	for (; c->rows < run->nrep; c->rows++)
		c->index[c->rows] = i;
	c->sample = (rate_sample){ sizeof c->sample, 1, c->index, c->normal };
	return &c->sample;
}

/* 1: z holds the normals that belong to the outcome asked for; 0: they have to be drawn. */
static int forced_normals(rate_session *s, uint32_t purpose, double *z)
{
	struct rate_own_normals *own = &s->draws.own;
	size_t d = s->run.d, first = rate_streamed(s);
	uint32_t k = place_of(own->purpose, &own->purposes, purpose, own->looking);

	own->drawn = 1;
	if (s->draws.sampler != RATE_FORCED || s->draws.measuring || k == own->purposes)
		return 0;
	for (size_t r = 0; r < s->run.nrep; r++) {
		if (own->looking)
			memset(z + r * s->run.ld, 0, d * sizeof *z);
		else
			nth_normals(s, s->draws.forced + (s->draws.spread ? r : 0), first + k * d, d,
			            z + r * s->run.ld);
	}
	return 1;
}

int rate_svc_normals(rate_run *run, uint32_t purpose, double *z)
{
	rate_session *s = SESSION(run);

	if (!rate_says_that_it_draws(s))
		return RATE_FAIL;
	if (s->draws.sampler != RATE_BY_PHILOX) {
		if (forced_normals(s, purpose, z))
			return RATE_OK;
		s->draws.unforced = 1;
	}
	for (size_t r = 0; r < run->nrep; r++)
		fill_normals(s, 16 + purpose, s->draws.replicate0 + r, run->d, z + r * run->ld);
	return RATE_OK;
}
