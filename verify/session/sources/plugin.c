/* The plugin's own oracles, point by point: of f, and of the terms of a finite sum.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/sources.h"

static int always(const rate_session *s)
{
	(void)s;
	return 1;
}

static int has_terms(const rate_session *s)
{
	return s->sum != NULL;
}

/* ---- f ---- */

static int value(rate_session *s, const double *x, double *f)
{
	rate_enter(s, "value");
	return rate_check_answer(s, s->f.cls->value(s->f.self, x, f), "value", x, f, 1);
}

static int gradient(rate_session *s, const double *x, double *g)
{
	rate_enter(s, "gradient");
	return rate_check_answer(s, s->f.cls->gradient(s->f.self, x, g), "gradient", x, g, s->run.d);
}

int rate_row_by_row(rate_session *s, const char *name, rate_row_oracle oracle, const rate_sample *sample,
                    const double *x, size_t width, size_t stride, double *out)
{
	size_t ld = s->run.ld, r;
	int rc = RATE_OK;

	rate_enter_block(s, name, 0);
	for (r = 0; r < s->run.nrep; r++) {
		rate_count(s, 1);
		if ((rc = oracle(s, sample, r, x + r * ld, out + r * stride)) != RATE_OK)
			break;
	}
	if (r && rate_check_rows(s, RATE_OK, r, name, x, out, width, stride))
		return RATE_FAIL;
	return rc == RATE_OK ? RATE_OK : rate_check_answer(s, rc, name, x + r * ld, out + r * stride, width);
}

static int row_value(rate_session *s, const rate_sample *sample, size_t r, const double *x, double *f)
{
	(void)sample;
	(void)r;
	return s->f.cls->value(s->f.self, x, f);
}

static int row_gradient(rate_session *s, const rate_sample *sample, size_t r, const double *x, double *g)
{
	(void)sample;
	(void)r;
	return s->f.cls->gradient(s->f.self, x, g);
}

static int values(rate_session *s, const double *x, double *f)
{
	return rate_row_by_row(s, "value", row_value, NULL, x, 1, 1, f);
}

static int gradients(rate_session *s, const double *x, double *g)
{
	return rate_row_by_row(s, "gradient", row_gradient, NULL, x, s->run.d, s->run.ld, g);
}

const rate_source rate_source_plugin = { "plugin", always, value, gradient, values, gradients };

/* ---- Terms ---- */

/* Where there are no values: who looks at the gradient beside the value sees 0. Methods and theorems are refused
 * (services.c). */
int rate_f(rate_session *s, const double *x, double *f)
{
	*f = 0;
	return s->family->no_value ? RATE_OK : s->source->f(s, x, f);
}

int rate_g(rate_session *s, const double *x, double *g)
{
	return s->source->g(s, x, g);
}

int rate_f_i(rate_session *s, size_t i, const double *x, double *f)
{
	if (!s->sum || s->family->no_value)
		return rate_f(s, x, f);
	rate_enter(s, "term value");
	return rate_check_answer(s, s->sum->value(s->f.self, i, x, f), "term value", x, f, 1);
}

int rate_g_i(rate_session *s, size_t i, const double *x, double *g)
{
	if (!s->sum)
		return rate_g(s, x, g);
	rate_enter(s, "term gradient");
	return rate_check_answer(s, s->sum->gradient(s->f.self, i, x, g), "term gradient", x, g, s->run.d);
}

int rate_term_f(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *f)
{
	return rate_f_i(s, sample->index ? sample->index[k] : 0, x, f);
}

int rate_term_g(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *g)
{
	return rate_g_i(s, sample->index ? sample->index[k] : 0, x, g);
}

static int row_term(rate_session *s, const rate_sample *sample, size_t r, const double *x, double *g)
{
	return s->sum->gradient(s->f.self, sample->index[r], x, g);
}

static int term_gradients(rate_session *s, const rate_sample *sample, const double *x, double *g)
{
	if (sample->batch != 1 || !sample->index)
		return rate_gradients_draw_by_draw(s, sample, x, g);
	return rate_row_by_row(s, "term gradient", row_term, sample, x, s->run.d, s->run.ld, g);
}

const rate_sample_source rate_samples_sum = { "finite-sum", has_terms, rate_term_f, rate_term_g, term_gradients, NULL };

/* ---- Whoever draws from a single term gets f ---- */

static int whole_f(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *f)
{
	(void)sample;
	(void)k;
	return rate_f(s, x, f);
}

static int whole_g(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *g)
{
	(void)sample;
	(void)k;
	return rate_g(s, x, g);
}

static int whole_gradients(rate_session *s, const rate_sample *sample, const double *x, double *g)
{
	return sample->batch == 1 ? s->source->gradients(s, x, g) : rate_gradients_draw_by_draw(s, sample, x, g);
}

const rate_sample_source rate_samples_whole = { "whole", always, whole_f, whole_g, whole_gradients, NULL };
