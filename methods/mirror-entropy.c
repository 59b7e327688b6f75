/* Mirror descent with the entropy on the simplex: x_i <- x_i exp(-gamma g_i)/sum_j x_j exp(-gamma g_j).
 *
 * mirror-entropy takes g = grad f(x); hedge, multiplicative weights, the gradient of a drawn term, or of round t of an
 * online problem. A weight that is 0 stays 0. The largest exponent is taken off first, so that nothing overflows.
 *
 *     ratecheck verify md-entropy --objective simplex-linear:n=50,costs=-1/1
 *     ratecheck verify hedge-regret
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

static void move(const rate_run *run, const double *g, double *x)
{
	double least = HUGE_VAL, sum = 0;

	for (size_t j = 0; j < run->d; j++)
		if (x[j] > 0)
			least = fmin(least, g[j]);
	for (size_t j = 0; j < run->d; j++) {
		x[j] = x[j] > 0 ? x[j] * exp(-run->gamma * (g[j] - least)) : 0;
		sum += x[j];
	}
	for (size_t j = 0; j < run->d; j++)
		x[j] /= sum;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		move(run, rate_row(run, g, r), rate_row(run, x, r));
	return RATE_OK;
}

static int hedge_step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		move(run, rate_row(run, g, r), rate_row(run, x, r));
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the weights" } };
static const char *const schedules[] = { "gamma" };

static const rate_method entropy = {
	.size = sizeof entropy, .abi = RATE_ABI, .id = "mirror-entropy", .title = "mirror descent with the entropy",
	.summary = "x_i <- x_i exp(-gamma g_i), made to sum to 1",
	.source = "Nemirovski and Yudin 1983; Beck and Teboulle 2003",
	.flags = RATE_NEEDS_PROJECTION, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1,
	.step = step,
};
static const rate_method hedge = {
	.size = sizeof hedge, .abi = RATE_ABI, .id = "hedge", .title = "multiplicative weights",
	.summary = "x_i <- x_i exp(-gamma l_i), made to sum to 1, l the losses of the round",
	.source = "Littlestone and Warmuth 1994; Freund and Schapire 1997",
	.flags = RATE_NEEDS_PROJECTION | RATE_STOCHASTIC,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .step = hedge_step,
};

static const rate_method *const methods[] = { &entropy, &hedge };
RATE_PLUGIN("mirror-entropy", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
