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

#define BLUE "#0072B2" /* Okabe-Ito */
#define SKY "#56B4E9"
#define VERMILION "#D55E00"

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
	return x->points > 1;
}

/* gnuplot takes single-quoted text as it is, but for the quote; "noenhanced" beside it leaves _ ^ { } @ & ~ alone. */
static void quoted(FILE *out, const char *before, const char *s, size_t columns)
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

static void axes(FILE *out, const json_t *o, const rate_extent *x, int geometric)
{
	fputs("set logscale y\nset grid lc rgb '#dddddd'\nset border 3\nset tics nomirror\nset xlabel 't'\n", out);
	if (!geometric)
		fputs("set logscale x\n", out);
	if (!geometric && x->last > 1e4)
		fputs("set format x '10^{%T}'\n", out);
	/* Below two decades the tics are not powers of ten alone, and would all read 10^0. */
	fprintf(out, "set format y '%s'\nset yrange [%.6g:%.6g]\nset ylabel ", x->high > 100 * x->low ? "10^{%T}" : "%g",
	        x->low * 0.6, x->high * 2.5);
	quoted(out, "", rate_field(o, "quantity"), 60);
	fputs(" noenhanced\n", out);
}

static void title(FILE *out, const json_t *o)
{
	char spec[1024];

	rate_short_numbers(spec, sizeof spec, rate_field(o, "objective"));
	fputs("set title ", out);
	quoted(out, rate_is_control(o) ? "control: " : "", rate_field(o, "theorem"), 60);
	fputs(".\"\\n\".", out);
	quoted(out, "", spec, 80);
	fputs(" noenhanced\n", out);
}

/* A right-angled triangle above the bound whose long side has the proven slope. */
static void slope_guide(FILE *out, const json_t *o, const rate_extent *x)
{
	double p = rate_field_real(o, "proven_order"), t1 = x->bound_at, t2, y1, y2;

	if (!rate_field_is(o, "order", "power") || !(p > 0) || !(x->bound > 0) || x->last < 8 * x->first)
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
		fprintf(out, "data using 1:($3>%g?$3:%g):4 with filledcurves fc rgb '" SKY "' fs transparent solid 0.4 noborder "
		             "title '95 %% band of the mean', \\\n     ", x->low * 0.6, x->low * 0.6);
	fputs("data using 1:($2>0?$2:NaN) with linespoints lw 2 pt 7 ps 0.4 lc rgb '" BLUE "' title ", out);
	data_name(out, o);
	if (x->exact && rate_field_is(o, "statistic", "sampled"))
		fputs(", \\\n     data using 1:($6>0?$6:NaN) with lines dt 3 lw 2 lc rgb 'black' title 'exact mean'", out);
	if (x->bound > 0) {
		fputs(", \\\n     data using 1:($5>0?$5:NaN) with lines dt 2 lw 2 lc rgb '" VERMILION "' title ", out);
		quoted(out, "bound ", rate_field(o, "formula"), 60);
	}
	putc('\n', out);
}

/* `part` is empty by hand; the report sets it to ".part" and renames. The first terminal plots, the others replot. */
static void terminal(FILE *out, const json_t *o, const rate_extent *x, int *plotted, const char *kind, const char *settings)
{
	fprintf(out, "set terminal %s\nset output 'figures/%s.%s'.part\n", settings, rate_field(o, "check"), kind);
	if ((*plotted)++)
		fputs("replot\n", out);
	else
		plot(out, o, x);
	fputs("unset output\n", out);
}

static void terminals(const rate_drawing *d, FILE *out, const json_t *o, const rate_extent *x)
{
	int plotted = 0;

	if (d->o.png)
		terminal(out, o, x, &plotted, "png", "pngcairo size 800,500 font 'DejaVu Sans,11'");
	if (d->o.pdf)
		terminal(out, o, x, &plotted, "pdf", "pdfcairo size 16cm,10cm font 'DejaVu Sans,10'");
	if (d->o.svg)
		terminal(out, o, x, &plotted, "svg", "svg size 800,500 font 'DejaVu Sans,13' background rgb 'white'");
}

static int write_script(rate_drawing *d, const json_t *o, const rate_extent *x)
{
	const char *check = rate_field(o, "check");
	char name[256];
	FILE *out;

	snprintf(name, sizeof name, "figures/%s.gp", check);
	if (!(out = rate_part_open(d, name)))
		return RATE_FAIL;
	fprintf(out, "# Draws the figure again, from the results folder: gnuplot %s\nreset\nif (!exists(\"part\")) part = ''\n",
	        name);
	fprintf(out, "data = 'curves/%s.csv'\nset encoding utf8\nset datafile separator ','\n", check);
	axes(out, o, x, rate_field_is(o, "order", "geometric"));
	title(out, o);
	/* Below the plot no curve can run under the key. */
	fputs("set key below horizontal noenhanced\n", out);
	slope_guide(out, o, x);
	terminals(d, out, o, x);
	return rate_part_close(d, out, name);
}

/* cairo ends the line "/Type /Page" with a comment, which groff's PDF reader takes for a key. Blanks of the same length
 * leave every offset of the file true. */
static int plain_pdf(rate_drawing *d, const json_t *o)
{
	static const char page[] = "/Type /Page %";
	char path[4096], *line = NULL, *at;
	size_t capacity = 0;
	ssize_t n;
	long start;
	FILE *f;

	snprintf(path, sizeof path, "%s/figures/%s.pdf.part", d->folder, rate_field(o, "check"));
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

static int rename_kind(rate_drawing *d, const json_t *o, const char *kind)
{
	char name[256];

	snprintf(name, sizeof name, "figures/%s.%s", rate_field(o, "check"), kind);
	return rate_part_rename(d, name);
}

static int rename_figures(rate_drawing *d, const json_t *o)
{
	if (d->o.png && rename_kind(d, o, "png"))
		return RATE_FAIL;
	if (d->o.pdf && (plain_pdf(d, o) || rename_kind(d, o, "pdf")))
		return RATE_FAIL;
	return d->o.svg ? rename_kind(d, o, "svg") : RATE_OK;
}

/* The driver loads all scripts: starting gnuplot costs more than a figure. */
static int write_scripts(rate_drawing *d, size_t *figures)
{
	rate_extent x;
	size_t i;
	json_t *o;
	FILE *driver = rate_part_open(d, "figures/all.gp");

	if (!driver)
		return RATE_FAIL;
	fputs("# Draws all figures again, from the results folder: gnuplot figures/all.gp\n", driver);
	json_array_foreach(d->all, i, o) {
		if (!rate_extent_of(d, o, &x))
			continue;
		if (write_script(d, o, &x)) {
			fclose(driver);
			return RATE_FAIL;
		}
		fprintf(driver, "load 'figures/%s.gp'\n", rate_field(o, "check"));
		++*figures;
	}
	return rate_part_close(d, driver, "figures/all.gp");
}

int rate_draw_figures(rate_drawing *d)
{
	const char *const argv[] = { "gnuplot", "-e", "part='.part'", "figures/all.gp", NULL };
	char path[4096];
	rate_extent x;
	size_t i, figures = 0;
	json_t *o;

	snprintf(path, sizeof path, "%s/figures", d->folder);
	if (mkdir(path, 0777) && errno != EEXIST)
		return rate_draw_fail(d, "%s: cannot make the folder: %s", path, strerror(errno));
	if (write_scripts(d, &figures))
		return RATE_FAIL;
	if (!figures || !(d->o.png || d->o.pdf || d->o.svg))
		return RATE_OK;
	if (rate_tool(d, argv, NULL, "figures/gnuplot.log", "gnuplot-nox"))
		return RATE_FAIL;
	json_array_foreach(d->all, i, o)
		if (rate_extent_of(d, o, &x) && rename_figures(d, o))
			return RATE_FAIL;
	return RATE_OK;
}
