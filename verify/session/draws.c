/* Draws of a method beside samples: numbers in an interval, choices, signs. Each purpose has a stream of its own for
 * each replicate and step. The host can force the outcomes of one choice in each step, with weights that stay the
 * same, or those of normals; a step that draws other things is sampled.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/draws.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"

#define SESSION(run) ((rate_session *)(run)->host)

/* Where the streams of each kind of draw begin: samples have 0 to 15, normals 16 to 31. */
enum { UNIFORMS = 32, CHOICES = 48, SIGNS = 64 };

/* Replicates whose words are made side by side. */
enum { ABREAST = 64 };

static size_t words_abreast(const rate_session *s, uint32_t stream, uint32_t pair, size_t r, uint64_t *w)
{
	size_t count = s->run.nrep - r < ABREAST ? s->run.nrep - r : ABREAST;

	s->kernels->philox(s->draws.key, (uint32_t)s->run.t, stream, pair, s->draws.replicate0 + r, count, w);
	return count;
}

static void words(const rate_session *s, uint32_t stream, uint32_t pair, size_t r, uint64_t w[2])
{
	rate_philox(s->draws.key, (uint32_t)s->run.t, stream, pair, s->draws.replicate0 + r, w);
}

int rate_says_that_it_draws(rate_session *s)
{
	uint32_t flags = s->method ? s->method->flags : RATE_OWN_DRAWS;

	if ((flags & RATE_OWN_DRAWS) || ((flags & RATE_STOCHASTIC) && s->run.n != 1))
		return 1;
	rate_fail(&s->error,
	          "method %s makes draws of its own and does not say so: its flags lack RATE_OWN_DRAWS",
	          s->method->id);
	return 0;
}

int rate_svc_uniforms(rate_run *run, uint32_t purpose, size_t count, double *u)
{
	rate_session *s = SESSION(run);
	uint64_t w[2 * ABREAST];

	if (!rate_says_that_it_draws(s))
		return RATE_FAIL;
	s->draws.unforced = 1;
	for (size_t r = 0, rows; r < run->nrep; r += rows) {
		rows = run->nrep - r < ABREAST ? run->nrep - r : ABREAST;
		for (size_t i = 0; i < count; i += 2) {
			words_abreast(s, UNIFORMS + purpose, (uint32_t)(i / 2), r, w);
			for (size_t k = 0; k < rows; k++) {
				u[(r + k) * count + i] = rate_uniform(w[2 * k]);
				if (i + 1 < count)
					u[(r + k) * count + i + 1] = rate_uniform(w[2 * k + 1]);
			}
		}
	}
	return RATE_OK;
}

int rate_svc_signs(rate_run *run, uint32_t purpose, double *z)
{
	rate_session *s = SESSION(run);
	uint64_t w[2];

	if (!rate_says_that_it_draws(s))
		return RATE_FAIL;
	s->draws.unforced = 1;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++) {
			if (j % 128 == 0)
				words(s, SIGNS + purpose, (uint32_t)(j / 128), r, w);
			z[r * run->ld + j] = w[j / 64 % 2] >> (j % 64) & 1 ? 1 : -1;
		}
	return RATE_OK;
}

/* ---- Choices that are enumerated ---- */

enum { MOST_CHOICES = 4096 };

uint64_t rate_choice_below(const rate_session *s)
{
	return s->draws.choice.count > 1 ? s->draws.outcomes / s->draws.choice.count : s->draws.outcomes;
}

double rate_outcome_weight(const rate_session *s, uint64_t outcome)
{
	const struct rate_choice *c = &s->draws.choice;

	if (c->count <= 1 || !c->weight)
		return 1;
	return c->weight[outcome / rate_choice_below(s) % c->count] * (double)c->count / c->total;
}

void rate_look_for_choice(rate_session *s)
{
	struct rate_choice *c = &s->draws.choice;
	rate_sampler before = s->draws.sampler;

	free(c->weight);
	*c = (struct rate_choice){ .count = 1 };
	if (s->stream || !s->method || !(s->method->flags & RATE_STOCHASTIC) ||
	    (!s->blocks.state && rate_session_blocks(s, 1)))
		return;
	s->draws.sampler = RATE_FORCED;
	s->draws.forced = 0;
	c->looking = 1;
	if (rate_session_begin(s, 1, 0) || rate_session_step(s, 0))
		rate_no_error(&s->error); /* whoever runs it will say so */
	c->looking = 0;
	if (c->count > 1 && !s->draws.purpose)
		s->draws.outcomes = 1; /* no terms are drawn */
	s->draws.outcomes = s->draws.outcomes > UINT64_MAX / c->count ? UINT64_MAX : s->draws.outcomes * c->count;
	s->draws.sampler = before; /* where nothing comes of it the check is sampled */
	s->draws.purpose = 0;
	s->draws.unforced = 0;
}

int rate_draws_normals(const rate_session *s)
{
	return s->stream || s->draws.own.purposes;
}

void rate_look_for_normals(rate_session *s)
{
	struct rate_own_normals *own = &s->draws.own;
	rate_sampler before = s->draws.sampler;
	uint32_t which = s->stream ? RATE_OWN_DRAWS | RATE_STOCHASTIC : RATE_OWN_DRAWS;

	*own = (struct rate_own_normals){ .sets = 1 };
	if (!s->method || !(s->method->flags & which) || s->draws.choice.count > 1 ||
	    (s->stream && s->stream->deterministic) || (!s->blocks.state && rate_session_blocks(s, 1)))
		return;
	s->draws.sampler = RATE_FORCED;
	s->draws.forced = 0;
	own->looking = 1;
	if (rate_session_begin(s, 1, 0) || rate_session_step(s, 0))
		rate_no_error(&s->error); /* whoever runs it will say so */
	own->looking = 0;
	if (s->draws.purpose && s->run.n > 1)
		own->sets = rate_subsets(s->run.n, s->c.batch);
	if (own->purposes || own->samples > 1) {
		size_t each = 2 * (rate_streamed(s) + own->purposes * s->run.d);
		s->draws.outcomes = own->sets > UINT64_MAX / each ? UINT64_MAX : own->sets * each;
	}
	s->draws.sampler = before;
	s->draws.purpose = 0;
	s->draws.unforced = 0;
}

static int same_choice(const struct rate_choice *c, uint32_t purpose, uint64_t count, const double *weight)
{
	return c->count == count && c->purpose == purpose && !c->weight == !weight &&
	       (!weight || !memcmp(c->weight, weight, count * sizeof *weight));
}

/* What the first step chooses. */
static void note_choice(struct rate_choice *c, uint32_t purpose, uint64_t count, const double *weight)
{
	if (c->count > 1 || count < 2 || count > MOST_CHOICES ||
	    (weight && !(c->weight = malloc(count * sizeof *weight))))
		return;
	c->total = 0;
	for (uint64_t i = 0; weight && i < count; i++)
		c->total += c->weight[i] = weight[i];
	c->count = count;
	c->purpose = purpose;
}

/* 1: `out` holds the choice that belongs to the outcome asked for; 0: it has to be drawn. */
static int forced_choice(rate_session *s, uint32_t purpose, uint64_t count, const double *weight, uint64_t *out)
{
	struct rate_choice *c = &s->draws.choice;
	uint64_t below = rate_choice_below(s);

	if (s->draws.sampler == RATE_BY_PHILOX)
		return 0;
	if (c->looking)
		note_choice(c, purpose, count, weight);
	if ((s->draws.sampler != RATE_FORCED && s->draws.sampler != RATE_BY_DIGITS) || s->draws.measuring ||
	    !same_choice(c, purpose, count, weight)) {
		s->draws.unforced = 1;
		return 0;
	}
	c->drawn = 1;
	for (size_t r = 0; r < s->run.nrep; r++) {
		uint64_t digit = s->draws.sampler == RATE_FORCED ? s->draws.forced + (s->draws.spread ? r : 0)
		    : s->draws.replicate0 + r;
		for (uint64_t t = 0; s->draws.sampler == RATE_BY_DIGITS && t < s->run.t; t++)
			digit /= s->draws.outcomes;
		out[r] = c->looking ? 0 : digit / below % count;
	}
	return 1;
}

int rate_svc_choose(rate_run *run, uint32_t purpose, uint64_t count, const double *weight, uint64_t *out)
{
	rate_session *s = SESSION(run);
	uint64_t w[2 * ABREAST], sure = UINT64_MAX; /* UINT64_MAX - 1: there are several */
	double sum = 0;

	if (!rate_says_that_it_draws(s))
		return RATE_FAIL;
	for (uint64_t i = 0; weight && i < count; i++) {
		if (!(weight[i] >= 0))
			return rate_fail(&s->error, "choose: weight %llu is %.17g", (unsigned long long)i,
			                 weight[i]);
		sure = weight[i] == 0 ? sure : sure == UINT64_MAX ? i : UINT64_MAX - 1;
		sum += weight[i];
	}
	if (!count || (weight && !(sum > 0)))
		return rate_fail(&s->error, "choose: nothing to choose from");
	/* Where one outcome is sure there is nothing to choose, and nothing to enumerate. */
	if (sure < count) {
		for (size_t r = 0; r < run->nrep; r++)
			out[r] = sure;
		return RATE_OK;
	}
	if (forced_choice(s, purpose, count, weight, out))
		return RATE_OK;
	for (size_t r = 0; r < run->nrep; r++) {
		if (r % ABREAST == 0)
			words_abreast(s, CHOICES + purpose, 0, r, w);
		double at = rate_uniform(w[2 * (r % ABREAST)]);
		if (!weight) {
			out[r] = (uint64_t)(at * (double)count);
			continue;
		}
		at *= sum;
		for (out[r] = 0; out[r] + 1 < count && at >= weight[out[r]]; out[r]++)
			at -= weight[out[r]];
		while (weight[out[r]] == 0) /* rounding led past the last */
			out[r]--;
	}
	return RATE_OK;
}
