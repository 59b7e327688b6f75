/* The guard: every call of a plugin's oracle is marked, counted and looked at; for guard.c, blocks.c and services.c. */
#ifndef VERIFY_GUARD_H
#define VERIFY_GUARD_H

#include <string.h>

#include "verify/session/session.h"

/* `oracle` is a constant, so that its copy is one or two instructions. */
static inline __attribute__((always_inline)) void rate_enter(rate_session *s, const char *oracle)
{
	memcpy(s->mark->oracle, oracle, strlen(oracle) + 1);
	if (s->counting)
		s->oracle_calls++;
}

/* One call for all rows: counted as one for each. */
static inline __attribute__((always_inline)) void rate_enter_block(rate_session *s, const char *oracle, size_t calls)
{
	memcpy(s->mark->oracle, oracle, strlen(oracle) + 1);
	if (s->counting)
		s->oracle_calls += calls;
}

/* Turns the return code and the n numbers of an answer at x into one verdict on the call. */
int rate_check_answer(rate_session *s, int rc, const char *oracle, const double *x, const double *answer, size_t n);
/* The same of nrep answers, `stride` apart, at the rows of x. */
int rate_check_rows(rate_session *s, int rc, size_t nrep, const char *oracle, const double *x, const double *answer, size_t width,
                    size_t stride);

/* Squares of lengths lose digits below the smallest normal number: 64 eps of this are more than that. */
#define RATE_LOST (0x1p-1022 / 0x1p-52)

/* The larger of |x| and |x_star|, and the scale of a gap without cancellation where it is m. */
double rate_reach(const rate_session *s, const double *x);
double rate_gap_scale(const rate_session *s, double m);
/* The gap where there is no gap/1, from f(x). */
int rate_gap_from(rate_session *s, const double *x, double f, double *q, double *scale);
/* The gap, without what drift adds to its scale. */
int rate_gap_here(rate_session *s, const double *x, double *q, double *scale);
/* Rounding inside f moves a point that is near the minimiser by s->drift, whatever its size: 64 eps times the scale is 64
 * times what that does to the measured quantity. */
#define RATE_DRIFTED 0x1p52
double rate_drifted_gap(const rate_session *s, double gap);

#endif
