/* F(x) - F_star: by the centred model, by gap/1, or as a difference of values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/quantities.h"
#include "verify/session/sources.h"

#include <math.h>

static const char *missing(const rate_session *s)
{
	return s->f_star_below ? "only a lower bound of F_star is known" : NULL;
}

/* Of what f is made at a point of norm m; `without`: in the place of L where neither L nor G is known. */
static double inside(const rate_session *s, double m, double without)
{
	double L = isfinite(s->c.L) ? s->c.L : isfinite(s->c.G) && m > 0 ? s->c.G / m : without;

	return L * (m * m + RATE_LOST) + s->slope_star * m;
}

static int difference(rate_session *s, const double *x, double f, double *q, double *scale)
{
	double h = 0, m = rate_reach(s, x);

	if (s->composite) {
		rate_enter(s, "h value");
		if (rate_check_answer(s, s->composite->value(s->f.self, x, &h), "h value", x, &f, 1))
			return RATE_FAIL;
	}
	*q = f + h - s->c.f_star;
	/* What rounds inside f need not show in its value, hence L m^2, or G m. */
	*scale = fabs(f) + fabs(h) + fabs(s->c.f_star) + inside(s, m, 0) + s->f_star_error / (64 * RATE_EPS);
	return RATE_OK;
}

static double scale_of(const rate_session *s, const double *x)
{
	return inside(s, rate_reach(s, x), 1);
}

static int one(rate_session *s, const double *x, double *q, double *scale)
{
	double f;

	if (!s->gap)
		return rate_f(s, x, &f) ? RATE_FAIL : difference(s, x, f, q, scale);
	*scale = scale_of(s, x);
	if (rate_model_gaps(s)) {
		rate_count(s, 1);
		for (size_t j = 0; j < s->run.d; j++)
			s->work[j] = x[j] - s->x_star[j];
		s->kernels->values(&s->centred, 1, s->work, s->run.ld, q);
		return rate_check_answer(s, RATE_OK, "gap", x, q, 1);
	}
	rate_enter(s, "gap");
	return rate_check_answer(s, s->gap->gap(s->f.self, x, q), "gap", x, q, 1);
}

static int by_centred_model(rate_session *s, const double *x, double *q, double *scale)
{
	size_t nrep = s->run.nrep, ld = s->run.ld;

	rate_count(s, nrep);
	for (size_t r = 0; r < nrep; r++) {
		scale[r] = scale_of(s, x + r * ld);
		for (size_t j = 0; j < s->run.d; j++)
			s->blocks.rows[r * ld + j] = x[r * ld + j] - s->x_star[j];
	}
	s->kernels->values(&s->centred, nrep, s->blocks.rows, ld, q);
	return rate_check_rows(s, RATE_OK, nrep, "gap", x, q, 1, 1);
}

static int rows(rate_session *s, const double *x, double *q, double *scale)
{
	size_t nrep = s->run.nrep, ld = s->run.ld;

	if (s->gap && s->blocks.rows && rate_model_gaps(s))
		return by_centred_model(s, x, q, scale);
	if (!s->gap && s->source->values(s, x, q))
		return RATE_FAIL;
	for (size_t r = 0; r < nrep; r++)
		if (s->gap ? one(s, x + r * ld, q + r, scale + r) : difference(s, x + r * ld, q[r], q + r, scale + r))
			return RATE_FAIL;
	return RATE_OK;
}

static double drifted(const rate_session *s, double q)
{
	return s->drift > 0 && q > 0 ? RATE_DRIFTED * sqrt(2 * s->c.L * q) * s->drift : 0;
}

/* |grad f| <= sqrt(2 L gap) + |grad f(x_star)|, or <= G */
static double slope(const rate_session *s, double q)
{
	return isfinite(s->c.L) ? sqrt(s->c.L * fmax(q, 0)) + s->slope_star : s->c.G;
}

static double curvature(const rate_session *s)
{
	return isfinite(s->c.L) ? s->c.L : isfinite(s->c.G) ? 0 : INFINITY;
}

const rate_quantity rate_quantity_gap = { "gap", "F - F_star", missing, one, rows, drifted, slope, curvature };
