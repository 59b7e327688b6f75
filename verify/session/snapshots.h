/* Full gradients of a block, those of rows that have not moved since the last time without asking again. */
#ifndef VERIFY_SNAPSHOTS_H
#define VERIFY_SNAPSHOTS_H

#include "verify/session/session.h"

/* The bits of s->source->gradients, and as many calls are counted. */
int rate_gradients_of_block(rate_session *s, const double *x, double *g);
void rate_snapshots_free(rate_session *s);

#endif
