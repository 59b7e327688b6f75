/* The hot loops, compiled once for each instruction set and chosen when the program runs. All levels give the same
 * bits: every sum has its order fixed here, whatever the width of a vector, and nothing is contracted. Results do not
 * depend on how many replicates go through a call at once either.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KERNELS_KERNELS_H
#define KERNELS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "ratecheck/objective.h"

/* The terms of a generalized linear model, laid out for the kernels: loss(a_i'x - b_i), or with the label multiplied
 * into a_i loss(a_i'x). Rows are padded with zeros to ld, a multiple of 8, as the blocks of replicates are. */
enum { RATE_PANEL = 8 };
typedef struct rate_design {
	rate_link link;
	size_t n, d, ld;
	double ridge;
	double *row;    /* n x ld: for steps, which want one row */
	double *panel;  /* ceil(n/8) x d x 8: eight rows side by side, for evaluations, which want them all */
	double *target; /* 8 ceil(n/8); 0 for labels */
	/* Sparse rows, as in rate_table; `row` and `panel` are NULL, labels are targets. They are the model's own. */
	const uint64_t *start;
	const uint32_t *column;
	const double *value;
	double *beside; /* of sparse rows: room for eight points, d x 8; NULL: one after the other */
} rate_design;

/* Copies the model. RATE_FAIL: out of memory, or a number in it is not finite. */
int rate_design_make(rate_design *out, const rate_glm *model);
void rate_design_free(rate_design *g);
/* The entries of row i, with its label multiplied into them where `row` is there: how many. *column NULL: all. */
size_t rate_design_row(const rate_design *g, size_t i, const uint32_t **column, const double **value);
/* How many numbers the rows hold. */
double rate_design_numbers(const rate_design *g);

enum { RATE_STEPS = 8 };
typedef struct rate_kernels {
	const char *isa;

	/* Words of Philox4x32-10 as rate_philox has them, for `count` replicates from `first` on: out[2 r], out[2 r +
	 * 1]. */
	void (*philox)(uint64_t key, uint32_t step, uint32_t purpose, uint32_t draw, uint64_t first, size_t count,
	               uint64_t *out);
	/* Only the first word, made an index below n as rate_index does: out[r * stride]. */
	void (*indices)(uint64_t key, uint32_t step, uint32_t purpose, uint32_t draw, uint64_t first,
	                size_t count, uint64_t n, size_t stride, uint64_t *out);

	/* y <- y + a x;  x <- a x;  y <- y + a (x - y) */
	void (*axpy)(size_t count, double a, const double *x, double *y);
	void (*scale)(size_t count, double a, double *x);
	void (*approach)(size_t count, double a, const double *x, double *y);
	/* Sum of x_j y_j in eight lanes. */
	double (*dot)(size_t count, const double *x, const double *y);
	/* Sum of x_j^2, but for its rounding: the one sum whose order is not fixed. For comparisons with slack. */
	double (*about_squares)(size_t count, const double *x);
	/* x <- x + a g as axpy has it, at most RATE_STEPS rows at a time, until there is one with a number in g that
	 * is not finite (or is very large); returns the first of those. */
	size_t (*finite_steps)(size_t nrep, size_t ld, double a, const double *g, double *x);
	/* apart_r <- |x_r - y|^2, size_r <- |x_r|^2, rows of x `ld` apart, y padded with zeros: the bits of `dot`. */
	void (*distances)(size_t nrep, size_t d, size_t ld, const double *x, const double *y, double *apart,
	                  double *size);
	/* Elementary functions, element by element: exp(x) for x <= 0 (below -700 as at -700), log(1 + exp(x)), and
	 * 1/(1 + exp(-x)). */
	void (*exp_negative)(size_t count, const double *x, double *y);
	void (*softplus)(size_t count, const double *x, double *y);
	void (*sigmoid)(size_t count, const double *x, double *y);

	/* As in rate_host. */
	void (*row_products)(size_t nrep, size_t ld, const double *x, const double *a, const uint64_t *index,
	                     size_t stride, double *m);
	void (*row_multiples)(size_t nrep, size_t ld, const double *c, const double *a, const uint64_t *index,
	                      size_t stride, int add, double *g);
	void (*all_products)(size_t nrep, size_t d, size_t ld, const double *x, size_t rows,
	                     const double *a, double *m);

	/* x_r <- x_r + b (c_r a_i), i = index[r]: the bits of row_multiples and axpy. */
	void (*row_steps)(size_t nrep, size_t ld, double b, const double *c, const double *a,
	                  const uint64_t *index, double *x);

	/* out <- a'b, matrices inner x rows and inner x columns by rows, summed in order; rows a multiple of 8,
	 * columns of 16. */
	void (*across)(size_t inner, size_t rows, size_t columns, const double *a, const double *b, double *out);

	/* out_r <- gradient of the mean of `batch` terms (index[r * batch + k]) at x_r; rows of x and out are g->ld
	 * apart and 64-byte aligned. */
	void (*term_gradients)(const rate_design *g, size_t nrep, const double *x, const uint64_t *index, size_t batch,
	                       double *out);
	/* x_r <- x_r + a (gradient of term index[r] at x_r): the bits of term_gradients and axpy. `next`: a term that
	 * the call after this one starts with, as far as is known. */
	void (*term_steps)(const rate_design *g, size_t nrep, const uint64_t *index, uint64_t next,
	                   double a, double *x);
	/* f(x_r), and the gradient of f at x_r; rows `stride` apart, of d numbers. */
	void (*values)(const rate_design *g, size_t nrep, const double *x, size_t stride, double *f);
	void (*gradients)(const rate_design *g, size_t nrep, const double *x, size_t stride, double *out);
	/* Both at one point, in one pass over sparse rows: the bits of the two. */
	void (*sparse_both)(const rate_design *g, const double *x, double *f, double *out);
} rate_kernels;

/* The kernels named "x86-64", "x86-64-v3" or "x86-64-v4" ("portable" on other machines); NULL name: the best that this
 * processor has. NULL: it has none of that name. */
const rate_kernels *rate_kernels_named(const char *isa);
/* What RATECHECK_ISA says, else the best. NULL: it says something that cannot be had. */
const rate_kernels *rate_kernels_chosen(void);

#endif
