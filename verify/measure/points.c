/* Point theorems: the two sides of a claim at the corners of its parameters, at random points, and at points near the
 * worst so far.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/measure.h"
#include "verify/session/guard.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"
#include "plugins/load.h"

#define EPS 0x1p-52

typedef struct search {
	rate_session *s;
	rate_check *check;
	rate_measured *m;
	size_t vectors, length; /* length = vectors * ld */
	const double **at;
	double *x, *best, *best_param, *own;
	double record, width;   /* the largest tightness so far; how far the next point may lie from that one */
} search;

/* The corners of the parameter box first, then random points: logarithmic where the range spans decades. */
static double drawn(const rate_param_info *p, size_t k, size_t params, uint64_t number, uint64_t key)
{
	double u, value;
	uint64_t word[2];

	if (!(p->low < p->high))
		return NAN;
	if (number < (uint64_t)1 << (params < 10 ? params : 10))
		return number >> k & 1 ? p->high : p->low;
	rate_philox(key, (uint32_t)k, 15, 0, number, word);
	u = rate_uniform(word[0]);
	value = p->low > 0 && p->high / p->low > 100 ? p->low * pow(p->high / p->low, u) : p->low +
	    u * (p->high - p->low);
	return p->type == RATE_INTEGER || p->type == RATE_CHOICE ? floor(value + 0.5) : value;
}

static void draw_parameters(search *w, uint64_t number)
{
	rate_check *c = w->check;

	for (size_t i = 0; i < c->params; i++) {
		double v = drawn(&c->theorem->param[i], i, c->params, number, w->s->draws.key);
		if (v == v && !c->given->word[0].given[i])
			w->s->param[i] = v;
	}
}

static void normals(search *w, uint64_t number)
{
	const rate_host *host = rate_host_services();
	size_t d = w->s->run.d, ld = w->s->run.ld;

	host->normals(host, w->s->draws.key, number, w->vectors * d, w->x);
	/* From rows of d to rows of ld, the last first. */
	for (size_t i = w->vectors; i-- > 0;)
		memmove(w->x + i * ld, w->x + i * d, d * sizeof *w->x);
	for (size_t i = 0; i < w->vectors; i++)
		memset(w->x + i * ld + d, 0, (ld - d) * sizeof *w->x);
}

/* Vectors about the minimiser (or the start), each point of the claim at a scale of its own. */
static void draw_vectors(search *w, uint64_t number)
{
	rate_session *s = w->s;
	size_t d = s->run.d, ld = s->run.ld;
	const double *centre = s->x_star ? s->x_star : s->x0;
	double spread = s->x0 && s->x_star && s->c.D2 > 0 ? sqrt(s->c.D2) : 1, radius;
	uint64_t word[2];

	rate_philox(s->draws.key, 0, 14, 0, number, word);
	radius = spread * exp2(6 * rate_uniform(word[0]) - 4) / sqrt((double)d);
	normals(w, number);
	for (size_t i = 0; i < w->vectors; i++)
		for (size_t j = 0; j < d; j++)
			w->x[i * ld + j] = radius * w->x[i * ld + j] + (centre ? centre[j] : 0);
}

/* A step away from the worst point, each vector by its own share of `width`. */
static void step_away(search *w, uint64_t number)
{
	rate_session *s = w->s;
	size_t d = s->run.d, ld = s->run.ld;
	double scale = 0;

	for (size_t i = 0; i < w->vectors; i++)
		for (size_t j = 0; j < d; j++)
			scale = fmax(scale, fabs(w->best[i * ld + j] - (s->x_star ? s->x_star[j] : 0)));
	normals(w, number);
	for (size_t i = 0; i < w->length; i++)
		w->x[i] = w->best[i] + w->width * scale * w->x[i];
	memcpy(s->param, w->best_param, w->check->params * sizeof *s->param);
}

/* How close a point comes to refuting the claim: at least 1 where it does. */
static double tightness(const search *w, uint64_t k)
{
	double q = w->m->q[k], b = w->m->b[k], floor = 64 * EPS * w->m->s[k];

	switch (rate_kind_of(w->check->theorem->claim)->side) {
	case RATE_EQUAL:
		return fabs(q - b) / (1e-300 + fmax(fmax(fabs(q), fabs(b)), w->m->s[k]));
	case RATE_AT_LEAST:
		return q > floor ? b / q : 0;
	default:
		if (!(b > floor))
			return q > b + floor ? INFINITY : 0;
		return (q - floor) / b;
	}
}

static void keep(search *w, uint64_t k)
{
	double now = tightness(w, k);

	if (k && !(now > w->record)) {
		w->width *= 0.85;
		return;
	}
	w->record = now;
	w->width = fmin(2 * w->width, 0.5);
	w->s->worst_number = k;
	memcpy(w->best, w->x, w->length * sizeof *w->x);
	memcpy(w->best_param, w->s->param, w->check->params * sizeof *w->best_param);
}

/* Are the constants true at these points? Each beside the one before, and beside the minimiser. Where there is a
 * feasible set they speak of its points only. */
static void blame(search *w, double *at, uint64_t k)
{
	rate_session *s = w->s;
	size_t d = s->run.d, ld = s->run.ld;
	int components = s->watch.thorough || (double)d * (double)s->run.n <= 4096;
	double *x = w->own, *y = w->own + ld;

	if (!s->f.cls || !s->x0)
		return;
	memcpy(x, s->x_star ? s->x_star : s->x0, d * sizeof *x);
	/* A theorem that takes no points has those at hand. */
	for (size_t i = 0; i < (w->vectors ? w->vectors : 1) && !w->m->witness.found; i++) {
		memcpy(y, w->vectors ? at + i * ld : s->x0, d * sizeof *y);
		if (rate_project_at(s, x) || rate_project_at(s, y))
			break;
		rate_blame(s, x, y, components, k + 1, &w->m->witness);
		memcpy(x, y, d * sizeof *x);
	}
}

/* The two sides of the claim at w->at, and the scale of their rounding error. */
static int ask(search *w, uint64_t k, double *const out[3])
{
	rate_session *s = w->s;
	rate_point p = { .size = sizeof p, .c = &s->c, .host = rate_host_services(), .number = k, .x = w->at,
		             .run = s->f.cls ? &s->run : NULL };
	static const char *const name[] = { "left", "right", "scale of the rounding error" };
	int rc;

	s->mark->step = k + 1;
	for (int i = 0; i < 3; i++)
		rate_unwritten(out[i], 1);
	rate_call(s, RATE_BY_THEOREM, "evaluate");
	s->draws.components = 0;
	rc = s->theorem->evaluate(&p, out[0], out[1], out[2]);
	rate_back(s);
	if (rc != RATE_OK && !*s->error.text)
		rate_fail(&s->error, "%s: evaluate at point %llu failed", s->theorem->id, (unsigned long long)k);
	for (int i = 0; i < 3 && rc == RATE_OK; i++)
		if (rate_is_unwritten(*out[i])) {
			rate_fail(&s->error, "%s: evaluate at point %llu does not write the %s", s->theorem->id,
			          (unsigned long long)k, name[i]);
			rc = RATE_FAIL;
		}
	return rc == RATE_OK ? RATE_OK : RATE_FAIL;
}

/* At the first points, at the worst one, and at all of them if the claim is refuted. */
enum { LOOKED_AT = 8 };

static int evaluate(search *w, uint64_t k)
{
	rate_session *s = w->s;

	w->check->at[k] = k + 1;
	if (ask(w, k, (double *const[]){ w->m->q + k, w->m->b + k, w->m->s + k })) {
		const rate_error said = s->error;
		blame(w, w->x, k);
		s->error = said;
		return RATE_FAIL;
	}
	if (s->f.cls && w->vectors && (k == 0 || k + 1 == w->check->checkpoints))
		rate_test_conduct(s, w->x);
	w->m->b[k] *= w->check->factor;
	keep(w, k);
	if (k < LOOKED_AT || s->watch.thorough)
		blame(w, w->x, k);
	return RATE_OK;
}

static double *rows(size_t length)
{
	double *p = aligned_alloc(64, (length + 8) / 8 * 64);

	if (p)
		memset(p, 0, (length + 8) / 8 * 64);
	return p;
}

static void end(search *w)
{
	free(w->at);
	free(w->x);
	free(w->best);
	free(w->best_param);
	free(w->own);
}

static int begin(search *w, rate_session *s, rate_check *check, rate_measured *m)
{
	*w = (search){ .s = s, .check = check, .m = m, .vectors = s->theorem->points };
	w->length = w->vectors * s->run.ld;
	w->at = calloc(w->vectors + 1, sizeof *w->at);
	w->x = rows(w->length);
	w->best = rows(w->length);
	w->own = rows(2 * s->run.ld);
	w->best_param = calloc(check->params + 1, sizeof *w->best_param);
	if (!w->at || !w->x || !w->best || !w->own || !w->best_param) {
		end(w);
		return RATE_FAIL;
	}
	for (size_t i = 0; i < w->vectors; i++)
		w->at[i] = w->x + i * s->run.ld;
	return RATE_OK;
}

static void draw(search *w, uint64_t k)
{
	draw_parameters(w, k);
	draw_vectors(w, k);
	w->width = 0.5;
}

/* Each point costs f and its gradient at each of its vectors, and what the claim takes of the terms: it is asked once
 * to see how many. One that wants more of them than the cap allows at a single point is declined by the service. */
size_t rate_points_within(rate_session *s, rate_check *check, size_t most)
{
	double d = (double)s->run.d, sum = d * fmax(1, (double)s->run.n), cap = check->work, one, q[3];
	size_t count = most;
	search w;

	one = rate_model_is_sparse(s) ? rate_design_numbers(&s->model) : sum;
	one *= 2 * fmax(1, s->theorem->points);
	if (!s->f.cls || cap <= 0 || (one + sum) * (double)most <= cap || begin(&w, s, check, NULL))
		return most;
	draw(&w, 0);
	if (ask(&w, 0, (double *const[]){ q, q + 1, q + 2 }) == RATE_OK) {
		one += (double)s->draws.components * d;
		count = (size_t)fmin((double)most, fmax(LOOKED_AT, floor(cap / one)));
	}
	rate_no_error(&s->error); /* what is wrong with the claim is said when it is measured */
	if (count < most)
		snprintf(s->note, sizeof s->note, "%zu points instead of %zu (work cap)", count, most);
	end(&w);
	return count;
}

int rate_run_points(rate_session *s, rate_check *check, rate_measured *m)
{
	size_t drawn_points = check->checkpoints - check->checkpoints / 4;
	search w;
	int rc = RATE_FAIL;

	if (*s->declined || begin(&w, s, check, m))
		return RATE_FAIL;
	for (uint64_t k = 0; k < check->checkpoints; k++) {
		if (k < drawn_points || !w.vectors)
			draw(&w, k);
		else
			step_away(&w, k);
		if (evaluate(&w, k))
			goto out;
	}
	if (check->checkpoints)
		blame(&w, w.best, s->worst_number);
	free(s->worst);
	s->worst = w.best;
	w.best = NULL;
	rc = RATE_OK;
out:
	end(&w);
	return rc;
}
