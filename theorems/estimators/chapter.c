/* Theorems of the chapter "estimators".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem est_moments, est_sgd_law, elbo_gap, vi_path_law, mlmc_moments, mlmc_variance, mlmc_sgd,
    alloc_optimal, alloc_acceptance, alloc_sgd, round_sgd, round_stall;

static const rate_theorem *const theorems[] = {
	&est_moments,
	&est_sgd_law,
	&elbo_gap,
	&vi_path_law,
	&mlmc_moments,
	&mlmc_variance,
	&mlmc_sgd,
	&alloc_optimal,
	&alloc_acceptance,
	&alloc_sgd,
	&round_sgd,
	&round_stall,
};
RATE_PLUGIN("estimators", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
