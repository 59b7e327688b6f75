/* A session: one instance alive in a child process: the created objective behind a guard that counts calls, marks where
 * the child is, and refuses non-finite answers; the method's blocks; the samples. */
#ifndef VERIFY_SESSION_H
#define VERIFY_SESSION_H

#include <stdio.h>

#include "kernels/kernels.h"
#include "plugins/error.h"
#include "plugins/isolate.h"
#include "plugins/load.h"
#include "plugins/nearest.h"
#include "verify/families/families.h"
#include "verify/record/check.h"
#include "verify/record/constants.h"
#include "verify/session/blocks.h"
#include "verify/session/sampler.h"
#include "verify/session/watch.h"

typedef struct rate_session {
	rate_run run; /* first: the services find the session through run->host */
	const rate_check *check;
	const rate_theorem *theorem;
	const rate_method *method; /* NULL: point theorem */
	rate_function f, *chain;   /* the whole (cls NULL: none), and it with all that it wraps */
	size_t words;
	rate_mark *mark;
	char name[96];             /* what `plugin` points at */
	const char *plugin;        /* of the objective with its wrappers, for words */

	/* Capabilities, copies of what the plugin has; NULL where there are none. */
	struct { const char *name; void *copy; } table[20];
	size_t tables;
	const rate_constants *constants;
	const rate_finite_sum *sum;
	const rate_stream *stream;
	const struct rate_source *source; /* sources.h: who answers for f, and for samples */
	const struct rate_sample_source *samples;
	const rate_block_oracles *block;
	const double *block_rows;  /* where it has slopes */
	const rate_composite *composite;
	const rate_projection *projection;
	const rate_hessian *hessian;
	double slope0; /* |grad f(x_0)|, taken without squares */
	double slope_star; /* |grad f(x_star)|, where it need not vanish: there is an h or a set; else 0 */
	const rate_lmo *lmo;
	const rate_composition *composition;
	const rate_risk *risk;
	size_t losses; /* of the risk; 0: f is none */
	const rate_smoothing *smoothing;
	const rate_network *network;
	size_t agents; /* of the network; 0: f is none */
	const rate_metric *metric; /* the objective's own; metric.h */
	struct rate_eigenmetric *eigenmetric;
	const rate_gap *gap;
	const rate_quantities *quantities;
	const rate_start *start;
	/* Generalized linear models (glm/1): the rows as the kernels want them. `centred` has targets 0: its values
	 * at x - x_star are gaps. */
	const rate_kernels *kernels;
	rate_design model, centred;
	int has_model, has_centred; /* the second: -1 once it is known that there is none */
	struct rate_pass *pass;     /* of sparse rows: what was computed last */
	struct rate_snapshots *snapshots; /* of the method's gradients: the same */

	/* The case, and what stands behind its pointers. */
	rate_case c;
	double *x0, *x_star, *param, *need, **schedule;
	double *worst;       /* point theorems: the vectors, ld apart, at which the claim is tightest */
	uint64_t worst_number;
	double *method_param;
	double x_star_error; /* certified bound on the error of a computed x_star; 0 if exact */
	int x_star_certified;
	double f_star_error; /* by how much f at a computed x_star may lie above f_star; 0 if f_star is declared */
	const rate_family *family; /* the kind of problem */
	char no_minimiser[256]; /* why there is no x_star */
	int f_star_below;    /* f_star is known from below only: no gap can be measured */
	double d0_scale;     /* of the rounding error of c.d0 */
	/* what is left of the gradient where it vanishes, by rounding inside f, and how far off it leads */
	double noise, drift;

	/* Its parts, each with a header of its own. */
	rate_blocks blocks;
	rate_draws draws;
	rate_watch watch;
	double *work;        /* 4 ld numbers */
	size_t normals;      /* of one draw of a stream */
	enum { RATE_CHEAPEST, RATE_MAPS, RATE_TERMS } recursion; /* exact means: a form of it that a test wants */
	char note[128];      /* why there is no exact mean, where a reader would expect one; or "" */
	/* whose path the recursion is held against, and whether at every t */
	struct { uint64_t replicate; int everywhere; } tie;
	double *algebra;     /* matrices of the services of second order */
	size_t algebra_room;
	double value;              /* of a trajectory of values: F here */
	char declined[256];        /* the theorem turned out not to apply while it was measured: why */
	rate_error error;
	const char *no_state; /* that the theorem has asked for in vain, since it was called */
} rate_session;

/* Creates the objective and finds its capabilities. RATE_FAIL with s->error. */
int rate_session_open(rate_session *s, const rate_check *check, rate_mark *mark);
/* A capability by its name, a constant; NULL: there is none (s->error: or it is unfit). */
const void *rate_capability(rate_session *s, const char *name);
/* The same objective for another point theorem: what `prepare` made is given back. */
int rate_session_turn_to(rate_session *s, const rate_check *check);
/* x0, where the spec says that the run starts. RATE_FAIL with s->error. */
int rate_make_start(rate_session *s);
/* `out`: the same instance with blocks of its own for another method, which takes the parameters that the theorem has
 * for it. It borrows all else from s and is closed before it. */
int rate_session_twin(const rate_session *s, rate_session *out, const rate_bound_spec *method);
void rate_twin_close(rate_session *twin);
/* Has the objective, what it wraps, or the method this flag? */
int rate_session_flag(const rate_session *s, uint32_t flag);
/* Frees all but the check. */
void rate_session_close(rate_session *s);
/* How many blocks the states of the method stand for; the declared state of block k. */
size_t rate_state_count(const rate_session *s);
const rate_state *rate_state_of(const rate_session *s, size_t k);
/* blocks.c: allocates the blocks of the method for `rows` replicates; frees them, where there is a method. */
void rate_blocks_free(rate_session *s);
int rate_session_blocks(rate_session *s, size_t rows);
/* Sets the number of live rows (<= capacity) and puts x_0 into each, the rest zero; calls the method's start. */
int rate_session_begin(rate_session *s, size_t rows, uint64_t replicate0);
/* Until it is called again, a session of these rows alone: their states, averages and samples. Before anything else
 * is done with the session, all rows are made live again. */
void rate_session_window(rate_session *s, size_t first, size_t rows);
/* follow.c: the path of check->trajectory in the place of the method's start and steps; its row at t, or NULL. */
int rate_follow_begin(rate_session *s);
int rate_follow_step(rate_session *s, uint64_t t);
const double *rate_trajectory_at(const rate_trajectory *j, uint64_t t);
/* One step of the method at time t. */
int rate_session_step(rate_session *s, uint64_t t);
/* Is anything written behind the blocks, or behind the numbers of a row of a state? That is a fault of method or
 * objective. */
void rate_session_guard(rate_session *s, int rows_too);
void rate_session_view(rate_session *s, uint64_t t, rate_view *v);

/* services.c: what run->call points at. */
extern const rate_services rate_session_services;

/* Scalar oracles (sources/plugin.c). */
int rate_f(rate_session *s, const double *x, double *f);
int rate_g(rate_session *s, const double *x, double *g);
int rate_f_i(rate_session *s, size_t i, const double *x, double *f);
int rate_g_i(rate_session *s, size_t i, const double *x, double *g);
/* p <- prox of gamma h at x; x <- its projection onto the feasible set; the identity where there is none. */
int rate_prox_at(rate_session *s, double gamma, const double *x, double *p);
int rate_project_at(rate_session *s, double *x);
/* Sums in a fixed order of eight lanes. */
double rate_dot_n(const double *x, const double *y, size_t d);
double rate_norm_n(const double *x, size_t d);

/* sources/glm.c: takes over the oracles of a generalized linear model, which must agree with the plugin's own. */
int rate_model_open(rate_session *s, const rate_glm_source *source);
void rate_pass_free(rate_session *s);
/* The terms have sparse rows: d numbers of each of n terms are too many to be looked at. */
int rate_model_is_sparse(const rate_session *s);
/* out[i] <- |grad f_i(x)|^2 of all terms, x apart from s->work. */
int rate_term_squares(rate_session *s, const double *x, double *out);
void rate_model_close(rate_session *s);
/* Are gaps values of the centred model? Asked when the minimiser is known. */
int rate_model_gaps(rate_session *s);

/* sources/block.c: takes over the rows and slopes of block/1, which must make the gradients of the terms. */
int rate_block_open(rate_session *s);

/* prepare.c: constants, x_star, applicability, parameters, steps, checkpoints, bounds. Sets check->applicable and
 * reason. `fresh` arrays are taken from malloc. RATE_FAIL: broken, s->error says why. */
int rate_prepare(rate_session *s, rate_check *check);
/* Its last part, once the case is filled in and the needs are met: parameters, steps, checkpoints, bounds. */
int rate_settle(rate_session *s, rate_check *check);
/* The method's parameters: those of its spec, but the theorem's where they have the same name. */
void rate_set_method(rate_session *s, const rate_bound_word *method);
/* Its first part: the constants, the start, the minimiser. */
int rate_fill_case(rate_session *s);
/* Makes the checkpoints again: every t, or those of a sampled claim, with their bounds. */
int rate_checkpoints_for(rate_session *s, rate_check *check, int every);
/* constants.c, on the list of verify/record/constants.h. A declared scalar, NaN if there is none; a declared vector, or
 * RATE_FAIL. The check's declarations go before. */
double rate_constant_of(rate_session *s, const char *name, rate_knowledge *kind);
int rate_vector_of(rate_session *s, const char *name, size_t count, double *out);
/* The scalar, NaN too if it is known from its unsafe side only and a theorem is to read it. */
double rate_known(rate_session *s, const char *name);
/* Mean (or max) over the terms of a vector; NaN if it is not given. */
double rate_fold(rate_session *s, const char *name, int maximum);
/* The case as far as it follows from scalars; then f_star, once the minimiser is there. */
void rate_fill_constants(rate_session *s);
void rate_fill_f_star(rate_session *s);

/* needs.c: the need, if no constant or condition has its name, and what may have been meant; else NULL. A name of
 * somebody's own has a dot in it. */
const char *rate_unknown_need(const char *need, rate_nearest *near);
/* ", NAME" for each condition that the host tells and that is no constant. */
void rate_print_conditions(FILE *out);
/* RATE_FAIL with the error: the theorem has an unknown need. */
int rate_know_needs(rate_session *s);
/* Sets check->applicable and reason where the theorem's needs or the method's are not met. RATE_OK always. */
int rate_meet_needs(rate_session *s, rate_check *check);
__attribute__((format(printf, 2, 3))) int rate_reject(rate_check *check, const char *format, ...);
/* Has a need that is no constant and no interface this name? */
int rate_need_known(const char *name);
/* Does the theorem read this constant, by itself or through what it needs? */
int rate_reads(rate_session *s, const char *name);

/* minimiser.c: x_star, the objective's own or a computed one, with what is certified of it; NULL: none was found. */
int rate_find_minimiser(rate_session *s);
/* In words: why a constant is not known. */
const char *rate_why_unknown(const rate_session *s, const char *need);

/* blame.c: are the declared constants true at a pair of visited points? */
void rate_blame(rate_session *s, const double *x, const double *y, int components, uint64_t t, rate_witness *w);
void rate_blame_end(rate_session *s);
/* How many digits tell the two apart. */
int rate_digits(double a, double b);
/* probe/glance.c: do the oracles belong together (once), is the minimiser one (once), and are the other constants
 * that the theorem reads true at x and y (at few steps)? */
void rate_glance(rate_session *s, const double *x, const double *y, uint64_t t, rate_witness *w);
/* Puts the gradient in place of the constant that the witness names, if it does not belong to the value there. */
void rate_glance_slope(rate_session *s, const double *x, const double *y, uint64_t t, rate_witness *w);
void rate_glance_end(rate_session *s);
/* The whole probe, for a claim that is refuted: is anything false that the objective declares? */
void rate_accuse(rate_session *s, rate_witness *w);

/* span.c: lower bounds hold for methods that stay in the span of the gradients they see. `begin` does nothing for other
 * theorems, `open` begins for any; `saw` is called with each gradient, `test` with x_t and how many of the gradients
 * it may use (0: all). */
void rate_span_begin(rate_session *s);
void rate_span_open(rate_session *s);
void rate_span_saw(rate_session *s, const double *g);
void rate_span_test(rate_session *s, const double *x, uint64_t t, uint64_t allowed, rate_witness *w);
void rate_span_end(rate_session *s);

#endif
