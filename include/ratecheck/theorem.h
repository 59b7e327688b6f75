/* ratecheck plugin ABI: theorems, claims that a check can refute.
 *
 * SPDX-License-Identifier: MIT
 * Copyright (C) The ratecheck authors.
 *
 * A theorem is declarative: one definition serves verification, sharpness, hunting, figures and the book. A run theorem
 * observes a method; a point theorem (lemmas, identities, spectra) evaluates two sides at points, with no run.
 *
 * The whole of gd-convex-smooth but its prose:
 *
 *     enum { GAMMA };
 *     static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
 *     static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
 *     static void choose(const rate_case *c, double fraction, double *param) { param[GAMMA] = fraction / c->L; }
 *     static const char *admissible(const rate_case *c)
 *     { return c->param[GAMMA] * c->L <= 1 + 1e-12 ? NULL : "gamma must be at most 1/L"; }
 *     static double bound(const rate_case *c, double t) { return c->D2 / (2 * c->param[GAMMA] * t); }
 *     static int measure(rate_view *v, double *q, double *s, double *b)
 *     { (void)b; return rate_gap_of(v, v->state[0], q, s); }
 */
#ifndef RATECHECK_THEOREM_H
#define RATECHECK_THEOREM_H

#include "ratecheck/abi.h"
#include "ratecheck/method.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum rate_kind {
	RATE_DETERMINISTIC = 1, /* q <= B at every judged t, on every path */
	RATE_REGRET,            /* the same, for online problems */
	RATE_EXPECTATION,       /* E q <= B */
	RATE_HIGH_PROBABILITY,  /* P(q > B) <= delta */
	RATE_LOWER_BOUND,       /* q >= B; deterministic or exact only */
	RATE_NON_CONVERGENCE,   /* q >= B, where the claim is that a method fails */
	RATE_DIVERGENCE,        /* q > B at some t <= T: a false bound B is exceeded */
	RATE_IDENTITY           /* left = right at every point (point theorems; run theorems: q = B) */
} rate_kind;

enum {                             /* flags of a theorem */
	RATE_LAST = 1,             /* claims at t = T only: each horizon T is a run of its own. Else every t in 1..T */
	RATE_OPEN_END = 2,         /* the admissible range excludes its end: fraction 1 becomes 0.99 */
	RATE_OWN_INSTANCES = 4,    /* made for its own instances: the suite of objectives is not run */
	RATE_PATH_BOUND = 8,       /* measure fills b with a bound that read the path (deterministic, regret) */
	RATE_MIN_OF_MEANS = 16,    /* expectation: the claim is on min over the measured t' <= t of E q_t' */
	RATE_ANY_METHOD = 32,      /* a claim on every method (lower bounds): --method runs any */
	RATE_MEASURE_FROM_ZERO = 64, /* point 0 of the path counts for RATE_MIN_OF_MEANS (min over t' < t) */
	RATE_DIMENSION_ONE = 128,  /* stated for d = 1 */
	RATE_OWN_START = 256,      /* stated for the objective's own start: another x_0 is not what it speaks of */
	/* the claim at t is on the mean of q over x_0..x_{t-1}, by `weight` if there is one: of E q at a point of
	 * the path drawn at random. No observe, no RATE_PATH_BOUND */
	RATE_MEAN_OF_MEANS = 512,
	RATE_MEAN_THROUGH_END = 1024 /* with it: over x_0..x_t, all alike */
};

/* All that a bound may depend on: plain data, known before the run. NaN: not known (and not needed). Append-only. */
typedef struct rate_case {
	uint32_t size;
	uint32_t flags_reserved;
	size_t d, n;     /* dimension; terms of the finite sum (1: none, 0: stream) */
	uint64_t T;      /* horizon */
	double L, mu, pl, G, rho_weak, L_2;
	double L_max, mu_h;
	double sigma_star2, Delta_star;
	double noise2, noise_max, strong_growth;
	double diameter, L0, L1;
	double f_star;   /* of F = f + h */
	double D2;       /* |x_0 - x_star|^2 */
	double d0;       /* F(x_0) - F_star */
	double g02;      /* |grad f(x_0)|^2 */
	double delta;    /* high probability: the failure rate of this check */
	uint32_t batch;  /* the method's parameter `batch`; 1 if it has none */
	const double *x0, *x_star; /* d each; x_star NULL if not known */
	const double *param;       /* the theorem's parameters, in the order of its schema */
	const double *need;        /* value of each entry of `needs`, in its order (1 for capabilities) */
	const double *step;        /* the first schedule (gamma_t, t = 0..T-1); NULL while it is being made */
	const double *const *schedule; /* all of them */
} rate_case;

/* What a theorem sees of the run. `run` offers all services of method.h (calls made here are not counted). */
typedef struct rate_view {
	uint32_t size;
	rate_run *run;
	const rate_case *c;
	uint64_t t;                     /* steps made so far: state[0] is x_t */
	const double *const *state;     /* the method's blocks, then nothing */
	/* block: weighted average of x_0..x_{t-1}; x_0 at t = 0; NULL without `weight` */
	const double *average;
	double *acc;                    /* accumulators: nrep rows of `accumulators` doubles, zero at the start */
	int (*find)(const struct rate_view *v, const char *name, const double **block); /* a state block by name */
} rate_view;

/* A point theorem's evaluation. Services of the objective are there when the theorem needs one. */
typedef struct rate_point {
	uint32_t size;
	const rate_case *c;             /* its `param` is drawn from the schema for this point */
	const rate_host *host;
	rate_run *run;                  /* one replicate; NULL if the theorem needs no objective */
	const double *const *x;         /* `points` vectors of d doubles, scaled about x_star; NULL without objective */
	uint64_t number;                /* of this point, from 0; the corners of the schema come first */
} rate_point;

/* One instance made by the theorem itself. The texts are written into buffers of the host. */
typedef struct rate_instance {
	uint32_t size;
	uint32_t text_size;      /* capacity of each text below, at least 65536 */
	char *objective;         /* spec, e.g. "huber:L=1,tau=0.01,x0=1"; empty for a point theorem without objective */
	/* "gamma=1,beta=0.5"; those left out are chosen with `fraction`. Controls may leave the range */
	char *parameters;
	char *note;              /* one line */
	uint64_t steps;          /* T; 0: that of the effort */
	double fraction;         /* of the admissible range, for parameters left out; 0 means 1 */
	double ratio;            /* sharp: the max_ratio that theory says; NaN: not known. The judge never reads it */
	double deep_ratio;       /* same for deep_ratio; NaN */
	double factor;           /* control: the bound that is claimed is factor x bound; 1: unchanged */
	double power;            /* control: and times t^-power; 0: unchanged */
	const char *method;      /* control: another method than the theorem's; NULL: its own */
} rate_instance;

typedef struct rate_theorem {
	uint32_t size, abi;
	const char *id, *chapter;
	const char *title;       /* "Gradient descent on convex smooth functions" */
	const char *statement;   /* one line of plain text with Unicode maths */
	const char *quantity;    /* what is measured: "f(x_t) - f*" */
	const char *formula;     /* the bound, for labels: "D²/(2γt)" */
	const char *source;      /* paper, theorem of it; what is proved here need not be said */
	const char *formal;      /* name of a machine-checked proof, or NULL */
	rate_kind kind;
	uint32_t flags;
	/* spec of the method, "sgd:batch=1"; NULL for point theorems. A parameter of the theorem with the name of
	 * one of the method's sets it */
	const char *method;
	/* of const char *: constants (objective.h) and capabilities ("finite-sum/1"); host-known besides: "x_star",
	 * "interpolation", "composite/1", "one term", "rounds" (an online problem, or one term, the loss of every
	 * round), "composite" (there is an h or a feasible set), "no composite", "whole space" (no feasible set),
	 * "stationary" (grad f(x_star) = 0), "sigma_F2" (mean |grad f_i(x_star) - grad f(x_star)|^2), "L_mean" (mean
	 * L_i), "sigma_by_L" (mean (L_mean/L_i) |grad f_i(x_star)|^2), "prox" (1: of h, 2: of each term, 3:
	 * projection), "mu_g" (known strong convexity of what "prox" is taken of, or 0). A name of your own has a
	 * dot in it, "mine.horizon"; any other unknown name is an error */
	rate_list needs;
	rate_rows params;        /* of rate_param; preset "auto": filled in by `choose` */
	uint32_t schedules;      /* how many step sequences `steps` makes; 0 means 1 */
	uint32_t accumulators;   /* doubles per replicate for observe and measure */
	double power;            /* proven rate t^-power (sublinear); 0 if geometric or none */

	/* NULL, or the reason why the theorem does not apply. [after needs are met] May be NULL. */
	const char *(*applies)(const rate_case *c);
	/* Sets the parameters whose preset is "auto" for a fraction in (0, 1] of the admissible range. May be NULL. */
	void (*choose)(const rate_case *c, double fraction, double *param);
	/* NULL if the parameters are admissible, else what must hold. May be NULL. */
	const char *(*admissible)(const rate_case *c);
	/* out[k][t], t = 0..T-1, for each schedule k. NULL: schedule 0 is the constant parameter "gamma". */
	void (*steps)(const rate_case *c, double *const *out);
	/* Weight of x_t, t = 0..T-1, in the average. NULL: no average is kept. */
	double (*weight)(const rate_case *c, uint64_t t);

	/* The bound at t >= 1: one small pure function. NULL only with RATE_PATH_BOUND and for point theorems. */
	double (*bound)(const rate_case *c, double t);
	/* The part of the bound at t that forgets the start (for deep_ratio). NULL: the bound has no transient. */
	double (*transient)(const rate_case *c, double t);
	/* Proven contraction factor per step of a geometric rate. NULL: sublinear. */
	double (*factor)(const rate_case *c);

	/* Run theorems. observe: [each t = 0..T-1, before step t]. measure: [at checkpoints t = 0..T, before observe]
	 * fills q, s (scale of the rounding error) and, with RATE_PATH_BOUND, b; nrep doubles each. */
	int (*observe)(rate_view *v);
	int (*measure)(rate_view *v, double *q, double *s, double *b);

	/* Point theorems: left <= right (or left = right, identities; left >= right, lower bounds). */
	uint32_t points;         /* random vectors per evaluation */
	int (*evaluate)(const rate_point *p, double *left, double *right, double *s);

	/* The k-th sharp instance and the k-th negative control; RATE_FAIL when there is no k-th. */
	int (*sharp)(uint32_t k, rate_instance *out);
	int (*control)(uint32_t k, rate_instance *out);
} rate_theorem;

#define RATE_STEP_SIZE(range) { "gamma", RATE_REAL, "auto", 0, 0, NULL, "step size, " range }

/* Row of accumulators of replicate r. */
RATE_INLINE double *rate_acc(const rate_view *v, uint32_t accumulators, size_t r)
{
	return v->acc + r * accumulators;
}

/* F(x) - F_star, |x - x_star|^2, |grad f(x)|^2 of every replicate, with the scale of their rounding errors. */
RATE_INLINE int rate_gap_of(rate_view *v, const double *x, double *q, double *s)
{
	return v->run->call->gap(v->run, x, q, s);
}
RATE_INLINE int rate_dist2_of(rate_view *v, const double *x, double *q, double *s)
{
	return v->run->call->dist2(v->run, x, q, s);
}
RATE_INLINE int rate_grad2_of(rate_view *v, const double *x, double *q, double *s)
{
	return v->run->call->grad2(v->run, x, q, s);
}
/* The same of any quantity with a name: those three, or one of the objective's own (quantities/1). */
RATE_INLINE int rate_quantity_of(rate_view *v, const char *name, const double *x, double *q, double *s)
{
	return v->run->call->quantity(v->run, name, x, q, s);
}

/* The four usual measures, ready to be named in a theorem: `.measure = rate_measure_gap`. */
RATE_INLINE int rate_measure_gap(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_gap_of(v, v->state[0], q, s);
}
RATE_INLINE int rate_measure_dist2(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_dist2_of(v, v->state[0], q, s);
}
RATE_INLINE int rate_measure_grad2(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_grad2_of(v, v->state[0], q, s);
}
RATE_INLINE int rate_measure_average_gap(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (!v->average)
		return (v->run->call->fail)(v->run, "no average is kept: the theorem has no weight");
	return rate_gap_of(v, v->average, q, s);
}

#ifdef __cplusplus
}
#endif
#endif
