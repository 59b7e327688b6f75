/* The oracle source `trace`: the host runs the method's own start and step on vectors of coordinates. Every gradient at a
 * new point is a new leaf; at a known point it is the known one. What is not linear is refused by name, and what was
 * written down is held against a second run on random vectors, about another minimiser.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/trace.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"

#define TRACE(run) ((rate_trace_state *)(run)->host)

void *rate_trace_take(rate_trace_state *t, size_t bytes)
{
	char *p = t->next;

	bytes = (bytes + 63) / 64 * 64;
	if (p + bytes > t->end) {
		t->grow = 2;
		return NULL;
	}
	t->next += bytes;
	return p;
}

/* ---- Refusals ---- */

__attribute__((format(printf, 2, 3))) static int refuse(rate_trace_state *t, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	if (!*t->refusal)
		vsnprintf(t->refusal, sizeof t->refusal, format, ap);
	va_end(ap);
	snprintf(t->s.error, sizeof t->s.error, "%s", t->refusal);
	return RATE_FAIL;
}

/* A service that a fixed-step method does not use. */
static int not_fixed(rate_trace_state *t, const char *service)
{
	return refuse(t, "%s is no fixed-step method: at step %llu it asks for %s", t->s.method->id, (unsigned long long)t->s.run.t,
	              service);
}

static int not_linear(rate_trace_state *t, const char *what)
{
	return refuse(t, "%s is no fixed-step method: at step %llu its %s is no fixed combination of x_0 - x_star and the gradients",
	              t->s.method->id, (unsigned long long)t->s.run.t, what);
}

/* ---- Leaves and nodes ---- */

static double *new_vector(rate_trace_state *t)
{
	double *v = rate_trace_take(t, t->stride * sizeof *v);

	if (v)
		memset(v, 0, t->stride * sizeof *v);
	return v;
}

static int new_leaf(rate_trace_state *t)
{
	if (t->out->n == t->s.run.d) {
		t->grow = 1;
		return -1;
	}
	return (int)t->out->n++;
}

/* Coordinates agree up to the rounding of a few sums. */
static int same(const double *a, const double *b, size_t n)
{
	double most = 1;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, fabs(a[i]));
	for (size_t i = 0; i < n; i++)
		if (!(fabs(a[i] - b[i]) <= 1e-12 * most))
			return 0;
	return 1;
}

static double print_of(const rate_trace_state *t, const double *x, size_t n, double *length)
{
	double sum = 0;

	*length = 1;
	for (size_t i = 0; i < n; i++) {
		sum += t->print[i] * x[i];
		*length += fabs(x[i]);
	}
	return sum;
}

rate_node *rate_trace_node(rate_trace_state *t, int group, const double *x)
{
	rate_group *g = &t->out->group[group];
	size_t n = t->s.run.d;
	double length, print = print_of(t, x, n, &length);
	rate_node *node;
	int leaf;

	for (size_t i = 0; i < g->count; i++)
		if (fabs(g->node[i].print - print) <= 1e-9 * length && same(g->node[i].x, x, n))
			return &g->node[i];
	if (g->count == t->room) {
		t->grow = 1;
		return NULL;
	}
	node = &g->node[g->count];
	*node = (rate_node){ new_vector(t), new_vector(t), (int)t->out->m, print };
	if (!node->x || !node->g || (leaf = new_leaf(t)) < 0)
		return NULL;
	memcpy(node->x, x, n * sizeof *x);
	node->g[leaf] = 1;
	t->out->m++;
	g->count++;
	return node;
}

/* ---- The log of calls ---- */

static int agree(const double *v, const double *coordinates, const rate_trace_state *t, const double *star)
{
	double apart = 0, size = 0;

	for (size_t k = 0; k < RATE_TRACE_SHORT; k++) {
		double sum = star[k];
		for (size_t l = 0; l < t->out->n; l++) {
			sum += coordinates[l] * t->leaf[l * RATE_TRACE_SHORT + k];
			size = fmax(size, fabs(coordinates[l] * t->leaf[l * RATE_TRACE_SHORT + k]));
		}
		apart = fmax(apart, fabs(sum - v[k]));
		size = fmax(size, fabs(star[k]));
	}
	return apart <= 1e-10 * size;
}

static void to_vector(const rate_trace_state *t, const double *coordinates, const double *star, double *v)
{
	for (size_t k = 0; k < RATE_TRACE_SHORT; k++) {
		v[k] = star[k];
		for (size_t l = 0; l < t->out->n; l++)
			v[k] += coordinates[l] * t->leaf[l * RATE_TRACE_SHORT + k];
	}
}

/* The next call: of this walk if it repeats an earlier one, else a new one. `moves`: x is a point, which moves with x_star. */
static rate_call *next_call(rate_trace_state *t, const char *service, const double *x, int moves)
{
	rate_call *c = &t->call[t->at];

	if (t->at < t->calls) {
		int good = c->service == service || !strcmp(c->service, service);
		t->at++;
		if (good && t->mode == RATE_TRACE_VECTORS)
			good = agree(x, c->x, t, moves ? t->star : t->zero);
		else if (good)
			good = same(x, c->x, t->s.run.d);
		if (good)
			return c;
		not_linear(t, "point");
		return NULL;
	}
	if (t->mode == RATE_TRACE_VECTORS) {
		refuse(t, "%s does not call the same oracles whatever their answers are", t->s.method->id);
		return NULL;
	}
	if (t->calls == 4 * t->room * (t->out->paths ? t->out->paths : 1)) {
		t->grow = 1;
		return NULL;
	}
	*c = (rate_call){ .service = service, .x = new_vector(t), .scalar = -1 };
	if (!c->x)
		return NULL;
	memcpy(c->x, x, t->s.run.d * sizeof *x);
	t->calls++;
	t->at++;
	return c;
}

/* Gives the recorded answer in the coordinates of this walk. */
static void answer(const rate_trace_state *t, const rate_call *c, const double *star, double *out)
{
	if (t->mode == RATE_TRACE_VECTORS)
		to_vector(t, c->answer, star, out);
	else
		memcpy(out, c->answer, t->s.run.d * sizeof *out);
}

static int is_new(const rate_call *c)
{
	return !c->answer && c->scalar < 0;
}

/* ---- Oracles: vectors ---- */

/* The gradient of function `group` at the node, in coordinates: what was taken off comes back. */
static void add_gradient(const rate_trace_state *t, int group, const rate_node *node, double w, double *out)
{
	for (size_t l = 0; l < t->s.run.d; l++)
		out[l] += w * (node->g[l] + t->out->group[group].shift * node->x[l]);
	/* Composite problems: f and h were tilted so that both gradients vanish at x_star. */
	if (t->out->composite)
		out[1] += group == 0 ? w : -w;
}

/* Mean over all terms, or one of them; of the only function if there is one. */
static int trace_gradient(rate_trace_state *t, const char *service, const uint64_t *index, size_t batch, const double *x, double *g)
{
	rate_call *c = next_call(t, service, x, 1);
	size_t count = index ? batch : t->s.run.n;

	if (!c)
		return RATE_FAIL;
	if (is_new(c)) {
		if (!(c->answer = new_vector(t)))
			return RATE_FAIL;
		for (size_t k = 0; k < count; k++) {
			int group = index ? (int)index[k] : (int)k;
			rate_node *node = rate_trace_node(t, group, c->x);
			if (!node)
				return RATE_FAIL;
			t->out->group[group].asked |= t->s.counting;
			add_gradient(t, group, node, 1 / (double)count, c->answer);
		}
	}
	answer(t, c, t->zero, g);
	return RATE_OK;
}

/* p = x - gamma s with s a subgradient of function `group` at p. */
static int trace_prox(rate_trace_state *t, const char *service, int group, double gamma, const double *x, double *p)
{
	rate_call *c = next_call(t, service, x, 1);
	rate_group *g = &t->out->group[group];
	rate_node *node;
	int leaf;

	if (!c)
		return RATE_FAIL;
	if (is_new(c)) {
		if (!(c->answer = new_vector(t)) || g->count == t->room || (leaf = new_leaf(t)) < 0) {
			t->grow = t->grow ? t->grow : 1;
			return RATE_FAIL;
		}
		/* p (1 + gamma shift) = x - gamma (leaf -+ tilt) */
		memcpy(c->answer, c->x, t->s.run.d * sizeof *p);
		c->answer[leaf] -= gamma;
		if (t->out->composite)
			c->answer[1] += group == 0 ? -gamma : gamma;
		for (size_t l = 0; l < t->s.run.d; l++)
			c->answer[l] /= 1 + gamma * g->shift;
		node = &g->node[g->count];
		*node = (rate_node){ new_vector(t), new_vector(t), (int)t->out->m, 0 };
		if (!node->x || !node->g)
			return RATE_FAIL;
		memcpy(node->x, c->answer, t->s.run.d * sizeof *p);
		node->g[leaf] = 1;
		double length;
		node->print = print_of(t, node->x, t->s.run.d, &length);
		t->out->m++;
		g->count++;
	}
	answer(t, c, t->star, p);
	return RATE_OK;
}

static int svc_gradient(rate_run *run, const double *x, double *g)
{
	return trace_gradient(TRACE(run), "gradient", NULL, 0, x, g);
}

static int svc_sample_gradient(rate_run *run, const rate_sample *sample, const double *x, double *g)
{
	return trace_gradient(TRACE(run), "sample_gradient", sample->index, sample->batch, x, g);
}

static int svc_prox(rate_run *run, double gamma, const double *x, double *p)
{
	rate_trace_state *t = TRACE(run);

	if (!t->out->composite) {
		memmove(p, x, run->ld * sizeof *p);
		return RATE_OK;
	}
	return trace_prox(t, "prox", (int)run->n, gamma, x, p);
}

static int svc_sample_prox(rate_run *run, const rate_sample *sample, double gamma, const double *x, double *p)
{
	if (sample->batch != 1)
		return refuse(TRACE(run), "%s asks for the prox of a batch of %u", TRACE(run)->s.method->id, sample->batch);
	return trace_prox(TRACE(run), "sample_prox", (int)sample->index[0], gamma, x, p);
}

/* The class is one of functions on the whole space. */
static int svc_project(rate_run *run, double *x)
{
	(void)run;
	(void)x;
	return RATE_OK;
}

/* ---- Samples ---- */

static const rate_sample *give_sample(rate_trace_state *t, uint32_t slot, uint64_t first, uint32_t batch)
{
	rate_session *s = &t->s;

	if (batch > s->run.n) {
		refuse(t, "a batch of %u from a sum of %zu terms", batch, s->run.n);
		return NULL;
	}
	if (!s->index[slot] && !(s->index[slot] = calloc(RATE_WORST_TERMS, sizeof(uint64_t))))
		return NULL;
	for (uint32_t k = 0; k < batch; k++)
		s->index[slot][k] = (first + k) % s->run.n;
	s->sample[slot] = (rate_sample){ sizeof s->sample[slot], batch, s->index[slot], NULL };
	return &s->sample[slot];
}

static const rate_sample *svc_draw(rate_run *run, uint32_t purpose, uint32_t batch)
{
	rate_trace_state *t = TRACE(run);
	uint64_t digit = t->path;

	if (run->n > 1 && purpose) {
		refuse(t, "%s draws more than once in a step, which the paths here do not", t->s.method->id);
		return NULL;
	}
	for (uint64_t k = 0; k < run->t; k++)
		digit /= run->n;
	return give_sample(t, purpose & 7, batch == run->n ? 0 : digit % run->n, batch);
}

static const rate_sample *svc_component(rate_run *run, uint64_t i)
{
	return give_sample(TRACE(run), 8, i, 1);
}

/* ---- Numbers: for the theorem only ---- */

/* A number that stands for a new scalar: the caller fills it in if it is. */
static rate_scalar *next_number(rate_trace_state *t, const char *service, const double *x, int moves, rate_call **call)
{
	rate_call *c = *call = next_call(t, service, x, moves);

	if (!c || !is_new(c))
		return NULL;
	if (t->scalars == t->scalar_room) {
		t->grow = 1;
		*call = NULL;
		return NULL;
	}
	c->scalar = (int)t->scalars++;
	t->scalar[c->scalar] = (rate_scalar){ .constant = 0 };
	return &t->scalar[c->scalar];
}

static void reserve(rate_trace_state *t, rate_scalar *s, size_t products, size_t weights)
{
	s->product = rate_trace_take(t, (products + 1) * sizeof *s->product);
	s->weight = rate_trace_take(t, (weights + 1) * sizeof *s->weight);
}

static void add_product(rate_scalar *s, double w, const double *u, const double *v)
{
	s->product[s->products++] = (rate_product){ w, u, v };
}

/* value of function `group` at its node */
static void add_value(const rate_trace_state *t, rate_scalar *s, int group, const rate_node *node, double w)
{
	if (node->value >= 0)
		s->weight[s->weights++] = (rate_weight){ w, node->value };
	if (t->out->group[group].shift != 0)
		add_product(s, w * t->out->group[group].shift / 2, node->x, node->x);
}

enum { VALUE = 1, GAP, H_VALUE };

/* f, F or h at x less what it is at x_star. */
static int trace_value(rate_trace_state *t, const char *service, int what, const uint64_t *index, const double *x, double *f)
{
	rate_call *c;
	rate_scalar *s;
	size_t terms = index ? 1 : t->s.run.n;

	if (t->s.counting)
		return not_fixed(t, service);
	if ((s = next_number(t, service, x, 1, &c))) {
		reserve(t, s, terms + 2, terms + 1);
		if (t->grow)
			return RATE_FAIL;
		for (size_t k = 0; k < terms && what != H_VALUE; k++) {
			int group = index ? (int)index[0] : (int)k;
			rate_node *node = rate_trace_node(t, group, c->x);
			if (!node)
				return RATE_FAIL;
			add_value(t, s, group, node, 1 / (double)terms);
		}
		if (t->out->composite && what != VALUE) {
			rate_node *node = rate_trace_node(t, (int)t->s.run.n, c->x);
			if (!node)
				return RATE_FAIL;
			add_value(t, s, (int)t->s.run.n, node, 1);
		}
		/* f and h alone feel the tilt <g_star, x>. */
		if (t->out->composite && what != GAP) {
			double *tilt = new_vector(t);
			if (!tilt)
				return RATE_FAIL;
			tilt[1] = what == VALUE ? 1 : -1;
			add_product(s, 1, tilt, c->x);
		}
	}
	if (!c)
		return RATE_FAIL;
	*f = t->number[c->scalar];
	return RATE_OK;
}

static int svc_value(rate_run *run, const double *x, double *f)
{
	return trace_value(TRACE(run), "value", VALUE, NULL, x, f);
}

static int svc_h_value(rate_run *run, const double *x, double *h)
{
	if (!TRACE(run)->out->composite && !TRACE(run)->s.counting) {
		*h = 0;
		return RATE_OK;
	}
	return trace_value(TRACE(run), "h_value", H_VALUE, NULL, x, h);
}

static int svc_sample_value(rate_run *run, const rate_sample *sample, const double *x, double *f)
{
	if (sample->batch != 1 && sample->batch != run->n)
		return refuse(TRACE(run), "the value of a batch is not modelled");
	return trace_value(TRACE(run), "sample_value", VALUE, sample->batch == run->n ? NULL : sample->index, x, f);
}

static int svc_sample_f_star(rate_run *run, const rate_sample *sample, double *f)
{
	(void)sample;
	if (TRACE(run)->s.counting)
		return not_fixed(TRACE(run), "sample_f_star");
	*f = 0;
	return RATE_OK;
}

static int svc_normals(rate_run *run, uint32_t purpose, double *z)
{
	(void)purpose;
	(void)z;
	return not_fixed(TRACE(run), "normals");
}

static int svc_gap(rate_run *run, const double *x, double *q, double *scale)
{
	*scale = 0;
	return trace_value(TRACE(run), "gap", GAP, NULL, x, q);
}

static int svc_dist2(rate_run *run, const double *x, double *q, double *scale)
{
	rate_trace_state *t = TRACE(run);
	rate_call *c;
	rate_scalar *s;

	*scale = 0;
	if (t->s.counting)
		return not_fixed(t, "dist2");
	if ((s = next_number(t, "dist2", x, 1, &c))) {
		reserve(t, s, 1, 0);
		if (t->grow)
			return RATE_FAIL;
		add_product(s, 1, c->x, c->x);
	}
	if (!c)
		return RATE_FAIL;
	*q = t->number[c->scalar];
	return RATE_OK;
}

static int svc_grad2(rate_run *run, const double *x, double *q, double *scale)
{
	rate_trace_state *t = TRACE(run);
	rate_call *c;
	rate_scalar *s;

	*scale = 0;
	if (t->s.counting)
		return not_fixed(t, "grad2");
	if ((s = next_number(t, "grad2", x, 1, &c))) {
		double *g = new_vector(t);
		reserve(t, s, 1, 0);
		if (t->grow)
			return RATE_FAIL;
		for (size_t k = 0; k < t->s.run.n; k++) {
			rate_node *node = rate_trace_node(t, (int)k, c->x);
			if (!node)
				return RATE_FAIL;
			add_gradient(t, (int)k, node, 1 / (double)t->s.run.n, g);
		}
		add_product(s, 1, g, g);
	}
	if (!c)
		return RATE_FAIL;
	*q = t->number[c->scalar];
	return RATE_OK;
}

/* Two vectors that do not move with x_star, or the theorem gets what it did not ask for: the second run would show it. */
static void svc_dot(rate_run *run, const double *x, const double *y, double *out)
{
	rate_trace_state *t = TRACE(run);
	rate_call *c, *d;
	rate_scalar *s;

	*out = NAN;
	if (t->s.counting) {
		not_fixed(t, "dot");
		return;
	}
	if (!(c = next_call(t, "dot", x, 0)))
		return;
	if (is_new(c))
		c->answer = c->x;
	s = next_number(t, "dot with", y, 0, &d);
	if (s) {
		reserve(t, s, 1, 0);
		if (t->grow)
			return;
		add_product(s, 1, c->x, d->x);
	}
	if (d)
		*out = t->number[d->scalar];
}

static void svc_axpy_rows(rate_run *run, const double *a, const double *x, double *y)
{
	run->call->axpy(run, a[0], x, y);
}

static int svc_fail(rate_run *run, const char *format, ...)
{
	va_list ap;
	char text[256];

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	return refuse(TRACE(run), "%s: %s", TRACE(run)->s.method->id, text);
}

/* Arithmetic is that of any session. */
static const rate_services *services(void)
{
	static rate_services all;

	all = rate_session_services;
	all.value = svc_value;
	all.gradient = svc_gradient;
	all.h_value = svc_h_value;
	all.prox = svc_prox;
	all.project = svc_project;
	all.draw = svc_draw;
	all.component = svc_component;
	all.sample_value = svc_sample_value;
	all.sample_gradient = svc_sample_gradient;
	all.sample_prox = svc_sample_prox;
	all.sample_f_star = svc_sample_f_star;
	all.normals = svc_normals;
	all.axpy_rows = svc_axpy_rows;
	all.dot = svc_dot;
	all.gap = svc_gap;
	all.dist2 = svc_dist2;
	all.grad2 = svc_grad2;
	all.fail = svc_fail;
	all.sample_step = NULL; /* the wrapper makes the step itself */
	return &all;
}

/* ---- The walk ---- */

static void update_average(rate_session *s, double *sum, uint64_t t)
{
	double weight = s->theorem->weight(&s->c, t), share;

	*sum += weight;
	share = *sum > 0 ? weight / *sum : 0;
	for (size_t j = 0; j < s->run.d; j++)
		s->average[j] += share * (s->state[0][j] - s->average[j]);
}

static int all_finite(const rate_session *s)
{
	for (size_t k = 0; k < s->states; k++)
		for (size_t j = 0; j < s->run.d; j++)
			if (!isfinite(s->state[k][j]))
				return 0;
	return 1;
}

static int walk_path(rate_trace_state *t, double share, double *q, double *b)
{
	rate_session *s = &t->s;
	const rate_check *check = s->check;
	rate_view v;
	double sum = 0;
	size_t next = 0;

	if (rate_session_begin(s, 1, 0) || t->grow || *t->refusal)
		return RATE_FAIL;
	for (uint64_t step = 0;; step++) {
		if (next < check->checkpoints && check->at[next] == step) {
			double here = 0, scale = 0, path_bound = 0;
			rate_session_view(s, step, &v);
			if (s->theorem->measure(&v, &here, &scale, &path_bound) || t->grow || *t->refusal)
				return RATE_FAIL;
			q[next] += share * here;
			b[next++] += share * path_bound;
		}
		if (step == check->T)
			return RATE_OK;
		if (s->theorem->weight)
			update_average(s, &sum, step);
		if (s->theorem->observe) {
			rate_session_view(s, step, &v);
			if (s->theorem->observe(&v) || t->grow || *t->refusal)
				return RATE_FAIL;
		}
		if (rate_session_step(s, step) || t->grow || *t->refusal)
			return RATE_FAIL;
		if (!all_finite(s))
			return not_linear(t, "state");
	}
}

int rate_trace_walk(rate_trace_state *t, double *q, double *b)
{
	t->at = 0;
	memset(q, 0, t->s.check->checkpoints * sizeof *q);
	memset(b, 0, t->s.check->checkpoints * sizeof *b);
	for (t->path = 0; t->path < t->out->paths; t->path++)
		if (walk_path(t, 1 / (double)t->out->paths, q, b))
			return RATE_FAIL;
	if (t->at < t->calls)
		return refuse(t, "%s does not call the same oracles whatever their answers are", t->s.method->id);
	return RATE_OK;
}

/* ---- Setting out ---- */

/* Functions are counted as terms of the sum, then h. The minimiser is at 0 with value 0. */
static int make_groups(rate_trace_state *t)
{
	rate_worst *w = t->out;
	const rate_family *f = &t->family;
	size_t terms = t->s.run.n;

	w->groups = terms + (w->composite ? 1 : 0);
	for (size_t k = 0; k < w->groups; k++) {
		rate_group *g = &w->group[k];
		int h = w->composite && k == terms;
		double mu = h ? 0 : f->convex ? (f->mu > 0 ? f->mu : 0) : -f->L, L = h || !f->smooth ? INFINITY : f->L;
		*g = (rate_group){ .G = f->lipschitz && !h ? f->G : INFINITY, .star = -1 };
		g->shift = mu > 0 ? mu : 0;
		g->mu = mu - g->shift;
		g->L = L - g->shift;
		g->pl = h || f->convex ? 0 : f->pl == f->pl ? f->pl : 0;
		if (!f->convex && !h)
			g->floor = f->L;
		if (!(g->node = rate_trace_take(t, t->room * sizeof *g->node)))
			return RATE_FAIL;
		if (!f->convex && !f->minimiser)
			continue;
		g->node[0] = (rate_node){ new_vector(t), new_vector(t), -1, 0 };
		if (!g->node[0].x || !g->node[0].g)
			return RATE_FAIL;
		g->star = 0;
		g->count = 1;
	}
	/* Gradients at x_star: those of a sum add up to 0; for one function and for f + h they are 0, or tilted away. */
	for (size_t k = 0; k + 1 < terms && !f->interpolation; k++) {
		int leaf = new_leaf(t);
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
	const rate_family *f = &t->family;
	const char *const *need = s->theorem->needs.item;
	rate_case *c = &s->c;

	*c = (rate_case){ .size = sizeof *c, .d = s->run.d, .n = s->run.n, .T = s->check->T, .L = f->L, .mu = f->mu,
		.pl = f->pl == f->pl ? f->pl : f->mu, .G = f->G, .rho_weak = f->convex ? 0 : f->L, .L_2 = NAN, .L_max = f->L, .mu_h = 0,
		.sigma_star2 = rate_family_need(f, "sigma_star2"), .Delta_star = 0, .noise2 = 0, .noise_max = 0, .strong_growth = 1,
		.diameter = NAN, .L0 = f->L, .L1 = f->smooth ? 0 : NAN, .f_star = 0, .D2 = 1, .d0 = 1, .g02 = 1, .delta = NAN, .batch = 1 };
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
		if (!(fabs(again[k] - q[k]) <= 1e-9 * fabs(q[k]) + 1e-12) || !(fabs(again[count + k] - b[k]) <= 1e-9 * fabs(b[k]) + 1e-12))
			rc = refuse(t, "%s measures something that it does not ask the host for", s->theorem->id);
out:
	s->run.d = d;
	free(again);
	free(t->leaf);
	t->leaf = NULL;
	return rc;
}

/* One attempt with room for `room` points of each function and `d` leaves. */
static int attempt(rate_trace_state *t, rate_check *check, const rate_ask *ask, size_t room)
{
	rate_session *s = &t->s;
	rate_worst *w = t->out = rate_trace_take(t, sizeof *w);
	double *q, *b;
	size_t d = room + 2 + RATE_WORST_TERMS;

	if (!w)
		return RATE_FAIL;
	*w = (rate_worst){ .T = check->T, .ask = *ask, .paths = 1, .n = 1 };
	if (s->theorem->kind != RATE_DETERMINISTIC && s->theorem->kind != RATE_EXPECTATION && s->theorem->kind != RATE_REGRET)
		return refuse(t, "a claim of the kind \"%s\" bounds no quantity from above on all of a class", rate_kind_name(s->theorem->kind));
	if (rate_family_of(&t->family, s->theorem, ask, t->refusal, sizeof t->refusal))
		return RATE_FAIL;
	s->run.n = ask->terms;
	w->composite = (s->method->flags & RATE_NEEDS_PROX) != 0;
	for (uint32_t i = 0; i < s->theorem->needs.count; i++)
		if (!strcmp(((const char *const *)s->theorem->needs.item)[i], "no composite"))
			w->composite = 0;
	if (w->composite && (!t->family.convex || ask->terms > 1))
		return refuse(t, "a composite problem is modelled for one convex function only");
	if (ask->terms > 1 && !t->family.convex)
		return refuse(t, "sums are modelled for convex terms only");
	w->n += (size_t)w->composite; /* leaf 1: the gradient of f at x_star */
	s->run.d = d * (s->run.n + 1);
	s->run.ld = (s->run.d + 7) / 8 * 8;
	t->stride = w->stride = s->run.ld;
	t->room = room;
	t->scalar_room = 4 * room;
	for (uint64_t k = 0; ask->terms > 1 && k < check->T && w->paths <= 4096; k++)
		w->paths *= ask->terms;
	if (w->paths > 4096)
		return refuse(t, "%llu steps on a sum of %llu terms are too many paths (at most 4096)", (unsigned long long)check->T,
		              (unsigned long long)ask->terms);
	t->call = rate_trace_take(t, (4 * room * w->paths + 1) * sizeof *t->call);
	t->scalar = rate_trace_take(t, t->scalar_room * sizeof *t->scalar);
	t->number = rate_trace_take(t, t->scalar_room * sizeof *t->number);
	t->print = rate_trace_take(t, t->stride * sizeof *t->print);
	if (t->grow)
		return RATE_FAIL;
	rate_host_services()->normals(rate_host_services(), 1, 0x7471, t->stride, t->print);
	for (size_t k = 0; k < t->scalar_room; k++)
		t->number[k] = 0.75 + 0.5 * fabs(sin(1 + 1.7 * (double)k));
	if (make_case(t) || make_groups(t) || rate_settle(s, check))
		return RATE_FAIL;
	if (!check->applicable) {
		t->inapplicable = 1;
		return refuse(t, "%s", check->reason);
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
	rate_family_words(&t->family, w->functions, sizeof w->functions);
	if (w->composite)
		strncat(w->functions, "; plus h convex", sizeof w->functions - strlen(w->functions) - 1);
	w->upper = t->family.pl == t->family.pl;
	return RATE_OK;
}

static void close_attempt(rate_trace_state *t, rate_check *check)
{
	rate_session_close(&t->s);
	free(check->param);
	free(check->parameters);
	free(check->at);
	free(check->bound);
	free(check->transient);
	check->param = check->bound = check->transient = NULL;
	check->at = NULL;
	check->parameters = NULL;
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
	char first[512] = "";

	/* The first word of the arena says where the answer is. */
	*k->out = NULL;
	for (int again = 0; t && again < 8; again++, room *= 2) {
		memset(t, 0, sizeof *t);
		t->arena = k->arena;
		t->next = k->arena + 64;
		t->end = k->arena + k->bytes;
		t->width = RATE_TRACE_SHORT;
		if (rate_session_open(&t->s, k->check, mark)) {
			snprintf(mark->message, sizeof mark->message, "%s", t->s.error);
			break;
		}
		t->s.run.call = services();
		int rc = attempt(t, k->check, &ask, room);
		w = t->out;
		/* Some theorems ask for strong convexity of f or h where they look at the constants. */
		if (rc && t->inapplicable && t->family.convex && !t->family.lipschitz && !ask.strong) {
			ask.strong = 1;
			room /= 2;
			snprintf(first, sizeof first, "%s", t->refusal);
			close_attempt(t, k->check);
			continue;
		}
		if (rc && t->inapplicable && ask.strong && !k->ask->strong)
			snprintf(t->refusal, sizeof t->refusal, "%s", first);
		if (w && *t->refusal)
			snprintf(w->reason, sizeof w->reason, "%s", t->refusal);
		if (rc == RATE_OK || (w && *w->reason)) {
			*(rate_worst **)(void *)k->arena = w;
			*mark->message = '\0';
			close_attempt(t, k->check);
			free(t);
			return RATE_OK;
		}
		snprintf(mark->message, sizeof mark->message, "%s", *t->s.error ? t->s.error : "out of memory for the trace");
		int grow = t->grow;
		close_attempt(t, k->check);
		if (grow != 1) {
			if (grow == 2)
				snprintf(mark->message, sizeof mark->message, "T = %llu: too large for the memory of the trace",
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

	return at >= f->from && at <= f->to && (uintptr_t)p % sizeof(double) == 0 && count <= (size_t)(f->to - at) / each;
}

static int good_scalar(const fence *f, const rate_worst *w, const rate_scalar *s)
{
	if (!isfinite(s->constant) || !inside(f, s->product, s->products, sizeof *s->product) ||
	    !inside(f, s->weight, s->weights, sizeof *s->weight))
		return 0;
	for (size_t k = 0; k < s->products; k++)
		if (!inside(f, s->product[k].u, w->stride, sizeof(double)) || !inside(f, s->product[k].v, w->stride, sizeof(double)))
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
		if (!inside(f, node->x, w->stride, sizeof(double)) || !inside(f, node->g, w->stride, sizeof(double)) || node->value < -1 ||
		    node->value >= (int)w->m)
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
	w->start[sizeof w->start - 1] = w->functions[sizeof w->functions - 1] = w->parameters[sizeof w->parameters - 1] = '\0';
	if (!w->n || w->n > w->stride || w->stride > 1u << 20 || w->m > 1u << 20 || !w->groups || w->groups > RATE_WORST_GROUPS ||
	    !w->pieces || w->sizes > sizeof w->size / sizeof *w->size || !inside(f, w->piece, w->pieces, sizeof *w->piece))
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

int rate_trace(rate_check *check, const rate_ask *ask, rate_worst **out, void *arena, size_t bytes, char *error, size_t size)
{
	task k = { check, ask, out, arena, bytes };
	rate_limits limits = { .seconds = 120, .memory = (size_t)4 << 30, .isolate = 1, .arena = arena, .room = bytes };

	*(void **)arena = NULL;
	if (rate_isolated(body, &k, &limits, error, size))
		return RATE_FAIL;
	*out = *(rate_worst **)arena;
	if (good(&(fence){ arena, (char *)arena + bytes }, *out))
		return RATE_OK;
	snprintf(error, size, "%s: what its trace left makes no sense", check->method->word[0].info->id);
	return RATE_FAIL;
}
