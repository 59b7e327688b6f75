/* What the probe measures: each constant has a score, a number at a pair of points that the declared one must bound.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"
#include "verify/session/guard.h"
#include "verify/session/quantities.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EPS 0x1p-52
/* Products of smaller numbers leave the range in which rounding errors are relative. */
#define SMALL 1e-140

static int score_L(rate_prober *p, double *v)
{
	if (rate_measure_pair(p))
		return RATE_FAIL;
	if (p->dist > SMALL)
		*v = (p->norm_dg - p->round_g) / p->dist;
	p->direction = p->dg;
	return RATE_OK;
}

static int score_mu(rate_prober *p, double *v)
{
	if (rate_measure_pair(p))
		return RATE_FAIL;
	if (p->dist > SMALL)
		*v = p->inner / (p->dist * p->dist) + p->round_g / p->dist;
	return RATE_OK;
}

static int score_rho(rate_prober *p, double *v)
{
	int rc = score_mu(p, v);

	*v = -*v;
	return rc;
}

/* The slopes of two points say it, too: near a kink, where values lose their digits, they are the sharper. */
static int score_convex(rate_prober *p, double *v)
{
	if (rate_measure_pair(p))
		return RATE_FAIL;
	if (p->dist > SMALL)
		*v = fmin(2 * (p->bend + p->round_f), p->inner + p->round_g * p->dist) / (p->dist * p->dist);
	return RATE_OK;
}

static int score_convex_terms(rate_prober *p, double *v)
{
	double fx, fy;

	if (rate_measure_pair(p))
		return RATE_FAIL;
	for (size_t i = 0; i < p->terms; i++) {
		double bend, g, round;
		if (rate_term_value(p, i, p->x, &fx) || rate_term_value(p, i, p->y, &fy) ||
		    rate_term_gradient(p, i, p->x, p->a))
			return RATE_FAIL;
		g = rate_norm_n(p->a, p->d) + (isfinite(p->s->c.L_max) ? p->s->c.L_max : 0) * p->size;
		round = p->round_f + 64 * EPS * (fabs(fx) + fabs(fy) + g * (p->size + p->reach));
		bend = fy - fx - rate_dot_n(p->a, p->e, p->d) + round;
		if (!(bend >= *v))
			*v = bend;
	}
	return RATE_OK;
}

/* sqrt of mean |g_i|^2, which is |g| where there is one term; of an online problem the largest. */
static int score_G(rate_prober *p, double *v)
{
	double sum = 0, most = 0;

	for (size_t i = 0; i < p->terms; i++) {
		if (rate_term_gradient(p, i, p->x, p->a))
			return RATE_FAIL;
		sum += rate_dot_n(p->a, p->a, p->d) / (double)p->terms;
		most = fmax(most, rate_norm_n(p->a, p->d));
	}
	*v = (p->s->stream ? most : sqrt(sum)) * (1 - 64 * EPS);
	return RATE_OK;
}

static int score_G_mean(rate_prober *p, double *v)
{
	if (rate_g(p->s, p->x, p->gx))
		return RATE_FAIL;
	*v = rate_norm_n(p->gx, p->d) * (1 - 64 * EPS);
	return RATE_OK;
}

static int score_G_inf(rate_prober *p, double *v)
{
	for (size_t i = 0; i < p->terms; i++) {
		if (rate_term_gradient(p, i, p->x, p->a))
			return RATE_FAIL;
		for (size_t j = 0; j < p->d; j++)
			*v = fmax(*v == *v ? *v : 0, fabs(p->a[j]) * (1 - 64 * EPS));
	}
	return RATE_OK;
}

/* Losses that are linear: their entries are the experts' losses. */
static int score_loss_range(rate_prober *p, double *v)
{
	for (size_t i = 0; i < p->terms; i++) {
		double low = INFINITY, high = -INFINITY;
		if (rate_term_gradient(p, i, p->x, p->a))
			return RATE_FAIL;
		for (size_t j = 0; j < p->d; j++) {
			low = fmin(low, p->a[j]);
			high = fmax(high, p->a[j]);
		}
		*v = fmax(*v == *v ? *v : 0, high - low - 64 * EPS * (fabs(low) + fabs(high)));
	}
	return RATE_OK;
}

static int score_pl(rate_prober *p, double *v)
{
	rate_session *s = p->s;
	double gap, scale, g, floor;

	/* It speaks of f alone; the gap does not. */
	if (s->composite || s->projection || s->f_star_below)
		return RATE_OK;
	if (rate_g(s, p->x, p->gx) || rate_quantity_at(s, &rate_quantity_gap, p->x, &gap, &scale))
		return RATE_FAIL;
	floor = 64 * EPS * scale;
	if (!(gap > 1e3 * floor && gap > SMALL))
		return RATE_OK;
	g = rate_norm_n(p->gx, p->d);
	g += 64 * EPS * (g + (isfinite(s->c.L) ? s->c.L : 0) * (rate_norm_n(p->x, p->d) + p->reach));
	*v = g * g / (2 * (gap - floor));
	return RATE_OK;
}

int rate_probe_F(rate_prober *p, const double *x, double *f, double *round)
{
	rate_session *s = p->s;
	double h = 0, m = rate_norm_n(x, p->d) + p->reach;

	if (rate_f(s, x, f))
		return RATE_FAIL;
	if (s->composite && s->composite->value(s->f.self, x, &h) != RATE_OK)
		return RATE_FAIL;
	*round = 64 * EPS *
	    (fabs(*f) + fabs(h) + (isfinite(s->c.L) ? s->c.L : isfinite(s->c.G) ? s->c.G / m : 0) * m * m);
	*f += h;
	return RATE_OK;
}

static int score_F_star(rate_prober *p, double *v)
{
	double round;

	if (rate_probe_F(p, p->x, v, &round))
		return RATE_FAIL;
	*v = isfinite(*v) ? *v + round : NAN;
	return RATE_OK;
}

/* |v|^2 >= 2 pl_F (F - F_star) of every subgradient v of F: the prox of h shows one, at the point q where it ends,
 * g(q) + L (z - q) with z = x - g(x)/L. */
static int score_pl_F(rate_prober *p, double *v)
{
	rate_session *s = p->s;
	double L = s->c.L, gap, scale, size, floor;
	size_t d = p->d;

	if (s->projection || s->f_star_below || !(L > 0) || !isfinite(L))
		return RATE_OK;
	if (rate_g(s, p->x, p->gx))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		p->a[j] = p->x[j] - p->gx[j] / L;
	if (rate_prox_at(s, 1 / L, p->a, p->b) || rate_g(s, p->b, p->gy) ||
	    rate_quantity_at(s, &rate_quantity_gap, p->b, &gap, &scale))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		p->e[j] = p->gy[j] + L * (p->a[j] - p->b[j]);
	floor = 64 * EPS * scale;
	size = rate_norm_n(p->e, d) + 64 * EPS * (rate_norm_n(p->gx, d) + rate_norm_n(p->gy, d) +
	                                          L * (rate_norm_n(p->x, d) + rate_norm_n(p->b, d) + p->reach));
	if (isfinite(gap) && gap > 1e3 * floor && gap > SMALL)
		*v = size * size / (2 * (gap - floor));
	return RATE_OK;
}

static int score_f_star(rate_prober *p, double *v)
{
	if (rate_f(p->s, p->x, v))
		return RATE_FAIL;
	*v += 64 * EPS *
	    (fabs(*v) + (isfinite(p->s->c.L) ? p->s->c.L : 0) * (rate_dot_n(p->x, p->x, p->d) + p->reach * p->reach));
	return RATE_OK;
}

/* A term whose own slope is small may be made of numbers of the size of the others': +b - b beside b and -b. */
static double round_term(const rate_prober *p, double L)
{
	double others = p->s->c.sigma_star2 > 0 ? sqrt(p->s->c.sigma_star2) : 0;

	return 64 * EPS * (rate_norm_n(p->a, p->d) + rate_norm_n(p->b, p->d) + others + L * p->size) + p->round_g;
}

/* Slopes of the terms: the largest for `worst` 1, the smallest curvature for -1. */
static int term_slopes(rate_prober *p, int worst, double *v)
{
	size_t d = p->d;
	double L = isfinite(p->s->c.L_max) ? p->s->c.L_max : 0;

	if (rate_measure_pair(p))
		return RATE_FAIL;
	for (size_t i = 0; p->dist > SMALL && i < p->terms; i++) {
		double round, slope;
		if (rate_term_gradient(p, i, p->x, p->a) || rate_term_gradient(p, i, p->y, p->b))
			return RATE_FAIL;
		round = round_term(p, L);
		for (size_t j = 0; j < d; j++)
			p->b[j] -= p->a[j];
		slope = worst > 0 ? (rate_norm_n(p->b, d) - round) / p->dist
		                  : rate_dot_n(p->b, p->e, d) / (p->dist * p->dist) + round / p->dist;
		if (worst * slope <= worst * *v)
			continue;
		*v = slope;
		memcpy(p->turn, p->b, d * sizeof *p->b);
		p->direction = worst > 0 ? p->turn : NULL;
	}
	return RATE_OK;
}

static int score_L_max(rate_prober *p, double *v)
{
	return term_slopes(p, 1, v);
}

static int score_mu_min(rate_prober *p, double *v)
{
	return term_slopes(p, -1, v);
}

static int score_rho_terms(rate_prober *p, double *v)
{
	int rc = term_slopes(p, -1, v);

	*v = -*v;
	return rc;
}

/* How far h of a part moves where its argument is off: a steep h carries the rounding of what cancels in it. */
static int outer_moves(rate_prober *p, size_t i, double c, double off, double h, double *moved)
{
	const rate_composition *parts = p->s->composition;
	double low, high;

	if (parts->outer(p->s->f.self, i, c - off, &low) != RATE_OK ||
	    parts->outer(p->s->f.self, i, c + off, &high) != RATE_OK)
		return RATE_FAIL;
	*moved = fmax(fabs(low - h), fabs(high - h));
	return RATE_OK;
}

/* By how much the mean of the models at x is above f at y, against |y - x|^2/2. */
static int score_rho_model(rate_prober *p, double *v)
{
	const rate_composition *parts = p->s->composition;
	void *self = p->s->f.self;
	size_t n = p->s->sum ? p->s->run.n : 1;
	double excess = 0, round = 0, f;

	if (!parts || !n || rate_measure_pair(p))
		return RATE_OK;
	for (size_t i = 0; i < n; i++) {
		double c, h, moved, at, linear = 0;
		if (parts->inner(self, i, p->x, &c, p->a) != RATE_OK)
			return RATE_FAIL;
		if (parts->linear && parts->linear(self, i, p->b) != RATE_OK)
			return RATE_FAIL;
		if (parts->linear)
			linear = rate_dot_n(p->b, p->y, p->d);
		at = c + rate_dot_n(p->a, p->e, p->d);
		round += 64 * EPS * (fabs(linear) + fabs(c) + rate_norm_n(p->a, p->d) * p->size) / (double)n;
		if (parts->outer(self, i, at, &h) != RATE_OK ||
		    outer_moves(p, i, at, 64 * EPS * (fabs(c) + rate_norm_n(p->a, p->d) * p->size), h, &moved))
			return RATE_FAIL;
		excess += (linear + h) / (double)n;
		round += (64 * EPS * fabs(h) + moved) / (double)n;
	}
	if (rate_whole_value(p, 0, p->y, &f))
		return RATE_FAIL;
	if (p->dist > SMALL)
		*v = 2 * (excess - f - round - 64 * EPS * fabs(f) - p->round_f) / (p->dist * p->dist);
	return RATE_OK;
}

/* The term whose slope is the largest share of its own L_i. */
static int score_L_i(rate_prober *p, double *v)
{
	size_t d = p->d, n = p->s->run.n;
	double *L = malloc((n + 1) * sizeof *L), best = 0;

	if (!L || !p->all_terms || rate_vector_of(p->s, "L_i", n, L) || rate_measure_pair(p)) {
		free(L);
		return RATE_OK;
	}
	for (size_t i = 0; p->dist > SMALL && i < n; i++) {
		double round, slope;
		if (rate_term_gradient(p, i, p->x, p->a) || rate_term_gradient(p, i, p->y, p->b)) {
			free(L);
			return RATE_FAIL;
		}
		round = round_term(p, L[i]);
		for (size_t j = 0; j < d; j++)
			p->b[j] -= p->a[j];
		slope = (rate_norm_n(p->b, d) - round) / p->dist;
		if (!(slope > 0) || slope / L[i] <= best)
			continue;
		best = slope / L[i];
		*v = slope;
		p->declared = L[i];
		memcpy(p->turn, p->b, d * sizeof *p->b);
		p->direction = p->turn;
	}
	free(L);
	return RATE_OK;
}

/* |g_i - g| of every term, less what rounds. NULL after an error. */
static double *noise_norms(rate_prober *p)
{
	size_t d = p->d;
	double *norm = malloc((p->terms + 1) * sizeof *norm);

	if (!norm || rate_g(p->s, p->x, p->gx)) {
		free(norm);
		return NULL;
	}
	for (size_t i = 0; i < p->terms; i++) {
		double round;
		if (rate_term_gradient(p, i, p->x, p->a)) {
			free(norm);
			return NULL;
		}
		round = 64 * EPS * (rate_norm_n(p->a, d) + rate_norm_n(p->gx, d));
		for (size_t j = 0; j < d; j++)
			p->a[j] -= p->gx[j];
		norm[i] = fmax(rate_norm_n(p->a, d) - round, 0);
	}
	return norm;
}

static int score_noise2(rate_prober *p, double *v)
{
	double *norm;

	if (!p->all_terms)
		return RATE_OK;
	if (!(norm = noise_norms(p)))
		return RATE_FAIL;
	*v = 0;
	for (size_t i = 0; i < p->terms; i++)
		*v += norm[i] * norm[i] / (double)p->terms;
	free(norm);
	return RATE_OK;
}

static int score_tail(rate_prober *p, double *v)
{
	double alpha = rate_known(p->s, "tail.alpha"), mean = 0, *norm;

	if (!(alpha > 0) || !p->all_terms)
		return RATE_OK;
	if (!(norm = noise_norms(p)))
		return RATE_FAIL;
	for (size_t i = 0; i < p->terms; i++)
		mean += pow(norm[i], alpha) / (double)p->terms;
	*v = pow(mean, 1 / alpha) * (1 - 64 * EPS);
	free(norm);
	return RATE_OK;
}

static int score_noise_M(rate_prober *p, double *v)
{
	double growth = rate_known(p->s, "noise_MV");

	if (growth != growth || score_noise2(p, v))
		return growth != growth ? RATE_OK : RATE_FAIL;
	*v -= growth * rate_dot_n(p->gx, p->gx, p->d) * (1 + 64 * EPS);
	return RATE_OK;
}

static int score_noise_MV(rate_prober *p, double *v)
{
	double M = rate_known(p->s, "noise_M"), g2;

	if (M != M || score_noise2(p, v))
		return M != M ? RATE_OK : RATE_FAIL;
	g2 = rate_dot_n(p->gx, p->gx, p->d);
	*v = g2 > SMALL ? (*v - M * (1 + 64 * EPS)) / g2 : NAN;
	return RATE_OK;
}

static int score_noise_max(rate_prober *p, double *v)
{
	double *norm = noise_norms(p);

	if (!norm)
		return RATE_FAIL;
	*v = 0;
	for (size_t i = 0; i < p->terms; i++)
		*v = fmax(*v, norm[i]);
	free(norm);
	return RATE_OK;
}

/* By bisection between max/sqrt(1 + ln n), where one term alone makes the mean e, and max. */
static int score_subgauss(rate_prober *p, double *v)
{
	double *norm, low = 0, high = 0;

	if (!p->all_terms)
		return RATE_OK;
	if (!(norm = noise_norms(p)))
		return RATE_FAIL;
	for (size_t i = 0; i < p->terms; i++)
		high = fmax(high, norm[i]);
	low = high / sqrt(1 + log((double)p->terms));
	for (int k = 0; high > SMALL && k < 50; k++) {
		double s = (low + high) / 2, mean = 0;
		for (size_t i = 0; i < p->terms; i++)
			mean += exp(norm[i] / s * (norm[i] / s) - 1) / (double)p->terms;
		*(mean > 1 ? &low : &high) = s;
	}
	*v = low * (1 - 1e-12);
	free(norm);
	return RATE_OK;
}

static int score_additive(rate_prober *p, double *v)
{
	size_t d = p->d;

	if (rate_measure_pair(p))
		return RATE_FAIL;
	*v = 0;
	for (size_t i = 0; i < p->terms; i++) {
		double round, moved;
		if (rate_term_gradient(p, i, p->x, p->a) || rate_term_gradient(p, i, p->y, p->b))
			return RATE_FAIL;
		round = p->round_g + 64 * EPS * (rate_norm_n(p->a, d) + rate_norm_n(p->b, d));
		for (size_t j = 0; j < d; j++)
			p->b[j] -= p->a[j] + p->dg[j];
		moved = rate_norm_n(p->b, d) - round;
		*v = fmax(*v, moved);
	}
	return RATE_OK;
}

static int score_growth(rate_prober *p, double *v)
{
	double G, g, round;

	if (!p->all_terms)
		return RATE_OK;
	if (score_G(p, &G) || rate_g(p->s, p->x, p->gx))
		return RATE_FAIL;
	g = rate_norm_n(p->gx, p->d);
	round = 64 * EPS * (G + (isfinite(p->s->c.L_max) ? p->s->c.L_max : 0) * (rate_norm_n(p->x, p->d) + p->reach));
	if (g > 1e3 * round && g > SMALL)
		*v = (G - round) * (G - round) / ((g + round) * (g + round));
	return RATE_OK;
}

/* |g(x + e) - 2 g(x) + g(x - e)| <= L_2 |e|^2 */
static int score_L_2(rate_prober *p, double *v)
{
	size_t d = p->d;
	double round;

	if (p->s->projection)
		return RATE_OK;
	if (rate_measure_pair(p))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		p->a[j] = p->x[j] - p->e[j];
	if (rate_g(p->s, p->a, p->b))
		return RATE_FAIL;
	round = 2 * p->round_g + 64 * EPS * rate_norm_n(p->b, d);
	for (size_t j = 0; j < d; j++)
		p->b[j] += p->gy[j] - 2 * p->gx[j];
	if (p->dist * p->dist > SMALL)
		*v = (rate_norm_n(p->b, d) - round) / (p->dist * p->dist);
	return RATE_OK;
}

/* |g_x - g_y| <= (L_0 + L_1 |g_x|) (exp(a) - 1)/a |e|, a = L_1 |e|: what is left of the slope for L_0 and L_1
 * together. */
static int slope_L0_L1(rate_prober *p, double *slope, double *gx)
{
	double a;

	*slope = *gx = NAN;
	if (!isfinite(p->s->c.L0) || !isfinite(p->s->c.L1))
		return RATE_OK;
	if (rate_measure_pair(p))
		return RATE_FAIL;
	a = p->s->c.L1 * p->dist;
	*gx = rate_norm_n(p->gx, p->d);
	if (p->dist > SMALL && a < 100)
		*slope = (p->norm_dg - p->round_g) / ((a > 1e-8 ? expm1(a) / a : 1) * p->dist);
	return RATE_OK;
}

static int score_L0(rate_prober *p, double *v)
{
	double slope, gx;

	if (slope_L0_L1(p, &slope, &gx))
		return RATE_FAIL;
	if (slope == slope)
		*v = slope - p->s->c.L1 * gx - 64 * EPS * (slope + p->s->c.L1 * gx);
	return RATE_OK;
}

static int score_L1(rate_prober *p, double *v)
{
	double slope, gx;

	if (slope_L0_L1(p, &slope, &gx))
		return RATE_FAIL;
	if (slope == slope && gx > SMALL)
		*v = (slope - p->s->c.L0 - 64 * EPS * (slope + p->s->c.L0)) / gx;
	return RATE_OK;
}

/* <(x - p_x) - (y - p_y), p_x - p_y> >= gamma mu_h |p_x - p_y|^2, with gamma of the size at which both sides show. */
static int score_mu_h(rate_prober *p, double *v)
{
	size_t d = p->d;
	double square = 0, inner = 0, round, size = p->s->c.mu_h > 0 ? p->s->c.mu_h : p->s->c.L, gamma;

	if (!p->s->composite)
		return RATE_OK;
	gamma = size > 0 && isfinite(1 / size) && isfinite(size) ? 1 / size : 1;
	if (rate_prox_at(p->s, gamma, p->x, p->a) || rate_prox_at(p->s, gamma, p->y, p->b))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++) {
		double q = p->a[j] - p->b[j];
		square += q * q;
		inner += (p->x[j] - p->y[j] - q) * q;
	}
	round = 64 * EPS * (rate_norm_n(p->x, d) + rate_norm_n(p->y, d));
	if (sqrt(square) > 1e3 * round && square > SMALL)
		*v = (inner + 2 * round * sqrt(square)) / square / gamma;
	return RATE_OK;
}

static int score_diameter(rate_prober *p, double *v)
{
	if (!p->s->projection)
		return RATE_OK;
	for (size_t j = 0; j < p->d; j++)
		p->e[j] = p->y[j] - p->x[j];
	*v = rate_norm_n(p->e, p->d) - 64 * EPS * (rate_norm_n(p->x, p->d) + rate_norm_n(p->y, p->d));
	return RATE_OK;
}

static int score_box(rate_prober *p, double *v)
{
	for (size_t j = 0; p->s->projection && j < p->d; j++)
		*v = fmax(*v == *v ? *v : 0, fabs(p->y[j] - p->x[j]) - 64 * EPS * (fabs(p->x[j]) + fabs(p->y[j])));
	return RATE_OK;
}

/* The point on the other side of x_star has the same value. */
static int score_even(rate_prober *p, double *v)
{
	double f, other, off;

	if (!p->s->x_star)
		return RATE_OK;
	for (size_t j = 0; j < p->d; j++)
		p->e[j] = 2 * p->s->x_star[j] - p->x[j];
	if (rate_f(p->s, p->x, &f) || rate_f(p->s, p->e, &other))
		return RATE_FAIL;
	*v = fabs(f - other) - 1e-9 * (fabs(f) + fabs(other));
	if (!(*v > 0))
		return RATE_OK;
	/* x_star, and a point beyond it, are rounded. */
	off = 64 * EPS * (rate_norm_n(p->x, p->d) + rate_norm_n(p->s->x_star, p->d));
	if (rate_g(p->s, p->x, p->gx) || rate_g(p->s, p->e, p->gy))
		return RATE_FAIL;
	*v -= off * (rate_norm_n(p->gx, p->d) + rate_norm_n(p->gy, p->d));
	if (isfinite(p->s->c.L))
		*v -= p->s->c.L * off * off;
	return RATE_OK;
}

/* <g(y)-g(x), y-x>/|y-x|_B^2, with rounding put on the side of `sign`. */
static int score_metric(rate_prober *p, double *v, double sign)
{
	double b;

	if (!p->s->metric || rate_measure_pair(p))
		return RATE_OK;
	rate_enter(p->s, "metric");
	if (rate_check_answer(p->s, p->s->metric->product(p->s->f.self, p->e, p->a), "metric", p->e, p->a, p->d))
		return RATE_FAIL;
	b = rate_dot_n(p->e, p->a, p->d);
	if (b > 1e-12 * p->dist * rate_norm_n(p->a, p->d) && b > SMALL)
		*v = (p->inner + sign * p->round_g * p->dist) / b;
	return RATE_OK;
}

static int score_L_metric(rate_prober *p, double *v)
{
	return score_metric(p, v, -1);
}

static int score_mu_metric(rate_prober *p, double *v)
{
	return score_metric(p, v, 1);
}

/* Of fields. */
static int score_skew(rate_prober *p, double *v)
{
	if (rate_measure_pair(p))
		return RATE_FAIL;
	if (p->dist > SMALL)
		*v = fmax(fabs(p->inner) / (p->dist * p->dist) - p->round_g / p->dist, 0);
	return RATE_OK;
}

static int score_sigma_min(rate_prober *p, double *v)
{
	if (rate_measure_pair(p))
		return RATE_FAIL;
	if (p->dist > SMALL)
		*v = (p->norm_dg + p->round_g) / p->dist;
	return RATE_OK;
}

const rate_score rate_scores[] = {
	{ "L", 1, 0, 0, 0, score_L, "|g(x)-g(y)|/|x-y|" },
	{ "mu", -1, 0, 0, 0, score_mu, "<g(y)-g(x),y-x>/|y-x|^2" },
	{ "rho_weak", 1, 0, 0, 0, score_rho, "-<g(y)-g(x),y-x>/|y-x|^2" },
	{ "rho_terms", 1, 0, 1, 0, score_rho_terms, "-<g_i(y)-g_i(x),y-x>/|y-x|^2, of the worst term" },
	{ "rho_model", 1, 0, 0, 0, score_rho_model, "2 (model at x - f)(y)/|y-x|^2" },
	{ "convex", -1, 0, 0, 0, score_convex, "curvature between x and y, at least 0" },
	{ "convex terms", -1, 0, 0, 0, score_convex_terms, "the same of each term" },
	{ "pl", -1, 1, 0, 0, score_pl, "|g|^2/(2 (f-f_star))" },
	{ "pl_F", -1, 1, 0, 0, score_pl_F, "|v|^2/(2 (F-F_star)), v a subgradient of F" },
	{ "G", 1, 1, 0, 0, score_G, "sqrt(mean |g_i(x)|^2)" },
	{ "G_mean", 1, 1, 0, 0, score_G_mean, "|g(x)|" },
	{ "G_inf", 1, 1, 0, 0, score_G_inf, "largest entry of a g_i(x)" },
	{ "f_star", -1, 1, 0, 0, score_f_star, "f(x)" },
	{ "F_star", -1, 1, 0, 0, score_F_star, "f(x)+h(x)" },
	{ "L_max", 1, 0, 1, 0, score_L_max, "max |g_i(x)-g_i(y)|/|x-y|" },
	{ "L_i", 1, 0, 1, 1, score_L_i, "|g_i(x)-g_i(y)|/|x-y| of the worst term" },
	{ "mu_min", -1, 0, 1, 0, score_mu_min, "<g_i(y)-g_i(x),y-x>/|y-x|^2" },
	{ "noise2", 1, 1, 0, 0, score_noise2, "mean |g_i(x)-g(x)|^2" },
	{ "noise_max", 1, 1, 0, 0, score_noise_max, "max |g_i(x)-g(x)|" },
	{ "noise_additive", 1, 0, 0, 0, score_additive, "change of g_i-g from x to y, at most 0" },
	{ "noise_subgauss", 1, 1, 0, 0, score_subgauss, "least s with mean exp(|g_i-g|^2/s^2) <= e" },
	{ "noise_M", 1, 1, 0, 0, score_noise_M, "mean |g_i(x)-g(x)|^2, less what noise_MV allows" },
	{ "noise_MV", 1, 1, 0, 0, score_noise_MV, "(mean |g_i(x)-g(x)|^2 - noise_M)/|g(x)|^2" },
	{ "strong_growth", 1, 1, 0, 0, score_growth, "mean |g_i(x)|^2/|g(x)|^2" },
	{ "L_2", 1, 0, 0, 0, score_L_2, "|g(x+e)-2g(x)+g(x-e)|/|e|^2" },
	{ "L0", 1, 0, 0, 0, score_L0, "|g(x)-g(y)|/|x-y|, less what L1 allows" },
	{ "L1", 1, 0, 0, 0, score_L1, "(|g(x)-g(y)|/|x-y| - L0)/|g(x)|" },
	{ "mu_h", -1, 0, 0, 0, score_mu_h, "curvature of h, by its prox" },
	{ "L_metric", 1, 0, 0, 0, score_L_metric, "<g(y)-g(x),y-x>/|y-x|_B^2" },
	{ "mu_metric", -1, 0, 0, 0, score_mu_metric, "<g(y)-g(x),y-x>/|y-x|_B^2" },
	{ "monotone", -1, 0, 0, 0, score_mu, "<V(y)-V(x),y-x>/|y-x|^2, at least 0" },
	{ "skew", 1, 0, 0, 0, score_skew, "|<V(y)-V(x),y-x>|/|y-x|^2, at most 0" },
	{ "sigma_min", -1, 0, 0, 0, score_sigma_min, "|V(y)-V(x)|/|y-x|" },
	{ "even", 1, 1, 0, 0, score_even, "|f(x)-f(2x_star-x)|, at most 0" },
	{ "diameter", 1, 0, 0, 0, score_diameter, "|x-y| of two feasible points" },
	{ "box", 1, 0, 0, 0, score_box, "largest side of two feasible points" },
	{ "loss_range", 1, 1, 0, 0, score_loss_range, "largest difference of two entries of a g_i(x)" },
	{ "network.lambda_2", 1, 1, 0, 0, rate_score_lambda_2, "<x,Wx>/|x|^2 of copies without a mean" },
	{ "network.lambda_n", -1, 1, 0, 0, rate_score_lambda_n, "<x,Wx>/|x|^2 of copies without a mean" },
	{ "network.L", 1, 0, 0, 0, rate_score_network_L, "|g(x)-g(y)|/|x-y|, g the agents' mean gradient" },
	{ "network.L_rms", 1, 0, 0, 0, rate_score_L_rms, "root mean square of the agents' |g(x)-g(y)|/|x-y|" },
	{ "network.g1", 1, 1, 0, 0, rate_score_g1, "the agents' |g(x_star)|, summed" },
	{ "network.g2", 1, 1, 0, 0, rate_score_g2, "the agents' |g(x_star)|^2, summed" },
	{ "risk.G", 1, 1, 0, 0, rate_score_risk_G, "slope of the steepest loss" },
	{ "risk.G2", 1, 1, 0, 0, rate_score_risk_G2, "mean square of the losses' slopes" },
	{ "risk.L", 1, 0, 0, 0, rate_score_risk_L, "|g(x)-g(y)|/|x-y|, g the slope of the worst loss" },
	{ "tail.sigma", 1, 1, 0, 0, score_tail, "(mean |g_i(x)-g(x)|^alpha)^(1/alpha), alpha = tail.alpha" },
	{ 0 },
};

const rate_score *rate_score_of(const char *name)
{
	const rate_score *c = rate_scores;

	while (c->name && strcmp(c->name, name))
		c++;
	return c;
}
