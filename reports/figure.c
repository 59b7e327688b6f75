/* Figures: one gnuplot script for each curve, kept so that a reader can run it again, and one gnuplot for all of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/gnuplot.h"
#include "reports/escape.h"
#include "reports/folder.h"
#include "reports/latex.h"
#include "reports/text.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ALL "all_figures.gp" /* no id has such a name */
enum { LINES = 27, PANEL = 7 }; /* of text, that a curve's figure and its lower panel are high */

/* The text of a label: a formula of the theorem, cut where the figure has no more room. */
static void formula(FILE *out, int latex, const char *before, const char *text, size_t columns)
{
	char *tex = NULL;
	size_t size;
	FILE *written = latex ? open_memstream(&tex, &size) : NULL;

	if (!written) {
		rate_quoted_formula(out, before, text, columns);
		return;
	}
	rate_latex_formula(written, text);
	fclose(written);
	fprintf(out, "\"%s\\044", before);
	rate_escape(out, RATE_GNUPLOT, tex ? tex : "");
	fputs("\\044\"", out);
	free(tex);
}

static void axes(FILE *out, const json_t *o, const rate_extent *x, int geometric, int latex)
{
	const char *power = latex ? "$10^{%T}$" : "10^{%T}";
	double low = x->low * 0.6, high = x->high * 2.5;

	/* The ratio's tics are those of the turn before. */
	/* Ticks of 10 and 5 pixels take fewer digits in SVG. */
	fputs("set logscale y\nset ytics autofreq\nset grid lc rgb '#dddddd'\nset border 3\n"
	      "set tics nomirror scale 1.026,0.513\n", out);
	if (!geometric)
		fputs("set logscale x\n", out);
	/* One axis of t for both panels, whichever of their points can be drawn. */
	fprintf(out, "set xrange [%.17g:%.17g]\nset yrange [%.6g:%.6g]\n", x->first, x->last, low, high);
	if (x->high > 100 * x->low)
		fprintf(out, "set format y '%s'\n%s", power, x->high > 1e8 * x->low ? "unset mytics\n" : "");
	else
		fputs("set format y '%g'\n", out), rate_few_tics(out, 'y', low, high);
	if (!geometric && x->last >= 2.5 * x->first && x->last < 20 * x->first)
		rate_few_tics(out, 'x', x->first, x->last);
	fputs("set ylabel ", out);
	formula(out, latex, "", rate_field(o, "quantity"), 38);
	fprintf(out, "%s\n", latex ? " offset -1.5,0" : "");
	if (x->leaves > 0)
		fprintf(out, "set label \"leaves the frame at t = %.0f, up to %.3g\" at graph 0.98, "
		             "graph 0.96 right noenhanced tc rgb '#333333'\n",
		        x->leaves, x->most);
}

static void title(FILE *out, const json_t *o)
{
	char spec[1024];

	rate_short_numbers(spec, sizeof spec, rate_objective_name(o));
	fputs("set title ", out);
	rate_quoted(out, rate_is_control(o) ? "control: " : "", rate_field(o, "theorem"), 46);
	fputs(".\"\\n\".", out);
	rate_quoted(out, "", spec, 46);
	fputs(" noenhanced offset 0,-0.3\n", out);
}

/* A right-angled triangle above the bound whose long side has the proven slope. */
static void slope_guide(FILE *out, const json_t *o, const rate_extent *x, int latex)
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
	fprintf(out, "set label 'slope %s%.3g%s' at %.6g,%.6g left offset 0.6,0 noenhanced tc rgb '#555555'\n",
	        latex ? "$-" : "−", p, latex ? "$" : "", t2, sqrt(y1) * sqrt(y2));
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

static int is_exact_drawn(const json_t *o, const rate_extent *x)
{
	return x->exact && rate_field_is(o, "statistic", "sampled");
}

static void plot(FILE *out, const json_t *o, const rate_extent *x, int latex)
{
	double factor = rate_field_real(o, "claimed_factor");
	char before[48] = "bound ";

	/* What a control claims is not the theorem's bound. */
	if (isfinite(factor) && factor != 1)
		snprintf(before, sizeof before, "%.3g times the bound ", factor);
	fputs("plot ", out);
	if (x->band)
		fprintf(out, "data using 1:(seen($1,$3>%g?$3:%g)):4 with filledcurves fc rgb '" SKY "' fs transparent "
		             "solid 0.4 noborder "
		             "title '95 %s band of the mean', ", x->low * 0.6, x->low * 0.6, latex ? "\\%" : "%");
	/* more dots would run into one another */
	fprintf(out, "data using 1:(seen($1,$2>0?$2:NaN)) with %s lc rgb '" BLUE "' title ",
	        x->points > RATE_DOTS ? "lines lw 2.5" : "linespoints lw 2 pt 7 ps 0.4");
	data_name(out, o);
	if (is_exact_drawn(o, x))
		fputs(", data using 1:(seen($1,$6>0?$6:NaN)) with lines dt 3 lw 2 lc rgb 'black' title 'exact mean'",
		      out);
	if (x->bound > 0) {
		/* A claim on the last step alone has a bound there alone. */
		fprintf(out, ", data using 1:(%s) with %s lw 2 lc rgb '" VERMILION "' title ",
		        x->bounds > RATE_DRAWN ? "seen($1,$5>0?$5:NaN)" : "$5>0?$5:NaN",
		        x->bounds > 1 ? "lines dt 2" : "points pt 9 ps 1.5");
		formula(out, latex, before, rate_field(o, "formula"), 54);
	}
	putc('\n', out);
}

/* Of a curve with thousands of points some 200 are drawn, evenly spaced along the axis, and the last: seen(t, y) is y
 * or no value. */
static void thinning(FILE *out, const rate_extent *x, int geometric)
{
	if (x->points <= RATE_DRAWN)
		fputs("seen(t, y) = y\n", out);
	else if (geometric)
		fprintf(out, "next(t) = t + %.6g\n", (x->last - x->first) / RATE_DRAWN);
	else
		fprintf(out, "next(t) = t * %.9g\n", pow(x->last / x->first, 1.0 / RATE_DRAWN));
	if (x->points > RATE_DRAWN)
		fprintf(out, "last = 0\n"
		             "seen(t, y) = t < last || t >= next(last) || t == %.17g ? (last = t, y) : NaN\n"
		             "set datafile missing NaN\n", x->last);
}

/* Lines of text from the bottom: the key, the axis of t, the panel of ratios, a line of words, the curve. Below the
 * plot no curve can run under the key. */
static void panels(FILE *out, const json_t *o, const rate_extent *x, int latex)
{
	int geometric = rate_field_is(o, "order", "geometric"),
	    key = 1 + x->band + is_exact_drawn(o, x) + (x->bound > 0);
	const char *t = latex ? "$t$" : "t", *format = x->last <= 1e4 || geometric ? "% h"
	    : latex ? "$10^{%T}$" : "10^{%T}";
	double lines = LINES - 2 * latex, low = key * (latex ? 1.4 : 0.9) + 2.7, split = low + (x->bounds ? PANEL : 0);

	fprintf(out, "set multiplot\nunset arrow\nunset label\nunset object\nset tmargin at screen %.4g\n"
	             "set bmargin at screen %.4g\n",
	        1 - (latex ? 0.8 : 2.8) / lines, (split + (x->bounds ? 1.9 : 0)) / lines);
	if (x->bounds)
		fputs("unset xlabel\nset format x ''\n", out);
	else
		fprintf(out, "set format x '%s'\nset xlabel '%s' offset 0,0.4\n", format, t);
	axes(out, o, x, geometric, latex);
	/* A paper has captions; LaTeX's own words are longer than gnuplot can tell. */
	if (!latex)
		title(out, o);
	slope_guide(out, o, x, latex);
	plot(out, o, x, latex);
	if (x->bounds) {
		fprintf(out, "unset title\nunset arrow\nunset label\nset tmargin at screen %.4g\n"
		             "set bmargin at screen %.4g\nset format x '%s'\n"
		             "set xlabel '%s' offset 0,0.4\n", split / lines, low / lines, format, t);
		rate_ratio_panel(out, o, x);
	}
	fputs("unset multiplot\n", out);
}

static int write_script(rate_drawing *d, const json_t *o, const rate_extent *x, int latex)
{
	const char *check = rate_field(o, "check");
	unsigned as = rate_kinds_of(d, rate_is_best(d, o));
	char *command = NULL;
	size_t size;
	FILE *out = rate_script_open(d, check, latex), *text;

	if (!out)
		return RATE_FAIL;
	if (!(text = open_memstream(&command, &size))) {
		fclose(out);
		return rate_draw_fail(d, "out of memory");
	}
	panels(text, o, x, latex);
	fclose(text);
	fprintf(out, "data = '%scurves/%s.csv'\nset datafile separator ','\nset lmargin 9.5\n",
	        latex ? "../" : "", check);
	thinning(out, x, rate_field_is(o, "order", "geometric"));
	fprintf(out, "set key at screen 0.03, screen 0.015 left bottom Left reverse maxcols 1 samplen 3 "
	             "spacing %s\n", latex ? "1.4" : "1");
	if (latex)
		fprintf(out, "set terminal cairolatex pdf " RATE_PAPER " font ',8'\nset output '%s.tex'\n"
		             "%sunset output\ncd '..'\n",
		        RATE_PAPER_WIDTH, RATE_PAPER_LINE * (LINES - 2), check, command);
	else
		rate_terminals(out, check, as, command, LINES);
	free(command);
	return latex ? rate_snippet_close(d, out, check) : rate_script_close(d, out, check, as, LINES);
}

/* cairo ends the line "/Type /Page" with a comment, which groff's PDF reader takes for a key, and writes the time of
 * day. Blanks of the same length leave every offset of the file true. */
static void mend(char *line, size_t n)
{
	static const char page[] = "/Type /Page %", date[] = "/CreationDate (D:";
	char *at, *end;

	if ((at = memmem(line, n, page, sizeof page - 1)))
		memset(at + sizeof page - 2, ' ', (size_t)(line + n - 1 - at) - (sizeof page - 2));
	else if ((at = memmem(line, n, date, sizeof date - 1)) && (end = memchr(at, ')', (size_t)(line + n - at))))
		memset(at, ' ', (size_t)(end + 1 - at));
}

static int plain_pdf(rate_drawing *d, const char *name)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t n;
	long start;
	int fd = openat(d->shop, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r+");

	if (!f)
		return rate_draw_fail(d, "%s/%s: gnuplot did not write it: %s", d->folder, name, strerror(errno));
	while (start = ftell(f), (n = getline(&line, &capacity, f)) > 0) {
		mend(line, (size_t)n);
		fseek(f, start, SEEK_SET);
		fwrite(line, 1, (size_t)n, f);
		fseek(f, 0, SEEK_CUR); /* C asks for it between writing and reading */
	}
	free(line);
	return fclose(f) ? rate_draw_fail(d, "%s/%s: cannot write: %s", d->folder, name, strerror(errno)) : RATE_OK;
}

static int take_figure(rate_drawing *d, const char *folder, const char *name, const char *kind,
                       const char *begins, int keep)
{
	char file[256];

	snprintf(file, sizeof file, "%s/%s.%s", folder, name, kind);
	return rate_part_begins(d, file, begins, "gnuplot") || (!strcmp(kind, "pdf") && plain_pdf(d, file)) ||
	               (!strcmp(kind, "svg") && rate_small_svg(d, file)) || (keep && rate_part_rename(d, file))
	               ? RATE_FAIL : RATE_OK;
}

/* A paper may take any of the figures; of the others a page shows few. */
static int is_wanted(const rate_drawing *d, const json_t *o, int latex)
{
	return latex && !d->o.best && !d->o.check
	    ? 1 : rate_is_shown(d, o) && (latex || rate_kinds_of(d, rate_is_best(d, o)));
}

static int write_scripts(rate_drawing *d, int latex)
{
	rate_extent x;
	size_t i;
	json_t *o;

	json_array_foreach(d->all, i, o)
		if (is_wanted(d, o, latex) && rate_extent_of(d, o, &x) && write_script(d, o, &x, latex))
			return RATE_FAIL;
	return latex || d->o.check ? RATE_OK : rate_write_envelopes(d) || rate_write_dots(d) ? RATE_FAIL : RATE_OK;
}

/* The driver loads all scripts: starting gnuplot costs more than a figure. */
static int write_driver(rate_drawing *d, const char *folder, json_t *names)
{
	char file[64];
	const char *name;
	FILE *driver;
	json_t *drawn;

	snprintf(file, sizeof file, "%s/" ALL, folder);
	if (!(driver = rate_part_open(d, file)))
		return RATE_FAIL;
	fprintf(driver, "# Draws all figures again, from the results folder: gnuplot %s\n", file);
	json_object_foreach(names, name, drawn)
		if (names == d->snippets || rate_drawn_as(d, name) & RATE_SCRIPT)
			fprintf(driver, "load '%s/%s.gp'\n", folder, name);
	return rate_part_close(d, driver, file);
}

/* In the shop figures are made beside the scripts that are not kept; the others are read from the results folder. */
static int run_gnuplot(rate_drawing *d, const char *folder, json_t *names)
{
	const char *const argv[] = { "gnuplot", "-d", "draw.gp", NULL };
	char log[64];
	const char *name;
	FILE *out;
	json_t *drawn;
	int place = rate_folder_in(d->shop, folder);

	if (place < 0 || rate_part_link(d, "curves") || !(out = rate_part_open(d, "draw.gp")))
		return *d->error->text ? RATE_FAIL : rate_draw_fail(d, "%s: cannot write there: %s", d->folder,
		                                              strerror(errno));
	close(place);
	json_object_foreach(names, name, drawn)
		fprintf(out, "load '%s%s/%s.gp'\n",
		        names == d->snippets || rate_drawn_as(d, name) & RATE_SCRIPT ? "../" : "", folder, name);
	if (fclose(out))
		return rate_draw_fail(d, "%s: cannot write there: %s", d->folder, strerror(errno));
	snprintf(log, sizeof log, "%s/gnuplot.log", folder);
	return rate_tool(d, argv, NULL, log, "gnuplot-nox");
}

/* A gnuplot may have been built without cairo. Leaves out the kinds that it cannot draw; 1: then it is worth trying
 * again. */
static int drop_terminals(rate_drawing *d)
{
	const char *const argv[] = { "gnuplot", "-d", "-e", "set print '-'; print ' '.GPVAL_TERMINALS.' '", NULL };
	char terminals[4096], word[64];
	int dropped = 0, left = 0;
	FILE *in;

	if (rate_tool(d, argv, "terminals", "figures/gnuplot.log", "gnuplot-nox") ||
	    !(in = rate_folder_read(d->shop, "terminals")))
		return 0;
	terminals[fread(terminals, 1, sizeof terminals - 1, in)] = 0;
	fclose(in);
	for (size_t i = 0; i < RATE_PICTURES; i++) {
		snprintf(word, sizeof word, " %s ", rate_pictures[i].terminal);
		if (*rate_picture_wanted(d, i) && !strstr(terminals, word)) {
			rate_draw_fail(d, "this gnuplot has no terminal %s (Debian: apt install gnuplot-nox)",
			               rate_pictures[i].terminal);
			rate_draw_without(d, rate_pictures[i].output);
			*rate_picture_wanted(d, i) = 0;
			dropped = 1;
		}
		left |= *rate_picture_wanted(d, i);
	}
	return dropped && left;
}

enum { UNWRITTEN = RATE_FAIL - 1 };

static int write_and_run(rate_drawing *d)
{
	if (json_object_clear(d->names) || json_object_clear(d->kinds) || write_scripts(d, 0) ||
	    write_driver(d, "figures", d->names))
		return UNWRITTEN;
	return json_object_size(d->names) ? run_gnuplot(d, "figures", d->names) : RATE_OK;
}

/* RATE_FAIL if nothing can be written. What gnuplot cannot draw is left out, and the rest is drawn. */
int rate_draw_figures(rate_drawing *d)
{
	const char *name;
	json_t *drawn;
	int rc = write_and_run(d);

	if (rc == RATE_FAIL && drop_terminals(d))
		rc = write_and_run(d);
	if (rc == UNWRITTEN)
		return RATE_FAIL;
	if (rc == RATE_FAIL) {
		if (d->o.png || d->pdf || d->o.svg)
			rate_draw_without(d, "figures");
		d->o.png = d->pdf = d->o.svg = 0;
	}
	for (size_t i = 0; i < RATE_PICTURES; i++)
		json_object_foreach(d->names, name, drawn)
			if (rate_drawn_as(d, name) & rate_pictures[i].kind &&
			    take_figure(d, "figures", name, rate_pictures[i].name, rate_pictures[i].begins,
			                rate_pictures[i].kind != RATE_PDF || d->o.pdf)) {
				rate_draw_without(d, rate_pictures[i].output);
				*rate_picture_wanted(d, i) = 0;
			}
	return RATE_OK;
}

/* A paper around all snippets, to take one from and to see that LaTeX accepts them. */
static int write_paper(rate_drawing *d)
{
	FILE *out = rate_part_open(d, "latex/main.tex");
	char spec[1024];
	size_t i;
	json_t *o;

	if (!out)
		return RATE_FAIL;
	fputs("% All figures of the run; in this folder: pdflatex main.tex\n\\documentclass{article}\n"
	      "\\usepackage[utf8]{inputenc}\n"
	      "\\usepackage{graphicx,xcolor,amsmath,amssymb} % what a figure needs\n\\begin{document}\n\\sloppy\n",
	      out);
	json_array_foreach(d->all, i, o) {
		rate_extent x;

		if (!is_wanted(d, o, 1) || !rate_extent_of(d, o, &x))
			continue;
		fprintf(out, "\\begin{figure}\n\t\\centering\\footnotesize\n\t\\input{%s}\n\t\\caption{%s\\texttt{",
		        rate_field(o, "check"), rate_is_control(o) ? "A control of " : "");
		rate_latex_text(out, rate_field(o, "theorem"));
		fputs("} on \\texttt{", out);
		rate_short_numbers(spec, sizeof spec, rate_objective_name(o));
		rate_latex_text(out, spec);
		fprintf(out, "}: measured/bound at most %.3g.}\n\\end{figure}\n\\clearpage\n",
		        rate_field_real(o, "max_ratio"));
	}
	fputs("\\end{document}\n", out);
	return rate_part_close(d, out, "latex/main.tex");
}

int rate_draw_snippets(rate_drawing *d)
{
	const char *name;
	json_t *drawn;

	if (write_scripts(d, 1) || write_driver(d, "latex", d->snippets) || write_paper(d) ||
	    run_gnuplot(d, "latex", d->snippets))
		return RATE_FAIL;
	json_object_foreach(d->snippets, name, drawn)
		if (take_figure(d, "latex", name, "pdf", "%PDF", 1) || take_figure(d, "latex", name, "tex", "%", 1))
			return RATE_FAIL;
	return RATE_OK;
}
