/* Theorems of the chapter "robust".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem spectral_minibatch, cvar_minibatch, sgd_chebyshev, shuffle_sum, private_sgd;
extern const rate_theorem dro_weights, dro_smooth, dro_frozen, dro_frozen_cycle, prospect_rate, clip_hp;
extern const rate_theorem stable_sgd_law, stable_sgd_law_above;

static const rate_theorem *const theorems[] = {
	&spectral_minibatch,
	&cvar_minibatch,
	&dro_weights,
	&dro_smooth,
	&dro_frozen,
	&dro_frozen_cycle,
	&prospect_rate,
	&sgd_chebyshev,
	&clip_hp,
	&stable_sgd_law,
	&stable_sgd_law_above,
	&shuffle_sum,
	&private_sgd,
};
RATE_PLUGIN("robust", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
