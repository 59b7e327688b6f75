/* What figures are drawn as, and how large: gnuplot.c. */
#ifndef REPORTS_GNUPLOT_H
#define REPORTS_GNUPLOT_H

#include "reports/draw.h"

enum { RATE_PICTURES = 3 };

/* How a file of each kind begins, and what of gnuplot draws it. */
extern const struct rate_picture {
	const char *name, *output, *terminal, *begins;
	unsigned kind;
} rate_pictures[RATE_PICTURES];

int *rate_picture_wanted(rate_drawing *d, size_t kind);

/* On paper a figure is as wide as a column, with text of 8pt: pdfcairo makes two thirds of what it is told. */
#define RATE_PAPER "size %.4gcm,%.4gcm"
#define RATE_PAPER_LINE 0.33 /* cm, each */
#define RATE_PAPER_WIDTH 8.4

#endif
