/* Gradients of all terms at a point: their mean, their spread, and what clipping cuts off.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_TERMS_H
#define THEOREMS_TERMS_H

#include "../lemmas/lemmas.h"

/* mean <- the mean of the terms' gradients, from a mean that is nearly so: what a long sum loses is found in that of
 * the differences. g, off: vectors of work. */
RATE_INLINE int mean_again(const rate_point *p, const double *x, double *mean, double *g, double *off)
{
	rate_run *run = p->run;

	memset(off, 0, run->ld * sizeof *off);
	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *term = run->call->component(run, i);

		if (!term || rate_sample_gradient(run, term, x, g))
			return RATE_FAIL;
		rate_axpy(run, -1, mean, g);
		rate_axpy(run, 1 / (double)run->n, g, off);
	}
	rate_axpy(run, 1, off, mean);
	return RATE_OK;
}

/* The mean gradient, and the variance over the terms; mean is 0 before. g: a vector of work. */
RATE_INLINE int moments(const rate_point *p, const double *x, double *mean, double *g, double *variance)
{
	rate_run *run = p->run;
	double *off = aligned_alloc(64, run->ld * sizeof *off);
	int failed = !off || mean_again(p, x, mean, g, off) || mean_again(p, x, mean, g, off);

	free(off);
	if (failed)
		return RATE_FAIL;
	*variance = 0;
	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *term = run->call->component(run, i);

		if (!term || rate_sample_gradient(run, term, x, g))
			return RATE_FAIL;
		rate_axpy(run, -1, mean, g);
		*variance += dot_of(p, g, g) / (double)run->n;
	}
	return RATE_OK;
}

/* bias <- mean over the terms of clip_c(g_i) - g_i. */
RATE_INLINE int cut_off(const rate_point *p, const double *x, double c, double *g, double *bias)
{
	rate_run *run = p->run;

	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *term = run->call->component(run, i);
		double length;

		if (!term || rate_sample_gradient(run, term, x, g))
			return RATE_FAIL;
		length = norm_of(p, g);
		if (length > c)
			rate_axpy(run, (c / length - 1) / (double)run->n, g, bias);
	}
	return RATE_OK;
}

#endif
