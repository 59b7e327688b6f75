/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem clip_gd_smooth, clip_gd_l0l1, clip_gd_l0l1_tight, clip_gd_convex, clip_gd_count,
    clip_bias_exact, clip_bias_lb, clip_bias_pointwise, clip_bias_pointwise_tight, clip_alpha_bias, clip_alpha_second,
    clip_sgd_smooth, clip_spp_identity, clip_symmetric, clip_symmetric_firm, dice_virtual, clip_median, dice_optimum;

static const rate_theorem *const theorems[] = {
	&clip_gd_smooth,
	&clip_gd_l0l1,
	&clip_gd_l0l1_tight,
	&clip_gd_convex,
	&clip_gd_count,
	&clip_bias_exact,
	&clip_bias_lb,
	&clip_bias_pointwise,
	&clip_bias_pointwise_tight,
	&clip_alpha_bias,
	&clip_alpha_second,
	&clip_sgd_smooth,
	&clip_spp_identity,
	&clip_symmetric,
	&clip_symmetric_firm,
	&dice_virtual,
	&clip_median,
	&dice_optimum,
};
RATE_PLUGIN("clipping", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
