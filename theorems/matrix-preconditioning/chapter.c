/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem shampoo_kron, shampoo_regret, graft_descent, coupled_newton_root, hessfit_criterion,
    hessfit_lie, psgd_equivariance, bfgs_quadratic, rls_exact, rls_distance,
    filter_newton_momentum, filter_newton_memory;

static const rate_theorem *const theorems[] = {
	&shampoo_kron,
	&shampoo_regret,
	&graft_descent,
	&coupled_newton_root,
	&hessfit_criterion,
	&hessfit_lie,
	&psgd_equivariance,
	&bfgs_quadratic,
	&filter_newton_momentum,
	&filter_newton_memory,
	&rls_exact,
	&rls_distance,
};
RATE_PLUGIN("matrix-preconditioning", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
