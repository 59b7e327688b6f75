/* A check without an objective, traced: the class stands in for one, the walk is repeated on random vectors about
 * another minimiser, and the result goes from the child to the parent, which looks before it follows a pointer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/trace.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"

/* ---- Setting out ---- */

/* Functions are counted as terms of the sum, then h. The minimiser is at 0 with value 0. */
static int make_groups(rate_trace_state *t)
{
	rate_worst *w = t->out;
	const rate_worst_family *f = &t->family;
	size_t terms = t->s.run.n;

	w->groups = terms + (w->composite ? 1 : 0);
	for (size_t k = 0; k < w->groups; k++) {
		rate_group *g = &w->group[k];
		int h = w->composite && k == terms;
		double mu = h ? 0 : f->convex ? (f->mu > 0 ? f->mu : 0) : -f->L, L = h || !f->smooth ? INFINITY : f->L;
		*g = (rate_group){ .G = f->lipschitz && !h ? f->G : INFINITY, .star = -1 };
		g->kind = h && f->bounded ? RATE_SET : f->kind;
		g->shift = mu > 0 && !f->kind ? mu : 0;
		g->mu = mu - g->shift;
		g->L = g->kind == RATE_SET ? 1 : L - g->shift;
		g->pl = h || f->convex ? 0 : f->pl == f->pl ? f->pl : 0;
		if (!f->convex && !h && !f->below)
			g->floor = f->L;
		if (!(g->node = rate_trace_take(t, t->room * sizeof *g->node)))
			return RATE_FAIL;
		if (!f->convex && !f->minimiser)
			continue;
		g->node[0] = (rate_node){ rate_trace_vector(t), rate_trace_vector(t), -1, 0 };
		if (!g->node[0].x || !g->node[0].g)
			return RATE_FAIL;
		g->star = 0;
		g->count = 1;
		if (g->kind != RATE_SET)
			continue;
		/* Normals are written down as they are: minus the gradient at x_star there. x_0 lies in the set. */
		g->node[0].g[1] = -1;
		g->node[1] = (rate_node){ rate_trace_vector(t), rate_trace_vector(t), -1, t->print[0] };
		if (!g->node[1].x || !g->node[1].g)
			return RATE_FAIL;
		g->node[1].x[0] = 1;
		g->count = 2;
	}
	/* Gradients at x_star: those of a sum add up to 0; for one function and for f + h they are 0, or tilted
	 * away. */
	for (size_t k = 0; k + 1 < terms && !f->interpolation; k++) {
		int leaf = rate_trace_leaf(t);
		if (leaf < 0)
			return RATE_FAIL;
		w->group[k].node[0].g[leaf] = 1;
		w->group[terms - 1].node[0].g[leaf] = -1;
	}
	return RATE_OK;
}

/* The class stands in for an objective: constants, x_0 at distance 1, x_star at 0. */
static int make_case(rate_trace_state *t)
{
	rate_session *s = &t->s;
	const rate_worst_family *f = &t->family;
	const char *const *need = s->theorem->needs.item;
	rate_case *c = &s->c;

	*c = (rate_case){ .size = sizeof *c, .d = s->run.d, .n = s->run.n, .T = s->check->T, .L = f->L, .mu = f->mu,
		.pl = f->pl == f->pl ? f->pl : f->mu, .G = f->G, .rho_weak = f->convex ? 0 : f->L, .L_2 = NAN,
		.L_max = f->L, .mu_h = 0, .sigma_star2 = rate_family_need(f, "sigma_star2"), .Delta_star = 0,
		.noise2 = 0, .noise_max = 0, .strong_growth = 1,
		.diameter = f->bounded ? 1 : NAN, .L0 = f->L, .L1 = f->smooth ? 0 : NAN, .f_star = 0, .D2 = 1, .d0 = 1,
		.g02 = 1, .delta = NAN, .batch = 1 };
	s->x0 = calloc(s->run.ld, sizeof *s->x0);
	s->x_star = calloc(s->run.ld, sizeof *s->x_star);
	s->need = calloc(s->theorem->needs.count + 1, sizeof *s->need);
	if (!s->x0 || !s->x_star || !s->need)
		return RATE_FAIL;
	s->x0[0] = 1;
	c->x0 = s->x0;
	c->x_star = s->x_star;
	c->need = s->need;
	for (uint32_t i = 0; i < s->theorem->needs.count; i++)
		s->need[i] = rate_family_need(f, need[i]);
	return RATE_OK;
}

/* The product of two vectors one of which is a point: it depends on where x_star is. */
static int reads_point(const rate_trace_state *t, const rate_scalar *s)
{
	for (size_t k = 0; k < s->products; k++)
		for (size_t i = 0; i < t->calls; i++)
			if (t->call[i].point && !strncmp(t->call[i].service, "dot", 3) &&
			    (s->product[k].u == t->call[i].x || s->product[k].v == t->call[i].x))
				return 1;
	return 0;
}

static int measures_point(const rate_trace_state *t)
{
	for (size_t k = 0; k < t->out->pieces; k++)
		if (reads_point(t, &t->out->piece[k]))
			return 1;
	for (size_t k = 0; k < t->out->sizes; k++)
		if (reads_point(t, &t->out->size[k]))
			return 1;
	return 0;
}

/* The same walk on random vectors of eight entries, about a minimiser that is not 0. */
static int check_linear(rate_trace_state *t, const double *q, const double *b)
{
	rate_session *s = &t->s;
	size_t d = s->run.d, count = s->check->checkpoints;
	double *again = calloc(2 * count + 1, sizeof *again);
	int rc = RATE_FAIL;

	if (!again || !(t->leaf = calloc(t->out->n * RATE_TRACE_SHORT, sizeof *t->leaf)))
		goto out;
	rate_host_services()->normals(rate_host_services(), 1, 0x7472, t->out->n * RATE_TRACE_SHORT, t->leaf);
	rate_host_services()->normals(rate_host_services(), 1, 0x7473, RATE_TRACE_SHORT, t->star);
	t->mode = RATE_TRACE_VECTORS;
	s->run.d = s->run.ld = RATE_TRACE_SHORT;
	s->c.d = RATE_TRACE_SHORT;
	for (size_t k = 0; k < RATE_TRACE_SHORT; k++) {
		s->x0[k] = t->star[k] + t->leaf[k];
		s->x_star[k] = t->star[k];
	}
	if (rate_session_blocks(s, 1))
		goto out;
	rc = rate_trace_walk(t, again, again + count);
	for (size_t k = 0; k < count && !rc; k++)
		if (!(fabs(again[k] - q[k]) <= 1e-9 * fabs(q[k]) + 1e-12) ||
		    !(fabs(again[count + k] - b[k]) <= 1e-9 * fabs(b[k]) + 1e-12))
			rc = rate_trace_refuse(t, "%s measures something that it does not ask the host for",
			                       s->theorem->id);
	if (!rc && measures_point(t))
		rc = rate_trace_refuse(t, "%s measures a product of points, which depends on where x_star is",
		                       s->theorem->id);
out:
	s->run.d = d;
	free(again);
	free(t->leaf);
	t->leaf = NULL;
	return rc;
}

/* 0: v's share of leaf 1 is not `*factor` times that of leaf 0. */
static int keeps_factor(const double *v, double *factor)
{
	if (v[0] == 0)
		return v[1] == 0;
	if (!(*factor == *factor))
		*factor = v[1] / v[0];
	return fabs(v[1] - *factor * v[0]) <= 1e-12 * fabs(*factor * v[0]);
}

static int scalar_keeps_factor(const rate_scalar *s, double *factor)
{
	for (size_t k = 0; k < s->products; k++)
		if (s->product[k].w != 0 &&
		    !(keeps_factor(s->product[k].u, factor) && keeps_factor(s->product[k].v, factor)))
			return 0;
	return 1;
}

/* Coordinates are shared between scalars: a second time changes nothing. */
static void scalar_without_tilt(const rate_scalar *s)
{
	for (size_t k = 0; k < s->products; k++)
		((double *)(uintptr_t)s->product[k].u)[1] = ((double *)(uintptr_t)s->product[k].v)[1] = 0;
}

/* Leaf 1 of a composite problem is the gradient of f at x_star. A method that sees x_0 - x_star and this leaf in one
 * combination alone (splitting with two proxes) does not feel the tilt of f by <g_star, x> and of h by less: leaf 1
 * is 0. */
static void take_tilt_off(rate_worst *w)
{
	double factor = NAN;
	int same = w->tilted && w->n > 1;

	for (size_t k = 0; k < w->groups && same; k++)
		for (size_t i = 0; i < w->group[k].count && same; i++)
			same = keeps_factor(w->group[k].node[i].x, &factor) &&
			    keeps_factor(w->group[k].node[i].g, &factor);
	for (size_t k = 0; k < w->sizes && same; k++)
		same = scalar_keeps_factor(&w->size[k], &factor);
	for (size_t k = 0; k < w->pieces && same; k++)
		same = scalar_keeps_factor(&w->piece[k], &factor);
	if (!same)
		return;
	for (size_t k = 0; k < w->groups; k++)
		for (size_t i = 0; i < w->group[k].count; i++)
			w->group[k].node[i].x[1] = w->group[k].node[i].g[1] = 0;
	for (size_t k = 0; k < w->sizes; k++)
		scalar_without_tilt(&w->size[k]);
	for (size_t k = 0; k < w->pieces; k++)
		scalar_without_tilt(&w->piece[k]);
}

/* One attempt with room for `room` points of each function and `d` leaves. */
static int attempt(rate_trace_state *t, rate_check *check, const rate_ask *ask, size_t room)
{
	rate_session *s = &t->s;
	rate_worst *w = t->out = rate_trace_take(t, sizeof *w);
	double *q, *b;
	size_t d = room + 2 + RATE_WORST_TERMS;
	const rate_kind_row *kind = rate_kind_of(s->theorem->kind);

	if (!w)
		return RATE_FAIL;
	*w = (rate_worst){ .T = check->T, .ask = *ask, .paths = 1, .n = 1 };
	if (kind->side != RATE_AT_MOST || kind->about == RATE_ABOUT_TAIL)
		return rate_trace_refuse(t, "a claim of the kind \"%s\" bounds no quantity from above on all of a "
		                            "class", kind->name);
	if (rate_family_of(&t->family, s->theorem, ask, &t->refusal))
		return RATE_FAIL;
	s->run.n = ask->terms;
	w->composite = (s->method->flags & RATE_NEEDS_PROX) != 0;
	for (uint32_t i = 0; i < s->theorem->needs.count; i++)
		if (!strcmp(((const char *const *)s->theorem->needs.item)[i], "no composite"))
			w->composite = 0;
	w->composite |= t->family.bounded; /* h is the set */
	if (t->family.bounded && !(s->method->flags & (RATE_NEEDS_LMO | RATE_NEEDS_PROJECTION)))
		return rate_trace_refuse(t, "%s knows nothing of the set and may leave it", s->method->id);
	w->below = w->composite && t->family.below;
	t->family.below = w->below;
	w->tilted = w->composite && !w->below;
	w->pl_F = w->below ? t->family.pl_F : 0;
	if (w->composite && !t->family.convex && !w->below)
		return rate_trace_refuse(t, "h may be any function: of its prox no interpolation conditions are known "
		                            "here");
	if (w->composite && (ask->terms > 1 || (w->below && t->family.minimiser)))
		return rate_trace_refuse(t, "a composite problem is modelled for one function only");
	if (ask->terms > 1 && kind->about == RATE_ABOUT_PATHS && s->method->flags & RATE_STOCHASTIC)
		return rate_trace_refuse(t, "it holds on every path, and the mean over paths says less: --terms 1");
	if (ask->terms > 1 && t->family.kind)
		return rate_trace_refuse(t, "sums of operators are not modelled");
	if (ask->terms > 1 && !t->family.convex)
		return rate_trace_refuse(t, "sums are modelled for convex terms only");
	w->n += (size_t)w->tilted; /* leaf 1: the gradient of f at x_star */
	s->run.d = d * (s->run.n + 1);
	s->run.ld = (s->run.d + 7) / 8 * 8;
	t->stride = w->stride = s->run.ld;
	t->room = room;
	t->scalar_room = 4 * room;
	for (uint64_t k = 0; ask->terms > 1 && k < check->T && w->paths <= 4096; k++)
		w->paths *= ask->terms;
	if (w->paths > 4096)
		return rate_trace_refuse(t, "%llu steps on a sum of %llu terms are too many paths (at most 4096)",
		              (unsigned long long)check->T, (unsigned long long)ask->terms);
	t->call = rate_trace_take(t, (4 * room * w->paths + 1) * sizeof *t->call);
	t->scalar = rate_trace_take(t, t->scalar_room * sizeof *t->scalar);
	t->number = rate_trace_take(t, t->scalar_room * sizeof *t->number);
	t->print = rate_trace_take(t, t->stride * sizeof *t->print);
	/* What would run out of memory in the end does not begin: a step leaves a vector or more. Methods that rest
	 * for some steps leave fewer, and have a chance. */
	if ((double)check->T / 4 * (double)t->stride * sizeof(double) > (double)(t->end - t->next))
		t->grow = 2;
	if (t->grow)
		return RATE_FAIL;
	rate_host_services()->normals(rate_host_services(), 1, 0x7471, t->stride, t->print);
	for (size_t k = 0; k < t->scalar_room; k++)
		t->number[k] = 0.75 + 0.5 * fabs(sin(1 + 1.7 * (double)k));
	if (make_case(t) || make_groups(t) || rate_settle(s, check))
		return RATE_FAIL;
	if (!check->applicable) {
		t->inapplicable = 1;
		return rate_trace_refuse(t, "%s", check->reason);
	}
	/* Only the last t is asked for; a least of means is over all of them. */
	if (!(s->theorem->flags & RATE_MIN_OF_MEANS)) {
		check->at[0] = check->T;
		check->checkpoints = 1;
	}
	if (rate_session_blocks(s, 1))
		return RATE_FAIL;
	q = rate_trace_take(t, (check->checkpoints + 1) * sizeof *q);
	b = rate_trace_take(t, (check->checkpoints + 1) * sizeof *b);
	if (!q || !b || rate_trace_walk(t, q, b) || rate_trace_quantity(t) || rate_trace_walk(t, q, b))
		return RATE_FAIL;
	if (check_linear(t, q, b))
		return RATE_FAIL;
	snprintf(w->parameters, sizeof w->parameters, "%s", check->parameters ? check->parameters : "");
	snprintf(w->range, sizeof w->range, "%s", check->range);
	take_tilt_off(w);
	w->units = (rate_units){ t->family.L, t->family.mu, t->family.pl, t->family.G, 1 };
	rate_family_words(&t->family, w->functions, sizeof w->functions);
	if (w->composite && !t->family.bounded)
		strncat(w->functions, w->pl_F > 0 ? "; plus h convex, f + h bounded below, |v|^2 >= 2 mu (F - F*)" :
		        w->below ? "; plus h convex, f + h bounded below" : "; plus h convex",
		        sizeof w->functions - strlen(w->functions) - 1);
	/* Each condition on operators is sufficient alone; two of them together are only necessary. */
	w->upper = t->family.pl == t->family.pl || w->below || t->family.kind == RATE_LIPSCHITZ ||
	    (t->family.kind == RATE_COCOERCIVE && t->family.mu > 0);
	return RATE_OK;
}

static void close_attempt(rate_trace_state *t, rate_check *check)
{
	rate_session_close(&t->s);
	rate_check_clear(check);
}

typedef struct task {
	rate_check *check;
	const rate_ask *ask;
	rate_worst **out;
	char *arena;
	size_t bytes;
} task;

static int body(void *arg, rate_mark *mark)
{
	const task *k = arg;
	/* A call or two of an oracle in each step, and one where it is measured. */
	size_t room = 2 * (size_t)k->check->T + 8;
	rate_trace_state *t = calloc(1, sizeof *t);
	rate_worst *w = NULL;
	rate_ask ask = *k->ask;
	rate_error first = { "" };

	/* The first word of the arena says where the answer is. */
	*k->out = NULL;
	for (int again = 0; t && again < 8; again++, room *= 2) {
		memset(t, 0, sizeof *t);
		t->arena = k->arena;
		t->next = k->arena + 64;
		t->end = k->arena + k->bytes;
		t->width = RATE_TRACE_SHORT;
		if (rate_session_open(&t->s, k->check, mark)) {
			snprintf(mark->message, sizeof mark->message, "%s", rate_said(&t->s.error, ""));
			break;
		}
		t->s.run.call = rate_trace_services();
		int rc = attempt(t, k->check, &ask, room);
		w = t->out;
		/* Some theorems ask for strong convexity of f or h where they look at the constants. */
		if (rc && t->inapplicable && t->family.convex && !t->family.lipschitz && !ask.strong) {
			ask.strong = 1;
			room /= 2;
			first = t->refusal;
			close_attempt(t, k->check);
			continue;
		}
		if (rc && t->inapplicable && ask.strong && !k->ask->strong)
			t->refusal = first;
		if (w && *t->refusal.text)
			snprintf(w->reason, sizeof w->reason, "%s", rate_said(&t->refusal, ""));
		if (rc == RATE_OK || (w && *w->reason)) {
			*(rate_worst **)(void *)k->arena = w;
			*mark->message = '\0';
			close_attempt(t, k->check);
			free(t);
			return RATE_OK;
		}
		if (!t->grow)
			rate_fail(&first, "%s does not measure %s: a block of its state is missing",
			          k->check->theorem->id, k->check->method->word[0].info->id);
		snprintf(mark->message, sizeof mark->message, "%s",
		         rate_said(&t->s.error, t->grow ? "out of memory for the trace" : first.text));
		int grow = t->grow;
		close_attempt(t, k->check);
		if (grow != 1) {
			if (grow == 2)
				snprintf(mark->message, sizeof mark->message,
				         "T = %llu: too large for the memory of the trace; fewer --steps",
				         (unsigned long long)k->check->T);
			break;
		}
	}
	free(t);
	return RATE_FAIL;
}

/* ---- What a child wrote is looked at before it is followed ---- */

typedef struct fence { const char *from, *to; } fence;

static int inside(const fence *f, const void *p, size_t count, size_t each)
{
	const char *at = p;

	return at >= f->from && at <= f->to && (uintptr_t)p % sizeof(double) == 0 &&
	    count <= (size_t)(f->to - at) / each;
}

static int good_scalar(const fence *f, const rate_worst *w, const rate_scalar *s)
{
	if (!isfinite(s->constant) || !inside(f, s->product, s->products, sizeof *s->product) ||
	    !inside(f, s->weight, s->weights, sizeof *s->weight))
		return 0;
	for (size_t k = 0; k < s->products; k++)
		if (!inside(f, s->product[k].u, w->stride, sizeof(double)) ||
		    !inside(f, s->product[k].v, w->stride, sizeof(double)))
			return 0;
	for (size_t k = 0; k < s->weights; k++)
		if (s->weight[k].value < -1 || s->weight[k].value >= (int)w->m)
			return 0;
	return 1;
}

static int good_group(const fence *f, const rate_worst *w, const rate_group *g)
{
	if (!g->count || !inside(f, g->node, g->count, sizeof *g->node) || g->star < -1 || g->star >= (int)g->count)
		return 0;
	for (size_t i = 0; i < g->count; i++) {
		const rate_node *node = &g->node[i];
		if (!inside(f, node->x, w->stride, sizeof(double)) || !inside(f, node->g, w->stride, sizeof(double)) ||
		    node->value < -1 || node->value >= (int)w->m)
			return 0;
		for (size_t l = 0; l < w->n; l++)
			if (!isfinite(node->x[l]) || !isfinite(node->g[l]))
				return 0;
	}
	return 1;
}

static int good(const fence *f, rate_worst *w)
{
	if (!inside(f, w, 1, sizeof *w))
		return 0;
	w->reason[sizeof w->reason - 1] = '\0';
	if (*w->reason)
		return 1;
	w->start[sizeof w->start - 1] = w->functions[sizeof w->functions - 1] = w->range[sizeof w->range - 1] =
	    w->parameters[sizeof w->parameters - 1] = '\0';
	if (!w->n || w->n > w->stride || w->stride > 1u << 20 || w->m > 1u << 20 || !w->groups ||
	    w->groups > RATE_WORST_GROUPS || !w->pieces || w->sizes > sizeof w->size / sizeof *w->size ||
	    !inside(f, w->piece, w->pieces, sizeof *w->piece))
		return 0;
	for (size_t k = 0; k < w->groups; k++)
		if (!good_group(f, w, &w->group[k]))
			return 0;
	for (size_t k = 0; k < w->pieces; k++)
		if (!good_scalar(f, w, &w->piece[k]))
			return 0;
	for (size_t k = 0; k < w->sizes; k++)
		if (!good_scalar(f, w, &w->size[k]))
			return 0;
	return 1;
}

int rate_trace(rate_check *check, const rate_ask *ask, rate_worst **out, void *arena, size_t bytes,
               rate_error *error)
{
	task k = { check, ask, out, arena, bytes };
	rate_limits limits = { .seconds = 120, .memory = (size_t)4 << 30, .isolate = 1, .arena = arena, .room = bytes };

	*(void **)arena = NULL;
	if (rate_isolated(body, &k, &limits, error))
		return RATE_FAIL;
	*out = *(rate_worst **)arena;
	if (good(&(fence){ arena, (char *)arena + bytes }, *out))
		return RATE_OK;
	return rate_fail(error, "%s: what its trace left makes no sense", check->method->word[0].info->id);
}
