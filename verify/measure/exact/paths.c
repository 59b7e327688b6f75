/* Exact expectations where the step is not affine: all sequences of outcomes, outcomes^T, if they are few.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/exact/affine.h"
#include "verify/session/draws.h"

#include <math.h>
#include <stdlib.h>

#define MAX_PATHS ((uint64_t)1 << 20)
#define MAX_WORK 2e8
#define QUICK 0x1p27

double rate_exact_share(const rate_check *check)
{
	return check->work > 0 ? fmin(check->work / QUICK, 1) : 1;
}

/* How much more often path r comes than one in all of them. */
static double weight_of(const rate_session *s, uint64_t r, uint64_t T)
{
	double weight = 1;

	for (uint64_t t = 0; s->draws.choice.count > 1 && t < T; t++, r /= s->draws.outcomes)
		weight *= rate_outcome_weight(s, r % s->draws.outcomes);
	return weight;
}

int rate_exact_by_paths(rate_session *s, const rate_check *check, rate_measured *m)
{
	uint64_t paths = 1;
	rate_measured all = *m;
	size_t k, cells;
	double *weight;
	int rc = RATE_FAIL, means = (s->theorem->flags & RATE_MEAN_OF_MEANS) != 0;

	rate_count_outcomes(s);
	if (rate_draws_normals(s))
		return 0;
	for (uint64_t t = 0; t < check->T; t++)
		if (s->draws.outcomes > MAX_PATHS || (paths *= s->draws.outcomes) > MAX_PATHS)
			return 0;
	if ((double)paths *
	        ((double)check->T + (means ? (double)check->T : (double)check->checkpoints) * (double)s->run.n) *
	        (double)s->run.d > MAX_WORK * rate_exact_share(check))
		return 0;
	cells = check->checkpoints * paths;
	all.replicates = paths;
	all.b = NULL;
	all.q = malloc((2 * cells + paths) * sizeof *all.q);
	if (!all.q)
		return 0;
	all.s = all.q + cells;
	weight = all.s + cells;
	s->draws.sampler = RATE_BY_DIGITS;
	if (rate_run_paths(s, check, 0, paths, &all))
		goto out;
	if (s->draws.unforced) {
		rc = 0;
		goto out;
	}
	for (uint64_t r = 0; r < paths; r++)
		weight[r] = weight_of(s, r, check->T);
	for (k = 0; k < check->checkpoints; k++) {
		double sum = 0, scale = 0;
		for (uint64_t r = 0; r < paths; r++) {
			sum += weight[r] > 0 ? weight[r] * all.q[k * paths + r] : 0;
			scale = fmax(scale, all.s[k * paths + r]);
		}
		m->q[k] = sum / (double)paths;
		m->s[k] = scale;
	}
	m->witness = all.witness;
	m->diverged_at = all.diverged_at;
	rc = 1;
out:
	free(all.q);
	s->draws.sampler = RATE_BY_PHILOX;
	return rc;
}
