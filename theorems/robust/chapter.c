/* Theorems of the chapter "robust".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem spectral_minibatch, cvar_minibatch, sgd_chebyshev, shuffle_sum, private_sgd;

static const rate_theorem *const theorems[] = {
	&spectral_minibatch,
	&cvar_minibatch,
	&sgd_chebyshev,
	&shuffle_sum,
	&private_sgd,
};
RATE_PLUGIN("robust", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
