/* ratecheck plugin ABI: objectives, f : R^d -> R with what is known of it.
 *
 * SPDX-License-Identifier: MIT
 * Copyright (C) The ratecheck authors.
 *
 * An objective must offer `create`, `dim`, `value` and `gradient`. All else is asked for by name through `interface`,
 * so that the core stays small. Vectors hold d doubles; matrices are row-major.
 *
 * Oracles have no memory: the same input gives the same output, whatever was called before and whatever the size of a
 * block. Randomness never lives in the plugin: an index or a vector of standard normals comes in.
 */
#ifndef RATECHECK_OBJECTIVE_H
#define RATECHECK_OBJECTIVE_H

#include "ratecheck/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { RATE_WRAPPER = 1 }; /* flags: made from another objective, args->inner */

typedef struct rate_objective {
	uint32_t size, abi;
	const char *id, *title, *summary, *source;
	uint32_t flags;
	rate_rows params; /* of rate_param */

	/* Required. */
	int (*create)(const rate_host *host, const rate_args *args, void **self); /* [child process, once] */
	/* [child process, after create; may be NULL] */
	void (*destroy)(void *self);
	size_t (*dim)(void *self);                                                /* [after create] d >= 1 */
	int (*value)(void *self, const double *x, double *f);                     /* [after create] */
	/* [after create] a subgradient at kinks */
	int (*gradient)(void *self, const double *x, double *g);

	/* Optional: NULL, or a pointer to the struct that the name stands for (below), or NULL for an unknown name. */
	const void *(*interface)(void *self, const char *name); /* [after create] */
} rate_objective;

/* An objective that has been created. */
typedef struct rate_function {
	const rate_objective *cls;
	void *self;
} rate_function;

/* ---- constants/1: what is known, with its safe direction ----
 *
 * Scalars, by name:
 *   convex            1: f (with finite sums: each f_i; with composites: h too) is convex; 0: known not to be
 *   L                 smoothness constant of f: |grad f(x) - grad f(y)| <= L |x - y|
 *   mu                strong convexity of f          mu_h    strong convexity of h of a composite
 *   pl                |grad f|^2 >= 2 pl (f - f_star)
 *   G                 bound on |g| for every subgradient (finite sums: G^2 >= mean of G_i^2)
 *   rho_weak          weak convexity                 L_2     Lipschitz constant of the Hessian
 *   rho_terms         weak convexity of every term
 *   rho_model         mean of the models of composition/1 at x <= f + rho_model/2 |. - x|^2
 *   L_max             max of the smoothness constants L_i of the terms (or samples)
 *   f_star, F_star    inf f; inf of F = f + h
 *   sigma_star2       mean of |grad f_i(x_star)|^2   Delta_star   f_star - mean of inf f_i
 *   interpolation     1: one point minimises every term
 *   strong_growth     rho: E |g|^2 <= rho |grad f|^2
 *   noise2            bound on E |g - grad f|^2      noise_max    bound on |g - grad f| for every sample
 *   noise_subgauss    s with E exp(|g - grad f|^2/s^2) <= e     G_mean   bound on the subgradients of f itself
 *   noise_additive    1: the law of g - grad f is the same at every x
 *   diameter          of the feasible set          mu_min    least strong convexity of the terms
 *   L0, L1            |Hess f| <= L0 + L1 |grad f|; L and 0 if they are not given
 *   field             1: `gradient` is a field V, the gradient of no function (an equilibrium problem); x_star is a
 *                     zero of it, L its Lipschitz constant, mu its strong monotonicity; `value` gives 0 and is not
 *                     looked at
 *   monotone, skew    1: <V(y) - V(x), y - x> >= 0; = 0          sigma_min    |V(y) - V(x)| >= sigma_min |y - x|
 * Vectors: x_star (d; of F = f + h over the feasible set), L_i (n), f_i_star (n).
 * Other names are allowed; a theorem that needs one gets it in rate_case.need.
 */
typedef enum rate_knowledge { RATE_EXACT = 1, RATE_UPPER, RATE_LOWER } rate_knowledge;

typedef struct rate_constant {
	uint32_t size;
	rate_knowledge kind;
	double value;
	const char *why; /* one line: a formula, a proof in five words */
} rate_constant;

typedef struct rate_constants {
	uint32_t size;
	/* RATE_OK and *out filled in (the host has set out->size), or anything else: not known. */
	int (*scalar)(void *self, const char *name, rate_constant *out);
	/* Fills `count` doubles, or returns anything but RATE_OK: not known. May be NULL. */
	int (*vector)(void *self, const char *name, size_t count, double *out);
} rate_constants;

/* ---- finite-sum/1: f = (1/n) sum f_i ---- An objective that is no sum counts as one with n = 1. */
typedef struct rate_finite_sum {
	uint32_t size;
	size_t (*count)(void *self);
	int (*value)(void *self, size_t i, const double *x, double *f);
	int (*gradient)(void *self, size_t i, const double *x, double *g);
	/* argmin f_i + |. - x|^2/(2 gamma); may be NULL */
	int (*prox)(void *self, size_t i, double gamma, const double *x, double *p);
} rate_finite_sum;

/* ---- stream/1: f = E f_s, or an online problem ----
 * A sample is `normals` standard normals drawn by the host, or the number t = 0, 1, 2, ... of the round if
 * `deterministic`. It can be evaluated at any point, more than once. */
typedef struct rate_stream_sample {
	uint64_t t;
	const double *normal; /* `normals` of them */
} rate_stream_sample;

typedef struct rate_stream {
	uint32_t size;
	int deterministic;
	size_t (*normals)(void *self);
	int (*value)(void *self, const rate_stream_sample *s, const double *x, double *f);
	int (*gradient)(void *self, const rate_stream_sample *s, const double *x, double *g);
	/* Online: the best fixed point in hindsight of rounds 0..T-1. */
	int (*comparator)(void *self, uint64_t T, double *x);
} rate_stream;

/* ---- block/1: the oracles on nrep points at once; the host loops otherwise ----
 * Row r of a block starts at r * ld; ld is d rounded up to 8, rows are 64-byte aligned, the padding is zero and stays
 * so. A result may not depend on nrep. `index` NULL: the whole function; else nrep x batch terms (mean over each
 * batch). nrep is at most RATE_BLOCK_MOST, so that work on a block fits the stack. */
enum { RATE_BLOCK_MOST = 128 };
typedef struct rate_block_oracles {
	uint32_t size;
	int (*value)(void *self, size_t nrep, size_t ld, const double *x, double *f); /* f: nrep */
	int (*gradient)(void *self, size_t nrep, size_t ld, const double *x, const uint64_t *index,
	                size_t batch, double *g);
	/* Optional, both or neither, of a sum whose terms see x through one product each, f_i(x) = phi_i(a_i'x). The
	 * rows a_i, ld apart, padded with zeros: they stay where they are. And m_r <- phi_i'(m_r), where m_r was
	 * a_i'x_r, i = index[r]. A step with one term is then made by the host, and no gradient is written. */
	const double *(*rows)(void *self, size_t ld);
	int (*slopes)(void *self, size_t nrep, const uint64_t *index, double *m);
} rate_block_oracles;

/* ---- glm/1: f_i(x) = loss(a_i'x, b_i) + ridge/2 |x|^2: the host runs its own fused kernels ---- */
typedef enum rate_link {
	RATE_SQUARE = 1, /* (m - b)^2 / 2 */
	RATE_LOGISTIC    /* log(1 + exp(-b m)), b = -1 or +1 */
} rate_link;
typedef struct rate_glm {
	uint32_t size;
	rate_link link;
	size_t n, d;
	const double *a; /* n x d; NULL: sparse rows, as in rate_table, that stay where they are */
	const double *b; /* n */
	double ridge;
	const uint64_t *start;
	const uint32_t *column;
	const double *value;
} rate_glm;
typedef struct rate_glm_source {
	uint32_t size;
	int (*get)(void *self, rate_glm *out);
} rate_glm_source;

/* ---- composite/1: F = f + h. value and gradient of the objective stay those of f ---- */
typedef struct rate_composite {
	uint32_t size;
	int (*value)(void *self, const double *x, double *h); /* may be +inf outside dom h */
	int (*prox)(void *self, double gamma, const double *x, double *p);
} rate_composite;

/* ---- projection/1: the feasible set ---- */
typedef struct rate_projection {
	uint32_t size;
	int (*project)(void *self, const double *x, double *p);
} rate_projection;

/* ---- lmo/1: argmin over the feasible set of <c, s> ---- */
typedef struct rate_lmo {
	uint32_t size;
	int (*minimise)(void *self, const double *c, double *s);
} rate_lmo;

/* ---- composition/1: term i is <p_i, x> + h_i(c_i(x)), h_i convex on the line, c_i convex or smooth. The host steps
 * on its model, c_i replaced by its tangent. A function that is no sum has the one term 0. ---- */
typedef struct rate_composition {
	uint32_t size;
	/* c_i(x), and a (sub)gradient of c_i there */
	int (*inner)(void *self, size_t i, const double *x, double *c, double *a);
	int (*outer)(void *self, size_t i, double c, double *h);                   /* h_i(c) */
	int (*outer_prox)(void *self, size_t i, double tau, double c, double *z);  /* argmin h_i + (. - c)^2/(2 tau) */
	int (*linear)(void *self, size_t i, double *p);                            /* p_i; NULL: 0 */
} rate_composition;

/* ---- risk/1: f(x) = max over weights q of sum_i q_i l_i(x) - penalty(q), plus ridge/2 |x|^2. No finite sum: the
 * weights depend on all losses. The gradient is that of the losses with the best weights. ---- */
typedef struct rate_risk {
	uint32_t size;
	size_t (*count)(void *self);
	int (*loss)(void *self, size_t i, const double *x, double *l);
	int (*slope)(void *self, size_t i, const double *x, double *g);
	int (*weights)(void *self, const double *losses, double *q); /* the best ones for `count` losses */
	double ridge;
} rate_risk;

/* ---- smoothing/1: f_r(x) = E f(x + r v), v uniform in the unit ball (law 0) or standard normal (law 1), exactly ----
 * RATE_FAIL: not of that law. */
typedef struct rate_smoothing {
	uint32_t size;
	int (*value)(void *self, int law, double r, const double *x, double *f);
	int (*gradient)(void *self, int law, double r, const double *x, double *g);
} rate_smoothing;

/* ---- network/1: x is the copies x_1, ..., x_N of N agents, d/N numbers each, one after the other. They mix: copy i
 * becomes sum_j W_ij x_j, with W symmetric, rows of sum 1 and all other eigenvalues in (-1, 1). ---- */
typedef struct rate_network {
	uint32_t size;
	size_t (*agents)(void *self);                            /* N */
	int (*mix)(void *self, const double *x, double *out);
} rate_network;

/* ---- hessian/1 ---- Either may be NULL. */
typedef struct rate_hessian {
	uint32_t size;
	int (*product)(void *self, const double *x, const double *v, double *out);
	int (*dense)(void *self, const double *x, double *out); /* d x d */
} rate_hessian;

/* ---- metric/1: a symmetric B >= 0 with mu_metric B <= Hess f <= L_metric B; grad f lies in its range ---- */
typedef struct rate_metric {
	uint32_t size;
	int (*product)(void *self, const double *v, double *out);
	int (*dense)(void *self, double *out); /* d x d; may be NULL: then there is no inverse */
} rate_metric;

/* ---- gap/1: F(x) - F_star without cancellation ---- */
typedef struct rate_gap {
	uint32_t size;
	int (*gap)(void *self, const double *x, double *gap);
} rate_gap;

/* ---- quantities/1: what theorems measure of x beside gap, distance and gradient, by name ----
 * RATE_FAIL: there is none of that name. `scale` is that of its rounding error (manual, "Tolerance"). */
typedef struct rate_quantities {
	uint32_t size;
	int (*evaluate)(void *self, const char *name, const double *x, double *q, double *scale);
} rate_quantities;

/* ---- start/1: x_0 when the user says nothing (the host's default is 0) ---- */
typedef struct rate_start {
	uint32_t size;
	int (*start)(void *self, double *x);
} rate_start;

/* Reserved for later volumes: moreau/1, vector-field/1, bilevel/1, sampling/1, mdp/1, manifold/1. */

#ifdef __cplusplus
}
#endif
#endif
