/* A report of a results folder: reads its lines (results.c), says what is drawn (pick.c), hands over to figure.c,
 * html.c and page.c, and says what could not be made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHOP ".draw"

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
