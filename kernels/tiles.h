/* Evaluations: all rows, for several replicates. For block.c alone.
 *
 * The margin of a row and a replicate is summed over j in order, one number after the other; eight rows, or several
 * replicates, go side by side. Losses are summed by row modulo 8, then those eight by sum8. Neither order says how many
 * replicates share a tile, so tiles are made as the registers allow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KERNELS_TILES_H
#define KERNELS_TILES_H

#include "kernels/terms.h"

enum { TILE = 2 * LANES, ROWS = LANES == 8 ? 8 : 4 }; /* replicates; rows at a time */
enum { MOST_D = 4096 };                              /* dimension of a tile; beyond it one replicate at a time */
enum { MOST_DEEP = 512 };                             /* of a tile that is kept beside its sums */
enum { DEEP = 128, HIGH = 8 * RATE_PANEL };          /* dimensions, rows that stay in the first-level cache */

/* out[j * side + p] <- x[p * ld + j], 0 for p >= rows. */
ALWAYS void transpose(size_t rows, size_t d, size_t ld, const double *x, size_t side, double *out)
{
	for (size_t p = 0; p < rows; p++)
		for (size_t j = 0; j < d; j++)
			out[j * side + p] = x[p * ld + j];
	for (size_t p = rows; p < side; p++)
		for (size_t j = 0; j < d; j++)
			out[j * side + p] = 0;
}

/* m[k * TILE + p] <- (what it is, unless `fresh`) + margin, over d dimensions, of row k of a panel and replicate p.
 * Meanwhile `next`, a panel, is fetched. */
ALWAYS void tile_margins(size_t d, const double *panel, const double *next, const double *tile, int fresh, double *m)
{
	for (size_t k0 = 0; k0 < RATE_PANEL; k0 += ROWS) {
		V t[ROWS][2];
#pragma GCC unroll 8
		for (size_t k = 0; k < ROWS; k++) { /* one by one: a copy of all keeps them out of the registers */
			t[k][0] = fresh ? (V){ 0 } : load(m + (k0 + k) * TILE);
			t[k][1] = fresh ? (V){ 0 } : load(m + (k0 + k) * TILE + LANES);
		}
		for (size_t j = 0; j < d; j++) {
			V x = load(tile + j * TILE), y = load(tile + j * TILE + LANES);
			if (!k0)
				__builtin_prefetch(next + j * RATE_PANEL);
#pragma GCC unroll 8
			for (size_t k = 0; k < ROWS; k++) {
				double a = panel[j * RATE_PANEL + k0 + k];
				t[k][0] += a * x;
				t[k][1] += a * y;
			}
		}
#pragma GCC unroll 8
		for (size_t k = 0; k < ROWS; k++) {
			store(m + (k0 + k) * TILE, t[k][0]);
			store(m + (k0 + k) * TILE + LANES, t[k][1]);
		}
	}
}

static double penalty(const rate_design *g, const double *x)
{
	return g->ridge != 0 ? g->ridge / 2 * dot(g->d, x, x) : 0;
}

/* Margins of up to HIGH rows from row i on. A tile goes through them in pieces of DEEP dimensions, which changes no
 * sum. */
ALWAYS void group_margins(const rate_design *g, size_t i, size_t rows, const double *tile, double *m)
{
	for (size_t j = 0; j < g->d; j += DEEP) {
		size_t deep = g->d - j < DEEP ? g->d - j : DEEP;
		for (size_t k = 0; k < rows; k += RATE_PANEL) {
			const double *panel = g->panel + (i + k) * g->d + j * RATE_PANEL;
			size_t on = k + RATE_PANEL < rows ? RATE_PANEL * g->d : 0;
			tile_margins(deep, panel, panel + on, tile + j * TILE, !j, m + k * TILE);
		}
	}
}

ALWAYS void tile_values(const rate_design *g, rate_link link, const double *tile, double *sum)
{
	double m[HIGH * TILE], total[RATE_PANEL * TILE] = { 0 };

	for (size_t i = 0; i < g->n; i += HIGH) {
		size_t rows = g->n - i < HIGH ? g->n - i : HIGH;
		group_margins(g, i, rows, tile, m);
		for (size_t k = 0; k < rows; k++)
			for (size_t p = 0; p < TILE; p++)
				m[k * TILE + p] = loss(link, m[k * TILE + p], g->target[i + k]);
		for (size_t k = 0; k < rows; k += RATE_PANEL)
			for (size_t e = 0; e < (rows - k < RATE_PANEL ? rows - k : RATE_PANEL) * TILE; e++)
				total[e] += m[k * TILE + e];
	}
	for (size_t p = 0; p < TILE; p++) {
		double lane[8];
		for (size_t k = 0; k < 8; k++)
			lane[k] = total[k * TILE + p];
		sum[p] = sum8(lane);
	}
}

/* The same of up to ROWS rows that are not in a panel; m[k * stride + p], or what was there and it. */
ALWAYS void row_margins(size_t d, size_t ld, size_t rows, const double *a, const double *tile, int fresh,
                        size_t stride, double *m)
{
	const double *at[ROWS];
	V t[ROWS][2];

#pragma GCC unroll 8
	for (size_t k = 0; k < ROWS; k++) {
		at[k] = a + (k < rows ? k : 0) * ld;
		t[k][0] = fresh || k >= rows ? (V){ 0 } : load(m + k * stride);
		t[k][1] = fresh || k >= rows ? (V){ 0 } : load(m + k * stride + LANES);
	}
	for (size_t j = 0; j < d; j++) {
		V x = load(tile + j * TILE), y = load(tile + j * TILE + LANES);
#pragma GCC unroll 8
		for (size_t k = 0; k < ROWS; k++) {
			t[k][0] += at[k][j] * x;
			t[k][1] += at[k][j] * y;
		}
	}
#pragma GCC unroll 8
	for (size_t k = 0; k < ROWS; k++)
		if (k < rows) {
			store(m + k * stride, t[k][0]);
			store(m + k * stride + LANES, t[k][1]);
		}
}

static void all_products(size_t nrep, size_t d, size_t ld, const double *x, size_t rows, const double *a, double *m)
{
	double tile[DEEP * TILE], part[ROWS * TILE];

	for (size_t r = 0; r < nrep; r += TILE)
		for (size_t j = 0; j < d; j += DEEP) {
			size_t wide = nrep - r < TILE ? nrep - r : TILE, deep = d - j < DEEP ? d - j : DEEP;
			transpose(wide, deep, ld, x + r * ld + j, TILE, tile);
			for (size_t i = 0; i < rows; i += ROWS) {
				size_t high = rows - i < ROWS ? rows - i : ROWS;
				double *to = m + i * nrep + r;
				if (wide == TILE) {
					row_margins(deep, ld, high, a + i * ld + j, tile, !j, nrep, to);
					continue;
				}
				for (size_t k = 0; j && k < high; k++)
					memcpy(part + k * TILE, to + k * nrep, wide * sizeof *m);
				row_margins(deep, ld, high, a + i * ld + j, tile, !j, TILE, part);
				for (size_t k = 0; k < high; k++)
					memcpy(to + k * nrep, part + k * TILE, wide * sizeof *m);
			}
		}
}

static void across(size_t inner, size_t rows, size_t columns, const double *a, const double *b, double *out)
{
	for (size_t c = 0; c < columns; c += TILE)
		for (size_t r = 0; r < rows; r += ROWS) {
			V t[ROWS][2] = { { { 0 } } };
			for (size_t k = 0; k < inner; k++) {
				V x = load(b + k * columns + c), y = load(b + k * columns + c + LANES);
#pragma GCC unroll 8
				for (size_t i = 0; i < ROWS; i++) {
					double s = a[k * rows + r + i];
					t[i][0] += s * x;
					t[i][1] += s * y;
				}
			}
			for (size_t i = 0; i < ROWS; i++)
				memcpy(out + (r + i) * columns + c, t[i], sizeof t[i]);
		}
}

enum { ABREAST = 4, SPAN = ABREAST * RATE_PANEL }; /* panels, rows at a time for one replicate */

/* m <- margins of one replicate with up to ABREAST panels. */
ALWAYS void panel_margins(size_t d, const double *panel, size_t panels, const double *x, double *m)
{
	V t[ABREAST][PER8] = { { { 0 } } };
	const double *at[ABREAST];

	for (size_t q = 0; q < ABREAST; q++)
		at[q] = panel + (q < panels ? q : 0) * d * RATE_PANEL;
	for (size_t j = 0; j < d; j++)
#pragma GCC unroll 4
		for (size_t q = 0; q < ABREAST; q++)
			for (size_t v = 0; v < PER8; v++)
				t[q][v] += x[j] * load(at[q] + j * RATE_PANEL + v * LANES);
	memcpy(m, t, sizeof t);
}

ALWAYS double one_value(const rate_design *g, rate_link link, const double *x)
{
	double m[SPAN], total[RATE_PANEL] = { 0 };

	for (size_t i = 0; i < g->n; i += SPAN) {
		size_t rows = g->n - i < SPAN ? g->n - i : SPAN;
		panel_margins(g->d, g->panel + i * g->d, (rows + RATE_PANEL - 1) / RATE_PANEL, x, m);
		for (size_t k = 0; k < rows; k++)
			m[k] = loss(link, m[k], g->target[i + k]);
		for (size_t k = 0; k < rows; k++)
			total[k & 7] += m[k];
	}
	return sum8(total);
}

ALWAYS void values_of(const rate_design *g, rate_link link, size_t nrep, const double *x, size_t stride, double *f)
{
	double tile[TILE * MOST_D], sum[TILE];
	size_t d = g->d, r = 0;

	for (; d <= MOST_D && r + LANES <= nrep; r += TILE) {
		size_t rows = nrep - r < TILE ? nrep - r : TILE;
		transpose(rows, d, stride, x + r * stride, TILE, tile);
		tile_values(g, link, tile, sum);
		for (size_t p = 0; p < rows; p++)
			f[r + p] = sum[p] / (double)g->n + penalty(g, x + (r + p) * stride);
	}
	for (; r < nrep; r++)
		f[r] = one_value(g, link, x + r * stride) / (double)g->n + penalty(g, x + r * stride);
}

static void dense_values(const rate_design *g, size_t nrep, const double *x, size_t stride, double *f)
{
	if (g->link == RATE_LOGISTIC)
		values_of(g, RATE_LOGISTIC, nrep, x, stride, f);
	else
		values_of(g, RATE_SQUARE, nrep, x, stride, f);
}

/* out <- out + sum_k c_k a_k, rows in order; the last columns one by one, since rows of `out` need not be padded. */
ALWAYS void add_rows(const rate_design *g, size_t i, size_t rows, const double *c, double *out)
{
	size_t j = 0, d = g->d;
	const double *a = g->row + i * g->ld;

	for (; j + 4 * LANES <= d; j += 4 * LANES) {
		V t[4];
		for (size_t v = 0; v < 4; v++)
			t[v] = load(out + j + v * LANES);
		for (size_t k = 0; k < rows; k++)
			for (size_t v = 0; v < 4; v++)
				t[v] += c[k] * load(a + k * g->ld + j + v * LANES);
		for (size_t v = 0; v < 4; v++)
			store(out + j + v * LANES, t[v]);
	}
	for (; j < d; j += LANES) {
		size_t wide = d - j < LANES ? d - j : LANES;
		V t = { 0 };
		memcpy(&t, out + j, wide * sizeof *out);
		for (size_t k = 0; k < rows; k++)
			t += c[k] * load(a + k * g->ld + j);
		memcpy(out + j, &t, wide * sizeof *out);
	}
}

ALWAYS void one_gradient(const rate_design *g, rate_link link, const double *x, double *out)
{
	double m[SPAN];

	memset(out, 0, g->d * sizeof *out);
	for (size_t i = 0; i < g->n; i += SPAN) {
		size_t rows = g->n - i < SPAN ? g->n - i : SPAN;
		panel_margins(g->d, g->panel + i * g->d, (rows + RATE_PANEL - 1) / RATE_PANEL, x, m);
		for (size_t k = 0; k < rows; k++)
			m[k] = slope(link, m[k], g->target[i + k]);
		add_rows(g, i, rows, m, out);
	}
	for (size_t j = 0; j < g->d; j++)
		out[j] = out[j] / (double)g->n + g->ridge * x[j];
}

/* sum[j * TILE + p] <- that of replicate p over all rows, in order: the bits of add_rows. */
ALWAYS void tile_add_rows(const rate_design *g, size_t i, size_t rows, const double *c, double *sum)
{
	size_t j = 0, d = g->d;

	for (; j < d; j += ROWS) {
		size_t wide = d - j < ROWS ? d - j : ROWS; /* rows are padded: the columns beyond are not stored */
		const double *a = g->row + i * g->ld + j;
		V t[ROWS][2];
#pragma GCC unroll 8
		for (size_t v = 0; v < ROWS; v++) {
			t[v][0] = v < wide ? load(sum + (j + v) * TILE) : (V){ 0 };
			t[v][1] = v < wide ? load(sum + (j + v) * TILE + LANES) : (V){ 0 };
		}
		for (size_t k = 0; k < rows; k++) {
			V x = load(c + k * TILE), y = load(c + k * TILE + LANES);
#pragma GCC unroll 8
			for (size_t v = 0; v < ROWS; v++) {
				t[v][0] += a[k * g->ld + v] * x;
				t[v][1] += a[k * g->ld + v] * y;
			}
		}
#pragma GCC unroll 8
		for (size_t v = 0; v < ROWS; v++)
			if (v < wide) {
				store(sum + (j + v) * TILE, t[v][0]);
				store(sum + (j + v) * TILE + LANES, t[v][1]);
			}
	}
}

ALWAYS void tile_gradients(const rate_design *g, rate_link link, size_t rows, const double *x, size_t stride,
                           double *out)
{
	double tile[MOST_DEEP * TILE], sum[MOST_DEEP * TILE], m[HIGH * TILE];
	size_t d = g->d;

	transpose(rows, d, stride, x, TILE, tile);
	memset(sum, 0, d * TILE * sizeof *sum);
	for (size_t i = 0; i < g->n; i += HIGH) {
		size_t high = g->n - i < HIGH ? g->n - i : HIGH;
		group_margins(g, i, high, tile, m);
		for (size_t k = 0; k < high; k++)
			for (size_t p = 0; p < TILE; p++)
				m[k * TILE + p] = slope(link, m[k * TILE + p], g->target[i + k]);
		tile_add_rows(g, i, high, m, sum);
	}
	for (size_t e = 0; e < d * TILE; e++)
		sum[e] = sum[e] / (double)g->n + g->ridge * tile[e];
	for (size_t p = 0; p < rows; p++)
		for (size_t j = 0; j < d; j++)
			out[p * stride + j] = sum[j * TILE + p];
}

ALWAYS void gradients_of(const rate_design *g, rate_link link, size_t nrep, const double *x, size_t stride, double *out)
{
	size_t r = 0;

	for (; g->d <= MOST_DEEP && r + LANES <= nrep; r += TILE)
		tile_gradients(g, link, nrep - r < TILE ? nrep - r : TILE, x + r * stride, stride, out + r * stride);
	for (; r < nrep; r++)
		one_gradient(g, link, x + r * stride, out + r * stride);
}

static void dense_gradients(const rate_design *g, size_t nrep, const double *x, size_t stride, double *out)
{
	if (g->link == RATE_LOGISTIC)
		gradients_of(g, RATE_LOGISTIC, nrep, x, stride, out);
	else
		gradients_of(g, RATE_SQUARE, nrep, x, stride, out);
}

#endif
