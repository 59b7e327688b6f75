/* ratecheck diff: two results folders compared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "reports/report.h"
#include "verify/commands/command.h"

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "json", 0, 0, 'j' }, { "tolerance", 1, 0, 't' }, { 0, 0, 0, 0 } };
	rate_diff_options o = { .tolerance = 1e-9 };
	char *end;
	rate_error error = { "" };
	size_t differences = 0;
	int c;

	while ((c = rate_option(argc, argv, "", options)) != -1) {
		if (c == 'j') {
			o.json = 1;
		} else if (c == 't') {
			o.tolerance = strtod(optarg, &end);
			if (end == optarg || *end || !(o.tolerance >= 0))
				return rate_usage("--tolerance %s: a number, 0 or more", optarg);
		} else {
			return 2;
		}
	}
	if (optind + 2 != argc)
		return rate_usage("diff takes two results folders, made by `ratecheck verify --output DIR`");
	if (rate_diff(argv[optind], argv[optind + 1], &o, stdout, &differences, &error))
		return rate_trouble("%s", error.text);
	return differences ? 1 : 0;
}

const rate_command rate_command_diff = {
	"diff", "diff DIR1 DIR2 [--tolerance X] [--json]", "compares two results folders: verdicts, sharpness, curves",
	"Checks are the same if their ids are: one theorem on one instance. Prints a line for each "
	  "difference: checks that are\n"
	"gone or new, changed factors of the bound, verdicts, ratios and sharpness, and the first point in "
	  "which a curve differs;\n"
	"below the first of a check its instance.\n\n"
	"  --tolerance X  numbers differ if they do by more than X relative to the larger one (default 1e-9)\n"
	"  --json         one object a line: check, what, before, after, objective, parameters\n\n"
	"Exit: 0 no difference, 1 some, 2 wrong use, 3 a folder cannot be read.\n"
	"\nExamples:\n"
	"  ratecheck diff before out  what changed between two runs\n",
	run
};
