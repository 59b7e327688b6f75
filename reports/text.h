/* Short forms of specs and numbers, shared by the table, TAP and the figures. */
#ifndef REPORTS_TEXT_H
#define REPORTS_TEXT_H

#include <stddef.h>

/* Copies at most `columns` characters (UTF-8 counted as one each), the last an ellipsis if text was cut. */
void rate_shorten(char *out, size_t size, const char *text, size_t columns);
/* The number of characters, as a terminal counts them. */
size_t rate_columns(const char *text);
/* "gamma=0.10000000000000001" -> "gamma=0.1": every number of a list to 4 digits. */
void rate_short_numbers(char *out, size_t size, const char *text);
/* "%.*g", or "-" for NaN. */
void rate_number(char *out, size_t size, double x, int digits);

#endif
