/* Exact worst cases that were computed before: lines of `ratecheck exact --format json`. */
#ifndef VERIFY_WORST_KNOWN_H
#define VERIFY_WORST_KNOWN_H

#include "plugins/error.h"
#include "verify/record/check.h"

typedef struct rate_exact_table rate_exact_table;

/* NULL with a line in error: no such file, or what is wrong in which line. */
rate_exact_table *rate_known_read(const char *file, rate_error *error);
void rate_known_free(rate_exact_table *known);

/* Of the class that the check is about, after its steps, for its claim. The same theorem, method, parameters and
 * number of terms up to scale: f and x in other units. `known` may be NULL. */
rate_known_worst rate_known_find(const rate_exact_table *known, const rate_check *check);

/* The largest exact worst case over the proven bound among a theorem's lines, for the claim itself; after how many
 * steps, and what the most steps are that were computed. NaN: there is none. */
double rate_known_factor(const rate_exact_table *known, const char *theorem, uint64_t *steps, uint64_t *most);

#endif
