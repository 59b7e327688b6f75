/* Models of sparse rows: entries in eight lanes by their place in the row. For block.c alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KERNELS_SPARSE_H
#define KERNELS_SPARSE_H

#include "kernels/terms.h"

typedef struct sparse_row {
	size_t n;
	const uint32_t *column;
	const double *value;
} sparse_row;

ALWAYS sparse_row sparse_row_of(const rate_design *g, uint64_t i)
{
	uint64_t at = g->start[i];

	return (sparse_row){ g->start[i + 1] - at, g->column + at, g->value + at };
}

/* One more entry for lane l; all numbers of lanes are known when this is compiled, so that lanes stay in registers. */
#define ONE(l) lane[l] += a.value[l] * x[a.column[l]]

enum { ALONE = 0, IN_ORDER = 512, SOON = 32 }; /* entries ahead that are asked for early */

ALWAYS double sparse_margin(sparse_row a, const double *x, size_t ahead)
{
	double lane[8] = { 0 };

	for (; a.n >= 8; a.n -= 8, a.column += 8, a.value += 8) {
		if (ahead) {
			__builtin_prefetch(a.value + ahead);
			__builtin_prefetch(a.column + ahead);
		}
#pragma GCC unroll 8
		for (size_t l = 0; l < 8; l++)
			ONE(l);
	}
	switch (a.n) {
	case 7: ONE(6); __attribute__((fallthrough));
	case 6: ONE(5); __attribute__((fallthrough));
	case 5: ONE(4); __attribute__((fallthrough));
	case 4: ONE(3); __attribute__((fallthrough));
	case 3: ONE(2); __attribute__((fallthrough));
	case 2: ONE(1); __attribute__((fallthrough));
	case 1: ONE(0); break;
	default: break;
	}
	return sum8(lane);
}

/* A row that is soon wanted, from memory. */
ALWAYS void sparse_fetch(const rate_design *g, uint64_t i)
{
	sparse_row a = sparse_row_of(g, i);

	__builtin_prefetch(&g->target[i]);
	for (size_t k = 0; k < a.n; k += 8) {
		__builtin_prefetch(a.value + k);
		if (k % 16 == 0)
			__builtin_prefetch(a.column + k);
	}
}

/* Of margins a_i'x and targets: the slopes of `count` terms; a label stands in their target. */
ALWAYS void sparse_slopes(rate_link link, size_t count, const double *b, double *m)
{
	if (link == RATE_LOGISTIC)
		for (size_t k = 0; k < count; k++)
			m[k] = b[k] * slope(link, b[k] * m[k], 0);
	else
		for (size_t k = 0; k < count; k++)
			m[k] = slope(link, m[k], b[k]);
}

ALWAYS void sparse_add(sparse_row a, double c, double *out)
{
	for (size_t k = 0; k < a.n; k++)
		out[a.column[k]] += c * a.value[k];
}

static void sparse_term_gradients(const rate_design *g, size_t nrep, const double *x, const uint64_t *index,
                                  size_t batch, double *out)
{
	double m[CHUNK], b[CHUNK];
	size_t ld = g->ld;

	for (size_t r = 0; r < nrep; r++, x += ld, out += ld, index += batch) {
		memset(out, 0, ld * sizeof *out);
		for (size_t first = 0; first < batch; first += CHUNK) {
			size_t count = batch - first < CHUNK ? batch - first : CHUNK;
			for (size_t k = 0; k < count; k++) {
				m[k] = sparse_margin(sparse_row_of(g, index[first + k]), x, ALONE);
				b[k] = g->target[index[first + k]];
			}
			sparse_slopes(g->link, count, b, m);
			for (size_t k = 0; k < count; k++)
				sparse_add(sparse_row_of(g, index[first + k]), m[k], out);
		}
		for (size_t j = 0; batch > 1 && j < ld; j += LANES)
			store(out + j, load(out + j) / (double)batch);
		for (size_t j = 0; g->ridge != 0 && j < ld; j += LANES)
			store(out + j, load(out + j) + g->ridge * load(x + j));
	}
}

/* x <- x + a (ridge x), from column `from` to before `to`: what a step does where the row has no entry. */
ALWAYS void shrink(double a, double ridge, size_t from, size_t to, double *x)
{
	for (size_t j = from; j < to; j++)
		x[j] += a * (ridge * x[j]);
}

/* x <- x + a (slope row + ridge x) */
ALWAYS void sparse_move(const rate_design *g, sparse_row row, double a, double slope, double *x)
{
	size_t at = 0;

	if (g->ridge == 0) {
		for (size_t k = 0; k < row.n; k++)
			x[row.column[k]] += a * (slope * row.value[k]);
		return;
	}
	for (size_t k = 0; k < row.n; k++) {
		size_t j = row.column[k];
		shrink(a, g->ridge, at, j, x);
		x[j] += a * (slope * row.value[k] + g->ridge * x[j]);
		at = j + 1;
	}
	shrink(a, g->ridge, at, g->d, x);
}

static void sparse_term_steps(const rate_design *g, size_t nrep, const uint64_t *index, uint64_t next, double a,
                              double *x)
{
	double m[CHUNK], b[CHUNK];
	size_t ld = g->ld;

	for (size_t first = 0; first < nrep; first += CHUNK) {
		size_t count = nrep - first < CHUNK ? nrep - first : CHUNK;
		for (size_t r = 0; r < count; r++) {
			sparse_fetch(g, first + r + 1 < nrep ? index[first + r + 1] : next);
			m[r] = sparse_margin(sparse_row_of(g, index[first + r]), x + (first + r) * ld, ALONE);
			b[r] = g->target[index[first + r]];
		}
		sparse_slopes(g->link, count, b, m);
		for (size_t r = 0; r < count; r++)
			sparse_move(g, sparse_row_of(g, index[first + r]), a, m[r], x + (first + r) * ld);
	}
}

static double sparse_penalty(const rate_design *g, const double *x)
{
	return g->ridge != 0 ? g->ridge / 2 * dot(g->d, x, x) : 0;
}

ALWAYS double sparse_loss(rate_link link, double margin, double target)
{
	return link == RATE_LOGISTIC ? loss(link, target * margin, 0) : loss(link, margin, target);
}

ALWAYS double sparse_value(const rate_design *g, rate_link link, const double *x)
{
	double m[CHUNK], total[8] = { 0 };

	for (size_t i = 0; i < g->n; i += CHUNK) {
		size_t rows = g->n - i < CHUNK ? g->n - i : CHUNK;
		for (size_t k = 0; k < rows; k++)
			m[k] = sparse_margin(sparse_row_of(g, i + k), x, IN_ORDER);
		for (size_t k = 0; k < rows; k++)
			m[k] = sparse_loss(link, m[k], g->target[i + k]);
		for (size_t k = 0; k < rows; k++)
			total[k & 7] += m[k];
	}
	return sum8(total);
}

/* Margins of a row at LANES points that lie side by side, eight apart: the bits of sparse_margin at each. Columns,
 * those of other rows too, go on until `end`. */
ALWAYS V sparse_margins(sparse_row a, const uint32_t *end, const double *x)
{
	V lane[8] = { 0 };

#define ONE_BESIDE(l) lane[l] += a.value[l] * load(x + 8 * (size_t)a.column[l])
	for (; a.n >= 8; a.n -= 8, a.column += 8, a.value += 8) {
		if (end - a.column >= SOON + 8)
#pragma GCC unroll 8
			for (size_t l = 0; l < 8; l++)
				__builtin_prefetch(x + 8 * (size_t)a.column[SOON + l]);
#pragma GCC unroll 8
		for (size_t l = 0; l < 8; l++)
			ONE_BESIDE(l);
	}
	switch (a.n) {
	case 7: ONE_BESIDE(6); __attribute__((fallthrough));
	case 6: ONE_BESIDE(5); __attribute__((fallthrough));
	case 5: ONE_BESIDE(4); __attribute__((fallthrough));
	case 4: ONE_BESIDE(3); __attribute__((fallthrough));
	case 3: ONE_BESIDE(2); __attribute__((fallthrough));
	case 2: ONE_BESIDE(1); __attribute__((fallthrough));
	case 1: ONE_BESIDE(0); break;
	default: break;
	}
	return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/* Sums of losses at eight points side by side: an entry and its line of eight are read once. */
ALWAYS void sparse_values_beside(const rate_design *g, rate_link link, const double *x, double *f)
{
	const uint32_t *end = g->column + g->start[g->n];
	double m[CHUNK * 8], total[8 * 8] = { 0 }, lane[8];

	for (size_t i = 0; i < g->n; i += CHUNK) {
		size_t rows = g->n - i < CHUNK ? g->n - i : CHUNK;
		for (size_t k = 0; k < rows; k++)
			for (size_t v = 0; v < 8; v += LANES)
				store(m + 8 * k + v, sparse_margins(sparse_row_of(g, i + k), end, x + v));
		for (size_t k = 0; k < rows; k++)
			for (size_t r = 0; r < 8; r++)
				m[8 * k + r] = sparse_loss(link, m[8 * k + r], g->target[i + k]);
		for (size_t k = 0; k < rows; k++)
			for (size_t r = 0; r < 8; r++)
				total[8 * (k & 7) + r] += m[8 * k + r];
	}
	for (size_t r = 0; r < 8; r++) {
		for (size_t l = 0; l < 8; l++)
			lane[l] = total[8 * l + r];
		f[r] = sum8(lane);
	}
}

/* Eight points side by side, where there are several; what is missing of eight is zero. */
static void sparse_values_of_eight(const rate_design *g, size_t nrep, const double *x, size_t stride, double *f)
{
	double sum[8];

	for (size_t j = 0; j < g->d; j++)
		for (size_t r = 0; r < 8; r++)
			g->beside[8 * j + r] = r < nrep ? x[r * stride + j] : 0;
	if (g->link == RATE_LOGISTIC)
		sparse_values_beside(g, RATE_LOGISTIC, g->beside, sum);
	else
		sparse_values_beside(g, RATE_SQUARE, g->beside, sum);
	for (size_t r = 0; r < nrep; r++)
		f[r] = sum[r] / (double)g->n + sparse_penalty(g, x + r * stride);
}

static void sparse_values(const rate_design *g, size_t nrep, const double *x, size_t stride, double *f)
{
	for (; nrep > 2 && g->beside; nrep -= nrep < 8 ? nrep : 8, x += 8 * stride, f += 8)
		sparse_values_of_eight(g, nrep < 8 ? nrep : 8, x, stride, f);
	for (size_t r = 0; r < nrep; r++) {
		const double *at = x + r * stride;
		double sum = g->link == RATE_LOGISTIC ? sparse_value(g, RATE_LOGISTIC, at)
		                                      : sparse_value(g, RATE_SQUARE, at);
		f[r] = sum / (double)g->n + sparse_penalty(g, at);
	}
}

/* The gradient, and unless f is NULL the value, of one pass over the rows. */
ALWAYS void sparse_pass(const rate_design *g, rate_link link, const double *x, double *f, double *out)
{
	double m[CHUNK], l[CHUNK], total[8] = { 0 };

	memset(out, 0, g->d * sizeof *out);
	for (size_t i = 0; i < g->n; i += CHUNK) {
		size_t rows = g->n - i < CHUNK ? g->n - i : CHUNK;
		for (size_t k = 0; k < rows; k++)
			m[k] = sparse_margin(sparse_row_of(g, i + k), x, IN_ORDER);
		for (size_t k = 0; f && k < rows; k++)
			l[k] = sparse_loss(link, m[k], g->target[i + k]);
		for (size_t k = 0; f && k < rows; k++)
			total[k & 7] += l[k];
		sparse_slopes(link, rows, g->target + i, m);
		for (size_t k = 0; k < rows; k++)
			sparse_add(sparse_row_of(g, i + k), m[k], out);
	}
	for (size_t j = 0; j < g->d; j++)
		out[j] = out[j] / (double)g->n + g->ridge * x[j];
	if (f)
		*f = sum8(total) / (double)g->n + sparse_penalty(g, x);
}

static void sparse_both(const rate_design *g, const double *x, double *f, double *out)
{
	if (g->link == RATE_LOGISTIC)
		sparse_pass(g, RATE_LOGISTIC, x, f, out);
	else
		sparse_pass(g, RATE_SQUARE, x, f, out);
}

static void sparse_gradients(const rate_design *g, size_t nrep, const double *x, size_t stride, double *out)
{
	for (size_t r = 0; r < nrep; r++)
		sparse_both(g, x + r * stride, NULL, out + r * stride);
}

#endif
