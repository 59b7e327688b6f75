/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem li_subgrad_recursion, li_const_step, li_linear_decay, li_sqrt_schedule, li_jain_schedule,
    li_orabona_identity, li_sc_cotangent, li_smooth_recursion, li_smooth_recursion_closed,
    li_smooth_sc, li_hp_bounded, li_hp_subgauss, li_hp_subgauss_tight, li_hp_smooth;

static const rate_theorem *const theorems[] = {
	&li_subgrad_recursion,
	&li_const_step,
	&li_linear_decay,
	&li_sqrt_schedule,
	&li_jain_schedule,
	&li_orabona_identity,
	&li_sc_cotangent,
	&li_smooth_recursion,
	&li_smooth_recursion_closed,
	&li_smooth_sc,
	&li_hp_bounded,
	&li_hp_subgauss,
	&li_hp_subgauss_tight,
	&li_hp_smooth,
};
RATE_PLUGIN("last-iterate", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
