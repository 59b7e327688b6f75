/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/work/child.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "verify/measure/measure.h"
#include "verify/session/guard.h"
#include "verify/work/ways.h"

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

/* The numbers of the prepared check into the arena, and the arena's columns for the measurements. */
static int hand_over(const rate_part *p, rate_session *s, const rate_check *c, size_t replicates)
{
	rate_head *h = p->arena;
	rate_arrays a;

	h->checkpoints = c->checkpoints;
	h->has_transient = c->transient != NULL;
	h->path_bound = !s->method || (s->theorem->flags & RATE_PATH_BOUND) != 0;
	h->params = c->params;
	h->proven_power = c->proven_power;
	h->proven_factor = c->proven_factor;
	h->units = c->units;
	h->m.checkpoints = c->checkpoints;
	h->m.replicates = replicates;
	if (rate_lay_out(h, h, p->room, &h->used, &a))
		return rate_fail(&s->error, "the measurements do not fit into %zu MiB", p->room >> 20);
	for (size_t k = 0; k < c->checkpoints; k++) {
		a.at[k] = (double)c->at[k];
		a.bound[k] = c->bound[k];
		if (a.transient)
			a.transient[k] = c->transient[k];
	}
	memcpy(a.param, c->param, c->params * sizeof *a.param);
	h->m.q = a.q;
	h->m.s = a.s;
	h->m.b = a.b;
	return RATE_OK;
}

static int measure(const rate_part *p, rate_session *s, rate_check *c)
{
	rate_head *h = p->arena;
	int done;

	for (const rate_way *way = NULL;; way++) {
		way = rate_way_next(way, s, c, p->first);
		h->m.statistic = way->statistic;
		if ((way->set_up && way->set_up(s, c)) || hand_over(p, s, c, way->many ? p->count : 1))
			return RATE_FAIL;
		h->ran = now();
		done = way->run(s, c, p->first, p->count, &h->m);
		h->ran = now() - h->ran;
		if (done != 0)
			return done == 1 ? RATE_OK : RATE_FAIL;
	}
}

/* The theorem turned out not to speak of this run. */
static void decline(rate_head *h, const char *why)
{
	h->applicable = 0;
	snprintf(h->reason, sizeof h->reason, "%s", why);
}

static int measure_and_look(const rate_part *p, rate_session *s, rate_check *c)
{
	rate_head *h = p->arena;
	int rc = measure(p, s, c);

	if (p->accusing)
		rate_accuse(s, &h->m.witness);
	/* A run that a false constant sent out of the numbers is the constant's. */
	if (rc != RATE_OK && h->m.witness.found)
		rc = RATE_OK;
	if (*s->declined) {
		decline(h, s->declined);
		rc = RATE_OK;
	}
	rate_add_note(h->lowered, sizeof h->lowered, s->note);
	if (rc == RATE_OK && h->applicable && !p->first && c->reference)
		rate_run_beside(s, &h->m.beside);
	return rc;
}

static void tell(const rate_check *c, const rate_session *s, rate_head *h)
{
	h->applicable = c->applicable;
	h->unfit = c->unfit;
	h->d = c->d;
	h->n = c->n;
	h->stochastic = c->stochastic;
	h->T = c->T;
	h->points = !s->method;
	snprintf(h->reason, sizeof h->reason, "%s", c->reason);
	snprintf(h->lowered, sizeof h->lowered, "%s", c->lowered);
	snprintf(h->range, sizeof h->range, "%s", c->range);
	snprintf(h->parameters, sizeof h->parameters, "%s", c->parameters ? c->parameters : "");
}

int rate_child(void *arg, rate_mark *mark)
{
	const rate_part *p = arg;
	rate_check c = *p->check; /* completed by prepare */
	rate_session s;
	double started = now();
	int rc;

	c.at = NULL;
	c.bound = c.transient = c.param = NULL;
	c.parameters = NULL;
	rc = rate_session_open(&s, &c, mark);
	s.watch.thorough = p->accusing;
	if (rc == RATE_OK)
		rc = rate_prepare(&s, &c);
	p->arena->setup = now() - started;
	tell(&c, &s, p->arena);
	if (rc == RATE_OK && c.applicable && !p->prepare_only)
		rc = measure_and_look(p, &s, &c);
	rate_world_look(&s, "objective, method or theorem, in the run,");
	if (rc != RATE_OK)
		snprintf(mark->message, sizeof mark->message, "%s",
		         rate_said(&s.error, "a callback returned an error"));
	rate_session_close(&s);
	rate_check_clear(&c);
	p->arena->took = now() - started;
	return rc;
}
