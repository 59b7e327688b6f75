/* Figures, one HTML page and one PDF of a results folder: reads results.jsonl, then hands over to figure.c, html.c and
 * page.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *rate_field(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

void rate_unjudged(const json_t *o, char *out, size_t size)
{
	double n = rate_field_real(o, "unjudged_steps");

	*out = 0;
	if (n > 0)
		snprintf(out, size, "%.0f steps are not judged: there the bound is too small to be told from rounding.", n);
}

const char *rate_objective_name(const json_t *o)
{
	const char *brief = rate_field(o, "brief");

	return *brief ? brief : rate_field(o, "objective");
}

double rate_field_real(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : NAN;
}

int rate_field_is(const json_t *o, const char *key, const char *value)
{
	return !strcmp(rate_field(o, key), value);
}

int rate_is_control(const json_t *o)
{
	return rate_field_is(o, "role", "control");
}

int rate_first_of_theorem(const rate_drawing *d, size_t i)
{
	const json_t *first = json_object_get(d->first, rate_field(json_array_get(d->all, i), "theorem"));

	return json_integer_value(first) == (json_int_t)i;
}

const json_t *rate_next_theorem(const rate_drawing *d, size_t *i, int ran)
{
	while (*i < json_array_size(d->all)) {
		const json_t *o = json_array_get(d->all, *i);
		if (rate_first_of_theorem(d, (*i)++) && ran == (json_object_get(d->ran, rate_field(o, "theorem")) != NULL))
			return o;
	}
	return NULL;
}

const json_t *rate_best_figure(const rate_drawing *d, const char *theorem, int control)
{
	const json_t *best = NULL;
	double most = -INFINITY, score;
	rate_extent x;
	size_t i;
	json_t *o;

	json_array_foreach(d->all, i, o) {
		if (!rate_field_is(o, "theorem", theorem) || rate_is_control(o) != control)
			continue;
		score = rate_field_real(o, "max_ratio");
		/* An instance made to be sharp explains itself best. */
		score = (isnan(score) ? 0 : fmin(score, 1e6)) + (rate_field_is(o, "role", "sharp") ? 1e7 : 0);
		if (score > most && rate_extent_of(d, o, &x)) {
			most = score;
			best = o;
		}
	}
	return best;
}

int rate_is_shown(const rate_drawing *d, size_t i)
{
	return !d->o.best || json_object_get(d->shown, rate_field(json_array_get(d->all, i), "check"));
}

/* Looked up often, over thousands of lines, so found once. */
static void note_theorems(rate_drawing *d)
{
	const json_t *best;
	size_t i;
	json_t *o;
	int control;

	json_array_foreach(d->all, i, o) {
		if (!json_object_get(d->first, rate_field(o, "theorem")))
			json_object_set_new(d->first, rate_field(o, "theorem"), json_integer((json_int_t)i));
		if (!rate_field_is(o, "verdict", "not-applicable"))
			json_object_set_new(d->ran, rate_field(o, "theorem"), json_true());
	}
	json_array_foreach(d->all, i, o)
		for (control = 0; control < 2 && d->o.best && rate_first_of_theorem(d, i); control++)
			if ((best = rate_best_figure(d, rate_field(o, "theorem"), control)))
				json_object_set_new(d->shown, rate_field(best, "check"), json_true());
}

int rate_is_drawn(const rate_drawing *d, const char *name)
{
	size_t i;
	json_t *drawn;

	json_array_foreach(d->names, i, drawn)
		if (!strcmp(json_string_value(drawn), name))
			return 1;
	return 0;
}

int rate_draw_fail(rate_drawing *d, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(d->error, d->size, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

FILE *rate_part_open(rate_drawing *d, const char *name)
{
	char path[4096];
	FILE *out;

	snprintf(path, sizeof path, "%s/%s.part", d->folder, name);
	if (!(out = fopen(path, "w")))
		rate_draw_fail(d, "%s: cannot write: %s", path, strerror(errno));
	return out;
}

int rate_part_rename(rate_drawing *d, const char *name)
{
	char part[4096], path[4096];

	snprintf(part, sizeof part, "%s/%s.part", d->folder, name);
	snprintf(path, sizeof path, "%s/%s", d->folder, name);
	if (rename(part, path))
		return rate_draw_fail(d, "%s: cannot be put in place: %s", path, strerror(errno));
	return RATE_OK;
}

int rate_part_close(rate_drawing *d, FILE *out, const char *name)
{
	int bad = ferror(out);

	if (fclose(out) || bad)
		return rate_draw_fail(d, "%s/%s: cannot write: %s", d->folder, name, strerror(errno));
	return rate_part_rename(d, name);
}

/* The child's side; no shell reads the folder's name, so any name will do. */
static void tool_child(const rate_drawing *d, const char *const argv[], const char *out, const char *log)
{
	const int flags = O_WRONLY | O_CREAT | O_TRUNC;
	int fd_out, fd_log;

	if (chdir(d->folder))
		_exit(126);
	fd_log = open(log, flags, 0666);
	fd_out = out ? open(out, flags, 0666) : fd_log;
	if (fd_out < 0 || fd_log < 0 || dup2(fd_out, 1) < 0 || dup2(fd_log, 2) < 0)
		_exit(126);
	/* execvp's type is older than const; it does not write. */
	execvp(argv[0], (char **)(uintptr_t)argv);
	_exit(errno == ENOENT ? 127 : 126);
}

int rate_tool(rate_drawing *d, const char *const argv[], const char *out, const char *log, const char *package)
{
	int status;
	pid_t child = fork();

	if (child < 0)
		return rate_draw_fail(d, "%s cannot be started: %s", argv[0], strerror(errno));
	if (!child)
		tool_child(d, argv, out, log);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return rate_draw_fail(d, "%s: %s", argv[0], strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return rate_draw_fail(d, "%s is not installed (Debian: apt install %s)", argv[0], package);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		return rate_draw_fail(d, "%s failed, see %s/%s", argv[0], d->folder, log);
	return RATE_OK;
}

/* The id becomes a file name and stands in scripts. */
int rate_usable_name(const char *id)
{
	return *id && *id != '.' && *id != '-' &&
	       !id[strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")];
}

static int take_line(json_t *all, const char *path, size_t number, const char *line, char *error, size_t size)
{
	json_error_t e;
	json_t *o;

	if (!line[strspn(line, " \t\r\n")])
		return RATE_OK;
	if (!(o = json_loads(line, 0, &e))) {
		snprintf(error, size, "%s:%zu: %s", path, number, e.text);
		return RATE_FAIL;
	}
	if (!rate_usable_name(rate_field(o, "check")) || !*rate_field(o, "theorem")) {
		json_decref(o);
		snprintf(error, size, "%s:%zu: not a result: \"check\" or \"theorem\" is missing or no id", path, number);
		return RATE_FAIL;
	}
	if (json_array_append_new(all, o)) {
		snprintf(error, size, "out of memory");
		return RATE_FAIL;
	}
	return RATE_OK;
}

json_t *rate_read_results(const char *folder, char *error, size_t size)
{
	char path[4096], *line = NULL;
	size_t capacity = 0, number = 0;
	json_t *all = json_array();
	FILE *in;
	int rc = RATE_OK;

	snprintf(path, sizeof path, "%s/results.jsonl", folder);
	if (!all || !(in = fopen(path, "r"))) {
		snprintf(error, size, "%s: cannot read: %s; `ratecheck verify --output %s` writes it", path, strerror(errno), folder);
		json_decref(all);
		return NULL;
	}
	while (rc == RATE_OK && getline(&line, &capacity, in) > 0)
		rc = take_line(all, path, ++number, line, error, size);
	free(line);
	fclose(in);
	if (rc == RATE_OK && !json_array_size(all)) {
		snprintf(error, size, "%s: holds no result", path);
		rc = RATE_FAIL;
	}
	if (rc != RATE_OK) {
		json_decref(all);
		return NULL;
	}
	return all;
}

static void progress(const rate_drawing *d, const char *what)
{
	if (d->o.progress)
		fprintf(stderr, "%s: %s\n", d->folder, what);
}

int rate_draw_report(const char *folder, const rate_draw_options *o, char *error, size_t size)
{
	rate_drawing d = { .folder = folder, .o = *o, .all = rate_read_results(folder, error, size), .names = json_array(),
		               .snippets = json_array(), .first = json_object(), .ran = json_object(), .shown = json_object(),
		               .error = error, .size = size };
	int rc = d.all ? RATE_OK : RATE_FAIL;

	/* The page shows PNG or SVG, the PDF holds PDF figures. */
	if (o->html && !o->svg)
		d.o.png = 1;
	if (o->report_pdf)
		d.o.pdf = 1;
	if (rc == RATE_OK) {
		note_theorems(&d);
		progress(&d, "drawing figures");
		rc = o->png || o->pdf || o->svg || o->html ? rate_draw_figures(&d) : RATE_OK;
	}
	if (rc == RATE_OK && o->latex)
		rc = rate_draw_snippets(&d);
	if (rc == RATE_OK && o->html) {
		progress(&d, "writing index.html");
		rc = rate_write_page(&d);
	}
	if (rc == RATE_OK && o->report_pdf) {
		progress(&d, "writing report.pdf");
		rc = rate_write_pdf(&d);
	}
	json_decref(d.all);
	json_decref(d.names);
	json_decref(d.snippets);
	json_decref(d.first);
	json_decref(d.ran);
	json_decref(d.shown);
	return rc;
}
