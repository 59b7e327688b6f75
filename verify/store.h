/* A results folder: run.json, results.jsonl, curves/. Lines are whole or absent: results grow in a file of another name
 * that is renamed at the end, and --resume takes over the lines that are there. */
#ifndef VERIFY_STORE_H
#define VERIFY_STORE_H

#include <stddef.h>

#include "reports/report.h"

typedef struct rate_store rate_store;

int rate_store_open(rate_store **out, const char *folder, int resume, char *error, size_t size);
/* The kept line of a check from the run before, or NULL. */
const char *rate_store_kept(const rate_store *s, const char *check);
int rate_store_line(rate_store *s, const char *line, char *error, size_t size);
int rate_store_result(rate_store *s, const rate_result *r, char *error, size_t size);
int rate_store_run(rate_store *s, const char *json, char *error, size_t size);
/* Renames the results into place; NULL is fine. */
int rate_store_close(rate_store *s, int finished, char *error, size_t size);

#endif
