/* A results folder while it is written: run.json, results.jsonl, curves/. Lines are whole or absent: they grow in
 * results.jsonl.part, which --resume goes on with, and are put in the order of the plan under their name at the end. */
#ifndef REPORTS_STORE_H
#define REPORTS_STORE_H

#include <stddef.h>
#include <sys/types.h>

#include "plugins/error.h"
#include "reports/report.h"

typedef struct rate_store rate_store;

typedef struct rate_store_options {
	int resume, retry, force; /* go on with the results there; run broken checks again; write over them */
} rate_store_options;

/* What the run before found for a check: where its line stands, and what the summary counts. */
typedef struct rate_kept {
	char *check;
	off_t at;
	size_t length;
	rate_verdict_code code;
	int control, sampled;
	int beside, parts; /* as rate_parts tells; 0 without beside */
} rate_kept;

/* json says what the results depend on: a resumed run must have the same. The folder is locked until it is closed. */
int rate_store_open(rate_store **out, const char *folder, const char *json, const rate_store_options *o,
                    rate_error *error);
/* What is kept of a check from the run before, or NULL. */
const rate_kept *rate_store_kept(const rate_store *s, const char *check);
/* The next line of the plan is this one, or that of a new result. */
int rate_store_again(rate_store *s, const rate_kept *kept, rate_error *error);
int rate_store_result(rate_store *s, const rate_result *r, rate_error *error);
int rate_store_print(const rate_store *s, const rate_kept *kept, FILE *out);
/* Finished: the results get their name. NULL is fine. */
int rate_store_close(rate_store *s, int finished, rate_error *error);

#endif
