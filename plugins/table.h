/* Data sets: CSV (header optional, last column the target) and LIBSVM files, or a bundled set by its name. */
#ifndef PLUGINS_TABLE_H
#define PLUGINS_TABLE_H

#include "ratecheck/abi.h"

/* RATE_FAIL: one line naming file, line and column. The rows live until the process ends. */
int rate_table_read(const char *file, rate_table *out, char *error, size_t size);

#endif
