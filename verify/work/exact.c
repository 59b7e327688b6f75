/* Exact expectations: the way there is to them, and the tie between them and the runner's own replicates.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/work/exact.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/judge/judge.h"
#include "verify/measure/measure.h"

/* One-sided, since a sample mean can miss rare large values but cannot make them up. */
enum { MOST = 1024, LEAST = 256, POINTS = 16 };
#define WORK 0x1p28 /* steps of d^2 operations */

/* Some of the checkpoints, and what the replicates measure there. */
typedef struct tie {
	uint64_t at[POINTS];
	size_t index[POINTS], points, replicates;
	double *q, *s, bound[POINTS];
} tie;

/* A sample of an exact mean need not cost more than the mean: fewer where steps are many and long. A normal costs as
 * much as some dozens of products. */
static size_t enough(const rate_session *s, uint64_t T)
{
	double d = (double)s->run.d, one = (double)T * d * (d + 48 * s->draws.own.purposes);
	size_t replicates = MOST;

	while (replicates > LEAST && one * (double)replicates > WORK)
		replicates /= 2;
	return replicates;
}

static double mean_at(const tie *t, size_t k)
{
	double sum = 0;

	for (size_t r = 0; r < t->replicates; r++)
		sum += t->q[k * t->replicates + r] / (double)t->replicates;
	return sum;
}

/* Which replicate is most to blame for it, for a closer look. */
static void disagree(rate_session *s, const tie *t, double log_e)
{
	size_t worst = 0;

	for (size_t k = 1; k < t->points; k++)
		if (mean_at(t, k) * t->bound[worst] > mean_at(t, worst) * t->bound[k])
			worst = k;
	s->tie.replicate = 0;
	for (size_t r = 1; r < t->replicates; r++)
		if (t->q[worst * t->replicates + r] > t->q[worst * t->replicates + s->tie.replicate])
			s->tie.replicate = r;
	rate_fail(&s->error, "the replicates exceed the exact mean: at step %llu %.6g in the mean of %zu, "
	          "exactly %.6g (log e-value %.4g); no step "
	          "shows why, so neither is to be trusted here", (unsigned long long)t->at[worst],
	          mean_at(t, worst), t->replicates, t->bound[worst], log_e);
}

/* 1; 0: they disagree, s->error says on what; RATE_FAIL. */
static int replicates_agree(rate_session *s, const rate_check *c, rate_measured *exact)
{
	rate_check sparse = *c;
	tie t = { .points = 0 };
	rate_measured m = { .statistic = RATE_SAMPLED };
	double log_e;
	int rc;

	m.replicates = t.replicates = enough(s, c->T);
	for (size_t i = 0, next = 1; i < c->checkpoints && t.points < POINTS; i++)
		if (c->at[i] >= next && c->at[i] >= 1 && exact->q[i] > 0) {
			t.index[t.points] = i;
			t.at[t.points++] = c->at[i];
			next = 2 * c->at[i];
		}
	if (!t.points || !(t.q = malloc(2 * t.points * t.replicates * sizeof *t.q)))
		return 1;
	m.q = t.q;
	m.s = t.s = t.q + t.points * t.replicates;
	m.checkpoints = sparse.checkpoints = t.points;
	sparse.at = t.at;
	rc = rate_run_paths(s, &sparse, 0, t.replicates, &m) == RATE_OK ? 1 : RATE_FAIL;
	/* The recursion visits no points; the runner does, and what it sees of the objective there counts. */
	if (rc == 1 && m.witness.found) {
		exact->witness = m.witness;
		free(t.q);
		return 1;
	}
	/* Paths that are lost say no more of means. */
	while (m.diverged_at && t.points && t.at[t.points - 1] >= m.diverged_at)
		t.points--;
	for (size_t k = 0; k < t.points; k++) {
		/* Both round: the replicates, and the recursion. */
		double scale = exact->s[t.index[k]];
		for (size_t r = 0; r < t.replicates; r++)
			scale = fmax(scale, t.s[k * t.replicates + r]);
		t.bound[k] = exact->q[t.index[k]] * (1 + 1e-9) + 64 * 0x1p-52 * scale;
	}
	if (rc == 1 && t.points && (log_e = rate_log_e_value(t.q, t.bound, t.points, t.replicates, 1)) >=
	    -log(c->alpha)) {
		disagree(s, &t, log_e);
		rc = 0;
	}
	free(t.q);
	return rc;
}

int rate_exact_means(rate_session *s, const rate_check *check, rate_measured *m)
{
	uint64_t calls = s->watch.oracle_calls; /* the runner's are counted, not those of a look at its steps */
	int rc = 0, agree = 1;

	if (!rate_claims_a_mean(s->theorem->kind) || (s->theorem->flags & RATE_PATH_BOUND) ||
	    (s->stream && !s->normals))
		return 0;
	if (!s->theorem->accumulators && s->x_star)
		rc = rate_exact_by_map(s, check, m);
	if (rc == 1 && (agree = replicates_agree(s, check, m)) == 0) {
		/* It may be that the step is affine, but not everywhere: the replicate that lies farthest off has
		 * been there. */
		const rate_error said = s->error;
		rate_no_error(&s->error);
		s->tie.everywhere = 1;
		rc = rate_exact_by_map(s, check, m);
		s->tie.everywhere = 0;
		agree = rc == 0;
		if (rc == 1)
			s->error = said;
	} else if (rc == 0 && (rc = rate_exact_by_paths(s, check, m)) == 1) {
		*s->note = '\0';
		agree = replicates_agree(s, check, m);
	}
	s->watch.oracle_calls = calls;
	rc = agree == 1 ? rc : RATE_FAIL;
	if (rc == RATE_FAIL && !*s->error.text)
		rate_fail(&s->error, "%s: the exact mean could not be taken", s->theorem->id);
	return rc;
}
