/* Theorems of the chapter "solvable-models".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem relu_interpolation, relu_too_few, min_norm_sgd, min_norm_path;
extern const rate_theorem sgd_stability, sgd_stability_lower, feature_curve, feature_curve_below, powerlaw_curve;
extern const rate_theorem relu_filter, relu_antipode;

static const rate_theorem *const theorems[] = {
	&relu_interpolation,
	&relu_too_few,
	&min_norm_sgd,
	&min_norm_path,
	&sgd_stability,
	&sgd_stability_lower,
	&feature_curve,
	&feature_curve_below,
	&powerlaw_curve,
	&relu_filter,
	&relu_antipode,
};
RATE_PLUGIN("solvable-models", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
