/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem sg_affine_constant, sg_affine_any, sg_affine_diminishing, sg_affine_nonconvex, avg_gradient,
    avg_law, nt_unfired, sgdr_cycle, sgdr_last, sgdr_floor, upweight_law, upweight_variance, reweighted_sgd,
    reweighted_interp, coreset_gd, coreset_gradient, greedy_facility, krr_features, krr_coordinates, kaczmarz,
    inference_equilibrium, inference_implicit, inference_loss;

static const rate_theorem *const theorems[] = {
	&sg_affine_constant,
	&sg_affine_any,
	&sg_affine_diminishing,
	&sg_affine_nonconvex,
	&avg_gradient,
	&avg_law,
	&nt_unfired,
	&sgdr_cycle,
	&sgdr_last,
	&sgdr_floor,
	&upweight_law,
	&upweight_variance,
	&reweighted_sgd,
	&reweighted_interp,
	&coreset_gd,
	&coreset_gradient,
	&greedy_facility,
	&krr_features,
	&krr_coordinates,
	&kaczmarz,
	&inference_equilibrium,
	&inference_implicit,
	&inference_loss,
};
RATE_PLUGIN("sampling-and-averaging", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
