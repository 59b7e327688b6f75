/* Several pieces for one child, where nothing is lost by it: what they call ships with the program. What goes wrong in
 * a batch is told of nobody: that piece is run again in a child of its own. */
#ifndef VERIFY_BATCH_H
#define VERIFY_BATCH_H

#include "verify/work/child.h"

enum { RATE_BATCH_MOST = 64 };

/* Its arena: a page for the turns, then a slot for each part. */
typedef struct rate_batch {
	rate_part *part[RATE_BATCH_MOST];
	size_t count;
	double seconds; /* of processor time, after which it begins no other part */
	void *arena;
	size_t room;
} rate_batch;

/* May the check share a child? */
int rate_batch_may_hold(const rate_check *c);
/* Does a piece of so many replicates fit into a slot, if that many checkpoints are known? */
int rate_batch_has_room(size_t checkpoints, uint64_t count);
/* The arena and the slots of the parts. RATE_FAIL: no memory for them. */
int rate_batch_open(rate_batch *b);
/* The body of the child; arg is a rate_batch. */
int rate_batch_run(void *arg, rate_mark *mark);
/* How many it has not begun. */
size_t rate_batch_left(const rate_batch *b);
/* Takes back the parts that the child has not begun: those from ->count on, which is lowered. How many. */
size_t rate_batch_recall(rate_batch *b);
/* Of a child that has ended: the first *done parts came to their end and the first *begun were begun. `well`: so did
 * the child; nothing is believed of one that was brought down. */
void rate_batch_outcome(const rate_batch *b, int well, size_t *begun, size_t *done);

#endif
