/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem momentum_writings, momentum_convex, momentum_convex_tight, li_ima, li_hb_ima_smooth;

static const rate_theorem *const theorems[] = {
	&momentum_writings,
	&momentum_convex,
	&momentum_convex_tight,
	&li_ima,
	&li_hb_ima_smooth,
};
RATE_PLUGIN("momentum-averaging", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
