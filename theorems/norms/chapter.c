/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem ntr_smooth, ntr_sgd, ntr_momentum, ntr_weight_decay, newton_schulz_polar, muon_quintic,
    muon_inexact, steepest_linear;

static const rate_theorem *const theorems[] = {
	&ntr_smooth,
	&ntr_sgd,
	&ntr_momentum,
	&ntr_weight_decay,
	&steepest_linear,
	&newton_schulz_polar,
	&muon_quintic,
	&muon_inexact,
};
RATE_PLUGIN("norms", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
