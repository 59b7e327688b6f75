/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/families/families.h"

const rate_family rate_family_field = {
	.name = "field",
	.title = "fields V, the gradient of no function: saddles, equilibria, variational inequalities",
	.flag = "field",
	.stranger = "stated for functions: the objective is a field V, the gradient of none",
	.no_value = "a field has none, only a gradient",
	.words = "gradient is V; value is 0 and never looked at; x_star is a zero of V, L its Lipschitz constant,\n"
	         "mu its strong monotonicity. The prox of a term is the resolvent (I + gamma V)^-1. Where several\n"
	         "players move, the vector constant players says how many coordinates each has, one after the other.",
	.interfaces = "constants/1 finite-sum/1 stream/1 block/1 projection/1 hessian/1 quantities/1 start/1",
	.constants = "field L mu monotone skew sigma_min L_2 G G_inf x_star L_max L_i mu_min noise2 noise_max "
	             "noise_additive "
	             "noise_subgauss noise_M noise_MV strong_growth sigma_star2 interpolation diameter box rows",
	.needs = "field monotone skew interpolation noise_additive noise_M noise_MV noise_subgauss mu_min L_mean "
	         "sigma_F2 grad_star2 ell",
	.quantities = "dist2 grad2",
	.tests = "resolvent",
};
