/* What the theorem files share: sharp instances and controls as rows of a table, and the checks of a step size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef RATECHECK_THEOREMS_COMMON_H
#define RATECHECK_THEOREMS_COMMON_H

#include "ratecheck/theorem.h"

#include <math.h>
#include <stdio.h>

#define THEOREM(name) .size = sizeof(name), .abi = RATE_ABI

/* Sources, as far as they are confirmed. */
#define HANDBOOK(section)                                                                                              \
	"Garrigos & Gower, Handbook of Convergence Theorems for (Stochastic) Gradient Methods, arXiv:2301.11235, section " \
	section " (number not confirmed)"

/* One row of a table of instances: a rate_instance with constant texts. Left out: no ratio is known, factor 1. */
struct instance {
	const char *objective, *parameters, *note;
	uint64_t steps;
	double ratio, deep_ratio;
	double factor, power;
	const char *method;
};

/* The k-th row of a table, as a rate_instance. */
RATE_INLINE int instance_row(const struct instance *table, size_t count, uint32_t k, rate_instance *out)
{
	const struct instance *row;

	if (k >= count)
		return RATE_FAIL;
	row = &table[k];
	snprintf(out->objective, out->text_size, "%s", row->objective ? row->objective : "");
	snprintf(out->parameters, out->text_size, "%s", row->parameters ? row->parameters : "");
	snprintf(out->note, out->text_size, "%s", row->note);
	out->steps = row->steps;
	out->fraction = 0;
	out->ratio = row->ratio > 0 ? row->ratio : NAN;
	out->deep_ratio = row->deep_ratio > 0 ? row->deep_ratio : NAN;
	out->factor = row->factor > 0 ? row->factor : 1;
	out->power = row->power;
	out->method = row->method;
	return RATE_OK;
}

#define INSTANCES(function, table)                                                                                     \
	static int function(uint32_t k, rate_instance *out)                                                                \
	{                                                                                                                  \
		return instance_row(table, sizeof(table) / sizeof((table)[0]), k, out);                                        \
	}

/* 0 < gamma <= most, up to rounding at the closed end. */
RATE_INLINE int step_in(double gamma, double most)
{
	return gamma > 0 && gamma <= most * (1 + 1e-12);
}

/* (1 - u)^t without cancellation; u <= 1. For u > 1 the power of a negative number, t being an integer. */
RATE_INLINE double contraction(double u, double t)
{
	return u < 1 ? exp(t * log1p(-u)) : pow(1 - u, t);
}

/* 1 - (1 - u)^t without cancellation. */
RATE_INLINE double contracted(double u, double t)
{
	return u < 1 ? -expm1(t * log1p(-u)) : 1 - pow(1 - u, t);
}

#endif
