/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem gd_convex_smooth, gd_convex_smooth_tight, gd_strongly_convex, gd_strongly_convex_tight, gd_pl,
    gd_pl_tight, gd_pl_both_ends, gd_nonconvex, gd_nonconvex_tight;

static const rate_theorem *const theorems[] = {
	&gd_convex_smooth,
	&gd_convex_smooth_tight,
	&gd_strongly_convex,
	&gd_strongly_convex_tight,
	&gd_pl,
	&gd_pl_tight,
	&gd_pl_both_ends,
	&gd_nonconvex,
	&gd_nonconvex_tight,
};
RATE_PLUGIN("gradient-descent", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
