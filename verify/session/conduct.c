/* Conduct of an objective in a run: its oracles have no memory, keep their input and write nothing but their answer.
 * The probe looks at more points; here those of the run are looked at, now and then, so that no constant is blamed
 * for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/guard.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { GUARD = 1088 }; /* doubles before and behind: more than what a loop over the wrong length writes */

typedef struct trial {
	rate_session *s;
	double *in, *out, *first; /* room for ld doubles, `in` and `out` between guards, and twice that */
	uint64_t term;
	rate_stream_sample sample;
} trial;

typedef int (*oracle)(trial *t);

static int value(trial *t) { return t->s->f.cls->value(t->s->f.self, t->in, t->out); }
static int gradient(trial *t) { return t->s->f.cls->gradient(t->s->f.self, t->in, t->out); }
static int term_value(trial *t) { return t->s->sum->value(t->s->f.self, t->term, t->in, t->out); }
static int term_gradient(trial *t) { return t->s->sum->gradient(t->s->f.self, t->term, t->in, t->out); }
static int sample_value(trial *t) { return t->s->stream->value(t->s->f.self, &t->sample, t->in, t->out); }
static int sample_gradient(trial *t) { return t->s->stream->gradient(t->s->f.self, &t->sample, t->in, t->out); }
static int block_gradient(trial *t)
{
	return t->s->block->gradient(t->s->f.self, 1, t->s->run.ld, t->in, NULL, 0, t->out);
}
static int prox(trial *t) { return t->s->composite->prox(t->s->f.self, 1, t->in, t->out); }
static int project(trial *t) { return t->s->projection->project(t->s->f.self, t->in, t->out); }

static double *guarded(size_t ld)
{
	double *p = aligned_alloc(64, (2 * GUARD + ld) * sizeof *p);

	return p ? p + GUARD : NULL;
}

static void unguard(double *p)
{
	if (p)
		free(p - GUARD);
}

/* Nothing but [p, p + width) has been written. */
static int kept(const double *p, size_t width, size_t ld)
{
	for (size_t j = 0; j < GUARD; j++)
		if (!rate_is_unwritten(p[-1 - (ptrdiff_t)j]))
			return 0;
	for (size_t j = width; j < ld + GUARD; j++)
		if (!rate_is_unwritten(p[j]))
			return 0;
	return 1;
}

/* A block has rows of zeros behind d; what is not a block's ends at d. */
static int ask(trial *t, const char *name, oracle call, const double *x, size_t width, int padded)
{
	rate_session *s = t->s;
	size_t d = s->run.d, ld = s->run.ld;
	int rc;

	rate_unwritten(t->in - GUARD, 2 * GUARD + ld);
	rate_unwritten(t->out - GUARD, 2 * GUARD + ld);
	memcpy(t->in, x, d * sizeof *x);
	for (size_t j = d; padded && j < ld; j++)
		t->in[j] = t->out[j] = 0;
	snprintf(s->mark->oracle, sizeof s->mark->oracle, "%s", name);
	rc = call(t);
	rate_leave(s);
	if (memcmp(t->in, x, d * sizeof *x) || !kept(t->in, padded ? ld : d, ld))
		rate_fault(s, "objective %s: %s changes its input x", s->plugin, name);
	else if (!kept(t->out, padded ? ld : width, ld))
		rate_fault(s, "objective %s: %s writes beyond the %zu number%s of its answer", s->plugin, name, width,
		           width > 1 ? "s" : "");
	for (size_t j = d; padded && j < ld; j++)
		if (t->out[j] != 0)
			rate_fault(s, "objective %s: %s writes behind the %zu numbers of a row", s->plugin, name, d);
	return rc;
}

/* At x and at x_0, and at both again: the same bits. */
static void try(trial *t, const char *name, oracle call, const double *x, size_t width, int padded)
{
	rate_session *s = t->s;
	const double *at[2] = { x, s->x0 ? s->x0 : x };

	for (int k = 0; k < 4 && !*s->mark->fault; k++) {
		double *first = t->first + (k & 1) * s->run.ld;
		if (ask(t, name, call, at[k & 1], width, padded))
			return;
		if (k < 2)
			memcpy(first, t->out, width * sizeof *first);
		for (size_t j = 0; j < width; j++)
			/* What is not finite is said where the run meets it. */
			if (memcmp(first + j, t->out + j, sizeof *first) && isfinite(first[j]) && isfinite(t->out[j])) {
				rate_fault(s, "objective %s: %s gives two answers at one point: %.17g, then %.17g",
				           s->plugin, name, first[j], t->out[j]);
				return;
			}
	}
}

#define TRY(text, call, width, padded) try(&t, text, call, x, width, padded)

void rate_test_conduct(rate_session *s, const double *x)
{
	size_t d = s->run.d, ld = s->run.ld;
	double *normal = calloc(s->normals + 1, sizeof *normal);
	trial t = { .s = s, .in = guarded(ld), .out = guarded(ld), .first = malloc(2 * ld * sizeof *t.first),
		        .term = s->run.n ? (s->mark->step * 2654435761u) % s->run.n : 0,
		        .sample = { s->mark->step, normal } };

	if (!normal || !t.in || !t.out || !t.first || s->watch.lenient || !(rate_norm_n(x, d) <= 1e100))
		goto out;
	for (size_t k = 0; k < s->normals; k++)
		normal[k] = rate_probe_normal(s->mark->step, k);
	/* The host's kernels stand for the oracles of a model. */
	if (!s->has_model) {
		TRY("value", value, 1, 0);
		TRY("gradient", gradient, d, 0);
		if (s->sum && !s->stream) {
			TRY("term value", term_value, 1, 0);
			TRY("term gradient", term_gradient, d, 0);
		}
		if (s->stream) {
			TRY("sample value", sample_value, 1, 0);
			TRY("sample gradient", sample_gradient, d, 0);
		}
		if (s->block)
			TRY("gradient", block_gradient, d, 1);
	}
	if (s->composite)
		TRY("prox", prox, d, 0);
	if (s->projection)
		TRY("projection", project, d, 0);
out:
	*s->mark->oracle = '\0';
	unguard(t.in);
	unguard(t.out);
	free(t.first);
	free(normal);
}
