/* report.pdf: one page a theorem, set by groff, so that no TeX is needed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/escape.h"
#include "reports/script.h"
#include "reports/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Characters that groff's PDF fonts lack, built from those they have. */
static const char *const glyph[][2] = {
	{ "2016", "|\\h'.08m'|" }, { "2225", "|\\h'.08m'|" }, { "2605", "\\[**]" }, { "2011", "-" },
	{ "211D", "\\f[B]R\\fP" }, { "2713", "\\[OK]" },      { "226A", "<\\h'-.25m'<" },
	{ "2113", "\\fIl\\fP" }, { "03F1", "\\f[S]\\[*r]\\fP" }, { "2218", "\\s-2o\\s+2" }, { "2153", "1/3" },
	{ "2154", "2/3" }, { "21A6", "|\\h'-.1m'\\[->]" }, { "2299", "\\o'O\\[md]'" },
	{ "2124", "\\f[B]Z\\fP" }, { "2AB0", "\\[>=]" }, { "2AAF", "\\[<=]" },
	{ "227A", "<" }, { "227B", ">" }, { "227C", "\\[<=]" }, { "227D", "\\[>=]" }, /* of matrices */
	{ "0304", "\\h'-.45m'\\[a-]" }, { "0302", "\\h'-.45m'\\[a^]" }, { "0303", "\\h'-.45m'\\[a~]" },
	{ "0307", "\\h'-.45m'\\[a.]" },
};
static const char *const raised[][2] = {
	{ "2070", "0" }, { "2074", "4" }, { "2075", "5" }, { "2076", "6" }, { "2077", "7" }, { "2078", "8" },
	{ "2079", "9" }, { "207A", "+" }, { "207B", "\\[mi]" }, { "207D", "(" }, { "207E", ")" }, { "207F", "n" },
	{ "1D57", "t" }, { "1D40", "T" }, { "1D4F", "k" }, { "2071", "i" }, { "1D56", "p" }, { "02B2", "j" },
};
static const char *const lowered[][2] = {
	{ "2080", "0" }, { "2081", "1" }, { "2082", "2" }, { "2083", "3" }, { "2084", "4" }, { "2085", "5" },
	{ "2086", "6" }, { "2087", "7" }, { "2088", "8" }, { "2089", "9" }, { "208A", "+" }, { "208B", "\\[mi]" },
	{ "209C", "t" }, { "2096", "k" }, { "1D62", "i" }, { "2C7C", "j" }, { "2099", "n" }, { "2098", "m" },
	{ "2090", "a" }, { "209A", "p" }, { "209B", "s" }, { "2093", "x" },
};

/* A picture at the left, the right or in the centre, of a width and height. groff's own macro asks the system for the
 * size and so needs its unsafe mode. */
static const char figure_macro[] =
	".de FIGURE\n.br\n.nr wide \\\\$3\n.nr high \\\\$4\n.ne \\\\n[high]u+1v\n.nr room \\\\n[.l]-\\\\n[.i]-\\\\n"
	"[wide]\n"
	".nr from 0\n.if '\\\\$1'R' .nr from \\\\n[room]\n.if '\\\\$1'C' .nr from \\\\n[room]/2\n"
	"\\h'\\\\n[from]u'\\X'pdf: pdfpic \\\\$2 -L \\\\n[wide]z \\\\n[high]z'\n.br\n.sp \\\\n[high]u\n..\n";

static void define_glyphs(FILE *out)
{
	static const char greek[] = "abgdezyhiklmncopr stufxqw";
	size_t i;

	for (i = 0; i < sizeof glyph / sizeof *glyph; i++)
		fprintf(out, ".char \\[u%s] %s\n", glyph[i][0], glyph[i][1]);
	/* Of the slanted Greek letters that groff takes by itself the next sign covers a part. */
	for (i = 0; greek[i]; i++)
		if (greek[i] != ' ')
			fprintf(out, ".char \\[u%04zX] \\f[S]\\[*%c]\\fP%s\n", 0x3b1 + i, greek[i],
			        greek[i] == 'g' ? "\\h'.06m'" : "");
	for (i = 0; i < sizeof raised / sizeof *raised; i++)
		fprintf(out, ".char \\[u%s] \\v'-.35m'\\s-3%s\\s+3\\v'.35m'\n", raised[i][0], raised[i][1]);
	for (i = 0; i < sizeof lowered / sizeof *lowered; i++)
		fprintf(out, ".char \\[u%s] \\v'.2m'\\s-3%s\\s+3\\v'-.2m'\n", lowered[i][0], lowered[i][1]);
}

void rate_roff_preamble(FILE *out)
{
	fputs(figure_macro, out);
	define_glyphs(out);
}

static void text(FILE *out, const char *s)
{
	rate_escape(out, RATE_ROFF, s);
}

void rate_roff_formulas(FILE *out, const char *s, int bracketed)
{
	static const rate_script_marks marks = { RATE_ROFF, { "\\v'-.35m'\\s-3", "\\s+3\\v'.35m'" },
	                                          { "\\v'.2m'\\s-3", "\\s+3\\v'-.2m'" }, NULL };

	rate_script_write(out, &marks, s, bracketed);
}

static void formulas(FILE *out, const char *s)
{
	rate_roff_formulas(out, s, 0);
}

static void in_font(FILE *out, const char *font, const char *s)
{
	fprintf(out, "\\f[%s]", font);
	text(out, s);
	fputs("\\fP\n", out);
}

static void paragraph(FILE *out, const char *head, const char *s)
{
	if (!*s)
		return;
	fputs(".LP\n", out);
	in_font(out, "B", head);
	formulas(out, s);
	putc('\n', out);
}

static void block(FILE *out, const char *s, int last)
{
	char numbers[1024];

	rate_short_numbers(numbers, sizeof numbers, s);
	fputs("T{\n.na\n", out);
	text(out, numbers);
	fprintf(out, "\nT}%s", last ? "\n" : "\t");
}

static void number(FILE *out, double x)
{
	if (isnan(x))
		fputs("\\[en]\t", out);
	else
		fprintf(out, "%.4g\t", x);
}

static void row(FILE *out, const json_t *o)
{
	char verdict[64];
	double R = rate_field_real(o, "replicates");

	snprintf(verdict, sizeof verdict, "%s%s", rate_field(o, "verdict"), rate_is_control(o) ? " (control)" : "");
	block(out, verdict, 0);
	block(out, *rate_objective_name(o) ? rate_objective_name(o) : "points", 0);
	block(out, rate_field(o, "parameters"), 0);
	number(out, rate_field_real(o, "steps"));
	number(out, rate_field_real(o, "max_ratio"));
	number(out, rate_field_real(o, "sharpness"));
	fputs("T{\n.na\n", out);
	text(out, rate_field(o, "statistic"));
	if (R > 1)
		fprintf(out, ", %.0f runs", R);
	fputs("\nT}\n", out);
}

/* A page has room for so many rows beside its figure; the rest is in index.html, which the page then says. */
enum { ROWS = 8, CONTROLS = 2 };

/* What is not as it must be first, then the sharpest. */
static int more_telling(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	int bad = !json_is_true(json_object_get(y, "ok")) - !json_is_true(json_object_get(x, "ok"));
	double p = rate_field_real(x, "max_ratio"), q = rate_field_real(y, "max_ratio");

	if (bad)
		return bad;
	if (isnan(p) != isnan(q))
		return isnan(p) - isnan(q);
	return p != q && !isnan(p) ? (p < q) - (p > q) : strcmp(rate_field(x, "check"), rate_field(y, "check"));
}

static void table(const rate_drawing *d, FILE *out, const char *id)
{
	const json_t *lines = rate_lines_of(d, id);
	const json_t **all = malloc((json_array_size(lines) + 1) * sizeof *all);
	size_t i, n = 0, controls = 0, shown = 0, left[2] = { 0, 0 };
	json_t *o;

	json_array_foreach(lines, i, o)
		if (all && !rate_field_is(o, "verdict", "not-applicable"))
			all[n++] = o;
	if (all)
		qsort(all, n, sizeof *all, more_telling);
	for (i = 0; i < n; i++)
		controls += (size_t)rate_is_control(all[i]);
	left[1] = controls < CONTROLS ? controls : CONTROLS;
	left[0] = ROWS - left[1];
	fputs(".ps 8\n.vs 9.5\n.TS\ncenter allbox;\nlb lb lb rb rb rb lb\nlw(1.9c) lw(4.6c) lw(2.2c) r r r lw(1.5c).\n"
	      "verdict\tobjective\tparameters\tT\tratio\tsharpness\tstatistic\n", out);
	/* The claims, then the controls; what is wrong is always told. */
	for (int control = 0; control < 2; control++)
		for (i = 0; i < n; i++)
			if (rate_is_control(all[i]) == control &&
			    (left[control] || !json_is_true(json_object_get(all[i], "ok")))) {
				row(out, all[i]);
				left[control] -= left[control] > 0;
				shown++;
			}
	fputs(".TE\n.ps\n.vs\n", out);
	if (shown < n)
		fprintf(out, ".LP\nThe sharpest are shown; %zu more checks of this theorem are in index.html.\n",
		        n - shown);
	free(all);
}

static void fallen(const rate_drawing *d, FILE *out, const char *id)
{
	char head[160];
	size_t i;
	json_t *o;

	json_array_foreach(rate_lines_of(d, id), i, o) {
		if (json_is_true(json_object_get(o, "ok")))
			continue;
		snprintf(head, sizeof head, "%s:", rate_field(o, "verdict"));
		paragraph(out, head, rate_field(o, "reason"));
		paragraph(out, "The method:", rate_field(o, "conduct"));
	}
}

/* The best curve and its control side by side, below them all instances; a control is drawn alone only if there is
 * nothing else. */
static void picture(const rate_drawing *d, FILE *out, char side, const char *name, double width)
{
	double aspect = json_number_value(json_object_get(d->names, name));

	fprintf(out, ".FIGURE %c figures/%s.pdf %.4gc %.4gc\n", side, name, width, aspect * width);
}

static void pictures(const rate_drawing *d, FILE *out, const json_t *figure, const json_t *control, const char *id)
{
	char unjudged[128];

	if (!d->pdf) {
		/* gnuplot drew none */
	} else if (figure && control) {
		fputs(".LP\n.ne 14c\n", out);
		picture(d, out, 'L', rate_field(figure, "check"), 8.4);
		fprintf(out, ".sp -%.4gc-1v\n",
		        8.4 * json_number_value(json_object_get(d->names, rate_field(figure, "check"))));
		picture(d, out, 'R', rate_field(control, "check"), 8.4);
	} else if (figure || control) {
		fputs(".LP\n.ne 9c\n", out);
		picture(d, out, 'C', rate_field(figure ? figure : control, "check"), 11);
	}
	if (figure) {
		rate_unjudged(figure, unjudged, sizeof unjudged);
		paragraph(out, "Rounding.", unjudged);
	}
	if (rate_drawn_as(d, id) & RATE_PDF) {
		fputs(".LP\n.ne 5c\n", out);
		picture(d, out, 'C', id, 8.4);
	}
}

static void page(const rate_drawing *d, FILE *out, const json_t *first)
{
	const char *id = rate_field(first, "theorem");
	const json_t *figure = rate_best_figure(d, id, 0), *control = rate_best_figure(d, id, 1);

	/* An id is letters, digits, dots and dashes. */
	fprintf(out, ".ds RH %s\n.bp\n.pdfbookmark 1 %s\n.SH\n", id, id);
	formulas(out, *rate_field(first, "title") ? rate_field(first, "title") : id);
	fputs("\n.LP\n", out);
	in_font(out, "CW", id);
	paragraph(out, "Statement.", rate_field(first, "statement"));
	paragraph(out, "Measured.", rate_field(first, "quantity"));
	paragraph(out, "Bound.", rate_field(first, "formula"));
	paragraph(out, "Source.", rate_field(first, "source"));
	fputs(".LP\n.B \"What was run, and what came out.\"\n.sp .3v\n", out);
	table(d, out, id);
	fallen(d, out, id);
	pictures(d, out, figure, control, id);
}

/* Theorems that apply to nothing of the run, a line each. */
static void inapplicable(const rate_drawing *d, FILE *out)
{
	char head[160];
	size_t i = 0, n = 0;

	for (const json_t *o; (o = rate_next_theorem(d, &i, 0)); n++) {
		if (!n)
			fputs(".bp\n.SH\nTheorems that do not apply, and why\n", out);
		snprintf(head, sizeof head, "%s:", rate_field(o, "theorem"));
		paragraph(out, head, rate_field(o, "reason"));
	}
}

/* A line of the first page: the theorem, how its checks went, the largest ratio. */
static void contents(const rate_drawing *d, FILE *out)
{
	const char *chapter = "";
	size_t i = 0;

	fputs(".ps 8.5\n.vs 10.5\n.TS H\ncenter;\nlb lb rb rb lb\nl lw(5.6c) r r l.\n"
	      "theorem\t\tchecks\tratio\tverdict\n_\n.sp 3p\n.TH\n", out);
	for (const json_t *o; (o = rate_next_theorem(d, &i, 1));) {
		const char *id = rate_field(o, "theorem"), *title = rate_field(o, "title");
		size_t k, n = 0, ok = 0;
		double most = NAN;
		json_t *line;

		json_array_foreach(rate_lines_of(d, id), k, line) {
			if (rate_field_is(line, "verdict", "not-applicable"))
				continue;
			n++;
			ok += json_is_true(json_object_get(line, "ok"));
			if (!rate_is_control(line))
				most = fmax(most, rate_field_real(line, "max_ratio"));
		}
		if (strcmp(chapter, rate_field(o, "chapter"))) {
			if (*chapter)
				fputs(".T&\nl s s s s\nl lw(5.6c) r r l.\n", out);
			chapter = rate_field(o, "chapter");
			in_font(out, "B", chapter);
		}
		fputs("\\f[CW]", out);
		text(out, id);
		fputs("\\fP\tT{\n.na\n", out);
		formulas(out, *title ? title : id);
		fprintf(out, "\nT}\t%zu\t", n);
		if (isnan(most))
			fputs("\\[en]", out);
		else
			fprintf(out, "%.4g", most);
		fprintf(out, "\t%s\n", ok == n ? "as it must be" : "\\fBlook here\\fP");
	}
	fputs(".TE\n.ps\n.vs\n", out);
}

/* What was run, from run.json: version, effort, seed. */
static void run_words(const rate_drawing *d, FILE *out)
{
	json_t *run = rate_read_run(d);

	if (run) {
		fputs(".LP\nratecheck ", out);
		text(out, rate_field(run, "version"));
		fprintf(out, ", seed %.0f, level of a sampled check %.3g.\n", rate_field_real(run, "seed"),
		        rate_field_real(run, "alpha"));
	}
	json_decref(run);
}

static void front(const rate_drawing *d, FILE *out)
{
	size_t i, decided = 0, ok = 0, sampled = 0, controls = 0, fell = 0;
	double sum = 0;
	json_t *o;

	json_array_foreach(d->all, i, o) {
		if (rate_field_is(o, "verdict", "not-applicable"))
			continue;
		if (rate_is_control(o)) {
			controls++;
			fell += json_is_true(json_object_get(o, "ok"));
		} else {
			decided++;
			ok += json_is_true(json_object_get(o, "ok"));
		}
		if (rate_field_is(o, "statistic", "sampled")) {
			sampled++;
			sum += fmax(0, rate_field_real(o, "alpha"));
		}
	}
	fputs(".pdfinfo /Title ratecheck report\n.TL\nratecheck report\n", out);
	run_words(d, out);
	fprintf(out, ".LP\n%zu of %zu instances hold; %zu of %zu controls are refuted, as they must be. "
	             "%zu pairs of a theorem and a "
	             "problem do not apply. %zu checks are sampled; the chance that any true theorem is called refuted "
	             "is at most "
	             "%.3g.\n", ok, decided, fell, controls, json_array_size(d->all) - decided - controls,
	             sampled, sum);
	fputs(".LP\nRatio: the largest measured value over its bound (of lower bounds the bound over the measured "
	      "value). Sharpness: "
	      "how near the measurement comes to the bound, 1 if it is attained. A control is a claim made false on "
	      "purpose; it shows "
	      "that the check can fail.\n", out);
	/* Who asks about one objective wants its ranking first. */
	if (rate_drawn_as(d, "objective_1") & RATE_PDF && !rate_drawn_as(d, "objective_2")) {
		fputs(".LP\nAll guarantees on the objective: the nearer to 1, the better a theorem explains its run.\n",
		      out);
		picture(d, out, 'C', "objective_1", 12);
	}
	fputs(".LP\n", out);
	contents(d, out);
}

static int write_source(rate_drawing *d)
{
	size_t i = 0;
	FILE *out = rate_part_open(d, "figures/report.ms");

	if (!out)
		return RATE_FAIL;
	fputs(".\\\" From the results folder, with figures (ratecheck report --pdf): groff -K utf8 -t -ms -Tpdf -P-pa4 "
	      "-dpaper=a4 figures/report.ms >report.pdf\n"
	      ".nr PO 2c\n.nr LL 17c\n.nr HM 1.8c\n.nr FM 1.8c\n.ds LH ratecheck report\n.ds CH\n.ds CF \\\\n[PN]\n"
	      ".nh\n.nr PS 10\n.nr VS 12.5\n", out);
	rate_roff_preamble(out);
	front(d, out);
	for (const json_t *o; (o = rate_next_theorem(d, &i, 1));)
		page(d, out, o);
	inapplicable(d, out);
	return rate_part_close(d, out, "figures/report.ms");
}

/* groff knows its 13 fonts by measure alone, unless it is told where free ones of the same measures are. 1: it is.
 * They are embedded without gropdf's -e, by which it would prefer its own list: files of Ghostscript, which need not
 * be there. */
static int write_fonts(rate_drawing *d)
{
	static const char *const folders[] = { "/usr/share/fonts/X11/Type1", "/usr/share/fonts/type1/urw-base35",
	                                       "/usr/share/fonts/urw-base35" };
	static const char *const kinds[] = { "pfb", "t1" };
	static const char *const fonts[][2] = {
		{ "Times-Roman", "NimbusRoman-Regular" }, { "Times-Bold", "NimbusRoman-Bold" },
		{ "Times-Italic", "NimbusRoman-Italic" }, { "Times-BoldItalic", "NimbusRoman-BoldItalic" },
		{ "Courier", "NimbusMonoPS-Regular" }, { "Courier-Bold", "NimbusMonoPS-Bold" },
		{ "Courier-Oblique", "NimbusMonoPS-Italic" }, { "Courier-BoldOblique", "NimbusMonoPS-BoldItalic" },
		{ "Symbol", "StandardSymbolsPS" },
	};
	char path[256];
	FILE *out;

	for (size_t f = 0; f < sizeof folders / sizeof *folders; f++)
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			snprintf(path, sizeof path, "%s/%s.%s", folders[f], fonts[0][1], kinds[k]);
			if (access(path, R_OK))
				continue;
			if (!(out = rate_part_open(d, "devpdf/download")))
				return 0;
			for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
				fprintf(out, "\t%s\t%s/%s.%s\n", fonts[i][0], folders[f], fonts[i][1], kinds[k]);
			return !fclose(out);
		}
	return 0;
}

/* In its safe mode, which it has unless told otherwise, groff runs nothing and takes macros from its own folders
 * alone. It finds figures that are not kept in the shop. */
int rate_roff_run(rate_drawing *d, const char *source, const char *paper, const char *out)
{
	char from[128], options[64];
	const char *const plain[] = { "groff", "-S", "-K", "utf8", "-t", "-ms", "-Tpdf", options,
	                              "-dpaper=a4", from, NULL };
	const char *const embed[] = { "groff", "-S", "-K", "utf8", "-t", "-ms", "-Tpdf", "-F", ".",
		                          options, "-dpaper=a4", from, NULL };

	snprintf(from, sizeof from, "../%s", source);
	snprintf(options, sizeof options, "-P-p%s", paper);
	return ((d->o.pdf || !d->pdf) && rate_part_link(d, "figures")) ||
	       rate_tool(d, write_fonts(d) ? embed : plain, out, "figures/groff.log", "groff") ||
	       rate_part_begins(d, out, "%PDF", "groff") ? RATE_FAIL : rate_part_rename(d, out);
}

int rate_write_pdf(rate_drawing *d)
{
	return write_source(d) ? RATE_FAIL : rate_roff_run(d, "figures/report.ms", "a4", "report.pdf");
}
