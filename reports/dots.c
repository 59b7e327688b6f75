/* Summaries: one point for each instance, at its ratio of measured to bound. A figure for each theorem over all that
 * it was run on, and one for each objective over all theorems that say something about it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/escape.h"
#include "reports/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 16, LABEL = 30 };   /* lines, and columns of a name, that a figure has room for */
enum { RANKS = 32 };              /* lines of a figure that stands alone */
static const double FLOOR = 1e-4, CEILING = 1e4; /* beyond them a ratio stands at the edge, as a number */

typedef struct dot {
	const json_t *o;
	double ratio;
	int trivial; /* reached only at the start, where any bound that starts tight is tight */
} dot;

/* As the ranking on the terminal has it. */
static int larger(const void *a, const void *b)
{
	const dot *x = a, *y = b;

	if (x->trivial != y->trivial)
		return x->trivial - y->trivial;
	return x->ratio != y->ratio ? (x->ratio < y->ratio) - (x->ratio > y->ratio)
	                            : strcmp(rate_field(x->o, "check"), rate_field(y->o, "check"));
}

/* Upper bounds on what a run does: a lemma explains no run, and a claim that a method fails is no guarantee. */
static int is_guarantee(const json_t *o)
{
	return rate_field_is(o, "verdict", "holds") && !rate_is_control(o) &&
	    !rate_field_is(o, "statistic", "points") &&
	       rate_side_of(o) == RATE_AT_MOST;
}

/* What tells the rows apart: the objective, or for a claim about points its parameters; of an objective the theorem. */
static const char *row_name(const json_t *o, const char *key)
{
	if (*key == 'o')
		return rate_field(o, "theorem");
	return *rate_field(o, "objective") ? rate_objective_name(o) : rate_field(o, "parameters");
}

/* The checks whose `key` has this value, those with the largest ratio first; of a theorem all, of an objective
 * guarantees alone. Of several checks with one name the first counts; count: instances and controls, as the pages
 * count them. */
static dot *dots_of(const rate_drawing *d, const char *key, const char *value, size_t *n, size_t count[2])
{
	const json_t *lines = json_object_get(*key == 't' ? d->theorems : d->objectives, value);
	dot *all = malloc((json_array_size(lines) + 1) * sizeof *all);
	json_t *names[2] = { json_object(), json_object() }, *o; /* that have a row, of claims and of controls */
	size_t i, m = 0;

	*n = count[0] = count[1] = 0;
	json_array_foreach(lines, i, o) {
		double ratio = rate_field_real(o, "max_ratio");

		if (!rate_field_is(o, "verdict", "not-applicable"))
			count[rate_is_control(o)]++;

		if (!rate_field_is(o, "verdict", "not-applicable") && !isnan(ratio) && (*key == 't' || is_guarantee(o)))
			all[m++] = (dot){ o, ratio, *key == 'o' && json_is_true(json_object_get(o, "trivial")) };
	}
	qsort(all, m, sizeof *all, larger);
	for (i = 0; i < m; i++) {
		json_t *seen = names[rate_is_control(all[i].o)];
		if (json_object_get(seen, row_name(all[i].o, key)))
			continue;
		json_object_set_new(seen, row_name(all[i].o, key), json_true());
		all[(*n)++] = all[i];
	}
	json_decref(names[0]);
	json_decref(names[1]);
	return all;
}

static size_t head_length(const char *spec)
{
	return strcspn(spec, ":+,");
}

/* Does the specification have this piece, between separators? */
static int has_piece(const char *spec, const char *piece, size_t length)
{
	while (*spec) {
		size_t n = strcspn(spec, ":+,");

		if (n == length && !memcmp(spec, piece, n))
			return 1;
		spec += n + (spec[n] != 0);
	}
	return 0;
}

/* A specification without the pieces that it shares with all others of the same head: what tells it apart. */
static void distinct_name(char *out, size_t size, const dot *all, size_t n, const char *key, const char *spec)
{
	size_t head = head_length(spec), used = head, k;
	const char *piece = spec + head;

	snprintf(out, size, "%.*s", (int)head, spec);
	while (*piece) {
		char separator = *piece++;
		size_t length = strcspn(piece, ":+,");
		int shared = 1;

		for (k = 0; k < n && shared; k++) {
			const char *other = row_name(all[k].o, key);

			shared = strncmp(other, spec, head) || head_length(other) != head ||
			    has_piece(other, piece, length);
		}
		/* "data=" says nothing either. */
		if (!shared && piece[length - (length > 0)] != '=' && used + length + 2 < size)
			used += (size_t)snprintf(out + used, size - used, "%c%.*s", separator == '+' ? '+' : ' ',
			                         (int)length, piece);
		piece += length;
	}
}

static int class_of(const dot *x)
{
	return rate_is_control(x->o) ? 1 : !json_is_true(json_object_get(x->o, "ok")) ? 2 : x->trivial ? 3 : 0;
}

/* Where the axis cannot go, the name has the number. */
static void beyond(char *name, size_t size, double ratio)
{
	size_t used = strlen(name);

	if (isinf(ratio))
		snprintf(name + used, size - used, " →");
	else if (ratio > CEILING || (ratio < FLOOR && ratio > 0))
		snprintf(name + used, size - used, " (%.2g%s)", ratio, ratio > CEILING ? " →" : "");
	else if (ratio <= 0)
		snprintf(name + used, size - used, " (≤ 0)");
}

static void rows(FILE *out, const dot *all, size_t n, const char *key)
{
	char name[1024], numbers[1024], text[160], *p;
	size_t k;

	fputs("$dots << END\n", out);
	for (k = 0; k < n; k++) {
		distinct_name(name, sizeof name, all, n, key, row_name(all[k].o, key));
		rate_short_numbers(numbers, sizeof numbers, name);
		/* Cut between pieces. */
		for (p = strrchr(numbers, ' '); p && rate_columns(numbers) > LABEL; p = strrchr(numbers, ' '))
			*p = 0;
		rate_shorten(text, sizeof text - 32, numbers, LABEL);
		beyond(text, sizeof text, all[k].ratio);
		/* A line of data has no escapes. */
		for (p = text; *p; p++)
			if (strchr("\"\\`\n\t", *p))
				*p = ' ';
		fprintf(out, "%zu %.6g %d \"", k, fmin(fmax(all[k].ratio, FLOOR), CEILING), class_of(&all[k]));
		rate_escape(out, RATE_PLAIN, text);
		fputs("\"\n", out);
	}
	fputs("END\n", out);
}

/* The classes that occur, each with its own point: "plot ..." */
static void command(char *out, size_t size, const dot *all, size_t n)
{
	static const char *const points[] = {
		"pt 7 ps 0.9 lc rgb '" BLUE "' title 'holds'",
		"pt 8 ps 1.1 lw 1.5 lc rgb '" VERMILION "' title 'control'",
		"pt 2 ps 1.2 lw 2 lc rgb 'black' title 'does not hold'",
		"pt 6 ps 0.9 lw 1.5 lc rgb '" BLUE "' title 'at the start only'",
	};
	size_t used = 0, k;
	int class;

	for (class = 0; class < 4; class++) {
		for (k = 0; k < n && class_of(&all[k]) != class; k++)
			;
		if (k < n)
			used += (size_t)snprintf(out + used, size - used,
			                         "%s$dots using ($3==%d?$2:NaN):1:yticlabels(4) with points %s",
			                         used ? ", \\\n     " : "plot ", class, points[class]);
	}
	snprintf(out + used, size - used, "\n");
}

static int write_dots(rate_drawing *d, const char *name, const char *key, const char *value, unsigned kinds)
{
	/* Short enough for the narrow panel beside long names. */
	static const char upper[] = "measured / bound\\n(above 1: false)",
		lower[] = "bound / measured\\n(above 1: false)";
	char title[384], few[64] = "", plot[1024], numbers[1024], of[256];
	double left, least, most;
	size_t n, count[2], shown, k;
	int lines, side;
	dot *all = dots_of(d, key, value, &n, count);
	FILE *out = all && n > 1 && kinds ? rate_script_open(d, name, 0) : NULL;

	if (!out) {
		free(all);
		return all && (n <= 1 || !kinds) ? RATE_OK : RATE_FAIL;
	}
	shown = *key == 'o' ? RANKS : ROWS;
	shown = n < shown ? n : shown;
	lines = (int)shown + 10;
	side = (int)rate_side_of(all[0].o);
	rows(out, all, shown, key);
	command(plot, sizeof plot, all, shown);
	for (k = 0, least = INFINITY, most = 0; k < shown; k++) {
		least = fmin(least, all[k].ratio);
		most = fmax(most, all[k].ratio);
	}
	left = fmin(fmax(FLOOR / 2, least / 2), 0.1);
	free(all);
	rate_short_numbers(numbers, sizeof numbers, value);
	rate_shorten(of, sizeof of, numbers, 60);
	if (*key == 'o')
		snprintf(title, sizeof title, "%s: %zu guarantees", of, n);
	else
		snprintf(title, sizeof title, "%s: %zu instance%s, %zu control%s", of, count[0],
		         count[0] == 1 ? "" : "s", count[1], count[1] == 1 ? "" : "s");
	if (shown < n)
		snprintf(few, sizeof few, "\\nthe %zu of %zu names\\nthat are largest", shown, n);
	else if (*key == 't' && n < count[0] + count[1])
		snprintf(few, sizeof few, "\\nof each name the largest");
	/* In the middle of the picture, not of the plot: the names at the left need most of the room. */
	fputs("set label ", out);
	rate_quoted(out, "", title, 52);
	fprintf(out, " at screen 0.5, screen 1 offset 0, -1 center noenhanced\nset tmargin 4\nset logscale x\n"
	             "set xrange [%g:*<%g]\n"
	             "set xlabel \"%s%s\"\nset grid x lc rgb '#dddddd'\nset border 3\nset tics nomirror\n"
	             "set ytics noenhanced\nset yrange [%zu.5:-0.5]\n"
	             "set arrow from 1,-0.5 to 1,%zu.5 nohead dt 2 lc rgb '#555555'\n"
	             "set key at screen 0.5, screen %.4g center top horizontal samplen 1\nset format x '%%g'\n"
	             "set xtics %s\n", /* beside long names there is no room for every decade */
	        left, 2 * CEILING, side == RATE_AT_LEAST ? lower : upper, few, shown - 1, shown - 1, 1 - 1.6 / lines,
	        most > 1e3 * left ? "0.0001,100" : "autofreq");
	rate_terminals(out, name, kinds, plot, lines);
	return rate_script_close(d, out, name, kinds, lines);
}

int rate_each_objective(const rate_drawing *d, int (*each)(void *context, const char *objective, size_t number),
                        void *context)
{
	json_t *theorems = json_object(), *o; /* the set of theorems that ran on each objective */
	const char *name;
	size_t i, n = 0;
	int rc = RATE_OK;

	json_array_foreach(d->all, i, o) {
		json_t *set;

		name = rate_field(o, "objective");
		if (!*name || !is_guarantee(o))
			continue;
		if (!(set = json_object_get(theorems, name)))
			json_object_set_new(theorems, name, set = json_object());
		json_object_set_new(set, rate_field(o, "theorem"), json_true());
	}
	json_object_foreach(theorems, name, o)
		if (json_object_size(o) >= 3 && rc == RATE_OK)
			rc = each(context, name, ++n);
	json_decref(theorems);
	return rc;
}

/* A run on one objective is about it. */
static int write_objective(void *context, const char *objective, size_t n)
{
	rate_drawing *d = context;
	char name[64];

	snprintf(name, sizeof name, "objective_%zu", n);
	return write_dots(d, name, "objective", objective, rate_kinds_of(d, json_object_size(d->objectives) == 1));
}

int rate_write_dots(rate_drawing *d)
{
	const char *theorem;
	json_t *lines;

	json_object_foreach(d->theorems, theorem, lines)
		if (write_dots(d, theorem, "theorem", theorem, rate_kinds_of(d, 1)))
			return RATE_FAIL;
	return d->o.best ? RATE_OK : rate_each_objective(d, write_objective, d);
}
