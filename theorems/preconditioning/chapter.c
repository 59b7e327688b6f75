/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem metric_gd, metric_gd_sc, target_inner, target_nonlinear, poly_condition, poly_eigenvalues,
    poly_gd, krylov_restart, proxy_convex, proxy_nonconvex, proxy_pl, proxy_noise, krr_condition;

static const rate_theorem *const theorems[] = {
	&metric_gd,
	&metric_gd_sc,
	&target_inner,
	&target_nonlinear,
	&poly_condition,
	&poly_eigenvalues,
	&poly_gd,
	&krylov_restart,
	&proxy_convex,
	&proxy_nonconvex,
	&proxy_pl,
	&proxy_noise,
	&krr_condition,
};
RATE_PLUGIN("preconditioning", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
