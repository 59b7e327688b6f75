/* min_{s<t} |grad f(x_s)|^2, kept by each replicate.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_LEAST_H
#define THEOREMS_LEAST_H

#include <stdlib.h>

#include "common.h"

enum { LEAST, LEAST_SCALE, LEAST_KEPT };

RATE_INLINE int observe_least(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *q = malloc(2 * nrep * sizeof *q);
	int failed;

	if (!q)
		return RATE_FAIL;
	failed = rate_grad2_of(v, v->state[0], q, q + nrep);
	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, LEAST_KEPT, r);

		if (v->t == 0 || !(q[r] >= kept[LEAST])) {
			kept[LEAST] = q[r];
			kept[LEAST_SCALE] = q[nrep + r];
		}
	}
	free(q);
	return failed ? RATE_FAIL : RATE_OK;
}

RATE_INLINE int measure_least(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, LEAST_KEPT, r)[LEAST];
		s[r] = rate_acc(v, LEAST_KEPT, r)[LEAST_SCALE];
	}
	return RATE_OK;
}

#endif
