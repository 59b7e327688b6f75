/* The plan: from specs to the list of checks. Plain data; nothing is loaded or run here. */
#ifndef VERIFY_PLAN_H
#define VERIFY_PLAN_H

#include "plugins/error.h"
#include "verify/record/check.h"

typedef struct rate_plan_options {
	const char *const *theorem; /* specs; none: all */
	size_t theorems;
	const char *const *chapter;
	size_t chapters;
	const char *const *objective; /* specs; none: sharp instances, controls and the suite */
	size_t objectives;
	/* --method SPEC, in the place of every theorem's method, or of method `as` only */
	const char *method, *as;
	rate_effort effort;
	uint64_t replicates, steps;   /* 0: those of the effort */
	double alpha, bound_power;
	double bound_factor;          /* of all claims but the controls'; 0 stands for 1. No id depends on it */
	uint64_t seed;
	const char *x0;
	const char *exact; /* file of exact worst cases; NULL: the one of the installation */
	int beyond;
	const char *suite;            /* file: "tag spec" a line */
} rate_plan_options;

typedef struct rate_plan {
	rate_check **check;
	size_t count, capacity;
	rate_bound_spec **spec; /* all that the checks point at */
	size_t specs;
	char **refused; /* files of theorems that are refused, and why: a line each */
	size_t refusals;
} rate_plan;

/* RATE_OK, or RATE_FAIL with one line in error. A file that is refused is in ->refused, and the others are planned,
 * unless there are none. */
int rate_plan_make(rate_plan **out, rate_registry *registry, const rate_plan_options *o, rate_error *error);

/* The key of a check's random stream. Not of the method: two methods see the same samples. */
uint64_t rate_stream_key(const char *theorem, const char *objective, uint64_t seed);

void rate_plan_free(rate_plan *plan);
/* Puts one plan behind another (NULL: none yet), and leaves out what stands there. RATE_FAIL: both are as before. */
int rate_plan_join(rate_plan **to, rate_plan *one);

#endif
