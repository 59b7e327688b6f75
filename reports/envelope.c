/* The envelope of a theorem: instances made for different horizons T, each curve ending on the bound, so that the
 * bound is what they leave free.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST = 4, MOST = 32, LINES = 20 };

typedef struct member {
	const json_t *o;
	double T, end; /* the last step, and what is measured there */
} member;

static int by_horizon(const void *a, const void *b)
{
	const member *x = a, *y = b;

	return (x->T > y->T) - (x->T < y->T);
}

/* Made for its last step: there, or next to it, the ratio is the largest, and not a small one. */
static int is_tight_at_its_end(const rate_drawing *d, const json_t *o)
{
	rate_extent x;

	return !rate_is_control(o) && rate_field_is(o, "verdict", "holds") && rate_side_of(o) == RATE_AT_MOST &&
	       (rate_field_is(o, "statistic", "path") || rate_field_is(o, "statistic", "exact")) &&
	       rate_field_real(o, "max_ratio") >= 0.5 &&
	       rate_field_real(o, "at_step") >= 0.75 * rate_field_real(o, "steps") &&
	       rate_extent_of(d, o, &x) && x.bounds > 1;
}

/* Instances of one theorem share their parameters, and so the bound; of one T the sharpest counts. */
static size_t gather(const rate_drawing *d, const json_t *lines, const char *parameters, member *all)
{
	double v[RATE_COLUMNS];
	size_t i, k, n = 0;
	json_t *o;

	json_array_foreach(lines, i, o) {
		double T = rate_field_real(o, "steps");

		if (strcmp(rate_field(o, "parameters"), parameters) || !is_tight_at_its_end(d, o) ||
		    rate_curve_at(d, o, T, v) || !rate_can_be_drawn(v[RATE_COL_MEAN]))
			continue;
		for (k = 0; k < n && all[k].T != T; k++)
			;
		if (k == MOST || (k < n && rate_field_real(all[k].o, "max_ratio") >= rate_field_real(o, "max_ratio")))
			continue;
		all[k] = (member){ o, T, v[RATE_COL_MEAN] };
		n += k == n;
	}
	qsort(all, n, sizeof *all, by_horizon);
	return n;
}

/* All of them lie under the bound of the longest one, and that one reaches it. */
static int share_a_bound(const rate_drawing *d, const member *all, size_t n)
{
	double own[RATE_COLUMNS], shared[RATE_COLUMNS];

	for (size_t k = 0; k < n; k++)
		if (rate_curve_at(d, all[k].o, all[k].T, own) || rate_curve_at(d, all[n - 1].o, all[k].T, shared) ||
		    !(fabs(own[RATE_COL_BOUND] - shared[RATE_COL_BOUND]) <= 1e-6 * shared[RATE_COL_BOUND]))
			return 0;
	return rate_field_real(all[n - 1].o, "max_ratio") >= 0.9;
}

static int draw(rate_drawing *d, const char *theorem, const member *all, size_t n)
{
	char name[128], title[256];
	const char *longest = rate_field(all[n - 1].o, "check");
	double low = INFINITY, high = 0;
	char *plot = NULL;
	size_t size;
	rate_extent x;
	FILE *out, *text;

	snprintf(name, sizeof name, "%s_envelope", theorem);
	if (!(out = rate_script_open(d, name, 0)))
		return RATE_FAIL;
	if (!(text = open_memstream(&plot, &size))) {
		fclose(out);
		return rate_draw_fail(d, "out of memory");
	}
	fputs("$ends << END\n", out);
	for (size_t k = 0; k < n; k++) {
		fprintf(out, "%.0f,%.9g\n", all[k].T, all[k].end);
		low = fmin(low, all[k].end);
		rate_extent_of(d, all[k].o, &x);
		high = fmax(high, x.high);
	}
	low *= 0.4;
	high *= 2;
	fputs("END\nset datafile separator ','\n", out);
	snprintf(title, sizeof title, "%s: an instance for each T", theorem);
	fputs("set title ", out);
	rate_quoted(out, "", title, 60);
	fprintf(out, " noenhanced\nset logscale xy\nset xrange [%g:%.0f]\nset yrange [%.6g:%.6g]\nset xlabel 't'\n"
	             "set border 3\n"
	             "set tics nomirror\nset grid lc rgb '#dddddd'\nset format y '10^{%%T}'\nset bmargin 7\n"
	             "set key at screen 0.03, screen 0.02 left bottom Left reverse maxcols 1 samplen 3\n",
	        x.first, 1.2 * all[n - 1].T, low, high);
	if (high < 100 * low)
		fputs("set format y '%g'\n", out), rate_few_tics(out, 'y', low, high);
	fputs("set ylabel ", out);
	rate_quoted_formula(out, "", rate_field(all[0].o, "quantity"), 38);
	putc('\n', out);
	/* Of thousands of points as many are drawn as a line needs. */
	fputs("last = 0\nseen(t, y, T) = t < last || t == T || t >= last * 1.02 ? (last = t, y) : NaN\n"
	      "set datafile missing NaN\n", out);
	fputs("plot ", text);
	for (size_t k = 0; k < n; k++)
		fprintf(text, "'curves/%s.csv' using 1:(seen($1,$2>0?$2:NaN,%.0f)) with lines lw 1 lc "
		              "rgb '" BLUE "' %s, ", rate_field(all[k].o, "check"),
		        all[k].T, k ? "notitle" : "title 'measured, on the instance made for T steps'");
	fputs("$ends using 1:2 with points pt 7 ps 0.7 lc rgb '" BLUE
	      "' title 'its end, at t = T', ", text);
	fprintf(text, "'curves/%s.csv' using 1:(seen($1,$5>0?$5:NaN,%.0f)) with lines dt 2 lw 2 lc "
	              "rgb '" VERMILION "' title ", longest,
	        all[n - 1].T);
	rate_quoted_formula(text, "bound ", rate_field(all[0].o, "formula"), 54);
	fputc('\n', text);
	fclose(text);
	rate_terminals(out, name, rate_kinds_of(d, 1), plot, LINES);
	free(plot);
	return rate_script_close(d, out, name, rate_kinds_of(d, 1), LINES);
}

int rate_write_envelopes(rate_drawing *d)
{
	const char *theorem;
	json_t *lines, *o;
	member all[MOST];
	size_t i, n;

	json_object_foreach(d->theorems, theorem, lines)
		json_array_foreach(lines, i, o) {
			if (!is_tight_at_its_end(d, o) || (n = gather(d, lines, rate_field(o, "parameters"), all)) <
			    FEWEST || !share_a_bound(d, all, n))
				continue;
			if (draw(d, theorem, all, n))
				return RATE_FAIL;
			break;
		}
	return RATE_OK;
}
