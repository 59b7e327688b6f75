/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem sarah_inner, sarah_inner_path, sarah_outer, ai_sarah, svrg_epoch, svrg_epoch_weighted, storm,
    storm_moving, mars_stationary, mars_floor, mars_error, lsvrg_sc, lsvrg_convex, saga_sc, page, page_convex;

static const rate_theorem *const theorems[] = {
	&svrg_epoch,
	&svrg_epoch_weighted,
	&lsvrg_sc,
	&saga_sc,
	&lsvrg_convex,
	&sarah_inner,
	&sarah_inner_path,
	&sarah_outer,
	&ai_sarah,
	&page,
	&page_convex,
	&storm,
	&storm_moving,
	&mars_stationary,
	&mars_floor,
	&mars_error,
};
RATE_PLUGIN("variance-reduction", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
