/* Stochastic Polyak steps: x <- x - (f_i(x) - f_i(x_star))_+ / |g|^2 g, g a (sub)gradient of the random term f_i at x.
 * It needs the values f_i(x_star); it takes no steps from the theorem. On an objective that is no sum it is Polyak's
 * method.
 *
 *     ratecheck verify sps-smooth --method sps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "ratecheck/ratecheck.h"

/* A gap that is down to rounding is none: divided by a small |g|^2 it would be a long step. */
static double polyak(double gap, double scale, double g2)
{
	return gap > 8 * DBL_EPSILON * scale && g2 > DBL_MIN ? gap / g2 : 0;
}

/* f_s(x) - f_s(x_star) with the scale of its rounding. A sum of one term has a gap of its own, without cancellation. */
static int gaps(rate_run *run, const rate_sample *s, const double *x, double *gap, double *scale)
{
	if (run->n == 1)
		return run->call->gap(run, x, gap, scale);
	if (rate_sample_value(run, s, x, gap) || run->call->sample_f_star(run, s, scale))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double f = gap[r], f_star = scale[r];

		gap[r] = f - f_star;
		scale[r] = fabs(f) + fabs(f_star);
	}
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *gap = run->scratch[1], *scale = run->scratch[2],
	       *a = run->scratch[3];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || gaps(run, s, x, gap, scale) || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_dot(run, g, g, a);
	for (size_t r = 0; r < run->nrep; r++)
		a[r] = -polyak(gap[r], scale[r], a[r]);
	rate_axpy_rows(run, a, g, x);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" } };

static const rate_method sps = {
	.size = sizeof sps, .abi = RATE_ABI, .id = "sps", .title = "stochastic Polyak steps",
	.summary = "x <- x - (f_i(x) - f_i(x_star))_+/|g|^2 g",
	.source = "Polyak 1969; Loizou et al. 2021; Gower et al. 2021",
	.flags = RATE_SPAN | RATE_STOCHASTIC | RATE_NEEDS_F_STAR, .state = RATE_ROWS(state), .scratch = 4, .step = step,
};

static const rate_method *const methods[] = { &sps };
RATE_PLUGIN("sps", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
