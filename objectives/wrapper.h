/* What wrappers that add an h or a feasible set share: everything of the inner objective is handed on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * f stays the inner objective's: its value, gradient, terms, samples, Hessian and the constants that speak of f alone.
 * What depends on the minimiser is handed on only if it is known to stay where it was: x_star, f_star, F_star,
 * sigma_star2, Delta_star, interpolation, mu_star, and the gap. What says that f is a certain function is not handed
 * on.
 *
 * A wrapper's state starts with a `struct wrapped`, filled in by wrap(); what it knows itself goes into `known` and
 * comes first.
 */
#ifndef RATECHECK_OBJECTIVES_WRAPPER_H
#define RATECHECK_OBJECTIVES_WRAPPER_H

#include "common.h"

struct wrapped {
	struct facts known;
	rate_function inner;
	int keeps_minimiser;
	int restricted; /* to a feasible set */
	const rate_constants *constants;
	const rate_finite_sum *sum;
	const rate_stream *stream;
	const rate_hessian *hessian;
	const rate_gap *gap;
	const rate_glm_source *glm;
	const rate_start *start;
	rate_finite_sum own_sum; /* some callbacks may be NULL */
	rate_stream own_stream;
	rate_hessian own_hessian;
};

RATE_INLINE const void *inner_interface(const rate_function *f, const char *name)
{
	return RATE_HAS(f->cls, rate_objective, interface) && f->cls->interface
	    ? f->cls->interface(f->self, name) : NULL;
}

/* ---- Handed on: each callback with the state of the inner objective ---- */

RATE_INLINE int wrapped_value(void *self, const double *x, double *f)
{
	const struct wrapped *w = self;

	return w->inner.cls->value(w->inner.self, x, f);
}

RATE_INLINE int wrapped_gradient(void *self, const double *x, double *g)
{
	const struct wrapped *w = self;

	return w->inner.cls->gradient(w->inner.self, x, g);
}

RATE_INLINE size_t wrapped_count(void *self)
{
	const struct wrapped *w = self;

	return w->sum->count(w->inner.self);
}

RATE_INLINE int wrapped_term_value(void *self, size_t i, const double *x, double *f)
{
	const struct wrapped *w = self;

	return w->sum->value(w->inner.self, i, x, f);
}

RATE_INLINE int wrapped_term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct wrapped *w = self;

	return w->sum->gradient(w->inner.self, i, x, g);
}

RATE_INLINE int wrapped_term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct wrapped *w = self;

	return w->sum->prox(w->inner.self, i, gamma, x, p);
}

RATE_INLINE size_t wrapped_normals(void *self)
{
	const struct wrapped *w = self;

	return w->stream->normals(w->inner.self);
}

RATE_INLINE int wrapped_sample_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	const struct wrapped *w = self;

	return w->stream->value(w->inner.self, s, x, f);
}

RATE_INLINE int wrapped_sample_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	const struct wrapped *w = self;

	return w->stream->gradient(w->inner.self, s, x, g);
}

RATE_INLINE int wrapped_product(void *self, const double *x, const double *v, double *out)
{
	const struct wrapped *w = self;

	return w->hessian->product(w->inner.self, x, v, out);
}

RATE_INLINE int wrapped_dense(void *self, const double *x, double *out)
{
	const struct wrapped *w = self;

	return w->hessian->dense(w->inner.self, x, out);
}

RATE_INLINE int wrapped_glm(void *self, rate_glm *out)
{
	const struct wrapped *w = self;

	return w->glm->get(w->inner.self, out);
}

RATE_INLINE int wrapped_gap(void *self, const double *x, double *gap)
{
	const struct wrapped *w = self;

	return w->gap->gap(w->inner.self, x, gap);
}

/* ---- Constants ---- */

RATE_INLINE int inner_scalar(const struct wrapped *w, const char *name, double *out)
{
	rate_constant c = { .size = sizeof c };

	if (!w->constants || w->constants->scalar(w->inner.self, name, &c) != RATE_OK)
		return RATE_FAIL;
	*out = c.value;
	return RATE_OK;
}

RATE_INLINE int inner_vector(const struct wrapped *w, const char *name, size_t count, double *out)
{
	if (!w->constants || !w->constants->vector)
		return RATE_FAIL;
	return w->constants->vector(w->inner.self, name, count, out);
}

/* On a set the extremes of the whole space need not be met. */
RATE_INLINE rate_knowledge known_on_set(const char *name)
{
	static const char *const lower[] = { "mu", "mu_min", "pl" }, *const same[] = { "convex", "noise_additive",
		                                                                       "f_star" };

	for (size_t i = 0; i < 3; i++)
		if (!strcmp(name, lower[i]) || !strcmp(name, same[i]))
			return strcmp(name, lower[i]) ? RATE_EXACT : RATE_LOWER;
	return RATE_UPPER;
}

RATE_INLINE int wrapped_scalar(void *self, const char *name, rate_constant *out)
{
	static const char *const of_minimiser[] = { "f_star",     "F_star",        "sigma_star2",
		                                    "Delta_star", "interpolation", "mu_star" };
	static const char *const of_space[] = { "even", "tent", "newton_cycle" };
	const struct wrapped *w = self;

	if (facts_scalar(self, name, out) == RATE_OK)
		return RATE_OK;
	for (size_t i = 0; i < sizeof of_space / sizeof *of_space; i++)
		if (!strcmp(name, of_space[i]))
			return RATE_FAIL;
	for (size_t i = 0; i < sizeof of_minimiser / sizeof *of_minimiser; i++)
		if (!w->keeps_minimiser && !strcmp(name, of_minimiser[i]))
			return RATE_FAIL;
	if (!w->constants || w->constants->scalar(w->inner.self, name, out) != RATE_OK)
		return RATE_FAIL;
	if (w->restricted && out->kind == RATE_EXACT)
		out->kind = known_on_set(name);
	return RATE_OK;
}

RATE_INLINE int wrapped_vector(void *self, const char *name, size_t count, double *out)
{
	const struct wrapped *w = self;

	if (facts_vector(self, name, count, out) == RATE_OK)
		return RATE_OK;
	if (!w->keeps_minimiser && !strcmp(name, "x_star"))
		return RATE_FAIL;
	return inner_vector(w, name, count, out);
}

/* A zeroed wrapper of `size` bytes with room for `doubles` numbers and the start; NULL after host->fail. An inner h or
 * feasible set is refused: neither proxes nor projections of two add up. */
RATE_INLINE void *wrap(const rate_host *host, const rate_args *args, const char *id, size_t size, size_t doubles)
{
	const rate_function *inner = args->inner;
	struct wrapped *w;
	size_t d;
	double *x0;

	if (!inner) {
		host->fail(host, "%s wraps an objective: write OBJECTIVE+%s", id, id);
		return NULL;
	}
	if (inner_interface(inner, "composite/1") || inner_interface(inner, "projection/1")) {
		host->fail(host, "%s: %s has an h or a feasible set already", id, inner->cls->id);
		return NULL;
	}
	d = inner->cls->dim(inner->self);
	if (!(w = facts_new(host, size, d, doubles + d)))
		return NULL;
	w->inner = *inner;
	w->constants = inner_interface(inner, "constants/1");
	w->sum = inner_interface(inner, "finite-sum/1");
	w->stream = inner_interface(inner, "stream/1");
	w->hessian = inner_interface(inner, "hessian/1");
	w->gap = inner_interface(inner, "gap/1");
	w->glm = inner_interface(inner, "glm/1");
	w->start = inner_interface(inner, "start/1");
	w->own_sum = (rate_finite_sum){ sizeof w->own_sum, wrapped_count, wrapped_term_value, wrapped_term_gradient,
		w->sum && w->sum->prox ? wrapped_term_prox : NULL };
	w->own_stream = (rate_stream){ sizeof w->own_stream,
		                       w->stream ? w->stream->deterministic : 0,
		                       w->stream && w->stream->normals ? wrapped_normals : NULL,
		                       wrapped_sample_value,
		                       wrapped_sample_gradient,
		                       NULL };
	w->own_hessian = (rate_hessian){ sizeof w->own_hessian,
		                         w->hessian && w->hessian->product ? wrapped_product : NULL,
		                         w->hessian && w->hessian->dense ? wrapped_dense : NULL };
	w->known.start = x0 = facts_take(w, d);
	if (w->start && w->start->start(inner->self, x0)) {
		free(w);
		return NULL;
	}
	return w;
}

RATE_INLINE const void *wrapped_interface(void *self, const char *name, const struct offer *own, size_t count)
{
	static const rate_constants constants = { sizeof constants, wrapped_scalar, wrapped_vector };
	static const rate_glm_source glm = { sizeof glm, wrapped_glm };
	static const rate_gap gap = { sizeof gap, wrapped_gap };
	const struct wrapped *w = self;
	const struct offer table[] = {
		{ "constants/1", &constants },
		{ "start/1", &facts_start_at },
		{ "finite-sum/1", w->sum ? &w->own_sum : NULL },
		{ "stream/1", w->stream ? &w->own_stream : NULL },
		{ "hessian/1", w->hessian ? &w->own_hessian : NULL },
		{ "glm/1", w->glm ? &glm : NULL },
		{ "gap/1", w->gap && w->keeps_minimiser ? &gap : NULL },
	};
	const void *mine = find_offer(own, count, name);

	return mine ? mine : find_offer(table, sizeof table / sizeof table[0], name);
}

/* ---- Feasible sets ---- */

/* G over a set that lies within `radius` of the point `centre`: |g_i(x)| <= |g_i(centre)| + L_i radius. Needs 2 d + n
 * numbers of `work`; NaN if L is not known. */
RATE_INLINE double largest_gradient(struct wrapped *w, const double *centre, double radius, double *work)
{
	size_t d = w->known.d, n = w->sum ? w->sum->count(w->inner.self) : 1;
	double *g = work, *L_i = work + d, L, noise2 = 0, sum = 0;

	if (w->stream && (w->stream->deterministic || inner_scalar(w, "noise2", &noise2)))
		return NAN;
	if (!w->sum) {
		if (inner_scalar(w, "L", &L) || wrapped_gradient(w, centre, g))
			return NAN;
		L = sqrt(dot(d, g, g)) + L * radius;
		return sqrt(L * L + noise2);
	}
	if (inner_vector(w, "L_i", n, L_i)) {
		if (inner_scalar(w, "L_max", &L))
			return NAN;
		for (size_t i = 0; i < n; i++)
			L_i[i] = L;
	}
	for (size_t i = 0; i < n; i++) {
		if (wrapped_term_gradient(w, i, centre, g))
			return NAN;
		L = sqrt(dot(d, g, g)) + L_i[i] * radius;
		sum += L * L;
	}
	return sqrt(sum / (double)n);
}

/* Says what a set that lies within `radius` of `centre` changes: the diameter, G if the inner objective has none,
 * whether the minimiser lies in it. `work`: 2 d + n numbers. */
RATE_INLINE void know_set(struct wrapped *w, const rate_projection *set, double diameter, double radius,
                          const double *centre, double *work)
{
	size_t d = w->known.d;
	double G, *x = work, *p = work + d;

	w->restricted = 1;
	know(w, "diameter", RATE_EXACT, diameter, "of the set");
	if (inner_scalar(w, "G", &G)) {
		G = largest_gradient(w, centre, radius, work);
		if (G == G)
			know(w, "G", RATE_UPPER, G, "|g_i(centre)| + L_i radius");
	}
	if (inner_vector(w, "x_star", d, x) || set->project(w, x, p))
		return;
	w->keeps_minimiser = !memcmp(x, p, d * sizeof *x);
}

#endif
