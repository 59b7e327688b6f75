/* Figures and one page of a results folder. The scripts stay beside the data: `gnuplot figures/<check>.gp` from the
 * folder draws a figure again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reports/report.h"

typedef struct drawing {
	const char *folder;
	const rate_draw_options *o;
	json_t *all; /* the result lines */
	char *error;
	size_t size;
} drawing;

static const char *text(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static int trouble(drawing *d, const char *what, const char *path)
{
	snprintf(d->error, d->size, "%s: cannot %s: %s", path, what, strerror(errno));
	return RATE_FAIL;
}

static int read_results(drawing *d)
{
	char path[4096], *line = NULL;
	size_t capacity = 0, number = 0;
	FILE *in;
	json_error_t e;
	int rc = RATE_OK;

	snprintf(path, sizeof path, "%s/results.jsonl", d->folder);
	if (!(in = fopen(path, "r")))
		return trouble(d, "read (make it with `ratecheck verify --output DIR`)", path);
	d->all = json_array();
	while (rc == RATE_OK && getline(&line, &capacity, in) > 0) {
		json_t *o = json_loads(line, 0, &e);
		number++;
		if (o)
			json_array_append_new(d->all, o);
		else {
			snprintf(d->error, d->size, "%s:%zu: %s", path, number, e.text);
			rc = RATE_FAIL;
		}
	}
	free(line);
	fclose(in);
	return rc;
}

static int has_curve(const drawing *d, const json_t *o)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/curves/%s.csv", d->folder, text(o, "check"));
	return access(path, R_OK) == 0 && json_integer_value(json_object_get(o, "judged_steps")) > 2;
}

/* gnuplot reads single-quoted text as it is, but for the quote. */
static void quoted(FILE *out, const char *s, size_t most)
{
	fputc('\'', out);
	for (; *s && most; s++, most--)
		fprintf(out, *s == '\'' ? "''" : "%c", *s);
	fputc('\'', out);
}

static void terminal(FILE *out, const char *check, const char *kind, const char *settings)
{
	fprintf(out, "set terminal %s\nset output 'figures/%s.%s'\nreplot\n", settings, check, kind);
}

static int write_script(drawing *d, const json_t *o, FILE *driver)
{
	const char *check = text(o, "check");
	char path[4096];
	FILE *out;
	int geometric = !strcmp(text(o, "order"), "geometric"), sampled = !strcmp(text(o, "statistic"), "sampled");

	snprintf(path, sizeof path, "%s/figures/%s.gp", d->folder, check);
	if (!(out = fopen(path, "w")))
		return trouble(d, "write", path);
	fprintf(out, "# Draw again with: gnuplot figures/%s.gp (from the results folder)\n", check);
	fprintf(out, "set datafile separator ','\nset datafile commentschars '#'\nset encoding utf8\nset grid lc rgb '#dddddd'\n");
	fprintf(out, "set key bottom left noenhanced\nset format y '10^{%%T}'\nset logscale y\n%sset xlabel 't'\nset ylabel ",
	        geometric ? "" : "set logscale x\n");
	quoted(out, text(o, "quantity"), 80);
	fprintf(out, " noenhanced\nset title ");
	quoted(out, text(o, "theorem"), 60);
	fprintf(out, ".\"\\n\".");
	quoted(out, text(o, "objective"), 70);
	fprintf(out, " noenhanced font ',10'\nset terminal unknown\nplot ");
	if (sampled)
		fprintf(out, "'curves/%s.csv' using 1:3:4 with filledcurves fc rgb '#56B4E9' fs transparent solid 0.35 noborder title "
		             "'95 %% band of the mean', ", check);
	fprintf(out, "'curves/%s.csv' using 1:($2>0?$2:NaN) with linespoints lw 2 pt 7 ps 0.4 lc rgb '#0072B2' title 'measured', ",
	        check);
	fprintf(out, "'curves/%s.csv' using 1:5 with lines dt 2 lw 2 lc rgb '#D55E00' title ", check);
	quoted(out, text(o, "formula"), 80);
	fputc('\n', out);
	if (d->o->png)
		terminal(out, check, "png", "pngcairo size 800,500 font 'DejaVu Sans,11'");
	if (d->o->pdf)
		terminal(out, check, "pdf", "pdfcairo size 12cm,7.5cm font 'DejaVu Sans,9'");
	if (d->o->svg)
		terminal(out, check, "svg", "svg size 800,500 font 'sans-serif,13'");
	fprintf(out, "unset output\n");
	fclose(out);
	fprintf(driver, "reset\nload 'figures/%s.gp'\n", check);
	return RATE_OK;
}

static int draw_figures(drawing *d)
{
	char path[4096], command[4300];
	FILE *driver;
	size_t i;
	json_t *o;

	snprintf(path, sizeof path, "%s/figures", d->folder);
	if (mkdir(path, 0777) && errno != EEXIST)
		return trouble(d, "make", path);
	snprintf(path, sizeof path, "%s/figures/all.gp", d->folder);
	if (!(driver = fopen(path, "w")))
		return trouble(d, "write", path);
	json_array_foreach(d->all, i, o)
		if (has_curve(d, o) && write_script(d, o, driver)) {
			fclose(driver);
			return RATE_FAIL;
		}
	fclose(driver);
	if (strchr(d->folder, '\'')) {
		snprintf(d->error, d->size, "%s: a folder without ' in its name is wanted", d->folder);
		return RATE_FAIL;
	}
	snprintf(command, sizeof command, "cd '%s' && gnuplot figures/all.gp >figures/gnuplot.log 2>&1", d->folder);
	if (system(command)) {
		snprintf(d->error, d->size, "gnuplot failed (see %s/figures/gnuplot.log; Debian: gnuplot-nox)", d->folder);
		return RATE_FAIL;
	}
	return RATE_OK;
}

static void escaped(FILE *out, const char *s)
{
	for (; *s; s++) {
		const char *e = *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : *s == '&' ? "&amp;" : *s == '"' ? "&quot;" : NULL;
		if (e)
			fputs(e, out);
		else
			fputc(*s, out);
	}
}

static void number_cell(FILE *out, const json_t *v)
{
	fputs("<td class=n>", out);
	if (json_is_number(v))
		fprintf(out, "%.4g", json_number_value(v));
	fputs("</td>", out);
}

static void page_row(drawing *d, FILE *out, const json_t *o)
{
	const char *check = text(o, "check"), *verdict = text(o, "verdict");

	fprintf(out, "<tr class=\"%s\"><td>%s%s</td><td>", json_is_true(json_object_get(o, "ok")) ? "ok" : "bad", verdict,
	        !strcmp(text(o, "role"), "control") ? " (control)" : "");
	escaped(out, text(o, "theorem"));
	fputs("</td><td>", out);
	escaped(out, text(o, "objective"));
	fputs("<br><small>", out);
	escaped(out, text(o, "parameters"));
	fputs("</small></td>", out);
	number_cell(out, json_object_get(o, "steps"));
	number_cell(out, json_object_get(o, "max_ratio"));
	number_cell(out, json_object_get(o, "sharpness"));
	fputs("<td>", out);
	escaped(out, text(o, "reason"));
	if (d->o->png && has_curve(d, o)) {
		fprintf(out, "<a href=\"figures/%s.png\"><img loading=lazy width=160 src=\"figures/%s.png\" alt=\"measured curve and bound of ",
		        check, check);
		escaped(out, text(o, "theorem"));
		fputs("\"></a>", out);
	}
	fputs("<details><summary>run it again</summary><code>", out);
	escaped(out, text(o, "replay"));
	fputs("</code></details></td></tr>\n", out);
}

static int write_page(drawing *d)
{
	char path[4096], part[4096];
	FILE *out;
	size_t i, good = 0;
	json_t *o;

	snprintf(path, sizeof path, "%s/index.html", d->folder);
	snprintf(part, sizeof part, "%s/.index.html", d->folder);
	if (!(out = fopen(part, "w")))
		return trouble(d, "write", part);
	json_array_foreach(d->all, i, o)
		good += json_is_true(json_object_get(o, "ok"));
	fprintf(out, "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">"
	             "<title>ratecheck report</title><style>body{font:15px sans-serif;margin:1em}table{border-collapse:collapse}"
	             "td,th{border-bottom:1px solid #ccc;padding:.3em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
	             ".n{text-align:right}.bad td:first-child{color:#D55E00;font-weight:bold}.ok td:first-child{color:#00664b}"
	             "</style><h1>ratecheck report</h1><p>%zu of %zu checks came out as they must.</p><table><tr><th>verdict"
	             "<th>theorem<th>objective<th>T<th>ratio<th>sharpness<th>figure and reason</tr>\n",
	        good, json_array_size(d->all));
	json_array_foreach(d->all, i, o)
		page_row(d, out, o);
	fputs("</table></html>\n", out);
	if (fclose(out) || rename(part, path))
		return trouble(d, "write", path);
	return RATE_OK;
}

int rate_draw_report(const char *folder, const rate_draw_options *o, char *error, size_t size)
{
	drawing d = { folder, o, NULL, error, size };
	int rc = read_results(&d);

	if (rc == RATE_OK)
		rc = draw_figures(&d);
	if (rc == RATE_OK && o->html)
		rc = write_page(&d);
	json_decref(d.all);
	return rc;
}
