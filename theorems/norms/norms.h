/* Sums of dual norms of the gradient along a run, and what theorems on steps of one length share. The parameters
 * `norm` and `rows` come first: they are the method's too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_NORMS_NORMS_H
#define THEOREMS_NORMS_NORMS_H

#include <stdlib.h>

#include "../common.h"
#include "../../methods/norms.h"

enum { DUAL, DUAL_SCALE, DUAL_KEPT };

/* The squarest shape of a matrix with d entries. */
RATE_INLINE size_t squarest(size_t d)
{
	size_t m = 1;

	for (size_t k = 1; k * k <= d; k++)
		if (d % k == 0)
			m = k;
	return m;
}

#define OF_NORM(preset) { "norm", RATE_CHOICE, preset, 0, 0, NORM_NAMES, "norm of the steps" }
#define OF_ROWS { "rows", RATE_INTEGER, "auto", 1, 1e6, NULL, "rows of the matrix, for norm=spectral" }
#define FITS "for norm=spectral: rows divides d, the shorter side is at most 64"

/* Adds |grad f(x_t)|_* of every replicate. */
RATE_INLINE int observe_dual_norm(rate_view *v, int norm, size_t rows)
{
	rate_run *run = v->run;
	size_t nrep = run->nrep, block = nrep * run->ld;
	double *g = aligned_alloc(64, (block + (run->d + 2 * nrep + 7) / 8 * 8) * sizeof *g), *work = g + block;
	double *g2 = work + run->d, *scale = g2 + nrep, width = sqrt(norm_width(norm, run->d, rows));
	int failed = !g || rate_gradient(run, v->state[0], g) || rate_grad2_of(v, v->state[0], g2, scale);

	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, DUAL_KEPT, r), length = sqrt(g2[r]);

		kept[DUAL] += norm_step(norm, run->d, rows, g + r * run->ld, work, NULL);
		kept[DUAL_SCALE] += width * (length > 0 ? scale[r] / length : sqrt(scale[r]));
	}
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

/* The mean over x_0, ..., x_{t-1}. */
RATE_INLINE int measure_dual_mean(rate_view *v, double *q, double *s, double *b)
{
	double t = v->t ? (double)v->t : 1;

	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, DUAL_KEPT, r)[DUAL] / t;
		s[r] = rate_acc(v, DUAL_KEPT, r)[DUAL_SCALE] / t;
	}
	return RATE_OK;
}

#endif
