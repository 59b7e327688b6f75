/* block/1: a plugin's oracles on several points at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/sources.h"

#include <math.h>
#include <stdio.h>

/* The plugin is asked about so few rows at a time that they and the answers stay in the first-level cache; whole
 * tiles of the host's products. */
enum { PIECE = 48 }; /* <= RATE_BLOCK_MOST */

static size_t piece(const rate_session *s, size_t r)
{
	size_t most = s->f.cls->flags & RATE_COSTLY_CALLS ? RATE_BLOCK_MOST : PIECE;

	return s->run.nrep - r < most ? s->run.nrep - r : most;
}

/* Point theorems have single vectors, without padding. */
static int fits(const rate_session *s)
{
	return s->block && s->blocks.rows;
}

static int fits_samples(const rate_session *s)
{
	return fits(s) && !s->stream;
}

/* Slope times row against the gradient of a term, at a point of no special form. */
static int agrees(rate_session *s, uint64_t i)
{
	const double *row = s->block_rows + i * s->run.ld;
	size_t d = s->run.d;
	double *x = s->work, *g = s->work + s->run.ld, m, most = 0;

	for (size_t j = 0; j < d; j++)
		x[j] = sin(1.3 * (double)(j + 1) + (double)i) / sqrt((double)d);
	m = rate_dot_n(row, x, d);
	rate_enter(s, "slopes");
	int rc = s->block->slopes(s->f.self, 1, &i, &m);
	rate_leave(s);
	if (rc != RATE_OK || rate_g_i(s, i, x, g))
		return 0;
	for (size_t j = 0; j < d; j++)
		most = fmax(most, fabs(g[j]));
	for (size_t j = 0; j < d; j++)
		if (!(fabs(m * row[j] - g[j]) <= 1e-9 * most))
			return 0;
	return 1;
}

int rate_block_open(rate_session *s)
{
	size_t ld = s->run.ld;

	if (!s->block || !s->block->rows || !s->block->slopes)
		return RATE_OK;
	rate_enter(s, "rows");
	s->block_rows = s->sum ? s->block->rows(s->f.self, ld) : NULL;
	rate_leave(s);
	if (!s->block_rows)
		return rate_fail(&s->error, "%s: block/1 has slopes, but there %s", s->plugin,
		                 s->sum ? "are no rows" : "is no finite-sum/1");
	for (size_t i = 0; i < s->run.n; i++)
		for (size_t j = 0; j < ld; j++)
			if (j < s->run.d ? !isfinite(s->block_rows[i * ld + j]) : s->block_rows[i * ld + j] != 0)
				return rate_fail(&s->error, "%s: block/1: number %zu of row %zu is %g, d = %zu",
				                 s->plugin, j, i, s->block_rows[i * ld + j], s->run.d);
	if (agrees(s, 0) && agrees(s, s->run.n - 1))
		return RATE_OK;
	return rate_fail(&s->error, "%s: block/1: slopes times rows are not the gradients of its terms",
	                 s->plugin);
}

/* Gradients of `rows` rows from r on, not yet looked at; a sample or NULL. */
static int ask(rate_session *s, size_t r, size_t rows, const double *x, const rate_sample *sample, double *g)
{
	size_t batch = sample ? sample->batch : 0;

	rate_enter_block(s, sample ? "term gradient" : "gradient", sample ? rows * batch : rows);
	return s->block->gradient(s->f.self, rows, s->run.ld, x + r * s->run.ld,
	                          sample ? sample->index + r * batch : NULL, batch, g);
}

static int values(rate_session *s, const double *x, double *f)
{
	for (size_t r = 0, rows; r < s->run.nrep; r += rows) {
		const double *at = x + r * s->run.ld;
		rows = piece(s, r);
		rate_enter_block(s, "value", rows);
		if (rate_check_rows(s, s->block->value(s->f.self, rows, s->run.ld, at, f + r), rows, "value",
		                    at, f + r, 1, 1))
			return RATE_FAIL;
	}
	return RATE_OK;
}

static int answer(rate_session *s, const double *x, const rate_sample *sample, double *g)
{
	size_t ld = s->run.ld;

	for (size_t r = 0, rows; r < s->run.nrep; r += rows) {
		rows = piece(s, r);
		if (rate_check_rows(s, ask(s, r, rows, x, sample, g + r * ld), rows,
		                    sample ? "term gradient" : "gradient", x + r * ld, g + r * ld, s->run.d, ld))
			return RATE_FAIL;
	}
	return RATE_OK;
}

static int gradients(rate_session *s, const double *x, double *g)
{
	return answer(s, x, NULL, g);
}

static int sample_gradients(rate_session *s, const rate_sample *sample, const double *x, double *g)
{
	return answer(s, x, sample, g);
}

/* At one vector, the plugin as ever. */
static int value(rate_session *s, const double *x, double *f)
{
	return rate_source_plugin.f(s, x, f);
}

static int gradient(rate_session *s, const double *x, double *g)
{
	return rate_source_plugin.g(s, x, g);
}

const rate_source rate_source_block = { "block", fits, value, gradient, values, gradients };

/* x <- x + a g, g made of slopes and rows and never written. */
static int step_by_slopes(rate_session *s, const rate_sample *sample, double a, double *x)
{
	size_t ld = s->run.ld;
	double m[PIECE];

	for (size_t r = 0, rows; r < s->run.nrep; r += rows) {
		const uint64_t *index = sample->index + r;
		rows = piece(s, r);
		s->kernels->row_products(rows, ld, x + r * ld, s->block_rows, index, 1, m);
		rate_enter_block(s, "term gradient", rows);
		if (rate_check_rows(s, s->block->slopes(s->f.self, rows, index, m), rows, "term gradient",
		                    x + r * ld, m, 1, 1))
			return RATE_FAIL;
		s->kernels->row_steps(rows, ld, a, m, s->block_rows, index, x + r * ld);
	}
	return RATE_OK;
}

/* Piece by piece with g in the same room: it is still in the cache when it is looked at and taken. */
static int step(rate_session *s, const rate_sample *sample, double a, double *x, double *work)
{
	size_t ld = s->run.ld;

	if (s->block_rows && sample->batch == 1)
		return step_by_slopes(s, sample, a, x);
	for (size_t r = 0, rows; r < s->run.nrep; r += rows) {
		int rc = ask(s, r, rows = piece(s, r), x, sample, work);
		rate_leave(s);
		for (size_t k = 0, few; k < rows; k += few) {
			k += rc == RATE_OK ? s->kernels->finite_steps(rows - k, ld, a, work + k * ld, x + (r + k) * ld)
			    : 0;
			few = rows - k < RATE_STEPS ? rows - k : RATE_STEPS;
			if (few && rate_check_rows(s, rc, few, "term gradient", x + (r + k) * ld, work + k * ld,
			                           s->run.d, ld))
				return RATE_FAIL;
			/* Excused: x is too large already. */
			s->kernels->axpy(few * ld, a, work + k * ld, x + (r + k) * ld);
		}
	}
	return RATE_OK;
}

const rate_sample_source rate_samples_block = { "block", fits_samples, rate_term_f, rate_term_g,
                                                sample_gradients, step };
