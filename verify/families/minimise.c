/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/families/families.h"

const rate_family rate_family_minimise = {
	.name = "minimise",
	.title = "functions to be minimised: f, a sum of f_i, or f + h on a feasible set",
	.words = "value and gradient are those of f, x_star is a minimiser of f + h.",
	.tests = "slopes prox",
};
