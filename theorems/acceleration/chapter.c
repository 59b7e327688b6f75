/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem agd_convex, fista, ogm, agd_sc, sgd_sgc_convex, sgd_sgc, sagd_sgc_convex, sagd_sgc_sc,
    sagd_semi_convex, sagd_semi, sagd_sqrt_rho_counterexample, sagd_sqrt_rho_counterexample_sc;

static const rate_theorem *const theorems[] = {
	&agd_convex,
	&fista,
	&ogm,
	&agd_sc,
	&sgd_sgc_convex,
	&sgd_sgc,
	&sagd_sgc_convex,
	&sagd_sgc_sc,
	&sagd_semi_convex,
	&sagd_semi,
	&sagd_sqrt_rho_counterexample,
	&sagd_sqrt_rho_counterexample_sc,
};
RATE_PLUGIN("acceleration", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
