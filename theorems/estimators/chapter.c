/* Theorems of the chapter "estimators".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem est_moments, est_sgd_law, elbo_gap;

static const rate_theorem *const theorems[] = {
	&est_moments,
	&est_sgd_law,
	&elbo_gap,
};
RATE_PLUGIN("estimators", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
