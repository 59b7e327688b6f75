/* Scores of what is declared beside an interface: the spectrum and the losses of a network of agents, losses under
 * risk, the tail of the noise. Their names have a dot in them, and the host knows what they mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <math.h>
#include <string.h>

#define EPS 0x1p-52
/* Products of smaller numbers leave the range in which rounding errors are relative. */
#define SMALL 1e-140

enum { POWERS = 100 }; /* of W */

/* ---- Networks ---- */

/* What the copies differ by from their mean, of length 1 in all; its length. */
static double centred(const rate_prober *p, double *x)
{
	size_t N = p->s->agents, d = p->d / N;
	double length;

	for (size_t j = 0; j < d; j++) {
		double mean = 0;

		for (size_t i = 0; i < N; i++)
			mean += x[i * d + j] / (double)N;
		for (size_t i = 0; i < N; i++)
			x[i * d + j] -= mean;
	}
	length = rate_norm_n(x, p->d);
	for (size_t j = 0; j < p->d && length > SMALL; j++)
		x[j] /= length;
	return length;
}

/* <x, Wx>/|x|^2 of copies without a mean, after as many steps of the power method towards one end of the spectrum.
 * Every such number lies between lambda_n and lambda_2, however far the method has come. */
static int quotient(rate_prober *p, double end, double *v)
{
	rate_session *s = p->s;

	if (!s->network)
		return RATE_OK;
	rate_host_services()->normals(rate_host_services(), p->seed, p->draw++, p->d, p->a);
	for (int k = 0; k < POWERS && centred(p, p->a) > SMALL; k++) {
		if (s->network->mix(s->f.self, p->a, p->b) != RATE_OK)
			return RATE_FAIL;
		*v = rate_dot_n(p->a, p->b, p->d) - end * 64 * EPS;
		for (size_t j = 0; j < p->d; j++)
			p->a[j] = (p->a[j] + end * p->b[j]) / 2;
	}
	return RATE_OK;
}

int rate_score_lambda_2(rate_prober *p, double *v)
{
	return quotient(p, 1, v);
}

int rate_score_lambda_n(rate_prober *p, double *v)
{
	return quotient(p, -1, v);
}

/* The mean of the agents' gradients where all of them stand at the mean of the copies: the first d/N numbers of g. */
static int mean_gradient(rate_prober *p, const double *x, double *at, double *g)
{
	size_t N = p->s->agents, d = p->d / N;

	for (size_t j = 0; j < d; j++) {
		double mean = 0;

		for (size_t i = 0; i < N; i++)
			mean += x[i * d + j] / (double)N;
		for (size_t i = 0; i < N; i++)
			at[i * d + j] = mean;
	}
	if (rate_g(p->s, at, g))
		return RATE_FAIL;
	for (size_t i = 1; i < N; i++)
		for (size_t j = 0; j < d; j++)
			g[j] += g[i * d + j];
	for (size_t j = 0; j < d; j++)
		g[j] /= (double)N;
	return RATE_OK;
}

static double apart(const double *x, const double *y, size_t d)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += (x[j] - y[j]) * (x[j] - y[j]);
	return sqrt(sum);
}

/* What an agent's gradients may be off by. */
static double rounding(const rate_prober *p)
{
	return p->round_g + 64 * EPS * (rate_norm_n(p->gx, p->d) + rate_norm_n(p->gy, p->d));
}

int rate_score_network_L(rate_prober *p, double *v)
{
	size_t d;
	double round, dist;

	if (!p->s->network)
		return RATE_OK;
	d = p->d / p->s->agents;
	if (rate_measure_pair(p))
		return RATE_FAIL;
	round = rounding(p);
	if (mean_gradient(p, p->x, p->a, p->gx) || mean_gradient(p, p->y, p->b, p->gy))
		return RATE_FAIL;
	dist = apart(p->a, p->b, d);
	if (dist > SMALL && dist > 1e-9 * p->size)
		*v = (apart(p->gx, p->gy, d) - round) / dist;
	return RATE_OK;
}

int rate_score_L_rms(rate_prober *p, double *v)
{
	size_t N, d;
	double sum = 0;

	if (!p->s->network)
		return RATE_OK;
	N = p->s->agents;
	d = p->d / N;
	if (rate_measure_pair(p))
		return RATE_FAIL;
	for (size_t i = 0; i < N; i++) {
		double dist = apart(p->x + i * d, p->y + i * d, d), slope = 0;

		if (dist > SMALL && dist > 1e-9 * p->size)
			slope = fmax(0, apart(p->gx + i * d, p->gy + i * d, d) - rounding(p)) / dist;
		sum += slope * slope / (double)N;
	}
	*v = sqrt(sum);
	return RATE_OK;
}

/* Of the agents' slopes at x_star: the sum of the norms, or of their squares. */
static int slopes_at_star(rate_prober *p, int squares, double *v)
{
	rate_session *s = p->s;
	size_t d;
	double sum = 0, off;

	if (!s->network || !s->x_star || !s->x_star_certified)
		return RATE_OK;
	d = p->d / s->agents;
	if (rate_g(s, s->x_star, p->gx))
		return RATE_FAIL;
	off = 64 * EPS * rate_norm_n(p->gx, p->d);
	if (isfinite(s->c.L))
		off += s->c.L * ((s->x_star_error > 0 ? s->x_star_error : 0) +
		                 64 * EPS * (rate_norm_n(s->x_star, p->d) + p->reach));
	for (size_t i = 0; i < s->agents; i++) {
		double slope = fmax(0, rate_norm_n(p->gx + i * d, d) - off);

		sum += squares ? slope * slope : slope;
	}
	*v = sum;
	return RATE_OK;
}

int rate_score_g1(rate_prober *p, double *v)
{
	return slopes_at_star(p, 0, v);
}

int rate_score_g2(rate_prober *p, double *v)
{
	return slopes_at_star(p, 1, v);
}

/* ---- Losses under risk ---- */

static int loss_slope(rate_prober *p, size_t i, const double *x, double *g)
{
	return p->s->risk->slope(p->s->f.self, i, x, g) == RATE_OK ? RATE_OK : RATE_FAIL;
}

static int steepness(rate_prober *p, int mean, double *v)
{
	double most = 0, sum = 0;
	size_t n = p->s->losses;

	for (size_t i = 0; p->s->risk && i < n; i++) {
		double slope;

		if (loss_slope(p, i, p->x, p->a))
			return RATE_FAIL;
		slope = rate_norm_n(p->a, p->d) * (1 - 64 * EPS);
		most = fmax(most, slope);
		sum += slope * slope / (double)n;
	}
	if (p->s->risk)
		*v = mean ? sum : most;
	return RATE_OK;
}

int rate_score_risk_G(rate_prober *p, double *v)
{
	return steepness(p, 0, v);
}

int rate_score_risk_G2(rate_prober *p, double *v)
{
	return steepness(p, 1, v);
}

int rate_score_risk_L(rate_prober *p, double *v)
{
	double dist = apart(p->x, p->y, p->d), size = rate_norm_n(p->x, p->d) + rate_norm_n(p->y, p->d), round;

	if (!p->s->risk || !(dist > SMALL))
		return RATE_OK;
	for (size_t i = 0; i < p->s->losses; i++) {
		if (loss_slope(p, i, p->x, p->a) || loss_slope(p, i, p->y, p->b))
			return RATE_FAIL;
		round = 64 * EPS * (rate_norm_n(p->a, p->d) + rate_norm_n(p->b, p->d) +
		                    (isfinite(p->s->c.L) ? p->s->c.L : 0) * size);
		*v = fmax(*v == *v ? *v : 0, (apart(p->a, p->b, p->d) - round) / dist);
	}
	return RATE_OK;
}
