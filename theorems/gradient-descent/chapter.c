/*:
# Gradient descent

The oldest method: go against the gradient by a fixed step. Each theorem of this chapter holds on every path, so one
counterexample would refute it; and for each there is a function on which the bound is attained.
:*/

/*: {.plumbing} :*/
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/theorem.h"

extern const rate_theorem gd_convex_smooth, gd_convex_smooth_tight;

static const rate_theorem *const theorems[] = { &gd_convex_smooth, &gd_convex_smooth_tight };
RATE_PLUGIN("gradient-descent", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
