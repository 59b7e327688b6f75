/* The rows of a run: the state and work blocks of its method and of the host, and what is known of their rounding
 * errors. Belongs to one session. */
#ifndef VERIFY_BLOCKS_H
#define VERIFY_BLOCKS_H

#include <stddef.h>

#include "plugins/load.h"

typedef struct rate_blocks {
	size_t capacity, states;
	double **state, **scratch, *average, *acc, step_values[RATE_SCHEDULES_MOST];
	double *rows, *kept; /* work blocks of the host */
	size_t window;       /* first of the rows that are live */
	/* of each row: |x| and what is left of longer ones that the steps have subtracted; then three rows of what
	 * that is made of: |x| before the last step, what is left, |x - x_star| before it */
	double *reach;
	/* rounding.h; NULL: no such steps */
	struct rate_polyak { double *blur, *gap, *scale, *slope, *before; } polyak;
} rate_blocks;

#endif
