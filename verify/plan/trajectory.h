/* A path that another program has walked, read from a table: t, then x_t or F(x_t). */
#ifndef VERIFY_TRAJECTORY_H
#define VERIFY_TRAJECTORY_H

#include "plugins/error.h"
#include "verify/record/check.h"

/* RATE_OK, or RATE_FAIL with one line that names file and line. */
int rate_trajectory_read(rate_trajectory *out, const char *file, rate_error *error);
void rate_trajectory_free(rate_trajectory *t);

#endif
