/* What one child does: prepares its check, measures its replicates, and lays all in the arena. */
#ifndef VERIFY_CHILD_H
#define VERIFY_CHILD_H

#include "plugins/isolate.h"
#include "verify/work/wire.h"

typedef struct rate_part {
	const rate_check *check; /* of the plan: only read */
	uint64_t first, count;   /* its replicates */
	int accusing;            /* looks at all that the objective declares, wherever the probe would */
	int prepare_only;
	rate_head *arena;
	size_t room;             /* its bytes */
} rate_part;

/* arg is a rate_part. RATE_FAIL with mark->message. */
int rate_child(void *arg, rate_mark *mark);

#endif
