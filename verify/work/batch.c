/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/work/batch.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>

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
