/* Theorems of the chapter "policy-gradient".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem softmax_smooth, softmax_pg, pg_any_step, pg_any_step_lb, memory_plateau,
    ppo_improve, ppo_two_arms, ppo_overshoot, igt_law, nigt, harpg, score_baseline, exit_score, stateful_score,
    dynamic_pg, simultaneous_plateau;

static const rate_theorem *const theorems[] = {
	&softmax_smooth,
	&softmax_pg,
	&pg_any_step,
	&pg_any_step_lb,
	&memory_plateau,
	&dynamic_pg,
	&simultaneous_plateau,
	&ppo_improve,
	&ppo_two_arms,
	&ppo_overshoot,
	&igt_law,
	&nigt,
	&harpg,
	&score_baseline,
	&exit_score,
	&stateful_score,
};
RATE_PLUGIN("policy-gradient", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
