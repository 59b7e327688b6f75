/* The probe of a stream: moments of its samples, judged by e-values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"
#include "verify/judge/judge.h"

#define EPS 0x1p-52
#define ALPHA 1e-9 /* of a false alarm */

enum { SAMPLES = 32768 };

/* What one sample at p->x gives. */
typedef struct sampled {
	double *square, *noise2, *along; /* |g_s|^2, |g_s - g|^2, <g_s - g, e> */
} sampled;

static int draw_samples(rate_prober *p, const sampled *out)
{
	rate_session *s = p->s;
	double *z = malloc((s->normals + 1) * sizeof *z);
	int rc = z ? RATE_OK : RATE_FAIL;

	for (size_t i = 0; rc == RATE_OK && i < SAMPLES; i++) {
		rate_stream_sample one = { i, z };
		rate_host_services()->normals(rate_host_services(), p->seed ^ 0x5eed, p->draw++, s->normals, z);
		rc = s->stream->gradient(s->f.self, &one, p->x, p->a) == RATE_OK ? RATE_OK : RATE_FAIL;
		out->square[i] = rate_dot_n(p->a, p->a, p->d);
		for (size_t j = 0; j < p->d; j++)
			p->a[j] -= p->gx[j];
		out->noise2[i] = rate_dot_n(p->a, p->a, p->d);
		out->along[i] = rate_dot_n(p->a, p->e, p->d);
	}
	free(z);
	return rc;
}

/* The claim E X <= bound: false only if the e-value says so at 1e-9. `measured` of the mean is what the table shows. */
static void judge_moment(rate_prober *p, const char *name, const double *X, double bound, double measured,
                         const char *what)
{
	rate_knowledge kind = 0;
	double declared = rate_constant_of(p->s, name, &kind), log_e;
	rate_finding *f;

	if (declared != declared)
		return;
	f = rate_find(p, name);
	if (f->code == RATE_FALSE)
		return;
	f->sign = 1;
	f->kind = kind;
	f->declared = declared;
	f->measured = measured > f->measured || f->measured != f->measured ? measured : f->measured;
	snprintf(f->why, sizeof f->why, "%s", what);
	bound *= 1 + 1e-9;
	log_e = bound > 0 ? rate_log_e_value(X, &bound, 1, SAMPLES, 1) : measured > 0 ? INFINITY : -INFINITY;
	f->code = rate_weigh(kind, 1, declared, log_e >= -log(ALPHA) ? INFINITY : declared, 0, 0);
	rate_keep_witness(p, f, p->x, NULL);
}

static double mean_of(const double *X)
{
	double sum = 0;

	for (size_t i = 0; i < SAMPLES; i++)
		sum += X[i];
	return sum / SAMPLES;
}

static void note_bias(rate_prober *p, const double *along)
{
	double mean = mean_of(along), var = 0, t;
	char why[160];

	for (size_t i = 0; i < SAMPLES; i++)
		var += (along[i] - mean) * (along[i] - mean) / (SAMPLES - 1.0);
	/* The noise along a fixed direction has mean 0. Seven standard errors: 3e-12 for anything near normal. */
	t = var > 0 ? fabs(mean) / sqrt(var / SAMPLES) : 0;
	snprintf(why, sizeof why, "mean of the noise along a direction: %.3g, %.1f standard errors from 0", mean, t);
	rate_note_oracle(p, "unbiased samples", t, t > 7 ? why : NULL);
}

static void judge_moments(rate_prober *p, const sampled *z)
{
	rate_session *s = p->s;
	double G = rate_constant_of(s, "G", NULL), rho = rate_constant_of(s, "strong_growth", NULL);
	double v = rate_constant_of(s, "noise_subgauss", NULL), g2 = rate_dot_n(p->gx, p->gx, p->d);

	note_bias(p, z->along);
	judge_moment(p, "noise2", z->noise2, rate_constant_of(s, "noise2", NULL), mean_of(z->noise2),
	             "mean |g_s(x)-g(x)|^2");
	judge_moment(p, "G", z->square, G * G, sqrt(mean_of(z->square)), "sqrt(mean |g_s(x)|^2)");
	if (g2 > 0)
		judge_moment(p, "strong_growth", z->square, rho * g2, mean_of(z->square) / g2,
		             "mean |g_s(x)|^2/|g(x)|^2");
	for (size_t i = 0; i < SAMPLES && v > 0; i++)
		z->noise2[i] = exp(z->noise2[i] / (v * v) - 1);
	/* What is seen is the mean of exp(|g_s-g|^2/s^2 - 1), 1 at most; s times its square root is near the least
	 * s. */
	if (v > 0)
		judge_moment(p, "noise_subgauss", z->noise2, 1, v * sqrt(mean_of(z->noise2)),
		             "s sqrt(mean exp(|g_s-g|^2/s^2 - 1))");
}

/* ---- Noise that is affine in the normals has moments that need no samples ---- */

enum { MOST_NORMALS = 2000 };

static int sample_at(rate_prober *p, const double *z, double *noise)
{
	rate_stream_sample one = { 0, z };

	if (p->s->stream->gradient(p->s->f.self, &one, p->x, noise) != RATE_OK)
		return RATE_FAIL;
	for (size_t j = 0; j < p->d; j++)
		noise[j] -= p->gx[j];
	return RATE_OK;
}

/* *moment <- E |g_s - g|^2 at p->x, NaN if the noise is not affine: b + sum z_k a_k. */
static int affine_moment(rate_prober *p, double *moment)
{
	size_t d = p->d, m = p->s->normals;
	double *z = calloc(2 * m + 1, sizeof *z), *guess = malloc((2 * d + 1) * sizeof *guess), *b = guess + d,
	    off = 0, size = 0;
	int rc = z && guess ? RATE_OK : RATE_FAIL;

	*moment = NAN;
	if (rc == RATE_OK)
		rc = sample_at(p, z, b);
	if (rc == RATE_OK) {
		rate_host_services()->normals(rate_host_services(), p->seed ^ 0x5eed, p->draw++, m, z + m);
		memcpy(guess, b, d * sizeof *b);
		*moment = rate_dot_n(b, b, d);
	}
	for (size_t k = 0; rc == RATE_OK && k < m; k++) {
		z[k] = 1;
		rc = sample_at(p, z, p->a);
		z[k] = 0;
		for (size_t j = 0; j < d; j++) {
			p->a[j] -= b[j];
			guess[j] += z[m + k] * p->a[j];
		}
		*moment += rate_dot_n(p->a, p->a, d);
	}
	if (rc == RATE_OK && (rc = sample_at(p, z + m, p->a)) == RATE_OK) {
		for (size_t j = 0; j < d; j++) {
			off += (p->a[j] - guess[j]) * (p->a[j] - guess[j]);
			size += p->a[j] * p->a[j];
		}
		/* What is left of the noise after g has been taken off rounds as g does. */
		if (!(sqrt(off) <= 1e-9 * sqrt(size) && 64 * EPS * rate_norm_n(p->gx, d) <= 1e-10 * sqrt(*moment)))
			*moment = NAN;
	}
	free(z);
	free(guess);
	return rc;
}

static void exceed(rate_prober *p, const char *name, double measured, const char *what)
{
	rate_knowledge kind = 0;
	double declared = rate_constant_of(p->s, name, &kind);
	rate_finding *f;

	if (rate_weigh(kind, 1, declared, measured, 1e-8 * fabs(declared), 0) != RATE_FALSE)
		return;
	f = rate_find(p, name);
	f->sign = 1;
	f->kind = kind;
	f->declared = declared;
	f->measured = measured;
	f->code = RATE_FALSE;
	snprintf(f->why, sizeof f->why, "%s", what);
	rate_keep_witness(p, f, p->x, NULL);
}

static int judge_affine(rate_prober *p)
{
	double noise2, g2 = rate_dot_n(p->gx, p->gx, p->d);

	if (!p->s->normals || p->s->normals > MOST_NORMALS)
		return RATE_OK;
	if (affine_moment(p, &noise2))
		return RATE_FAIL;
	exceed(p, "noise2", noise2, "E |g_s(x)-g(x)|^2");
	exceed(p, "G", sqrt(noise2 + g2), "sqrt(E |g_s(x)|^2)");
	if (g2 > 0)
		exceed(p, "strong_growth", (noise2 + g2) / g2, "E |g_s(x)|^2/|g(x)|^2");
	return RATE_OK;
}

int rate_probe_samples(rate_prober *p)
{
	const rate_stream *stream = p->s->stream;
	sampled z;
	int rc = RATE_OK;

	if (!stream || stream->deterministic)
		return RATE_OK;
	if (!(z.square = malloc(3 * SAMPLES * sizeof *z.square)))
		return RATE_FAIL;
	z.noise2 = z.square + SAMPLES;
	z.along = z.noise2 + SAMPLES;
	for (int k = 0; k < 3 && rc == RATE_OK; k++) {
		rate_draw_pair(p);
		rc = rate_measure_pair(p) || draw_samples(p, &z);
		if (rc == RATE_OK) {
			judge_moments(p, &z);
			rc = judge_affine(p);
		}
	}
	free(z.square);
	return rc ? RATE_FAIL : RATE_OK;
}
