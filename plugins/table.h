/* Data sets: tables of numbers (CSV and its kin, the last column the target) and LIBSVM files, or a built-in set by its
 * name. What could be read in two ways is refused. */
#ifndef PLUGINS_TABLE_H
#define PLUGINS_TABLE_H

#include "plugins/dataset.h"
#include "plugins/error.h"

/* RATE_FAIL: one line naming file, line and column. The rows live until the process ends. `file` may have options
 * behind it (dataset.h). `sparse`: rows that are mostly zeros may come by their entries. */
int rate_table_read(const char *file, int sparse, rate_table *out, rate_error *error);

/* The same of `length` bytes; `path` is for the words only. `set`: what is asked of the target, or
 * NULL. rate_table_free frees what out holds. */
int rate_table_parse(const char *path, const char *text, size_t length, const rate_dataset *set, int sparse,
                     rate_table *out, rate_error *error);
void rate_table_free(rate_table *t);

#endif
