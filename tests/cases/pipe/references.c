/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims that are true of anything, about the formulas of optimisers.py: what is looked at is whether another method goes their
 * way. */
#define PARAMETERS(P) P(gamma)
#include "ratecheck/kit.h"

STEP(gamma, 1 / L, "0 < gamma <= 1/L")
FORMULA(bound, t, 1e100 + 0 * L + 0 * t)

#define ABOUT(name) \
	static CLAIM(about_##name, .id = "about-" #name, .chapter = "mine", .title = #name, .statement = "", .quantity = "", \
		.formula = "", .source = "", .kind = RATE_DETERMINISTIC, .method = #name "-formula", NEEDS("L", "x_star", "f_star"), \
		RANGE, .bound = bound, .measure = rate_measure_gap);
ABOUT(sgd)
ABOUT(momentum)
ABOUT(nesterov)
ABOUT(adam)
ABOUT(amsgrad)
ABOUT(adagrad)
ABOUT(rmsprop)
static const rate_theorem *const theorems[] = { &about_sgd, &about_momentum, &about_nesterov, &about_adam, &about_amsgrad,
	&about_adagrad, &about_rmsprop };
RATE_PLUGIN("references", "1.0", "MIT", .theorems = RATE_LIST(theorems))
