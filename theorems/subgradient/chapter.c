/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem ssd_convex_lipschitz, ssd_convex_decreasing, ssd_convex_horizon, pssd_bounded_exact,
    pssd_bounded, pssd_sc_weighted, pssd_sc_last_dist, pssd_sc_last_dist_tight, pssd_sc_uniform_exact, pssd_sc_uniform,
    pssd_sc_constant;

static const rate_theorem *const theorems[] = {
	&ssd_convex_lipschitz,
	&ssd_convex_decreasing,
	&ssd_convex_horizon,
	&pssd_bounded_exact,
	&pssd_bounded,
	&pssd_sc_weighted,
	&pssd_sc_last_dist,
	&pssd_sc_last_dist_tight,
	&pssd_sc_uniform_exact,
	&pssd_sc_uniform,
	&pssd_sc_constant,
};
RATE_PLUGIN("subgradients", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
