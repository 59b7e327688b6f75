/* Theorems of the chapter "zeroth-order".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem zo_pl, zo_ball_smoothing, zo_ball_bias, gfm_step, gfm,
    es_joint, es_locality, quzo, zo_adamu;

static const rate_theorem *const theorems[] = {
	&zo_pl,
	&zo_ball_smoothing,
	&zo_ball_bias,
	&gfm_step,
	&gfm,
	&es_joint,
	&es_locality,
	&quzo,
	&zo_adamu,
};
RATE_PLUGIN("zeroth-order", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
