/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem sps_lipschitz, sps_smooth, sps_smooth_interp, sps_smooth_interp_tight, sps_sc_interp,
    sps_sc_interp_tight, alr_mag, alr_mag_smooth, alr_mag_smooth_tight, alr_mag_distance, alr_hb;

static const rate_theorem *const theorems[] = {
	&sps_lipschitz,
	&sps_smooth,
	&sps_smooth_interp,
	&sps_smooth_interp_tight,
	&sps_sc_interp,
	&sps_sc_interp_tight,
	&alr_mag,
	&alr_mag_smooth,
	&alr_mag_smooth_tight,
	&alr_mag_distance,
	&alr_hb,
};
RATE_PLUGIN("polyak", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
