/* What the files of the engine share: checks under way, their pieces, the children of several. For engine.c, take.c and
 * batch.c alone. */
#ifndef VERIFY_ENGINE_PRIVATE_H
#define VERIFY_ENGINE_PRIVATE_H

#include "plugins/isolate.h"
#include "verify/work/batch.h"
#include "verify/work/child.h"
#include "verify/work/engine.h"

/* One check. A look is a range of replicates, of which the first piece shows what a replicate costs; the rest is cut
 * into pieces that any child may take. What a piece measures has its own columns, so the pieces may end in any
 * order. */
typedef struct job {
	struct engine *e;
	struct job *next_open;
	size_t number;
	rate_check *check;
	rate_measured m;      /* of all looks so far, and the place for what is running */
	rate_verdict verdict;
	uint64_t first, want; /* replicates first..want-1 of this look have not been handed out */
	uint64_t piece;       /* how many of them a child takes */
	uint64_t broken_at;   /* the first replicate of the piece that m.broken tells of */
	size_t running;       /* its pieces */
	uint64_t measured;    /* replicates that are in */
	int looks, over;
	/* What is run again for a refuted one: its reference, and the accuser, which looks at all that the objective
	 * declares; and back, the job on whose behalf that is. */
	struct job *user, *reference, *accuser;
	int accusing, accused;
} job;

/* A piece that is handed out. */
typedef struct task {
	struct task *next;      /* of those handed out */
	struct task *next_back; /* of those that came back as they were */
	job *j;
	rate_part p;
	int lent;               /* its arena is a batch's */
	int alone;              /* wants a child of its own: it did not come to its end in one that it shared */
} task;

/* The child of several pieces. */
typedef struct shared {
	struct shared *next;
	struct engine *e;
	rate_batch b;
	task *task[RATE_BATCH_MOST];
} shared;

typedef struct engine {
	const rate_engine_options *o;
	rate_pool *pool;
	rate_check **check;
	job **job; /* from launch to delivery: every fork copies the page tables of all that the parent holds */
	job *open; /* those that have pieces to hand out, the first asked first */
	task *task; /* handed out, and not over */
	task *back; /* of these, those that wait for another child */
	shared *shared;
	size_t count, next, delivered;
	size_t running, here; /* children under way, and those of them in this process's own pool */
	size_t most; /* children under way at once */
	int warned;
	rate_deliver deliver;
	void *user;
	int stop;
	double started;
} engine;

/* engine.c: in front of the pieces that came back, in the order in which they stood. */
void rate_put_back(engine *e, task *const *t, size_t n);
/* engine.c: a piece that has come to its end, or why it has not. */
void rate_end_piece(task *t, const char *reason, double seconds);

/* take.c: the arena's arrays become the check's and the measurements' own. */
int rate_take(task *t, rate_head *h);
/* take.c: columns for `all` replicates, those that are known in front. */
int rate_make_room(job *j, uint64_t all, int path_bound);
/* take.c: does this piece belong to a look of many replicates? */
int rate_one_of_many(const task *t, const rate_head *h);

/* batch.c: may the next piece share its child? */
int rate_may_share(const engine *e);
/* batch.c: gives n pieces to one child; where that cannot be, each comes back. */
void rate_hand_out_shared(engine *e, task *const *t, size_t n);
/* batch.c: a worker has nothing to do: it takes over what another child has not begun. Is there something? */
int rate_relieve(engine *e);
void rate_free_shared(shared *s);

#endif
