/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem hb_spectral, hb_quadratic_finite, hb_quadratic_short, cheb_semi_iteration, hb_lrp_cycle,
    hb_lrp_cycle_exact, hb_convex_average, shb_stationary, shb_noise_floor, shb_step_decay, nag_gs, nag_gs_ball,
    nag_gs_spectral;

static const rate_theorem *const theorems[] = {
	&hb_spectral,
	&hb_quadratic_finite,
	&hb_quadratic_short,
	&cheb_semi_iteration,
	&hb_lrp_cycle,
	&hb_lrp_cycle_exact,
	&hb_convex_average,
	&shb_stationary,
	&shb_noise_floor,
	&shb_step_decay,
	&nag_gs,
	&nag_gs_ball,
	&nag_gs_spectral,
};
RATE_PLUGIN("heavy-ball", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
