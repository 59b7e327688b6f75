/* ratecheck judge: a path that any program has walked, against a claim on single paths.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/commands/command.h"

const rate_command rate_command_judge = {
	"judge", "judge THEOREM:parameter=value,... --objective SPEC --trajectory FILE [OPTION]...",
	"hold the path that another program has walked against a claim",
	"FILE (- is standard input) is a table: t and the d numbers of x_t in each line, or t and the value F(x_t) "
	  "under a first line\n"
	"t,value; between commas, semicolons, tabs or blanks. Steps ascend and may be left out, "
	  "where the claim is about x_t or\n"
	"F(x_t) alone. A row of t = 0 is the start; without it the path starts where the objective does. "
	  "Lines of # are skipped.\n\n"
	"The claim must be one on single paths (deterministic, regret), and its parameters given: "
	  "those with which the path was made.\n"
	"A claim about F(x_t) - F* can be judged on values.\n\n"
	"  --objective SPEC     what was minimised, mine.so:a=1 or quadratic:d=20,kappa=100\n"
	"  --trajectory FILE    the table\n"
	"  --plugin FILE.so     one more plugin file (may be repeated)\n"
	"  --format F           table (default), tap, json (a line a check), junit (XML)\n"
	"  --output DIR         results folder, for `ratecheck report` and its figure\n"
	"  --force              write over the results in DIR\n"
	"  --bound-factor C     the claim with C times its bound\n"
	"  --quiet              no progress, no warnings\n\n"
	"Exit: 0 holds, 1 refuted, 2 wrong use, 3 the file is no table, the hypothesis false, "
	  "or the claim does not apply.\n"
	"\nExamples:\n"
	"  ratecheck judge gd-convex-smooth:gamma=0.5 --objective quadratic:d=2 --trajectory path.csv  t,value "
	  "or t,x_1,x_2 a line\n",
	rate_verify_main
};
