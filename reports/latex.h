/* Texts of results as LaTeX source. */
#ifndef REPORTS_LATEX_H
#define REPORTS_LATEX_H

#include <stdio.h>

/* Running text: what LaTeX would read as a command stands for itself, and a line may break after a comma. */
void rate_latex_text(FILE *out, const char *s);
/* A formula in plain text such as "D²/(2γt)", without the dollars. */
void rate_latex_formula(FILE *out, const char *s);

#endif
