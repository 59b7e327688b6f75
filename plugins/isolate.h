/* Child processes that may crash, hang or misbehave without harm: fork, limits, deadline, and words for what happened. */
#ifndef PLUGINS_ISOLATE_H
#define PLUGINS_ISOLATE_H

#include <stddef.h>
#include <stdint.h>

/* Where the child is: written before each plugin call, read by the parent after a crash. Lives in shared memory. */
typedef struct rate_mark {
	char plugin[96];
	char oracle[32];
	uint64_t step;
	uint64_t item;     /* what the body was working on (its own meaning) */
	char message[512]; /* filled in by a body that fails with words */
	int done;          /* set last by a body that came to its end */
} rate_mark;

typedef struct rate_limits {
	double seconds;      /* wall clock; CPU limit is set a little above */
	size_t memory;       /* bytes of address space beyond what the parent uses; 0: no limit */
	int isolate;         /* 0: run the body in this process (debuggers, valgrind) */
} rate_limits;

/* A body gets its argument and the mark; returns RATE_OK or an error with mark->message set. Shared memory that it
 * fills (rate_arena) is what the parent sees. */
typedef int (*rate_body)(void *arg, rate_mark *mark);

/* Zeroed anonymous shared memory, page-aligned; NULL if there is none left. */
void *rate_arena(size_t bytes);
void rate_arena_free(void *p, size_t bytes);

typedef struct rate_pool rate_pool;

/* How a job ended: reason is "" if well, else one line such as
 * "mine.so#bowl: gradient at step 17: killed by SIGSEGV" (plugin, oracle, step, cause). */
typedef void (*rate_finished)(void *user, const char *reason, const rate_mark *mark, double seconds);

/* Up to `jobs` children at once. Submit starts the job at once if a slot is free, else queues it in order. */
rate_pool *rate_pool_new(unsigned jobs);
int rate_pool_submit(rate_pool *p, rate_body body, void *arg, const rate_limits *limits, rate_finished done, void *user);
/* Waits for at least one job to end (and calls its `done`, which may submit more). Returns how many are queued or
 * running, 0 when all is done; -1 if interrupted by SIGINT/SIGTERM (children are killed first). */
int rate_pool_wait(rate_pool *p);
/* The same, but comes back after so long though none has ended: for who has others to listen to as well. */
int rate_pool_poll(rate_pool *p, int milliseconds);
/* Said on standard error at once when a signal interrupts, where there may be no time to say it later. */
void rate_pool_last_words(const char *line);
/* Calls `tick` some fifty times a second while it waits. */
void rate_pool_on_tick(rate_pool *p, void (*tick)(void *user), void *user);
void rate_pool_free(rate_pool *p);

/* One body, waited for. RATE_OK, or RATE_FAIL with the reason. */
int rate_isolated(rate_body body, void *arg, const rate_limits *limits, char *reason, size_t size);

#endif
