/* The gradient of the Moreau envelope on the line, r (x - x_hat) with x_hat = argmin f + (r/2)|. - x|^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For r > rho the slope of f + (r/2)(. - x)^2 grows, and it changes its sign within G/r of x: bisection, down to the
 * last bit. */
#ifndef THEOREMS_WEAKLY_CONVEX_ENVELOPE_H
#define THEOREMS_WEAKLY_CONVEX_ENVELOPE_H

#include <stdlib.h>

#include "../common.h"

enum { HALVINGS = 64 };

/* q: squared length of that gradient; s: what rounding is relative to. One dimension: a row's number is its first. */
RATE_INLINE int envelope_grad2(rate_view *v, double r_bar, double G, double *q, double *s)
{
	rate_run *run = v->run;
	size_t size = run->nrep * run->ld;
	const double *x = v->state[0];
	double *low = aligned_alloc(64, 4 * size * sizeof *low), *high = low + size, *p = high + size, *g = p + size;
	int failed = !low;

	for (size_t r = 0; !failed && r < size; r++) {
		low[r] = x[r] - (r % run->ld ? 0 : G / r_bar);
		high[r] = x[r] + (r % run->ld ? 0 : G / r_bar);
		p[r] = x[r];
	}
	for (int k = 0; !failed && k < HALVINGS; k++) {
		for (size_t r = 0; r < size; r += run->ld)
			p[r] = low[r] + (high[r] - low[r]) / 2;
		failed = rate_gradient(run, p, g);
		for (size_t r = 0; r < size; r += run->ld)
			*(g[r] + r_bar * (p[r] - x[r]) > 0 ? &high[r] : &low[r]) = p[r];
	}
	for (size_t r = 0; !failed && r < run->nrep; r++) {
		double off = r_bar * (x[r * run->ld] - p[r * run->ld]);
		q[r] = off * off;
		s[r] = 2 * fabs(off) * r_bar * (fabs(x[r * run->ld]) + fabs(p[r * run->ld]));
	}
	free(low);
	return failed ? RATE_FAIL : RATE_OK;
}

#endif
