/* A path that another program has walked, read from a table: t, then x_t or F(x_t). */
#ifndef VERIFY_TRAJECTORY_H
#define VERIFY_TRAJECTORY_H

#include "verify/record/check.h"

/* RATE_OK, or RATE_FAIL with one line that names file and line. */
int rate_trajectory_read(rate_trajectory *out, const char *file, char *error, size_t size);
void rate_trajectory_free(rate_trajectory *t);

#endif
