/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem adam_nonconvergence, adam_nonconvergence_point, amsgrad_regret, adam_kingma_ba_claim_broken,
    adam_kingma_ba_linear_regret, adam_step_bound, adam_step_claim_broken, diffgrad_regret, adamod_regret,
    adagrad_norm_smooth, adagrad_norm_smooth_gradient, adagrad_norm_convex, adagrad_norm_convex_smooth,
    adagrad_norm_convex_smooth_tight,
    dog_deterministic, dog_deterministic_textbook, dog_sums,
    tdog_deterministic, tdog_deterministic_value, tdog_deterministic_path, madgrad_last,
    madgrad_half_way, adafactor_kl, adafactor_step, adafactor_clip, swats_descent,
    hutchinson_diag, oasis_linear, adgd_convex, unixgrad_smooth, udog_path, udog_smooth,
    norm_test_batch;

static const rate_theorem *const theorems[] = {
	&adagrad_norm_smooth,
	&adagrad_norm_smooth_gradient,
	&adagrad_norm_convex,
	&norm_test_batch,
	&adagrad_norm_convex_smooth,
	&adagrad_norm_convex_smooth_tight,
	&adam_nonconvergence,
	&adam_nonconvergence_point,
	&adam_kingma_ba_claim_broken,
	&adam_kingma_ba_linear_regret,
	&amsgrad_regret,
	&adam_step_bound,
	&adam_step_claim_broken,
	&diffgrad_regret,
	&adamod_regret,
	&dog_deterministic,
	&dog_deterministic_textbook,
	&dog_sums,
	&tdog_deterministic,
	&tdog_deterministic_value,
	&tdog_deterministic_path,
	&madgrad_last,
	&madgrad_half_way,
	&adafactor_kl,
	&adafactor_step,
	&adafactor_clip,
	&swats_descent,
	&hutchinson_diag,
	&oasis_linear,
	&adgd_convex,
	&unixgrad_smooth,
	&udog_path,
	&udog_smooth,
};
RATE_PLUGIN("adaptive", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
