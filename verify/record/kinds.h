/* The kinds of claim, a row each. What a stage does with a claim it asks of the row, not of the kind's name. */
#ifndef VERIFY_KINDS_H
#define VERIFY_KINDS_H

#include "ratecheck/theorem.h"

typedef enum rate_side {
	RATE_AT_MOST,  /* q <= B at every judged t */
	RATE_AT_LEAST, /* q >= B at every judged t */
	RATE_EXCEEDED, /* q > B at some t */
	RATE_EQUAL     /* q = B at every judged t */
} rate_side;

typedef enum rate_about {
	RATE_ABOUT_PATHS, /* every replicate obeys it: no statistics */
	RATE_ABOUT_MEANS, /* E q: exact where it can be, sampled else */
	/* the same, but samples cannot show it: exact means, or the one path of a run without chance */
	RATE_ABOUT_EXACT,
	RATE_ABOUT_TAIL   /* P(q > B) */
} rate_about;

typedef struct rate_kind_row {
	const char *name;
	rate_side side;
	rate_about about;
	int may_be_negative; /* q may be */
	int exists;          /* that there is an instance: none contradicts it */
} rate_kind_row;

/* A kind that there is not has the name "unknown" and is about paths. */
const rate_kind_row *rate_kind_of(unsigned kind);
const rate_kind_row *rate_kind_called(const char *name);

/* Judged on a mean over the draws, sampled or exact. */
static inline int rate_claims_a_mean(unsigned kind)
{
	rate_about about = rate_kind_of(kind)->about;

	return about == RATE_ABOUT_MEANS || about == RATE_ABOUT_EXACT;
}

#endif
