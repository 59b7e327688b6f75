/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/sources.h"

#define SOURCE(name) &rate_source_##name,
static const rate_source *const sources[] = { RATE_SOURCES(SOURCE) };

#define SAMPLES(name) &rate_samples_##name,
static const rate_sample_source *const samples[] = { RATE_SAMPLES(SAMPLES) };

void rate_choose_sources(rate_session *s)
{
	size_t k = 0;

	while (!sources[k]->fits(s))
		k++;
	s->source = sources[k];
	for (k = 0; !samples[k]->fits(s); k++)
		;
	s->samples = samples[k];
}

int rate_batch_mean(rate_session *s, const rate_sample *sample, const double *x, rate_draw_oracle oracle, size_t width,
                    size_t stride, double *out)
{
	for (size_t r = 0; r < s->run.nrep; r++) {
		const double *at = x + r * s->run.ld;
		double *row = out + r * stride;
		if (oracle(s, sample, r * sample->batch, at, row))
			return RATE_FAIL;
		for (uint32_t k = 1; k < sample->batch; k++) {
			if (oracle(s, sample, r * sample->batch + k, at, s->work))
				return RATE_FAIL;
			for (size_t j = 0; j < width; j++)
				row[j] += s->work[j];
		}
		for (size_t j = 0; sample->batch > 1 && j < width; j++)
			row[j] /= sample->batch;
	}
	return RATE_OK;
}

int rate_step_by_gradient(rate_session *s, const rate_sample *sample, double a, double *x, double *work)
{
	if (rate_sample_gradient(&s->run, sample, x, work))
		return RATE_FAIL;
	rate_axpy(&s->run, a, work, x);
	return RATE_OK;
}

int rate_gradients_draw_by_draw(rate_session *s, const rate_sample *sample, const double *x, double *g)
{
	return rate_batch_mean(s, sample, x, s->samples->g, s->run.d, s->run.ld, g);
}
