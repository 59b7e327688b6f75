/* Theorems of the chapter "sampling".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem envelope_tv, envelope_kl;
extern const rate_theorem ddim_gaussian, ddim_floor, ddim_rate;

static const rate_theorem *const theorems[] = {
	&envelope_tv,
	&envelope_kl,
	&ddim_gaussian,
	&ddim_floor,
	&ddim_rate,
};
RATE_PLUGIN("sampling", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
