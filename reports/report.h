/* Reports: verdicts to text. Formats: table (people), TAP 13, JSON lines; then figures and pages from a results
 * folder. */
#ifndef REPORTS_REPORT_H
#define REPORTS_REPORT_H

#include <stdio.h>
#include "plugins/error.h"
#include "verify/record/check.h"

/* One finished check. `replay` is a command line that can be pasted. */
typedef struct rate_result {
	const rate_check *check;
	const rate_measured *measured; /* may be NULL (not-applicable, broken in prepare) */
	const rate_verdict *verdict;
	const char *replay;
	int parts; /* the method parts from its reference, where that counts (--strict) */
	rate_known_worst exact; /* of the whole class, where that is known */
} rate_result;

/* Totals for the closing lines. */
typedef struct rate_summary {
	/* held, refuted: not of controls */
	uint64_t checks, held, refuted, hypothesis_false, broken, not_applicable, sampled;
	uint64_t controls, controls_refuted, controls_held;
	/* --strict: set beside the reference, other than it, not known to be */
	uint64_t beside, parting, parting_unknown;
	double alpha, seconds;
} rate_summary;

/* One JSON object, one line, fields of the manual's results(5); never NaN. with_time 0: "seconds" is 0 (tests). */
int rate_json_result(FILE *out, const rate_result *r);
/* The objective in few words: no default, numbers of four digits, the sizes of a data set those of its file. */
const char *rate_objective_words(char *out, size_t size, const rate_check *c);
/* One row a check. width: of the terminal; 0: none, each row is one line. */
void rate_table_head(FILE *out, size_t width, int colour);
void rate_table_result(FILE *out, const rate_result *r, size_t width, int colour);
void rate_table_foot(FILE *out, const rate_summary *s, int colour);
/* One line a theorem, in the order in which the results come; and what is not as it must be, kept until the end. */
typedef struct rate_lines {
	const rate_class_info *theorem; /* the one whose results are coming */
	uint64_t held, all, controls_refuted, controls;
	int worst;                      /* rank of its verdict */
	const rate_check *sharpest;
	double ratio;
	int head;                       /* is it printed */
	char *failures;                 /* the text of the end */
	size_t failures_size;
	FILE *end;
} rate_lines;

/* out NULL: nothing is printed until the end. */
void rate_lines_add(FILE *out, rate_lines *l, const rate_result *r, size_t width, int colour);
/* A result of the run before, of which only its verdict is known. */
void rate_lines_kept(FILE *out, rate_lines *l, const rate_check *c, rate_verdict_code code, int parts, size_t width,
                     int colour);
/* The last theorem's line. */
void rate_lines_flush(FILE *out, rate_lines *l, size_t width, int colour);
/* What is not as it must be, with its check, reason and command. Frees it. */
void rate_lines_failures(FILE *out, rate_lines *l);
void rate_tap_head(FILE *out);
void rate_tap_result(FILE *out, uint64_t number, const rate_result *r); /* one point, one # line, a YAML block */
/* A check of a run before, by what is known of it. */
void rate_tap_kept(FILE *out, uint64_t number, const char *check, rate_verdict_code code, int control, int parts);
void rate_tap_foot(FILE *out, uint64_t count, const rate_summary *s);
typedef struct rate_junit_counts {
	uint64_t tests, failures, errors, skipped;
	double seconds;
} rate_junit_counts;

/* JUnit's XML: kept until the end. All zero to begin with. */
typedef struct rate_junit {
	const rate_class_info *theorem;
	FILE *out, *suite;
	char *suites, *cases;
	size_t suites_size, cases_size;
	rate_junit_counts of_suite, of_all;
} rate_junit;

void rate_junit_add(rate_junit *j, const rate_result *r);
void rate_junit_kept(rate_junit *j, const rate_check *c, rate_verdict_code code, int parts);
void rate_junit_end(FILE *out, rate_junit *j); /* writes and frees it */
/* CSV for the figure: t,mean,low,high,bound,exact (95 % normal band of the mean; sampled) with a # header. */
int rate_curve_csv(FILE *out, const rate_result *r);

/* How well guarantees explain a run: those that hold, by max_ratio; the best of each theorem on each objective. */
typedef struct rate_rank {
	const rate_check *check;
	double ratio;
	int trivial;
} rate_rank;

typedef struct rate_ranking {
	rate_rank *rank;
	size_t count;
} rate_ranking;

int rate_ranking_add(rate_ranking *r, const rate_check *c, const rate_verdict *v);
void rate_ranking_print(FILE *out, rate_ranking *r);
void rate_ranking_free(rate_ranking *r);
/* The theorems that do not apply, gathered by reason; and their numbers, of those that apply nowhere. */
void rate_not_applicable_print(FILE *out, rate_check *const *check, size_t count);
void rate_not_applicable_count(FILE *out, rate_check *const *check, size_t count);

/* One check of a results folder, its verdict explained in words. RATE_FAIL with one line in error. */
int rate_explain(FILE *out, const char *folder, const char *check, rate_error *error);

/* Draws a results folder (run.json, results.jsonl, curves/): figures/, index.html, report.pdf. Runs gnuplot, and groff
 * for the PDF. RATE_FAIL, with a line in error for each output that could not be made; then o says which were. */
/* pandoc's Markdown; answers: NULL or a list */
typedef struct rate_sheet { const char *theorem, *prose, *answers; } rate_sheet;
typedef struct rate_handout { const rate_sheet *sheet; size_t sheets; int slides; } rate_handout;
typedef struct rate_draw_options {
	int png, pdf, svg, html, report_pdf, latex;
	int handout_html, handout_pdf; /* one page a theorem for a class: of `handout` */
	const rate_handout *handout;
	int all;                  /* PNG, PDF and script of every figure; else of those that are looked at */
	int best;                 /* no figure of other checks, SVG neither */
	const char *const *check; /* figures of these alone, and no page; NULL: of all */
	size_t checks;
	int progress;
} rate_draw_options;
int rate_draw_report(const char *folder, rate_draw_options *o, rate_error *error);

/* Compares two results folders and prints a line for each difference. */
typedef struct rate_diff_options { double tolerance; int json; } rate_diff_options;
int rate_diff(const char *before, const char *after, const rate_diff_options *o, FILE *out, size_t *differences,
              rate_error *error);

#endif
