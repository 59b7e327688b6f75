/* |grad f(x)|^2; of a field, |V(x)|^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/quantities.h"

#include <math.h>

static const char *missing(const rate_session *s)
{
	(void)s;
	return NULL;
}

static int one(rate_session *s, const double *x, double *q, double *scale)
{
	double m = rate_reach(s, x);

	if (rate_g(s, x, s->work))
		return RATE_FAIL;
	*q = rate_dot_n(s->work, s->work, s->run.d);
	*scale = isfinite(s->c.L) ? s->c.L * m * (s->c.L * m) : *q;
	return RATE_OK;
}

static double drifted(const rate_session *s, double q)
{
	return RATE_DRIFTED * sqrt(q) * s->noise;
}

static double slope(const rate_session *s, double q)
{
	return s->c.L * sqrt(q);
}

static double curvature(const rate_session *s)
{
	return isfinite(s->c.L) ? s->c.L * s->c.L : INFINITY;
}

const rate_quantity rate_quantity_grad2 = { "grad2", "|grad f(x)|^2", missing, one, NULL, drifted, slope, curvature };
