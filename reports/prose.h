/* The prose of theorem files, pandoc's Markdown with TeX formulas, for a terminal. */
#ifndef REPORTS_PROSE_H
#define REPORTS_PROSE_H

#include <stdio.h>

/* Prints `n` bytes of Markdown in lines of at most `width` characters; `bold`: headings in bold;
 * `ascii`: no other signs. 0, or RATE_FAIL: out of memory. */
int rate_prose(FILE *out, const char *text, size_t n, size_t width, int bold, int ascii);
/* The prose of the file that holds the theorem `id`, from `path` (all files, as extract.awk writes them), and the
 * name of its page in the book. NULL: no such file or theorem. The caller frees. */
char *rate_prose_of(const char *path, const char *id, char *name, size_t size);
/* The prose blocks of the C file beside a plugin, FILE.c of FILE.so, if it defines `id`; NULL: there are none. */
char *rate_prose_beside(const char *plugin, const char *id);

#endif
