/* Theorems of the chapter "sampling".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem ula_moment, ula_gaussian, ula_gaussian_below, ula_bias;
extern const rate_theorem lm_gaussian, lm_gaussian_below, myula_moment;
extern const rate_theorem langevin_w2, conducive_gradient, ddim_restoration, ddim_flow;
extern const rate_theorem mh_finite, mh_balance, time_change, ito_cumulants, ito_uniform, bregman_entropy, bregman_bias;
extern const rate_theorem sgld_coupling, ito_noise_swap;
extern const rate_theorem dsgld_delay, dsgld_delay_below, dsgld_surrogates;
extern const rate_theorem mala_acceptance, mala_taken, mala_refused, mala_invariant, mala_invariant_above;
extern const rate_theorem rescaled_virial, rescaled_virial_below;
extern const rate_theorem envelope_tv, envelope_kl;
extern const rate_theorem ddim_gaussian, ddim_floor, ddim_rate;

static const rate_theorem *const theorems[] = {
	&ula_moment,
	&ula_gaussian,
	&ula_gaussian_below,
	&ula_bias,
	&sgld_coupling,
	&langevin_w2,
	&lm_gaussian,
	&lm_gaussian_below,
	&myula_moment,
	&mala_invariant,
	&mala_invariant_above,
	&mala_acceptance,
	&mala_taken,
	&mala_refused,
	&mh_balance,
	&mh_finite,
	&time_change,
	&rescaled_virial,
	&rescaled_virial_below,
	&ito_noise_swap,
	&ito_cumulants,
	&ito_uniform,
	&envelope_tv,
	&envelope_kl,
	&bregman_entropy,
	&bregman_bias,
	&ddim_gaussian,
	&ddim_floor,
	&ddim_rate,
	&ddim_restoration,
	&ddim_flow,
	&conducive_gradient,
	&dsgld_delay,
	&dsgld_delay_below,
	&dsgld_surrogates,
};
RATE_PLUGIN("sampling", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
