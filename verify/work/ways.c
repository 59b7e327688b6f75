/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/work/ways.h"

#include <stdio.h>
#include <stdlib.h>

#include "verify/measure/measure.h"
#include "verify/work/exact.h"
#include "verify/work/wire.h"

static rate_about about(const rate_session *s)
{
	return rate_kind_of(s->theorem->kind)->about;
}

/* ---- What fits ---- */

static int has_no_run(const rate_session *s, const rate_check *c, uint64_t first)
{
	(void)c;
	(void)first;
	return !s->method;
}

static int mean_without_chance(const rate_session *s, const rate_check *c, uint64_t first)
{
	(void)first;
	return !c->stochastic && about(s) == RATE_ABOUT_MEANS;
}

static int has_no_chance(const rate_session *s, const rate_check *c, uint64_t first)
{
	(void)s;
	(void)first;
	return !c->stochastic;
}

/* Replicates that were asked for are run, where a claim can be judged on them. What a method remembers outside of its
 * blocks is in no map of a step. */
static int may_be_exact(const rate_session *s, const rate_check *c, uint64_t first)
{
	return first == 0 && !(s->method->flags & RATE_OWN_STATE) &&
	    !(c->exact_replicates && about(s) == RATE_ABOUT_MEANS);
}

static int must_be_exact(const rate_session *s, const rate_check *c, uint64_t first)
{
	(void)c;
	(void)first;
	return about(s) == RATE_ABOUT_EXACT;
}

static int is_about_paths(const rate_session *s, const rate_check *c, uint64_t first)
{
	(void)c;
	(void)first;
	return about(s) == RATE_ABOUT_PATHS;
}

static int whatever(const rate_session *s, const rate_check *c, uint64_t first)
{
	(void)s;
	(void)c;
	(void)first;
	return 1;
}

/* ---- Where it is looked at ---- */

static int number_the_points(rate_session *s, rate_check *c)
{
	c->checkpoints = rate_points_within(s, c, RATE_POINTS_MOST);
	c->at = calloc(c->checkpoints, sizeof *c->at);
	c->bound = calloc(c->checkpoints, sizeof *c->bound);
	if (!c->at || !c->bound)
		return RATE_FAIL;
	for (uint64_t k = 0; k < c->checkpoints; k++)
		c->at[k] = k + 1;
	return RATE_OK;
}

static int exact_checkpoints(rate_session *s, rate_check *c)
{
	return rate_checkpoints_for(s, c, 1);
}

static int sampled_checkpoints(rate_session *s, rate_check *c)
{
	return rate_checkpoints_for(s, c, 0);
}

/* ---- How ---- */

static int points(rate_session *s, rate_check *c, uint64_t first, size_t count, rate_measured *m)
{
	(void)first;
	(void)count;
	return rate_run_points(s, c, m) ? RATE_FAIL : 1;
}

static int one_path(rate_session *s, rate_check *c, uint64_t first, size_t count, rate_measured *m)
{
	(void)first;
	(void)count;
	return rate_run_paths(s, c, 0, 1, m) ? RATE_FAIL : 1;
}

static int paths(rate_session *s, rate_check *c, uint64_t first, size_t count, rate_measured *m)
{
	return rate_run_paths(s, c, first, count, m) ? RATE_FAIL : 1;
}

static int exact_means(rate_session *s, rate_check *c, uint64_t first, size_t count, rate_measured *m)
{
	(void)first;
	(void)count;
	return rate_exact_means(s, c, m);
}

static int none(rate_session *s, rate_check *c, uint64_t first, size_t count, rate_measured *m)
{
	(void)c;
	(void)first;
	(void)count;
	(void)m;
	snprintf(s->declined, sizeof s->declined, "a claim of this kind is judged on exact means only%s%s",
	         *s->note ? ", and there are none: " : "", s->note);
	return 1;
}

static const rate_way ways[] = {
	{ "points", RATE_POINTS, has_no_run, 0, number_the_points, points },
	{ "the path that is its own mean", RATE_EXACT_MEAN, mean_without_chance, 0, NULL, one_path },
	{ "the only path", RATE_PATH, has_no_chance, 0, NULL, one_path },
	{ "exact means", RATE_EXACT_MEAN, may_be_exact, 0, exact_checkpoints, exact_means },
	{ "nothing else", RATE_EXACT_MEAN, must_be_exact, 0, NULL, none },
	{ "every path", RATE_PATH, is_about_paths, 1, sampled_checkpoints, paths },
	{ "samples", RATE_SAMPLED, whatever, 1, sampled_checkpoints, paths },
};

const rate_way *rate_way_next(const rate_way *way, const rate_session *s, const rate_check *c, uint64_t first)
{
	for (way = way ? way : ways; !way->fits(s, c, first); way++)
		;
	return way;
}
