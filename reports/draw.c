/* Figures, one HTML page and one PDF of a results folder: reads results.jsonl, then hands over to figure.c, html.c and
 * page.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHOP ".draw"

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
		snprintf(out, size, "%.0f step%s not judged: there the bound is too small to be told from rounding.", n,
		         n == 1 ? " is" : "s are");
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

rate_side rate_side_of(const json_t *o)
{
	return rate_kind_called(rate_field(o, "kind"))->side;
}

const json_t *rate_lines_of(const rate_drawing *d, const char *theorem)
{
	return json_object_get(d->theorems, theorem);
}

const json_t *rate_next_theorem(const rate_drawing *d, size_t *i, int ran)
{
	while (*i < json_array_size(d->all)) {
		const json_t *o = json_array_get(d->all, (*i)++);
		const char *theorem = rate_field(o, "theorem");
		if (json_array_get(rate_lines_of(d, theorem), 0) == o &&
		    ran == (json_object_get(d->ran, theorem) != NULL))
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

	json_array_foreach(rate_lines_of(d, theorem), i, o) {
		if (rate_is_control(o) != control)
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

/* Of the instances that were not made for the theorem the one that comes nearest to the bound. */
const json_t *rate_nearest_other(const rate_drawing *d, const char *theorem)
{
	const json_t *best = NULL;
	rate_extent x;
	size_t i;
	json_t *o;

	json_array_foreach(rate_lines_of(d, theorem), i, o)
		if (rate_field_is(o, "role", "instance") && rate_extent_of(d, o, &x) &&
		    (!best || rate_field_real(o, "max_ratio") > rate_field_real(best, "max_ratio")))
			best = o;
	return best;
}

int rate_is_best(const rate_drawing *d, const json_t *o)
{
	return json_is_true(json_object_get(d->shown, rate_field(o, "check")));
}

int rate_is_shown(const rate_drawing *d, const json_t *o)
{
	return (d->o.all && !d->o.best) || json_object_get(d->shown, rate_field(o, "check"));
}

unsigned rate_kinds_of(const rate_drawing *d, int looked_at)
{
	int few = looked_at || d->o.all;

	return (d->o.svg ? RATE_SVG : 0) | (few && d->o.png ? RATE_PNG : 0) | (few && d->pdf ? RATE_PDF : 0) |
	       (few ? RATE_SCRIPT : 0);
}

static void gather(json_t *lines, const char *key, json_t *o)
{
	json_t *group = json_object_get(lines, key);

	if (!group)
		json_object_set_new(lines, key, group = json_array());
	json_array_append(group, o);
}

/* A check that is asked for must be there, with a curve. */
static int check_asked(rate_drawing *d)
{
	rate_extent x;
	size_t i, k;
	json_t *o;

	for (k = 0; k < d->o.checks; k++) {
		for (i = 0; (o = json_array_get(d->all, i)) && !rate_field_is(o, "check", d->o.check[k]); i++)
			;
		if (!o)
			return rate_draw_fail(d, "%s: no check '%s': ids are in its results.jsonl", d->folder,
			                      d->o.check[k]);
		if (!rate_extent_of(d, o, &x))
			return rate_draw_fail(d, "%s: %s has no curve to draw (%s)", d->folder, d->o.check[k],
			                      rate_field(o, "verdict"));
	}
	return RATE_OK;
}

/* Looked up often, over thousands of lines, so found once. */
static void note_lines(rate_drawing *d)
{
	const json_t *best;
	size_t i;
	json_t *o;

	json_array_foreach(d->all, i, o) {
		gather(d->theorems, rate_field(o, "theorem"), o);
		gather(d->objectives, rate_field(o, "objective"), o);
		if (!rate_field_is(o, "verdict", "not-applicable"))
			json_object_set_new(d->ran, rate_field(o, "theorem"), json_true());
	}
	for (i = 0; i < d->o.checks; i++)
		json_object_set_new(d->shown, d->o.check[i], json_true());
	for (int ran = 0; ran < 2 && !d->o.check; ran++)
		for (i = 0; (best = rate_next_theorem(d, &i, ran));)
			for (int control = 0; control < 2; control++) {
				const json_t *figure = rate_best_figure(d, rate_field(best, "theorem"), control);
				if (figure)
					json_object_set_new(d->shown, rate_field(figure, "check"), json_true());
			}
	for (i = 0; !d->o.best && !d->o.check && (best = rate_next_theorem(d, &i, 1));)
		if ((best = rate_nearest_other(d, rate_field(best, "theorem"))) && !rate_is_best(d, best))
			json_object_set_new(d->shown, rate_field(best, "check"), json_false());
}

unsigned rate_drawn_as(const rate_drawing *d, const char *name)
{
	/* What gnuplot turned out to be unable to draw is no longer among them. */
	return (unsigned)json_integer_value(json_object_get(d->kinds, name)) & rate_kinds_of(d, 1);
}

int rate_draw_fail(rate_drawing *d, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	rate_vfail(d->error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

void rate_draw_without(rate_drawing *d, const char *output)
{
	json_array_append_new(d->lost, json_sprintf("%s: not made: %s", output, d->error->text));
	rate_no_error(d->error);
}

/* "figures/NAME" stands in a folder of that name, in the shop as in the results folder. */
static int place_of(int folder, const char **name)
{
	char first[64];
	const char *slash = strchr(*name, '/');

	if (!slash)
		return dup(folder);
	snprintf(first, sizeof first, "%.*s", (int)(slash - *name), *name);
	*name = slash + 1;
	return rate_folder_in(folder, first);
}

FILE *rate_part_open(rate_drawing *d, const char *name)
{
	const char *base = name;
	int place = place_of(d->shop, &base);
	FILE *out = place < 0 ? NULL : rate_folder_create(place, base);

	if (!out)
		rate_draw_fail(d, "%s/%s: cannot write: %s", d->folder, name, strerror(errno));
	if (place >= 0)
		close(place);
	return out;
}

int rate_part_rename(rate_drawing *d, const char *name)
{
	const char *base = name;
	int place = place_of(d->dir, &base), bad = place < 0 || rate_folder_move(d->shop, name, place, base);

	if (bad)
		rate_draw_fail(d, "%s/%s: cannot be put in place: %s", d->folder, name, strerror(errno));
	if (place >= 0)
		close(place);
	return bad ? RATE_FAIL : RATE_OK;
}

int rate_part_begins(rate_drawing *d, const char *name, const char *bytes, const char *tool)
{
	int fd = openat(d->shop, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), same;
	size_t n = strlen(bytes);
	char got[16];

	same = fd >= 0 && read(fd, got, n) == (ssize_t)n && !memcmp(got, bytes, n);
	if (fd >= 0)
		close(fd);
	return same ? RATE_OK : rate_draw_fail(d, "%s: %s wrote no such file", name, tool);
}

int rate_part_close(rate_drawing *d, FILE *out, const char *name)
{
	int bad = ferror(out);

	if (fclose(out) || bad)
		return rate_draw_fail(d, "%s/%s: cannot write: %s", d->folder, name, strerror(errno));
	return rate_part_rename(d, name);
}

int rate_part_link(rate_drawing *d, const char *name)
{
	char target[64];

	snprintf(target, sizeof target, "../%s", name);
	if (rate_folder_remove(d->shop, name) || symlinkat(target, d->shop, name))
		return rate_draw_fail(d, "%s/%s: cannot be used: %s", d->folder, name, strerror(errno));
	return RATE_OK;
}

/* The child's side; no shell reads the folder's name, so any name will do. */
static void tool_child(const rate_drawing *d, const char *const argv[], const char *out)
{
	const int flags = O_WRONLY | O_CREAT | O_TRUNC;
	int fd_out, fd_log, null = open("/dev/null", O_RDONLY);

	if (fchdir(d->shop))
		_exit(126);
	fd_log = open("log", flags, 0666);
	fd_out = out ? open(out, flags, 0666) : fd_log;
	if (fd_out < 0 || fd_log < 0 || dup2(null, 0) < 0 || dup2(fd_out, 1) < 0 || dup2(fd_log, 2) < 0)
		_exit(126);
	/* gnuplot complains of every script whose signs the locale lacks. */
	setenv("LC_ALL", "C.UTF-8", 1);
	/* execvp's type is older than const; it does not write. */
	execvp(argv[0], (char **)(uintptr_t)argv);
	_exit(errno == ENOENT ? 127 : 126);
}

/* What a program says last is what stopped it. */
static void last_words(int shop, char *words, size_t size)
{
	FILE *in = rate_folder_read(shop, "log");
	char line[256];

	*words = 0;
	while (in && fgets(line, sizeof line, in)) {
		line[strcspn(line, "\r\n")] = 0;
		if (line[strspn(line, " \t^")])
			snprintf(words, size, ": %s", line + strspn(line, " \t"));
	}
	if (in)
		fclose(in);
}

/* A program that had nothing to say leaves no log, nor does that of an earlier time stay. */
static int keep_log(rate_drawing *d, const char *log)
{
	const char *base = log;
	int place = place_of(d->dir, &base), said = rate_folder_has(d->shop, "log"),
	    bad = place < 0 ||
	          (said ? rate_folder_move(d->shop, "log", place, base) : rate_folder_remove(place, base));

	if (place >= 0)
		close(place);
	return bad ? RATE_FAIL : RATE_OK;
}

int rate_tool(rate_drawing *d, const char *const argv[], const char *out, const char *log, const char *package)
{
	char words[256];
	int status;
	pid_t child = fork();

	if (child < 0)
		return rate_draw_fail(d, "%s cannot be started: %s", argv[0], strerror(errno));
	if (!child)
		tool_child(d, argv, out);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return rate_draw_fail(d, "%s: %s", argv[0], strerror(errno));
	last_words(d->shop, words, sizeof words);
	if (keep_log(d, log))
		return rate_draw_fail(d, "%s/%s: cannot be put in place: %s", d->folder, log, strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return rate_draw_fail(d, "%s is not installed (Debian: apt install %s)", argv[0], package);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		return rate_draw_fail(d, "%s failed%s; see %s/%s (Debian: apt install %s)", argv[0], words, d->folder,
		                      log, package);
	return RATE_OK;
}

int rate_usable_name(const char *id)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";

	return *id && strspn(id, letters) == strlen(id) && *id != '.' && *id != '-' && strlen(id) <= 96;
}

static int take_line(json_t *all, const char *path, size_t number, const char *line, rate_error *error)
{
	json_error_t e;
	json_t *o;

	if (!line[strspn(line, " \t\r\n")])
		return RATE_OK;
	if (!(o = json_loads(line, 0, &e)))
		return rate_fail(error, "%s:%zu: %s", path, number, e.text);
	if (!rate_usable_name(rate_field(o, "check")) || !rate_usable_name(rate_field(o, "theorem"))) {
		json_decref(o);
		return rate_fail(error, "%s:%zu: not a result: \"check\" or \"theorem\" is missing or no id "
		                 "([a-z0-9][a-z0-9.-]*)", path, number);
	}
	if (json_object_set_new(o, RATE_LINE, json_integer((json_int_t)json_array_size(all))) ||
	    json_array_append_new(all, o)) {
		return rate_fail(error, "out of memory");
	}
	return RATE_OK;
}

json_t *rate_read_results(const char *folder, rate_error *error)
{
	char path[4096], *line = NULL;
	size_t capacity = 0, number = 0;
	json_t *all = json_array();
	int dir = rate_folder_open(folder, 0), rc = RATE_OK;
	FILE *in = dir < 0 ? NULL : rate_folder_read(dir, "results.jsonl");

	snprintf(path, sizeof path, "%s/results.jsonl", folder);
	if (dir >= 0)
		close(dir);
	if (!all || !in) {
		rate_fail(error, "%s: cannot read: %s; `ratecheck verify --output %s` writes it", path,
		          strerror(errno), folder);
		json_decref(all);
		return NULL;
	}
	while (rc == RATE_OK && getline(&line, &capacity, in) > 0)
		rc = take_line(all, path, ++number, line, error);
	free(line);
	fclose(in);
	if (rc == RATE_OK && !json_array_size(all)) {
		rate_fail(error, "%s: holds no result", path);
		rc = RATE_FAIL;
	}
	if (rc != RATE_OK) {
		json_decref(all);
		return NULL;
	}
	return all;
}

json_t *rate_read_run(const rate_drawing *d)
{
	FILE *in = rate_folder_read(d->dir, "run.json");
	json_t *run = in ? json_loadf(in, 0, NULL) : NULL;

	if (in)
		fclose(in);
	return run;
}

static void progress(const rate_drawing *d, const char *what)
{
	if (d->o.progress)
		fprintf(stderr, "%s: %s\n", d->folder, what);
}

/* What is asked for implies what it is made of: the page shows SVG. */
static void complete(rate_draw_options *o)
{
	o->svg |= o->html || o->handout_html;
}

static int draw(rate_drawing *d)
{
	const struct output {
		int *wanted;
		int (*write)(rate_drawing *d);
		const char *name;
	} outputs[] = {
		{ &d->o.latex, rate_draw_snippets, "latex/" },
		{ &d->o.html, rate_write_page, "index.html" },
		{ &d->o.report_pdf, rate_write_pdf, "report.pdf" },
		{ &d->o.handout_html, rate_write_handout, "handout.html" },
		{ &d->o.handout_pdf, rate_write_handout_pdf, "handout.pdf" },
	};

	if (check_asked(d))
		return RATE_FAIL;
	note_lines(d);
	progress(d, "drawing figures");
	d->pdf = d->o.pdf || d->o.report_pdf || d->o.handout_pdf;
	if ((d->o.png || d->pdf || d->o.svg) && rate_draw_figures(d))
		return RATE_FAIL;
	for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
		if (!*outputs[i].wanted)
			continue;
		progress(d, outputs[i].name);
		if (outputs[i].write(d)) {
			rate_draw_without(d, outputs[i].name);
			*outputs[i].wanted = 0;
		}
	}
	return RATE_OK;
}

/* The reasons, a line each. */
static int reasons(const rate_drawing *d)
{
	size_t i, at = 0;
	json_t *line;

	json_array_foreach(d->lost, i, line)
		if (at < sizeof d->error->text)
			at += (size_t)snprintf(d->error->text + at, sizeof d->error->text - at, "%s%s", i ? "\n" : "",
			                       json_string_value(line));
	return i ? RATE_FAIL : RATE_OK;
}

/* With the folder locked, a shop that is there was left by a report that was killed. */
static int open_shop(rate_drawing *d)
{
	if (rate_folder_remove(d->dir, SHOP) || (d->shop = rate_folder_in(d->dir, SHOP)) < 0)
		return rate_draw_fail(d, "%s: cannot write there: %s", d->folder, strerror(errno));
	return RATE_OK;
}

int rate_draw_report(const char *folder, rate_draw_options *o, rate_error *error)
{
	rate_drawing d = { .folder = folder, .o = *o, .dir = rate_folder_open(folder, 0), .shop = -1,
		               .all = rate_read_results(folder, error), .names = json_object(),
		               .kinds = json_object(), .snippets = json_object(),
		               .theorems = json_object(), .objectives = json_object(), .ran = json_object(),
		               .shown = json_object(), .error = error, .lost = json_array() };
	int rc = RATE_FAIL, lock = -1;

	complete(&d.o);
	d.curve = calloc(json_array_size(d.all) + 1, sizeof *d.curve);
	if (d.all && d.curve && (lock = rate_folder_lock(d.dir, folder, error)) >= 0 && open_shop(&d) == RATE_OK)
		rc = draw(&d);
	if (rc == RATE_OK)
		rc = reasons(&d);
	else
		d.o = (rate_draw_options){ .latex = 0 };
	*o = d.o;
	if (d.shop >= 0) {
		close(d.shop);
		rate_folder_remove(d.dir, SHOP);
	}
	if (lock >= 0)
		close(lock);
	if (d.dir >= 0)
		close(d.dir);
	free(d.curve);
	json_decref(d.all);
	json_decref(d.names);
	json_decref(d.kinds);
	json_decref(d.snippets);
	json_decref(d.theorems);
	json_decref(d.objectives);
	json_decref(d.ran);
	json_decref(d.shown);
	json_decref(d.lost);
	return rc;
}
