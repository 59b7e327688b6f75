/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem penalty_value, penalty_value_lipschitz, penalty_gradient, f2sa_descent, f2sa_noise,
    f2sa_noise_below, unrolled_gradient, msvr_tracker, msvr_descent;

static const rate_theorem *const theorems[] = {
	&penalty_value,
	&penalty_value_lipschitz,
	&penalty_gradient,
	&f2sa_descent,
	&f2sa_noise,
	&f2sa_noise_below,
	&unrolled_gradient,
	&msvr_tracker,
	&msvr_descent,
};
RATE_PLUGIN("bilevel", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
