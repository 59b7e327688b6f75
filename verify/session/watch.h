/* Who looks on while a method runs: the counter of calls, the eyes of blame, the span of the gradients that were
 * seen. Belongs to one session. */
#ifndef VERIFY_WATCH_H
#define VERIFY_WATCH_H

#include <stdint.h>

typedef struct rate_watch {
	int counting;                 /* the method runs: calls count */
	uint64_t oracle_calls;
	unsigned machine;             /* control of the floating-point unit, as it has to stay */
	int lenient;                  /* the probe looks at the conduct of oracles itself */
	struct rate_blamer *blamer;   /* the last point and the gradient there; NULL: none yet */
	struct rate_glancer *glancer; /* the same for what blame looks at with the eyes of the probe */
	int summed;                   /* blame: the terms were added up */
	int thorough;                 /* the claim is refuted: blame leaves nothing out */
	struct rate_span *span;       /* lower bounds: the gradients that the method has seen; else NULL */
} rate_watch;

#endif
