/* The oracle source `trace`: the host runs the method's own start and step on vectors of coordinates. Every gradient
 * at a new point is a new leaf; at a known point it is the known one. What is not linear is refused by name.
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

int rate_trace_refuse(rate_trace_state *t, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	if (!*t->refusal.text)
		rate_vfail(&t->refusal, format, ap);
	va_end(ap);
	return rate_fail(&t->s.error, "%s", t->refusal.text);
}

/* A service that a fixed-step method does not use. */
static int not_fixed(rate_trace_state *t, const char *service)
{
	return rate_trace_refuse(t, "%s is no fixed-step method: at step %llu it asks for %s", t->s.method->id,
	              (unsigned long long)t->s.run.t, service);
}

static int not_linear(rate_trace_state *t, const char *what)
{
	return rate_trace_refuse(t, "%s is no fixed-step method: at step %llu its %s is no fixed combination of x_0 - "
	                            "x_star and the gradients",
	              t->s.method->id, (unsigned long long)t->s.run.t, what);
}

/* ---- Leaves and nodes ---- */

double *rate_trace_vector(rate_trace_state *t)
{
	double *v = rate_trace_take(t, t->stride * sizeof *v);

	if (v)
		memset(v, 0, t->stride * sizeof *v);
	return v;
}

int rate_trace_leaf(rate_trace_state *t)
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
	int leaf, valued;

	for (size_t i = 0; i < g->count; i++)
		if (fabs(g->node[i].print - print) <= 1e-9 * length && same(g->node[i].x, x, n))
			return &g->node[i];
	if (g->count == t->room) {
		t->grow = 1;
		return NULL;
	}
	node = &g->node[g->count];
	/* Of f + h alone nothing is known of f: it is 0 at its first point. */
	valued = !g->kind && !(t->out->below && !group && !g->count);
	*node = (rate_node){ rate_trace_vector(t), rate_trace_vector(t), valued ? (int)t->out->m : -1, print };
	if (!node->x || !node->g || (leaf = rate_trace_leaf(t)) < 0)
		return NULL;
	memcpy(node->x, x, n * sizeof *x);
	node->g[leaf] = 1;
	t->out->m += (size_t)valued;
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

/* Of a vector: it moves with x_star, as points do, or not, as gradients do not; or that remains to be seen. */
enum { STAYS, MOVES, EITHER };

/* The next call: of this walk if it repeats an earlier one, else a new one. */
static rate_call *next_call(rate_trace_state *t, const char *service, const double *x, int moves)
{
	rate_call *c = &t->call[t->at];

	if (t->at < t->calls) {
		int good = c->service == service || !strcmp(c->service, service);
		t->at++;
		if (good && t->mode == RATE_TRACE_VECTORS) {
			c->point = moves == MOVES || (moves == EITHER && !agree(x, c->x, t, t->zero));
			good = agree(x, c->x, t, c->point ? t->star : t->zero);
		} else if (good)
			good = same(x, c->x, t->s.run.d);
		if (good)
			return c;
		not_linear(t, "point");
		return NULL;
	}
	if (t->mode == RATE_TRACE_VECTORS) {
		rate_trace_refuse(t, "%s does not call the same oracles whatever their answers are", t->s.method->id);
		return NULL;
	}
	if (t->calls == 4 * t->room * (t->out->paths ? t->out->paths : 1)) {
		t->grow = 1;
		return NULL;
	}
	*c = (rate_call){ .service = service, .x = rate_trace_vector(t), .scalar = -1 };
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
	if (t->out->tilted)
		out[1] += group == 0 ? w : -w;
}

/* Mean over all terms, or one of them; of the only function if there is one. */
static int trace_gradient(rate_trace_state *t, const char *service, const uint64_t *index, size_t batch,
                          const double *x, double *g)
{
	rate_call *c = next_call(t, service, x, MOVES);
	size_t count = index ? batch : t->s.run.n;

	if (!c)
		return RATE_FAIL;
	if (is_new(c)) {
		if (!(c->answer = rate_trace_vector(t)))
			return RATE_FAIL;
		for (size_t k = 0; k < count; k++) {
			int group = index ? (int)index[k] : (int)k;
			rate_node *node = rate_trace_node(t, group, c->x);
			if (!node)
				return RATE_FAIL;
			t->out->group[group].asked |= t->s.watch.counting;
			add_gradient(t, group, node, 1 / (double)count, c->answer);
		}
	}
	answer(t, c, t->zero, g);
	return RATE_OK;
}

/* The same prox at the same point, asked for before in this walk; NULL: it is new. */
static double *known_prox(const rate_trace_state *t, const rate_call *c)
{
	for (const rate_call *old = t->call; old < c; old++)
		if (old->answer && old->gamma == c->gamma && old->group == c->group && same(old->x, c->x, t->s.run.d))
			return old->answer;
	return NULL;
}

/* p = x - gamma s with s a subgradient of function `group` at p. */
static int trace_prox(rate_trace_state *t, const char *service, int group, double gamma, const double *x, double *p)
{
	rate_call *c = next_call(t, service, x, MOVES);
	rate_group *g = &t->out->group[group];
	rate_node *node;
	int leaf;

	if (!c)
		return RATE_FAIL;
	if (is_new(c)) {
		c->group = group;
		c->gamma = gamma;
		c->answer = known_prox(t, c);
	}
	if (is_new(c)) {
		if (!(c->answer = rate_trace_vector(t)) || g->count == t->room || (leaf = rate_trace_leaf(t)) < 0) {
			t->grow = t->grow ? t->grow : 1;
			return RATE_FAIL;
		}
		/* p (1 + gamma shift) = x - gamma (leaf -+ tilt) */
		memcpy(c->answer, c->x, t->s.run.d * sizeof *p);
		c->answer[leaf] -= gamma;
		if (t->out->tilted && g->kind != RATE_SET)
			c->answer[1] += group == 0 ? -gamma : gamma;
		for (size_t l = 0; l < t->s.run.d; l++)
			c->answer[l] /= 1 + gamma * g->shift;
		node = &g->node[g->count];
		*node = (rate_node){ rate_trace_vector(t), rate_trace_vector(t), g->kind ? -1 : (int)t->out->m, 0 };
		if (!node->x || !node->g)
			return RATE_FAIL;
		memcpy(node->x, c->answer, t->s.run.d * sizeof *p);
		node->g[leaf] = 1;
		double length;
		node->print = print_of(t, node->x, t->s.run.d, &length);
		t->out->m += !g->kind;
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

	if (t->family.bounded)
		return trace_prox(t, "prox", (int)run->n, 1, x, p);
	if (!t->out->composite) {
		memmove(p, x, run->ld * sizeof *p);
		return RATE_OK;
	}
	return trace_prox(t, "prox", (int)run->n, gamma, x, p);
}

static int svc_sample_prox(rate_run *run, const rate_sample *sample, double gamma, const double *x, double *p)
{
	if (sample->batch != 1)
		return rate_trace_refuse(TRACE(run), "%s asks for the prox of a batch of %u", TRACE(run)->s.method->id,
		                         sample->batch);
	return trace_prox(TRACE(run), "sample_prox", (int)sample->index[0], gamma, x, p);
}

/* The class is one of functions on the whole space, or over a set. */
static int svc_project(rate_run *run, double *x)
{
	rate_trace_state *t = TRACE(run);

	return t->family.bounded ? trace_prox(t, "project", (int)run->n, 1, x, x) : RATE_OK;
}

/* A point of the set at which -c is a normal. */
static int svc_lmo(rate_run *run, const double *x, double *out)
{
	rate_trace_state *t = TRACE(run);
	rate_group *g = &t->out->group[run->n];
	rate_node *node;
	rate_call *c;
	int leaf;

	if (!t->family.bounded)
		return rate_trace_refuse(t, "%s asks for points of a set, and the theorem knows none", t->s.method->id);
	if (!(c = next_call(t, "lmo", x, STAYS)))
		return RATE_FAIL;
	if (is_new(c)) {
		if (!(c->answer = rate_trace_vector(t)) || g->count == t->room || (leaf = rate_trace_leaf(t)) < 0) {
			t->grow = t->grow ? t->grow : 1;
			return RATE_FAIL;
		}
		c->answer[leaf] = 1;
		node = &g->node[g->count];
		*node = (rate_node){ c->answer, rate_trace_vector(t), -1, t->print[leaf] };
		if (!node->g)
			return RATE_FAIL;
		for (size_t l = 0; l < t->s.run.d; l++)
			node->g[l] = -c->x[l];
		g->count++;
	}
	answer(t, c, t->star, out);
	return RATE_OK;
}

/* ---- Samples ---- */

static const rate_sample *give_sample(rate_trace_state *t, uint32_t slot, uint64_t first, uint32_t batch)
{
	rate_session *s = &t->s;

	if (batch > s->run.n) {
		rate_trace_refuse(t, "a batch of %u from a sum of %zu terms", batch, s->run.n);
		return NULL;
	}
	if (!s->draws.index[slot] && !(s->draws.index[slot] = calloc(RATE_WORST_TERMS, sizeof(uint64_t))))
		return NULL;
	for (uint32_t k = 0; k < batch; k++)
		s->draws.index[slot][k] = (first + k) % s->run.n;
	s->draws.sample[slot] = (rate_sample){ sizeof s->draws.sample[slot], batch, s->draws.index[slot], NULL };
	return &s->draws.sample[slot];
}

static const rate_sample *svc_draw(rate_run *run, uint32_t purpose, uint32_t batch)
{
	rate_trace_state *t = TRACE(run);
	uint64_t digit = t->path;

	if (run->n > 1 && purpose) {
		rate_trace_refuse(t, "%s draws more than once in a step, which the paths here do not", t->s.method->id);
		return NULL;
	}
	for (uint64_t k = 0; k < run->t; k++)
		digit /= run->n;
	return give_sample(t, 0, batch == run->n ? 0 : digit % run->n, batch);
}

static const rate_sample *svc_component(rate_run *run, uint64_t i)
{
	return give_sample(TRACE(run), 1 + (uint32_t)(i % 15), i, 1);
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
static int trace_value(rate_trace_state *t, const char *service, int what, const uint64_t *index,
                       const double *x, double *f)
{
	rate_call *c;
	rate_scalar *s;
	size_t terms = index ? 1 : t->s.run.n;

	if (t->s.watch.counting)
		return not_fixed(t, service);
	if (t->family.kind)
		return rate_trace_refuse(t, "an operator has no values, and the theorem asks for %s", service);
	if ((s = next_number(t, service, x, MOVES, &c))) {
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
		if (t->out->composite && !t->family.bounded && what != VALUE) {
			rate_node *node = rate_trace_node(t, (int)t->s.run.n, c->x);
			if (!node)
				return RATE_FAIL;
			add_value(t, s, (int)t->s.run.n, node, 1);
		}
		/* f and h alone feel the tilt <g_star, x>. */
		if (t->out->tilted && (what != GAP || t->family.bounded)) {
			double *tilt = rate_trace_vector(t);
			if (!tilt)
				return RATE_FAIL;
			tilt[1] = what == H_VALUE ? -1 : 1;
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
	if ((!TRACE(run)->out->composite || TRACE(run)->family.bounded) && !TRACE(run)->s.watch.counting) {
		*h = 0;
		return RATE_OK;
	}
	return trace_value(TRACE(run), "h_value", H_VALUE, NULL, x, h);
}

static int svc_sample_value(rate_run *run, const rate_sample *sample, const double *x, double *f)
{
	if (sample->batch != 1 && sample->batch != run->n)
		return rate_trace_refuse(TRACE(run), "the value of a batch is not modelled");
	return trace_value(TRACE(run), "sample_value", VALUE, sample->batch == run->n ? NULL : sample->index, x, f);
}

static int svc_sample_f_star(rate_run *run, const rate_sample *sample, double *f)
{
	(void)sample;
	if (TRACE(run)->s.watch.counting)
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

/* Draws of the method's own are in no path here, unless there is one outcome alone. */
static int svc_choose(rate_run *run, uint32_t purpose, uint64_t count, const double *weight, uint64_t *out)
{
	uint64_t possible = 0;

	(void)purpose;
	for (uint64_t k = 0; k < count; k++)
		if (!weight || weight[k] != 0) {
			possible++;
			*out = k;
		}
	return possible == 1
	    ? RATE_OK : rate_trace_refuse(TRACE(run), "%s draws for itself (choose), which the paths here do not",
	                                                   TRACE(run)->s.method->id);
}

/* That of the identity. */
static int svc_metric(rate_run *run, int inverse, const double *v, double *out)
{
	(void)inverse;
	memmove(out, v, run->ld * sizeof *out);
	return RATE_OK;
}

/* Services that give numbers which are no combination of what was seen, or are drawn. */
#define UNUSED __attribute__((unused))
#define NOT_FIXED(service, ...) \
	static int svc_##service(rate_run *run, __VA_ARGS__) \
	{ \
		return not_fixed(TRACE(run), #service); \
	}
NOT_FIXED(uniforms, UNUSED uint32_t purpose, UNUSED size_t count, UNUSED double *u)
NOT_FIXED(signs, UNUSED uint32_t purpose, UNUSED double *z)
NOT_FIXED(hessian_product, UNUSED const double *x, UNUSED const double *v, UNUSED double *out)
NOT_FIXED(model_step, UNUSED const double *x, UNUSED const double *g, UNUSED double M, UNUSED double shift,
          UNUSED double *out)
NOT_FIXED(metric_spectrum, UNUSED double *out)
NOT_FIXED(metric_function, UNUSED const double *phi, UNUSED const double *v, UNUSED double *out)

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
	if (t->s.watch.counting)
		return not_fixed(t, "dist2");
	if ((s = next_number(t, "dist2", x, MOVES, &c))) {
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
	if (t->s.watch.counting)
		return not_fixed(t, "grad2");
	if ((s = next_number(t, "grad2", x, MOVES, &c))) {
		double *g = rate_trace_vector(t);
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

static int svc_quantity(rate_run *run, const char *name, const double *x, double *q, double *scale)
{
	return !strcmp(name, "gap") ? svc_gap(run, x, q, scale) : !strcmp(name, "dist2") ? svc_dist2(run, x, q, scale)
	       : !strcmp(name, "grad2") ? svc_grad2(run, x, q, scale) : not_fixed(TRACE(run), name);
}

/* Of two vectors that do not move with x_star; of points too, as long as nothing that is measured depends on it (the
 * scale of rounding errors may). */
static void svc_dot(rate_run *run, const double *x, const double *y, double *out)
{
	rate_trace_state *t = TRACE(run);
	rate_call *c, *d;
	rate_scalar *s;

	*out = NAN;
	if (t->s.watch.counting) {
		not_fixed(t, "dot");
		return;
	}
	if (!(c = next_call(t, "dot", x, EITHER)))
		return;
	if (is_new(c))
		c->answer = c->x;
	s = next_number(t, "dot with", y, EITHER, &d);
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

__attribute__((format(printf, 2, 3))) static int svc_fail(rate_run *run, const char *format, ...)
{
	const char *id = TRACE(run)->s.method->id;
	va_list ap;
	char text[256];

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	/* Many name themselves. */
	return strncmp(text, id, strlen(id)) ? rate_trace_refuse(TRACE(run), "%s: %s", id, text)
	                                     : rate_trace_refuse(TRACE(run), "%s", text);
}

/* Arithmetic is that of any session. */
const rate_services *rate_trace_services(void)
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
	all.quantity = svc_quantity;
	all.fail = svc_fail;
	all.choose = svc_choose;
	all.uniforms = svc_uniforms;
	all.signs = svc_signs;
	all.hessian_product = svc_hessian_product;
	all.model_step = svc_model_step;
	all.lmo = svc_lmo;
	all.metric = svc_metric;
	all.metric_spectrum = svc_metric_spectrum;
	all.metric_function = svc_metric_function;
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
		s->blocks.average[j] += share * (s->blocks.state[0][j] - s->blocks.average[j]);
}

typedef struct path_mean { double q, weight; } path_mean;

static int all_finite(const rate_session *s)
{
	for (size_t k = 0; k < s->blocks.states; k++)
		for (size_t j = 0; j < s->run.d; j++)
			if (!isfinite(s->blocks.state[k][j]))
				return 0;
	return 1;
}

/* What is measured at this step; of a claim on means over the path the mean so far. */
static int measure(rate_trace_state *t, uint64_t step, int due, path_mean *mean, double *q, double *b)
{
	rate_session *s = &t->s;
	uint32_t flags = s->theorem->flags;
	double scale = 0, weight = s->theorem->weight ? s->theorem->weight(&s->c, step) : 1, here = 0;
	rate_view v;

	*b = 0;
	rate_session_view(s, step, &v);
	if (s->theorem->measure(&v, &here, &scale, b) || t->grow || *t->refusal.text)
		return RATE_FAIL;
	*q = here;
	if (!(flags & RATE_MEAN_OF_MEANS))
		return RATE_OK;
	if (due)
		*q = flags & RATE_MEAN_THROUGH_END || !step
		    ? (mean->q + here) / (mean->weight + 1) : mean->q / mean->weight;
	mean->q += flags & RATE_MEAN_THROUGH_END ? here : weight * here;
	mean->weight += flags & RATE_MEAN_THROUGH_END ? 1 : weight;
	return RATE_OK;
}

static int walk_path(rate_trace_state *t, double share, double *q, double *b)
{
	rate_session *s = &t->s;
	const rate_check *check = s->check;
	int means = (s->theorem->flags & RATE_MEAN_OF_MEANS) != 0;
	path_mean mean = { 0 };
	rate_view v;
	double sum = 0;
	size_t next = 0;

	if (rate_session_begin(s, 1, 0) || t->grow || *t->refusal.text)
		return RATE_FAIL;
	for (uint64_t step = 0;; step++) {
		int due = next < check->checkpoints && check->at[next] == step;
		double here, path_bound;
		if ((due || means) && measure(t, step, due, &mean, &here, &path_bound))
			return RATE_FAIL;
		if (due) {
			q[next] += share * here;
			b[next++] += share * path_bound;
		}
		if (step == check->T)
			return RATE_OK;
		if (s->theorem->weight)
			update_average(s, &sum, step);
		if (s->theorem->observe) {
			rate_session_view(s, step, &v);
			if (s->theorem->observe(&v) || t->grow || *t->refusal.text)
				return RATE_FAIL;
		}
		if (rate_session_step(s, step) || t->grow || *t->refusal.text)
			return RATE_FAIL;
		if (!all_finite(s))
			return not_linear(t, "state");
	}
}

/* What a method needs that no class of functions here has; asked before it looks there. */
static int needs_more(rate_trace_state *t)
{
	static const struct { uint32_t flag; const char *what; } more[] = {
		{ RATE_NEEDS_NETWORK, "agents on a network (network/1)" },
		{ RATE_NEEDS_COMPOSITION, "terms that are compositions (composition/1)" },
		{ RATE_NEEDS_RISK, "losses and their weights (risk/1)" },
	};

	for (size_t k = 0; k < sizeof more / sizeof *more; k++)
		if (t->s.method->flags & more[k].flag)
			return rate_trace_refuse(t, "%s needs %s", t->s.method->id, more[k].what);
	return RATE_OK;
}

int rate_trace_walk(rate_trace_state *t, double *q, double *b)
{
	if (needs_more(t))
		return RATE_FAIL;
	if (t->s.method->flags & RATE_OWN_STATE)
		return rate_trace_refuse(t, "%s remembers what is in no state block (RATE_OWN_STATE): "
		                            "its steps cannot be traced",
		                         t->s.method->id);
	t->at = 0;
	memset(q, 0, t->s.check->checkpoints * sizeof *q);
	memset(b, 0, t->s.check->checkpoints * sizeof *b);
	for (t->path = 0; t->path < t->out->paths; t->path++)
		if (walk_path(t, 1 / (double)t->out->paths, q, b))
			return RATE_FAIL;
	if (t->at < t->calls)
		return rate_trace_refuse(t, "%s does not call the same oracles whatever their answers are",
		                         t->s.method->id);
	return RATE_OK;
}
