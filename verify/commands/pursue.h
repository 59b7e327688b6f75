/* verify --hunt: the sharpest instance that a hunt finds for a theorem becomes one more check of
 * the run. */
#ifndef VERIFY_PURSUE_H
#define VERIFY_PURSUE_H

#include "plugins/error.h"
#include "verify/hunt/hunt.h"
#include "verify/plan/plan.h"

typedef struct rate_pursuit {
	rate_registry *registry;
	const rate_plan_options *asked; /* of the run */
	double seconds;                 /* for a theorem; 0: any */
	uint64_t evaluations;           /* 0: any */
	int progress;
	/* What was found: */
	rate_plan_options plan; /* those of the run, but for this instance */
	const char *theorem, *objective;
	char spec[4096];
	rate_hunted *found;
	rate_error error;
} rate_pursuit;

/* The theorems of a plan that apply to something there and can be hunted, one check of each, in *next and on. NULL:
 * no more. */
const rate_check *rate_pursuit_next(const rate_plan *plan, size_t *next);
/* RATE_OK: p->plan asks for what was found; RATE_FAIL with a line in p->error if nothing could be judged or the child
 * died; 130 if interrupted. */
int rate_pursue(rate_pursuit *p, const rate_check *c);
void rate_pursuit_free(rate_pursuit *p);

#endif
