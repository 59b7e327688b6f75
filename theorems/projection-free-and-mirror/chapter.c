/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem fw_convex, fw_recursion, fw_sparsity_lb, hedge_regret, md_entropy, relative_smooth, pinsker,
    centre_of_gravity, centre_of_gravity_plane, centroid_cut, ellipsoid_gap, ellipsoid_volume;

static const rate_theorem *const theorems[] = {
	&fw_convex,
	&fw_recursion,
	&fw_sparsity_lb,
	&hedge_regret,
	&md_entropy,
	&relative_smooth,
	&pinsker,
	&centre_of_gravity,
	&centre_of_gravity_plane,
	&centroid_cut,
	&ellipsoid_gap,
	&ellipsoid_volume,
};
RATE_PLUGIN("projection-free-and-mirror", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
