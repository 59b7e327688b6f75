/* Where results come from: what a run depends on, and the command line that repeats one of its checks. */
#ifndef VERIFY_COMMANDS_PROVENANCE_H
#define VERIFY_COMMANDS_PROVENANCE_H

#include "plugins/error.h"
#include "verify/plan/plan.h"

/* run.json: program, options, checksums of the plugins and data files that the plan uses; malloc'd, NULL with one
 * line in error. What does not move results (--jobs, --timeout, --memory) is not in it. */
char *rate_describe_run(const rate_plan_options *o, const rate_plan *plan, rate_error *error);
/* malloc'd; NULL: out of memory. An exact mean has no replicates, and is found again without them. */
char *rate_replay(const rate_plan_options *o, const rate_check *c, rate_statistic statistic);

#endif
