/* Generalized linear models: the host's kernels stand for the plugin's oracles. That they are the same function is
 * tested when the objective is opened; a model that differs is an error of the plugin.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/sources.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST ((size_t)1 << 26) /* numbers; a larger model is left to the plugin */
#define CLOSE 1e-9

/* What passes over many rows have given at the last point: method, measure and blame ask there one after the other.
 * Of sparse rows one pass gives value and gradient. */
struct rate_pass {
	double *x, *g, f;
	int has_f, has_g;
	int both; /* the last value that was asked for alone: was the gradient wanted, too? */
};
enum { LARGE = 4096 }; /* numbers of a model: below, a pass is soon made again */

static int differ(double a, double b, double scale)
{
	return !(fabs(a - b) <= CLOSE * (fabs(a) + fabs(b) + scale));
}

/* Value, gradient and the gradients of the first and the last term at a point of no special form. */
static int agrees(rate_session *s, int which)
{
	size_t d = s->run.d, ld = s->run.ld, n = s->run.n;
	double *x = aligned_alloc(64, 3 * ld * sizeof *x), *mine = x + ld, *own = x + 2 * ld, f, g, size = 0;
	uint64_t ends[2] = { 0, n - 1 };
	int rc = RATE_FAIL;

	if (!x)
		return RATE_FAIL;
	memset(x, 0, 3 * ld * sizeof *x);
	for (size_t j = 0; j < d; j++)
		x[j] = sin(1.3 * (double)(j + 1) + which) / sqrt((double)d);
	s->kernels->values(&s->model, 1, x, ld, &f);
	s->kernels->gradients(&s->model, 1, x, ld, mine);
	if (rate_f(s, x, &g) || differ(f, g, 0) || rate_g(s, x, own))
		goto out;
	for (size_t j = 0; j < d; j++)
		size = fmax(size, fabs(own[j]));
	for (size_t j = 0; j < d; j++)
		if (differ(mine[j], own[j], size))
			goto out;
	for (int e = 0; e < 2 && s->sum; e++) {
		s->kernels->term_gradients(&s->model, 1, x, ends + e, 1, mine);
		if (rate_g_i(s, ends[e], x, own))
			goto out;
		for (size_t j = 0; j < d; j++)
			if (differ(mine[j], own[j], size))
				goto out;
	}
	rc = RATE_OK;
out:
	free(x);
	return rc;
}

int rate_model_open(rate_session *s, const rate_glm_source *source)
{
	rate_glm g = { .size = sizeof g };

	int rc = RATE_FAIL;

	if (source) {
		rate_enter(s, "glm/1");
		rc = source->get(s->f.self, &g);
		rate_leave(s);
	}
	if (rc != RATE_OK)
		return RATE_OK;
	if (g.d != s->run.d || (s->sum && g.n != s->run.n) || !g.n ||
	    (g.link != RATE_SQUARE && g.link != RATE_LOGISTIC)) {
		return rate_fail(&s->error,
		                 "%s: glm/1 has %zu rows of %zu numbers, link %d; the objective has n = %zu, d = %zu",
		                 s->plugin, g.n, g.d, (int)g.link, s->run.n, s->run.d);
	}
	if (g.a ? g.n > MOST / s->run.ld : !g.start || !g.column || !g.value)
		return RATE_OK;
	if (rate_design_make(&s->model, &g))
		return RATE_OK;
	if (agrees(s, 0) || agrees(s, 1))
		return rate_fail(&s->error, "%s: glm/1 is not what its value and gradients compute", s->plugin);
	s->has_model = 1;
	rate_choose_sources(s);
	return RATE_OK;
}

void rate_pass_free(rate_session *s)
{
	if (s->pass)
		free(s->pass->x);
	free(s->pass);
	s->pass = NULL;
}

void rate_model_close(rate_session *s)
{
	rate_design_free(&s->model);
	free(s->centred.target);
	rate_pass_free(s);
}

/* (A (x - x_star))^2/(2 n) is the gap of least squares only if x_star is their minimiser, with no h and no feasible
 * set. */
static int centre(rate_session *s)
{
	double *x = s->work, own, mine;

	if (!s->has_model || !s->gap || s->composite || s->projection || !s->x_star || s->model.link != RATE_SQUARE ||
	    s->model.ridge != 0 || !s->x0)
		return -1;
	s->centred = s->model;
	if (!(s->centred.target = calloc(s->model.n + RATE_PANEL, sizeof(double))))
		return -1;
	for (int side = -1; side <= 1; side += 2) {
		for (size_t j = 0; j < s->run.d; j++)
			x[j] = side * (s->x0[j] - s->x_star[j]);
		s->kernels->values(&s->centred, 1, x, s->run.ld, &mine);
		for (size_t j = 0; j < s->run.d; j++)
			x[j] += s->x_star[j];
		rate_enter(s, "gap");
		int rc = s->gap->gap(s->f.self, x, &own);
		rate_leave(s);
		if (rc != RATE_OK || differ(own, mine, 0))
			return -1;
	}
	return 1;
}

int rate_model_gaps(rate_session *s)
{
	if (!s->has_centred)
		s->has_centred = centre(s);
	return s->has_centred > 0;
}

int rate_model_is_sparse(const rate_session *s)
{
	return s->has_model && s->sum && s->model.start;
}

/* |s a + ridge x|^2 = s^2 |a|^2 + 2 s ridge a'x + ridge^2 |x|^2: n gradients of d numbers need not be written. */
static void sparse_squares(const rate_session *s, const double *x, double *out)
{
	const rate_design *m = &s->model;
	double xx = rate_dot_n(x, x, m->d);

	for (size_t i = 0; i < m->n; i++) {
		const uint32_t *column;
		const double *a;
		size_t count = rate_design_row(m, i, &column, &a);
		double margin = 0, aa = 0, b = m->target[i], slope;
		for (size_t k = 0; k < count; k++) {
			margin += a[k] * x[column[k]];
			aa += a[k] * a[k];
		}
		slope = m->link == RATE_LOGISTIC ? -b / (1 + exp(b * margin)) : margin - b;
		out[i] = slope * slope * aa + 2 * slope * m->ridge * margin + m->ridge * m->ridge * xx;
	}
}

int rate_term_squares(rate_session *s, const double *x, double *out)
{
	if (rate_model_is_sparse(s)) {
		sparse_squares(s, x, out);
		return RATE_OK;
	}
	for (size_t i = 0; i < s->run.n; i++) {
		if (rate_g_i(s, i, x, s->work))
			return RATE_FAIL;
		out[i] = rate_dot_n(s->work, s->work, s->run.d);
	}
	return RATE_OK;
}

/* ---- Oracles ---- */

static int fits(const rate_session *s)
{
	return s->has_model;
}

static int fits_samples(const rate_session *s)
{
	return s->has_model && s->sum;
}

/* NULL: not kept. */
static struct rate_pass *pass_at(rate_session *s, const double *x)
{
	struct rate_pass *p = s->pass;
	size_t d = s->run.d;

	if (rate_design_numbers(&s->model) < LARGE || (!p && !(p = s->pass = calloc(1, sizeof *p))))
		return NULL;
	if (!p->x && !(p->x = calloc(2 * d, sizeof *p->x)))
		return NULL;
	p->g = p->x + d;
	if ((p->has_f || p->has_g) && !memcmp(p->x, x, d * sizeof *x))
		return p;
	memcpy(p->x, x, d * sizeof *x);
	p->has_f = p->has_g = 0;
	return p;
}

static int value(rate_session *s, const double *x, double *f)
{
	struct rate_pass *p = pass_at(s, x);

	rate_count(s, 1);
	if (p && !p->has_f && p->both && s->model.start) {
		s->kernels->sparse_both(&s->model, x, &p->f, p->g);
		p->has_f = p->has_g = 1;
		p->both = 0; /* until it is */
	}
	if (!p || !p->has_f)
		s->kernels->values(&s->model, 1, x, s->run.ld, f);
	else
		*f = p->f;
	if (p) {
		p->f = *f;
		p->has_f = 1;
	}
	return rate_check_answer(s, RATE_OK, "value", x, f, 1);
}

static int gradient(rate_session *s, const double *x, double *g)
{
	struct rate_pass *p = pass_at(s, x);

	rate_count(s, 1);
	if (p && p->has_f)
		p->both = 1;
	if (p && p->has_g)
		memcpy(g, p->g, s->run.d * sizeof *g);
	else if (p && s->model.start)
		s->kernels->sparse_both(&s->model, x, &p->f, g);
	else
		s->kernels->gradients(&s->model, 1, x, s->run.ld, g);
	if (p && !p->has_g) {
		memcpy(p->g, g, s->run.d * sizeof *g);
		p->has_g = 1;
		p->has_f |= s->model.start != NULL;
	}
	return rate_check_answer(s, RATE_OK, "gradient", x, g, s->run.d);
}

static int values(rate_session *s, const double *x, double *f)
{
	if (s->run.nrep == 1)
		return value(s, x, f);
	rate_count(s, s->run.nrep);
	s->kernels->values(&s->model, s->run.nrep, x, s->run.ld, f);
	return rate_check_rows(s, RATE_OK, s->run.nrep, "value", x, f, 1, 1);
}

static int gradients(rate_session *s, const double *x, double *g)
{
	if (s->run.nrep == 1)
		return gradient(s, x, g);
	rate_count(s, s->run.nrep);
	s->kernels->gradients(&s->model, s->run.nrep, x, s->run.ld, g);
	return rate_check_rows(s, RATE_OK, s->run.nrep, "gradient", x, g, s->run.d, s->run.ld);
}

const rate_source rate_source_glm = { "glm", fits, value, gradient, values, gradients };

/* Point theorems have single vectors, without padding. */
static void one_gradient(rate_session *s, const rate_sample *sample, const double *x, double *g)
{
	double *padded = s->work, *out = s->work + s->run.ld;

	memcpy(padded, x, s->run.d * sizeof *x);
	s->kernels->term_gradients(&s->model, 1, padded, sample->index, sample->batch, out);
	memcpy(g, out, s->run.d * sizeof *g);
}

/* Rows are finite: a gradient that is not comes of an x that `watch_divergence` is about to find. */
static int sample_gradients(rate_session *s, const rate_sample *sample, const double *x, double *g)
{
	rate_count(s, s->run.nrep * sample->batch);
	if (s->blocks.rows)
		s->kernels->term_gradients(&s->model, s->run.nrep, x, sample->index, sample->batch, g);
	else
		one_gradient(s, sample, x, g);
	return RATE_OK;
}

static int step(rate_session *s, const rate_sample *sample, double a, double *x, double *work)
{
	if (sample->batch != 1 || !s->blocks.rows)
		return rate_step_by_gradient(s, sample, a, x, work);
	rate_count(s, s->run.nrep);
	s->kernels->term_steps(&s->model, s->run.nrep, sample->index, *s->draws.ahead.index, a, x);
	return RATE_OK;
}

const rate_sample_source rate_samples_glm = { "glm", fits_samples, rate_term_f, rate_term_g, sample_gradients, step };
