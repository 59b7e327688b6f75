/* Where a data file is and what its bytes are: unpacked, in a byte encoding. */
#ifndef PLUGINS_DATAFILE_H
#define PLUGINS_DATAFILE_H

#include <stddef.h>

#include "plugins/error.h"

/* A name without `/` and `.` is a file of this folder or, if there is none, a built-in set. */
int rate_datafile_find(const char *file, char *path, size_t size, rate_error *error);

/* The caller frees *text. Plain or gzip. RATE_FAIL: one line that names the file. */
int rate_datafile_read(const char *path, char **text, size_t *length, rate_error *error);

/* RATE_FAIL: UTF-16, a packed file, a spreadsheet, zero bytes; with what to do. */
int rate_datafile_is_text(const char *path, const char *text, size_t length, rate_error *error);

#endif
