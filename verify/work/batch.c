/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/work/engine-private.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "verify/work/ranks.h"

/* Of processor time, after which a shared child begins no other piece. */
#define BATCH_SECONDS 0.5

enum { PAGE = 4096, TAKEN_BACK = 1 << 16 };
#define SLOT RATE_ARENA_LEAST

/* In shared memory: a part belongs to who counts its number first. */
typedef struct turns {
	_Atomic uint32_t next;
	_Atomic uint32_t done;
} turns;

static int is_own(const rate_bound_spec *b)
{
	for (size_t i = 0; b && i < b->words; i++)
		if (!b->word[i].info->own)
			return 0;
	return 1;
}

int rate_batch_may_hold(const rate_check *c)
{
	return c->theorem->own && is_own(c->objective) && is_own(c->method) && !c->reference;
}

int rate_batch_has_room(size_t checkpoints, uint64_t count)
{
	return (double)count * 24 * ((double)checkpoints + 1) <= (double)SLOT / 2;
}

int rate_batch_open(rate_batch *b)
{
	b->room = PAGE + b->count * SLOT;
	if (!(b->arena = rate_arena(b->room)))
		return RATE_FAIL;
	for (size_t i = 0; i < b->count; i++) {
		b->part[i]->arena = (rate_head *)(void *)((char *)b->arena + PAGE + i * SLOT);
		b->part[i]->room = SLOT;
	}
	return RATE_OK;
}

static double processor_time(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

int rate_batch_run(void *arg, rate_mark *mark)
{
	const rate_batch *b = arg;
	turns *t = b->arena;
	uint32_t i;

	while (processor_time() < b->seconds && (i = atomic_fetch_add(&t->next, 1)) < b->count) {
		if (rate_child(b->part[i], mark) || *mark->fault)
			break;
		atomic_store(&t->done, i + 1);
	}
	*mark->message = '\0';
	return RATE_OK;
}

static size_t at_most(uint32_t n, size_t most)
{
	return n < most ? n : most;
}

static size_t begun_of(const rate_batch *b)
{
	return at_most(atomic_load(&((turns *)b->arena)->next), b->count);
}

size_t rate_batch_left(const rate_batch *b)
{
	return b->count - begun_of(b);
}

size_t rate_batch_recall(rate_batch *b)
{
	size_t before = b->count;

	b->count = at_most(atomic_fetch_add(&((turns *)b->arena)->next, TAKEN_BACK), before);
	return before - b->count;
}

void rate_batch_outcome(const rate_batch *b, int well, size_t *begun, size_t *done)
{
	*begun = begun_of(b);
	*done = well ? at_most(atomic_load(&((turns *)b->arena)->done), *begun) : 0;
}

/* ---- Children of several pieces, in the parent ---- */

/* The next piece may share its child. */
int rate_may_share(const engine *e)
{
	const task *t = e->back;
	const job *j = t ? t->j : e->open;
	uint64_t count = t ? t->p.count : j->want - j->first < j->piece ? j->want - j->first : j->piece;

	return e->o->isolate && rate_ranks_count() == 1 && !(t && t->alone) && !j->user &&
	    rate_batch_may_hold(j->check) && (!j->measured || rate_batch_has_room(j->check->checkpoints, count));
}

void rate_free_shared(shared *s)
{
	if (s)
		rate_arena_free(s->b.arena, s->b.room);
	free(s);
}

/* What came to its end is taken, what was begun goes on alone, the rest as if nothing had been. */
static void shared_ended(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	shared *s = user, **link = &s->e->shared;
	engine *e = s->e;
	size_t begun, done;

	(void)reason;
	(void)seconds;
	while (*link != s)
		link = &(*link)->next;
	*link = s->next;
	e->here--;
	e->running--;
	rate_batch_outcome(&s->b, mark->done, &begun, &done);
	for (size_t i = done; i < begun; i++)
		s->task[i]->alone = 1;
	rate_put_back(e, s->task + done, s->b.count - done);
	for (size_t i = 0; i < done; i++) {
		double took = s->task[i]->p.arena->took;
		rate_end_piece(s->task[i], "", took >= 0 && took < 1e9 ? took : 0);
	}
	rate_free_shared(s);
}

/* Gives n pieces to one child; where that cannot be, each comes back. */
void rate_hand_out_shared(engine *e, task *const *t, size_t n)
{
	shared *s = calloc(1, sizeof *s);
	rate_limits limits = { e->o->seconds, e->o->memory, 1, NULL, 0, "--timeout" };

	if (!s)
		goto fail;
	s->e = e;
	s->b.seconds = fmin(BATCH_SECONDS, e->o->seconds / 4);
	for (s->b.count = 0; s->b.count < n; s->b.count++) {
		s->task[s->b.count] = t[s->b.count];
		s->task[s->b.count]->lent = 1;
		s->b.part[s->b.count] = &t[s->b.count]->p;
	}
	if (rate_batch_open(&s->b))
		goto fail;
	limits.arena = s->b.arena;
	limits.room = s->b.room;
	if (rate_pool_submit(e->pool, rate_batch_run, &s->b, &limits, shared_ended, s))
		goto fail;
	e->here++;
	e->running++;
	s->next = e->shared;
	e->shared = s;
	return;
fail:
	rate_free_shared(s);
	for (size_t i = 0; i < n; i++)
		t[i]->alone = 1;
	rate_put_back(e, t, n);
}

/* A worker has nothing to do: it takes over what another child has not begun. Is there something? */
int rate_relieve(engine *e)
{
	shared *most = NULL;
	size_t n;

	for (shared *s = e->here < e->o->jobs ? e->shared : NULL; s; s = s->next)
		if (!most || rate_batch_left(&s->b) > rate_batch_left(&most->b))
			most = s;
	if (!most || !(n = rate_batch_recall(&most->b)))
		return 0;
	rate_put_back(e, most->task + most->b.count, n);
	return 1;
}
