/* Sparse sets in the shape of well-known ones, made when they are asked for. */
#ifndef PLUGINS_LIKE_H
#define PLUGINS_LIKE_H

#include <stddef.h>

#include "ratecheck/abi.h"
#include "plugins/error.h"

/* 0: `name` is none of them; 1: *out is it, to be freed by rate_table_free; RATE_FAIL: no memory, or no such size. */
int rate_like_make(const char *name, rate_table *out, rate_error *error);
/* Is it a name of one, with or without a number of rows? */
int rate_is_like(const char *name);
/* "rcv1-like, ...": for words. */
void rate_like_names(char *out, size_t size);

#endif
