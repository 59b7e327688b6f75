/* The linearised regret of a run, sum over the rounds of <g_s, x_s - u>, against a point u that is some way downhill of
 * the start: u = x_1 - offset g_1/|g_1|, g_1 the gradient of the first round there. And how far the path was from u.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_LINEAR_REGRET_H
#define THEOREMS_LINEAR_REGRET_H

#include <stdlib.h>
#include <string.h>

#include "common.h"

/* The first accumulators of a theorem that keeps it. FAR: max over s of |x_s - u| */
enum { INNER, INNER_SCALE, FAR, LINEAR_KEPT };

/* Round t: a function that is no online problem is the loss of every round. The gradients at x_t, a block that the
 * caller frees; NULL after an error. */
RATE_INLINE double *observe_linear(rate_view *v, double offset, uint32_t accumulators)
{
	rate_run *run = v->run;
	size_t nrep = run->nrep, d = run->d, block = nrep * run->ld;
	double *g = aligned_alloc(64, 3 * block * sizeof *g), *first = g + block, *start = g + 2 * block;
	const rate_sample *round = run->call->component(run, 0);

	if (!g)
		return NULL;
	memset(g, 0, 3 * block * sizeof *g);
	for (size_t r = 0; r < nrep; r++)
		memcpy(start + r * run->ld, v->c->x0, d * sizeof *start);
	if (!round || rate_sample_gradient(run, round, start, first) ||
	    !(round = run->call->component(run, run->n == 1 ? 0 : v->t)) ||
	    rate_sample_gradient(run, round, v->state[0], g)) {
		free(g);
		return NULL;
	}
	for (size_t r = 0; r < nrep; r++) {
		const double *x = v->state[0] + r * run->ld, *gr = g + r * run->ld, *g1 = first + r * run->ld;
		double *kept = rate_acc(v, accumulators, r), length = 0, dist = 0;

		for (size_t j = 0; j < d; j++)
			length += g1[j] * g1[j];
		length = length > 0 ? offset / sqrt(length) : 0;
		for (size_t j = 0; j < d; j++) {
			double u = v->c->x0[j] - length * g1[j];

			kept[INNER] += gr[j] * (x[j] - u);
			kept[INNER_SCALE] += fabs(gr[j]) * (fabs(x[j]) + fabs(u));
			dist += (x[j] - u) * (x[j] - u);
		}
		kept[FAR] = fmax(kept[FAR], sqrt(dist));
	}
	return g;
}

#endif
