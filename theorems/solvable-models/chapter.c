/* Theorems of the chapter "solvable-models".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem relu_interpolation, relu_too_few, min_norm_sgd, min_norm_path;
extern const rate_theorem sgd_stability, sgd_stability_lower, feature_curve, feature_curve_below, powerlaw_curve;
extern const rate_theorem relu_filter, relu_antipode;
extern const rate_theorem one_step_gap, one_step_gap_convex, gd_optimism, sgd_decorrelation, stability_conditions;
extern const rate_theorem batch_hessian, max_rate_batch, max_rate_bracket;
extern const rate_theorem dyson_spread, dyson_spread_below, dyson_gap, dyson_gap_above, spiked_sgd, spiked_sgd_lower;
extern const rate_theorem bayes_mixture, bayes_expected;
extern const rate_theorem adaptive_homogeneity, rmsprop_rule, rmsprop_rule_lower, adam_rule;

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
	&one_step_gap,
	&one_step_gap_convex,
	&gd_optimism,
	&sgd_decorrelation,
	&stability_conditions,
	&batch_hessian,
	&max_rate_batch,
	&max_rate_bracket,
	&dyson_spread,
	&dyson_spread_below,
	&dyson_gap,
	&dyson_gap_above,
	&spiked_sgd,
	&spiked_sgd_lower,
	&bayes_mixture,
	&bayes_expected,
	&adaptive_homogeneity,
	&rmsprop_rule,
	&rmsprop_rule_lower,
	&adam_rule,
};
RATE_PLUGIN("solvable-models", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
