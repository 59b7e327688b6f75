/* Extragradient with noise: z = x - eta_t g(x), x <- x - gamma_t g'(z), g and g' two samples of V, independent of each
 * other.
 *
 * With gamma = eta it is what extragradient becomes if its answers are noisy; a longer look ahead makes another method
 * of it. Two samples a step; on an objective that has none it is extragradient.
 *
 *     ratecheck verify seg-two-steps --objective affine-field:b=1+gaussian-noise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, ETA };

static int step(rate_run *run)
{
	double *x = run->state[0], *z = run->scratch[0], *v = run->scratch[1];
	const rate_sample *ahead = rate_draw(run, 0, 1), *then = ahead ? rate_draw(run, 1, 1) : NULL;

	if (!then || rate_sample_gradient(run, ahead, x, v))
		return RATE_FAIL;
	rate_copy(run, x, z);
	rate_axpy(run, -run->schedule[ETA], v, z);
	if (rate_sample_gradient(run, then, z, v))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, v, x);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma", "eta" };

static const rate_method stochastic_extragradient = {
	.size = sizeof stochastic_extragradient, .abi = RATE_ABI, .id = "stochastic-extragradient",
	.title = "stochastic extragradient",
	.summary = "extragradient with a sample for the look ahead and another one for the step",
	.source = "Juditsky, Nemirovski and Tauvel 2011", .flags = RATE_SPAN | RATE_STOCHASTIC,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2, .step = step,
};

static const rate_method *const methods[] = { &stochastic_extragradient };
RATE_PLUGIN("stochastic-extragradient", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
