/* The services that methods and theorems call: oracles on blocks, samples, arithmetic, measured quantities.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/guard.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"
#include "plugins/nearest.h"
#include "verify/session/algebra.h"
#include "verify/session/draws.h"
#include "verify/session/metric.h"
#include "verify/session/quantities.h"
#include "verify/session/sources.h"

#define EPS 0x1p-52
#define SESSION(run) ((rate_session *)(run)->host)

static int svc_fail(rate_run *run, const char *format, ...)
{
	rate_session *s = SESSION(run);
	const rate_mark *m = s->mark;
	size_t n = 0;
	va_list ap;

	if (m->caller == RATE_BY_METHOD || m->caller == RATE_BY_THEOREM)
		n = (size_t)snprintf(s->error, sizeof s->error, "%s: %s at step %llu: ", m->outer[m->caller], m->call, (unsigned long long)m->step);
	va_start(ap, format);
	vsnprintf(s->error + n, sizeof s->error - n, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

static int no_value(rate_session *s)
{
	snprintf(s->error, sizeof s->error, "%s asks for a value of %s: a field has none, only a gradient",
	         s->method ? s->method->id : "the theorem", s->plugin);
	return RATE_FAIL;
}

static int blk_value(rate_run *run, const double *x, double *f)
{
	rate_session *s = SESSION(run);
	double L = isfinite(s->c.L) ? s->c.L : 0;

	if (s->field)
		return no_value(s);
	if (s->source->values(s, x, f))
		return RATE_FAIL;
	for (size_t r = 0; s->polyak.blur && s->counting && r < run->nrep; r++) {
		double m = rate_reach(s, x + r * run->ld);
		rate_polyak_gap(s, r, f[r] - s->c.f_star, fabs(f[r]) + fabs(s->c.f_star) + L * (m * m + RATE_LOST));
	}
	return RATE_OK;
}

static int blk_gradient(rate_run *run, const double *x, double *g)
{
	rate_session *s = SESSION(run);

	if (s->source->gradients(s, x, g))
		return RATE_FAIL;
	rate_span_saw(s, g);
	rate_polyak_slopes(s, g);
	return RATE_OK;
}

static int blk_h_value(rate_run *run, const double *x, double *h)
{
	rate_session *s = SESSION(run);

	for (size_t r = 0; r < run->nrep; r++) {
		h[r] = 0;
		if (!s->composite)
			continue;
		rate_enter(s, "h value");
		int rc = s->composite->value(s->f.self, x + r * run->ld, h + r);
		rate_leave(s);
		if (rc != RATE_OK)
			return rate_check_answer(s, rc, "h value", x, h, 1);
	}
	return RATE_OK;
}

static int blk_prox(rate_run *run, double gamma, const double *x, double *p)
{
	for (size_t r = 0; r < run->nrep; r++)
		if (rate_prox_at(SESSION(run), gamma, x + r * run->ld, p + r * run->ld))
			return RATE_FAIL;
	return RATE_OK;
}

static int blk_project(rate_run *run, double *x)
{
	for (size_t r = 0; r < run->nrep && SESSION(run)->projection; r++)
		if (rate_project_at(SESSION(run), x + r * run->ld))
			return RATE_FAIL;
	return RATE_OK;
}

/* ---- Samples ---- */

static int reserve_sample(rate_session *s, uint32_t slot, uint32_t batch)
{
	if (s->batch_capacity[slot] >= batch)
		return RATE_OK;
	free(s->index[slot]);
	free(s->normal[slot]);
	s->index[slot] = calloc(s->capacity * batch, sizeof(uint64_t));
	s->normal[slot] = s->normals ? calloc(s->capacity * batch * s->normals, sizeof(double)) : NULL;
	s->batch_capacity[slot] = s->index[slot] && (!s->normals || s->normal[slot]) ? batch : 0;
	if (s->batch_capacity[slot])
		return RATE_OK;
	snprintf(s->error, sizeof s->error, "out of memory for samples");
	return RATE_FAIL;
}

static void fill_normals(rate_session *s, uint32_t purpose, uint64_t replicate, size_t count, double *z)
{
	for (size_t i = 0; i < count; i += 2) {
		uint64_t w[2];
		rate_philox(s->key, (uint32_t)s->run.t, purpose, (uint32_t)(i / 2), replicate, w);
		double radius = sqrt(-2 * log(rate_uniform(w[0]))), angle = 2 * M_PI * rate_uniform(w[1]);
		z[i] = radius * cos(angle);
		if (i + 1 < count)
			z[i + 1] = radius * sin(angle);
	}
}

/* A b-subset for every row, without replacement, by Floyd's algorithm: b draws each, no memory of size n. */
static void draw_subsets(rate_session *s, uint32_t purpose, uint32_t batch, uint64_t *out)
{
	uint64_t n = s->run.n;

	for (uint32_t k = 0; k < batch; k++)
		s->kernels->indices(s->key, (uint32_t)s->run.t, purpose, k, s->replicate0, s->run.nrep, n - batch + k + 1, batch,
		                    out + k);
	for (size_t r = 0; batch > 1 && r < s->run.nrep; r++, out += batch)
		for (uint32_t k = 1; k < batch; k++)
			for (uint32_t q = 0; q < k; q++)
				if (out[q] == out[k]) {
					out[k] = n - batch + k;
					break;
				}
}

uint64_t rate_subsets(uint64_t n, uint64_t b)
{
	uint64_t count = 1;

	if (b > n)
		return 0;
	if (b > n - b)
		b = n - b;
	/* C(n, k + 1) = C(n, k) (n - k)/(k + 1), a whole number at every k, and growing. */
	for (uint64_t k = 0; k < b; k++) {
		if (count >= (uint64_t)1 << 40 || n >= (uint64_t)1 << 23)
			return b == 1 ? n : UINT64_MAX;
		count = count * (n - k) / (k + 1);
	}
	return count < (uint64_t)1 << 40 ? count : UINT64_MAX;
}

/* Few rows are long ones. The terms of the next step are drawn too, so that the first of them can be fetched before it. */
static void draw_ahead(rate_session *s, uint32_t purpose, uint64_t *out)
{
	struct rate_ahead *a = &s->ahead;
	size_t rows = s->run.nrep;

	if (a->nrep == rows && a->t == s->run.t && a->replicate0 == s->replicate0 && a->purpose == purpose)
		memcpy(out, a->index, rows * sizeof *out);
	else
		s->kernels->indices(s->key, (uint32_t)s->run.t, purpose, 0, s->replicate0, rows, s->run.n, 1, out);
	*a = (struct rate_ahead){ rows, s->run.t + 1, s->replicate0, purpose, { 0 } };
	s->kernels->indices(s->key, (uint32_t)a->t, purpose, 0, s->replicate0, rows, s->run.n, 1, a->index);
}

/* The b-subset with the number `outcome` in lexicographic order. */
static void nth_subset(uint64_t n, uint32_t batch, uint64_t outcome, uint64_t *out)
{
	uint64_t next = 0, with;

	if (batch == 1) {
		out[0] = outcome;
		return;
	}
	for (uint32_t k = 0; k < batch; k++, next++) {
		while (outcome >= (with = rate_subsets(n - next - 1, batch - k - 1))) {
			outcome -= with;
			next++;
		}
		out[k] = next;
	}
}

/* The subset that follows. */
static void next_subset(uint64_t n, uint32_t batch, uint64_t *index)
{
	uint32_t k = batch;

	while (k > 1 && index[k - 1] == n - batch + k - 1)
		k--;
	for (uint64_t next = index[k - 1] + 1; k <= batch; k++)
		index[k - 1] = next++;
}

/* Of each row, by its number, which is mostly that of the row before or the next one. */
static void nth_subsets(uint64_t n, uint32_t batch, size_t r, uint64_t outcome, uint64_t *before, uint64_t *index)
{
	if (r == 0 || outcome - *before > 1)
		nth_subset(n, batch, outcome, index);
	else {
		memcpy(index, index - batch, batch * sizeof *index);
		if (outcome != *before)
			next_subset(n, batch, index);
	}
	*before = outcome;
}

double rate_probe_normal(uint64_t w, size_t k)
{
	return cos(1.3 * (double)(k + 1) + 2.1 * (double)w) + 0.4;
}

/* The normals of one replicate that stand for the outcome. */
static void nth_normals(size_t m, uint64_t outcome, double *z)
{
	for (size_t k = 0; k < m; k++)
		z[k] = outcome < 2 * m ? 0 : rate_probe_normal(outcome - 2 * m, k);
	if (outcome < 2 * m)
		z[outcome / 2] = outcome % 2 ? -sqrt((double)m) : sqrt((double)m);
}

/* Notes whether the forced draw is the only one: then its outcomes are all there is to a step. */
static void force(rate_session *s, uint32_t purpose, uint32_t batch)
{
	if (batch != s->c.batch || s->measuring || (s->purpose && s->purpose != purpose + 1) ||
	    (s->choice.count > 1 && !s->choice.looking && rate_choice_below(s) != rate_subsets(s->run.n, batch)))
		s->unforced = 1;
	s->purpose = purpose + 1;
}

/* The number of this draw among those of the step; the same purpose is the same draw. */
static uint32_t number_of_draw(rate_session *s, uint32_t purpose, uint32_t batch)
{
	struct rate_leaf *leaf = &s->leaf;
	uint64_t outcomes = s->run.n ? rate_subsets(s->run.n, batch) : 1;
	uint32_t k = 0, most = sizeof leaf->of / sizeof *leaf->of;

	while (k < leaf->draws && (leaf->of[k].purpose != purpose || leaf->of[k].batch != batch))
		k++;
	if (k < leaf->draws)
		return k;
	if (k == most) {
		s->unforced = 1;
		return k - 1;
	}
	leaf->of[leaf->draws++] = (struct rate_leaf_draw){ purpose, batch, leaf->radix };
	leaf->radix = outcomes > UINT64_MAX / leaf->radix ? UINT64_MAX : leaf->radix * outcomes;
	return k;
}

static const rate_sample *svc_draw(rate_run *run, uint32_t purpose, uint32_t batch)
{
	rate_session *s = SESSION(run);
	uint32_t slot = purpose & 15, number = 0;
	uint64_t before = 0, subsets;
	rate_sample *out = &s->sample[slot];

	if (purpose != slot) {
		svc_fail(run, "draw: purpose %u: they go from 0 to 15", purpose);
		rate_fault(s, "%s", s->error); /* whatever the caller makes of it */
		return NULL;
	}
	if (run->n && (batch > run->n || !batch)) {
		snprintf(s->error, sizeof s->error, "batch of %u from a sum of %zu terms", batch, run->n);
		return NULL;
	}
	if (reserve_sample(s, slot, batch))
		return NULL;
	*out = (rate_sample){ sizeof *out, batch, s->index[slot], s->normal[slot] };
	if (s->ordered || s->sampler == RATE_BY_LEAF)
		number = number_of_draw(s, purpose, batch);
	if (s->ordered)
		purpose = number;
	if (s->sampler == RATE_BY_LEAF)
		s->unforced |= !run->n && !s->stream->deterministic;
	else if (s->sampler != RATE_BY_PHILOX)
		force(s, purpose, batch);
	if (run->n && (s->sampler == RATE_BY_PHILOX || s->unforced)) {
		if (batch == 1 && run->nrep <= RATE_FEW)
			draw_ahead(s, purpose, s->index[slot]);
		else
			draw_subsets(s, purpose, batch, s->index[slot]);
		return out;
	}
	subsets = s->sampler == RATE_BY_LEAF && run->n ? rate_subsets(run->n, batch) : rate_choice_below(s);
	for (size_t r = 0; r < run->nrep; r++) {
		uint64_t rep = s->replicate0 + r, forced = s->forced + (s->spread ? r : 0);
		uint64_t *index = s->index[slot] + r * batch;
		if (!run->n && s->stream->deterministic)
			for (uint32_t k = 0; k < batch; k++)
				index[k] = run->t;
		else if (!run->n && s->sampler == RATE_FORCED && !s->unforced)
			nth_normals(batch * s->normals, forced, s->normal[slot] + r * batch * s->normals);
		else if (!run->n)
			fill_normals(s, purpose, rep, batch * s->normals, s->normal[slot] + r * batch * s->normals);
		else if (s->sampler == RATE_BY_LEAF)
			nth_subsets(run->n, batch, r, rep / s->leaf.of[number].radix % subsets, &before, index);
		else if (s->sampler == RATE_BY_TERM)
			for (uint32_t k = 0; k < batch; k++)
				index[k] = forced < run->n ? forced : run->n - batch + k;
		else {
			uint64_t digit = s->sampler == RATE_FORCED ? forced : rep;
			for (uint64_t t = 0; s->sampler == RATE_BY_DIGITS && t < run->t; t++)
				digit /= s->outcomes;
			nth_subsets(run->n, batch, r, digit % subsets, &before, index);
		}
	}
	return out;
}

void rate_components_free(rate_session *s)
{
	for (size_t k = 0; k < s->component_room; k++) {
		free(s->component[k]->index);
		free(s->component[k]->normal);
		free(s->component[k]);
	}
	free(s->component);
	s->component = NULL;
	s->components = s->component_room = 0;
}

static int add_component(rate_session *s)
{
	struct rate_component **grown = realloc(s->component, (s->component_room + 1) * sizeof(*grown)), *c;

	if (!grown)
		return RATE_FAIL;
	s->component = grown;
	if (!(c = calloc(1, sizeof *c)))
		return RATE_FAIL;
	grown[s->component_room++] = c;
	c->index = calloc(s->capacity, sizeof *c->index);
	c->normal = s->normals ? calloc(s->capacity * s->normals, sizeof *c->normal) : NULL;
	return c->index && (c->normal || !s->normals) ? RATE_OK : RATE_FAIL;
}

/* Each step asks for its terms in much the same order: what a handle holds from the last one is used again. */
static const rate_sample *svc_component(rate_run *run, uint64_t i)
{
	rate_session *s = SESSION(run);
	struct rate_component *c;

	if (s->components == s->component_room && add_component(s)) {
		rate_components_free(s);
		snprintf(s->error, sizeof s->error, "out of memory for samples");
		return NULL;
	}
	c = s->component[s->components++];
	if (!c->rows || *c->index != i)
		c->rows = 0;
	for (; c->rows < run->nrep; c->rows++)
		c->index[c->rows] = i;
	c->sample = (rate_sample){ sizeof c->sample, 1, c->index, c->normal };
	return &c->sample;
}

static int svc_sample_value(rate_run *run, const rate_sample *sample, const double *x, double *f)
{
	rate_session *s = SESSION(run);
	double L = isfinite(s->c.L_max) ? s->c.L_max : 0;

	if (s->field)
		return no_value(s);
	if (rate_batch_mean(s, sample, x, s->samples->f, 1, 1, f))
		return RATE_FAIL;
	for (size_t r = 0; s->polyak.blur && s->counting && r < run->nrep; r++) {
		double m = rate_reach(s, x + r * run->ld);
		rate_polyak_gap(s, r, f[r], f[r] != 0 ? fabs(f[r]) + L * (m * m + RATE_LOST) : 0);
	}
	return RATE_OK;
}

static int draws_nothing(const rate_session *s)
{
	return s->sampler == RATE_BY_TERM && s->forced == s->run.n && !s->spread;
}

static int svc_sample_gradient(rate_run *run, const rate_sample *sample, const double *x, double *g)
{
	rate_session *s = SESSION(run);

	if (draws_nothing(s)) {
		memset(g, 0, run->nrep * run->ld * sizeof *g);
		return RATE_OK;
	}
	if (s->samples->gradients(s, sample, x, g))
		return RATE_FAIL;
	rate_span_saw(s, g);
	rate_polyak_slopes(s, g);
	return RATE_OK;
}

static int svc_sample_step(rate_run *run, const rate_sample *sample, double a, double *x, double *work)
{
	rate_session *s = SESSION(run);

	if (draws_nothing(s))
		return RATE_OK;
	/* Who watches the gradients has to see them. */
	return (s->samples->step && !s->span ? s->samples->step : rate_step_by_gradient)(s, sample, a, x, work);
}

static int svc_sample_prox(rate_run *run, const rate_sample *sample, double gamma, const double *x, double *p)
{
	rate_session *s = SESSION(run);

	if (!s->sum || !s->sum->prox || sample->batch != 1) {
		snprintf(s->error, sizeof s->error, "%s: its terms have no prox", s->plugin);
		return RATE_FAIL;
	}
	for (size_t r = 0; r < run->nrep; r++) {
		const double *row = x + r * run->ld;
		double *out = p + r * run->ld;
		if (draws_nothing(s)) {
			memmove(out, row, run->d * sizeof *out);
			continue;
		}
		rate_enter(s, "term prox");
		if (rate_check_answer(s, s->sum->prox(s->f.self, sample->index[r], gamma, row, out), "term prox", row, out, run->d))
			return RATE_FAIL;
	}
	return RATE_OK;
}

static int svc_sample_f_star(rate_run *run, const rate_sample *sample, double *f)
{
	rate_session *s = SESSION(run);

	for (size_t r = 0; r < run->nrep; r++) {
		f[r] = 0;
		for (uint32_t k = 0; k < sample->batch; k++) {
			double one;
			if (!s->x_star || s->samples->f(s, sample, r * sample->batch + k, s->x_star, &one))
				return RATE_FAIL;
			f[r] += one / sample->batch;
		}
		if (s->polyak.blur)
			rate_polyak_gap(s, r, s->polyak.gap[r] - f[r], s->polyak.scale[r] + fabs(f[r]));
	}
	return RATE_OK;
}

static int svc_normals(rate_run *run, uint32_t purpose, double *z)
{
	SESSION(run)->unforced = 1;
	for (size_t r = 0; r < run->nrep; r++)
		fill_normals(SESSION(run), 16 + purpose, SESSION(run)->replicate0 + r, run->d, z + r * run->ld);
	return RATE_OK;
}

/* ---- Arithmetic ---- */

static void svc_axpy(rate_run *run, double a, const double *x, double *y)
{
	SESSION(run)->kernels->axpy(run->nrep * run->ld, a, x, y);
}

static void svc_axpy_rows(rate_run *run, const double *a, const double *x, double *y)
{
	for (size_t r = 0; r < run->nrep; r++)
		SESSION(run)->kernels->axpy(run->d, a[r], x + r * run->ld, y + r * run->ld);
}

static void svc_scale(rate_run *run, double a, double *x)
{
	SESSION(run)->kernels->scale(run->nrep * run->ld, a, x);
}

static void svc_copy(rate_run *run, const double *x, double *y)
{
	memcpy(y, x, run->nrep * run->ld * sizeof *y);
}

static void svc_dot(rate_run *run, const double *x, const double *y, double *out)
{
	for (size_t r = 0; r < run->nrep; r++)
		out[r] = SESSION(run)->kernels->dot(run->d, x + r * run->ld, y + r * run->ld);
}

/* ---- Measured quantities ---- */

/* view->average is NULL where the theorem has no weight. */
static int no_point(rate_run *run, const double *x)
{
	return x ? RATE_OK : svc_fail(run, "there is no such block (an average is kept for theorems with a `weight` only)");
}

static int measure(rate_run *run, const rate_quantity *row, const double *x, double *q, double *scale)
{
	return no_point(run, x) ? RATE_FAIL : rate_quantity_on_path(SESSION(run), row, x, q, scale);
}

static int svc_gap(rate_run *run, const double *x, double *q, double *scale)
{
	if (measure(run, &rate_quantity_gap, x, q, scale))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		rate_polyak_gap(SESSION(run), r, q[r], scale[r]);
	return RATE_OK;
}

static int svc_dist2(rate_run *run, const double *x, double *q, double *scale)
{
	return measure(run, &rate_quantity_dist2, x, q, scale);
}

static int svc_grad2(rate_run *run, const double *x, double *q, double *scale)
{
	return measure(run, &rate_quantity_grad2, x, q, scale);
}

static int unknown_quantity(rate_run *run, const char *name)
{
	char words[200];
	rate_nearest near = { .typed = name };

	for (const rate_quantity *const *row = rate_quantities_known; *row; row++)
		rate_nearest_try(&near, (*row)->name);
	return svc_fail(run, "there is no quantity \"%s\"%s", name, rate_nearest_words(&near, words, sizeof words));
}

/* A name that the host does not know is the objective's (quantities/1), which gives the scale too. */
static int svc_quantity(rate_run *run, const char *name, const double *x, double *q, double *scale)
{
	rate_session *s = SESSION(run);
	const rate_quantity *row = rate_quantity_named(name);

	if (row)
		return row == &rate_quantity_gap ? svc_gap(run, x, q, scale) : measure(run, row, x, q, scale);
	if (no_point(run, x))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		const double *at = x + r * run->ld;
		int rc = RATE_FAIL;
		if (s->quantities) {
			rate_enter(s, "quantity");
			rc = s->quantities->evaluate(s->f.self, name, at, q + r, scale + r);
			rate_leave(s);
		}
		if (rc != RATE_OK)
			return unknown_quantity(run, name);
		if (rate_check_answer(s, RATE_OK, "quantity", at, q + r, 1) || rate_check_answer(s, RATE_OK, "quantity", at, scale + r, 1))
			return RATE_FAIL;
	}
	return RATE_OK;
}

const rate_services rate_session_services = {
	.size = sizeof(rate_services), .value = blk_value, .gradient = blk_gradient, .h_value = blk_h_value,
	.prox = blk_prox, .project = blk_project, .draw = svc_draw, .component = svc_component,
	.sample_value = svc_sample_value, .sample_gradient = svc_sample_gradient, .sample_prox = svc_sample_prox,
	.sample_f_star = svc_sample_f_star, .normals = svc_normals, .axpy = svc_axpy, .axpy_rows = svc_axpy_rows,
	.scale = svc_scale, .copy = svc_copy, .dot = svc_dot, .gap = svc_gap, .dist2 = svc_dist2, .grad2 = svc_grad2,
	.fail = svc_fail, .sample_step = svc_sample_step, .uniforms = rate_svc_uniforms, .signs = rate_svc_signs,
	.choose = rate_svc_choose, .hessian_product = rate_svc_hessian_product, .model_step = rate_svc_model_step,
	.lmo = rate_svc_lmo, .metric = rate_svc_metric,
	.metric_spectrum = rate_svc_metric_spectrum, .metric_function = rate_svc_metric_function,
	.quantity = svc_quantity
};
