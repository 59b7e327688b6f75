/* From an instance to a check that can be run: constants, minimiser, applicability, parameters, steps, bounds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/session.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"

#define EPS 0x1p-52

__attribute__((format(printf, 2, 3))) static int reject(rate_check *check, const char *format, ...)
{
	va_list ap;

	check->applicable = 0;
	va_start(ap, format);
	vsnprintf(check->reason, sizeof check->reason, format, ap);
	va_end(ap);
	return RATE_OK;
}

/* ---- Constants ---- */

static const rate_declared *declaration(const rate_check *c, const char *name)
{
	for (size_t i = 0; i < c->declarations; i++)
		if (!strcmp(c->declared[i].name, name))
			return &c->declared[i];
	return NULL;
}

double rate_constant_of(rate_session *s, const char *name, rate_knowledge *kind)
{
	rate_constant c = { .size = sizeof c, .value = NAN };

	const rate_declared *d = declaration(s->check, name);
	int given = d && !d->factor;

	if (!given && (!s->constants || s->constants->scalar(s->f.self, name, &c) != RATE_OK))
		return NAN;
	if (kind)
		*kind = given ? RATE_EXACT : c.kind;
	return given ? d->value : d ? d->value * c.value : c.value;
}

static double known(rate_session *s, const char *name)
{
	return rate_constant_of(s, name, NULL);
}

int rate_vector_of(rate_session *s, const char *name, size_t count, double *out)
{
	const rate_declared *d = declaration(s->check, name);
	int rc = s->constants && s->constants->vector ? s->constants->vector(s->f.self, name, count, out) : RATE_FAIL;

	for (size_t i = 0; rc == RATE_OK && d && d->factor && i < count; i++)
		out[i] *= d->value;
	return rc == RATE_OK ? RATE_OK : RATE_FAIL;
}

/* mean (or max) over the terms of a vector constant; NaN if it is not given. */
static double fold(rate_session *s, const char *name, int maximum)
{
	size_t n = s->run.n;
	double *v, out = NAN;

	if (!n || !(v = malloc(n * sizeof *v)))
		return NAN;
	if (rate_vector_of(s, name, n, v) == RATE_OK) {
		out = maximum ? v[0] : 0;
		for (size_t i = 0; i < n; i++)
			out = maximum ? fmax(out, v[i]) : out + v[i] / (double)n;
	}
	free(v);
	return out;
}

/* ---- The start ---- */

static int read_numbers(rate_session *s, const char *file, double *x)
{
	FILE *in = fopen(file, "r");
	size_t j = 0;

	if (in) {
		for (; j < s->run.d && fscanf(in, "%lf%*[ ,;\t\r\n]", x + j) >= 1; j++)
			;
		fclose(in);
	}
	if (j == s->run.d)
		return RATE_OK;
	snprintf(s->error, sizeof s->error, "x0=%s: %s (%zu of %zu numbers)", file, in ? "too short" : "cannot be read", j,
	         s->run.d);
	return RATE_FAIL;
}

int rate_make_start(rate_session *s)
{
	const rate_bound_spec *spec = s->check->objective;
	const char *x0 = spec->x0 ? spec->x0 : "default";
	size_t d = s->run.d;

	if (!(s->x0 = calloc(s->run.ld, sizeof *s->x0)))
		return RATE_FAIL;
	if (!strcmp(x0, "default"))
		return s->start ? s->start->start(s->f.self, s->x0) : RATE_OK;
	if (!strcmp(x0, "zero"))
		return RATE_OK;
	if (!strcmp(x0, "gauss")) {
		rate_host_services()->normals(rate_host_services(), spec->seed, 0x7830, d, s->x0);
		return RATE_OK;
	}
	if (strcmp(x0, "ones"))
		return read_numbers(s, x0, s->x0);
	for (size_t j = 0; j < d; j++)
		s->x0[j] = 1;
	return RATE_OK;
}

/* Moves x_0 along the ray from x_star to the distance that radius= says. */
static void apply_radius(rate_session *s)
{
	double radius = s->check->objective->radius, norm;

	if (radius != radius || !s->x_star)
		return;
	for (size_t j = 0; j < s->run.d; j++)
		s->work[j] = s->x0[j] - s->x_star[j];
	norm = rate_norm_n(s->work, s->run.d);
	for (size_t j = 0; j < s->run.d && norm > 0; j++)
		s->x0[j] = s->x_star[j] + radius / norm * s->work[j];
}

/* ---- The case ---- */

static int moments_at_star(rate_session *s)
{
	rate_case *c = &s->c;

	c->sigma_star2 = known(s, "sigma_star2");
	if (c->sigma_star2 != c->sigma_star2 && s->run.n && s->x_star) {
		double sum = 0;
		for (size_t i = 0; s->run.n > 1 && i < s->run.n; i++) {
			if (rate_g_i(s, i, s->x_star, s->work))
				return RATE_FAIL;
			sum += rate_dot_n(s->work, s->work, s->run.d);
		}
		c->sigma_star2 = sum / (double)s->run.n;
	}
	c->Delta_star = known(s, "Delta_star");
	if (c->Delta_star != c->Delta_star) {
		if (s->run.n == 1 || known(s, "interpolation") == 1)
			c->Delta_star = 0;
		else
			c->Delta_star = c->f_star - fold(s, "f_i_star", 0);
	}
	return RATE_OK;
}

static int start_values(rate_session *s)
{
	rate_case *c = &s->c;
	double scale;

	if (rate_g(s, s->x0, s->work))
		return RATE_FAIL;
	c->g02 = rate_dot_n(s->work, s->work, s->run.d);
	if (s->x_star) {
		double norm;
		for (size_t j = 0; j < s->run.d; j++)
			s->work[j] = s->x0[j] - s->x_star[j];
		/* The certified error of x_star widens D to its safe side. */
		norm = rate_norm_n(s->work, s->run.d) + s->x_star_error;
		c->D2 = norm * norm;
	}
	if (c->f_star == c->f_star && rate_gap_at(s, s->x0, &c->d0, &scale))
		return RATE_FAIL;
	return RATE_OK;
}

/* Where the gradient vanishes what is left of it is the rounding error of its sums. It is looked at in a few neighbours of
 * the minimiser, lest one be right by luck; what L allows there is taken off, and more than rounding is no noise. */
static int gradient_noise(rate_session *s)
{
	const rate_case *c = &s->c;
	size_t d = s->run.d;
	double *x = s->work, *g = s->work + s->run.ld, size, most = 0;

	if (!s->x_star || s->composite || s->projection || !(c->L > 0) || !(c->D2 > 0))
		return RATE_OK;
	size = fmax(rate_norm_n(s->x_star, d), sqrt(c->D2));
	for (int k = -8; k <= 8; k++) {
		double moved = 0;
		for (size_t j = 0; j < d; j++) {
			x[j] = s->x_star[j] + k * EPS * size * (s->x0[j] - s->x_star[j]) / sqrt(c->D2);
			moved = hypot(moved, x[j] - s->x_star[j]);
		}
		if (rate_g(s, x, g))
			return RATE_FAIL;
		most = fmax(most, rate_norm_n(g, d) - 2 * c->L * moved);
	}
	if (most > 1e-12 * sqrt(c->g02))
		return RATE_OK;
	s->noise = most;
	s->drift = most / (c->mu > 0 ? c->mu : c->L);
	return RATE_OK;
}

int rate_fill_case(rate_session *s)
{
	rate_case *c = &s->c;
	double f, h = 0;

	*c = (rate_case){ .size = sizeof *c, .d = s->run.d, .n = s->run.n, .L = NAN, .mu = NAN, .pl = NAN, .G = NAN,
		.rho_weak = NAN, .L_2 = NAN, .L_max = NAN, .mu_h = NAN, .sigma_star2 = NAN, .Delta_star = NAN, .noise2 = NAN,
		.noise_max = NAN, .strong_growth = NAN, .diameter = NAN, .L0 = NAN, .L1 = NAN, .f_star = NAN, .D2 = NAN,
		.d0 = NAN, .g02 = NAN, .delta = s->check->delta, .batch = 1 };
	if (!s->f.cls)
		return RATE_OK;
	c->L = known(s, "L");
	c->mu = known(s, "mu");
	c->pl = known(s, "pl");
	c->G = known(s, "G");
	c->rho_weak = known(s, "rho_weak");
	c->L_2 = known(s, "L_2");
	c->mu_h = known(s, "mu_h");
	c->noise2 = s->run.n == 1 ? 0 : known(s, "noise2");
	c->noise_max = s->run.n == 1 ? 0 : known(s, "noise_max");
	c->strong_growth = s->run.n == 1 ? 1 : known(s, "strong_growth");
	c->diameter = known(s, "diameter");
	c->L0 = known(s, "L0");
	c->L1 = known(s, "L1");
	if (c->L0 != c->L0 && c->L == c->L) {
		c->L0 = c->L;
		c->L1 = 0;
	}
	c->L_max = known(s, "L_max");
	if (c->L_max != c->L_max)
		c->L_max = s->run.n == 1 ? c->L : fold(s, "L_i", 1);
	if (c->pl != c->pl)
		c->pl = c->mu;
	if (rate_make_start(s) || rate_find_minimiser(s))
		return RATE_FAIL;
	apply_radius(s);
	/* Every theorem starts in the feasible set. */
	if (rate_project_at(s, s->x0))
		return RATE_FAIL;
	c->x0 = s->x0;
	c->x_star = s->x_star;
	c->f_star = known(s, "F_star");
	if (c->f_star != c->f_star)
		c->f_star = s->composite ? NAN : known(s, "f_star");
	if (c->f_star != c->f_star && s->x_star && rate_f(s, s->x_star, &f) == RATE_OK) {
		if (s->composite)
			s->composite->value(s->f.self, s->x_star, &h);
		c->f_star = f + h;
	}
	return moments_at_star(s) || start_values(s) || gradient_noise(s) ? RATE_FAIL : RATE_OK;
}

/* ---- Needs ---- */

static double capability_known(rate_session *s, const char *name)
{
	return s->f.cls->interface && s->f.cls->interface(s->f.self, name) ? 1 : NAN;
}

/* mean |grad f_i(x_star) - grad f(x_star)|^2: what is left of the noise where the full gradient does not vanish. */
static double variance_at_star(rate_session *s)
{
	size_t d = s->run.d, n = s->run.n;
	double *mean = s->work + s->run.ld, sum = 0;

	if (n == 1 || !n)
		return s->c.noise2;
	if (!s->x_star || rate_g(s, s->x_star, mean))
		return NAN;
	for (size_t i = 0; i < n; i++) {
		if (rate_g_i(s, i, s->x_star, s->work))
			return NAN;
		for (size_t j = 0; j < d; j++)
			s->work[j] -= mean[j];
		sum += rate_dot_n(s->work, s->work, d);
	}
	return sum / (double)n;
}

/* 1 if the gradient vanishes at x_star, which it need not on the edge of the feasible set. */
static double stationary(rate_session *s)
{
	if (!s->x_star || rate_g(s, s->x_star, s->work))
		return NAN;
	return rate_norm_n(s->work, s->run.d) <= 1e-12 * s->c.L * sqrt(s->c.D2) ? 1 : NAN;
}

static double first_known(double a, double b)
{
	return a == a ? a : b;
}

static double need_value(rate_session *s, const char *need)
{
	const rate_case *c = &s->c;
	const struct { const char *name; double value; } host[] = {
		{ "L", c->L }, { "mu", c->mu > 0 ? c->mu : NAN }, { "pl", c->pl > 0 ? c->pl : NAN }, { "G", c->G },
		{ "L_max", c->L_max }, { "sigma_star2", c->sigma_star2 }, { "Delta_star", c->Delta_star }, { "noise2", c->noise2 },
		{ "L0", c->L0 }, { "L1", c->L1 },
		{ "noise_max", c->noise_max }, { "strong_growth", c->strong_growth }, { "mu_h", c->mu_h },
		{ "f_star", c->f_star }, { "F_star", c->f_star }, { "x_star", s->x_star ? 1 : NAN },
		{ "one term", s->run.n == 1 ? 1 : NAN },
		{ "rounds", s->run.n == 1 || (s->stream && s->stream->deterministic) ? 1 : NAN },
		{ "stochastic", s->run.n != 1 ? 1 : NAN },
		{ "online", s->stream && s->stream->deterministic ? 1 : NAN },
		{ "finite-sum/1", s->run.n ? 1 : NAN }, { "stream/1", s->stream ? 1 : NAN },
		{ "composite/1", s->composite ? 1 : NAN }, { "projection/1", s->projection ? 1 : NAN },
		{ "hessian/1", s->hessian ? 1 : NAN },
		{ "composite", s->composite || s->projection ? 1 : NAN },
		{ "noise_additive", s->run.n == 1 || known(s, "noise_additive") == 1 ? 1 : NAN },
		{ "no composite", s->composite || s->projection ? NAN : 1 },
		{ "whole space", s->projection ? NAN : 1 },
		{ "prox", s->composite ? 1 : s->projection ? 3 : s->sum && s->sum->prox ? 2 : NAN },
		{ "mu_g", s->composite ? fmax(c->mu_h, 0) : s->projection ? 0 : fmax(s->run.n == 1 ? c->mu : known(s, "mu_min"), 0) },
		{ "L_mean", s->run.n == 1 ? c->L : fold(s, "L_i", 0) },
		{ "G_mean", s->run.n == 1 ? c->G : known(s, "G_mean") },
		{ "noise_subgauss", first_known(c->noise_max, known(s, "noise_subgauss")) },
		{ "mu_min", s->run.n == 1 && c->mu > 0 ? c->mu : known(s, "mu_min") },
	};

	for (size_t i = 0; i < sizeof host / sizeof *host; i++)
		if (!strcmp(host[i].name, need))
			return host[i].value;
	if (!strcmp(need, "convex")) {
		double convex = known(s, "convex");
		return convex == 1 || (convex != convex && c->mu > 0) ? 1 : NAN;
	}
	if (!strcmp(need, "sigma_F2"))
		return variance_at_star(s);
	if (!strcmp(need, "stationary"))
		return stationary(s);
	if (!strcmp(need, "interpolation"))
		return s->run.n == 1 || known(s, "interpolation") == 1 ? 1 : NAN;
	if (strstr(need, "/1"))
		return capability_known(s, need);
	return known(s, need);
}

static int meet_needs(rate_session *s, rate_check *check)
{
	const rate_theorem *th = s->theorem;
	const char *const *need = th->needs.item;

	s->need = calloc(th->needs.count + 1, sizeof *s->need);
	s->c.need = s->need;
	for (uint32_t i = 0; i < th->needs.count; i++) {
		if (!s->f.cls)
			return reject(check, "needs an objective (%s)", need[i]);
		s->need[i] = need_value(s, need[i]);
		if (s->need[i] != s->need[i])
			return reject(check, "needs %s: the objective does not have it, or it is not known", need[i]);
		if (s->need[i] == 0 && (!strcmp(need[i], "L") || !strcmp(need[i], "L_max")))
			return reject(check, "%s = 0: the gradient is constant; the theorem is for %s > 0", need[i], need[i]);
	}
	if (s->method && s->composite && !(s->method->flags & RATE_NEEDS_PROX))
		return reject(check, "method %s ignores the composite part h", s->method->id);
	if (s->method && s->projection && !(s->method->flags & (RATE_NEEDS_PROJECTION | RATE_NEEDS_LMO)))
		return reject(check, "method %s ignores the feasible set", s->method->id);
	if (s->method && (s->method->flags & RATE_STOCHASTIC) && s->stream && s->stream->deterministic &&
	    (th->kind == RATE_EXPECTATION || th->kind == RATE_HIGH_PROBABILITY))
		return reject(check, "%s", "the rounds come in a fixed order: they are no independent samples");
	if (s->method && (s->method->flags & RATE_NEEDS_SAMPLE_PROX) && !(s->sum && s->sum->prox))
		return reject(check, "method %s needs the prox of a term", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_F_STAR) && s->c.f_star != s->c.f_star)
		return reject(check, "method %s needs f_star", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_HESSIAN) && !s->hessian)
		return reject(check, "method %s needs the Hessian (hessian/1)", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_METRIC) && !s->metric)
		return reject(check, "method %s needs a metric (metric/1)", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_LMO) && !s->lmo)
		return reject(check, "method %s needs linear minimisation over the feasible set (lmo/1)", s->method->id);
	if ((th->flags & RATE_DIMENSION_ONE) && s->run.d != 1)
		return reject(check, "%s", "stated for dimension 1");
	return RATE_OK;
}

/* ---- Parameters, steps, bounds ---- */

/* As it would be typed: a choice by its word. */
static int print_parameter(char *out, size_t size, const rate_param_info *p, double value)
{
	const char *word = p->choices;

	if (p->type != RATE_CHOICE || !word)
		return snprintf(out, size, "%s=%.17g", p->name, value);
	for (int k = (int)value; k > 0 && strchr(word, '|'); k--)
		word = strchr(word, '|') + 1;
	return snprintf(out, size, "%s=%.*s", p->name, (int)strcspn(word, "|"), word);
}

/* All but those that each point draws for itself. */
static void print_parameters(rate_check *check)
{
	size_t used = 0, size = 128 * (check->params + 1);

	check->parameters = calloc(1, size);
	for (size_t i = 0; check->parameters && i < check->params && used < size; i++) {
		const rate_param_info *p = &check->theorem->param[i];

		if (check->theorem->point && !check->given->word[0].given[i] && p->low < p->high)
			continue;
		if (used)
			check->parameters[used++] = ',';
		used += (size_t)print_parameter(check->parameters + used, size - used, p, check->param[i]);
	}
}

void rate_set_method(rate_session *s, const rate_bound_word *method)
{
	const rate_bound_word *own = s->param ? &s->check->given->word[0] : NULL;

	for (size_t k = 0; k < method->values; k++) {
		const rate_param_info *p = &method->info->param[k];
		s->method_param[k] = p->type == RATE_REAL ? method->value[k].real : (double)method->value[k].integer;
		for (size_t i = 0; own && i < own->values; i++)
			if (!strcmp(own->info->param[i].name, p->name))
				s->method_param[k] = s->param[i];
	}
}

static int choose_parameters(rate_session *s, rate_check *check)
{
	const rate_theorem *th = s->theorem;
	const rate_bound_word *w = &check->given->word[0];
	const char *range;
	double fraction = check->fraction;

	check->params = w->values;
	check->param = calloc(w->values + 1, sizeof *check->param);
	s->param = check->param;
	s->c.param = s->param;
	for (size_t i = 0; i < w->values; i++)
		s->param[i] = w->info->param[i].type == RATE_REAL ? w->value[i].real : (double)w->value[i].integer;
	if ((th->flags & RATE_OPEN_END) && fraction > 0.99)
		fraction = 0.99;
	if (th->choose)
		th->choose(&s->c, fraction, s->param);
	for (size_t i = 0; check->multiple && i < w->values; i++)
		if (w->info->param[i].type == RATE_REAL)
			s->param[i] *= check->multiple[i];
	/* What was given stands, whatever `choose` wrote. */
	for (size_t i = 0; i < w->values; i++)
		if (w->given[i])
			s->param[i] = w->info->param[i].type == RATE_REAL ? w->value[i].real : (double)w->value[i].integer;
	print_parameters(check);
	/* Nothing bounds the step of a function that is straight. */
	for (size_t i = 0; i < w->values; i++) {
		const rate_param_info *p = &w->info->param[i];
		if (isinf(s->param[i]))
			return reject(check, "the range of %s has no end here", p->name);
		if (!check->beyond && p->low < p->high && (s->param[i] < p->low || s->param[i] > p->high))
			return reject(check, "outside the theorem's range: %s in [%g, %g]", p->name, p->low, p->high);
	}
	if (s->method)
		rate_set_method(s, &check->method->word[0]);
	for (size_t k = 0; s->method && k < check->method->word[0].values; k++)
		if (!strcmp(check->method->word[0].info->param[k].name, "batch"))
			s->c.batch = (uint32_t)s->method_param[k];
	if (s->c.batch > s->run.n && s->run.n)
		return reject(check, "%s", "the batch is larger than the sum");
	if (th->admissible && !check->beyond && (range = th->admissible(&s->c)))
		return reject(check, "outside the theorem's range: %s", range);
	return RATE_OK;
}

static int make_steps(rate_session *s, rate_check *check)
{
	const rate_theorem *th = s->theorem;
	uint32_t k, count = th->schedules ? th->schedules : 1;
	size_t T = check->T;

	if (!(s->schedule = calloc(count, sizeof *s->schedule)))
		return RATE_FAIL;
	for (k = 0; k < count; k++)
		if (!(s->schedule[k] = calloc(T + 1, sizeof(double))))
			return RATE_FAIL;
	if (th->steps)
		th->steps(&s->c, s->schedule);
	else
		for (size_t t = 0; t < T; t++)
			for (size_t i = 0; i < check->given->word[0].values; i++)
				if (!strcmp(check->theorem->param[i].name, "gamma"))
					s->schedule[0][t] = s->param[i];
	s->c.step = s->schedule[0];
	s->c.schedule = (const double *const *)s->schedule;
	/* As where L = 0 and the step is 1/L: no theorem speaks of such a run. */
	for (k = 0; k < count; k++)
		for (size_t t = 0; t < T; t++)
			if (!isfinite(s->schedule[k][t]))
				return reject(check, "the step sizes are not finite here");
	return RATE_OK;
}

static int is_sampled(const rate_session *s)
{
	return s->method && (s->method->flags & RATE_STOCHASTIC) && s->run.n != 1 &&
	       !(s->stream && s->stream->deterministic);
}

/* Claims on single paths and exact means are judged at every t; sampled ones at powers of sqrt 2, since the price of a
 * checkpoint is paid in power. */
static int make_checkpoints(rate_session *s, rate_check *check, int every)
{
	uint64_t T = check->T, last = 0;

	check->at = calloc(T + 2, sizeof *check->at);
	check->bound = calloc(T + 2, sizeof *check->bound);
	if (!check->at || !check->bound)
		return RATE_FAIL;
	check->checkpoints = 0;
	/* A minimum over points of the path needs every one of them; t = 0 is measured for it and never judged. */
	if (s->theorem->flags & RATE_MIN_OF_MEANS) {
		for (uint64_t t = s->theorem->flags & RATE_MEASURE_FROM_ZERO ? 0 : 1; t <= T; t++)
			check->at[check->checkpoints++] = t;
		return RATE_OK;
	}
	if (s->theorem->flags & RATE_LAST)
		check->at[check->checkpoints++] = T;
	else if (every)
		for (uint64_t t = 1; t <= T; t++)
			check->at[check->checkpoints++] = t;
	else {
		for (int k = 0; k < 128 && last < T; k++) {
			uint64_t t = (uint64_t)llround(exp2(k / 2.0));
			if (t > last && t < T)
				check->at[check->checkpoints++] = last = t;
			else if (t >= T)
				break;
		}
		check->at[check->checkpoints++] = T;
	}
	return RATE_OK;
}

/* What an error of eps in each constant and parameter does to the bound. The two values beyond it are on the same side of a
 * jump, such as that of a ceiling at a whole number. */
static double bound_noise(const rate_session *s, double t)
{
	enum { NEAR = 1, FAR = 17 };
	rate_case c = s->c;
	double *const known[] = { &c.L, &c.mu, &c.pl, &c.L_max, &c.mu_h };
	size_t constants = sizeof known / sizeof *known, params = s->check->params;
	double *param = malloc((params + 1) * sizeof *param), sum = 0;

	if (!param)
		return 0;
	memcpy(param, s->param, params * sizeof *param);
	c.param = param;
	for (size_t i = 0; i < constants + params; i++) {
		double *v = i < constants ? known[i] : &param[i - constants], kept = *v, near, moved;
		if (!(fabs(kept) > 0) || !isfinite(kept) || (i >= constants && s->check->theorem->param[i - constants].type != RATE_REAL))
			continue;
		*v = kept * (1 + NEAR * EPS);
		near = s->theorem->bound(&c, t);
		*v = kept * (1 + FAR * EPS);
		moved = fabs(s->theorem->bound(&c, t) - near) / (FAR - NEAR);
		*v = kept;
		if (isfinite(moved))
			sum += moved;
	}
	free(param);
	return sum;
}

/* The bound on its safe side: its own rounding is taken off, and where that is a part of it nothing is judged. */
static double safe_bound(const rate_session *s, double t, double B)
{
	rate_kind kind = s->theorem->kind;
	double noise;

	if (!isfinite(B) || kind == RATE_IDENTITY || kind == RATE_DIVERGENCE)
		return B;
	noise = 64 * bound_noise(s, t);
	if (noise > 1e-4 * fabs(B) && B >= 0)
		return HUGE_VAL;
	return kind == RATE_LOWER_BOUND || kind == RATE_NON_CONVERGENCE ? B - noise : B + noise;
}

static void make_bounds(rate_session *s, rate_check *check)
{
	const rate_theorem *th = s->theorem;
	double t0 = th->transient ? th->transient(&s->c, 0) : NAN;

	check->transient = th->transient ? calloc(check->checkpoints, sizeof(double)) : NULL;
	for (size_t k = 0; k < check->checkpoints; k++) {
		double t = (double)check->at[k], B = th->bound ? safe_bound(s, t, th->bound(&s->c, t)) : NAN;
		/* The bound is stated for quantities at the true minimiser; a computed one moves distances by its error. */
		B *= check->factor * pow(t, -check->power);
		if (s->x_star_error > 0 && B > 0)
			B += 4 * s->x_star_error * sqrt(fmax(B, 0)) + 4 * s->x_star_error * s->x_star_error * fmax(1, s->c.L);
		check->bound[k] = B;
		if (check->transient)
			check->transient[k] = t0 > 0 ? th->transient(&s->c, t) / t0 : 0;
	}
	check->proven_power = th->power > 0 ? th->power : NAN;
	check->proven_factor = th->factor ? th->factor(&s->c) : NAN;
}

int rate_checkpoints_for(rate_session *s, rate_check *check, int every)
{
	free(check->at);
	free(check->bound);
	free(check->transient);
	if (make_checkpoints(s, check, every))
		return RATE_FAIL;
	make_bounds(s, check);
	return RATE_OK;
}

/* The cap lowers the replicates first (the engine does, not below 256), then the steps. */
static void lower_steps(rate_session *s, rate_check *check)
{
	uint64_t asked = check->T;

	/* Shorter runs cannot pay for measurements that are dear in themselves. */
	while (check->work > 0 && check->T > 1 && (double)check->T * s->c.batch * 256 * (double)s->run.d > check->work)
		check->T /= 2;
	s->c.T = check->T;
	if (check->T < asked)
		snprintf(check->lowered, sizeof check->lowered, "T = %llu instead of %llu (work cap)",
		         (unsigned long long)check->T, (unsigned long long)asked);
}

int rate_settle(rate_session *s, rate_check *check)
{
	const char *why;

	check->applicable = 1;
	if (s->theorem->applies && (why = s->theorem->applies(&s->c)))
		return reject(check, "%s", why);
	if (choose_parameters(s, check) || !check->applicable)
		return RATE_OK;
	/* Without mu no distance to the minimiser can be certified; convex theorems hold against any comparator. */
	if (s->x_star && !s->x_star_certified)
		snprintf(check->lowered, sizeof check->lowered, "uncertified minimiser");
	if (!s->method)
		return RATE_OK;
	check->stochastic = is_sampled(s);
	if (check->stochastic && !check->own_steps)
		lower_steps(s, check);
	if (make_steps(s, check))
		return RATE_FAIL;
	if (!check->applicable)
		return RATE_OK;
	return rate_checkpoints_for(s, check, !check->stochastic);
}

int rate_prepare(rate_session *s, rate_check *check)
{
	check->applicable = 1;
	if (rate_fill_case(s))
		return RATE_FAIL;
	check->d = s->run.d;
	check->n = s->run.n;
	s->c.T = check->T;
	if (meet_needs(s, check) || !check->applicable) {
		check->unfit = 1;
		return RATE_OK;
	}
	return rate_settle(s, check);
}
