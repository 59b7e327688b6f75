/* Exact worst cases: a compiled method is read off by the trace, a theorem by its needs, its measure and its bound; the
 * worst value of the measured quantity over the whole class of functions is then the optimum of a semidefinite program
 * (Drori and Teboulle 2014; Taylor, Hendrickx and Glineur 2017).
 *
 *     trace -> rate_worst (plain data in an arena) -> program -> solver -> rate_optimum -> replay, certificate
 *
 * All vectors are combinations of a few unknown ones, the leaves: x_0 - x_star, and an answer of an oracle for each new
 * point. What is unknown is the Gram matrix of the leaves, and the values of the functions at the points. */
#ifndef VERIFY_WORST_WORST_H
#define VERIFY_WORST_WORST_H

#include <stdio.h>

#include "plugins/error.h"
#include "plugins/isolate.h"
#include "verify/record/check.h"

enum { RATE_WORST_TERMS = 8, RATE_WORST_GROUPS = RATE_WORST_TERMS + 1 };

/* A point x at which a function was seen, its gradient less shift x (a combination of leaves too) and the number of its
 * value, less shift/2 |x|^2. -1: the value is 0. */
typedef struct rate_node {
	double *x, *g;
	int value;
	double print; /* a number that tells points apart */
} rate_node;

/* Beside <A x - A y, x - y> >= mu |x - y|^2: |A x - A y|^2 <= L <A x - A y, x - y>, or <= L^2 |x - y|^2. */
/* RATE_SET: no operator, the points and normals of a convex set of diameter L. */
typedef enum rate_operator { RATE_NO_OPERATOR, RATE_MONOTONE, RATE_COCOERCIVE, RATE_LIPSCHITZ, RATE_SET } rate_operator;

/* One function of the class: what its points have to satisfy. */
typedef struct rate_group {
	double mu, L;    /* of the function less shift/2 |x|^2; L = inf: no gradients, subgradients */
	double shift;
	double G;        /* |gradient| <= G; inf: no such bound */
	/* f >= |gradient|^2/(2 floor): f_star is a lower bound, whether it is attained or not; 0: not asked */
	double floor;
	double pl;       /* |gradient|^2 >= 2 pl f; 0: not asked */
	rate_node *node;
	size_t count;
	int star;        /* the node of x_star; -1: none */
	/* not 0: an operator and not a gradient, so no values; mu is its modulus, L its constant of this kind */
	rate_operator kind;
	int asked;       /* the method asks for its gradients, not only for its prox */
} rate_group;

/* sum w <u, v> + sum w value + constant */
typedef struct rate_product { double w; const double *u, *v; } rate_product;
typedef struct rate_weight { double w; int value; } rate_weight;
typedef struct rate_scalar {
	rate_product *product;
	rate_weight *weight;
	size_t products, weights;
	double constant;
} rate_scalar;

/* What is asked of a class of functions. */
typedef struct rate_ask {
	double L, mu, G; /* constants of the class, where it has them */
	uint64_t terms;  /* of the finite sum; 1: none */
	int strong;      /* convex functions are strongly convex, though the theorem does not say so */
} rate_ask;

typedef struct rate_worst {
	size_t n, stride, m;       /* leaves, doubles from one vector to the next, values */
	rate_group group[RATE_WORST_GROUPS];
	size_t groups;
	rate_scalar *piece;        /* the quantity is the least of them */
	size_t pieces;
	int root;                  /* ... or the square root of it */
	rate_scalar size[4];       /* each <= 0: how far off the start may be */
	size_t sizes;
	double proven;             /* the bound of the theorem for such a start */
	/* the conditions are necessary, perhaps not sufficient: what comes out is an upper bound */
	int upper;
	int composite;             /* the last group is h */
	int tilted;                /* ... and leaf 1, the gradient of f at x_star, was taken off f and given to h */
	int below;                 /* ... but f bends down, and F = f + h is bounded below by 0: no x_star */
	double pl_F;               /* |v|^2 >= 2 pl_F F for subgradients v of F; 0: not asked */
	uint64_t T, paths;
	rate_ask ask;
	rate_units units;          /* of the class, D2 = 1 */
	char start[128];           /* "|x0 - x*|^2 <= 1" */
	char functions[192];       /* the class, in words */
	char quantity[96];
	char parameters[1024];
	char range[160];           /* of the theorem, if the parameters lie outside; "" */
	char reason[512];          /* why there is no such program; "" */
} rate_worst;

/* One line of the table. */
typedef struct rate_exact_row {
	uint64_t N;
	double observed, lower, exact, proven, ratio; /* exact: from above, up to the accuracy of the solver */
	double against;                               /* the exact value of the other method; NaN: there is none */
	size_t rows, all_rows, leaves;
	double seconds, processor, factor;            /* factor: of the bound, as the user gave it */
	rate_units units;                             /* of the class */
	uint64_t terms;
	int upper, reduced;
	char status[24]; /* "exact", "upper", "unbounded", "failed" */
	char words[640];
} rate_exact_row;

/* Fills *out, which lies in the arena of `bytes`. RATE_FAIL if the arena is too small or the plugin is broken, with
 * words in error; RATE_OK with out->reason set: there is nothing to compute, and why. */
int rate_trace(rate_check *check, const rate_ask *ask, rate_worst **out, void *arena, size_t bytes,
               rate_error *error);

/* classes.c: the class of functions that a theorem is about, and the case that stands for all of them. */
struct rate_session;
typedef struct rate_worst_family {
	int convex, smooth, lipschitz, lojasiewicz, minimiser, interpolation, bounded, terms;
	int below;       /* f need not be convex, h is, and f + h is bounded below */
	rate_operator kind;
	double L, mu, G, pl, pl_F; /* pl_F: |v|^2 >= 2 pl_F (F - F*) for subgradients v of F; 0: not asked */
} rate_worst_family;
int rate_family_of(rate_worst_family *f, const struct rate_theorem *theorem, const rate_ask *ask,
                   rate_error *reason);
double rate_family_need(const rate_worst_family *f, const char *need);
/* "convex, L = 1" */
void rate_family_words(const rate_worst_family *f, char *out, size_t size);
/* "f", or "A" of operators: a name for what these words are about. */
const char *rate_class_letter(const char *words);

/* ---- program.c ---- */

typedef enum rate_solver { RATE_CSDP, RATE_SDPA, RATE_DSDP } rate_solver;
typedef enum rate_form { RATE_FORM_AUTO, RATE_FORM_MULTIPLIERS, RATE_FORM_VALUES, RATE_FORM_DENSE } rate_form;

typedef struct rate_solve_options {
	rate_solver solver;
	rate_form form;
	double seconds;   /* of one run of the solver; and its memory in bytes */
	size_t memory;
	double delta;     /* adds delta trace G to the objective: multipliers with room for rounding */
	double level;     /* not 0: of the solutions that reach this value, one with a small trace, so of a low rank */
	double margin;    /* every affine piece of a function with kinks is on top by this much where it was seen */
	void (*tick)(void *user);
	void *user;
} rate_solve_options;

typedef enum rate_row_kind {
	RATE_ROW_PAIR, RATE_ROW_MONOTONE, RATE_ROW_COCOERCIVE, RATE_ROW_LIPSCHITZ, /* of two points */
	RATE_ROW_NORMAL, RATE_ROW_DIAMETER, /* of a set: <g_i, x_j - x_i> <= 0, |x_i - x_j| <= L */
	RATE_ROW_BOUND, RATE_ROW_FLOOR, RATE_ROW_PL,
	RATE_ROW_SUM, RATE_ROW_SUM_PL, /* of F = f + h, at point i of f and j of h */
	RATE_ROW_SIZE, RATE_ROW_PIECE, RATE_ROW_LEVEL
} rate_row_kind;
typedef struct rate_row_id {
	rate_row_kind kind;
	int group, i, j; /* pair: f_i >= f_j + ...; size, piece: i is its number */
} rate_row_id;

typedef enum rate_outcome { RATE_OPTIMAL, RATE_UNBOUNDED, RATE_SOLVER_FAILED } rate_outcome;

typedef struct rate_optimum {
	rate_outcome outcome;
	double value, dual; /* of the quantity: from below, from above, both up to the accuracy of the solver */
	size_t n, m;        /* leaves that matter, values */
	size_t *leaf;       /* n: which */
	double *gram, *values;
	rate_row_id *row;
	double *multiplier; /* of each row that was used */
	size_t rows, all_rows, rounds;
	int reduced;        /* the solver said: reduced accuracy */
	double seconds, processor; /* by the clock; of a processor */
	char words[512];
} rate_optimum;

int rate_solve_worst(const rate_worst *w, const rate_solve_options *o, rate_optimum *out);
void rate_optimum_free(rate_optimum *o);
/* "f: x_2 >= x_3", a name for a row. */
void rate_row_name(const rate_worst *w, const rate_row_id *id, char *out, size_t size);

/* A row sum A_ij G_ij + b'F + c <= 0 with A symmetric, i <= j listed once. */
typedef struct rate_sparse {
	size_t entries, weights;
	int *i, *j;
	double *v;
	int *value;
	double *b, c;
} rate_sparse;
void rate_row_form(const rate_worst *w, const rate_row_id *id, rate_sparse *out);
void rate_scalar_form(const rate_worst *w, const rate_scalar *s, rate_sparse *out);
void rate_sparse_free(rate_sparse *s);

/* ---- solver.c: programs that read SDPA sparse files ---- */

typedef struct rate_sdp {
	size_t constraints, psd, linear; /* one dense block, one diagonal block */
	double *a;                       /* right sides */
	struct rate_entry { int matrix, block, i, j; double v; } *entry; /* matrix 0: C; block 1, 2; i <= j, from 1 */
	size_t entries, capacity;
} rate_sdp;

typedef struct rate_sdp_solution {
	rate_outcome outcome;
	int reduced;
	double *y;           /* constraints */
	double *X, *x;       /* psd x psd, linear: maximise tr(C X) with tr(A_k X) = a_k */
	double *Z, *z;       /* sum y_k A_k - C */
	char words[512];
} rate_sdp_solution;

void rate_sdp_add(rate_sdp *p, int matrix, int block, int i, int j, double v);
void rate_sdp_free(rate_sdp *p);
int rate_sdp_solve(const rate_sdp *p, rate_solver solver, double seconds, size_t memory,
                   void (*tick)(void *), void *user, rate_sdp_solution *out);
void rate_sdp_solution_free(rate_sdp_solution *s);
const char *rate_solver_name(rate_solver s);
int rate_solver_found(rate_solver s);

/* ---- replay.c: the worst function, and the real method on it through the plugin door ---- */

/* Writes the points of the optimum as a file for the objective `interpolant`, in as few dimensions as hold all but the
 * share `tail` of the Gram matrix. */
int rate_write_interpolant(const rate_worst *w, const rate_optimum *o, double tail, const char *title,
                           const char *file, rate_error *error);

/* The theorem and the method on that file. */
typedef struct rate_worst_run {
	rate_bound_spec *objective, *given;
	rate_check *check;
} rate_worst_run;
int rate_worst_run_on(rate_worst_run *out, rate_registry *registry, const char *theorem,
                      const rate_bound_spec *method, const rate_worst *w, const char *file, rate_error *error);
void rate_worst_run_free(rate_worst_run *i);

typedef struct rate_replayed {
	double observed; /* the measured quantity at the end of the run */
	char words[640]; /* why there is none; "" */
} rate_replayed;
/* `theorem`: its spec with all parameters. */
int rate_replay_worst(rate_registry *registry, const char *theorem, const rate_bound_spec *method, const rate_worst *w,
                const char *file, rate_replayed *out);

/* ---- compute.c: all of it ---- */

typedef struct rate_exact_task {
	rate_registry *registry;
	const rate_bound_spec *theorem, *method;
	const char *spec;       /* the theorem's, as the user wrote it */
	rate_ask ask;
	rate_solve_options solve;
	int beyond;
	void *arena;            /* for the trace */
	size_t bytes;
	const char *save;       /* file for the worst function; NULL: it is not kept */
	const char *draw;       /* folder for a picture of it; NULL: none */
	void (*start)(const rate_worst *w); /* the program is about to be solved; or NULL */
} rate_exact_task;
/* RATE_FAIL with words: there is no such program. Else the row says what came of it; *o is to be freed in any case. */
int rate_exact_compute(const rate_exact_task *t, uint64_t N, rate_worst **w, rate_optimum *o, rate_exact_row *r,
                       rate_error *error);
void rate_exact_spec(const rate_exact_task *t, const rate_worst *w, char *out, size_t size);
/* Seconds that the solver takes at least. */
double rate_worst_cost(const rate_worst *w);

/* table.c */
typedef enum rate_exact_format { RATE_EXACT_TABLE, RATE_EXACT_JSON, RATE_EXACT_CSV } rate_exact_format;
typedef struct rate_exact_about { /* ids, then specs */
	const char *theorem, *method, *against, *method_spec, *against_spec, *parameters, *functions, *start, *quantity;
	int foreign; /* the method is not the theorem's own */
	const char *range; /* of the theorem, where the parameters lie outside of it; "" */
} rate_exact_about;
void rate_exact_head(const rate_exact_about *about, rate_exact_format format);
void rate_exact_line(const rate_exact_about *about, const rate_exact_row *r, rate_exact_format format);
void rate_exact_meaning(const rate_exact_about *about, const rate_exact_row *r, size_t count);
/* The exact value exceeds the bound, and a run shows it. */
int rate_exact_refuted(const rate_exact_row *r);

/* figure.c: exact.csv, exact.gp and exact.svg in the folder. */
int rate_draw_exact(const char *folder, const rate_exact_row *row, size_t count, rate_error *error);
void rate_print_exact_csv(FILE *out, const rate_exact_row *r);
/* Runs gnuplot on a script in the folder, where its errors are kept. */
int rate_gnuplot(const char *folder, const char *file, rate_error *error);

/* picture.c: worst.gp and what it draws, worst.svg, .png and .pdf, in the folder: the objective of the check, where
 * it has one variable or two, and the path of its method; star: 0 is its minimiser. RATE_FAIL with the reason why
 * there is no picture. */
int rate_draw_worst(const rate_check *check, int star, const char *folder, rate_error *error);

#endif
