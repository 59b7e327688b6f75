/* Terms of a sum that are asked for one after the other at the same point, as the host does when it looks at all of
 * them: a program is asked for the next ones, too, in the same question. Oracles have no memory, and each answer is
 * given once. */
#ifndef PLUGINS_PIPE_AHEAD_H
#define PLUGINS_PIPE_AHEAD_H

#include <stddef.h>
#include <stdint.h>

/* Terms index[r] at the rows of x, `width` numbers each; RATE_OK or RATE_FAIL. */
typedef int (*rate_ahead_ask)(void *self, uint32_t code, size_t rows, const uint64_t *index, const double *x,
                              size_t width, double *out);

/* A walk over the terms: which oracle, at which point. */
typedef struct rate_walk {
	uint32_t code;
	uint64_t next;       /* term that continues it */
	size_t asked, given; /* answers that are there, and of those given */
	double *x, *answer;
	uint64_t used;
} rate_walk;

/* The host looks at values and gradients at two points in turn. */
enum { RATE_WALKS = 4 };
typedef struct rate_ahead {
	uint64_t n, calls;
	size_t d;
	rate_walk walk[RATE_WALKS];
	double *block; /* a point, as often as terms are asked for */
} rate_ahead;

/* out <- term i at x. */
int rate_ahead_term(rate_ahead *a, rate_ahead_ask ask, void *self, uint32_t code, uint64_t i, const double *x,
                    size_t width, double *out);
void rate_ahead_free(rate_ahead *a);

#endif
