/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem adam_nonconvergence, adam_nonconvergence_point, amsgrad_regret;

static const rate_theorem *const theorems[] = {
	&adam_nonconvergence,
	&adam_nonconvergence_point,
	&amsgrad_regret,
};
RATE_PLUGIN("adaptive", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
