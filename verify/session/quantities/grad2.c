/* |grad f(x)|^2; of a field, |V(x)|^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/quantities.h"
#include "verify/session/sources.h"

#include <math.h>

static const char *missing(const rate_session *s)
{
	(void)s;
	return NULL;
}

static void square(const rate_session *s, const double *x, const double *g, double *q, double *scale)
{
	double m = rate_reach(s, x);

	*q = rate_dot_n(g, g, s->run.d);
	*scale = isfinite(s->c.L) ? s->c.L * m * (s->c.L * m) : *q;
}

static int one(rate_session *s, const double *x, double *q, double *scale)
{
	if (rate_g(s, x, s->work))
		return RATE_FAIL;
	square(s, x, s->work, q, scale);
	return RATE_OK;
}

/* Point theorems have single vectors, without padding. */
static int rows(rate_session *s, const double *x, double *q, double *scale)
{
	double *g = s->blocks.rows;

	if (!g)
		return one(s, x, q, scale);
	if (s->source->gradients(s, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < s->run.nrep; r++)
		square(s, x + r * s->run.ld, g + r * s->run.ld, q + r, scale + r);
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

const rate_quantity rate_quantity_grad2 = { "grad2", "|grad f(x)|^2", missing, one, rows, drifted, slope, curvature };
