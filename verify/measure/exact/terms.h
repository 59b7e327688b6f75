/* Maps of a step that differ by one row each: M_i = B + u_i w_i', i a term, as every method has them that is linear
 * in the gradient of a term of least squares. The mean over all subsets of `batch` terms of M_S K M_S' then takes n
 * S^2 operations, not n S^3, and no list of subsets. */
#ifndef VERIFY_TERMS_H
#define VERIFY_TERMS_H

#include <stddef.h>

#include "kernels/kernels.h"

typedef struct rate_terms rate_terms;

/* n maps of side S, all 0. NULL: out of memory. */
rate_terms *rate_terms_new(size_t side, size_t n, size_t batch);
void rate_terms_free(rate_terms *t);
/* Takes map i apart. 0: it is not B and something of rank one, but for rounding. */
int rate_terms_set(rate_terms *t, size_t i, const double *B, const double *M);
/* When all are set: mean <- the mean map. */
void rate_terms_close(rate_terms *t, const double *B, double *mean);
/* Is M the map of the batch that begins with term `first`: B and the mean of its rows? */
int rate_terms_agree(const rate_terms *t, size_t first, const double *B, const double *M);
/* next <- the mean of M_S K M_S', K symmetric. */
void rate_terms_apply(rate_terms *t, const rate_kernels *k, const double *K, double *next);
/* E g g' of the mean g of a batch is this times the mean of g_i g_i', and the rest times that of the mean. */
double rate_terms_apart(size_t n, size_t batch);
/* Multiplications of `apply`. */
double rate_terms_work(size_t side, size_t n);

#endif
