/* Child processes that may crash, hang or misbehave without harm: fork, limits, deadline, and words for what
 * happened. */
#ifndef PLUGINS_ISOLATE_H
#define PLUGINS_ISOLATE_H

#include <stddef.h>
#include <stdint.h>

#include "plugins/error.h"

/* Whose callback runs. An oracle of the objective may run inside that of a method or of a theorem. */
typedef enum rate_caller { RATE_BY_NOBODY, RATE_BY_OBJECTIVE, RATE_BY_METHOD, RATE_BY_THEOREM,
                           RATE_CALLERS } rate_caller;

/* Where the child is: written before each plugin call, read by the parent after a crash. Lives in shared memory. */
typedef struct rate_mark {
	char plugin[96];   /* the objective, or what is being loaded */
	char oracle[32];   /* its callback that runs, or "": none */
	char outer[RATE_CALLERS][96]; /* the names of method and theorem */
	rate_caller caller;           /* outside of any oracle: whose callback runs */
	char call[32];                /* and which; the last one, if none runs */
	uint64_t step;
	uint64_t item;     /* what the body was working on (its own meaning) */
	char message[512]; /* filled in by a body that fails with words */
	uint64_t intact[2]; /* what nobody writes: else the texts on either side are not those of the child */
	char fault[320];   /* a promise of the ABI that a plugin broke: the job is broken, however it ends */
	int done;          /* set last by a body that came to its end */
} rate_mark;

typedef struct rate_limits {
	/* of its own: wall clock less the wait for a processor; the CPU limit is set a little above */
	double seconds;
	size_t memory;       /* bytes of address space beyond what the parent uses; 0: no limit */
	int isolate;         /* 0: run the body in this process (debuggers, valgrind) */
	/* the shared memory that the child may write to (rate_arena); other children do not see it */
	void *arena;
	size_t room;         /* its bytes */
	const char *option;  /* that sets `seconds`, or NULL */
} rate_limits;

/* A body gets its argument and the mark; returns RATE_OK or an error with mark->message set. Shared memory that it
 * fills (rate_arena) is what the parent sees. */
typedef int (*rate_body)(void *arg, rate_mark *mark);

/* Zeroed anonymous shared memory, page-aligned; NULL if there is none left. No child sees it but the one whose limits
 * name it. What a child left in it may be anything: who reads it checks it first. */
void *rate_arena(size_t bytes);
void rate_arena_free(void *p, size_t bytes);

typedef struct rate_pool rate_pool;

/* How a job ended: reason is "" if well, else one line such as
 * "mine.so#bowl: gradient at step 17: killed by SIGSEGV" (plugin, oracle, step, cause). */
typedef void (*rate_finished)(void *user, const char *reason, const rate_mark *mark, double seconds);

/* Up to `jobs` children at once. Submit starts the job at once if a slot is free, else queues it in order. */
rate_pool *rate_pool_new(unsigned jobs);
int rate_pool_submit(rate_pool *p, rate_body body, void *arg, const rate_limits *limits,
                     rate_finished done, void *user);
/* Waits for at least one job to end (and calls its `done`, which may submit more). Returns how many are queued or
 * running, 0 when all is done; -1 if interrupted by SIGINT/SIGTERM (children are killed first). */
int rate_pool_wait(rate_pool *p);
/* The same, but comes back after so long though none has ended: for who has others to listen to as well. */
int rate_pool_poll(rate_pool *p, int milliseconds);
/* Why fewer children run at once than were asked for ("" if not): a limit of the machine is no verdict on what it
 * runs. */
const char *rate_pool_shortage(const rate_pool *p);
/* Said on standard error at once when a signal interrupts, where there may be no time to say it later. */
void rate_pool_last_words(const char *line);
/* Calls `tick` some fifty times a second while it waits. */
void rate_pool_on_tick(rate_pool *p, void (*tick)(void *user), void *user);
void rate_pool_free(rate_pool *p);

enum { RATE_NOT_STARTED = 71 }; /* EX_OSERR: the machine had no process to give */
/* One body, waited for. RATE_OK, or RATE_FAIL or RATE_NOT_STARTED with the reason, or 130: a signal interrupted. */
int rate_isolated(rate_body body, void *arg, const rate_limits *limits, rate_error *reason);
/* Where nothing is lost by it, and no pool is open: the signal that interrupted it ends this process, too. */
void rate_end_if_interrupted(int rc);

#endif
