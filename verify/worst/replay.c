/* The worst function as a file of points, and the method on it: what the program says is seen in a run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/worst.h"

#include <errno.h>
#include <lapacke.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/spec.h"
#include "verify/work/engine.h"

/* G = P'P by eigenvalues, of which the smallest are left out, up to the share `tail` of all: *rank rows of P, each of n
 * numbers. */
static double *factor(const double *gram, size_t n, double tail, size_t *rank)
{
	double trace = 0, left = 0, *v = malloc(n * n * sizeof *v), *values = malloc(n * sizeof *values), *p = NULL;

	*rank = 0;
	if (!v || !values)
		goto out;
	memcpy(v, gram, n * n * sizeof *v);
	if (LAPACKE_dsyev(LAPACK_ROW_MAJOR, 'V', 'U', (int)n, v, (int)n, values) ||
	    !(p = malloc((n * n + 1) * sizeof *p)))
		goto out;
	for (size_t k = 0; k < n; k++)
		trace += fmax(values[k], 0);
	for (size_t k = 0; k < n; k++) {
		left += fmax(values[k], 0);
		if (left <= tail * trace)
			values[k] = 0;
	}
	for (size_t k = n; k-- > 0;) {
		if (!(values[k] > 1e-13 * values[n - 1]))
			continue;
		for (size_t i = 0; i < n; i++)
			p[*rank * n + i] = sqrt(values[k]) * v[i * n + k];
		++*rank;
	}
	if (!*rank) {
		memset(p, 0, n * sizeof *p);
		*rank = 1;
	}
out:
	free(v);
	free(values);
	return p;
}

/* A vector of leaves as a vector of the space that the rank leaves. */
static void place(const double *p, size_t rank, const rate_optimum *o, const double *coordinates, double *out)
{
	for (size_t r = 0; r < rank; r++) {
		out[r] = 0;
		for (size_t l = 0; l < o->n; l++)
			out[r] += p[r * o->n + l] * coordinates[o->leaf[l]];
	}
}

static void print_vector(FILE *out, const double *v, size_t d)
{
	for (size_t r = 0; r < d; r++)
		fprintf(out, " %.17g", v[r]);
}

static void print_group(FILE *out, const rate_worst *w, const rate_group *g, const rate_optimum *o, const double *p,
                        size_t d, double *v)
{
	double *x = v, *s = v + d;

	fprintf(out, "function mu %.17g L %.17g G %.17g points %zu\n", g->mu + g->shift, g->L + g->shift,
	        g->G, g->count);
	for (size_t i = 0; i < g->count; i++) {
		double square = 0;
		place(p, d, o, g->node[i].x, x);
		place(p, d, o, g->node[i].g, s);
		for (size_t r = 0; r < d; r++) {
			s[r] += g->shift * x[r];
			square += x[r] * x[r];
		}
		fprintf(out, "%.17g", (g->node[i].value < 0 ? 0 : o->values[g->node[i].value]) + g->shift / 2 * square);
		print_vector(out, x, d);
		print_vector(out, s, d);
		fputc('\n', out);
	}
	(void)w;
}

int rate_write_interpolant(const rate_worst *w, const rate_optimum *o, double tail, const char *title,
                           const char *file, rate_error *error)
{
	size_t d, terms = w->groups - (w->composite ? 1 : 0);
	double *p = factor(o->gram, o->n, tail, &d), *v = p ? calloc(2 * d + w->n, sizeof *v) : NULL,
	    *start = v ? v + 2 * d : NULL;
	FILE *out = v ? fopen(file, "w") : NULL;
	int rc = RATE_FAIL;

	if (!out) {
		rate_fail(error, "%s cannot be written: %s", file, v ? strerror(errno) : "out of memory");
		goto done;
	}
	fprintf(out, "# %s\n", title);
	fprintf(out, "# ratecheck verify THEOREM --objective interpolant:file=THIS --steps %llu\n",
	        (unsigned long long)w->T);
	fprintf(out, "interpolant 1  dimension %zu  terms %zu  composite %d  minimiser %d\n", d, terms, w->composite,
	        w->group[0].star >= 0);
	start[0] = 1;
	place(p, d, o, start, v);
	fputs("start", out);
	print_vector(out, v, d);
	fputc('\n', out);
	for (size_t k = 0; k < w->groups; k++)
		print_group(out, w, &w->group[k], o, p, d, v);
	rc = fclose(out) ? RATE_FAIL : RATE_OK;
	if (rc)
		rate_fail(error, "%s cannot be written: %s", file, strerror(errno));
done:
	free(p);
	free(v);
	return rc;
}

/* ---- The run ---- */

static int deliver(void *user, size_t number, const rate_check *check, const rate_measured *m,
                   const rate_verdict *verdict)
{
	rate_replayed *r = user;

	(void)number;
	if (!check->applicable)
		snprintf(r->words, sizeof r->words, "%s", check->reason);
	else if (!m || *m->broken || !m->q || !m->checkpoints)
		snprintf(r->words, sizeof r->words, "%s", m && *m->broken ? m->broken : verdict->reason);
	else if (m->witness.found)
		snprintf(r->words, sizeof r->words, "%s", m->witness.detail);
	else {
		r->observed = m->q[(m->checkpoints - 1) * m->replicates];
		/* a least of means is over all of them */
		for (size_t k = 0; check->theorem->flags & RATE_MIN_OF_MEANS && k < m->checkpoints; k++)
			r->observed = fmin(r->observed, m->q[k * m->replicates]);
	}
	return 0;
}

int rate_worst_run_on(rate_worst_run *out, rate_registry *registry, const char *theorem,
                      const rate_bound_spec *method, const rate_worst *w, const char *file, rate_error *error)
{
	char *escaped = rate_spec_escape(file), spec[8192];
	int rc = RATE_FAIL;

	*out = (rate_worst_run){ NULL, NULL, calloc(1, sizeof *out->check) };
	snprintf(spec, sizeof spec, "interpolant:file=%s", escaped ? escaped : "");
	if (!out->check || !escaped || rate_bind(&out->objective, registry, RATE_OBJECTIVES, spec, 0, error) ||
	    rate_bind(&out->given, registry, RATE_THEOREMS, theorem, 1, error))
		goto out;
	*out->check = (rate_check){ .id = "replay", .theorem = out->given->word[0].info, .objective = out->objective,
		.method = method, .given = out->given, .fraction = 1, .factor = 1, .expected_ratio = NAN,
		.expected_deep = NAN, .note = "", .alpha = 1e-9,
		.delta = 0.1, .max_replicates = 1, .own_steps = 1, .beyond = 1, .T = w->T };
	rc = RATE_OK;
out:
	free(escaped);
	return rc;
}

void rate_worst_run_free(rate_worst_run *i)
{
	if (i->check)
		rate_check_free(i->check);
	rate_bound_free(i->objective);
	rate_bound_free(i->given);
}

int rate_replay_worst(rate_registry *registry, const char *theorem, const rate_bound_spec *method, const rate_worst *w,
                const char *file, rate_replayed *out)
{
	rate_engine_options o = { .jobs = 1, .seconds = 120, .memory = (size_t)4 << 30, .isolate = 1 };
	rate_error error = { "" };
	rate_worst_run i;
	int rc;

	*out = (rate_replayed){ .observed = NAN };
	rc = rate_worst_run_on(&i, registry, theorem, method, w, file, &error);
	snprintf(out->words, sizeof out->words, "%s", rate_said(&error, ""));
	if (rc == RATE_OK)
		rc = rate_engine(&i.check, 1, &o, deliver, out);
	if (rc == RATE_OK && !(out->observed == out->observed) && !*out->words)
		snprintf(out->words, sizeof out->words, "nothing was measured");
	rate_worst_run_free(&i);
	return *out->words ? RATE_FAIL : rc;
}
