/* What the objective declares of itself, and the case as far as constants go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/guard.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const rate_declared *declaration(const rate_check *c, const char *name)
{
	for (size_t i = 0; i < c->declarations; i++)
		if (!strcmp(c->declared[i].name, name))
			return &c->declared[i];
	return NULL;
}

static double instead(const rate_declared *d, double value)
{
	return d->how == RATE_INSTEAD ? d->value : d->how == RATE_TIMES ? d->value * value : d->value + value;
}

static int declared(rate_session *s, const char *name, rate_constant *out)
{
	int rc = RATE_FAIL;

	if (s->constants) {
		rate_enter(s, "constants/1");
		rc = s->constants->scalar(s->f.self, name, out);
		rate_leave(s);
	}
	return rc == RATE_OK;
}

double rate_constant_of(rate_session *s, const char *name, rate_knowledge *kind)
{
	rate_constant c = { .size = sizeof c, .value = NAN };
	const rate_declared *d = declaration(s->check, name);
	int given = d && d->how == RATE_INSTEAD;

	if (!given && !declared(s, name, &c))
		return NAN;
	if (kind)
		*kind = given ? RATE_EXACT : c.kind;
	return d ? instead(d, c.value) : c.value;
}

double rate_known(rate_session *s, const char *name)
{
	const rate_constant_info *c = rate_constant_named(name);
	rate_knowledge kind = 0;
	double value = rate_constant_of(s, name, &kind);
	char text[80];

	return c && rate_constant_unsafe(c, kind, text, sizeof text) ? NAN : value;
}

int rate_vector_of(rate_session *s, const char *name, size_t count, double *out)
{
	const rate_declared *d = declaration(s->check, name);
	int rc = RATE_FAIL;

	if (s->constants && s->constants->vector) {
		rate_enter(s, "constants/1");
		rc = s->constants->vector(s->f.self, name, count, out);
		rate_leave(s);
	}
	for (size_t i = 0; rc == RATE_OK && d && d->how != RATE_INSTEAD && i < count; i++)
		out[i] = instead(d, out[i]);
	return rc == RATE_OK ? RATE_OK : RATE_FAIL;
}

double rate_fold(rate_session *s, const char *name, int maximum)
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

/* The last takes all. */
static const rate_family *family_of(rate_session *s)
{
	const rate_family *const *family = rate_families;

	while ((*family)->flag && rate_known(s, (*family)->flag) != 1)
		family++;
	return *family;
}

void rate_fill_constants(rate_session *s)
{
	rate_case *c = &s->c;

	*c = (rate_case){ .size = sizeof *c, .d = s->run.d, .n = s->run.n, .L = NAN, .mu = NAN, .pl = NAN, .G = NAN,
		.rho_weak = NAN, .L_2 = NAN, .L_max = NAN, .mu_h = NAN, .sigma_star2 = NAN, .Delta_star = NAN,
		.noise2 = NAN, .noise_max = NAN, .strong_growth = NAN, .diameter = NAN, .L0 = NAN, .L1 = NAN,
		.f_star = NAN, .D2 = NAN, .d0 = NAN, .g02 = NAN, .delta = s->check->delta, .batch = 1 };
	if (!s->f.cls)
		return;
	for (const rate_constant_info *i = rate_constant_list; i->name; i++)
		if (i->field >= 0)
			*(double *)((char *)c + i->field) = rate_known(s, i->name);
	/* What follows from others. */
	if (s->run.n == 1) {
		c->noise2 = c->noise_max = 0;
		c->strong_growth = 1;
	}
	/* Convex functions are weakly convex with 0, smooth ones with L. */
	if (c->rho_weak != c->rho_weak)
		c->rho_weak = rate_known(s, "convex") == 1 ? 0 : c->L;
	if (c->L0 != c->L0 && c->L == c->L) {
		c->L0 = c->L;
		c->L1 = 0;
	}
	if (c->L_max != c->L_max)
		c->L_max = s->run.n == 1 ? c->L : rate_fold(s, "L_i", 1);
	s->family = family_of(s);
	if (c->pl != c->pl && rate_family_has(s->family->constants, "pl"))
		c->pl = c->mu;
}

void rate_fill_f_star(rate_session *s)
{
	rate_knowledge kind = 0;
	double value = rate_constant_of(s, "F_star", &kind), f, h = 0;

	if (!rate_family_has(s->family->constants, "f_star"))
		return;
	if (value != value && !s->composite)
		value = rate_constant_of(s, "f_star", &kind);
	/* Too low a value makes a first gap larger, which is safe in a bound, and the gaps that are measured, which
	 * is not: the services refuse those. */
	s->f_star_below = value == value && kind == RATE_LOWER;
	if (value == value && kind == RATE_UPPER)
		return;
	if (value != value && s->x_star && rate_f(s, s->x_star, &f) == RATE_OK) {
		if (s->composite) {
			rate_enter(s, "h value");
			s->composite->value(s->f.self, s->x_star, &h);
			rate_leave(s);
		}
		value = f + h;
		/* F(x) - F_star <= |v|^2/(2 mu) with the subgradient v of the certificate, |v| = mu e. */
		s->f_star_error = (fmax(s->c.mu, 0) + fmax(s->c.mu_h, 0)) * s->x_star_error * s->x_star_error;
	}
	s->c.f_star = value;
}
