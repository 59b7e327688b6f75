/* Draws of a method beside samples: numbers in an interval, choices, signs. Each purpose has a stream of its own for each
 * replicate and step. Outcomes of these are not forced: a step that draws them is sampled or enumerated by the host.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/draws.h"

#include <stdio.h>

#include "kernels/philox.h"

#define SESSION(run) ((rate_session *)(run)->host)

/* Where the streams of each kind of draw begin: samples have 0 to 15, normals 16 to 31. */
enum { UNIFORMS = 32, CHOICES = 48, SIGNS = 64 };

static void words(const rate_session *s, uint32_t stream, uint32_t pair, size_t r, uint64_t w[2])
{
	rate_philox(s->key, (uint32_t)s->run.t, stream, pair, s->replicate0 + r, w);
}

int rate_svc_uniforms(rate_run *run, uint32_t purpose, size_t count, double *u)
{
	rate_session *s = SESSION(run);
	uint64_t w[2];

	s->unforced = 1;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t i = 0; i < count; i++) {
			if (i % 2 == 0)
				words(s, UNIFORMS + purpose, (uint32_t)(i / 2), r, w);
			u[r * count + i] = rate_uniform(w[i % 2]);
		}
	return RATE_OK;
}

int rate_svc_signs(rate_run *run, uint32_t purpose, double *z)
{
	rate_session *s = SESSION(run);
	uint64_t w[2];

	s->unforced = 1;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++) {
			if (j % 128 == 0)
				words(s, SIGNS + purpose, (uint32_t)(j / 128), r, w);
			z[r * run->ld + j] = w[j / 64 % 2] >> (j % 64) & 1 ? 1 : -1;
		}
	return RATE_OK;
}

int rate_svc_choose(rate_run *run, uint32_t purpose, uint64_t count, const double *weight, uint64_t *out)
{
	rate_session *s = SESSION(run);
	uint64_t w[2];
	double sum = 0;

	for (uint64_t i = 0; weight && i < count; i++) {
		if (!(weight[i] >= 0)) {
			snprintf(s->error, sizeof s->error, "choose: weight %llu is %.17g", (unsigned long long)i, weight[i]);
			return RATE_FAIL;
		}
		sum += weight[i];
	}
	if (!count || (weight && !(sum > 0))) {
		snprintf(s->error, sizeof s->error, "choose: nothing to choose from");
		return RATE_FAIL;
	}
	s->unforced = 1;
	for (size_t r = 0; r < run->nrep; r++) {
		words(s, CHOICES + purpose, 0, r, w);
		double at = rate_uniform(w[0]);
		if (!weight) {
			out[r] = (uint64_t)(at * (double)count);
			continue;
		}
		at *= sum;
		for (out[r] = 0; out[r] + 1 < count && at >= weight[out[r]]; out[r]++)
			at -= weight[out[r]];
		while (weight[out[r]] == 0) /* rounding led past the last */
			out[r]--;
	}
	return RATE_OK;
}
