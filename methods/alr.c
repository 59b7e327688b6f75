/* Polyak steps with momentum, which adapt to the value f_star:
 *
 *     alr-mag:  D <- beta D + g,  x <- x - (f(x) - f_star)/|D|^2 D
 *     alr-hb:   y = x + beta (x - x_previous),  N = (f(x) - f_star + beta <g, x - x_previous>)_+,  x <- y - N/|g|^2 g
 *
 * g is a (sub)gradient at x. They take no steps from the theorem.
 *
 *     ratecheck verify alr-mag --method alr-mag:beta=0.9
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { BETA };

/* f(x) - f_star as exactly as the objective knows it, or 0 if only rounding is left of it: divided by a small square it
 * would be a long step. */
static int gaps(rate_run *run, const double *x, double *gap, double *scale)
{
	if (run->call->gap(run, x, gap, scale))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		if (!(gap[r] > 8 * DBL_EPSILON * scale[r]))
			gap[r] = 0;
	return RATE_OK;
}

static double ratio(double a, double b)
{
	return a > 0 && b > DBL_MIN ? a / b : 0;
}

static int step_mag(rate_run *run)
{
	double *x = run->state[0], *D = run->state[1], *g = run->scratch[0], *f = run->scratch[1], *a = run->scratch[2];

	if (rate_gradient(run, x, g) || gaps(run, x, f, a))
		return RATE_FAIL;
	rate_scale(run, run->param[BETA], D);
	rate_axpy(run, 1, g, D);
	rate_dot(run, D, D, a);
	for (size_t r = 0; r < run->nrep; r++)
		a[r] = -ratio(f[r], a[r]);
	rate_axpy_rows(run, a, D, x);
	return RATE_OK;
}

static int start_hb(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]); /* x_{-1} = x_0 */
	return RATE_OK;
}

static int step_hb(rate_run *run)
{
	double *x = run->state[0], *previous = run->state[1], *g = run->scratch[0], *f = run->scratch[1],
	       *a = run->scratch[2];
	double *move = run->scratch[3], *slope = run->scratch[4], beta = run->param[BETA];

	if (rate_gradient(run, x, g) || gaps(run, x, f, a))
		return RATE_FAIL;
	rate_copy(run, x, move);
	rate_axpy(run, -1, previous, move);
	rate_copy(run, x, previous);
	rate_dot(run, g, g, a);
	rate_dot(run, g, move, slope);
	for (size_t r = 0; r < run->nrep; r++)
		a[r] = -ratio(f[r] + beta * slope[r], a[r]);
	rate_axpy(run, beta, move, x);
	rate_axpy_rows(run, a, g, x);
	return RATE_OK;
}

static const rate_param params[] = { { "beta", RATE_REAL, "0.5", 0, 0.999999, NULL, "memory of the direction" } };
static const rate_state state_mag[] = { { "x", 0, "the iterate" }, { "D", 0, "weighted sum of the gradients" } };
static const rate_state state_hb[] = { { "x", 0, "the iterate" }, { "previous", 0, "the iterate before" } };

static const rate_method alr_mag = {
	.size = sizeof alr_mag, .abi = RATE_ABI, .id = "alr-mag", .title = "Polyak steps along averaged gradients",
	.summary = "D <- beta D + g, x <- x - (f(x) - f_star)/|D|^2 D", .source = "Wang, Johansson and Zhang 2023",
	.flags = RATE_SPAN | RATE_NEEDS_F_STAR, .params = RATE_ROWS(params), .state = RATE_ROWS(state_mag),
	.scratch = 3,
	.step = step_mag,
};
static const rate_method alr_hb = {
	.size = sizeof alr_hb, .abi = RATE_ABI, .id = "alr-hb", .title = "heavy ball with Polyak steps",
	.summary = "y = x + beta (x - x_previous), x <- y - (f(x) - f_star + beta <g, x - x_previous>)_+/|g|^2 g",
	.source = "Wang, Johansson and Zhang 2023", .flags = RATE_SPAN | RATE_NEEDS_F_STAR, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state_hb), .scratch = 5, .start = start_hb, .step = step_hb,
};

static const rate_method *const methods[] = { &alr_mag, &alr_hb };
RATE_PLUGIN("alr", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
