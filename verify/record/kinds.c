/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/record/kinds.h"

#include <string.h>

static const rate_kind_row rows[] = {
	[0] = { .name = "unknown" },
	[RATE_DETERMINISTIC] = { "deterministic", RATE_AT_MOST, RATE_ABOUT_PATHS, 0, 0 },
	[RATE_REGRET] = { "regret", RATE_AT_MOST, RATE_ABOUT_PATHS, 1, 0 },
	[RATE_EXPECTATION] = { "expectation", RATE_AT_MOST, RATE_ABOUT_MEANS, 0, 0 },
	[RATE_HIGH_PROBABILITY] = { "high-probability", RATE_AT_MOST, RATE_ABOUT_TAIL, 0, 0 },
	[RATE_LOWER_BOUND] = { "lower-bound", RATE_AT_LEAST, RATE_ABOUT_EXACT, 0, 0 },
	[RATE_NON_CONVERGENCE] = { "non-convergence", RATE_AT_LEAST, RATE_ABOUT_EXACT, 0, 1 },
	[RATE_DIVERGENCE] = { "divergence", RATE_EXCEEDED, RATE_ABOUT_EXACT, 0, 1 },
	[RATE_IDENTITY] = { "identity", RATE_EQUAL, RATE_ABOUT_PATHS, 1, 0 },
};

const rate_kind_row *rate_kind_of(unsigned kind)
{
	return &rows[kind < sizeof rows / sizeof *rows && rows[kind].name ? kind : 0];
}

const rate_kind_row *rate_kind_called(const char *name)
{
	for (size_t i = 1; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].name && !strcmp(rows[i].name, name))
			return &rows[i];
	return &rows[0];
}
