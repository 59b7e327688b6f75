/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem sgd_convex_smooth, sgd_convex_interp, sgd_strongly_convex, sgd_strongly_convex_interp, sgd_pl,
    sgd_nonconvex;

static const rate_theorem *const theorems[] = {
	&sgd_convex_smooth,
	&sgd_convex_interp,
	&sgd_strongly_convex,
	&sgd_strongly_convex_interp,
	&sgd_pl,
	&sgd_nonconvex,
};
RATE_PLUGIN("stochastic-gradient", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
