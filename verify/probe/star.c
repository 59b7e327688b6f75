/* The probe at the minimiser, where nothing need be searched: x_star, f_star, sigma_star2, interpolation, infima of terms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

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
	int wrong;

	if (declared != declared)
		return;
	f = rate_find(p, name);
	f->sign = sign;
	f->kind = kind;
	f->declared = declared;
	f->measured = measured;
	tolerance += 1e-9 * fabs(declared);
	wrong = sign * measured > sign * declared + tolerance ||
	        (kind == RATE_EXACT && sign * measured < sign * declared - tolerance);
	f->code = wrong ? RATE_FALSE : RATE_TRUE;
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

/* A declared minimiser is one: no gradient there (smooth, no h, no set), and f_star, if exact, is its value. */
static int check_minimiser(rate_prober *p)
{
	rate_session *s = p->s;
	rate_knowledge kind = 0;
	double F, round, g, f_star = rate_constant_of(s, s->composite ? "F_star" : "f_star", &kind);
	rate_finding *f;
	char why[160];

	if (!has_vector(p, "x_star", p->d))
		return RATE_OK;
	memcpy(p->x, s->x_star, p->d * sizeof *p->x);
	f = rate_find(p, "x_star");
	f->kind = RATE_EXACT;
	if (isfinite(s->c.L) && !s->composite && !s->projection) {
		if (rate_g(s, p->x, p->gx))
			return RATE_FAIL;
		g = rate_norm_n(p->gx, p->d);
		f->measured = g;
		f->declared = 0;
		snprintf(f->why, sizeof f->why, "|g(x_star)|");
		round = 1e-9 * s->c.L * (rate_norm_n(p->x, p->d) + p->reach) + 64 * EPS * sqrt(s->c.g02);
		if (g > round) {
			snprintf(why, sizeof why, "the gradient there has norm %.6g", g);
			rate_note_oracle(p, "x_star", g, why);
		}
	}
	if (rate_probe_F(p, p->x, &F, &round))
		return RATE_FAIL;
	if (f_star == f_star && kind == RATE_EXACT && fabs(F - f_star) > round + 1e-9 * fabs(f_star) + 64 * EPS * fabs(f_star)) {
		f = rate_find(p, s->composite ? "F_star" : "f_star");
		f->code = RATE_FALSE;
		f->measured = F;
		snprintf(f->why, sizeof f->why, "declared exact, but it is not the value at x_star");
		rate_keep_witness(p, f, p->x, NULL);
	}
	return RATE_OK;
}

static int check_noise(rate_prober *p)
{
	rate_session *s = p->s;
	double sum = 0, most = 0, round = 0, interpolation = rate_constant_of(s, "interpolation", NULL);

	if (!s->x_star || !p->all_terms || s->run.n < 2 || s->composite || s->projection || !isfinite(s->c.L_max))
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
	compare(p, "sigma_star2", sum, 1e-12 * round * round + 1e-12 * round * sqrt(sum), 1, "mean |g_i(x_star)|^2");
	if (interpolation == interpolation) {
		rate_finding *f = rate_find(p, "interpolation");
		f->kind = RATE_EXACT;
		f->declared = interpolation;
		f->measured = most;
		f->code = (most <= 1e-7 * round) == (interpolation == 1) ? RATE_TRUE : RATE_FALSE;
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
	f->code = below > declared * (1 + 1e-9) ? RATE_FALSE : RATE_TRUE;
	snprintf(f->why, sizeof f->why, "f_star minus the mean of the least f_i seen");
	rate_keep_witness(p, f, p->s->x_star, NULL);
}

static int check_infima(rate_prober *p)
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
	note_Delta(p, s->c.f_star - mean - round);
	if (declared)
		note_term_infima(p, inf, seen + round);
	return RATE_OK;
}

int rate_probe_minimiser(rate_prober *p)
{
	return check_minimiser(p) || check_noise(p) || check_infima(p) ? RATE_FAIL : RATE_OK;
}
