/* A user's method beside the one that it stands for: the same instance, the same samples, step by step.
 *
 * Two ways to compute the same step differ by rounding, and a step may stretch what they differ by. How far rounding
 * can lead is seen on the reference itself: copies of it run along, whose gradients, values and blocks are shaken by
 * a few eps at every step. The paths part where the method is farther off than a multiple of the farthest copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/measure.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EPS 0x1p-52

enum { ROWS = 16, SHAKEN = 3 };
/* A step rounds a few times more or less than the copies are shaken. */
enum { SHAKE = 4, MULTIPLE = 8, FLOOR = 64 };

typedef struct walker {
	rate_session s;
	rate_services services;
	double *before; /* its blocks, one after the other, before the step */
	int manner;     /* of a shaken copy: always up, always down, now and then */
	uint64_t shakes;
} walker;

enum { MINE, AGAIN, REFERENCE, COPIES, WALKERS = COPIES + SHAKEN };

typedef struct pair {
	walker w[WALKERS];
	rate_beside *out;
	rate_session *s;
	double size[ROWS];  /* the largest |x| so far */
	double apart[ROWS]; /* how far the copies have been led off */
	uint64_t T;
	double length;      /* of the reference's step in which the paths part */
	int drawn, impure;  /* samples were drawn, by one or the other; the method is no function of its blocks */
} pair;

/* ---- Shaking ---- */

static double shake(walker *w)
{
	uint64_t k = w->shakes++ * 0x9e3779b97f4a7c15u;

	return SHAKE * EPS * (w->manner == 0 ? 1 : w->manner == 1 ? -1 : k >> 63 ? 1 : -1);
}

static void shake_numbers(rate_run *run, double *v, size_t n, size_t stride)
{
	walker *w = run->host; /* its session comes first */

	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < n; j++)
			v[r * stride + j] *= 1 + shake(w);
}

static int shaken_value(rate_run *run, const double *x, double *f)
{
	int rc = rate_session_services.value(run, x, f);

	shake_numbers(run, f, 1, 1);
	return rc;
}

static int shaken_gap(rate_run *run, const double *x, double *q, double *s)
{
	int rc = rate_session_services.gap(run, x, q, s);

	shake_numbers(run, q, 1, 1);
	return rc;
}

static int shaken_quantity(rate_run *run, const char *name, const double *x, double *q, double *s)
{
	int rc = rate_session_services.quantity(run, name, x, q, s);

	shake_numbers(run, q, 1, 1);
	return rc;
}

static int shaken_gradient(rate_run *run, const double *x, double *g)
{
	int rc = rate_session_services.gradient(run, x, g);

	shake_numbers(run, g, run->d, run->ld);
	return rc;
}

static int shaken_sample_value(rate_run *run, const rate_sample *sample, const double *x, double *f)
{
	int rc = rate_session_services.sample_value(run, sample, x, f);

	shake_numbers(run, f, 1, 1);
	return rc;
}

static int shaken_sample_gradient(rate_run *run, const rate_sample *sample, const double *x, double *g)
{
	int rc = rate_session_services.sample_gradient(run, sample, x, g);

	shake_numbers(run, g, run->d, run->ld);
	return rc;
}

/* A new number is rounded in the size of what it was made of. */
static void shake_blocks(walker *w)
{
	size_t n = w->s.run.nrep * w->s.run.ld;

	for (size_t k = 0; k < w->s.blocks.states; k++)
		for (size_t i = 0; i < n; i++)
			w->s.blocks.state[k][i] += shake(w) *
			    (fabs(w->s.blocks.state[k][i]) + fabs(w->before[k * n + i]));
}

/* ---- The walkers ---- */

static int open_walker(pair *p, int k, const rate_bound_spec *method, size_t rows)
{
	walker *w = &p->w[k];

	if (rate_session_twin(p->s, &w->s, method) || rate_session_blocks(&w->s, rows))
		return RATE_FAIL;
	if (k >= COPIES) {
		w->manner = k - COPIES;
		w->services = rate_session_services;
		w->services.value = shaken_value;
		w->services.gap = shaken_gap;
		w->services.quantity = shaken_quantity;
		w->services.gradient = shaken_gradient;
		w->services.sample_value = shaken_sample_value;
		w->services.sample_gradient = shaken_sample_gradient;
		w->services.sample_step = NULL; /* made of the two above */
		w->s.run.call = &w->services;
	}
	if (!(w->before = calloc(w->s.blocks.states * rows * w->s.run.ld, sizeof *w->before)))
		return RATE_FAIL;
	return rate_session_begin(&w->s, rows, 0);
}

static void close_walker(walker *w)
{
	if (!w->s.run.host)
		return;
	free(w->before);
	rate_twin_close(&w->s);
}

static int step(pair *p, uint64_t t)
{
	for (int k = 0; k < WALKERS; k++) {
		walker *w = &p->w[k];
		size_t n = w->s.run.nrep * w->s.run.ld;
		for (size_t b = 0; b < w->s.blocks.states; b++)
			memcpy(w->before + b * n, w->s.blocks.state[b], n * sizeof *w->before);
		if (rate_session_step(&w->s, t))
			return RATE_FAIL;
		if (k >= COPIES)
			shake_blocks(w);
	}
	return RATE_OK;
}

/* ---- What is found ---- */

__attribute__((format(printf, 2, 3))) static void say(rate_beside *out, const char *format, ...)
{
	size_t n = strlen(out->detail);
	va_list ap;

	va_start(ap, format);
	n += (size_t)snprintf(out->detail + n, sizeof out->detail - n, "%s", n ? "; " : "");
	if (n < sizeof out->detail)
		vsnprintf(out->detail + n, sizeof out->detail - n, format, ap);
	va_end(ap);
}

static double distance(const pair *p, size_t row, const double *x, const double *y)
{
	double *diff = p->s->work;

	for (size_t j = 0; j < p->s->run.d; j++)
		diff[j] = x[row * p->s->run.ld + j] - y[row * p->s->run.ld + j];
	return rate_norm_n(diff, p->s->run.d);
}

/* The row in which the paths part at x_t; ROWS if there is none. */
static size_t parted_row(pair *p)
{
	const rate_session *r = &p->w[REFERENCE].s;
	const double *y = r->blocks.state[0], *x = p->w[MINE].s.blocks.state[0];

	for (size_t row = 0; row < r->run.nrep; row++) {
		for (int k = COPIES; k < WALKERS; k++)
			p->apart[row] = fmax(p->apart[row], distance(p, row, p->w[k].s.blocks.state[0], y));
		p->size[row] = fmax(p->size[row], rate_norm_n(y + row * r->run.ld, r->run.d));
		if (!(distance(p, row, x, y) <= MULTIPLE * p->apart[row] + FLOOR * EPS * p->size[row]))
			return row;
	}
	return ROWS;
}

static void part(pair *p, size_t row, uint64_t t)
{
	const rate_session *r = &p->w[REFERENCE].s;
	size_t at = row * r->run.ld, d = r->run.d, j = 0;
	const double *y = r->blocks.state[0], *x = p->w[MINE].s.blocks.state[0];
	double apart = distance(p, row, x, y), length = distance(p, row, y, p->w[REFERENCE].before);
	double tolerance = MULTIPLE * p->apart[row] + FLOOR * EPS * p->size[row];

	/* One of them has to be as far off as their share of the norm. */
	while (j + 1 < d && fabs(x[at + j] - y[at + j]) <= tolerance / sqrt((double)d))
		j++;
	p->out->step = t;
	p->out->replicate = row;
	p->out->coordinate = j;
	p->out->apart = length > 0 ? apart / length : apart;
	p->out->mine = x[at + j];
	p->out->reference = y[at + j];
	p->length = length;
}

static int same_bits(const walker *a, const walker *b)
{
	size_t bytes = a->s.run.nrep * a->s.run.ld * sizeof(double);

	for (size_t k = 0; k < a->s.blocks.states; k++)
		if (memcmp(a->s.blocks.state[k], b->s.blocks.state[k], bytes))
			return 0;
	return 1;
}

/* How the paths part, where samples are no reason. */
static void tell_where(pair *p)
{
	const rate_beside *b = p->out;

	if (b->step)
		say(p->out, "parts from %s at step %llu, by %.3g%s: coordinate %zu is %.9g, there %.9g",
		    p->w[REFERENCE].s.method->id, (unsigned long long)b->step, b->apart,
		    p->length > 0 ? " of the step" : "", b->coordinate, b->mine, b->reference);
}

static void draws_of(char *text, size_t size, uint64_t draws, uint32_t batch)
{
	if (!draws)
		snprintf(text, size, "nothing");
	else
		snprintf(text, size, "%llu sample%s of %u term%s", (unsigned long long)draws, draws > 1 ? "s" : "",
		         batch, batch > 1 ? "s" : "");
}

/* Samples that are drawn in another way are another law only if the points have another law. */
static void tell_law(pair *p)
{
	rate_beside *b = p->out;
	const char *name = p->w[REFERENCE].s.method->id;
	char mine[64], theirs[64], few[64] = "";

	if (b->law_terms)
		snprintf(few, sizeof few, " (with %llu of the terms)", (unsigned long long)b->law_terms);
	if (b->law == RATE_LAW_SAME) {
		b->step = 0;
		return;
	}
	if (b->law == RATE_LAW_ANOTHER && (b->draws != b->own_draws || b->batch != b->own_batch)) {
		draws_of(mine, sizeof mine, b->draws, b->batch);
		draws_of(theirs, sizeof theirs, b->own_draws, b->own_batch);
		say(b, "another law than %s from step %llu on%s: it draws %s a step, %s %s", name,
		    (unsigned long long)b->law_steps, few, mine, name, theirs);
		return;
	}
	/* Where laws part later than paths do, samples are the reason why these part. */
	if (b->law != RATE_LAW_ANOTHER || b->law_steps <= b->step)
		tell_where(p);
	if (b->law == RATE_LAW_ANOTHER)
		say(b, "another law than %s from step %llu on%s", name, (unsigned long long)b->law_steps, few);
	else if (b->law_steps)
		say(b, "no other law than %s to step %llu%s, more is not known", name, (unsigned long long)b->law_steps,
		    few);
	else
		say(b, "whether the law is another than that of %s is not known", name);
}

static int draws(const rate_session *s)
{
	for (int k = 0; k < 16; k++)
		if (s->draws.sample[k].size)
			return 1;
	return 0;
}

static void find_faults(pair *p, uint64_t steps)
{
	const rate_session *m = &p->w[MINE].s, *r = &p->w[REFERENCE].s;
	unsigned long long mine = m->watch.oracle_calls / m->run.nrep, theirs = r->watch.oracle_calls / r->run.nrep;
	const char *range;

	if (draws(m) && m->run.n != 1 && !(m->method->flags & RATE_STOCHASTIC)) {
		p->out->fault = 1;
		say(p->out, "draws samples, which it does not declare (RATE_STOCHASTIC)");
	}
	if (m->check->beyond && m->theorem->admissible && (range = m->theorem->admissible(&m->c))) {
		p->out->fault = 1;
		say(p->out, "parameters outside of the theorem's range: %s", range);
	}
	if (mine > theirs)
		say(p->out, "%llu oracle calls in %llu steps, %s makes %llu", mine, (unsigned long long)steps,
		    r->method->id, theirs);
}

/* What the method promises about spans is tested on its own, by every gradient that it has seen. */
static void test_span(pair *p, uint64_t t)
{
	rate_session *m = &p->w[MINE].s;
	rate_witness w = { 0 };

	rate_span_test(m, m->blocks.state[0], t, 0, &w);
	if (!w.found)
		return;
	p->out->fault = 1;
	rate_span_end(m);
	say(p->out, "leaves the span of its gradients at step %llu, which it promises (RATE_SPAN)",
	    (unsigned long long)t);
}

static void walk(pair *p)
{
	uint64_t t = 0;

	while (t < p->T && !p->out->step && !p->impure) {
		size_t row;
		if (step(p, t++))
			break;
		p->drawn |= draws(&p->w[MINE].s) || draws(&p->w[REFERENCE].s);
		if (!same_bits(&p->w[MINE], &p->w[AGAIN])) {
			p->out->fault = p->impure = 1;
			say(p->out, "two runs on the same samples differ at step %llu: it keeps something outside of "
			            "its blocks, or draws "
			            "on other chance", (unsigned long long)t);
			break;
		}
		test_span(p, t);
		if ((row = parted_row(p)) < ROWS)
			part(p, row, t);
		if (!(rate_norm_n(p->w[REFERENCE].s.blocks.state[0], p->s->run.d) <= 1e100))
			break;
	}
	p->out->compared = t;
}

/* Once more, with samples that are told apart by their order in the step alone, whatever their purposes. */
static int parts_by_order(pair *p)
{
	for (int k = 0; k < WALKERS; k++) {
		p->w[k].s.draws.ordered = 1;
		if (rate_session_begin(&p->w[k].s, p->w[k].s.run.nrep, 0))
			return 1;
	}
	memset(p->size, 0, sizeof p->size);
	memset(p->apart, 0, sizeof p->apart);
	p->out->step = 0;
	walk(p);
	return p->out->step != 0;
}

static void settle(pair *p)
{
	rate_beside first;
	int own = (p->w[MINE].s.method->flags & RATE_OWN_STATE) != 0;
	/* The one term of a function that is no sum is no chance. */
	int drawn = p->drawn && !(own && p->s->run.n == 1);

	if (!p->out->step || !drawn) {
		p->out->law = drawn && !p->impure ? RATE_LAW_SAME : RATE_LAW_NONE;
		tell_where(p);
		return;
	}
	first = *p->out;
	if (!parts_by_order(p)) {
		p->out->law = p->impure ? RATE_LAW_UNKNOWN : RATE_LAW_SAME;
		return;
	}
	*p->out = first;
	/* A law is read off the blocks, which have to be all that there is. */
	if (own)
		p->out->law = RATE_LAW_UNKNOWN;
	else
		rate_compare_laws(p->s, p->out);
	tell_law(p);
}

void rate_run_beside(rate_session *s, rate_beside *out)
{
	const rate_check *c = s->check;
	pair *p = calloc(1, sizeof *p);
	int rc = p ? RATE_OK : RATE_FAIL;

	memset(out, 0, sizeof *out);
	/* What is made on demand is made before it is shared. */
	if (s->gap && s->has_model)
		rate_model_gaps(s);
	if (p)
		*p = (pair){ .out = out, .s = s, .T = c->T };
	for (int k = 0; k < WALKERS && rc == RATE_OK; k++)
		rc = open_walker(p, k, k < REFERENCE ? c->method : c->reference, s->run.n != 1 ? ROWS : 1);
	if (rc == RATE_OK) {
		rate_session *m = &p->w[MINE].s;
		if ((m->method->flags & RATE_SPAN) && s->run.n == 1 && !s->composite && !s->projection)
			rate_span_open(m);
		walk(p);
		find_faults(p, out->compared);
		settle(p);
	}
	for (int k = 0; p && k < WALKERS; k++)
		close_walker(&p->w[k]);
	free(p);
}
