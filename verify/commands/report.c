/* ratecheck report: draws a results folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "reports/report.h"
#include "verify/commands/command.h"

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "png", 0, 0, 'p' }, { "pdf", 0, 0, 'd' }, { "html", 0, 0, 'h' },
		                                     { "svg", 0, 0, 's' }, { "latex", 0, 0, 'l' }, { "best", 0, 0, 'b' }, { "quiet", 0, 0, 'q' },
		                                     { 0, 0, 0, 0 } };
	rate_draw_options o = { .progress = isatty(2) };
	char error[4096] = "";
	int c, failed;

	while ((c = rate_option(argc, argv, "", options)) != -1) {
		if (c == 'p')
			o.png = 1;
		else if (c == 'd')
			o.pdf = o.report_pdf = 1;
		else if (c == 'h')
			o.html = o.png = 1;
		else if (c == 's')
			o.svg = 1;
		else if (c == 'l')
			o.latex = 1;
		else if (c == 'b')
			o.best = 1;
		else if (c == 'q')
			o.progress = 0;
		else
			return 2;
	}
	if (!o.png && !o.pdf && !o.svg && !o.latex)
		o = (rate_draw_options){ .png = 1, .pdf = 1, .svg = 1, .html = 1, .report_pdf = 1, .best = o.best,
			                     .progress = o.progress };
	if (optind + 1 != argc)
		return rate_usage("report takes one results folder, made by `ratecheck verify --output DIR`");
	failed = rate_draw_report(argv[optind], &o, error, sizeof error);
	if (o.html)
		printf("%s/index.html\n", argv[optind]);
	if (o.latex)
		printf("%s/latex/main.tex\n", argv[optind]);
	if (o.report_pdf)
		printf("%s/report.pdf\n", argv[optind]);
	fflush(stdout); /* what there is comes first */
	for (char *rest = error, *line; failed && (line = strsep(&rest, "\n"));)
		rate_trouble("%s", line);
	return failed ? 3 : 0;
}

const rate_command rate_command_report = {
	"report", "report DIR [--png] [--pdf] [--svg] [--html] [--latex] [--best] [--quiet]", "figures, one HTML page and one PDF of a results folder",
	"Draws the folder that `ratecheck verify --output DIR` wrote; nothing is run again.\n"
	"Writes DIR/figures/<check>.{gp,png,pdf,svg}, DIR/index.html, DIR/report.pdf. Without options: all of these.\n"
	"Where gnuplot or groff cannot make one of them, the others are made; exit code 3.\n\n"
	"  --png    pictures for slides\n"
	"  --pdf    for print, and report.pdf\n"
	"  --svg    for the web\n"
	"  --html   index.html, and --png\n"
	"  --latex  latex/<check>.{tex,pdf}, figures whose text is set by LaTeX, and main.tex to try them\n"
	"  --best   of each theorem only the sharpest instance and one control\n"
	"  --quiet  no progress\n\n"
	"A figure is drawn again by `gnuplot figures/<check>.gp` in DIR.\n",
	run
};
