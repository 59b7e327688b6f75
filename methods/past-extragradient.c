/* Past extragradient with noise: z = x - gamma_t g, g <- a sample of V(z), x <- x - gamma_t g, from g = V(x_0) exactly.
 *
 * One sample a step. On an objective that has none it is `optimistic`.
 *
 *     ratecheck verify peg-strongly --objective affine-field:a=1,b=1+gaussian-noise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { X, PAST };

static int start(rate_run *run)
{
	return rate_gradient(run, run->state[X], run->state[PAST]);
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->state[PAST], *z = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, 1);

	rate_copy(run, x, z);
	rate_axpy(run, -run->gamma, g, z);
	if (!s || rate_sample_gradient(run, s, z, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	return RATE_OK;
}

static const rate_state state[] = {
	[X] = { "x", 0, "the iterate" },
	[PAST] = { "g", 0, "the sample at the last point ahead" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method past_extragradient = {
	.size = sizeof past_extragradient, .abi = RATE_ABI, .id = "past-extragradient",
	.title = "past extragradient with noise",
	.summary = "extragradient that looks ahead along the last sample",
	.source = "Hsieh, Iutzeler, Malick and Mertikopoulos 2019", .flags = RATE_SPAN | RATE_STOCHASTIC,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &past_extragradient };
RATE_PLUGIN("past-extragradient", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
