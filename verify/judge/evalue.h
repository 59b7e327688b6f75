/* E-values of "E X <= B" for X >= 0, and the largest multiple of B that the data refute. */
#ifndef VERIFY_EVALUE_H
#define VERIFY_EVALUE_H

#include <stddef.h>

/* The rows (checkpoints) that take part and how they are put together. */
typedef struct rate_rows_e {
	const double *x;     /* [checkpoint][replicate], >= 0, +inf allowed */
	const double *bound; /* [checkpoint] or NULL: all 1 */
	const size_t *row;   /* `rows` indices of checkpoints, or NULL: 0..rows-1 */
	size_t rows, replicates;
	double log_s;        /* ln |S|, of all judged checkpoints, also of those left out here */
	/* The least of the rows, if it is only to be compared with need > 0: a value on the right side of it will do,
	 * which one row or one stake often settles. *weakest: the row that settled it last, asked first. */
	double need;
	size_t *weakest;
} rate_rows_e;

/* log e of the claim with the bound c B: the average over rows, or the least of the rows (claims on a minimum). */
double rate_log_e_average(const void *rows_e, double c);
double rate_log_e_least(const void *rows_e, double c);

/* Largest c, to 1e-3 in ln c and rounded down, with log_e(data, c) >= need. log_e falls in c and is below `need` at
 * c >= top. 0 if there is none. */
double rate_largest_refuted(double (*log_e)(const void *data, double c), const void *data, double top, double need);

#endif
