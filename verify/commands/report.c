/* ratecheck report: draws a results folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "reports/report.h"
#include "verify/commands/command.h"

enum { CHECKS = 256 };

static void print_paths(const char *folder, const rate_draw_options *o)
{
	static const char *const kind[] = { "svg", "png", "pdf" };
	const int drawn[] = { o->svg, o->png, o->pdf };

	for (size_t i = 0; i < o->checks; i++)
		for (size_t k = 0; k < sizeof kind / sizeof *kind; k++)
			if (drawn[k])
				printf("%s/figures/%s.%s\n", folder, o->check[i], kind[k]);
	if (o->html)
		printf("%s/index.html\n", folder);
	if (o->latex)
		printf("%s/latex/main.tex\n", folder);
	if (o->report_pdf)
		printf("%s/report.pdf\n", folder);
	fflush(stdout);
}

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "png", 0, 0, 'p' }, { "pdf", 0, 0, 'd' }, { "html", 0, 0, 'h' },
		                                     { "svg", 0, 0, 's' }, { "latex", 0, 0, 'l' },
		                                     { "best", 0, 0, 'b' }, { "all", 0, 0, 'a' },
		                                     { "check", 1, 0, 'c' }, { "quiet", 0, 0, 'q' }, { 0, 0, 0, 0 } };
	const char *check[CHECKS];
	rate_draw_options o = { .progress = isatty(2) };
	rate_error error = { "" };
	int c, failed;

	while ((c = rate_option(argc, argv, "", options)) != -1) {
		if (c == 'p')
			o.png = 1;
		else if (c == 'd')
			o.pdf = o.report_pdf = 1;
		else if (c == 'h')
			o.html = 1;
		else if (c == 's')
			o.svg = 1;
		else if (c == 'l')
			o.latex = 1;
		else if (c == 'b')
			o.best = 1;
		else if (c == 'a')
			o.all = 1;
		else if (c == 'c' && o.checks < CHECKS)
			check[o.checks++] = optarg;
		else if (c == 'c')
			return rate_usage("report takes at most %d --check; --all draws all", CHECKS);
		else if (c == 'q')
			o.progress = 0;
		else
			return 2;
	}
	if (optind + 1 != argc)
		return rate_usage("report takes one results folder, made by `ratecheck verify --output DIR`");
	if (o.checks && (o.html || o.best || o.all))
		return rate_usage("--check draws these checks alone: not together with --html, --best or --all");
	if (!o.png && !o.pdf && !o.svg && !o.html && !o.latex) {
		o.svg = 1;
		o.html = o.report_pdf = !o.checks;
		o.png = o.pdf = o.all || o.checks;
	}
	if (o.checks) {
		o.check = check;
		o.report_pdf = 0;
	}
	failed = rate_draw_report(argv[optind], &o, &error);
	print_paths(argv[optind], &o); /* what there is comes first */
	for (char *rest = error.text, *line; failed && (line = strsep(&rest, "\n"));)
		rate_trouble("%s", line);
	return failed ? 3 : 0;
}

const rate_command rate_command_report = {
	"report", "report DIR [--png] [--pdf] [--svg] [--html] [--latex] [--all] [--best] [--check ID]... [--quiet]",
	"figures, HTML pages and one PDF of a results folder",
	"Draws the folder that `ratecheck verify --output DIR` wrote; nothing is run again.\n"
	"Without options: DIR/index.html with a page for each theorem, and DIR/report.pdf. A page has a row for each\n"
	"check, with a small curve, and figures as SVG of those that people look at: the sharpest instance, a\n"
	"control, the nearest instance that was not made for the theorem, all instances in one. Any other is drawn\n"
	"by --check. Where gnuplot or groff cannot make one of them, the others are made; exit code 3.\n\n"
	"  --png       pictures for slides, figures/NAME.png\n"
	"  --pdf       for print, figures/NAME.pdf, and report.pdf\n"
	"  --svg       for the web\n"
	"  --html      index.html with its pages, and --svg; with --png and --pdf: the page and these, too\n"
	"  --latex     latex/<check>.{tex,pdf}, figures whose text is set by LaTeX, and main.tex to try them\n"
	"  --all       the figure of every check (a full quick run: half a gigabyte if in all formats)\n"
	"  --best      of each theorem only the sharpest instance and one control\n"
	"  --check ID  the figure of this check, in all formats or those asked for, and no page; may be repeated\n"
	"  --quiet     no progress\n\n"
	"A figure is drawn again by `gnuplot figures/NAME.gp` in DIR.\n"
	"\nExamples:\n"
	"  ratecheck report out                      pages and PDF\n"
	"  ratecheck report out --html --png --best  pictures for slides, two a theorem\n",
	run
};
