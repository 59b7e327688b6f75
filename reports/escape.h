/* Texts of others (titles, formulas, specifications, reasons, names of files), put into a format as text: no part of
 * them is a command there. Every writer goes through this one door, but for JSON (jansson) and LaTeX (latex.h). */
#ifndef REPORTS_ESCAPE_H
#define REPORTS_ESCAPE_H

#include <stdio.h>

typedef enum rate_format {
	RATE_PLAIN,   /* a terminal: signs, blanks, newlines and tabs */
	RATE_ROFF,    /* a line of text */
	RATE_HTML,    /* content, and attributes within either quotes */
	RATE_GNUPLOT, /* the inside of "..." */
	RATE_ENHANCED, /* the same, where gnuplot reads _ and ^ */
	RATE_TAP,     /* a description or comment */
	RATE_YAML,    /* the inside of "..." */
	RATE_SHELL    /* one word, with its quotes */
} rate_format;

/* Control characters, bytes that are no UTF-8 and marks that turn the direction of writing become blanks; the shell's
 * words keep them. */
void rate_escape(FILE *out, rate_format format, const char *text);
/* " --option 'word'" of a command line. */
void rate_escape_option(FILE *out, const char *option, const char *word);
/* The bytes of the sign at s, of at most n; 0 if it is none of those that may be shown. */
size_t rate_sign_at(const char *s, size_t n);

#endif
