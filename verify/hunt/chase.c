/* The hunt as its callers see it: in a child, watched; and what it found as a spec that `verify` takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/hunt/hunt.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *rate_cannot_hunt(const rate_class_info *t)
{
	if (rate_kind_of(t->claim)->side == RATE_EQUAL)
		return "an identity has no ratio to make large; `ratecheck verify` tests it";
	if (rate_kind_of(t->claim)->about == RATE_ABOUT_TAIL)
		return "a claim with high probability has to be sampled; the hunt takes paths and exact means";
	if (rate_kind_of(t->claim)->exists)
		return "it says that there is an instance: none can contradict it";
	return t->point && !t->needs ? "it needs no objective: `ratecheck verify` looks at all that there is" : NULL;
}

typedef struct watch {
	rate_hunted *found;
	rate_error *reason;
	int over, ticks;
} watch;

static void tick(void *user)
{
	watch *w = user;
	int best = w->found->best;

	if (++w->ticks % 10)
		return;
	fprintf(stderr, "\r%s: %" PRIu64 " instances", w->found->shrinking ? "making it small" : "hunting",
	        w->found->evaluations);
	if (best == 0 || best == 1)
		fprintf(stderr, ", largest measured / bound %.6g", w->found->copy[best].ratio);
	fprintf(stderr, "\033[K");
}

static void ended(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	watch *w = user;

	(void)mark;
	(void)seconds;
	if (*reason)
		rate_fail(w->reason, "the search ended at %s: %s", w->found->trying, reason);
	w->over = 1;
}

typedef struct task {
	const rate_hunt *hunt;
	rate_hunted *found;
} task;

static int body(void *arg, rate_mark *mark)
{
	task *t = arg;

	return rate_hunt_run(t->hunt, t->found, mark);
}

/* What the child wrote may be anything. */
static void look_over(rate_hunted *found)
{
	for (int k = 0; k < 2; k++) {
		rate_end_text(found->copy[k].objective, sizeof found->copy[k].objective);
		rate_end_text(found->copy[k].parameters, sizeof found->copy[k].parameters);
	}
	rate_end_text(found->trying, sizeof found->trying);
	rate_end_text(found->remark, sizeof found->remark);
	rate_end_text(found->why, sizeof found->why);
	if (found->best > 1)
		found->best = -1;
}

int rate_hunt_chase(const rate_hunt *hunt, rate_hunted *found, int progress, rate_error *reason)
{
	const rate_limits limits = { 10 * hunt->seconds + 60, (size_t)4 << 30, 1, found, sizeof *found, "--seconds" };
	task t = { hunt, found };
	watch w = { .found = found, .reason = reason };
	rate_pool *pool = rate_pool_new(1);

	rate_no_error(reason);
	found->best = -1;
	if (!pool || rate_pool_submit(pool, body, &t, &limits, ended, &w)) {
		rate_pool_free(pool);
		return rate_fail(reason, "no process could be started");
	}
	if (progress)
		rate_pool_on_tick(pool, tick, &w);
	while (!w.over && rate_pool_wait(pool) >= 0)
		;
	rate_pool_free(pool);
	look_over(found);
	if (progress)
		fprintf(stderr, "\r\033[K");
	return !w.over ? 130 : *reason->text ? RATE_FAIL : RATE_OK;
}

void rate_quarry_spec(char *out, size_t size, const char *head, const rate_quarry *q, int runs, double factor)
{
	int keys = runs && *q->parameters;
	size_t n = (size_t)snprintf(out, size, "%s%s%s", head, keys ? ":" : "", keys ? q->parameters : "");

	if (factor != 1 && n < size)
		snprintf(out + n, size - n, "%cbound_factor=%.17g", keys ? ',' : ':', factor);
}
