/* What the pages of a report share. Private to reports/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_HTML_H
#define REPORTS_HTML_H

#include "reports/draw.h"

void rate_html_text(FILE *out, const char *s);
void rate_html_element(FILE *out, const char *open, const char *s, const char *close); /* nothing, if s is empty */
/* Text whose x_t and r^(2t) are set as such; `bracketed`: as rate_tex writes them. */
void rate_html_formulas(FILE *out, const char *s, int bracketed);
void rate_html_number(FILE *out, double x); /* a cell */
void rate_html_specification(FILE *out, const char *open, const char *spec, const char *close); /* short numbers */
int rate_html_skipped(const json_t *o); /* the theorem does not apply */

/* `base` leads from the page to the folder: "", or "../". */
void rate_html_head(FILE *out, const char *title, const char *base);
/* The dot plot of a theorem or an objective, if it was drawn. */
void rate_html_dots(const rate_drawing *d, FILE *out, const char *name, const char *what, const char *base);
void rate_html_sparkline(const rate_drawing *d, FILE *out, const json_t *o); /* nothing, if it has no curve */
/* What is known of one theorem: its claim, three figures, a row for each check. */
void rate_html_theorem(const rate_drawing *d, FILE *out, const json_t *first, const char *base);

int rate_html_write_style(rate_drawing *d);    /* report.css */
int rate_html_write_theorems(rate_drawing *d); /* theorems/ID.html for each theorem that ran */

#endif
