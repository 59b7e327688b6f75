/* stream/1: samples are made of an index and of normals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/sources.h"

static int fits(const rate_session *s)
{
	return s->stream != NULL;
}

static rate_stream_sample draw(const rate_session *s, const rate_sample *sample, size_t k)
{
	return (rate_stream_sample){ sample->index ? sample->index[k] : 0,
		                         sample->normal ? sample->normal + k * s->normals : NULL };
}

static int value(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *f)
{
	rate_stream_sample z = draw(s, sample, k);

	rate_enter(s, "sample value");
	return rate_check_answer(s, s->stream->value(s->f.self, &z, x, f), "sample value", x, f, 1);
}

static int gradient(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *g)
{
	rate_stream_sample z = draw(s, sample, k);

	rate_enter(s, "sample gradient");
	return rate_check_answer(s, s->stream->gradient(s->f.self, &z, x, g), "sample gradient", x, g, s->run.d);
}

static int row_gradient(rate_session *s, const rate_sample *sample, size_t r, const double *x, double *g)
{
	rate_stream_sample z = draw(s, sample, r);

	return s->stream->gradient(s->f.self, &z, x, g);
}

static int gradients(rate_session *s, const rate_sample *sample, const double *x, double *g)
{
	if (sample->batch != 1)
		return rate_gradients_draw_by_draw(s, sample, x, g);
	return rate_row_by_row(s, "sample gradient", row_gradient, sample, x, s->run.d, s->run.ld, g);
}

const rate_sample_source rate_samples_stream = { "stream", fits, value, gradient, gradients, NULL };
