/* Theorems of the chapter "weakly-convex".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem wc_subgradient, wc_prox_linear, wc_prox_point, cvar_spl, cvar_spl_step, exp_scaling, o2nc;

static const rate_theorem *const theorems[] = {
	&wc_subgradient,
	&wc_prox_linear,
	&wc_prox_point,
	&cvar_spl,
	&cvar_spl_step,
	&exp_scaling,
	&o2nc,
};
RATE_PLUGIN("weakly-convex", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
