/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem sgd_convex_general, sgd_convex_young, sgd_convex_smooth, sgd_convex_smooth_tight,
    sgd_convex_horizon, sgd_convex_decreasing, sgd_convex_decreasing_closed, sgd_convex_decreasing_sums,
    sgd_convex_interp, sgd_strongly_convex, sgd_strongly_convex_interp, sgd_sc_complexity, sgd_strongly_convex_nws,
    sgd_strongly_convex_switch, sgd_strongly_convex_switch_nws, sgd_pl, sgd_pl_switch, sgd_nonconvex,
    sgd_nonconvex_horizon;

static const rate_theorem *const theorems[] = {
	&sgd_convex_general,
	&sgd_convex_young,
	&sgd_convex_smooth,
	&sgd_convex_smooth_tight,
	&sgd_convex_horizon,
	&sgd_convex_decreasing,
	&sgd_convex_decreasing_closed,
	&sgd_convex_decreasing_sums,
	&sgd_convex_interp,
	&sgd_strongly_convex,
	&sgd_strongly_convex_interp,
	&sgd_sc_complexity,
	&sgd_strongly_convex_nws,
	&sgd_strongly_convex_switch,
	&sgd_strongly_convex_switch_nws,
	&sgd_pl,
	&sgd_pl_switch,
	&sgd_nonconvex,
	&sgd_nonconvex_horizon,
};
RATE_PLUGIN("stochastic-gradient", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
