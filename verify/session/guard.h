/* The guard: every call of a plugin's oracle is marked, counted and looked at; for guard.c, blocks.c and services.c. */
#ifndef VERIFY_GUARD_H
#define VERIFY_GUARD_H

#include <string.h>

#include "verify/session/rounding.h"

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

/* The gap where there is no gap/1, from f(x). */
int rate_gap_from(rate_session *s, const double *x, double f, double *q, double *scale);
/* The gap, without what drift adds to its scale. */
int rate_gap_here(rate_session *s, const double *x, double *q, double *scale);

#endif
