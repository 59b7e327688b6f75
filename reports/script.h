/* Indices and powers in plain text: x_t, t_{k+1}, r^(2t). */
#ifndef REPORTS_SCRIPT_H
#define REPORTS_SCRIPT_H

#include <stddef.h>

/* What the _ or ^ at s raises or lowers: its bytes behind the mark, 0 for none; *skip: 1 if they stand in brackets
 * that are not shown. `bracketed`: ( ) groups after _, too, and is not shown, as rate_tex writes. */
size_t rate_script_at(const char *s, int bracketed, int *skip);
/* The bytes of a bracket at s with its contents; 0: none, or it is not closed. */
size_t rate_script_bracket(const char *s, char open, char close);
size_t rate_script_sign(const char *s); /* the bytes of one sign */

#endif
