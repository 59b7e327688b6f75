/* Terms of a model: one row for each replicate. For block.c alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KERNELS_TERMS_H
#define KERNELS_TERMS_H

#include "kernels/rows.h"
#include "kernels/vectors.h"

/* What multiplies a_i in the gradient of a term. */
ALWAYS double slope(rate_link link, double margin, double target)
{
	return link == RATE_LOGISTIC ? -sigmoid_of(-margin) : margin - target;
}

ALWAYS double loss(rate_link link, double margin, double target)
{
	return link == RATE_LOGISTIC ? softplus_of(-margin) : (margin - target) * (margin - target) / 2;
}

enum { CHUNK = 64 }; /* replicates whose slopes are made in one loop */

ALWAYS void add_terms(const rate_design *g, rate_link link, size_t nrep, const double *x,
                      const uint64_t *index, size_t batch, int first, double *out)
{
	size_t ld = g->ld;
	double m[CHUNK], b[CHUNK];

	for (size_t r = 0; r < nrep; r++) {
		m[r] = margin(ld, g->row + index[r * batch] * ld, x + r * ld);
		b[r] = g->target[index[r * batch]];
	}
	for (size_t r = 0; r < nrep; r++)
		m[r] = slope(link, m[r], b[r]);
	for (size_t r = 0; r < nrep; r++) {
		const double *a = g->row + index[r * batch] * ld;
		double *to = out + r * ld;
		for (size_t j = 0; j < ld; j += LANES)
			store(to + j, first ? m[r] * load(a + j) : load(to + j) + m[r] * load(a + j));
	}
}

ALWAYS void term_gradients_of(const rate_design *g, rate_link link, size_t nrep, const double *x, const uint64_t *index,
                              size_t batch, double *out)
{
	size_t ld = g->ld;

	for (size_t r = 0; r < nrep; r += CHUNK) {
		size_t rows = nrep - r < CHUNK ? nrep - r : CHUNK;
		double *to = out + r * ld;
		add_terms(g, link, rows, x + r * ld, index + r * batch, batch, 1, to);
		for (size_t k = 1; k < batch; k++)
			add_terms(g, link, rows, x + r * ld, index + r * batch + k, batch, 0, to);
		for (size_t j = 0; batch > 1 && j < rows * ld; j += LANES)
			store(to + j, load(to + j) / (double)batch);
		for (size_t j = 0; g->ridge != 0 && j < rows * ld; j += LANES)
			store(to + j, load(to + j) + g->ridge * load(x + r * ld + j));
	}
}

static void dense_term_gradients(const rate_design *g, size_t nrep, const double *x, const uint64_t *index,
                                 size_t batch, double *out)
{
	if (g->link == RATE_LOGISTIC)
		term_gradients_of(g, RATE_LOGISTIC, nrep, x, index, batch, out);
	else
		term_gradients_of(g, RATE_SQUARE, nrep, x, index, batch, out);
}

/* Meanwhile `coming`, the row of the next step, is fetched. */
ALWAYS void move(size_t ld, const double *row, const double *coming, double a, double slope, double ridge, double *x)
{
	for (size_t j = 0; j < ld; j += 8) {
		__builtin_prefetch(coming + j);
		for (size_t v = j; v < j + 8; v += LANES) {
			V at = load(x + v), g = slope * load(row + v);
			store(x + v, at + a * (ridge != 0 ? g + ridge * at : g));
		}
	}
}

ALWAYS void step_row(const rate_design *g, uint64_t i, uint64_t next, double a, double slope, double *x)
{
	const double *row = g->row + i * g->ld, *coming = g->row + next * g->ld;

	if (g->ridge != 0)
		move(g->ld, row, coming, a, slope, g->ridge, x);
	else
		move(g->ld, row, coming, a, slope, 0, x);
}

/* A step on least squares with the row and the point in registers, `ld` being known when this is compiled. */
ALWAYS void short_step(const rate_design *g, uint64_t i, double a, double *x, size_t ld)
{
	enum { MOST = 48 / LANES };
	V row[MOST], at[MOST], s[PER8] = { 0 }, u[PER8] = { 0 };
	double slope;

	for (size_t v = 0; v < ld / LANES; v++) {
		row[v] = load(g->row + i * ld + v * LANES);
		at[v] = load(x + v * LANES);
	}
	for (size_t v = 0; v < ld / LANES; v++)
		if (v / PER8 % 2)
			u[v % PER8] += row[v] * at[v];
		else
			s[v % PER8] += row[v] * at[v];
	for (size_t v = 0; v < PER8; v++)
		s[v] += u[v];
	slope = sum_vectors(s) - g->target[i];
	for (size_t v = 0; v < ld / LANES; v++)
		store(x + v * LANES, at[v] + a * (slope * row[v]));
}

/* Rows of two or four numbers: the other lanes of their sum are 0. */
typedef double V2 __attribute__((vector_size(16)));
typedef double L2 __attribute__((vector_size(16), aligned(8), may_alias));

ALWAYS void pair_step(const rate_design *g, uint64_t i, double a, double *x)
{
	V2 row = *(const L2 *)(g->row + i * 8), at = *(const L2 *)x, t = row * at + 0.;
	double slope = (t[0] + t[1]) - g->target[i];

	*(L2 *)x = at + a * (slope * row);
}

ALWAYS void two_pairs_step(const rate_design *g, uint64_t i, double a, double *x)
{
	V2 row = *(const L2 *)(g->row + i * 8), more = *(const L2 *)(g->row + i * 8 + 2);
	V2 at = *(const L2 *)x, and = *(const L2 *)(x + 2), t = (row * at + 0.) + (more * and + 0.);
	double slope = (t[0] + t[1]) - g->target[i];

	*(L2 *)x = at + a * (slope * row);
	*(L2 *)(x + 2) = and + a * (slope * more);
}

#define SHORT_STEPS(STEP, ...) \
	for (size_t r = 0; r < nrep; r++) \
		STEP(g, index[r], a, x + r * g->ld __VA_ARGS__); \
	return 1

static int short_steps(const rate_design *model, size_t nrep, const uint64_t *index, double a, double *x)
{
	const rate_design local = *model, *g = &local; /* which no store can reach */

	if (g->d <= 2) {
		SHORT_STEPS(pair_step);
	}
	if (g->d <= 4) {
		SHORT_STEPS(two_pairs_step);
	}
	switch (g->ld) {
	case 8: SHORT_STEPS(short_step, , 8);
	case 16: SHORT_STEPS(short_step, , 16);
	case 24: SHORT_STEPS(short_step, , 24);
	case 32: SHORT_STEPS(short_step, , 32);
	case 40: SHORT_STEPS(short_step, , 40);
	case 48: SHORT_STEPS(short_step, , 48);
	default: return 0;
	}
}

static void dense_term_steps(const rate_design *g, size_t nrep, const uint64_t *index, uint64_t next, double a,
                             double *x)
{
	size_t ld = g->ld;
	double m[CHUNK];

	if (g->link == RATE_SQUARE && g->ridge == 0 && short_steps(g, nrep, index, a, x))
		return;
	if (g->link == RATE_SQUARE) {
		for (size_t r = 0; r < nrep; r++)
			step_row(g, index[r], r + 1 < nrep ? index[r + 1] : next, a,
			         margin(ld, g->row + index[r] * ld, x + r * ld) - g->target[index[r]], x + r * ld);
		return;
	}
	for (size_t r = 0; r < nrep; r += CHUNK) {
		size_t rows = nrep - r < CHUNK ? nrep - r : CHUNK;
		for (size_t k = 0; k < rows; k++)
			m[k] = margin(ld, g->row + index[r + k] * ld, x + (r + k) * ld);
		for (size_t k = 0; k < rows; k++)
			m[k] = slope(RATE_LOGISTIC, m[k], 0);
		for (size_t k = 0; k < rows; k++)
			step_row(g, index[r + k], r + k + 1 < nrep ? index[r + k + 1] : next, a, m[k],
			         x + (r + k) * ld);
	}
}

#endif
