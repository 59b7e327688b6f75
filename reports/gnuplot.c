/* What every script of gnuplot here has: strings, axes, where its picture goes and as what.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/gnuplot.h"
#include "reports/escape.h"
#include "reports/script.h"
#include "reports/text.h"

#include <errno.h>
#include <math.h>
#include <string.h>

void rate_quoted(FILE *out, const char *before, const char *s, size_t columns)
{
	char text[1024];

	rate_shorten(text, sizeof text, s, columns);
	putc('"', out);
	rate_escape(out, RATE_GNUPLOT, before);
	rate_escape(out, RATE_GNUPLOT, text);
	putc('"', out);
}

void rate_quoted_formula(FILE *out, const char *before, const char *s, size_t columns)
{
	static const rate_script_marks marks = { RATE_ENHANCED, { "^{", "}" }, { "_{", "}" }, NULL };
	size_t taken = rate_columns(before);
	char text[1024];

	rate_shorten(text, sizeof text, s, columns > taken ? columns - taken : 1);
	putc('"', out);
	rate_escape(out, RATE_ENHANCED, before);
	rate_script_write(out, &marks, text, 0);
	putc('"', out);
}

/* Below two decades powers of ten are too few: 1, 2, 5, 10, ... */
void rate_few_tics(FILE *out, char axis, double low, double high)
{
	static const double digit[] = { 1, 2, 5 };
	int k = (int)floor(log10(low)), i, n = 0;

	fprintf(out, "set %ctics (", axis);
	for (; pow(10, k) <= high; k++)
		for (i = 0; i < 3; i++)
			if (digit[i] * pow(10, k) >= low && digit[i] * pow(10, k) <= high)
				fprintf(out, "%s%g", n++ ? ", " : "", digit[i] * pow(10, k));
	fputs(")\n", out);
}

const struct rate_picture rate_pictures[RATE_PICTURES] = {
	{ "png", "figures/*.png", "pngcairo", "\x89PNG", RATE_PNG },
	{ "pdf", "figures/*.pdf", "pdfcairo", "%PDF", RATE_PDF },
	{ "svg", "figures/*.svg", "svg", "<?xml", RATE_SVG },
};

int *rate_picture_wanted(rate_drawing *d, size_t kind)
{
	int *const all[] = { &d->o.png, &d->pdf, &d->o.svg };

	return all[kind];
}

/* One turn for each kind of file. */
void rate_terminals(FILE *out, const char *name, unsigned as, const char *plot, int lines)
{
	const char *space = "";

	fputs("do for [kind in \"", out);
	for (size_t i = 0; i < RATE_PICTURES; i++)
		if (as & rate_pictures[i].kind) {
			fprintf(out, "%s%s", space, rate_pictures[i].name);
			space = " ";
		}
	fputs("\"] {\n", out);
	if (as & RATE_PNG)
		fprintf(out, "if (kind eq 'png') { set terminal pngcairo size 800,%d font 'DejaVu Sans,13' lw 1.5 }\n",
		        29 * lines);
	if (as & RATE_PDF)
		fprintf(out, "if (kind eq 'pdf') { set terminal pdfcairo " RATE_PAPER " font 'DejaVu Sans,12' }\n",
		        RATE_PAPER_WIDTH, RATE_PAPER_LINE * lines);
	if (as & RATE_SVG)
		fprintf(out, "if (kind eq 'svg') { set terminal svg size 480,%d font 'DejaVu Sans,13' "
		             "background rgb 'white' }\n", 18 * lines);
	fprintf(out, "set output 'figures/%s.'.kind\n%sunset output\n}\n", name, plot);
}

FILE *rate_script_open(rate_drawing *d, const char *name, int latex)
{
	char file[256];
	FILE *out;

	snprintf(file, sizeof file, "%s/%s.gp", latex ? "latex" : "figures", name);
	if ((out = rate_part_open(d, file)))
		fprintf(out, "# Draws the figure again, from the results folder: gnuplot %s\nreset\n"
		             "%sset encoding utf8\n", file,
		        latex ? "cd 'latex'\n" : "");
	return out;
}

int rate_snippet_close(rate_drawing *d, FILE *out, const char *name)
{
	char file[256];

	snprintf(file, sizeof file, "latex/%s.gp", name);
	if (rate_part_close(d, out, file))
		return RATE_FAIL;
	return json_object_set_new(d->snippets, name, json_true()) ? rate_draw_fail(d, "out of memory") : RATE_OK;
}

/* A script that nobody asked for stays in the shop. */
int rate_script_close(rate_drawing *d, FILE *out, const char *name, unsigned as, int lines)
{
	char file[256];

	snprintf(file, sizeof file, "figures/%s.gp", name);
	if (as & RATE_SCRIPT ? rate_part_close(d, out, file) : fclose(out))
		return *d->error->text ? RATE_FAIL : rate_draw_fail(d, "%s/%s: cannot write: %s", d->folder, file,
		                                              strerror(errno));
	return json_object_set_new(d->names, name, json_real(RATE_PAPER_LINE * lines / RATE_PAPER_WIDTH)) ||
	       json_object_set_new(d->kinds, name, json_integer(as)) ? rate_draw_fail(d, "out of memory") : RATE_OK;
}
