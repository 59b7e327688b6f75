/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/rounding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EPS RATE_EPS

/* ---- Quantities at a point ---- */

double rate_reach(const rate_session *s, const double *x)
{
	return fmax(rate_norm_n(x, s->run.d), s->x_star ? rate_norm_n(s->x_star, s->run.d) : 0);
}

/* ---- Paths ---- */

/* How far rounding carried a path, in units of 64 eps. */
double rate_inherited(const rate_session *s, size_t r, double slope, double curvature)
{
	double off = s->blocks.reach ? s->blocks.reach[r] +
	    (s->blocks.polyak.blur ? s->blocks.polyak.blur[r + s->blocks.window] : 0) : 0;

	return off > 0 ? 2 * fmax(slope, 64 * EPS * curvature * off) * off : 0;
}

void rate_paths_begin(rate_session *s)
{
	memset(s->blocks.reach, 0, 4 * s->blocks.capacity * sizeof *s->blocks.reach);
	if (s->blocks.polyak.blur)
		memset(s->blocks.polyak.blur, 0, 4 * s->blocks.capacity * sizeof *s->blocks.polyak.blur);
}

static double apart(rate_session *s, const double *x, double length)
{
	for (size_t j = 0; s->x_star && j < s->run.d; j++)
		s->work[j] = x[j] - s->x_star[j];
	return s->x_star ? rate_norm_n(s->work, s->run.d) : length;
}

/* Where x shrinks by much in a step, errors of the size that it had are left: they die with the distance to the
 * minimiser, no faster, and those of many such steps add up. */
void rate_paths_keep_reach(rate_session *s)
{
	double *last = s->blocks.reach + s->blocks.capacity, *carried = last + s->blocks.capacity,
	    *before = carried + s->blocks.capacity;

	for (size_t r = 0; r < s->run.nrep; r++) {
		const double *x = s->blocks.state[0] + r * s->run.ld;
		double now = rate_norm_n(x, s->run.d), lost = fmax(last[r] - now, 0);

		if (lost > 0 || carried[r] > 0) {
			double dist = apart(s, x, now), share = before[r] > 0 ? fmin(dist / before[r], 1) : 1;
			carried[r] = carried[r] * share + lost;
			before[r] = dist;
		}
		s->blocks.reach[r] = now + carried[r];
		last[r] = now;
	}
}

/* ---- Polyak steps ---- */

int rate_polyak_open(rate_session *s, size_t rows)
{
	if (!s->method || !(s->method->flags & RATE_NEEDS_F_STAR))
		return RATE_OK;
	s->blocks.polyak.blur = calloc(rows * (4 + s->run.ld), sizeof *s->blocks.polyak.blur);
	if (!s->blocks.polyak.blur)
		return RATE_FAIL;
	s->blocks.polyak.gap = s->blocks.polyak.blur + rows;
	s->blocks.polyak.scale = s->blocks.polyak.gap + rows;
	s->blocks.polyak.slope = s->blocks.polyak.scale + rows;
	s->blocks.polyak.before = s->blocks.polyak.slope + rows;
	return RATE_OK;
}

void rate_polyak_close(rate_session *s)
{
	free(s->blocks.polyak.blur);
	memset(&s->blocks.polyak, 0, sizeof s->blocks.polyak);
}

void rate_polyak_gap(rate_session *s, size_t r, double gap, double scale)
{
	if (!s->watch.counting || !s->blocks.polyak.blur)
		return;
	s->blocks.polyak.gap[r] = gap;
	s->blocks.polyak.scale[r] = scale;
}

void rate_polyak_slopes(rate_session *s, const double *g)
{
	for (size_t r = 0; s->watch.counting && s->blocks.polyak.blur && r < s->run.nrep; r++)
		s->blocks.polyak.slope[r] = rate_norm_n(g + r * s->run.ld, s->run.d);
}

void rate_polyak_before(rate_session *s)
{
	size_t rows = s->run.nrep;

	if (!s->blocks.polyak.blur)
		return;
	memset(s->blocks.polyak.gap, 0, rows * sizeof(double));
	memset(s->blocks.polyak.scale, 0, rows * sizeof(double));
	memset(s->blocks.polyak.slope, 0, rows * sizeof(double));
	memcpy(s->blocks.polyak.before, s->blocks.state[0], rows * s->run.ld * sizeof(double));
}

/* A relative error in the gap is one in the step. Of a gap that is rounding alone the step may be off by eps
 * scale/|g|. */
void rate_polyak_after(rate_session *s)
{
	size_t d = s->run.d, ld = s->run.ld;

	for (size_t r = 0; s->blocks.polyak.blur && r < s->run.nrep; r++) {
		double gap = s->blocks.polyak.gap[r], scale = s->blocks.polyak.scale[r],
		    slope = s->blocks.polyak.slope[r], move = 0, off;
		double *before = s->blocks.polyak.before + r * ld;
		if (gap > 64 * EPS * scale) {
			for (size_t j = 0; j < d; j++)
				before[j] -= s->blocks.state[0][r * ld + j];
			move = rate_norm_n(before, d);
			off = move * (scale / gap);
		} else
			off = slope > 0 ? scale / slope : 0;
		/* Finite, so that it can be multiplied by anything. */
		s->blocks.polyak.blur[r + s->blocks.window] =
		    fmin(s->blocks.polyak.blur[r + s->blocks.window] + off, 1e100);
	}
}

/* ---- Bounds ---- */

size_t rate_errors_in(const rate_session *s, rate_case *c, rate_error_in *out)
{
	double *const relative[] = { &c->L, &c->mu, &c->pl, &c->L_max, &c->mu_h, &c->sigma_star2, &c->noise2,
		                         &c->noise_max, &c->strong_growth, &c->G };
	double m = s->x0 ? rate_reach(s, s->x0) : 0, L = isfinite(c->L) ? c->L : 0;
	size_t n = 0;

	for (size_t i = 0; i < sizeof relative / sizeof *relative; i++)
		out[n++] = (rate_error_in){ relative[i], EPS * fabs(*relative[i]) };
	out[n++] = (rate_error_in){ &c->D2, EPS * m * (2 * sqrt(fmax(c->D2, 0)) + EPS * m) };
	out[n++] = (rate_error_in){ &c->g02, EPS * m * L * (2 * sqrt(fmax(c->g02, 0)) + EPS * m * L) + EPS * c->g02 };
	out[n++] = (rate_error_in){ &c->d0, EPS * s->d0_scale };
	out[n++] = (rate_error_in){ &c->Delta_star,
	                            EPS * (fabs(c->Delta_star) + (s->run.n == 1 ? 0 : fabs(c->f_star))) };
	return n;
}
