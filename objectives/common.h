/* What the built-in objectives share: a table of known constants, memory, a little linear algebra, data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of every objective here starts with a `struct facts`, filled in by `create`; the callbacks that only read
 * it (dim, start/1, constants/1) are then the same for all. State and arrays are one allocation: `destroy` is free().
 */
#ifndef RATECHECK_OBJECTIVES_COMMON_H
#define RATECHECK_OBJECTIVES_COMMON_H

#include "ratecheck/objective.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct fact {
	const char *name;
	rate_knowledge kind;
	double value;
	const char *why;
};

struct vector_fact {
	const char *name;
	size_t count;
	const double *v;
};

struct facts {
	size_t d;
	const double *start;
	double *unused; /* rest of the doubles that facts_new allocated */
	unsigned scalars, vectors;
	struct fact scalar[20];
	struct vector_fact vector[4];
};

/* What is said of the terms or samples of an objective: not true of those that a wrapper puts in their place. */
RATE_INLINE int is_of_draws(const char *name)
{
	static const char *const of_draws[] = { "noise2", "noise_max", "noise_additive", "noise_subgauss", "noise_M",
		"noise_MV", "strong_growth", "Delta_star", "G_inf", "mu_min", "rho_terms", "rho_model", "loss_range",
		"features", "features.s2", "two-rows.s", "lines.slope", "weight2", "weight2_shift", "rows",
		"estimator.kappa", "vi.width", "vi.landing", "strata.roots", "strata.spare", "chain.mean" };

	for (size_t i = 0; i < sizeof of_draws / sizeof *of_draws; i++)
		if (!strcmp(name, of_draws[i]))
			return 1;
	return 0;
}

/* A zeroed state of `size` bytes, with room for `doubles` numbers; NULL after host->fail. */
RATE_INLINE void *facts_new(const rate_host *host, size_t size, size_t d, size_t doubles)
{
	size_t head = (size + 63) / 64 * 64;
	struct facts *k = doubles < (SIZE_MAX - head) / sizeof(double)
	    ? calloc(1, head + doubles * sizeof(double)) : NULL;

	if (!k) {
		host->fail(host, "no memory for %zu numbers", doubles);
		return NULL;
	}
	k->d = d;
	k->unused = (double *)((char *)k + head);
	return k;
}

/* The next `count` of these numbers. */
RATE_INLINE double *facts_take(void *self, size_t count)
{
	struct facts *k = self;
	double *p = k->unused;

	k->unused += count;
	return p;
}

RATE_INLINE void know(void *self, const char *name, rate_knowledge kind, double value, const char *why)
{
	struct facts *k = self;

	k->scalar[k->scalars++] = (struct fact){ name, kind, value, why };
}

RATE_INLINE void know_vector(void *self, const char *name, size_t count, const double *v)
{
	struct facts *k = self;

	k->vector[k->vectors++] = (struct vector_fact){ name, count, v };
}

/* A function that is offered as the sum of one term (for its prox): every minimiser interpolates. */
RATE_INLINE void know_single(void *self)
{
	know(self, "interpolation", RATE_EXACT, 1, "one term");
	know(self, "sigma_star2", RATE_EXACT, 0, "one term");
	know(self, "Delta_star", RATE_EXACT, 0, "one term");
}

RATE_INLINE size_t one_term(void *self)
{
	(void)self;
	return 1;
}

RATE_INLINE size_t facts_dim(void *self)
{
	return ((const struct facts *)self)->d;
}

RATE_INLINE int facts_scalar(void *self, const char *name, rate_constant *out)
{
	const struct facts *k = self;

	for (unsigned i = 0; i < k->scalars; i++)
		if (!strcmp(k->scalar[i].name, name)) {
			out->kind = k->scalar[i].kind;
			out->value = k->scalar[i].value;
			out->why = k->scalar[i].why;
			return RATE_OK;
		}
	return RATE_FAIL;
}

RATE_INLINE int facts_vector(void *self, const char *name, size_t count, double *out)
{
	const struct facts *k = self;

	for (unsigned i = 0; i < k->vectors; i++)
		if (!strcmp(k->vector[i].name, name) && k->vector[i].count == count) {
			memcpy(out, k->vector[i].v, count * sizeof(double));
			return RATE_OK;
		}
	return RATE_FAIL;
}

RATE_INLINE int facts_start(void *self, double *x)
{
	const struct facts *k = self;

	memcpy(x, k->start, k->d * sizeof(double));
	return RATE_OK;
}

static const rate_constants facts_constants = { sizeof(rate_constants), facts_scalar, facts_vector };
static const rate_start facts_start_at = { sizeof(rate_start), facts_start };

struct offer {
	const char *name;
	const void *table;
};

RATE_INLINE const void *find_offer(const struct offer *table, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(table[i].name, name))
			return table[i].table;
	return NULL;
}

/* Defines offers(), the `interface` callback: constants/1, start/1 and the pairs given. */
#define OFFERS(...) \
	static const void *offers(void *self, const char *name) \
	{ \
		static const struct offer table[] = { { "constants/1", &facts_constants }, \
			{ "start/1", &facts_start_at }, __VA_ARGS__ }; \
		(void)self; \
		return find_offer(table, sizeof table / sizeof table[0], name); \
	}

/* Defines `sum`, finite-sum/1 of one term: the function itself, of which value, gradient and term_prox stand above. */
#define SUM_OF_ONE_TERM \
	static int term_value(void *self, size_t i, const double *x, double *f) \
	{ \
		(void)i; \
		return value(self, x, f); \
	} \
	static int term_gradient(void *self, size_t i, const double *x, double *g) \
	{ \
		(void)i; \
		return gradient(self, x, g); \
	} \
	static const rate_finite_sum sum = { sizeof sum, one_term, term_value, term_gradient, term_prox };

#define OBJECTIVE .size = sizeof(rate_objective), .abi = RATE_ABI, .dim = facts_dim, .destroy = free

/* ---- Vectors ---- */

RATE_INLINE double dot(size_t n, const double *x, const double *y)
{
	double s = 0;

	for (size_t i = 0; i < n; i++)
		s += x[i] * y[i];
	return s;
}

/* sum + lost <- sum + lost + v, lost being what rounding took: however many terms, all but a few eps is there. */
RATE_INLINE void add_fully(double *sum, double *lost, double v)
{
	double all = *sum + v, part = all - *sum;

	*lost += (*sum - (all - part)) + (v - part);
	*sum = all;
}
/* The two in one; beyond the numbers nothing is lost. */
RATE_INLINE double added(double sum, double lost)
{
	return isfinite(lost) ? sum + lost : sum;
}

RATE_INLINE void axpy(size_t n, double c, const double *x, double *y) /* y <- y + c x */
{
	for (size_t i = 0; i < n; i++)
		y[i] += c * x[i];
}

RATE_INLINE void scale_to(size_t n, double *x, double norm)
{
	double s = sqrt(dot(n, x, x));

	for (size_t i = 0; i < n && s > 0; i++)
		x[i] *= norm / s;
}

RATE_INLINE double sign(double x)
{
	return (x > 0) - (x < 0);
}

/* The logarithm of the volume of the unit ball in R^d: V_d = V_(d-2) 2 pi/d, V_0 = 1, V_1 = 2. */
RATE_INLINE double log_ball(size_t d)
{
	double sum = d % 2 ? log(2) : 0;

	for (; d > 1; d -= 2)
		sum += log(2 * acos(-1) / (double)d);
	return sum;
}

/* ---- Rows a_i and targets b_i of a linear model ---- */

struct rows {
	size_t n, d;
	double *a, *b; /* a NULL: sparse rows, the host's */
	double *norm2; /* |a_i|^2 */
	const uint64_t *start;
	const uint32_t *column;
	const double *value;
	double most; /* of sparse rows: the largest eigenvalue of A'A/n, from above */
};

RATE_INLINE double row_dot(const struct rows *r, size_t i, const double *x)
{
	double s = 0;

	if (r->a)
		return dot(r->d, r->a + i * r->d, x);
	for (uint64_t k = r->start[i]; k < r->start[i + 1]; k++)
		s += r->value[k] * x[r->column[k]];
	return s;
}

RATE_INLINE void row_axpy(const struct rows *r, size_t i, double c, double *y) /* y <- y + c a_i */
{
	if (r->a)
		axpy(r->d, c, r->a + i * r->d, y);
	else
		for (uint64_t k = r->start[i]; k < r->start[i + 1]; k++)
			y[r->column[k]] += c * r->value[k];
}

RATE_INLINE void row_outer(const struct rows *r, size_t i, double c, double *h) /* h <- h + c a_i a_i', d x d */
{
	size_t d = r->d;

	for (size_t j = 0; r->a && j < d; j++)
		axpy(d, c * r->a[i * d + j], r->a + i * d, h + j * d);
	for (uint64_t k = r->a ? 0 : r->start[i]; !r->a && k < r->start[i + 1]; k++)
		row_axpy(r, i, c * r->value[k], h + r->column[k] * d);
}

/* Each of the first `count` of d columns to mean 0 and mean square 1; a constant column to 0. */
RATE_INLINE void standardise(size_t n, size_t d, size_t count, double *a)
{
	for (size_t j = 0; j < count; j++) {
		double mean = 0, square = 0, largest = 0;

		for (size_t i = 0; i < n; i++)
			largest = fmax(largest, fabs(a[i * d + j]));
		/* Squares stay in range; a power of two changes no bit of the quotients. */
		if (largest > 1e100 || (largest > 0 && largest < 1e-100)) {
			int e = ilogb(largest);

			for (size_t i = 0; i < n; i++)
				a[i * d + j] = ldexp(a[i * d + j], -e);
			largest = ldexp(largest, -e);
		}
		for (size_t i = 0; i < n; i++)
			mean += a[i * d + j];
		mean /= (double)n;
		for (size_t i = 0; i < n; i++) {
			a[i * d + j] -= mean;
			square += a[i * d + j] * a[i * d + j];
		}
		square = sqrt(square / (double)n);
		for (size_t i = 0; i < n; i++)
			a[i * d + j] = square > 1e-12 * largest ? a[i * d + j] / square : 0;
	}
}

/* Takes its arrays from `self`: n (d + 2) numbers, of sparse rows 2 n; a table, if given, is copied and its columns
 * standardised, if they are to be. Sparse rows stay where and as they are: another origin would fill them. */
RATE_INLINE void rows_take(void *self, struct rows *r, size_t n, size_t d, const rate_table *table)
{
	int sparse = table && !table->a;

	r->n = n;
	r->d = d;
	r->a = sparse ? NULL : facts_take(self, n * d);
	r->b = facts_take(self, n);
	r->norm2 = facts_take(self, n);
	if (table)
		memcpy(r->b, table->b, n * sizeof(double));
	if (sparse) {
		r->start = table->start;
		r->column = table->column;
		r->value = table->value;
		r->most = table->norm2 / (double)n;
	} else if (table) {
		memcpy(r->a, table->a, n * d * sizeof(double));
		standardise(n, d, table->standardise, r->a);
	}
}

enum { ROWS_MOST = 8192 }; /* columns of which a matrix of columns x columns is formed */

/* A Hessian of d x d numbers is formed, and its eigenvalues; of sparse rows it is not. */
RATE_INLINE int rows_fit(const rate_host *host, const rate_table *table)
{
	return table->columns <= ROWS_MOST || !table->a ? RATE_OK
	                              : host->fail(host,
	                                           "%s: %zu columns of features; at most %d are taken, since a matrix"
	                                           " of columns x columns numbers is formed",
	                                           table->name, table->columns, ROWS_MOST);
}

/* |a_i|^2; their sum is returned. */
RATE_INLINE double rows_norms(struct rows *r)
{
	double sum = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->a) {
			sum += r->norm2[i] = dot(r->d, r->a + i * r->d, r->a + i * r->d);
		} else {
			for (uint64_t k = r->start[i]; k < r->start[i + 1]; k++)
				r->norm2[i] += r->value[k] * r->value[k];
			sum += r->norm2[i];
		}
	return sum;
}

/* h <- A'A/n, d x d */
RATE_INLINE void rows_gram(const struct rows *r, double *h)
{
	size_t d = r->d;

	memset(h, 0, d * d * sizeof(double));
	for (size_t i = 0; i < r->n; i++)
		for (size_t j = 0; r->a && j < d; j++)
			axpy(d, r->a[i * d + j] / (double)r->n, r->a + i * d, h + j * d);
	for (size_t i = 0; !r->a && i < r->n; i++)
		row_outer(r, i, 1 / (double)r->n, h);
}

/* A point of norm `norm` in the span of the rows, so that the least-norm minimiser is also the nearest. */
RATE_INLINE void rows_start(const struct rows *r, const double *weight, double norm, double *x)
{
	memset(x, 0, r->d * sizeof(double));
	for (size_t i = 0; i < r->n; i++)
		row_axpy(r, i, weight[i], x);
	scale_to(r->d, x, norm);
}

/* For glm/1. An older host has no words for sparse rows. */
RATE_INLINE int rows_model(const struct rows *r, rate_link link, double ridge, rate_glm *out)
{
	rate_glm all = { out->size, link, r->n, r->d, r->a, r->b, ridge, r->start, r->column, r->value };

	if (!r->a && out->size < sizeof all)
		return RATE_FAIL;
	memcpy(out, &all, out->size < sizeof all ? out->size : sizeof all);
	return RATE_OK;
}

#endif
