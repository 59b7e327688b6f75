/* Theorems of the chapter "zeroth-order".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem zo_pl, zo_ball_smoothing, zo_ball_bias, gfm_step, gfm, es_joint,
    es_locality, quzo, zo_adamu, cem_travel, cem_shrink, cem_premature, nn_gradient, nn_descent,
    cem_soft, cem_soft_width, cem_soft_width_lb, cbo_hop, cbo_hop_lb, zo_fw, zo_fw_track, gfm_plus,
    es_smooth, es_bounded, cbo_gradient, cbo_prox, cbo_laplace, cbo_laplace_gap;

static const rate_theorem *const theorems[] = {
	&zo_pl,
	&zo_ball_smoothing,
	&zo_ball_bias,
	&gfm_step,
	&gfm,
	&gfm_plus,
	&es_joint,
	&es_locality,
	&es_smooth,
	&es_bounded,
	&quzo,
	&zo_adamu,
	&cem_travel,
	&cem_shrink,
	&cem_premature,
	&cem_soft,
	&cem_soft_width,
	&cem_soft_width_lb,
	&cbo_hop,
	&cbo_hop_lb,
	&cbo_gradient,
	&cbo_prox,
	&cbo_laplace,
	&cbo_laplace_gap,
	&nn_gradient,
	&nn_descent,
	&zo_fw,
	&zo_fw_track,
};
RATE_PLUGIN("zeroth-order", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
