/* The hunt: searches the instances of a theorem for the largest measured / bound, and makes a violation small. Runs
 * in a child process; the parent reads what has been found from shared memory while it goes on. */
#ifndef VERIFY_HUNT_H
#define VERIFY_HUNT_H

#include "plugins/error.h"
#include "plugins/isolate.h"
#include "verify/hunt/space.h"

#define RATE_HUNT_ANY_TIME 1e6 /* seconds of a hunt that is bounded by evaluations */

typedef struct rate_hunt {
	rate_registry *registry;
	const rate_bound_spec *theorem, *method; /* method: the user's, or the theorem's own; NULL for point theorems */
	const char *const *objective;            /* specs; none: all that are built in */
	size_t objectives;
	uint64_t seed, steps, evaluations;       /* evaluations 0: bounded by time only */
	size_t dimension;
	double seconds, factor, power;
	/* score by the largest ratio, also where it is reached in the transient alone */
	int early;
	uint64_t from_step;                      /* steps before are not looked at */
	double floor;                            /* no step size and no horizon below this fraction of its range */
} rate_hunt;

/* One instance: plain text that binds again. */
typedef struct rate_quarry {
	char objective[8192], parameters[1024];
	uint64_t steps;
	size_t dimension;
	/* what the search scored it by: of an instance that holds the ratio after the transient, if there is one */
	double ratio;
	int violated;
} rate_quarry;

/* What parent and child share. Of two copies the one that `best` names is whole at any time. */
typedef struct rate_hunted {
	rate_quarry copy[2];
	volatile int best; /* -1: nothing yet */
	volatile int shrinking;
	volatile uint64_t evaluations;
	uint64_t judged, false_, broken, inexact;
	int sampled;       /* no instance had an exact mean: the search went by means of a few draws */
	double seconds;    /* until the violation was found */
	double corner;     /* the largest ratio that is reached at the start alone, and where; 0: none */
	uint64_t corner_step;
	char corner_at[8192];
	char trying[8192]; /* the instance that is being run: named if it kills the child */
	char remark[1024]; /* the first instance whose constants are false, or that broke */
	char why[640];     /* why an instance was not judged: the last reason, of the claim's own if there is one */
	int its_own;
} rate_hunted;

/* Why the theorem cannot be hunted for, or NULL. */
const char *rate_cannot_hunt(const rate_class_info *theorem);
/* Runs the hunt in a child; RATE_OK, 130 if interrupted, or RATE_FAIL with a line in reason: what it had found until
 * then stands in *found, which is of rate_arena. */
int rate_hunt_chase(const rate_hunt *hunt, rate_hunted *found, int progress, rate_error *reason);
/* The theorem with the quarry's parameters, if it runs a method, and the factor of its bound. */
void rate_quarry_spec(char *out, size_t size, const char *head, const rate_quarry *q, int runs, double factor);
/* RATE_FAIL with words in mark->message. */
int rate_hunt_run(const rate_hunt *hunt, rate_hunted *out, rate_mark *mark);

#endif
