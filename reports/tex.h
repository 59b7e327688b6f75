/* TeX formulas as lines of Unicode, and Unicode as ASCII, for terminals. */
#ifndef REPORTS_TEX_H
#define REPORTS_TEX_H

#include <stddef.h>

/* The formula in `n` bytes of `tex` as text; rows of an environment are lines. A command that is not known stays as
 * it is, with its backslash, so that it is seen. NULL: out of memory. The caller frees. */
char *rate_tex(const char *tex, size_t n);
/* The same text without signs beyond ASCII: greek letters by name, powers as ^2, what has no name as '?'. */
char *rate_ascii(const char *text);
/* The sign at s in TeX's words, such as "\gamma "; *script: 1 if it is raised, -1 if it is lowered, else 0. The bytes
 * of the sign, or 0 if it is not known. */
size_t rate_tex_sign(const char *s, char tex[16], int *script);

#endif
