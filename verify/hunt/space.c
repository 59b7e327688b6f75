/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/hunt/space.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"

static int needs(const rate_class_info *theorem, const char *what)
{
	for (size_t i = 0; i < theorem->needs; i++)
		if (!strcmp(theorem->need[i], what))
			return 1;
	return 0;
}

void rate_space_begin(rate_space *s, const rate_class_info *theorem, const rate_bound_spec *given, uint64_t seed)
{
	s->theorem = theorem;
	s->given = given;
	s->key = rate_hash(theorem->id, seed);
	s->convex = needs(theorem, "convex");
	s->strongly = needs(theorem, "mu");
	s->one_term = needs(theorem, "one term");
}

/* ---- Draws ---- */

double rate_space_uniform(rate_space *s)
{
	uint64_t word[2];

	rate_philox(s->key, 0, 13, 0, s->drawn++, word);
	return rate_uniform(word[0]);
}

static int chance(rate_space *s, double p)
{
	return rate_space_uniform(s) < p;
}

static double between(rate_space *s, double low, double high)
{
	return low + (high - low) * rate_space_uniform(s);
}

/* A whole number, small ones more often. */
static double whole(rate_space *s, double low, double high)
{
	return floor(low + (high - low + 1) * pow(rate_space_uniform(s), 2));
}

static rate_slot *add(rate_draft *d, int to, size_t param, rate_slot slot)
{
	if (d->slots == RATE_SLOTS)
		d->slots--;
	slot.to = to;
	slot.param = param;
	d->slot[d->slots] = slot;
	return &d->slot[d->slots++];
}

static rate_slot fixed(double value)
{
	return (rate_slot){ .scale = RATE_FIXED, .y = value, .sign = 1, .low = -INFINITY, .high = INFINITY };
}

static rate_slot linear(double value, double low, double high)
{
	return (rate_slot){ .scale = RATE_LINEAR, .y = value, .sign = 1, .low = low, .high = high };
}

/* sign e^y with e^y between low and high. */
static rate_slot magnitude(rate_space *s, double low, double high, double sign)
{
	rate_slot slot = { .scale = RATE_LOG, .sign = sign, .low = log(low), .high = log(high) };

	slot.y = between(s, slot.low, slot.high);
	return slot;
}

static rate_slot real_slot(rate_space *s, const rate_param_info *p)
{
	double preset = p->preset ? strtod(p->preset, NULL) : 1, m = fabs(preset) > 0 ? fabs(preset) : 1;
	double low = p->low < p->high ? p->low : -INFINITY, high = p->low < p->high ? p->high : INFINITY;

	if (fabs(low) <= 10 && fabs(high) <= 10) {
		double u = rate_space_uniform(s);
		return linear(u < 0.1 ? low : u < 0.2 ? high : between(s, low, high), low, high);
	}
	if (low <= 0 && chance(s, preset == 0 ? 0.5 : 0.1))
		return fixed(0);
	return magnitude(s, fmax(m / 100, low > 0 ? low : 0), fmin(m * 100, high),
	                 low >= 0 || chance(s, 0.7) == (preset >= 0) ? 1 : -1);
}

static size_t choices(const rate_param_info *p)
{
	size_t n = 1;

	for (const char *c = p->choices; c && *c; c++)
		n += *c == '|';
	return n;
}

static size_t length_of(const char *list)
{
	size_t n = 1;

	for (; list && *list; list++)
		n += *list == '/';
	return n;
}

/* The slots of one parameter. Texts and files keep their preset. */
static void draw_param(rate_space *s, rate_draft *d, int to, size_t k, const rate_param_info *p)
{
	double most = !strcmp(p->name, "d") ? (double)s->dimension : 12, low = p->low < p->high ? p->low : 0;

	switch (p->type) {
	case RATE_REAL:
		add(d, to, k, real_slot(s, p));
		break;
	case RATE_INTEGER:
		most = fmax(low, p->low < p->high ? fmin(most, p->high) : most);
		add(d, to, k, fixed(whole(s, low, most)));
		break;
	case RATE_CHOICE:
		add(d, to, k, fixed(floor(rate_space_uniform(s) * (double)choices(p))));
		break;
	case RATE_REALS:
		for (size_t n = chance(s, 0.5) ? length_of(p->preset) : (size_t)whole(s, 1, 4); n-- > 0;)
			add(d, to, k,
			    magnitude(s, 1e-2, 1e2, p->low < p->high && p->low >= 0 ? 1 : chance(s, 0.5) ? 1 : -1));
		break;
	default:
		break;
	}
}

static size_t index_of(const rate_class_info *c, const char *name)
{
	size_t k = 0;

	while (k < c->params && strcmp(c->param[k].name, name))
		k++;
	return k;
}

/* A slope between 0 and 1, the ends more often; inner ones may fall where nothing asks for convexity. */
static rate_slot slope(rate_space *s, int inner)
{
	double u = rate_space_uniform(s), low = inner && !s->convex && !s->strongly ? -1 : 0, y = between(s, 0, 1);

	if (u < 0.2 && !s->strongly)
		y = 0;
	else if (u < 0.45)
		y = 1;
	else if (u < 0.6 && low < 0)
		y = -y;
	return (rate_slot){ .scale = RATE_CUBE, .y = y, .sign = 1, .low = low, .high = 1 };
}

/* The lists of broken-line have lengths that must fit each other. */
static void draw_broken_line(rate_space *s, rate_draft *d)
{
	const rate_class_info *c = d->family->word[0];
	size_t n = s->one_term ? 1 : (size_t)whole(s, 1, 3),
	    dim = (size_t)whole(s, 1, (double)(s->dimension < 4 ? s->dimension : 4));
	size_t K = (size_t)between(s, 0, 6.99), slopes = index_of(c, "slopes"), tilt = index_of(c, "tilt");

	if (n * dim * (K + 1) > 64)
		K = 1;
	add(d, 0, index_of(c, "n"), fixed((double)n));
	add(d, 0, index_of(c, "d"), fixed((double)dim));
	for (size_t k = 0; k < K; k++)
		add(d, 0, index_of(c, "knots"), magnitude(s, 1e-2, 1e1, chance(s, 0.6) ? 1 : -1));
	for (size_t r = 0; r < n * dim; r++)
		for (size_t k = 0; k <= K; k++)
			add(d, 0, slopes, slope(s, k > 0 && k < K));
	for (size_t r = 0; r < n * dim && n > 1; r++)
		add(d, 0, tilt, chance(s, 0.3) ? fixed(0) : magnitude(s, 1e-2, 1e1, chance(s, 0.5) ? 1 : -1));
	for (size_t j = 0; j < dim; j++)
		add(d, 0, index_of(c, "start"), chance(s, 0.05) ? fixed(0) : magnitude(s, 1e-1, 1e3, 1));
}

static int is_given(const rate_candidate *f, size_t word, size_t param)
{
	return f->given && f->given->word[word].given[param];
}

/* Parameters that `choose` fills in: by the fraction of the range, some moved away from what it says. Others: their
 * preset, or drawn. Point theorems draw theirs themselves. */
static void draw_theorem(rate_space *s, rate_draft *d)
{
	add(d, RATE_TO_FRACTION, 0, linear(chance(s, 0.5) ? 1 : between(s, s->floor, 1), fmax(s->floor, 1e-3), 1));
	for (size_t k = 0; k < s->theorem->params && !s->theorem->point; k++) {
		const rate_param_info *p = &s->theorem->param[k];
		int chosen = p->preset && !strcmp(p->preset, "auto");
		if (s->given->word[0].given[k])
			continue;
		if (chosen && (p->low >= p->high || chance(s, 0.8))) {
			if (chance(s, 0.3))
				add(d, RATE_TO_MULTIPLE, k, magnitude(s, 0.2, 5, 1));
		} else if (!chosen ? chance(s, 0.5) : 1)
			draw_param(s, d, RATE_TO_THEOREM, k, p);
	}
}

static uint64_t draw_steps(rate_space *s)
{
	static const uint64_t few[] = { 1, 1, 2, 3, 4, 5, 8, 12, 20, 32, 64, 128, 256, 512, 1024 };
	size_t n = 0, first = 0;

	if (s->exact_steps)
		return s->steps;
	while (n < sizeof few / sizeof *few && few[n] <= s->steps)
		n++;
	while (first < n && few[first] < s->least)
		first++;
	return first == n ? s->steps : few[first + (size_t)(rate_space_uniform(s) * (double)(n - first))];
}

void rate_space_draw(rate_space *s, const rate_candidate *f, rate_draft *d)
{
	d->family = f;
	d->slots = 0;
	d->T = s->theorem->point ? 1 : draw_steps(s);
	draw_theorem(s, d);
	if (f->words && !f->given)
		add(d, RATE_TO_SEED, 0, fixed(1 + floor(999 * rate_space_uniform(s))));
	for (size_t w = 0; w < f->words; w++) {
		if (w == 0 && !f->given && !strcmp(f->word[0]->id, "broken-line")) {
			draw_broken_line(s, d);
			continue;
		}
		for (size_t k = 0; k < f->word[w]->params; k++)
			if (!is_given(f, w, k))
				draw_param(s, d, (int)w, k, &f->word[w]->param[k]);
	}
}

/* ---- Slots ---- */

double rate_slot_value(const rate_slot *s)
{
	return s->scale == RATE_LOG ? s->sign * exp(s->y) : s->scale == RATE_CUBE ? s->y * s->y * s->y : s->y;
}

void rate_slot_set(rate_slot *s, double value)
{
	s->y = value;
	s->scale = RATE_FIXED;
}

/* ---- Texts ---- */

typedef struct text {
	char *out;
	size_t size, used;
} text;

__attribute__((format(printf, 2, 3))) static void put(text *t, const char *format, ...)
{
	va_list ap;

	if (t->used >= t->size)
		return;
	va_start(ap, format);
	t->used += (size_t)vsnprintf(t->out + t->used, t->size - t->used, format, ap);
	va_end(ap);
}

void rate_shortest(char *out, size_t size, double value)
{
	/* Below a million without exponent. */
	int digits = fabs(value) >= 1 && fabs(value) < 1e6 ? (int)log10(fabs(value)) + 1 : 1;

	for (; digits <= 17; digits++) {
		snprintf(out, size, "%.*g", digits, value);
		if (strtod(out, NULL) == value)
			return;
	}
}

static void put_number(text *t, double value)
{
	char number[40];

	rate_shortest(number, sizeof number, value);
	put(t, "%s", number);
}

static void put_choice(text *t, const rate_param_info *p, size_t k)
{
	const char *c = p->choices;

	for (; k > 0; k--)
		c += strcspn(c, "|") + 1;
	put(t, "%.*s", (int)strcspn(c, "|"), c);
}

/* A parameter has its preset: nothing to write. */
static int as_preset(const rate_draft *d, const rate_param_info *p, size_t first, size_t count)
{
	double v = rate_slot_value(&d->slot[first]);
	char *end;

	if (!p->preset || count != 1 || p->type == RATE_CHOICE)
		return 0;
	return v == strtod(p->preset, &end) && !*end;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The entries of a list; knots must ascend. */
static void put_list(text *t, const rate_draft *d, const rate_param_info *p, size_t first, size_t count)
{
	double v[RATE_SLOTS];

	for (size_t i = 0; i < count; i++)
		v[i] = rate_slot_value(&d->slot[first + i]);
	if (!strcmp(p->name, "knots"))
		qsort(v, count, sizeof *v, by_value);
	for (size_t i = 0; i < count; i++) {
		put(t, "%s", i ? "/" : "");
		put_number(t, v[i]);
	}
}

static void put_params(text *t, const rate_draft *d, int to, const rate_class_info *c, const char *separator)
{
	for (size_t i = 0; i < d->slots; i++) {
		const rate_param_info *p = &c->param[d->slot[i].param];
		size_t count = 1;
		if (d->slot[i].to != to)
			continue;
		while (i + count < d->slots && d->slot[i + count].to == to &&
		       d->slot[i + count].param == d->slot[i].param)
			count++;
		if (!as_preset(d, p, i, count)) {
			put(t, "%s%s=", separator, p->name);
			separator = ",";
			if (p->type == RATE_CHOICE)
				put_choice(t, p, (size_t)d->slot[i].y);
			else
				put_list(t, d, p, i, count);
		}
		i += count - 1;
	}
}

/* Keys that the user gave are a part of the head. */
void rate_draft_objective(const rate_draft *d, char *out, size_t size)
{
	text t = { out, size, 0 };

	*out = '\0';
	for (size_t w = 0; w < d->family->words; w++) {
		put(&t, "%s%s", w ? "+" : "", d->family->head[w]);
		put_params(&t, d, (int)w, d->family->word[w], strchr(d->family->head[w], ':') ? "," : ":");
		for (size_t i = 0; w == 0 && i < d->slots; i++)
			if (d->slot[i].to == RATE_TO_SEED && d->slot[i].y != 1)
				put(&t, "%sseed=%.0f", strchr(out, ':') ? "," : ":", d->slot[i].y);
	}
}

void rate_draft_parameters(const rate_draft *d, const rate_class_info *theorem, char *out, size_t size)
{
	text t = { out, size, 0 };

	*out = '\0';
	put_params(&t, d, RATE_TO_THEOREM, theorem, "");
}
