/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/plan/trajectory.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/isolate.h"
#include "ratecheck/abi.h"

enum { STEPS_MOST = 10000000 };

typedef struct reader {
	rate_trajectory *out;
	const char *file;
	size_t number, columns, room; /* of the line; numbers a line; rows that there is room for */
	rate_error *error;
} reader;

__attribute__((format(printf, 2, 3))) static int complain(reader *r, const char *format, ...)
{
	va_list ap;

	rate_fail(r->error, "%.300s:", r->file);
	rate_fail_more(r->error, r->number ? "%zu: " : " ", r->number);
	va_start(ap, format);
	rate_vfail_more(r->error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

static int make_room(reader *r)
{
	rate_trajectory *t = r->out;
	size_t room = r->room ? 2 * r->room : 256;
	uint64_t *grown;
	double *v;

	if (t->rows < r->room)
		return RATE_OK;
	if (!(grown = realloc(t->t, room * sizeof *grown)))
		return complain(r, "out of memory");
	t->t = grown;
	if (!(v = realloc(t->v, room * t->d * sizeof *v)))
		return complain(r, "out of memory");
	t->v = v;
	r->room = room;
	return RATE_OK;
}

static int take_time(reader *r, double v)
{
	rate_trajectory *t = r->out;

	if (v != floor(v) || v < 0 || v > STEPS_MOST)
		return complain(r, "t = %g: the first column counts the steps, from 0 to %d", v, STEPS_MOST);
	if (t->rows && (uint64_t)v <= t->t[t->rows - 1])
		return complain(r, "t = %g stands behind t = %llu: the steps ascend", v,
		                (unsigned long long)t->t[t->rows - 1]);
	t->t[t->rows] = (uint64_t)v;
	return RATE_OK;
}

/* Numbers between commas, semicolons, tabs or blanks. */
static int take_line(reader *r, char *line)
{
	rate_trajectory *t = r->out;
	size_t k = 0;
	char *word, *end, *rest = line;

	if (!r->columns) {
		char *copy = strdup(line), *at = copy;
		while (copy && (word = strsep(&at, ",; \t\r")))
			r->columns += *word != '\0';
		free(copy);
		if (r->columns < 2)
			return complain(r, "a line has a step t, then the numbers of x_t or the value F(x_t)");
		t->d = r->columns - 1;
	}
	if (make_room(r))
		return RATE_FAIL;
	while ((word = strsep(&rest, ",; \t\r"))) {
		double v;
		if (!*word)
			continue;
		if (k == r->columns)
			return complain(r, "more than the %zu numbers of the lines before", r->columns);
		errno = 0;
		v = strtod(word, &end);
		if (*end || end == word)
			return complain(r, "'%.60s' is no number", word);
		if (!isfinite(v))
			return complain(r, "'%.60s' is not finite: end the table before the path leaves the numbers",
			                word);
		if (k ? (t->v[t->rows * t->d + k - 1] = v, 0) : take_time(r, v))
			return RATE_FAIL;
		k++;
	}
	if (k < r->columns)
		return complain(r, "%zu numbers, the lines before have %zu", k, r->columns);
	t->rows++;
	return RATE_OK;
}

/* A first line of words names the columns: t,value says that the second is F. */
static int is_head(reader *r, const char *line)
{
	const char *p = line + strspn(line, " \t\"");

	if (r->columns || (strchr("+-.0123456789", *p) && *p))
		return 0;
	r->out->values = strstr(line, "value") || strstr(line, "F(x") || strstr(line, "f(x");
	return 1;
}

int rate_trajectory_read(rate_trajectory *out, const char *file, rate_error *error)
{
	reader r = { .out = out, .file = file, .error = error };
	FILE *in = strcmp(file, "-") ? fopen(file, "r") : stdin;
	char *line = NULL;
	size_t room = 0, head = 0;
	int rc = RATE_OK;

	*out = (rate_trajectory){ .file = file };
	if (!in)
		return complain(&r, "%s", strerror(errno));
	while (rc == RATE_OK && getline(&line, &room, in) > 0) {
		r.number++;
		line[strcspn(line, "\n")] = '\0';
		if (line[strspn(line, " \t\r")] && *line != '#' && *line != '%' && (head || !is_head(&r, line)))
			rc = take_line(&r, line);
		else if (line[strspn(line, " \t\r")] && *line != '#' && *line != '%')
			head = 1;
	}
	if (rc == RATE_OK && ferror(in))
		rc = complain(&r, "%s", strerror(errno));
	free(line);
	if (in != stdin)
		fclose(in);
	r.number = 0;
	if (rc == RATE_OK && (!out->rows || !out->t[out->rows - 1]))
		rc = complain(&r, "no step in it: lines of t and x_t, or of t and value, are wanted");
	return rc;
}

void rate_trajectory_free(rate_trajectory *t)
{
	free(t->t);
	free(t->v);
}
