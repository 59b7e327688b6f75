/* Data sets are read once, before children are made: each of them finds the rows in the memory that it shares. */
#ifndef VERIFY_DATA_H
#define VERIFY_DATA_H

#include <stddef.h>

#include "verify/record/check.h"

void rate_read_data(rate_check *const *checks, size_t count);

#endif
