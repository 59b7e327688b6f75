/* The regret of a run against x_star, kept by each replicate: sum over the rounds of f_t(x_t) - f_t(x_star).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_ADAPTIVE_REGRET_H
#define THEOREMS_ADAPTIVE_REGRET_H

#include <stdlib.h>

#include "../common.h"

enum { REGRET, REGRET_SCALE, SQUARES, REGRET_KEPT }; /* SQUARES: sum of |g_t|^2 */

#define REGRET_QUANTITY "regret Σ_{s≤t} f_s(x_s) − f_s(x*)"

/* Round t; a function that is no online problem is the loss of every round. */
RATE_INLINE int observe_regret(rate_view *v)
{
	rate_run *run = v->run;
	size_t nrep = run->nrep;
	const rate_sample *round = run->call->component(run, run->n == 1 ? 0 : v->t);
	double *g = aligned_alloc(64, (nrep * run->ld + 3 * ((nrep + 7) / 8 * 8)) * sizeof *g);
	double *loss = g + nrep * run->ld, *least = loss + nrep, *g2 = least + nrep;
	int failed = !round || !g || rate_sample_value(run, round, v->state[0], loss) ||
	             run->call->sample_f_star(run, round, least) || rate_sample_gradient(run, round, v->state[0], g);

	if (!failed)
		rate_dot(run, g, g, g2);
	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, REGRET_KEPT, r);

		kept[REGRET] += loss[r] - least[r];
		kept[REGRET_SCALE] += fabs(loss[r]) + fabs(least[r]);
		kept[SQUARES] += g2[r];
	}
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

RATE_INLINE int measure_regret(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, REGRET_KEPT, r)[REGRET];
		s[r] = rate_acc(v, REGRET_KEPT, r)[REGRET_SCALE];
	}
	return RATE_OK;
}

#endif
