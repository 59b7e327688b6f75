/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem hb_spectral;

static const rate_theorem *const theorems[] = { &hb_spectral };
RATE_PLUGIN("heavy-ball", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
