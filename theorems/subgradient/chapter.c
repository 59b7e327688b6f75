/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem ssd_convex_horizon;

static const rate_theorem *const theorems[] = { &ssd_convex_horizon };
RATE_PLUGIN("subgradients", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
