/* The plain data that flows through a verification: check (plan) -> measurements (run) -> verdict (judge) -> report. */
#ifndef VERIFY_CHECK_H
#define VERIFY_CHECK_H

#include "plugins/registry.h"
#include "verify/record/kinds.h"

typedef enum rate_role { RATE_ROLE_INSTANCE, RATE_ROLE_SHARP, RATE_ROLE_CONTROL } rate_role;
typedef enum rate_effort { RATE_QUICK, RATE_STANDARD, RATE_THOROUGH } rate_effort;
typedef enum rate_verdict_code {
	RATE_HOLDS, RATE_REFUTED, RATE_HYPOTHESIS_FALSE, RATE_BROKEN, RATE_NOT_APPLICABLE
} rate_verdict_code;
typedef enum rate_culprit { RATE_NOBODY, RATE_THE_OBJECTIVE, RATE_THE_METHOD, RATE_THE_THEOREM } rate_culprit;
typedef enum rate_statistic { RATE_NONE, RATE_PATH, RATE_EXACT_MEAN, RATE_SAMPLED, RATE_POINTS } rate_statistic;

/* A constant that the user declares in the objective's place. The last two of a scalar or of each entry of a vector. */
typedef enum rate_how { RATE_INSTEAD, RATE_TIMES, RATE_PLUS } rate_how;
typedef struct rate_declared {
	char name[32];
	double value;
	rate_how how; /* `value` stands for what the objective declares, multiplies it, or is added to it */
} rate_declared;

/* Constants of a class of functions: by them worst cases of one scale are those of another. NaN: it has none. */
typedef struct rate_units {
	double L, mu, pl, G, D2; /* D2: |x_0 - x_star|^2 */
} rate_units;

/* A path that another program has walked: at steps t that ascend, x_t, d numbers each; or F(x_t), d = 1. */
typedef struct rate_trajectory {
	const char *file;
	size_t rows, d;
	int values; /* F(x_t) */
	uint64_t *t;
	double *v;
} rate_trajectory;

/* One theorem on one instance. What the plan makes stands before what `prepare` and the engine find, and is not
 * written after it. */
typedef struct rate_check {
	char id[96];                     /* <theorem>.<12 hex digits> */
	const rate_class_info *theorem;
	const rate_bound_spec *objective; /* NULL: point theorem without objective */
	const rate_bound_spec *method;    /* NULL: point theorem */
	const rate_bound_spec *reference; /* the theorem's own, if the user's method runs in its place; else NULL */
	const rate_bound_spec *given;     /* the theorem's own spec: parameters fixed by the user or an instance */
	rate_role role;
	double fraction;                 /* of the admissible range */
	double factor, power;            /* the claimed bound is factor * t^-power * B */
	double expected_ratio, expected_deep; /* sharp instances: what theory says, NaN else */
	const char *note;
	uint64_t seed, stream;           /* master seed; Philox key */
	double alpha, delta;
	uint64_t max_replicates;         /* budget of the effort */
	double work;                     /* cap on (T b + checkpoints n) R d; 0: none */
	int own_steps;                   /* T was given by the user or the instance: the cap does not lower it */
	int exact_replicates;            /* --replicates N: exactly max_replicates, one look */
	const double *multiple;          /* hunt: factors of the parameters that `choose` fills in; else NULL */
	int beyond;                      /* parameters may lie outside the admissible range */
	const rate_declared *declared;   /* stand in for the objective's own */
	size_t declarations;
	const rate_trajectory *trajectory; /* judged in the place of a run; else NULL */
	char refusal[512];               /* the theorem asks for what there is not: broken, nothing is run; or "" */

	/* From prepare and the engine. */
	int applicable;                  /* 0: `reason` says why not */
	int unfit;                       /* not applicable, whatever the parameters and the horizon */
	char reason[512];
	char *parameters;                /* "gamma=0.10000000000000001", full precision */
	size_t d, n, params;
	double *param;
	uint64_t T;
	int stochastic;                  /* the run draws samples */
	uint64_t *at;                    /* judged checkpoints, ascending; all >= 1 */
	/* claimed bound at each (after factor, power, certified errors); NaN if path bound */
	double *bound;
	double *transient;               /* 0..1: transient part relative to t = 0's; NULL if the bound has none */
	size_t checkpoints;
	uint64_t budget;                 /* max_replicates, or what the work cap leaves of them */
	rate_units units;              /* of the instance; all 0: worst cases over the whole space say nothing of it */
	double proven_power, proven_factor; /* NaN if none */
	/* what makes it weaker: what the work cap lowered, an uncertified minimiser, why there is no exact mean; or
	 * "" */
	char lowered[256];
	char range[160]; /* of the theorem, where the parameters lie outside of it; or "" */
} rate_check;

/* A witness that a declared property is false. */
typedef struct rate_witness {
	int found;
	char property[32];      /* "L", "convex", ... */
	double declared, measured;
	uint64_t step;
	char detail[256];       /* one line with the numbers */
} rate_witness;

typedef enum rate_law {
	RATE_LAW_NONE,    /* no sample is drawn */
	RATE_LAW_SAME, RATE_LAW_ANOTHER,
	RATE_LAW_UNKNOWN  /* the paths part on the same samples, and more is not known */
} rate_law;

/* A user's method beside the one that it stands for, on the same instance and samples. */
typedef struct rate_beside {
	uint64_t compared;      /* steps; 0: nothing was compared */
	uint64_t step;          /* where x_t parts from the reference's; 0: nowhere */
	uint64_t replicate;
	size_t coordinate;      /* the first that differs, and its values */
	double apart;           /* norm of the difference, over the length of the reference's step */
	double mine, reference;
	rate_law law;           /* of its points, against the reference's */
	uint64_t law_steps;     /* where the laws part; where they are not known to, after how many steps they do not */
	uint64_t law_terms;     /* 0; or of so many terms alone, in batches of two: there were too many outcomes */
	uint64_t draws, own_draws; /* samples that it draws in that step, and that the reference draws */
	uint32_t batch, own_batch; /* terms in the first of them */
	int fault;              /* it broke a promise that the paths need not show */
	char detail[512];       /* all that was found, one line; "" if nothing */
} rate_beside;

/* Is the method another than its reference: its points, their law, or a promise that it breaks? -1: not known, the
 * paths part on the same samples and their law was not told. */
int rate_parts(const rate_beside *b);

/* What a run measured. Arrays are [checkpoint][replicate]. */
typedef struct rate_measured {
	rate_statistic statistic;
	size_t checkpoints, replicates; /* exact: replicates = 1 and q holds the means */
	double *q, *s, *b;              /* b NULL unless the bound read the path */
	double *exact;                  /* [checkpoint] exact means beside sampled data, or NULL */
	rate_witness witness;
	rate_witness span;              /* lower bounds: where the method left the span of the gradients it saw */
	rate_beside beside;
	uint64_t diverged_at;           /* 0: never left |x| <= 1e100 */
	uint64_t oracle_calls;
	double seconds;
	char broken[640];               /* "" or the reason */
} rate_measured;

typedef struct rate_verdict {
	rate_verdict_code code;
	int settled;             /* 0: sampled, more replicates would sharpen it (the engine looks again) */
	int ok;                  /* code is what the role expects: holds, or refuted for a control */
	rate_statistic statistic;
	char reason[640];        /* one line; "" for a plain holds */
	double sharpness, max_ratio, deep_ratio; /* NaN: null in JSON */
	double max_error;        /* identities */
	int trivial;
	uint64_t at_step;        /* of the max_ratio */
	double log_e_value;      /* NaN unless sampled */
	uint64_t replicates, judged_steps, unjudged_steps;
	double empirical_order, proven_order;
	int order_geometric;
	int undetectable;        /* sampled, sharpness < 0.1 at the budget */
	rate_culprit blame;
	char conduct[768];       /* of a user's method beside the reference; "" if there is nothing to say */
} rate_verdict;

/* The worst of the whole class, where it was computed before: of the bound, and its value. NaN: not known. */
typedef struct rate_known_worst {
	double ratio, value;
	int upper; /* the worst case is at most that */
} rate_known_worst;

/* Gives back the arrays that prepare, or a run, has filled; the check and its specs stay. */
void rate_check_clear(rate_check *check);
/* The check with them; the specs are the plan's. */
void rate_check_free(rate_check *check);

const char *rate_verdict_name(rate_verdict_code code); /* "holds", ... */
const char *rate_statistic_name(rate_statistic s);     /* "path", "exact", "sampled", "points" */
const char *rate_law_name(rate_law law);               /* "same", "another", "unknown"; NULL: nothing is drawn */
const char *rate_culprit_name(rate_culprit culprit);   /* "objective", ...; NULL: nobody */
const char *rate_role_name(rate_role role);            /* "instance", "sharp", "control" */

#endif
