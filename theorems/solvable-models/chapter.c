/* Theorems of the chapter "solvable-models".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem relu_interpolation, relu_too_few;

static const rate_theorem *const theorems[] = {
	&relu_interpolation,
	&relu_too_few,
};
RATE_PLUGIN("solvable-models", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
