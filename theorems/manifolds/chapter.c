/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem hyperbolic_cosine, radagrad_regret, radagrad_run, gep_minimum, gep_two_batches, gep_one_batch,
    gep_angle;

static const rate_theorem *const theorems[] = {
	&hyperbolic_cosine,
	&radagrad_regret,
	&radagrad_run,
	&gep_minimum,
	&gep_two_batches,
	&gep_one_batch,
	&gep_angle,
};
RATE_PLUGIN("manifolds", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
