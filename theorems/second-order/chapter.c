/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem lem_cubic_model, lem_cubic_gradient, newton_local, newton_cycle, newton_cubed, newton_damped,
    newton_decrement, cubic_gradient, cubic_nonconvex, cubic_convex, cubic_tent,
    cubic_accelerated, smb_pl, smb_nonconvex;

static const rate_theorem *const theorems[] = {
	&lem_cubic_model,
	&lem_cubic_gradient,
	&newton_local,
	&newton_cycle,
	&newton_cubed,
	&newton_damped,
	&newton_decrement,
	&cubic_gradient,
	&cubic_nonconvex,
	&cubic_convex,
	&cubic_tent,
	&cubic_accelerated,
	&smb_pl,
	&smb_nonconvex,
};
RATE_PLUGIN("second-order", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
