/* The engine: runs checks in child processes, judges them, hands results on in plan order. */
#ifndef VERIFY_ENGINE_H
#define VERIFY_ENGINE_H

#include "verify/record/check.h"

typedef struct rate_engine_options {
	unsigned jobs;
	double seconds;   /* limit of one child */
	size_t memory;    /* bytes */
	int isolate, prepare_only, progress, quiet;
} rate_engine_options;

/* Called once for each check in the order of the plan. m is NULL if nothing was measured. Return nonzero to stop. */
typedef int (*rate_deliver)(void *user, size_t number, const rate_check *check, const rate_measured *m,
                            const rate_verdict *verdict);

/* RATE_OK, RATE_FAIL (out of memory, or a rank is lost), or 130 if interrupted. checks[i].applicable etc. are filled
 * in on the way. */
int rate_engine(rate_check **checks, size_t count, const rate_engine_options *o, rate_deliver deliver, void *user);

/* What the other ranks do (verify/work/ranks.h): measure the pieces of these checks that rank 0 sends, until it wants
 * no more. */
int rate_engine_serve(rate_check **checks, size_t count, const rate_engine_options *o);

#endif
