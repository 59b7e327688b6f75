/* Random directions u with E uu' = I, one for every row of a block.
 *
 *     coordinate   sqrt(d) e_i, i uniform
 *     signs        uniform on {-1, 1}^d
 *     sphere       uniform on the sphere of radius sqrt(d)
 *     normal       N(0, I)
 *     ternary      independent entries, 0 with probability 2/3 and +-sqrt(3) with 1/6 each: the moments of normals
 *                  up to the fifth
 *
 * In few dimensions coordinate, signs and ternary are one choice, which the host can enumerate. One file includes
 * this: the functions are its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RATECHECK_METHODS_DIRECTIONS_H
#define RATECHECK_METHODS_DIRECTIONS_H

#include <math.h>

#include "ratecheck/ratecheck.h"

enum { COORDINATE, SIGNS, SPHERE, NORMAL, TERNARY };
#define DIRECTION_LAWS "coordinate|signs|sphere|normal|ternary"

enum {
	MOST_SIGNS = 12,  /* dimensions of which all 2^d signs */
	MOST_TERNARY = 6, /* and all 3^d directions are enumerated */
	ALL_TERNARY = 729
};

/* One of `count`, where there is a choice. */
RATE_INLINE int draw_number(rate_run *run, uint64_t count, const double *weight, uint64_t *out)
{
	if (count > 1)
		return run->call->choose(run, 0, count, weight, out);
	for (size_t r = 0; r < run->nrep; r++)
		out[r] = 0;
	return RATE_OK;
}

RATE_INLINE int directions_by_number(rate_run *run, int law, double *u, double *few)
{
	uint64_t *number = (uint64_t *)(void *)few, count = law == COORDINATE ? run->d : 1;
	double weight[ALL_TERNARY];
	size_t d = run->d;

	for (size_t j = 0; j < d && law != COORDINATE; j++)
		count *= law == SIGNS ? 2 : 3;
	for (uint64_t i = 0; law == TERNARY && i < count; i++) {
		weight[i] = 1;
		for (uint64_t j = 0, rest = i; j < d; j++, rest /= 3)
			weight[i] *= rest % 3 ? 1 : 4;
	}
	if (draw_number(run, count, law == TERNARY ? weight : NULL, number))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (uint64_t j = 0, rest = number[r]; j < d; j++) {
			double *at = &u[r * run->ld + j];
			if (law == COORDINATE)
				*at = number[r] == j ? sqrt((double)d) : 0;
			else if (law == SIGNS)
				*at = number[r] >> j & 1 ? 1 : -1;
			else
				*at = rest % 3 ? (rest % 3 == 1 ? sqrt(3) : -sqrt(3)) : 0;
			rest /= 3;
		}
	return RATE_OK;
}

RATE_INLINE int directions_of_many(rate_run *run, double *u, double *few)
{
	size_t d = run->d;

	if (run->call->uniforms(run, 0, d, few))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < d; j++) {
			double at = 6 * few[r * d + j];
			u[r * run->ld + j] = at < 4 ? 0 : at < 5 ? sqrt(3) : -sqrt(3);
		}
	return RATE_OK;
}

/* u <- a direction for every replicate; `few` is a block to spoil, `purpose` that of normals. */
RATE_INLINE int directions(rate_run *run, int law, uint32_t purpose, double *u, double *few)
{
	if (run->d == 1 && law == SPHERE)
		law = SIGNS;
	if (law == COORDINATE || (law == SIGNS && run->d <= MOST_SIGNS) || (law == TERNARY && run->d <= MOST_TERNARY))
		return directions_by_number(run, law, u, few);
	if (law == TERNARY)
		return directions_of_many(run, u, few);
	if (law == SIGNS)
		return run->call->signs(run, purpose, u);
	if (run->call->normals(run, purpose, u))
		return RATE_FAIL;
	if (law == NORMAL)
		return RATE_OK;
	rate_dot(run, u, u, few);
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			u[r * run->ld + j] *= sqrt((double)run->d / few[r]);
	return RATE_OK;
}

RATE_INLINE int value_ahead(rate_run *run, const double *x, double a, const double *u, double *at, double *f)
{
	rate_copy(run, x, at);
	rate_axpy(run, a, u, at);
	return rate_value_at(run, at, f);
}

/* slope[r] <- the derivative of f at x along u, or (f(x + radius u) - f(x - radius u))/(2 radius); `at` is a block of
 * scratch, and slope has room for 2 nrep numbers. */
RATE_INLINE int slopes_along(rate_run *run, const double *x, const double *u, double radius, double *at, double *slope)
{
	double *behind = slope + run->nrep;

	if (!(radius > 0)) {
		if (rate_gradient(run, x, at))
			return RATE_FAIL;
		rate_dot(run, at, u, slope);
		return RATE_OK;
	}
	if (value_ahead(run, x, radius, u, at, slope) || value_ahead(run, x, -radius, u, at, behind))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		slope[r] = (slope[r] - behind[r]) / (2 * radius);
	return RATE_OK;
}

#endif
