/* ratecheck plugin ABI: methods, iterative algorithms that act on blocks of replicates.
 *
 * SPDX-License-Identifier: MIT
 * Copyright (C) The ratecheck authors.
 *
 * A method reads like the paper. Gradient descent, whole:
 *
 *     static int step(rate_run *run)
 *     {
 *         double *x = run->state[0], *g = run->scratch[0];
 *         if (rate_gradient(run, x, g)) return RATE_FAIL;
 *         rate_axpy(run, -run->gamma, g, x);              // x <- x - gamma grad f(x)
 *         return RATE_OK;
 *     }
 *
 * Methods hold no schedules, averages or randomness: the theorem supplies the steps, the host keeps the averages and
 * draws the samples. All that a method remembers lies in its state blocks, which the host owns.
 *
 * A block is run->nrep rows of run->ld doubles (ld = d rounded up to 8, padding zero, rows 64-byte aligned).
 */
#ifndef RATECHECK_METHOD_H
#define RATECHECK_METHOD_H

#include "ratecheck/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What one replicate of a step draws: terms of a finite sum, or vectors of normals of a stream. Owned by the host, good
 * until the end of the step (or of the observation) that drew it, beside any others; can be evaluated at any point,
 * more than once. A second draw with the same purpose in one step is the first one again. */
typedef struct rate_sample {
	uint32_t size;
	uint32_t batch;         /* how many terms each replicate drew */
	/* nrep x batch indices in 0..n-1 (the round t of an online stream); NULL: whole function */
	const uint64_t *index;
	const double *normal;   /* streams: nrep x batch x normals; else NULL */
} rate_sample;

typedef struct rate_run rate_run;

/* The services of a run. All work on blocks; rows of results are per replicate. All return RATE_OK or an error that the
 * caller hands on. Use the short wrappers below. */
typedef struct rate_services {
	uint32_t size;
	/* Oracles of the objective. */
	int (*value)(rate_run *run, const double *x, double *f);    /* f: nrep; f alone, without h */
	int (*gradient)(rate_run *run, const double *x, double *g); /* block */
	int (*h_value)(rate_run *run, const double *x, double *h);  /* nrep; 0 where there is no composite part */
	int (*prox)(rate_run *run, double gamma, const double *x, double *p); /* of h; identity where there is none */
	/* onto the feasible set; identity where there is none */
	int (*project)(rate_run *run, double *x);
	/* Samples. `purpose` < 16 tells apart draws that must be independent of each other within one step. */
	/* subset without replacement; online: round t */
	const rate_sample *(*draw)(rate_run *run, uint32_t purpose, uint32_t batch);
	/* term i (round i) for every replicate */
	const rate_sample *(*component)(rate_run *run, uint64_t i);
	/* nrep, mean over batch */
	int (*sample_value)(rate_run *run, const rate_sample *s, const double *x, double *f);
	/* block, mean over batch */
	int (*sample_gradient)(rate_run *run, const rate_sample *s, const double *x, double *g);
	int (*sample_prox)(rate_run *run, const rate_sample *s, double gamma, const double *x, double *p);
	int (*sample_f_star)(rate_run *run, const rate_sample *s, double *f); /* nrep: f_s(x_star), mean over batch */
	int (*normals)(rate_run *run, uint32_t purpose, double *z);           /* block of standard normals */
	/* Arithmetic, in a fixed order of summation: the same bits everywhere. */
	void (*axpy)(rate_run *run, double a, const double *x, double *y);            /* y <- y + a x */
	void (*axpy_rows)(rate_run *run, const double *a, const double *x, double *y); /* row r: y <- y + a[r] x */
	void (*scale)(rate_run *run, double a, double *x);                            /* x <- a x */
	void (*copy)(rate_run *run, const double *x, double *y);                      /* y <- x */
	void (*dot)(rate_run *run, const double *x, const double *y, double *out);    /* out[r] = <x_r, y_r> */
	/* Quantities that theorems measure, each with the scale s of its rounding error (manual, "Tolerance"). */
	int (*gap)(rate_run *run, const double *x, double *q, double *s);   /* F(x) - F_star */
	int (*dist2)(rate_run *run, const double *x, double *q, double *s); /* |x - x_star|^2 */
	int (*grad2)(rate_run *run, const double *x, double *q, double *s); /* |grad f(x)|^2 */
	int (*fail)(rate_run *run, const char *format, ...); /* says why; returns RATE_FAIL */
	/* x <- x + a grad f_s(x): the same bits as sample_gradient and axpy, perhaps faster; `work` is a block to
	 * spoil. */
	int (*sample_step)(rate_run *run, const rate_sample *s, double a, double *x, double *work);
	/* Draws of the method's own, independent of the samples. `purpose` < 16. */
	int (*uniforms)(rate_run *run, uint32_t purpose, size_t count, double *u); /* nrep x count, in (0, 1) */
	/* block of -1 and +1, equally likely */
	int (*signs)(rate_run *run, uint32_t purpose, double *z);
	/* out[r] in 0..count-1 with probability weight/sum; NULL: equally likely */
	int (*choose)(rate_run *run, uint32_t purpose, uint64_t count, const double *weight, uint64_t *out);
	/* Second order, for small d (d^3 operations a row). */
	int (*hessian_product)(rate_run *run, const double *x, const double *v, double *out); /* Hess f(x) v */
	/* step <- the global minimiser of <g, s> + <(Hess f(x) + shift I)s, s>/2 + (M/6)|s|^3; M = 0: the Newton
	 * step, an error where the matrix is singular. */
	int (*model_step)(rate_run *run, const double *x, const double *g, double M, double shift, double *step);
	int (*lmo)(rate_run *run, const double *c, double *s); /* s <- argmin over the feasible set of <c, s> (lmo/1) */
	/* out <- B v; B^+ v if `inverse`: metric/1, or what the host makes of glm/1 or of a constant Hessian */
	int (*metric)(rate_run *run, int inverse, const double *v, double *out);
	/* The d eigenvalues l_1 <= ... <= l_d of B; and out <- phi(B) v, given the d numbers phi(l_i). */
	int (*metric_spectrum)(rate_run *run, double *l);
	int (*metric_function)(rate_run *run, const double *phi, const double *v, double *out);
	/* A quantity by its name: "gap", "dist2", "grad2", or one of the objective's own (quantities/1). */
	int (*quantity)(rate_run *run, const char *name, const double *x, double *q, double *s);
	/* p <- argmin over y of |y - x|^2/(2 gamma) + the model at x of the term that was drawn: its outer function
	 * of the tangent of its inner one (composition/1) */
	int (*model_prox)(rate_run *run, const rate_sample *s, double gamma, const double *x, double *p);
	/* A vector constant of the objective, such as the smoothness "L_i" of its terms; an error where it is not
	 * known. */
	int (*vector)(rate_run *run, const char *name, size_t count, double *out);
	/* A risk of losses (risk/1): how many losses, and the ridge; loss index[r] at row r of x and its gradient, a
	 * block (either may be NULL); the best weights for losses that are given, rows of as many numbers. */
	size_t (*risk_size)(rate_run *run, double *ridge);
	int (*risk_loss)(rate_run *run, const uint64_t *index, const double *x, double *l, double *g);
	int (*risk_weights)(rate_run *run, const double *l, double *q);
	/* f_r and its gradient, f smoothed over a ball or a normal law (smoothing/1); either may be NULL */
	int (*smoothed)(rate_run *run, int law, double r, const double *x, double *f, double *g);
	/* Agents on a network (network/1): how many copies x holds, 0 if it is none; and out <- W x, another block. */
	size_t (*agents)(rate_run *run);
	int (*mix)(rate_run *run, const double *x, double *out);
} rate_services;

struct rate_run {
	uint32_t size;
	const rate_services *call;
	size_t nrep, d, ld;
	size_t n;               /* terms of the finite sum; 1 if it is none; 0 for a stream */
	uint64_t t;             /* number of the step, from 0 */
	double gamma;           /* = schedule[0], the step size */
	const double *schedule; /* the values of this step of every schedule that the method names */
	/* the method's parameters in the order of its schema (integers and choices as doubles) */
	const double *param;
	double *const *state;   /* the declared blocks, state[0] being x */
	double *const *scratch; /* the declared work blocks; contents are not kept between steps */
	double f_star;          /* F_star of the instance, NaN if not known (Polyak steps) */
	void *host;             /* the host's own */
};

/* A state block: a row of d doubles for each replicate; of scalars: one double per replicate at r * ld. With
 * RATE_PER_TERM it stands for n blocks one after the other, one for each term of the sum or loss of a risk (1 for a
 * function that is neither, and a stream has no such method); those declared after it follow in run->state. `find`
 * gives the first of them. */
enum { RATE_PER_TERM = 2 };

typedef struct rate_state {
	const char *name;   /* "x", "momentum", ... ; the first must be "x" */
	/* 1: only entry 0 of each row is used; 0: all; RATE_PER_TERM: all, and there are n blocks */
	uint32_t scalar;
	const char *doc;
} rate_state;

enum {
	RATE_SPAN = 1,       /* x_t - x_0 lies in the span of the gradients seen */
	RATE_STOCHASTIC = 2, /* draws samples */
	RATE_NEEDS_PROX = 4, RATE_NEEDS_PROJECTION = 8, RATE_NEEDS_F_STAR = 16, RATE_NEEDS_SAMPLE_PROX = 32,
	RATE_NEEDS_HESSIAN = 64, RATE_NEEDS_METRIC = 128, RATE_NEEDS_LMO = 256,
	RATE_NEEDS_COMPOSITION = 1024,
	RATE_OWN_DRAWS = 512, /* draws uniforms, signs, normals or choices of its own: random on any objective */
	/* 2048 is RATE_COSTLY_CALLS, of classes of any kind */
	RATE_NEEDS_RISK = 8192, /* risk/1: losses and their weights */
	RATE_NEEDS_NETWORK = 16384, /* network/1: agents with copies of x, whom it may leave apart */
	/* remembers what is in no state block: it is run from `start` on, path by path, and nothing else */
	RATE_OWN_STATE = 4096
};

typedef struct rate_method {
	uint32_t size, abi;
	const char *id, *title, *summary, *source;
	uint32_t flags;
	rate_rows params;    /* of rate_param */
	rate_rows state;     /* of rate_state */
	rate_list schedules; /* of const char *: names of the step sequences it takes; "gamma" first */
	uint32_t scratch;    /* number of work blocks */
	int (*start)(rate_run *run); /* [before step 0] x holds x_0, the rest is zero; may be NULL */
	int (*step)(rate_run *run);  /* [each t] */
} rate_method;

/* ---- Short names for the services ---- */
RATE_INLINE int rate_value_at(rate_run *run, const double *x, double *f) { return run->call->value(run, x, f); }
RATE_INLINE int rate_gradient(rate_run *run, const double *x, double *g) { return run->call->gradient(run, x, g); }
RATE_INLINE int rate_prox(rate_run *run, double gamma, const double *x, double *p)
{
	return run->call->prox(run, gamma, x, p);
}
RATE_INLINE int rate_project(rate_run *run, double *x) { return run->call->project(run, x); }
RATE_INLINE const rate_sample *rate_draw(rate_run *run, uint32_t purpose, uint32_t batch)
{
	return run->call->draw(run, purpose, batch);
}
RATE_INLINE int rate_sample_gradient(rate_run *run, const rate_sample *s, const double *x, double *g)
{
	return run->call->sample_gradient(run, s, x, g);
}
RATE_INLINE int rate_sample_value(rate_run *run, const rate_sample *s, const double *x, double *f)
{
	return run->call->sample_value(run, s, x, f);
}
RATE_INLINE void rate_axpy(rate_run *run, double a, const double *x, double *y) { run->call->axpy(run, a, x, y); }
RATE_INLINE void rate_axpy_rows(rate_run *run, const double *a, const double *x, double *y)
{
	run->call->axpy_rows(run, a, x, y);
}
RATE_INLINE void rate_scale(rate_run *run, double a, double *x) { run->call->scale(run, a, x); }
RATE_INLINE void rate_copy(rate_run *run, const double *x, double *y) { run->call->copy(run, x, y); }
RATE_INLINE void rate_dot(rate_run *run, const double *x, const double *y, double *out)
{
	run->call->dot(run, x, y, out);
}
/* x <- x + a grad f_s(x). */
RATE_INLINE int rate_sample_step(rate_run *run, const rate_sample *s, double a, double *x, double *work)
{
	if (run->call->size > offsetof(rate_services, sample_step) && run->call->sample_step)
		return run->call->sample_step(run, s, a, x, work);
	if (rate_sample_gradient(run, s, x, work))
		return RATE_FAIL;
	rate_axpy(run, a, work, x);
	return RATE_OK;
}
/* Row r of a block. */
RATE_INLINE double *rate_row(const rate_run *run, double *x, size_t r) { return x + r * run->ld; }

#ifdef __cplusplus
}
#endif
#endif
