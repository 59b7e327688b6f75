/* Theorems of the chapter "sampling".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem ula_moment, ula_gaussian, ula_gaussian_below, ula_bias;
extern const rate_theorem lm_gaussian, lm_gaussian_below, myula_moment;
extern const rate_theorem envelope_tv, envelope_kl;
extern const rate_theorem ddim_gaussian, ddim_floor, ddim_rate;

static const rate_theorem *const theorems[] = {
	&ula_moment,
	&ula_gaussian,
	&ula_gaussian_below,
	&ula_bias,
	&lm_gaussian,
	&lm_gaussian_below,
	&myula_moment,
	&envelope_tv,
	&envelope_kl,
	&ddim_gaussian,
	&ddim_floor,
	&ddim_rate,
};
RATE_PLUGIN("sampling", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
