/* What the writers of figures, HTML page and PDF share. Private to reports/. */
#ifndef REPORTS_DRAW_H
#define REPORTS_DRAW_H

#include <jansson.h>
#include <stdio.h>

#include "plugins/error.h"
#include "reports/report.h"
#include "verify/record/kinds.h"

#define RATE_LINE " line" /* the key under which a line knows its number */
#define BLUE "#0072B2" /* Okabe-Ito */
#define SKY "#56B4E9"
#define VERMILION "#D55E00"

enum { RATE_DOTS = 40 }; /* points of a line that are drawn with a dot each, at most */
enum { RATE_DRAWN = 200 }; /* points of a curve that are drawn at most; the rest is thinned out */

/* A curve's extent, from its CSV; numbers <= 0 cannot be drawn on a log scale and are not counted. */
typedef struct rate_extent {
	size_t points;             /* measured values that can be drawn */
	size_t bounds;             /* how many of them there are */
	int band, exact;           /* has such columns */
	double first, last;        /* t of the first and last drawable point */
	double low, high;          /* the frame: the largest bound is in it, and what is measured as far as it goes */
	double most, most_at;      /* the largest measured value, and its t */
	double leaves;             /* the t from which on measured values are above the frame; 0: none is */
	double bound_at, bound;    /* t and value of the bound near the geometric middle of t; bound 0: none */
	double over;               /* the first t on the wrong side of the bound; 0: none */
} rate_extent;

typedef struct rate_drawing {
	const char *folder;
	rate_draw_options o;
	int dir, shop;      /* the folder, and one in it where files are made before they get their names */
	json_t *all;        /* the result lines, each an object with a usable "check" */
	json_t *theorems;   /* theorem -> its lines */
	json_t *objectives; /* objective -> its lines */
	json_t *ran;        /* the theorems that apply to something, as a set */
	json_t *shown;      /* the checks whose figures are looked at, as a set */
	json_t *names;      /* the figures whose scripts are written, with height/width */
	json_t *kinds;      /* and as what each is drawn: rate_kinds */
	int pdf;            /* figures are drawn as PDF: to be kept, or for report.pdf alone */
	json_t *snippets;   /* those for LaTeX */
	struct rate_curve { int read; rate_extent extent; } *curve; /* of each line */
	rate_error *error;
	json_t *lost; /* the outputs that could not be made, a line each with the reason */
} rate_drawing;

/* The lines of results.jsonl; NULL, with one line in error, if there are none or one is no result. */
json_t *rate_read_results(const char *folder, rate_error *error);
json_t *rate_read_run(const rate_drawing *d); /* run.json; NULL: it cannot be read */
const char *rate_field(const json_t *o, const char *key);     /* "" if absent or null */
double rate_field_real(const json_t *o, const char *key);     /* NaN if absent or null */
/* The steps at which rounding hides the claim, in words; empty if there are none. */
void rate_unjudged(const json_t *o, char *out, size_t size);
const char *rate_objective_name(const json_t *o); /* as people write it */
int rate_field_is(const json_t *o, const char *key, const char *value);
int rate_is_control(const json_t *o);
rate_side rate_side_of(const json_t *o); /* where the claim wants what is measured */
int rate_usable_name(const char *id); /* fit for file names and scripts, as ids are */
const json_t *rate_lines_of(const rate_drawing *d, const char *theorem);
/* The first line of the next theorem from line *i on, of those that ran on anything or of those that did not; *i
 * moves past it. NULL: there is none. */
const json_t *rate_next_theorem(const rate_drawing *d, size_t *i, int ran);
int rate_extent_of(const rate_drawing *d, const json_t *o, rate_extent *x); /* 1 if a figure can be drawn */
/* One row of the curve of a check, at t; RATE_FAIL: there is none. */
enum { RATE_COL_T, RATE_COL_MEAN, RATE_COL_LOW, RATE_COL_HIGH, RATE_COL_BOUND, RATE_COL_EXACT, RATE_COLUMNS };
int rate_curve_row(char *line, double v[RATE_COLUMNS]); /* of a line; NaN for an empty cell; 0: it is no row */
FILE *rate_curve_open(const rate_drawing *d, const json_t *o);
int rate_curve_at(const rate_drawing *d, const json_t *o, double t, double v[RATE_COLUMNS]);

__attribute__((format(printf, 2, 3)))
int rate_draw_fail(rate_drawing *d, const char *format, ...);
/* One output cannot be made, for the reason that rate_draw_fail was given; the others are. */
void rate_draw_without(rate_drawing *d, const char *output);
/* Files are made in the shop and get their name in the folder when they are complete: a killed report leaves no half
 * file. A name may have one folder before it. */
FILE *rate_part_open(rate_drawing *d, const char *name);
int rate_part_close(rate_drawing *d, FILE *out, const char *name);
int rate_part_rename(rate_drawing *d, const char *name);
/* RATE_FAIL: the part, made by `tool`, does not begin as such a file does. */
int rate_part_begins(rate_drawing *d, const char *name, const char *bytes, const char *tool);
/* What a program that runs in the shop reads from the folder, under the same name. */
int rate_part_link(rate_drawing *d, const char *name);
/* Runs a program in the shop, where no file of the folder is found by chance; its output is a part, its errors are
 * moved to `log`. `package` is what to install if it is missing. */
int rate_tool(rate_drawing *d, const char *const argv[], const char *out, const char *log, const char *package);

/* What a figure is drawn as. SVG costs little and is drawn of all; the others, and the script to draw it again, are for
 * the few of each theorem that are looked at. */
enum rate_kinds { RATE_PNG = 1, RATE_PDF = 2, RATE_SVG = 4, RATE_SCRIPT = 8 };
unsigned rate_kinds_of(const rate_drawing *d, int looked_at);

/* The script figures/NAME.gp, or latex/NAME.gp; `plot` ends with a newline; the figure is so many lines of text
 * high. */
FILE *rate_script_open(rate_drawing *d, const char *name, int latex);
void rate_terminals(FILE *out, const char *name, unsigned kinds, const char *plot, int lines);
int rate_script_close(rate_drawing *d, FILE *out, const char *name, unsigned kinds, int lines);
int rate_snippet_close(rate_drawing *d, FILE *out, const char *name);
/* Neither too small nor too large for a figure's own arithmetic: its margins, its slopes. */
int rate_can_be_drawn(double y);
void rate_few_tics(FILE *out, char axis, double low, double high); /* of a logarithmic axis below two decades */
/* A string of gnuplot; "noenhanced" beside it leaves _ ^ { } @ & ~ alone. */
void rate_quoted(FILE *out, const char *before, const char *s, size_t columns);
/* One of enhanced text: a formula with its indices and powers in their places; `columns` hold `before`, too. */
void rate_quoted_formula(FILE *out, const char *before, const char *s, size_t columns);

/* Under a curve: measured/bound on a linear axis, with the side where no claim may be. */
void rate_ratio_panel(FILE *out, const json_t *o, const rate_extent *x);

/* The line of a theorem that shows most, with a curve; NULL: none has one. */
const json_t *rate_best_figure(const rate_drawing *d, const char *theorem, int control);
/* its figure is looked at: one of the two best of its theorem */
int rate_is_best(const rate_drawing *d, const json_t *o);
const json_t *rate_nearest_other(const rate_drawing *d, const char *theorem); /* NULL: none has a curve */
/* It gets a figure: of each theorem the two best and, without `best`, the nearest other; with `all` each check. */
int rate_is_shown(const rate_drawing *d, const json_t *o);

unsigned rate_drawn_as(const rate_drawing *d, const char *name); /* rate_kinds; 0: not at all */
int rate_draw_figures(rate_drawing *d);
int rate_draw_snippets(rate_drawing *d); /* latex/NAME.tex and .pdf for each curve, and main.tex around them */
/* One point for each instance: a figure for each theorem (named as it) and, unless `best`, for each objective that
 * several theorems were run on (named objective_N). */
int rate_write_dots(rate_drawing *d);
/* Where a theorem was run on instances made for several horizons: all their curves under one bound, named
 * THEOREM_envelope. */
int rate_write_envelopes(rate_drawing *d);
/* The objectives that at least three theorems ran on, in the order of the results; stops when `each` fails. */
int rate_each_objective(const rate_drawing *d, int (*each)(void *context, const char *objective, size_t number),
                        void *context);
/* Marks the points of a polygon that must stay for it to be the same to within `near`; its ends do anyway. */
typedef struct rate_pixel {
	double x, y;
	int keep;
} rate_pixel;
void rate_simplify(rate_pixel *p, size_t n, double near);
/* Makes a SVG of gnuplot small: what it draws stays the same to a tenth of a pixel. */
int rate_small_svg(rate_drawing *d, const char *name);
int rate_write_page(rate_drawing *d);
int rate_write_pdf(rate_drawing *d);
int rate_write_handout(rate_drawing *d);     /* handout.html, and figures/handout.ms */
int rate_write_handout_pdf(rate_drawing *d);
/* groff's side, shared by the report and the handouts: what its fonts lack; text in which x_t and r^(2t) are set as
 * such (`bracketed`: as rate_tex writes them); `source`, a file of the folder, as `out`. */
void rate_roff_preamble(FILE *out);
void rate_roff_formulas(FILE *out, const char *s, int bracketed);
int rate_roff_run(rate_drawing *d, const char *source, const char *paper, const char *out);

#endif
