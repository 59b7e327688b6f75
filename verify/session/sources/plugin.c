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

static int values(rate_session *s, const double *x, double *f)
{
	for (size_t r = 0; r < s->run.nrep; r++)
		if (value(s, x + r * s->run.ld, f + r))
			return RATE_FAIL;
	return RATE_OK;
}

static int gradients(rate_session *s, const double *x, double *g)
{
	for (size_t r = 0; r < s->run.nrep; r++)
		if (gradient(s, x + r * s->run.ld, g + r * s->run.ld))
			return RATE_FAIL;
	return RATE_OK;
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

const rate_sample_source rate_samples_sum = { "finite-sum", has_terms, rate_term_f, rate_term_g,
                                              rate_gradients_draw_by_draw, NULL };

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

const rate_sample_source rate_samples_whole = { "whole", always, whole_f, whole_g, rate_gradients_draw_by_draw, NULL };
