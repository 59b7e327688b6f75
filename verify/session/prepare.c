/* From an instance to a check that can be run: start, case, parameters, steps, bounds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/rounding.h"
#include "verify/session/guard.h"
#include "verify/session/quantities.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "plugins/load.h"

#define EPS 0x1p-52

/* ---- The start ---- */

#define FARTHEST 1e90 /* a path that leaves 1e100 is said to diverge: a start leaves it room */

__attribute__((format(printf, 2, 3))) static int no_start(rate_session *s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	rate_vfail(&s->error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

/* d finite numbers, and no more; a comma, a semicolon or blanks between them. */
static int read_numbers(rate_session *s, const char *file, double *x)
{
	struct stat kind;
	int there = !stat(file, &kind);
	FILE *in = there && S_ISREG(kind.st_mode) ? fopen(file, "r") : NULL;
	size_t d = s->run.d, j = 0, line = 1;
	char word[64];
	int c, n, rc = RATE_OK;

	if (there && !S_ISREG(kind.st_mode))
		return no_start(s, "x0=%s: not a regular file; each check reads it anew", file);
	if (!in)
		return no_start(s, "x0=%s: cannot be read: %s", file, strerror(errno));
	do {
		for (n = 0; (c = getc(in)) != EOF && !strchr(" ,;\t\r\n", c); n++)
			if (n < (int)sizeof word - 1)
				word[n] = (char)c;
		if (n) {
			char *end;
			double value;
			word[n < (int)sizeof word ? n : (int)sizeof word - 1] = '\0';
			value = strtod(word, &end);
			if (*end || !isfinite(value))
				rc = no_start(s, "x0=%s: line %zu, number %zu of %zu: \"%s\" is no finite number", file,
				              line, j + 1, d, word);
			else if (j == d)
				rc = no_start(s, "x0=%s: line %zu: more than %zu numbers, "
				                 "the dimension of the objective", file, line, d);
			else
				x[j++] = value;
		}
		line += c == '\n';
	} while (c != EOF && rc == RATE_OK);
	fclose(in);
	return rc || j == d ? rc : no_start(s, "x0=%s: too short (%zu of %zu numbers)", file, j, d);
}

static int make_start(rate_session *s)
{
	const rate_bound_spec *spec = s->check->objective;
	const char *x0 = spec->x0 ? spec->x0 : "default";
	size_t d = s->run.d;
	const rate_trajectory *path = s->check->trajectory;

	if (!(s->x0 = calloc(s->run.ld, sizeof *s->x0)))
		return RATE_FAIL;
	if (path && !path->values && path->d == d && rate_trajectory_at(path, 0)) {
		memcpy(s->x0, rate_trajectory_at(path, 0), d * sizeof *s->x0);
		return RATE_OK;
	}
	if (!strcmp(x0, "default") && s->start) {
		rate_enter(s, "start");
		return rate_check_answer(s, s->start->start(s->f.self, s->x0), "start", s->work, s->x0, d);
	}
	if (!strcmp(x0, "default"))
		return RATE_OK;
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

static int is_near(rate_session *s)
{
	for (size_t j = 0; j < s->run.d; j++)
		if (!(fabs(s->x0[j]) < FARTHEST))
			return no_start(s, "%s: x_0[%zu] = %g: a start is made of finite numbers below %g", s->plugin,
			                j, s->x0[j], FARTHEST);
	return RATE_OK;
}

int rate_make_start(rate_session *s)
{
	return make_start(s) ? RATE_FAIL : is_near(s);
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

	c->sigma_star2 = rate_known(s, "sigma_star2");
	if (c->sigma_star2 != c->sigma_star2 && s->run.n && s->x_star) {
		double sum = 0, *square = malloc(s->run.n * sizeof *square);
		if (!square || (s->run.n > 1 && rate_term_squares(s, s->x_star, square))) {
			free(square);
			return RATE_FAIL;
		}
		for (size_t i = 0; s->run.n > 1 && i < s->run.n; i++)
			sum += square[i];
		free(square);
		c->sigma_star2 = sum / (double)s->run.n;
	}
	c->Delta_star = rate_known(s, "Delta_star");
	if (c->Delta_star != c->Delta_star) {
		if (s->run.n == 1 || rate_known(s, "interpolation") == 1)
			c->Delta_star = 0;
		else if (!s->f_star_below)
			c->Delta_star = c->f_star - rate_fold(s, "f_i_star", 0);
	}
	return RATE_OK;
}

/* Of a sum with an h, of a linear f over a set, of agents: there values are made of terms <grad f, x> that cancel. */
static void slope_at_star(rate_session *s)
{
	if (!s->x_star || !(s->composite || s->projection))
		return;
	if (rate_g(s, s->x_star, s->work))
		rate_no_error(&s->error); /* whoever needs it there will say so */
	else
		s->slope_star = rate_norm_n(s->work, s->run.d);
}

static int start_values(rate_session *s)
{
	rate_case *c = &s->c;

	if (rate_g(s, s->x0, s->work))
		return RATE_FAIL;
	c->g02 = rate_dot_n(s->work, s->work, s->run.d);
	s->slope0 = rate_norm_n(s->work, s->run.d);
	if (!(c->g02 < FARTHEST * FARTHEST))
		return no_start(s, "%s: the gradient at x_0 is %g long: a start has one below %g", s->plugin,
		                s->slope0, FARTHEST);
	if (s->x_star) {
		double norm;
		for (size_t j = 0; j < s->run.d; j++)
			s->work[j] = s->x0[j] - s->x_star[j];
		/* The certified error of x_star widens D to its safe side. */
		norm = rate_norm_n(s->work, s->run.d) + s->x_star_error;
		c->D2 = norm * norm;
	}
	if (c->f_star == c->f_star && rate_quantity_at(s, &rate_quantity_gap, s->x0, &c->d0, &s->d0_scale))
		return RATE_FAIL;
	/* A gap that is rounding alone is none: bounds take its root. */
	if (c->d0 < 0 && c->d0 >= -64 * EPS * s->d0_scale && (!s->x_star || s->x_star_certified))
		c->d0 = 0;
	/* A bound that is read from the path has no account of errors in it: the one of d0 widens it to its safe
	 * side. */
	if (c->f_star == c->f_star && s->theorem && (s->theorem->flags & RATE_PATH_BOUND))
		c->d0 += 64 * EPS * s->d0_scale;
	return RATE_OK;
}

/* By how much the gradient at x_star + way (x_0 - x_star) is more than L allows there, or less than mu does; of agents,
 * whose slopes do not vanish, that of their mean. -1: it failed. */
static double gradient_left(rate_session *s, double way)
{
	size_t d = s->run.d;
	double *x = s->work, *g = s->work + s->run.ld, moved = 0, length;

	for (size_t j = 0; j < d; j++) {
		x[j] = s->x_star[j] + way * (s->x0[j] - s->x_star[j]);
		moved = hypot(moved, x[j] - s->x_star[j]);
	}
	if (rate_g(s, x, g) || (s->network && rate_project_at(s, g)))
		return -1;
	length = rate_norm_n(g, d);
	return fmax(fmax(length - 2 * s->c.L * moved, s->c.mu > 0 ? s->c.mu * moved / 2 - length : 0), 0);
}

/* Of the slopes that cancel in those of agents, none of whom shows them: terms that are nowhere negative have slopes of
 * at most sqrt(2 L f). 0 without a network. */
static int agents_slopes(rate_session *s, double *apart, double *inside)
{
	double f;

	*apart = *inside = 0;
	if (!s->network)
		return RATE_OK;
	if (rate_g(s, s->x_star, s->work) || rate_f(s, s->x_star, &f))
		return RATE_FAIL;
	*apart = rate_norm_n(s->work, s->run.d);
	*inside = sqrt(2 * s->c.L) * sqrt(fabs(f));
	return RATE_OK;
}

/* Of the slopes of terms that cancel in steps which are made of several of them, as those with less variance are:
 * sqrt(mean |g_i(x_star)|^2). 0 where no step is made of terms. */
static int terms_slopes(rate_session *s, double *terms)
{
	double sum = 0, *square;

	*terms = 0;
	if (s->run.n < 2 || s->stream || !s->method || !(s->method->flags & RATE_STOCHASTIC))
		return RATE_OK;
	square = malloc(s->run.n * sizeof *square);
	if (!square || rate_term_squares(s, s->x_star, square)) {
		free(square);
		return RATE_FAIL;
	}
	for (size_t i = 0; i < s->run.n; i++)
		sum += square[i] / (double)s->run.n;
	free(square);
	*terms = sqrt(sum);
	return RATE_OK;
}

/* Where the gradient vanishes what is left of it is the rounding error of its sums. It is looked at in a few
 * neighbours of the minimiser, lest one be right by luck; more than rounding is no noise. Of terms that are small
 * beside the start it shows only where the gradient is lost in them. The slopes of agents cancel in each step. */
static int gradient_noise(rate_session *s)
{
	enum { EACH_SIDE = 8, NEARER = 24, CHEAP = 100000 };
	const rate_case *c = &s->c;
	int nearer = (double)s->run.d * (double)s->run.n <= CHEAP ? NEARER : 0;
	double share = 0, most = 0, left = 0, apart, inside, terms;

	if (!s->x_star || !(c->L > 0))
		return RATE_OK;
	/* A slope that an h or a set holds at x_star is taken off again in each step. */
	if (s->composite || (s->projection && !s->network)) {
		s->drift = EPS * s->slope_star / (c->mu > 0 ? c->mu : c->L);
		return RATE_OK;
	}
	if (!(c->D2 > 0 || s->network || s->run.n > 1))
		return RATE_OK;
	if (agents_slopes(s, &apart, &inside) || terms_slopes(s, &terms))
		return RATE_FAIL;
	if (c->D2 > 0)
		share = EPS * fmax(fmax(rate_norm_n(s->x_star, s->run.d), inside / c->L) / sqrt(c->D2), 1);
	for (int k = -EACH_SIDE; k <= EACH_SIDE && left >= 0; k++)
		most = fmax(most, left = gradient_left(s, k * share));
	for (int k = -nearer; k <= nearer && left >= 0; k++)
		most = fmax(most, left = gradient_left(s, copysign(share, k) * exp2(-2 * abs(k))));
	if (left < 0)
		return RATE_FAIL;
	if (most > fmax(1e-12 * fmax(sqrt(c->g02), apart), 64 * EPS * fmax(inside, terms)))
		return RATE_OK;
	s->noise = most + EPS * (apart + terms);
	s->drift = s->noise / (c->mu > 0 ? c->mu : c->L);
	return RATE_OK;
}

int rate_fill_case(rate_session *s)
{
	rate_case *c = &s->c;

	rate_fill_constants(s);
	if (!s->f.cls)
		return RATE_OK;
	if (rate_make_start(s) || rate_find_minimiser(s))
		return RATE_FAIL;
	apply_radius(s);
	if (is_near(s))
		return RATE_FAIL;
	/* Every theorem starts in the feasible set, but for agents, who may start apart. */
	if (!(s->method && (s->method->flags & RATE_NEEDS_NETWORK)) && rate_project_at(s, s->x0))
		return RATE_FAIL;
	c->x0 = s->x0;
	c->x_star = s->x_star;
	rate_fill_f_star(s);
	slope_at_star(s);
	return moments_at_star(s) || start_values(s) || gradient_noise(s) ? RATE_FAIL : RATE_OK;
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

/* The theorem claims nothing of such parameters. Where they are wanted all the same, its range is kept for the
 * verdict. 1: they are not. */
__attribute__((format(printf, 2, 3))) static int is_outside(rate_check *check, const char *range, ...)
{
	va_list ap;

	va_start(ap, range);
	vsnprintf(check->range, sizeof check->range, range, ap);
	va_end(ap);
	if (!check->beyond)
		rate_reject(check, "outside the theorem's range: %s", check->range);
	return !check->beyond;
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
	if (th->choose) {
		rate_call(s, RATE_BY_THEOREM, "choose");
		th->choose(&s->c, fraction, s->param);
		rate_back(s);
	}
	for (size_t i = 0; check->multiple && i < w->values; i++)
		if (w->info->param[i].type == RATE_REAL)
			s->param[i] *= check->multiple[i];
	/* What was given stands, whatever `choose` wrote. */
	for (size_t i = 0; i < w->values; i++)
		if (w->given[i])
			s->param[i] = w->info->param[i].type == RATE_REAL
			    ? w->value[i].real : (double)w->value[i].integer;
	print_parameters(check);
	/* Nothing bounds the step of a function that is straight. */
	for (size_t i = 0; i < w->values; i++) {
		const rate_param_info *p = &w->info->param[i];
		if (s->method && isnan(s->param[i]))
			return rate_fail(&s->error, "%s: %s gives %s no value (NaN)", th->id,
			                 th->choose ? "choose" : "there is no choose, which", p->name);
		if (isinf(s->param[i]))
			return rate_reject(check, "the range of %s has no end here", p->name);
		if (p->low < p->high && (s->param[i] < p->low || s->param[i] > p->high) &&
		    is_outside(check, "%s in [%g, %g]", p->name, p->low, p->high))
			return RATE_OK;
	}
	if (s->method)
		rate_set_method(s, &check->method->word[0]);
	for (size_t k = 0; s->method && k < check->method->word[0].values; k++)
		if (!strcmp(check->method->word[0].info->param[k].name, "batch"))
			s->c.batch = (uint32_t)s->method_param[k];
	if (s->c.batch > s->run.n && s->run.n)
		return rate_reject(check, "%s", "the batch is larger than the sum");
	rate_call(s, RATE_BY_THEOREM, "admissible");
	range = th->admissible ? th->admissible(&s->c) : NULL;
	rate_back(s);
	if (range)
		is_outside(check, "%s", range);
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
	if (th->steps) {
		/* The others are zero where nothing is written. */
		rate_unwritten(s->schedule[0], T);
		rate_call(s, RATE_BY_THEOREM, "steps");
		th->steps(&s->c, s->schedule);
		rate_back(s);
	} else
		for (size_t t = 0; t < T; t++)
			for (size_t i = 0; i < check->given->word[0].values; i++)
				if (!strcmp(check->theorem->param[i].name, "gamma"))
					s->schedule[0][t] = s->param[i];
	for (size_t t = 0; t < T; t++)
		if (rate_is_unwritten(s->schedule[0][t]))
			return rate_fail(&s->error, "%s: steps writes no step size for t = %zu", th->id, t);
	s->c.step = s->schedule[0];
	s->c.schedule = (const double *const *)s->schedule;
	/* As where L = 0 and the step is 1/L: no theorem speaks of such a run. */
	for (k = 0; k < count; k++)
		for (size_t t = 0; t < T; t++)
			if (!isfinite(s->schedule[k][t]))
				return rate_reject(check, "the step sizes are not finite here");
	return RATE_OK;
}

static int is_sampled(const rate_session *s)
{
	if (!s->method || s->check->trajectory)
		return 0;
	if (s->method->flags & RATE_OWN_DRAWS)
		return 1;
	return (s->method->flags & RATE_STOCHASTIC) && s->run.n != 1 && !(s->stream && s->stream->deterministic);
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
		for (uint64_t t = 1; t <= T; t++) {
			if (!check->trajectory || rate_trajectory_at(check->trajectory, t))
				check->at[check->checkpoints++] = t;
		}
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

/* What the errors of the constants and parameters do to the bound. The two values beyond it are on the same side of a
 * jump, such as that of a ceiling at a whole number. */
static double bound_noise(const rate_session *s, double t)
{
	enum { NEAR = 1, FAR = 17 };
	rate_case c = s->c;
	rate_error_in in[RATE_ERRORS];
	size_t constants = rate_errors_in(s, &c, in), params = s->check->params;
	double *param = malloc((params + 1) * sizeof *param), sum = 0;

	if (!param)
		return 0;
	memcpy(param, s->param, params * sizeof *param);
	c.param = param;
	for (size_t i = 0; i < constants + params; i++) {
		double *v = i < constants ? in[i].known : &param[i - constants], kept = *v, near, moved;
		double error = i < constants ? in[i].error : EPS * fabs(kept);
		if (!(error > 0) || !isfinite(kept) ||
		    (i >= constants && s->check->theorem->param[i - constants].type != RATE_REAL))
			continue;
		*v = kept + NEAR * error;
		near = s->theorem->bound(&c, t);
		*v = kept + FAR * error;
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
	rate_side side = rate_kind_of(s->theorem->kind)->side;
	double noise;

	/* 0 times what has overflowed, from a start that is a minimiser: nothing is known. */
	if (isnan(B) && (s->c.d0 == 0 || s->c.D2 == 0 || s->c.g02 == 0))
		return HUGE_VAL;
	if (!isfinite(B) || side == RATE_EQUAL || side == RATE_EXCEEDED)
		return B;
	noise = 64 * bound_noise(s, t);
	if (noise > 1e-4 * fabs(B) && B >= 0)
		return HUGE_VAL;
	return side == RATE_AT_LEAST ? B - noise : B + noise;
}

/* The bound is stated for quantities at the true minimiser; a computed one moves distances by its error. */
static double at_computed_minimiser(rate_session *s, double B)
{
	rate_side side = rate_kind_of(s->theorem->kind)->side;
	double error = s->x_star_error, moved = 4 * error * sqrt(fmax(B, 0)) + 4 * error * error * fmax(1, s->c.L);

	if (!(error > 0 && B > 0))
		return B;
	if (side == RATE_EQUAL) /* there is no safe side */
		return moved > 1e-9 * B && rate_reads(s, "x_star") ? HUGE_VAL : B;
	return side == RATE_AT_LEAST ? fmax(B - moved, 0) : B + moved;
}

/* The parts of the bounds that forget the start, as shares of the first. */
static void make_transients(rate_session *s, rate_check *check)
{
	const rate_theorem *th = s->theorem;
	double t0;

	check->transient = th->transient ? calloc(check->checkpoints, sizeof(double)) : NULL;
	if (!check->transient)
		return;
	rate_call(s, RATE_BY_THEOREM, "transient");
	t0 = th->transient(&s->c, 0);
	for (size_t k = 0; k < check->checkpoints; k++)
		check->transient[k] = t0 > 0 ? th->transient(&s->c, (double)check->at[k]) / t0 : 0;
	rate_back(s);
}

static void make_bounds(rate_session *s, rate_check *check)
{
	const rate_theorem *th = s->theorem;
	double first = NAN, again;

	make_transients(s, check);
	rate_call(s, RATE_BY_THEOREM, "bound");
	for (size_t k = 0; k < check->checkpoints; k++) {
		double t = (double)check->at[k], own = th->bound ? th->bound(&s->c, t) : NAN,
		    B = th->bound ? safe_bound(s, t, own) : NAN;
		if (th->bound && !k)
			first = own;
		check->bound[k] = at_computed_minimiser(s, B * check->factor * pow(t, -check->power));
	}
	again = th->bound && check->checkpoints ? th->bound(&s->c, (double)check->at[0]) : NAN;
	if (again != first && !(isnan(again) && isnan(first)))
		rate_fault(s, "theorem %s: bound gives two answers at t = %llu: %.9g, then %.9g", th->id,
		           (unsigned long long)check->at[0], first, again);
	rate_call(s, RATE_BY_THEOREM, "factor");
	check->proven_factor = th->factor ? th->factor(&s->c) : NAN;
	rate_back(s);
	check->units = s->projection ? (rate_units){ 0 } : (rate_units){ s->c.L, s->c.mu, s->c.pl, s->c.G, s->c.D2 };
	check->proven_power = th->power > 0 ? th->power : NAN;
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

/* A constant whose square is no number, of a function whose slopes are as small: nothing can be told from rounding.
 * Beside slopes of an ordinary size it is a claim like any other, and can be found false. */
static const char *too_small(const rate_session *s)
{
	const char *const *need = s->theorem->needs.item;

	for (uint32_t i = 0; s->c.g02 < 1e-200 && i < s->theorem->needs.count; i++)
		if (s->need[i] != 0 && fabs(s->need[i]) < 1e-140)
			return need[i];
	/* Bounds that read the path sum squares of slopes. */
	return (s->theorem->flags & RATE_PATH_BOUND) && s->slope0 > 0 && s->slope0 < 1e-145 ? "the path" : NULL;
}

int rate_settle(rate_session *s, rate_check *check)
{
	const char *why;

	check->applicable = 1;
	rate_call(s, RATE_BY_THEOREM, "applies");
	why = s->theorem->applies ? s->theorem->applies(&s->c) : NULL;
	rate_back(s);
	if (why)
		return rate_reject(check, "%s", why);
	if ((why = too_small(s)))
		return rate_reject(check, "%s is too small to be squared, and so is the gradient at x_0", why);
	if (choose_parameters(s, check))
		return RATE_FAIL;
	if (!check->applicable)
		return RATE_OK;
	/* Whether a path leaves the minimiser must not hang on a start that is there but for rounding. */
	if (rate_kind_of(s->theorem->kind)->side == RATE_EXCEEDED && s->x_star &&
	    sqrt(s->c.D2) <= 0x1p-40 * rate_reach(s, s->x0))
		return rate_reject(check, "%s", "the start is the minimiser, but for rounding");
	if (s->x_star && !s->x_star_certified && s->c.d0 < 0)
		return rate_reject(check, "no minimiser was found: the best point lies above the start, by %g",
		                   -s->c.d0);
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
	if (rate_know_needs(s) || rate_fill_case(s))
		return RATE_FAIL;
	check->d = s->run.d;
	check->n = s->run.n;
	s->c.T = check->T;
	if (rate_meet_needs(s, check) || !check->applicable) {
		check->unfit = 1;
		return RATE_OK;
	}
	return rate_settle(s, check);
}
