/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/commands/pursue.h"

#include <inttypes.h>
#include <stdio.h>

#include "plugins/isolate.h"
#include "verify/commands/command.h"

enum { STEPS = 64, DIMENSION = 4 };

/* An instance stands for what the user named; a sharp one, whose parameters are fixed, only for a theorem without
 * others. */
static int stands_in(const rate_check *a, const rate_check *b)
{
	if (a->theorem != b->theorem || a->role == RATE_ROLE_CONTROL || !a->applicable)
		return 0;
	return a->role == RATE_ROLE_INSTANCE ? b->role != a->role || a->given == b->given : b->role == a->role;
}

const rate_check *rate_pursuit_next(const rate_plan *plan, size_t *next)
{
	while (*next < plan->count) {
		size_t k = 0, i = (*next)++;
		const rate_check *c = plan->check[i];
		if (c->role == RATE_ROLE_CONTROL || !c->applicable || rate_cannot_hunt(c->theorem))
			continue;
		/* Those of the same role that come before, and instances wherever they stand. */
		while (k < plan->count &&
		       !(k != i && (k < i || plan->check[k]->role != c->role) && stands_in(plan->check[k], c)))
			k++;
		if (k == plan->count)
			return c;
	}
	return NULL;
}

int rate_pursue(rate_pursuit *p, const rate_check *c)
{
	const rate_plan_options *o = p->asked;
	const rate_hunt hunt = { .registry = p->registry, .theorem = c->given, .method = c->method,
		.objective = o->objective, .objectives = o->objectives, .seed = o->seed,
		.steps = o->steps ? o->steps : STEPS, .dimension = DIMENSION,
		.seconds = p->seconds > 0 ? p->seconds : RATE_HUNT_ANY_TIME, .evaluations = p->evaluations,
		.factor = c->factor, .power = c->power };
	const rate_quarry *q;
	int rc;

	if (!p->found && !(p->found = rate_arena(sizeof *p->found)))
		return rate_fail(&p->error, "out of memory");
	*p->found = (rate_hunted){ .best = -1 };
	rc = rate_hunt_chase(&hunt, p->found, p->progress, &p->error);
	if (rc == RATE_OK && p->found->best < 0)
		return rate_fail(&p->error, "no instance could be judged in %" PRIu64 " tries; one of them: %s",
		                 p->found->evaluations, p->found->why);
	if (rc != RATE_OK)
		return rc;
	q = &p->found->copy[p->found->best];
	rate_quarry_spec(p->spec, sizeof p->spec, c->theorem->id, q, c->method != NULL, c->given->bound_factor);
	p->theorem = p->spec;
	p->objective = q->objective;
	p->plan = *o;
	p->plan.theorem = &p->theorem;
	p->plan.theorems = 1;
	p->plan.chapters = 0;
	p->plan.objective = &p->objective;
	p->plan.objectives = 1;
	p->plan.steps = q->steps;
	p->plan.x0 = NULL;
	return RATE_OK;
}

void rate_pursuit_free(rate_pursuit *p)
{
	rate_arena_free(p->found, sizeof *p->found);
}
