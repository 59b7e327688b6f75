/* |x - x_star|^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/quantities.h"

#include <math.h>

static const char *missing(const rate_session *s)
{
	return s->x_star ? NULL : "no x_star is known";
}

static int one(rate_session *s, const double *x, double *q, double *scale)
{
	double m = rate_reach(s, x);

	for (size_t j = 0; j < s->run.d; j++)
		s->work[j] = x[j] - s->x_star[j];
	*q = rate_dot_n(s->work, s->work, s->run.d);
	*scale = m * m;
	return RATE_OK;
}

/* Point theorems have single vectors, without padding. */
static int rows(rate_session *s, const double *x, double *q, double *scale)
{
	double star = rate_norm_n(s->x_star, s->run.d), *apart = s->blocks.rows, *square;

	if (!s->blocks.rows)
		return one(s, x, q, scale);
	square = apart + s->run.nrep;
	s->kernels->distances(s->run.nrep, s->run.d, s->run.ld, x, s->x_star, apart, square);
	for (size_t r = 0; r < s->run.nrep; r++) {
		double m = fmax(sqrt(square[r]), star);
		q[r] = apart[r];
		scale[r] = m * m;
	}
	return RATE_OK;
}

static double drifted(const rate_session *s, double q)
{
	return RATE_DRIFTED * sqrt(q) * s->drift;
}

static double slope(const rate_session *s, double q)
{
	(void)s;
	return sqrt(q);
}

static double curvature(const rate_session *s)
{
	(void)s;
	return 1;
}

const rate_quantity rate_quantity_dist2 = { "dist2", "|x - x_star|^2", missing, one, rows, drifted, slope, curvature };
