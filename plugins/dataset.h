/* The options of a data set, behind its file: FILE@target=COLUMN@positive=VALUE@intercept@standardise=none. A file that
 * is called so is the file. */
#ifndef PLUGINS_DATASET_H
#define PLUGINS_DATASET_H

#include "ratecheck/abi.h"
#include "plugins/error.h"

typedef struct rate_dataset {
	char file[4096];
	char target[128]; /* name or number of a column of a table; "": the last one */
	int is_one, intercept;
	int raw, scaled; /* the columns stay as in the file; they were asked to be standardised */
	double one; /* is_one: rows with this target have the label 1, all others -1 */
} rate_dataset;

/* RATE_FAIL: one line naming the option. */
int rate_dataset_split(const char *spec, rate_dataset *out, rate_error *error);
/* One label against all others. RATE_FAIL: no row has it, or every one. */
int rate_dataset_label(const rate_dataset *set, const char *name, size_t rows, double *b, rate_error *error);
/* A column of ones behind the others; what is to be standardised. */
int rate_dataset_apply(const rate_dataset *set, rate_table *t, rate_error *error);

#endif
