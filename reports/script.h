/* Indices and powers in plain text: x_t, t_{k+1}, r^(2t). */
#ifndef REPORTS_SCRIPT_H
#define REPORTS_SCRIPT_H

#include <stddef.h>
#include <stdio.h>

#include "reports/escape.h"

/* What the _ or ^ at s raises or lowers: its bytes behind the mark, 0 for none; *skip: 1 if they stand in brackets
 * that are not shown. `bracketed`: ( ) groups after _, too, and is not shown, as rate_tex writes. */
size_t rate_script_at(const char *s, int bracketed, int *skip);
/* The bytes of a bracket at s with its contents; 0: none, or it is not closed. */
size_t rate_script_bracket(const char *s, char open, char close);
size_t rate_script_sign(const char *s); /* the bytes of one sign */

/* What a format puts around a piece that is raised or lowered, and for the end of a line: NULL, as in any text. */
typedef struct rate_script_marks {
	rate_format format;
	const char *raise[2], *lower[2], *line_end;
} rate_script_marks;

/* A text with its indices and powers in their places. */
void rate_script_write(FILE *out, const rate_script_marks *m, const char *s, int bracketed);

#endif
