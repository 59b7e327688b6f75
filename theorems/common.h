/* What the theorem files would otherwise repeat.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_COMMON_H
#define THEOREMS_COMMON_H

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "ratecheck/ratecheck.h"

#define HANDBOOK "Garrigos and Gower, Handbook of Convergence Theorems for (Stochastic) Gradient Methods, arXiv:2301.11235v3"
#define OWN "this book"

/* The closed end of an admissible range belongs to it, rounding included. */
#define AT_MOST(value, end) ((value) > 0 && (value) <= (end) * (1 + 1e-12))

/* r^t without cancellation for r = 1 - q. As q carries a rounding error, r = 0 means no more than r < 64 eps. */
RATE_INLINE double decay(double q, double t)
{
	if (fabs(1 - q) < 0x1p-46)
		return pow(0x1p-46, t);
	return q < 1 ? exp(t * log1p(-q)) : pow(1 - q, t);
}

/* Identities between vectors are looked at in one fixed direction. */
RATE_INLINE double along(size_t d, const double *x)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += cos((double)j) * x[j];
	return sum;
}

/* What the rounding errors of that are relative to. */
RATE_INLINE double size_along(size_t d, const double *x)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += fabs(x[j]);
	return sum;
}

__attribute__((format(printf, 2, 3), unused)) static void say(char *out, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(out, 65536, format, ap);
	va_end(ap);
}

/* ---- Instances as rows of a table ---- */

/* One sharp instance or control: a rate_instance with constant texts. Left out: no ratio is known, factor 1. */
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
	say(out->objective, "%s", row->objective ? row->objective : "");
	say(out->parameters, "%s", row->parameters ? row->parameters : "");
	say(out->note, "%s", row->note);
	out->steps = row->steps;
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

#define THEOREM .size = sizeof(rate_theorem), .abi = RATE_ABI

#endif
