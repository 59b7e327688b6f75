/* A prepared session becomes numbers: paths, points, exact means; what is declared is tested along the way. */
#ifndef VERIFY_MEASURE_H
#define VERIFY_MEASURE_H

#include "verify/session/session.h"

/* blame.c: are the declared constants true at a pair of visited points? */
void rate_blame(rate_session *s, const double *x, const double *y, int components, uint64_t t, rate_witness *w);

/* beside.c: check->method and check->reference in step. */
void rate_run_beside(rate_session *s, rate_beside *out);
/* law.c: the same two, in law: sets out->law and what is said of it. */
void rate_compare_laws(rate_session *s, rate_beside *out);

/* run.c: fills m (q, s, b have been allocated for checkpoints x replicates) with replicates first..first+count-1. */
int rate_run_paths(rate_session *s, const rate_check *check, uint64_t first, size_t count, rate_measured *m);
/* points.c: point theorems at check->checkpoints points, drawn and then searched for the worst; s->worst is kept. */
int rate_run_points(rate_session *s, rate_check *check, rate_measured *m);
/* How many points the work cap allows, `most` if it can; fewer are told in s->note. */
size_t rate_points_within(rate_session *s, rate_check *check, size_t most);
/* exact/: exact means by the affine map of the step, or by enumeration. 1: done; 0: not possible; RATE_FAIL. */
int rate_exact_by_map(rate_session *s, const rate_check *check, rate_measured *m);
int rate_exact_by_paths(rate_session *s, const rate_check *check, rate_measured *m);
/* s->draws.outcomes <- how many different steps there are: of terms, and of what the method draws besides. */
void rate_count_outcomes(rate_session *s);
/* The part of the usual limits of work that an exact mean may take: less where a check may do less than a quick one. */
double rate_exact_share(const rate_check *check);

#endif
