/* The probe at the minimiser, where nothing need be searched: x_star, f_star, sigma_star2, interpolation, infima of
 * terms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"
#include "verify/session/algebra.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EPS 0x1p-52

static void compare(rate_prober *p, const char *name, double measured, double tolerance, int sign, const char *what)
{
	rate_knowledge kind = 0;
	double declared = rate_constant_of(p->s, name, &kind);
	rate_finding *f;

	if (declared != declared)
		return;
	f = rate_find(p, name);
	f->sign = sign;
	f->kind = kind;
	f->declared = declared;
	f->measured = measured;
	f->code = rate_weigh(kind, sign, declared, measured, tolerance + 1e-9 * fabs(declared), 1);
	snprintf(f->why, sizeof f->why, "%s", what);
	if (p->s->x_star)
		rate_keep_witness(p, f, p->s->x_star, NULL);
}

static int has_vector(rate_prober *p, const char *name, size_t count)
{
	rate_session *s = p->s;
	double *v = count ? malloc(count * sizeof *v) : NULL;
	int known = v && rate_vector_of(s, name, count, v) == RATE_OK;

	free(v);
	return known;
}

/* How far x_star is from the feasible set. */
static int check_feasible(rate_prober *p)
{
	rate_session *s = p->s;
	char why[160];
	double off;

	if (!s->projection)
		return RATE_OK;
	memcpy(p->b, s->x_star, p->d * sizeof *p->b);
	if (rate_project_at(s, p->b))
		return RATE_FAIL;
	for (size_t j = 0; j < p->d; j++)
		p->b[j] -= s->x_star[j];
	off = rate_norm_n(p->b, p->d);
	snprintf(why, sizeof why, "|x_star - P(x_star)| = %.9g: it is not feasible", off);
	if (off > 1e-9 * (rate_norm_n(s->x_star, p->d) + p->reach))
		rate_note_oracle(p, "x_star", off, why);
	return RATE_OK;
}

/* How far x_star is from being optimal, as a gradient: |grad f|, or L |x - P(x - grad f/L)|, P the prox of h/L and the
 * projection. NaN: f is not smooth. *round: what rounds. */
static int residual_at_star(rate_prober *p, double *residual, double *round)
{
	rate_session *s = p->s;
	size_t d = p->d;
	double L = s->c.L;

	*residual = NAN;
	if (!isfinite(L))
		return RATE_OK;
	if (rate_g(s, s->x_star, p->gx))
		return RATE_FAIL;
	*residual = rate_norm_n(p->gx, d);
	/* Where f is linear any step will do: one as long as the points are apart. */
	if ((s->composite || s->projection) && !(L > 0))
		L = *residual / p->reach;
	*round = 1e-9 * L * (rate_norm_n(s->x_star, d) + p->reach) + 64 * EPS * sqrt(s->c.g02);
	if ((!s->composite && !s->projection) || !(L > 0))
		return RATE_OK;
	for (size_t j = 0; j < d; j++)
		p->a[j] = s->x_star[j] - p->gx[j] / L;
	if (rate_prox_at(s, 1 / L, p->a, p->b) || rate_project_at(s, p->b))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		p->b[j] -= s->x_star[j];
	*round += 64 * EPS * *residual;
	*residual = L * rate_norm_n(p->b, d);
	return RATE_OK;
}

/* x_star is a double each: by how much F changes within 64 eps of it. No constant need be known for that. */
static double change_at_star(rate_prober *p, double F)
{
	double most = 0, there, round;

	for (int k = 0; k < 4; k++) {
		rate_draw_direction(p, 0);
		for (size_t j = 0; j < p->d; j++)
			p->b[j] = p->s->x_star[j] * (1 + 64 * EPS * (k < 2 ? 2 * k - 1 : copysign(1, p->e[j])));
		if (rate_probe_F(p, p->b, &there, &round) == RATE_OK)
			most = fmax(most, fabs(there - F));
	}
	return most;
}

/* f_star, if it is known from above, is not above the value at the minimiser, and if it is known from below not
 * below. */
static int check_least_value(rate_prober *p)
{
	rate_session *s = p->s;
	const char *name = s->composite ? "F_star" : "f_star";
	rate_knowledge kind = 0;
	double F, round, far = s->x_star_error, f_star = rate_constant_of(s, name, &kind);
	rate_finding *f;
	int above, below;

	if (f_star != f_star || rate_probe_F(p, s->x_star, &F, &round))
		return f_star == f_star ? RATE_FAIL : RATE_OK;
	round += 64 * EPS * fabs(f_star);
	above = F < f_star - round && kind != RATE_UPPER;
	/* A minimiser that was computed is this far off. */
	if (far > 0)
		round += (isfinite(s->c.L) ? s->c.L * far : INFINITY) * far;
	below = F > f_star + round && kind != RATE_LOWER && (s->x_star_certified || has_vector(p, "x_star", p->d));
	below = below && F > f_star + round + change_at_star(p, F);
	if (!isfinite(F) || (!above && !below))
		return RATE_OK;
	f = rate_find(p, name);
	f->code = RATE_FALSE;
	f->kind = kind ? kind : RATE_EXACT;
	f->declared = f_star;
	f->measured = F;
	snprintf(f->why, sizeof f->why, "%s", s->composite ? "f(x_star)+h(x_star)" : "f(x_star)");
	rate_keep_witness(p, f, s->x_star, NULL);
	return RATE_OK;
}

/* The least curvature at the minimiser, where there is a Hessian. */
static int check_curvature(rate_prober *p)
{
	size_t d = p->d;
	double *h;

	if (!p->s->x_star || !p->s->hessian || d > 64 ||
	    rate_constant_of(p->s, "mu_star", NULL) != rate_constant_of(p->s, "mu_star", NULL))
		return RATE_OK;
	if (!(h = malloc((2 * d + 1) * d * sizeof *h)) || rate_hessian_at(p->s, p->s->x_star, h)) {
		free(h);
		return RATE_FAIL;
	}
	rate_jacobi(d, h, h + 2 * d * d, h + d * d);
	compare(p, "mu_star", h[2 * d * d], 1e-12 * fabs(h[2 * d * d + d - 1]), -1,
	        "least eigenvalue of Hess f(x_star)");
	free(h);
	return RATE_OK;
}

/* A declared minimiser is one. */
int rate_probe_star(rate_prober *p)
{
	rate_session *s = p->s;
	double residual = NAN, round = 0;
	rate_finding *f;
	char why[160];

	if (!s->x_star)
		return RATE_OK;
	if (has_vector(p, "x_star", p->d)) {
		memcpy(p->x, s->x_star, p->d * sizeof *p->x);
		f = rate_find(p, "x_star");
		f->kind = RATE_EXACT;
		if (check_feasible(p))
			return RATE_FAIL;
		if (f->code == RATE_FALSE)
			return RATE_OK;
		if (residual_at_star(p, &residual, &round))
			return RATE_FAIL;
		if (residual == residual) {
			f->measured = residual;
			f->declared = 0;
			snprintf(f->why, sizeof f->why, "|g(x_star)|");
		}
		if (residual > round) {
			snprintf(why, sizeof why,
			         s->composite || s->projection ? "L |x_star - P(x_star - g/L)| there" : "|g(x_star)|");
			rate_note_oracle(p, "x_star", residual, why);
		}
	}
	return check_curvature(p) ? RATE_FAIL : check_least_value(p);
}

/* How far a computed minimiser is from one, as the gradients of terms see it. Convex terms have the same gradients at
 * all minimisers, and mean |g_i(x) - g_i(x_star)|^2 <= 2 L_max (f(x) - f_star), of which |g| times the distance is a
 * bound. */
static int distance_from_star(rate_prober *p, double *far)
{
	rate_session *s = p->s;

	*far = s->x_star_error;
	if (s->x_star_certified)
		return RATE_OK;
	*far = INFINITY;
	if (rate_constant_of(s, "convex", NULL) != 1)
		return RATE_OK;
	if (rate_g(s, s->x_star, p->gx))
		return RATE_FAIL;
	*far = sqrt(2 * rate_norm_n(p->gx, p->d) * 1e3 * (rate_norm_n(s->x_star, p->d) + p->reach) / s->c.L_max);
	return RATE_OK;
}

int rate_probe_noise(rate_prober *p)
{
	rate_session *s = p->s;
	double sum = 0, most = 0, round = 0, far, interpolation = rate_constant_of(s, "interpolation", NULL);

	if (!s->x_star || !p->all_terms || s->run.n < 2 || s->composite || s->projection ||
	    !isfinite(s->c.L_max))
		return RATE_OK;
	for (size_t i = 0; i < p->terms; i++) {
		double g;
		if (rate_term_gradient(p, i, s->x_star, p->a))
			return RATE_FAIL;
		g = rate_norm_n(p->a, p->d);
		sum += g * g / (double)p->terms;
		most = fmax(most, g);
	}
	round = s->c.L_max * (rate_norm_n(s->x_star, p->d) + p->reach);
	if (distance_from_star(p, &far))
		return RATE_FAIL;
	far *= s->c.L_max;
	compare(p, "sigma_star2", sum, 1e-12 * round * round + (1e-12 * round + 2 * far) * sqrt(sum) + far * far, 1,
	        "mean |g_i(x_star)|^2");
	if (interpolation == interpolation) {
		rate_finding *f = rate_find(p, "interpolation");
		f->kind = RATE_EXACT;
		f->declared = interpolation;
		f->measured = most;
		/* Noise may be as small as it likes, so that only its absence to the last digit speaks against 0. */
		if (interpolation == 1)
			f->code = most <= 1e-7 * round + far * sqrt((double)p->terms) ? RATE_TRUE : RATE_FALSE;
		else
			f->code = most > 64 * EPS * round ? RATE_TRUE : RATE_FALSE;
		snprintf(f->why, sizeof f->why, "largest |g_i(x_star)|, 0 under interpolation");
		rate_keep_witness(p, f, s->x_star, NULL);
	}
	return RATE_OK;
}

/* The least value of a term that 40 gradient steps from x_star find. */
static int least_of_term(rate_prober *p, size_t i, double L, double *least)
{
	double f;

	memcpy(p->x, p->s->x_star, p->d * sizeof *p->x);
	*least = INFINITY;
	for (int k = 0; k < 40; k++) {
		if (rate_term_value(p, i, p->x, &f) || rate_term_gradient(p, i, p->x, p->a))
			return RATE_FAIL;
		if (k && !(f < *least - 1e-14 * fabs(*least)))
			break;
		*least = f;
		for (size_t j = 0; j < p->d; j++)
			p->x[j] -= p->a[j] / L;
	}
	return RATE_OK;
}

/* f_i_star is below every value seen: the term with the least room. */
static void note_term_infima(rate_prober *p, double declared, double seen)
{
	rate_finding *f = rate_find(p, "f_i_star");

	f->sign = -1;
	f->declared = declared;
	f->kind = RATE_EXACT;
	f->measured = seen;
	f->code = seen < declared ? RATE_FALSE : RATE_TRUE;
	snprintf(f->why, sizeof f->why, "least f_i(x) seen, of the term with the least room");
	rate_keep_witness(p, f, p->s->x_star, NULL);
}

/* Delta_star = f_star - mean inf f_i, from below: any values of the terms will do. */
static void note_Delta(rate_prober *p, double below)
{
	rate_knowledge kind = 0;
	double declared = rate_constant_of(p->s, "Delta_star", &kind);
	rate_finding *f;

	if (declared != declared)
		return;
	f = rate_find(p, "Delta_star");
	f->sign = 1;
	f->kind = kind;
	f->declared = declared;
	f->measured = below;
	f->code = rate_weigh(kind, 1, declared, below, 1e-9 * fabs(declared), 0);
	snprintf(f->why, sizeof f->why, "f_star minus the mean of the least f_i seen");
	rate_keep_witness(p, f, p->s->x_star, NULL);
}

int rate_probe_infima(rate_prober *p)
{
	rate_session *s = p->s;
	size_t n = p->terms;
	double *L, *low, mean = 0, scale = 0, round, seen = INFINITY, inf = 0;
	int declared;

	if (!s->x_star || !p->all_terms || n < 2 || n > 2000 || !isfinite(s->c.L_max) || s->composite || s->projection)
		return RATE_OK;
	if (!(L = malloc(2 * n * sizeof *L)))
		return RATE_FAIL;
	low = L + n;
	if (rate_vector_of(s, "L_i", n, L))
		for (size_t i = 0; i < n; i++)
			L[i] = s->c.L_max;
	declared = rate_vector_of(s, "f_i_star", n, low) == RATE_OK;
	for (size_t i = 0; i < n; i++) {
		double least;
		if (least_of_term(p, i, L[i] > 0 ? L[i] : 1, &least)) {
			free(L);
			return RATE_FAIL;
		}
		mean += least / (double)n;
		scale += fabs(least) / (double)n;
		if (declared && least - low[i] < seen - inf) {
			seen = least;
			inf = low[i];
		}
	}
	free(L);
	round = 64 * EPS * (scale + fabs(s->c.f_star) +
	                    s->c.L_max * (rate_dot_n(s->x_star, s->x_star, p->d) + p->reach * p->reach));
	if (!s->f_star_below)
		note_Delta(p, s->c.f_star - mean - round);
	if (declared)
		note_term_infima(p, inf, seen + round);
	return RATE_OK;
}

/* Where f has no gradient to be 0: is there a lower value near a declared minimiser? By subgradient steps, long and
 * short. */
static int look_below(rate_prober *p)
{
	enum { STEPS = 1000 };
	rate_session *s = p->s;
	double F, least, round, off, g;
	rate_finding *f;
	char why[160];

	if (!s->x_star || isfinite(s->c.L) || s->composite || !has_vector(p, "x_star", p->d))
		return RATE_OK;
	if (rate_probe_F(p, s->x_star, &least, &round))
		return RATE_FAIL;
	for (double length = p->reach; length > 1e-5 * p->reach; length /= 100) {
		memcpy(p->x, s->x_star, p->d * sizeof *p->x);
		for (int k = 1; k <= STEPS; k++) {
			if (rate_g(s, p->x, p->gx))
				return RATE_FAIL;
			if (!((g = rate_norm_n(p->gx, p->d)) > 0))
				break;
			for (size_t j = 0; j < p->d; j++)
				p->x[j] -= length / sqrt(k) / g * p->gx[j];
			if (rate_project_at(s, p->x) || rate_probe_F(p, p->x, &F, &off))
				return RATE_FAIL;
			if (!(F < least - round - off))
				continue;
			snprintf(why, sizeof why, "f = %.9g there, %.9g at a point nearby", least, F);
			f = rate_find(p, "x_star");
			f->kind = 0;
			rate_note_oracle(p, "x_star", least - F, why);
			return RATE_OK;
		}
	}
	return RATE_OK;
}

int rate_probe_minimiser(rate_prober *p)
{
	return look_below(p) || rate_probe_star(p) || rate_probe_noise(p) || rate_probe_infima(p) ? RATE_FAIL : RATE_OK;
}
