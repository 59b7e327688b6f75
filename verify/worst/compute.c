/* One exact worst case from end to end: the method is traced, the program solved, the worst function written down and
 * the method run on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/worst.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int scratch_file(char *out, size_t size)
{
	const char *tmp = getenv("TMPDIR");
	int fd;

	snprintf(out, size, "%s/ratecheck-worst-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if ((fd = mkstemp(out)) < 0)
		return RATE_FAIL;
	close(fd);
	return RATE_OK;
}

static int has_kinks(const rate_worst *w)
{
	for (size_t k = 0; k < w->groups; k++)
		if (isinf(w->group[k].L) && w->group[k].asked)
			return 1;
	return 0;
}

/* The theorem's spec with all parameters that the trace was made with. */
void rate_exact_spec(const rate_exact_task *t, const rate_worst *w, char *out, size_t size)
{
	int head = (int)strcspn(t->spec, ":");

	snprintf(out, size, "%.*s%s%s", head, t->spec, *w->parameters ? ":" : "", w->parameters);
}

/* One way to write the worst function down, and what a run of the method on it shows. */
typedef struct attempt {
	/* of each affine piece where the method saw it: then the function decides which subgradient it gets */
	double margin;
	double tail;   /* share of the Gram matrix that is left out: directions that rounding made */
	int plain;     /* of all worst functions one that takes few dimensions */
} attempt;

static int write_worst(const rate_exact_task *t, const rate_worst *w, const rate_optimum *o, const attempt *a,
                       const char *title, const char *file, rate_error *error)
{
	rate_solve_options with = t->solve;
	rate_optimum again;
	int rc;

	if (a->margin == 0 && !a->plain)
		return rate_write_interpolant(w, o, a->tail, title, file, error);
	with.margin = a->margin;
	with.level = a->plain ? w->root ? o->value * o->value : o->value : 0;
	rc = rate_solve_worst(w, &with, &again);
	rc = rc || again.outcome != RATE_OPTIMAL
	    ? RATE_FAIL : rate_write_interpolant(w, &again, a->tail, title, file, error);
	if (rc && *again.words)
		rate_fail(error, "%s", again.words);
	rate_optimum_free(&again);
	return rc;
}

/* A picture beside the file; why there is none is no failure. */
static void draw(const rate_exact_task *t, const rate_worst *w, const char *spec, const char *file)
{
	rate_error error;
	rate_worst_run i;

	if (rate_worst_run_on(&i, t->registry, spec, t->method, w, file, &error) ||
	    rate_draw_worst(i.check, w->group[0].star >= 0, t->draw, &error))
		fprintf(stderr, "ratecheck: %s\n", error.text);
	rate_worst_run_free(&i);
}

/* The worst function goes to a file and back through the plugin door. What the method shows on it decides which of
 * the ways to write it down is taken: the first that loses nothing. */
static void replay(const rate_exact_task *t, const rate_worst *w, const rate_optimum *o, rate_exact_row *r)
{
	static const attempt kinks[] = { { 3e-9, 0, 0 }, { 1e-8, 0, 0 }, { 3e-8, 0, 0 } },
	                     smooth[] = { { 0, 1e-7, 1 }, { 0, 1e-8, 0 }, { 0, 0, 0 } };
	const attempt *a = has_kinks(w) ? kinks : t->save ? smooth : smooth + 1,
	    *end = has_kinks(w) ? kinks + 3 : smooth + 3;
	char file[4096], title[512], spec[4096];
	rate_error error;

	if (t->save)
		snprintf(file, sizeof file, "%s", t->save);
	else if (scratch_file(file, sizeof file)) {
		snprintf(r->words, sizeof r->words, "no file can be made in TMPDIR: %s", strerror(errno));
		return;
	}
	snprintf(title, sizeof title, "the worst function of %s for %s, N = %llu", t->method->word[0].info->id,
	         t->theorem->word[0].info->id, (unsigned long long)r->N);
	rate_exact_spec(t, w, spec, sizeof spec);
	for (; a < end; a++) {
		rate_replayed seen = { .observed = NAN };
		rate_no_error(&error);
		if (write_worst(t, w, o, a, title, file, &error) == RATE_OK &&
		    rate_replay_worst(t->registry, spec, t->method, w, file, &seen) == RATE_OK) {
			r->observed = seen.observed;
			if (seen.observed > r->exact * (1 - 1e-7))
				break;
		} else if (!*error.text)
			rate_fail(&error, "no replay: %.600s", seen.words);
	}
	if (!(r->observed == r->observed) && !*r->words)
		snprintf(r->words, sizeof r->words, "%s", error.text);
	if (t->draw && r->observed == r->observed)
		draw(t, w, spec, file);
	if (!t->save)
		unlink(file);
}

int rate_exact_compute(const rate_exact_task *t, uint64_t N, rate_worst **worst, rate_optimum *o,
                       rate_exact_row *r, rate_error *error)
{
	rate_check check = { .theorem = t->theorem->word[0].info, .method = t->method, .given = t->theorem,
		.fraction = 1, .factor = t->theorem->bound_factor, .T = N, .own_steps = 1, .beyond = t->beyond,
		.alpha = 1e-9 };
	rate_worst *w;

	*r = (rate_exact_row){ .N = N, .observed = NAN, .lower = NAN, .exact = NAN, .proven = NAN, .ratio = NAN,
	                       .against = NAN };
	memset(o, 0, sizeof *o);
	if (rate_trace(&check, &t->ask, &w, t->arena, t->bytes, error))
		return RATE_FAIL;
	*worst = w;
	if (*w->reason)
		return rate_fail(error, "%s has no exact worst case here: %s", t->theorem->word[0].info->id,
		                 w->reason);
	if (t->start)
		t->start(w);
	rate_solve_worst(w, &t->solve, o);
	if (!strcmp(o->words, "interrupted"))
		return rate_fail(error, "interrupted");
	r->proven = w->proven;
	r->factor = check.factor;
	r->units = w->units;
	r->terms = w->ask.terms;
	r->rows = o->rows;
	r->all_rows = o->all_rows;
	r->leaves = o->n;
	r->seconds = o->seconds;
	r->processor = o->processor;
	r->upper = w->upper;
	r->reduced = o->reduced;
	if (o->outcome == RATE_UNBOUNDED) {
		snprintf(r->status, sizeof r->status, "unbounded");
		snprintf(r->words, sizeof r->words, "no finite bound %s",
		         w->upper ? "follows from these conditions" : "holds for all of the class");
		r->exact = r->ratio = INFINITY;
		return RATE_OK;
	}
	if (o->outcome != RATE_OPTIMAL) {
		snprintf(r->status, sizeof r->status, "failed");
		snprintf(r->words, sizeof r->words, "%s", o->words);
		return RATE_OK;
	}
	snprintf(r->status, sizeof r->status, "%s", w->upper ? "upper" : "exact");
	r->lower = o->value;
	r->exact = o->dual;
	/* Outside of its range a bound may be anything. */
	r->ratio = isfinite(r->proven) && r->proven >= 0 ? r->exact / r->proven : NAN;
	if (fabs(o->dual - o->value) > 1e-6 * fabs(o->dual))
		snprintf(r->words, sizeof r->words, "the solver left a relative gap of %.1e",
		         fabs(o->dual - o->value) / fabs(o->dual));
	const rate_operator kind = w->group[0].kind ? w->group[0].kind : w->group[w->groups - 1].kind;

	if (!w->upper && w->paths == 1 && !kind)
		replay(t, w, o, r);
	else if (t->save && w->below)
		return rate_fail(error, "--save: this is a bound from above, and no function is known that attains it");
	else if (t->save && kind) {
		return rate_fail(error, "--save: the worst %s known at the points of the run only",
		                 kind == RATE_SET ? "set is" : "operator is no function, and is");
	} else if (t->save && rate_write_interpolant(w, o, 0, "a worst function", t->save, error))
		return RATE_FAIL;
	return RATE_OK;
}
