/* A results folder: run.json, results.jsonl, curves/. Lines are whole or absent: results grow in a file of another name
 * that is renamed at the end, and --resume takes over the lines that are there. */
#ifndef VERIFY_STORE_H
#define VERIFY_STORE_H

#include <stddef.h>

#include "reports/report.h"

typedef struct rate_store rate_store;

/* What the run before found for a check: its line, and what the summary counts. */
typedef struct rate_kept {
	char *check, *line;
	rate_verdict_code code;
	int control, sampled;
} rate_kept;

/* json says what the results depend on besides the check: a resumed run must have the same. */
int rate_store_open(rate_store **out, const char *folder, const char *json, int resume, char *error, size_t size);
/* What is kept of a check from the run before, or NULL. */
const rate_kept *rate_store_kept(const rate_store *s, const char *check);
int rate_store_line(rate_store *s, const char *line, char *error, size_t size);
int rate_store_result(rate_store *s, const rate_result *r, char *error, size_t size);
/* Renames the results into place; NULL is fine. */
int rate_store_close(rate_store *s, int finished, char *error, size_t size);

#endif
