/* Figures: one gnuplot script for each curve, kept so that a reader can run it again, and one gnuplot for all of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MEAN = 1, LOW, HIGH, BOUND, EXACT, COLUMNS };

/* t,mean,low,high,bound,exact with empty cells, which become NaN. */
static int parse_row(char *line, double v[COLUMNS])
{
	char *end;
	int k;

	for (k = 0; k < COLUMNS; k++)
		v[k] = NAN;
	if (*line == '#')
		return 0;
	for (k = 0; k < COLUMNS && line; k++) {
		char *cell = strsep(&line, ",");

		v[k] = strtod(cell, &end);
		if (end == cell)
			v[k] = NAN;
	}
	return v[0] > 0;
}

static void stretch(rate_extent *x, double y)
{
	if (!(y > 0) || !isfinite(y))
		return;
	x->low = fmin(x->low, y);
	x->high = fmax(x->high, y);
}

static void add_row(rate_extent *x, const double v[COLUMNS])
{
	if (v[MEAN] > 0) {
		x->points++;
		x->first = fmin(x->first, v[0]);
		x->last = fmax(x->last, v[0]);
	}
	x->band |= v[LOW] < v[HIGH];
	x->exact |= v[EXACT] > 0;
	stretch(x, v[MEAN]);
	stretch(x, v[HIGH]);
	stretch(x, v[BOUND]);
	x->bounds += v[BOUND] > 0;
}

/* The slope guide starts at the bound's point nearest to a third of the way, in log t. */
static void note_bound(rate_extent *x, const double v[COLUMNS])
{
	double want = pow(x->first, 2.0 / 3) * pow(x->last, 1.0 / 3);

	if (v[BOUND] > 0 && isfinite(v[BOUND]) &&
	    (!x->bound || fabs(log(v[0] / want)) < fabs(log(x->bound_at / want)))) {
		x->bound_at = v[0];
		x->bound = v[BOUND];
	}
}

int rate_extent_of(const rate_drawing *d, const json_t *o, rate_extent *x)
{
	char path[4096], *line = NULL;
	double v[COLUMNS];
	size_t capacity = 0;
	FILE *in;

	*x = (rate_extent){ .first = INFINITY, .low = INFINITY };
	snprintf(path, sizeof path, "%s/curves/%s.csv", d->folder, rate_field(o, "check"));
	if (!(in = fopen(path, "r")))
		return 0;
	while (getline(&line, &capacity, in) > 0)
		if (parse_row(line, v))
			add_row(x, v);
	rewind(in);
	while (x->points > 1 && getline(&line, &capacity, in) > 0)
		if (parse_row(line, v))
			note_bound(x, v);
	free(line);
	fclose(in);
	/* A geometric curve goes on far below all rounding. */
	x->low = fmax(x->low, x->high * 1e-24);
	return x->points > 1;
}

void rate_quoted(FILE *out, const char *before, const char *s, size_t columns)
{
	char text[1024];
	const char *p;

	rate_shorten(text, sizeof text, s, columns);
	fprintf(out, "'%s", before);
	for (p = text; *p; p++)
		if (*p == '\'')
			fputs("''", out);
		else
			putc((unsigned char)*p < ' ' ? ' ' : *p, out);
	putc('\'', out);
}

/* Below two decades powers of ten are too few: 1, 2, 5, 10, ... */
static void few_tics(FILE *out, double low, double high)
{
	static const double digit[] = { 1, 2, 5 };
	int k = (int)floor(log10(low)), i, n = 0;

	fputs("set format y '%g'\nset ytics (", out);
	for (; pow(10, k) <= high; k++)
		for (i = 0; i < 3; i++)
			if (digit[i] * pow(10, k) >= low && digit[i] * pow(10, k) <= high)
				fprintf(out, "%s%g", n++ ? ", " : "", digit[i] * pow(10, k));
	fputs(")\n", out);
}

static void axes(FILE *out, const json_t *o, const rate_extent *x, int geometric)
{
	fputs("set logscale y\nset grid lc rgb '#dddddd'\nset border 3\nset tics nomirror\nset xlabel 't'\n", out);
	if (!geometric)
		fputs("set logscale x\n", out);
	if (!geometric && x->last > 1e4)
		fputs("set format x '10^{%T}'\n", out);
	fprintf(out, "set yrange [%.6g:%.6g]\n", x->low * 0.6, x->high * 2.5);
	if (x->high > 100 * x->low)
		fputs("set format y '10^{%T}'\n", out);
	else
		few_tics(out, x->low * 0.6, x->high * 2.5);
	fputs("set ylabel ", out);
	rate_quoted(out, "", rate_field(o, "quantity"), 60);
	fputs(" noenhanced\n", out);
}

static void title(FILE *out, const json_t *o)
{
	char spec[1024];

	rate_short_numbers(spec, sizeof spec, rate_field(o, "objective"));
	fputs("set title ", out);
	rate_quoted(out, rate_is_control(o) ? "control: " : "", rate_field(o, "theorem"), 60);
	fputs(".\"\\n\".", out);
	rate_quoted(out, "", spec, 80);
	fputs(" noenhanced\n", out);
}

/* A right-angled triangle above the bound whose long side has the proven slope. */
static void slope_guide(FILE *out, const json_t *o, const rate_extent *x)
{
	double p = rate_field_real(o, "proven_order"), t1 = x->bound_at, t2, y1, y2;

	if (!rate_field_is(o, "order", "power") || !(p > 0) || x->bounds < 2 || x->last < 8 * x->first)
		return;
	t2 = t1 * pow(x->last / x->first, 0.18);
	y1 = fmin(1.9 * x->bound, 2.3 * x->high);
	y2 = y1 * pow(t2 / t1, -p);
	fprintf(out, "set arrow from %.6g,%.6g to %.6g,%.6g nohead lw 1.2 lc rgb '#555555'\n", t1, y1, t2, y2);
	fprintf(out, "set arrow from %.6g,%.6g to %.6g,%.6g nohead lw 1.2 lc rgb '#555555'\n", t1, y1, t2, y1);
	fprintf(out, "set arrow from %.6g,%.6g to %.6g,%.6g nohead lw 1.2 lc rgb '#555555'\n", t2, y1, t2, y2);
	fprintf(out, "set label 'slope −%.3g' at %.6g,%.6g left offset 0.6,0 noenhanced tc rgb '#555555'\n", p, t2,
	        sqrt(y1 * y2));
}

/* The words of the key: what the solid line is. */
static void data_name(FILE *out, const json_t *o)
{
	double R = rate_field_real(o, "replicates");

	if (rate_field_is(o, "statistic", "sampled"))
		fprintf(out, "'mean of %.0f runs'", R);
	else
		fputs(rate_field_is(o, "statistic", "exact") ? "'exact mean'" : "'measured'", out);
}

static void plot(FILE *out, const json_t *o, const rate_extent *x)
{
	fputs("plot ", out);
	if (x->band)
		fprintf(out, "data using 1:(seen($1,$3>%g?$3:%g)):4 with filledcurves fc rgb '" SKY "' fs transparent solid 0.4 noborder "
		             "title '95 %% band of the mean', \\\n     ", x->low * 0.6, x->low * 0.6);
	fputs("data using 1:(seen($1,$2>0?$2:NaN)) with linespoints lw 2 pt 7 ps 0.4 lc rgb '" BLUE "' title ", out);
	data_name(out, o);
	if (x->exact && rate_field_is(o, "statistic", "sampled"))
		fputs(", \\\n     data using 1:(seen($1,$6>0?$6:NaN)) with lines dt 3 lw 2 lc rgb 'black' title 'exact mean'", out);
	if (x->bound > 0) {
		/* A claim on the last step alone has a bound there alone. */
		fprintf(out, ", \\\n     data using 1:(%s) with %s lw 2 lc rgb '" VERMILION "' title ",
		        x->bounds > 1 ? "seen($1,$5>0?$5:NaN)" : "$5>0?$5:NaN", x->bounds > 1 ? "lines dt 2" : "points pt 9 ps 1.5");
		rate_quoted(out, "bound ", rate_field(o, "formula"), 60);
	}
	putc('\n', out);
}

/* `part` is empty by hand; the report sets it to ".part" and renames. The first terminal plots, the others replot. */
static void terminal(FILE *out, const char *name, const char **plot, const char *kind, const char *settings)
{
	fprintf(out, "set terminal %s\nset output 'figures/%s.%s'.part\n%sunset output\n", settings, name, kind, *plot);
	*plot = "replot\n";
}

void rate_terminals(const rate_drawing *d, FILE *out, const char *name, const char *plot, int height)
{
	char settings[3][128];

	snprintf(settings[0], sizeof settings[0], "pngcairo size 800,%d font 'DejaVu Sans,11'", height);
	snprintf(settings[1], sizeof settings[1], "pdfcairo size 16cm,%gcm font 'DejaVu Sans,10'", height / 50.0);
	snprintf(settings[2], sizeof settings[2], "svg size 800,%d font 'DejaVu Sans,13' background rgb 'white'", height);
	if (d->o.png)
		terminal(out, name, &plot, "png", settings[0]);
	if (d->o.pdf)
		terminal(out, name, &plot, "pdf", settings[1]);
	if (d->o.svg)
		terminal(out, name, &plot, "svg", settings[2]);
}

FILE *rate_script_open(rate_drawing *d, const char *name)
{
	char file[256];
	FILE *out;

	snprintf(file, sizeof file, "figures/%s.gp", name);
	if ((out = rate_part_open(d, file)))
		fprintf(out, "# Draws the figure again, from the results folder: gnuplot %s\nreset\n"
		             "if (!exists(\"part\")) part = ''\nset encoding utf8\n", file);
	return out;
}

int rate_script_close(rate_drawing *d, FILE *out, const char *name)
{
	char file[256];

	snprintf(file, sizeof file, "figures/%s.gp", name);
	if (rate_part_close(d, out, file))
		return RATE_FAIL;
	return json_array_append_new(d->names, json_string(name)) ? rate_draw_fail(d, "out of memory") : RATE_OK;
}

/* Of a curve with thousands of points some 300 are drawn, evenly spaced along the axis: seen(t, y) is y or no value. */
static void thinning(FILE *out, const rate_extent *x, int geometric)
{
	if (x->points <= 400)
		fputs("seen(t, y) = y\n", out);
	else if (geometric)
		fprintf(out, "next(t) = t + %.6g\n", (x->last - x->first) / 300);
	else
		fprintf(out, "next(t) = t * %.9g\n", pow(x->last / x->first, 1.0 / 300));
	if (x->points > 400)
		fputs("last = 0\nseen(t, y) = t < last || t >= next(last) ? (last = t, y) : NaN\nset datafile missing NaN\n", out);
}

static int write_script(rate_drawing *d, const json_t *o, const rate_extent *x)
{
	const char *check = rate_field(o, "check");
	char *command = NULL;
	size_t size;
	FILE *out = rate_script_open(d, check), *text;

	if (!out)
		return RATE_FAIL;
	if (!(text = open_memstream(&command, &size))) {
		fclose(out);
		return rate_draw_fail(d, "out of memory");
	}
	plot(text, o, x);
	fclose(text);
	fprintf(out, "data = 'curves/%s.csv'\nset datafile separator ','\n", check);
	thinning(out, x, rate_field_is(o, "order", "geometric"));
	axes(out, o, x, rate_field_is(o, "order", "geometric"));
	title(out, o);
	/* Below the plot no curve can run under the key. */
	fputs("set key below horizontal noenhanced\n", out);
	slope_guide(out, o, x);
	rate_terminals(d, out, check, command, 500);
	free(command);
	return rate_script_close(d, out, check);
}

/* cairo ends the line "/Type /Page" with a comment, which groff's PDF reader takes for a key. Blanks of the same length
 * leave every offset of the file true. */
static int plain_pdf(rate_drawing *d, const char *name)
{
	static const char page[] = "/Type /Page %";
	char path[4096], *line = NULL, *at;
	size_t capacity = 0;
	ssize_t n;
	long start;
	FILE *f;

	snprintf(path, sizeof path, "%s/figures/%s.pdf.part", d->folder, name);
	if (!(f = fopen(path, "r+")))
		return rate_draw_fail(d, "%s: gnuplot did not write it: %s", path, strerror(errno));
	while (start = ftell(f), (n = getline(&line, &capacity, f)) > 0) {
		if (!(at = memmem(line, (size_t)n, page, sizeof page - 1)))
			continue;
		at += sizeof page - 2;
		memset(at, ' ', (size_t)(line + n - 1 - at));
		fseek(f, start, SEEK_SET);
		fwrite(line, 1, (size_t)n, f);
		fseek(f, 0, SEEK_CUR); /* C asks for it between writing and reading */
	}
	free(line);
	return fclose(f) ? rate_draw_fail(d, "%s: cannot write: %s", path, strerror(errno)) : RATE_OK;
}

static int rename_kind(rate_drawing *d, const char *figure, const char *kind)
{
	char name[256];

	snprintf(name, sizeof name, "figures/%s.%s", figure, kind);
	return rate_part_rename(d, name);
}

static int rename_figure(rate_drawing *d, const char *name)
{
	if (d->o.png && rename_kind(d, name, "png"))
		return RATE_FAIL;
	if (d->o.pdf && (plain_pdf(d, name) || rename_kind(d, name, "pdf")))
		return RATE_FAIL;
	return d->o.svg ? rename_kind(d, name, "svg") : RATE_OK;
}

static int write_scripts(rate_drawing *d)
{
	rate_extent x;
	size_t i;
	json_t *o;

	json_array_foreach(d->all, i, o)
		if (rate_is_shown(d, i) && rate_extent_of(d, o, &x) && write_script(d, o, &x))
			return RATE_FAIL;
	return rate_write_dots(d);
}

/* The driver loads all scripts: starting gnuplot costs more than a figure. */
static int write_driver(rate_drawing *d)
{
	FILE *driver = rate_part_open(d, "figures/all.gp");
	size_t i;
	json_t *name;

	if (!driver)
		return RATE_FAIL;
	fputs("# Draws all figures again, from the results folder: gnuplot figures/all.gp\n", driver);
	json_array_foreach(d->names, i, name)
		fprintf(driver, "load 'figures/%s.gp'\n", json_string_value(name));
	return rate_part_close(d, driver, "figures/all.gp");
}

int rate_draw_figures(rate_drawing *d)
{
	const char *const argv[] = { "gnuplot", "-e", "part='.part'", "figures/all.gp", NULL };
	char path[4096];
	size_t i;
	json_t *name;

	snprintf(path, sizeof path, "%s/figures", d->folder);
	if (mkdir(path, 0777) && errno != EEXIST)
		return rate_draw_fail(d, "%s: cannot make the folder: %s", path, strerror(errno));
	if (write_scripts(d) || write_driver(d))
		return RATE_FAIL;
	if (!json_array_size(d->names) || !(d->o.png || d->o.pdf || d->o.svg))
		return RATE_OK;
	if (rate_tool(d, argv, NULL, "figures/gnuplot.log", "gnuplot-nox"))
		return RATE_FAIL;
	json_array_foreach(d->names, i, name)
		if (rename_figure(d, json_string_value(name)))
			return RATE_FAIL;
	return RATE_OK;
}
