/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem bcd_composite, bcd_gauss_seidel, bcd_gs_poisson, bcd_page, rcd_sc, hspg_descent,
    hspg_fires, hspg_identify, hspg_linear;

static const rate_theorem *const theorems[] = {
	&bcd_composite,
	&bcd_gauss_seidel,
	&bcd_gs_poisson,
	&bcd_page,
	&rcd_sc,
	&hspg_descent,
	&hspg_fires,
	&hspg_identify,
	&hspg_linear,
};
RATE_PLUGIN("coordinate-descent", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
