/* A row while it is added up, dense; `rate_gather` takes it out and leaves the builder empty. Private to rows.c and
 * program.c. */
#ifndef VERIFY_WORST_ROWS_H
#define VERIFY_WORST_ROWS_H

#include "verify/worst/worst.h"

typedef struct rate_builder {
	size_t n;
	double *q; /* n x n: sum of w/2 u v' */
	size_t m;  /* values, and the least piece */
	double *f; /* m: their weights */
	double c;
} rate_builder;

void rate_build_value(rate_builder *b, double w, int number);
void rate_build_scalar(rate_builder *b, const rate_scalar *s, double w);
/* `work`: 2 n doubles. */
void rate_build_row(rate_builder *b, const rate_worst *w, const rate_row_id *id, double *work);
int rate_gather(rate_builder *b, rate_sparse *out);

#endif
