/* The services that methods and theorems call: oracles on blocks, samples, arithmetic, measured quantities.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/guard.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "plugins/nearest.h"
#include "verify/session/algebra.h"
#include "verify/session/draws.h"
#include "verify/session/metric.h"
#include "verify/session/quantities.h"
#include "verify/session/snapshots.h"
#include "verify/session/sources.h"

#define SESSION(run) ((rate_session *)(run)->host)

__attribute__((format(printf, 2, 3))) static int svc_fail(rate_run *run, const char *format, ...)
{
	rate_session *s = SESSION(run);
	const rate_mark *m = s->mark;
	va_list ap;

	rate_no_error(&s->error);
	if (m->caller == RATE_BY_METHOD || m->caller == RATE_BY_THEOREM)
		rate_fail(&s->error, "%s: %s at step %llu: ", m->outer[m->caller], m->call,
		          (unsigned long long)m->step);
	va_start(ap, format);
	rate_vfail_more(&s->error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

static int no_value(rate_session *s)
{
	return rate_fail(&s->error, "%s asks for a value of %s: %s", s->method ? s->method->id : "the theorem",
	                 s->plugin, s->family->no_value);
}

static int blk_value(rate_run *run, const double *x, double *f)
{
	rate_session *s = SESSION(run);
	double L = isfinite(s->c.L) ? s->c.L : 0;

	if (s->family->no_value)
		return no_value(s);
	if (s->source->values(s, x, f))
		return RATE_FAIL;
	for (size_t r = 0; s->blocks.polyak.blur && s->watch.counting && r < run->nrep; r++) {
		double m = rate_reach(s, x + r * run->ld);
		rate_polyak_gap(s, r, f[r] - s->c.f_star, fabs(f[r]) + fabs(s->c.f_star) + L * (m * m + RATE_LOST));
	}
	return RATE_OK;
}

static int blk_gradient(rate_run *run, const double *x, double *g)
{
	rate_session *s = SESSION(run);

	if (rate_gradients_of_block(s, x, g))
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

static int svc_sample_value(rate_run *run, const rate_sample *sample, const double *x, double *f)
{
	rate_session *s = SESSION(run);
	double L = isfinite(s->c.L_max) ? s->c.L_max : 0;

	if (s->family->no_value)
		return no_value(s);
	if (rate_batch_mean(s, sample, x, s->samples->f, 1, 1, f))
		return RATE_FAIL;
	for (size_t r = 0; s->blocks.polyak.blur && s->watch.counting && r < run->nrep; r++) {
		double m = rate_reach(s, x + r * run->ld);
		rate_polyak_gap(s, r, f[r], f[r] != 0 ? fabs(f[r]) + L * (m * m + RATE_LOST) : 0);
	}
	return RATE_OK;
}

static int draws_nothing(const rate_session *s)
{
	return s->draws.sampler == RATE_BY_TERM && s->draws.forced == s->run.n && !s->draws.spread;
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
	return (s->samples->step && !s->watch.span ? s->samples->step : rate_step_by_gradient)(s, sample, a, x, work);
}

static int svc_sample_prox(rate_run *run, const rate_sample *sample, double gamma, const double *x, double *p)
{
	rate_session *s = SESSION(run);

	if (!s->sum || !s->sum->prox || sample->batch != 1)
		return rate_fail(&s->error, "%s: its terms have no prox", s->plugin);
	for (size_t r = 0; r < run->nrep; r++) {
		const double *row = x + r * run->ld;
		double *out = p + r * run->ld;
		if (draws_nothing(s)) {
			memmove(out, row, run->d * sizeof *out);
			continue;
		}
		rate_enter(s, "term prox");
		if (rate_check_answer(s, s->sum->prox(s->f.self, sample->index[r], gamma, row, out), "term prox",
		                      row, out, run->d))
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
		if (s->blocks.polyak.blur)
			rate_polyak_gap(s, r, s->blocks.polyak.gap[r] - f[r], s->blocks.polyak.scale[r] + fabs(f[r]));
	}
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
	return x ? RATE_OK
	    : svc_fail(run, "there is no such block (an average is kept for theorems with a `weight` only)");
}

static int measure(rate_run *run, const rate_quantity *row, const double *x, double *q, double *scale)
{
	return no_point(run, x) ? RATE_FAIL : rate_quantity_on_path(SESSION(run), row, x, q, scale);
}

static int svc_gap(rate_run *run, const double *x, double *q, double *scale)
{
	const rate_session *s = SESSION(run);

	if (s->check->trajectory && s->check->trajectory->values) {
		*q = s->value - s->c.f_star;
		*scale = fabs(s->value) + fabs(s->c.f_star);
		return RATE_OK;
	}
	return measure(run, &rate_quantity_gap, x, q, scale);
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
		if (rate_check_answer(s, RATE_OK, "quantity", at, q + r, 1) ||
		    rate_check_answer(s, RATE_OK, "quantity", at, scale + r, 1))
			return RATE_FAIL;
	}
	return RATE_OK;
}

static int svc_vector(rate_run *run, const char *name, size_t count, double *out)
{
	rate_session *s = SESSION(run);

	return rate_vector_of(s, name, count, out) == RATE_OK ? RATE_OK :
	       svc_fail(run, "the objective does not say its constant %s", name);
}

const rate_services rate_session_services = {
	.size = sizeof(rate_services), .value = blk_value, .gradient = blk_gradient, .h_value = blk_h_value,
	.prox = blk_prox, .project = blk_project, .draw = rate_svc_draw, .component = rate_svc_component,
	.sample_value = svc_sample_value, .sample_gradient = svc_sample_gradient, .sample_prox = svc_sample_prox,
	.sample_f_star = svc_sample_f_star, .normals = rate_svc_normals, .axpy = svc_axpy, .axpy_rows = svc_axpy_rows,
	.scale = svc_scale, .copy = svc_copy, .dot = svc_dot, .gap = svc_gap, .dist2 = svc_dist2, .grad2 = svc_grad2,
	.fail = svc_fail, .sample_step = svc_sample_step, .uniforms = rate_svc_uniforms, .signs = rate_svc_signs,
	.choose = rate_svc_choose, .hessian_product = rate_svc_hessian_product, .model_step = rate_svc_model_step,
	.lmo = rate_svc_lmo, .metric = rate_svc_metric,
	.metric_spectrum = rate_svc_metric_spectrum, .metric_function = rate_svc_metric_function,
	.quantity = svc_quantity, .model_prox = rate_svc_model_prox, .vector = svc_vector,
	.risk_size = rate_svc_risk_size, .risk_loss = rate_svc_risk_loss, .risk_weights = rate_svc_risk_weights,
	.smoothed = rate_svc_smoothed, .agents = rate_svc_agents, .mix = rate_svc_mix
};
