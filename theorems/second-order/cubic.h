/* What the theorems on cubic Newton share: the length of the shortest gradient at x_1, ..., x_t.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_SECOND_ORDER_CUBIC_H
#define THEOREMS_SECOND_ORDER_CUBIC_H

#include <stdlib.h>

#include "../common.h"

enum { SHORTEST, SHORTEST_SCALE, SHORTEST_KEPT };

/* |g| and the scale of its rounding from |g|^2 and that of its. */
RATE_INLINE void take_root(double g2, double s, double *q, double *scale)
{
	*q = sqrt(g2);
	*scale = s > 0 ? s / (*q + sqrt(64 * 0x1p-52 * s)) : 0;
}

/* The points before x_t, but x_0. */
RATE_INLINE int observe_shortest(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *q = malloc(2 * nrep * sizeof *q);
	int failed = !q || rate_grad2_of(v, v->state[0], q, q + nrep);

	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, SHORTEST_KEPT, r), g, s;

		take_root(q[r], q[nrep + r], &g, &s);
		if (v->t == 0)
			kept[SHORTEST] = HUGE_VAL;
		else if (g < kept[SHORTEST]) {
			kept[SHORTEST] = g;
			kept[SHORTEST_SCALE] = s;
		}
	}
	free(q);
	return failed ? RATE_FAIL : RATE_OK;
}

RATE_INLINE int measure_shortest(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_grad2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, SHORTEST_KEPT, r);

		take_root(q[r], s[r], &q[r], &s[r]);
		if (v->t > 0 && kept[SHORTEST] < q[r]) {
			q[r] = kept[SHORTEST];
			s[r] = kept[SHORTEST_SCALE];
		}
	}
	return RATE_OK;
}

RATE_INLINE const char *curved(const rate_case *c)
{
	return c->L_2 > 0 ? NULL : "L_2 = 0: one step is exact";
}

#endif
