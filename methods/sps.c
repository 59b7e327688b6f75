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

/* A difference of values that is down to rounding is none: divided by a small |g|^2 it would be a long step. */
static double polyak(double f, double f_star, double g2)
{
	double gap = f - f_star;

	return gap > 8 * DBL_EPSILON * (fabs(f) + fabs(f_star)) && g2 > DBL_MIN ? gap / g2 : 0;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *f = run->scratch[1], *f_star = run->scratch[2], *a = run->scratch[3];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_value(run, s, x, f) || run->call->sample_f_star(run, s, f_star) ||
	    rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_dot(run, g, g, a);
	for (size_t r = 0; r < run->nrep; r++)
		a[r] = -polyak(f[r], f_star[r], a[r]);
	rate_axpy_rows(run, a, g, x);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" } };

static const rate_method sps = {
	.size = sizeof sps, .abi = RATE_ABI, .id = "sps", .title = "stochastic Polyak steps",
	.summary = "x <- x - (f_i(x) - f_i(x_star))_+/|g|^2 g", .source = "Polyak 1969; Loizou et al. 2021; Gower et al. 2021",
	.flags = RATE_SPAN | RATE_STOCHASTIC | RATE_NEEDS_F_STAR, .state = RATE_ROWS(state), .scratch = 4, .step = step,
};

static const rate_method *const methods[] = { &sps };
RATE_PLUGIN("sps", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
