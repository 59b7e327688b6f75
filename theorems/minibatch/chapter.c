/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem minibatch_variance, minibatch_convex_smooth, minibatch_strongly_convex;

static const rate_theorem *const theorems[] = {
	&minibatch_variance,
	&minibatch_convex_smooth,
	&minibatch_strongly_convex,
};
RATE_PLUGIN("minibatches", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
