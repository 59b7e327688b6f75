/* Two results folders compared: verdicts, ratios, sharpness, curves. A check's id is the hash of its instance, so
 * equal ids are the same question asked twice.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct comparison {
	const rate_diff_options *o;
	const char *folder[2];
	FILE *out;
	size_t differences;
	const json_t *last; /* the check of the last line */
} comparison;

/* The instance, in the words of the other outputs. */
static void name_instance(const comparison *c, const json_t *o)
{
	char objective[1024], parameters[1024];

	rate_short_numbers(objective, sizeof objective, rate_objective_name(o));
	rate_short_numbers(parameters, sizeof parameters, rate_field(o, "parameters"));
	fprintf(c->out, "%-10s %s%s%s", "", *objective ? "on " : "", objective, *parameters && *objective ? ", " : "");
	fputs(parameters, c->out);
	if (rate_field_real(o, "steps") > 0)
		fprintf(c->out, ", T = %.0f", rate_field_real(o, "steps"));
	putc('\n', c->out);
}

/* One difference; a missing side is NULL. Steals both values. */
static void say(comparison *c, const json_t *o, const char *what, json_t *before, json_t *after)
{
	const char *check = rate_field(o, "check");
	json_t *line;
	char *text[2] = { json_dumps(before ? before : json_null(), JSON_ENCODE_ANY | JSON_REAL_PRECISION(6)),
		              json_dumps(after ? after : json_null(), JSON_ENCODE_ANY | JSON_REAL_PRECISION(6)) };

	c->differences++;
	if (!c->o->json) {
		fprintf(c->out, "%-10s %-44s %s -> %s\n", what, check, before && text[0] ? text[0] : "-",
		        after && text[1] ? text[1] : "-");
		if (o != c->last)
			name_instance(c, o);
		c->last = o;
	} else if ((line = json_pack("{s:s, s:s, s:O?, s:O?, s:s, s:s}", "check", check, "what", what, "before", before,
	                             "after", after, "objective", rate_field(o, "objective"), "parameters",
	                             rate_field(o, "parameters")))) {
		json_dumpf(line, c->out, JSON_COMPACT | JSON_REAL_PRECISION(17));
		putc('\n', c->out);
		json_decref(line);
	}
	free(text[0]);
	free(text[1]);
	json_decref(before);
	json_decref(after);
}

static int near(const comparison *c, double x, double y)
{
	return x == y || (isnan(x) && isnan(y)) || fabs(x - y) <= c->o->tolerance * fmax(fabs(x), fabs(y));
}

static json_t *real_or_null(double x)
{
	return isfinite(x) ? json_real(x) : json_null();
}

static void compare_number(comparison *c, const json_t *a, const json_t *b, const char *key, const char *what)
{
	double x = rate_field_real(a, key), y = rate_field_real(b, key);

	if (!near(c, x, y))
		say(c, a, what, real_or_null(x), real_or_null(y));
}

static FILE *open_curve(const comparison *c, int side, const char *check)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/curves/%s.csv", c->folder[side], check);
	return fopen(path, "r");
}

/* The next row that is no comment; 0 at the end. Empty cells are NaN. */
static int next_row(FILE *in, char **line, size_t *capacity, double row[6])
{
	char *rest, *cell, *end;
	int k;

	do
		if (getline(line, capacity, in) <= 0)
			return 0;
	while (**line == '#');
	rest = *line;
	for (k = 0; k < 6; k++) {
		row[k] = NAN;
		if (!(cell = strsep(&rest, ",")))
			continue;
		row[k] = strtod(cell, &end);
		if (end == cell)
			row[k] = NAN;
	}
	return 1;
}

/* The first row in which the curves differ, as its two values. */
static void compare_curves(comparison *c, const json_t *o)
{
	const char *check = rate_field(o, "check");
	static const char *const column[] = { "t", "mean", "low", "high", "bound", "exact" };
	FILE *in[2] = { open_curve(c, 0, check), open_curve(c, 1, check) };
	char *line[2] = { NULL, NULL }, what[32];
	size_t capacity[2] = { 0, 0 };
	double row[2][6];
	int more[2], k = 6;

	if (!in[0] != !in[1])
		say(c, o, "curve", json_boolean(in[0] != NULL), json_boolean(in[1] != NULL));
	while (in[0] && in[1] && k == 6) {
		more[0] = next_row(in[0], &line[0], &capacity[0], row[0]);
		more[1] = next_row(in[1], &line[1], &capacity[1], row[1]);
		if (!more[0] || !more[1]) {
			if (more[0] != more[1])
				say(c, o, "curve ends", json_boolean(!more[0]), json_boolean(!more[1]));
			break;
		}
		for (k = 0; k < 6 && near(c, row[0][k], row[1][k]); k++)
			;
		if (k < 6) {
			snprintf(what, sizeof what, "%s(%g)", column[k], row[0][0]);
			say(c, o, what, real_or_null(row[0][k]), real_or_null(row[1][k]));
		}
	}
	for (k = 0; k < 2; k++) {
		if (in[k])
			fclose(in[k]);
		free(line[k]);
	}
}

static void compare(comparison *c, const json_t *a, const json_t *b)
{
	compare_number(c, a, b, "claimed_factor", "factor");
	if (strcmp(rate_field(a, "verdict"), rate_field(b, "verdict")))
		say(c, a, "verdict", json_string(rate_field(a, "verdict")), json_string(rate_field(b, "verdict")));
	compare_number(c, a, b, "max_ratio", "ratio");
	compare_number(c, a, b, "sharpness", "sharpness");
	compare_curves(c, a);
}

/* Lines by id; of a check that was run twice the first line counts. */
static json_t *by_id(json_t *all)
{
	json_t *map = json_object(), *o;
	size_t i;

	json_array_foreach(all, i, o)
		if (!json_object_get(map, rate_field(o, "check")))
			json_object_set(map, rate_field(o, "check"), o);
	return map;
}

int rate_diff(const char *before, const char *after, const rate_diff_options *o, FILE *out, size_t *differences,
              rate_error *error)
{
	comparison c = { o, { before, after }, out, 0, NULL };
	json_t *lines[2] = { rate_read_results(before, error), NULL }, *map[2], *a, *b;
	const char *id;

	if (!lines[0] || !(lines[1] = rate_read_results(after, error))) {
		json_decref(lines[0]);
		return RATE_FAIL;
	}
	map[0] = by_id(lines[0]);
	map[1] = by_id(lines[1]);
	json_object_foreach(map[0], id, a) {
		if ((b = json_object_get(map[1], id)))
			compare(&c, a, b);
		else
			say(&c, a, "gone", json_string(rate_field(a, "verdict")), NULL);
	}
	json_object_foreach(map[1], id, b)
		if (!json_object_get(map[0], id))
			say(&c, b, "new", NULL, json_string(rate_field(b, "verdict")));
	if (!o->json)
		fprintf(out, "%zu checks before, %zu after, %zu differences\n", json_object_size(map[0]),
		        json_object_size(map[1]), c.differences);
	*differences = c.differences;
	json_decref(map[0]);
	json_decref(map[1]);
	json_decref(lines[0]);
	json_decref(lines[1]);
	return RATE_OK;
}
