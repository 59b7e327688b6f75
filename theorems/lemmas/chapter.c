/* The lemmas, in the book's order. The probe runs them too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem lem_lipschitz_subgrad, lem_descent, lem_descent_step, lem_gradient_bound,
    lem_smooth_convex_lower, lem_cocoercive, lem_sc_lower, lem_sc_growth, lem_sc_monotone, lem_sc_pl, lem_sc_coercive,
    lem_pl_nonconvex, lem_L_ordering, lem_expected_smoothness, lem_expected_smoothness_xy, lem_cocoercive_expected,
    lem_minibatch_expected_smoothness, lem_variance_transfer_convex, lem_variance_transfer_delta,
    lem_variance_transfer_composite, lem_noise_upper, lem_noise_lower, lem_prox_nonexpansive, lem_prox_firm,
    lem_prox_inequality, lem_moreau_smooth, lem_prox_fixed_point;

static const rate_theorem *const theorems[] = {
	&lem_lipschitz_subgrad,
	&lem_descent,
	&lem_descent_step,
	&lem_gradient_bound,
	&lem_smooth_convex_lower,
	&lem_cocoercive,
	&lem_sc_lower,
	&lem_sc_growth,
	&lem_sc_monotone,
	&lem_sc_pl,
	&lem_sc_coercive,
	&lem_pl_nonconvex,
	&lem_L_ordering,
	&lem_expected_smoothness,
	&lem_expected_smoothness_xy,
	&lem_cocoercive_expected,
	&lem_minibatch_expected_smoothness,
	&lem_variance_transfer_convex,
	&lem_variance_transfer_delta,
	&lem_variance_transfer_composite,
	&lem_noise_upper,
	&lem_noise_lower,
	&lem_prox_nonexpansive,
	&lem_prox_firm,
	&lem_prox_inequality,
	&lem_moreau_smooth,
	&lem_prox_fixed_point,
};
RATE_PLUGIN("lemmas", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
