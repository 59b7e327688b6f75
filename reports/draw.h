/* What the writers of figures, HTML page and PDF share. Private to reports/. */
#ifndef REPORTS_DRAW_H
#define REPORTS_DRAW_H

#include <jansson.h>
#include <stdio.h>

#include "reports/report.h"

typedef struct rate_drawing {
	const char *folder;
	rate_draw_options o;
	json_t *all; /* the result lines, each an object with a usable "check" */
	char *error;
	size_t size;
} rate_drawing;

/* A curve's extent, from its CSV; numbers <= 0 cannot be drawn on a log scale and are not counted. */
typedef struct rate_extent {
	size_t points;             /* measured values that can be drawn */
	int band, exact;           /* has such columns */
	double first, last;        /* t of the first and last drawable point */
	double low, high;          /* of measured values and bounds */
	double bound_at, bound;    /* t and value of the bound near the geometric middle of t; bound 0: none */
} rate_extent;

const char *rate_field(const json_t *o, const char *key);     /* "" if absent or null */
double rate_field_real(const json_t *o, const char *key);     /* NaN if absent or null */
int rate_field_is(const json_t *o, const char *key, const char *value);
int rate_is_control(const json_t *o);
int rate_first_of_theorem(const rate_drawing *d, size_t i);   /* line i is the first of its theorem */
int rate_extent_of(const rate_drawing *d, const json_t *o, rate_extent *x); /* 1 if a figure can be drawn */

__attribute__((format(printf, 2, 3)))
int rate_draw_fail(rate_drawing *d, const char *format, ...);
/* Files get their name when they are complete: a killed report leaves no half file. */
FILE *rate_part_open(rate_drawing *d, const char *name);
int rate_part_close(rate_drawing *d, FILE *out, const char *name);
int rate_part_rename(rate_drawing *d, const char *name);
/* Runs a program inside the folder, output and errors to files there; `package` is what to install if it is missing. */
int rate_tool(rate_drawing *d, const char *const argv[], const char *out, const char *log, const char *package);

int rate_draw_figures(rate_drawing *d);
int rate_write_page(rate_drawing *d);
int rate_write_pdf(rate_drawing *d);

#endif
