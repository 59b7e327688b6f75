/* What a theorem measures and what its bound depends on, found by asking: the numbers that the services gave are
 * changed one by one, and so are the constants of the start that the bound reads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/trace.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { D2, D0, G02, SIGMA2, STARTS };
static const char *const start_names[STARTS] = { "|x0 - x*|^2", "f(x0) - f*", "|grad f(x0)|^2", "sigma*^2" };

static int near(double a, double b, double size)
{
	return fabs(a - b) <= 1e-8 * size + 1e-300;
}

static int no(rate_trace_state *t, const char *why)
{
	if (!*t->refusal.text)
		rate_fail(&t->refusal, "%s", why);
	return RATE_FAIL;
}

/* ---- Scalars added up ---- */

static rate_scalar *new_scalars(rate_trace_state *t, size_t count)
{
	rate_scalar *s = rate_trace_take(t, (count + 1) * sizeof *s);

	for (size_t i = 0; s && i < count; i++)
		s[i] = (rate_scalar){ .constant = 0 };
	return s;
}

/* out <- sum w_j s_j + constant */
static int combine(rate_trace_state *t, const rate_scalar *const *s, const double *w, size_t count, double constant,
                   rate_scalar *out)
{
	size_t products = 0, weights = 0;

	for (size_t j = 0; j < count; j++) {
		products += w[j] != 0 ? s[j]->products : 0;
		weights += w[j] != 0 ? s[j]->weights : 0;
	}
	*out = (rate_scalar){ .product = rate_trace_take(t, (products + 1) * sizeof *out->product),
		.weight = rate_trace_take(t, (weights + 1) * sizeof *out->weight), .constant = constant };
	if (t->grow)
		return RATE_FAIL;
	for (size_t j = 0; j < count; j++) {
		for (size_t k = 0; w[j] != 0 && k < s[j]->products; k++) {
			out->product[out->products] = s[j]->product[k];
			out->product[out->products++].w *= w[j];
		}
		for (size_t k = 0; w[j] != 0 && k < s[j]->weights; k++) {
			out->weight[out->weights] = s[j]->weight[k];
			out->weight[out->weights++].w *= w[j];
		}
		if (w[j] != 0)
			out->constant += w[j] * s[j]->constant;
	}
	return RATE_OK;
}

/* ---- The start ---- */

/* D2, d0, g02, sigma*^2 as scalars; entries that make no sense for the class are left out (NULL). */
static int start_scalars(rate_trace_state *t, rate_scalar *s, const int *has)
{
	rate_worst *w = t->out;
	size_t terms = t->s.run.n, n = t->s.run.d;
	double *x0 = rate_trace_take(t, t->stride * sizeof *x0), *g0 = rate_trace_take(t, t->stride * sizeof *g0);
	rate_scalar *d0 = &s[D0];

	if (!x0 || !g0)
		return RATE_FAIL;
	memset(x0, 0, t->stride * sizeof *x0);
	memset(g0, 0, t->stride * sizeof *g0);
	x0[0] = 1;
	for (int k = 0; k < STARTS; k++) {
		s[k].product = rate_trace_take(t, (w->groups + 1) * sizeof *s->product);
		s[k].weight = rate_trace_take(t, (w->groups + 1) * sizeof *s->weight);
		if (t->grow)
			return RATE_FAIL;
	}
	if (has[D2])
		s[D2].product[s[D2].products++] = (rate_product){ 1, x0, x0 };
	for (size_t k = 0; (has[D0] || has[G02]) && k < w->groups; k++) {
		double share = k < terms ? 1 / (double)terms : 1;
		const rate_group *g = &w->group[k];
		const rate_node *node;
		if (k >= terms && !has[D0])
			continue;
		if (!(node = rate_trace_node(t, (int)k, x0)))
			return RATE_FAIL;
		if (has[D0])
			d0->weight[d0->weights++] = (rate_weight){ share, node->value };
		if (g->shift != 0)
			d0->product[d0->products++] = (rate_product){ share * g->shift / 2, node->x, node->x };
		for (size_t l = 0; k < terms && l < n; l++)
			g0[l] += share * (node->g[l] + g->shift * node->x[l]);
	}
	if (w->tilted)
		g0[1] += 1;
	s[G02].product[s[G02].products++] = (rate_product){ 1, g0, g0 };
	for (size_t k = 0; has[SIGMA2] && k < terms; k++) {
		const double *g = w->group[k].node[w->group[k].star].g;
		s[SIGMA2].product[s[SIGMA2].products++] = (rate_product){ 1 / (double)terms, g, g };
	}
	return RATE_OK;
}

/* In the metric of the identity |x0 - x*|^2 is also the constant D2_metric. */
static void set_start(rate_session *s, int k, double value)
{
	rate_case *c = &s->c;

	*(k == D2 ? &c->D2 : k == D0 ? &c->d0 : k == G02 ? &c->g02 : &c->sigma_star2) = value;
	for (uint32_t i = 0; k == D2 && i < s->theorem->needs.count; i++)
		if (!strcmp(((const char *const *)s->theorem->needs.item)[i], "D2_metric"))
			s->need[i] = value;
}

/* ---- Walks with other numbers ---- */

typedef struct probe {
	rate_trace_state *t;
	size_t count;        /* checkpoints */
	double *number, *q, *b;
} probe;

/* q and b with number j moved by `by`, or all of them on a second set. */
static int ask(probe *p, size_t j, double by, int second)
{
	rate_trace_state *t = p->t;
	int rc;

	memcpy(p->number, t->number, t->scalars * sizeof *p->number);
	for (size_t k = 0; second && k < t->scalars; k++)
		t->number[k] = 0.7 + 0.6 * fabs(cos(2 + 2.3 * (double)k));
	if (j < t->scalars)
		t->number[j] += by;
	rc = rate_trace_walk(t, p->q, p->b);
	memcpy(t->number, p->number, t->scalars * sizeof *p->number);
	return rc;
}

/* slope[k * K + j] of q (or b) in number j; RATE_FAIL: no linear function without a constant (b may have one). */
typedef struct slopes {
	double *q, *b, *b0;
	int linear, root;
} slopes;

static double power_of(double q, int root)
{
	return root ? q * q : q;
}

static int find_slopes(probe *p, slopes *s, int root)
{
	size_t K = p->t->scalars, count = p->count;
	double *q0 = calloc(4 * count + 1, sizeof *q0), *b0 = q0 + count, *q1 = q0 + 2 * count, *b1 = q0 + 3 * count;
	int rc = RATE_FAIL;

	s->linear = 1;
	s->root = root;
	if (!q0 || ask(p, SIZE_MAX, 0, 1))
		goto out;
	for (size_t k = 0; k < count; k++) {
		q1[k] = power_of(p->q[k], root);
		b1[k] = p->b[k];
	}
	if (ask(p, SIZE_MAX, 0, 0))
		goto out;
	for (size_t k = 0; k < count; k++) {
		q0[k] = power_of(p->q[k], root);
		b0[k] = p->b[k];
	}
	for (size_t j = 0; j < K; j++) {
		if (ask(p, j, 1, 0))
			goto out;
		for (size_t k = 0; k < count; k++) {
			s->q[k * K + j] = power_of(p->q[k], root) - q0[k];
			s->b[k * K + j] = p->b[k] - b0[k];
		}
	}
	for (size_t k = 0; k < count; k++) {
		double at0 = 0, at1 = 0, size = 0, b_at0 = 0, b_at1 = 0;
		for (size_t j = 0; j < K; j++) {
			double first = p->t->number[j], second = 0.7 + 0.6 * fabs(cos(2 + 2.3 * (double)j));
			/* differences carry the rounding of q */
			if (fabs(s->q[k * K + j]) < 1e-13 * fabs(q0[k]))
				s->q[k * K + j] = 0;
			if (fabs(s->b[k * K + j]) < 1e-13 * fabs(b0[k]))
				s->b[k * K + j] = 0;
			at0 += first * s->q[k * K + j];
			at1 += second * s->q[k * K + j];
			size += fabs(s->q[k * K + j]);
			b_at0 += first * s->b[k * K + j];
			b_at1 += second * s->b[k * K + j];
		}
		s->linear &= near(at0, q0[k], size) && near(at1, q1[k], size);
		s->b0[k] = b0[k] - b_at0;
		s->linear &= near(s->b0[k] + b_at1, b1[k], fabs(b0[k]) + fabs(b1[k]));
	}
	rc = RATE_OK;
out:
	free(q0);
	return rc;
}

/* Is q the least of c_j number_j? */
static int find_least(probe *p, double *c, int *found)
{
	rate_trace_state *t = p->t;
	size_t K = t->scalars;
	double least = INFINITY, q[2];

	*found = 0;
	for (size_t j = 0; j < K; j++) {
		double kept = t->number[j];
		int rc = ask(p, j, 1e-3 - kept, 0);
		if (rc)
			return rc;
		c[j] = p->q[0] / 1e-3;
		least = fmin(least, c[j]);
	}
	for (int second = 0; second < 2; second++) {
		double expected = INFINITY;
		if (ask(p, SIZE_MAX, 0, second))
			return RATE_FAIL;
		q[second] = p->q[0];
		for (size_t j = 0; j < K; j++) {
			double r = second ? 0.7 + 0.6 * fabs(cos(2 + 2.3 * (double)j)) : t->number[j];
			if (c[j] < 100 * least)
				expected = fmin(expected, c[j] * r);
		}
		if (!(least > 0) || !near(q[second], expected, expected))
			return RATE_OK;
	}
	for (size_t j = 0; j < K; j++)
		if (!(c[j] < 100 * least))
			c[j] = 0;
	*found = 1;
	return RATE_OK;
}

/* Slopes of exact halves and thirds come out with the rounding of a difference: nothing depends on the last bits, but
 * the certificate is prettier with numbers that are meant. */
static double tidy(double v)
{
	for (int k = 1; k <= 4096; k *= 2)
		if (v != 0 && fabs(v * k - nearbyint(v * k)) <= 1e-12 * fabs(v * k) && fabs(nearbyint(v * k)) <= 4096)
			return nearbyint(v * k) / k;
	return v;
}

static int make_pieces(rate_trace_state *t, const slopes *s, const double *least)
{
	rate_worst *w = t->out;
	size_t K = t->scalars, count = t->s.check->checkpoints;
	const rate_scalar **all = malloc((K + 1) * sizeof *all);
	double *row = calloc(K + 1, sizeof *row);
	int rc = RATE_FAIL;

	if (!all || !row || !(w->piece = new_scalars(t, least ? K : count)))
		goto out;
	for (size_t j = 0; j < K; j++)
		all[j] = &t->scalar[j];
	for (size_t k = 0; k < (least ? K : count); k++) {
		if (least && least[k] == 0)
			continue;
		memset(row, 0, K * sizeof *row);
		for (size_t j = 0; j < K; j++)
			row[j] = least ? (j == k ? tidy(least[k]) : 0) : tidy(s->q[k * K + j]);
		if (combine(t, all, row, K, 0, &w->piece[w->pieces++]))
			goto out;
	}
	w->root = s && s->root;
	rc = RATE_OK;
out:
	free(all);
	free(row);
	return rc;
}

/* ---- The bound ---- */

static double bound_at(rate_trace_state *t, const void *user)
{
	const rate_check *check = t->s.check;
	double T = (double)check->T;

	(void)user;
	return t->s.theorem->bound ? t->s.theorem->bound(&t->s.c, T) * check->factor * pow(T, -check->power) : NAN;
}

/* Slope of the bound in each number of the start; *linear: and it is linear in them. */
static void start_slopes(rate_trace_state *t, double (*value)(rate_trace_state *, const void *), const void *user,
                         const int *has, double *slope, double *constant, int *linear)
{
	double base = value(t, user), rest = base, far;

	for (int k = 0; k < STARTS; k++) {
		slope[k] = 0;
		if (!has[k])
			continue;
		set_start(&t->s, k, 2);
		slope[k] = value(t, user) - base;
		set_start(&t->s, k, 1);
		if (fabs(slope[k]) <= 1e-13 * fabs(base))
			slope[k] = 0;
		rest -= slope[k];
	}
	*constant = fabs(rest) <= 1e-12 * fabs(base) ? 0 : rest;
	for (int k = 0; k < STARTS; k++)
		if (has[k])
			set_start(&t->s, k, 3 + 0.3 * k);
	far = *constant;
	for (int k = 0; k < STARTS; k++)
		far += has[k] ? slope[k] * (3 + 0.3 * k) : 0;
	*linear = near(value(t, user), far, fabs(base) + fabs(far));
	for (int k = 0; k < STARTS; k++)
		if (has[k])
			set_start(&t->s, k, 1);
}

static void say_start(rate_worst *w, const double *slope, int together, double level)
{
	size_t used = 0;

	for (int k = 0; k < STARTS; k++) {
		char factor[32] = "";
		if (slope[k] == 0)
			continue;
		if (together && slope[k] != 1)
			snprintf(factor, sizeof factor, "%.6g ", slope[k]);
		used += (size_t)snprintf(w->start + used, sizeof w->start - used, "%s%s%s%s",
		                         used ? together ? " + " : ", " : "", factor, start_names[k],
		                         together ? "" : " <= 1");
		if (used >= sizeof w->start)
			return;
	}
	if (together)
		snprintf(w->start + used, sizeof w->start - used, " <= %.6g", level);
}

/* What a bound that reads the path has beside the numbers of the path, for the start that the case now has. */
static double path_bound_at(rate_trace_state *t, const void *user)
{
	const slopes *s = user;
	double q[1], b[1];

	if (rate_trace_walk(t, q, b))
		return NAN;
	for (size_t j = 0; j < t->scalars; j++)
		b[0] -= s->b[j] * t->number[j];
	return b[0];
}

/* The bound is at most 1: numbers of the path and of the start. */
static int size_by_path(rate_trace_state *t, const slopes *s, const int *has, rate_scalar *start)
{
	rate_worst *w = t->out;
	size_t K = t->scalars;
	const rate_scalar **all = malloc((K + STARTS) * sizeof *all);
	double *weight = malloc((K + STARTS) * sizeof *weight), slope[STARTS], constant;
	int linear, needed[STARTS], rc = RATE_FAIL;

	if (!all || !weight)
		goto out;
	start_slopes(t, path_bound_at, s, has, slope, &constant, &linear);
	if (!linear || t->s.check->checkpoints != 1) {
		no(t, "its bound reads the path, and is no fixed combination of what it reads");
		goto out;
	}
	for (int k = 0; k < STARTS; k++) {
		all[K + (size_t)k] = &start[k];
		weight[K + (size_t)k] = slope[k];
		needed[k] = has[k] && slope[k] != 0;
	}
	for (size_t j = 0; j < K; j++) {
		all[j] = &t->scalar[j];
		weight[j] = tidy(s->b[j]);
	}
	w->sizes = 1;
	w->proven = 1;
	snprintf(w->start, sizeof w->start, "the bound, which reads the path, is at most 1");
	rc = start_scalars(t, start, needed) || combine(t, all, weight, K + STARTS, constant - 1, &w->size[0])
	    ? RATE_FAIL : RATE_OK;
out:
	free(all);
	free(weight);
	return rc;
}

static int make_size(rate_trace_state *t, const slopes *s)
{
	rate_worst *w = t->out;
	rate_scalar start[STARTS] = { { 0 } };
	const rate_scalar *each[STARTS] = { &start[0], &start[1], &start[2], &start[3] };
	int has[STARTS] = { t->family.convex || t->family.minimiser, !t->family.kind, 1, w->ask.terms > 1 &&
	                    !t->family.interpolation }, linear;
	double slope[STARTS], constant, level = 0;
	int matter = 0, needed[STARTS];

	if (t->s.theorem->flags & RATE_PATH_BOUND)
		return size_by_path(t, s, has, start);
	start_slopes(t, bound_at, NULL, has, slope, &constant, &linear);
	for (int k = 0; k < STARTS; k++) {
		needed[k] = has[k] && slope[k] != 0;
		matter += needed[k];
		level += slope[k];
	}
	w->proven = bound_at(t, NULL);
	if (!matter && t->family.bounded) {
		snprintf(w->start, sizeof w->start, "x0 in the set");
		return RATE_OK;
	}
	if (!matter)
		return no(t, "its bound does not depend on how far off the run starts");
	if (start_scalars(t, start, needed))
		return RATE_FAIL;
	if (matter > 1 && linear) {
		w->sizes = 1;
		if (combine(t, each, slope, STARTS, -level, &w->size[0]))
			return RATE_FAIL;
		say_start(w, slope, 1, level);
		return RATE_OK;
	}
	/* One number, or a bound that grows with each of several in its own way: each is at most 1. */
	for (int k = 0; k < STARTS; k++) {
		double one[STARTS] = { 0 };
		if (!needed[k])
			continue;
		one[k] = 1;
		if (combine(t, each, one, STARTS, -1, &w->size[w->sizes++]))
			return RATE_FAIL;
	}
	say_start(w, slope, 0, 1);
	return RATE_OK;
}

int rate_trace_quantity(rate_trace_state *t)
{
	size_t K = t->scalars, count = t->s.check->checkpoints;
	probe p = { t, count, calloc(K + 1, sizeof(double)), calloc(count + 1, sizeof(double)),
	            calloc(count + 1, sizeof(double)) };
	slopes s = { calloc(count * K + 1, sizeof(double)), calloc(count * K + 1, sizeof(double)),
	             calloc(count + 1, sizeof(double)), 0, 0 };
	double *least = calloc(K + 1, sizeof *least);
	int rc = RATE_FAIL, found = 0;

	if (!p.number || !p.q || !p.b || !s.q || !s.b || !s.b0 || !least)
		goto out;
	if (!K) {
		no(t, "its measure asks the host for nothing that is known of the class");
		goto out;
	}
	if (find_slopes(&p, &s, 0))
		goto out;
	if (!s.linear && count == 1 && find_least(&p, least, &found))
		goto out;
	if (!s.linear && !found && count == 1 && find_slopes(&p, &s, 1))
		goto out;
	if (!s.linear && !found) {
		no(t, "what it measures is no fixed combination of gaps, squared distances and squared gradients, "
		      "and no least of them");
		goto out;
	}
	rc = make_pieces(t, &s, found ? least : NULL) || make_size(t, &s) ? RATE_FAIL : RATE_OK;
out:
	free(p.number);
	free(p.q);
	free(p.b);
	free(s.q);
	free(s.b);
	free(s.b0);
	free(least);
	return rc;
}
