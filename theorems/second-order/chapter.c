/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem newton_local, newton_cycle, cubic_gradient, cubic_nonconvex, cubic_convex, cubic_tent,
    cubic_accelerated, smb_pl, smb_nonconvex;

static const rate_theorem *const theorems[] = {
	&newton_local,
	&newton_cycle,
	&cubic_gradient,
	&cubic_nonconvex,
	&cubic_convex,
	&cubic_tent,
	&cubic_accelerated,
	&smb_pl,
	&smb_nonconvex,
};
RATE_PLUGIN("second-order", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
