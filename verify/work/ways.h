/* The ways of measuring, in the order in which they are tried. */
#ifndef VERIFY_WAYS_H
#define VERIFY_WAYS_H

#include "verify/session/session.h"

typedef struct rate_way {
	const char *name;
	rate_statistic statistic;
	int (*fits)(const rate_session *s, const rate_check *c, uint64_t first);
	int many;    /* a column for every replicate, else one in all */
	int (*set_up)(rate_session *s, rate_check *c); /* the checkpoints; NULL: those of prepare */
	/* 1: m is filled with replicates first..first+count-1; 0: it cannot be, the next way is tried; RATE_FAIL,
	 * with s->error. */
	int (*run)(rate_session *s, rate_check *c, uint64_t first, size_t count, rate_measured *m);
} rate_way;

/* The first way at or after `way` (NULL: any) that fits. The last row fits whatever is left. */
const rate_way *rate_way_next(const rate_way *way, const rate_session *s, const rate_check *c, uint64_t first);

#endif
