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

ALWAYS double sparse_margin(sparse_row a, const double *x)
{
	double lane[8] = { 0 };
	size_t k = 0;

	for (; k + 8 <= a.n; k += 8)
#pragma GCC unroll 8
		for (size_t l = 0; l < 8; l++)
			lane[l] += a.value[k + l] * x[a.column[k + l]];
	for (size_t l = 0; k < a.n; k++, l++)
		lane[l] += a.value[k] * x[a.column[k]];
	return sum8(lane);
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
				m[k] = sparse_margin(sparse_row_of(g, index[first + k]), x);
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

static void sparse_term_steps(const rate_design *g, size_t nrep, const uint64_t *index, double a, double *x)
{
	double m[CHUNK], b[CHUNK];
	size_t ld = g->ld;

	for (size_t first = 0; first < nrep; first += CHUNK) {
		size_t count = nrep - first < CHUNK ? nrep - first : CHUNK;
		for (size_t r = 0; r < count; r++) {
			m[r] = sparse_margin(sparse_row_of(g, index[first + r]), x + (first + r) * ld);
			b[r] = g->target[index[first + r]];
		}
		sparse_slopes(g->link, count, b, m);
		for (size_t r = 0; r < count; r++) {
			sparse_row row = sparse_row_of(g, index[first + r]);
			double *to = x + (first + r) * ld;
			size_t at = 0;
			for (size_t k = 0; k < row.n; k++) {
				size_t j = row.column[k];
				if (g->ridge != 0)
					shrink(a, g->ridge, at, j, to);
				to[j] += a * (g->ridge != 0 ? m[r] * row.value[k] + g->ridge * to[j]
				                            : m[r] * row.value[k]);
				at = j + 1;
			}
			if (g->ridge != 0)
				shrink(a, g->ridge, at, g->d, to);
		}
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
			m[k] = sparse_margin(sparse_row_of(g, i + k), x);
		for (size_t k = 0; k < rows; k++)
			m[k] = sparse_loss(link, m[k], g->target[i + k]);
		for (size_t k = 0; k < rows; k++)
			total[k & 7] += m[k];
	}
	return sum8(total);
}

static void sparse_values(const rate_design *g, size_t nrep, const double *x, size_t stride, double *f)
{
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
			m[k] = sparse_margin(sparse_row_of(g, i + k), x);
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
