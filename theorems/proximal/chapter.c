/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem pgd_convex, pgd_convex_tight, pgd_strongly_convex, pgd_strongly_convex_tight, spgd_convex,
    spgd_strongly_convex, spgd_strongly_convex_switch, spp_convex_lipschitz, spp_convex_smooth, spp_convex_interp,
    spp_strongly_convex;

static const rate_theorem *const theorems[] = {
	&pgd_convex,        &pgd_convex_tight,     &pgd_strongly_convex,         &pgd_strongly_convex_tight,
	&spgd_convex,       &spgd_strongly_convex, &spgd_strongly_convex_switch, &spp_convex_lipschitz,
	&spp_convex_smooth, &spp_convex_interp,    &spp_strongly_convex
};
RATE_PLUGIN("proximal", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
