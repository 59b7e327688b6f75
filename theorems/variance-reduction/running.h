/* |v|^2 of a running estimate v of the gradient: the block `v` of the method. It is a sum of differences of
 * gradients, which were rounded where they were made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_RUNNING_H
#define THEOREMS_RUNNING_H

#include "../common.h"

/* Noise that all terms have goes out of the differences, but not the rounding errors of what it was added to. */
RATE_INLINE const char *noise_is_known(const rate_case *c)
{
	return c->n || isfinite(c->noise2) ? NULL : "noise whose variance is not known: nor are the rounding errors";
}

RATE_INLINE int measure_running(rate_view *v, double *q, double *s, double *b)
{
	const rate_case *c = v->c;
	const double *running, *x = v->state[0];
	double start = 0, apart = 0, n = c->n ? (double)c->n : 1;

	(void)b;
	if (v->find(v, "v", &running))
		return RATE_FAIL;
	rate_dot(v->run, running, running, q);
	rate_dot(v->run, x, x, s);
	for (size_t j = 0; j < c->d; j++)
		start += c->x0[j] * c->x0[j];
	/* The gradient of a term is as long as it is at x_star, and L times the way from there. */
	if (isfinite(c->sigma_star2))
		apart = n * c->sigma_star2;
	if (isfinite(c->noise2))
		apart = fmax(apart, n * c->noise2);
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] = c->L_max * c->L_max * fmax(s[r], start) + apart;
	return RATE_OK;
}

#endif
