/* What a child hands back lies in one shared arena: a head, then the arrays, packed in the order of the pointers. The
 * arena is virtual: only pages that are written cost memory. */
#ifndef VERIFY_WIRE_H
#define VERIFY_WIRE_H

#include "verify/record/check.h"

#define RATE_ARENA ((size_t)1 << 30)
#define RATE_ARENA_LEAST ((size_t)1 << 24) /* where so much room is not to be had */
#define RATE_POINTS_MOST 400               /* of a point theorem */

typedef struct rate_head {
	int applicable, unfit, stochastic, points;
	char reason[512], parameters[512], lowered[256], range[160];
	size_t d, n, params, checkpoints, used;
	uint64_t T;
	double proven_power, proven_factor;
	rate_units units;
	double setup, ran; /* seconds until the check was prepared, and those of the replicates */
	double took;       /* seconds, all in all */
	rate_measured m;
	int path_bound, has_transient;
} rate_head;

/* What lies behind the head: [checkpoint], then [checkpoint][replicate]. */
typedef struct rate_arrays {
	double *at, *bound, *transient, *param, *q, *s, *b;
} rate_arrays;

/* The layout that child and parent agree on, from the numbers of h. RATE_FAIL: it does not fit into room bytes. */
int rate_lay_out(const rate_head *h, void *arena, size_t room, size_t *used, rate_arrays *a);

/* A copy of the arena's head that can be worked with, whatever a plugin has written over it: numbers in their ranges,
 * texts with an end, no pointers. RATE_FAIL: these are no measurements of replicates first..first+count-1 of c. */
int rate_look_over(const rate_check *c, const void *arena, uint64_t first, uint64_t count, int prepare_only,
                   rate_head *h);

/* Checkpoints of a run ascend, and none lies beyond the horizon; points have no order. */
int rate_in_order(const rate_check *c, const rate_head *h, const double *at);

/* One remark more in a line of them. */
void rate_add_note(char *line, size_t size, const char *note);

#endif
