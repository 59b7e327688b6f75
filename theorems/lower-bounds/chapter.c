/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem li_minimax_lb, li_harvey_lb, nesterov_chain, krylov_lb_convex, krylov_lb_sc, drori_lb;

static const rate_theorem *const theorems[] = {
	&li_minimax_lb,
	&li_harvey_lb,
	&nesterov_chain,
	&krylov_lb_convex,
	&krylov_lb_sc,
	&drori_lb,
};
RATE_PLUGIN("lower-bounds", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
