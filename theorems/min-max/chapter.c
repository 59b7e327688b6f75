/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem gda_bilinear, altgda_bilinear, gda_strongly, eg_regret, eg_residual, eg_last, eg_bilinear,
    peg_regret, peg_spectral, peg_strongly, seg_floor, seg_two_steps, pp_residual, halpern_pp,
    proxskip_vip;

static const rate_theorem *const theorems[] = {
	&gda_bilinear,
	&altgda_bilinear,
	&gda_strongly,
	&eg_regret,
	&eg_residual,
	&eg_last,
	&eg_bilinear,
	&peg_regret,
	&peg_spectral,
	&peg_strongly,
	&seg_floor,
	&seg_two_steps,
	&pp_residual,
	&halpern_pp,
	&proxskip_vip,
};
RATE_PLUGIN("min-max", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
