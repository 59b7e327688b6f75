/* Decentralised gradient descent: every agent averages with its neighbours and steps along its own gradient,
 *
 *     x_i <- sum_j W_ij x_j - gamma_t grad f^i(x_i),
 *
 * for all agents i at once: X <- W X - gamma_t grad F(X). On an objective with samples the gradient is that of a fresh
 * one, independent for each agent (OBJECTIVE+agents+gaussian-noise); there it is decentralised SGD.
 *
 *     ratecheck verify dgd-neighbourhood --objective centres:b=2/1/-1/-2/-1/1+agents:graph=ring
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *mixed = run->scratch[1];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, x, g) || run->call->mix(run, x, mixed))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, mixed);
	rate_copy(run, mixed, x);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the copies of all agents" } };
static const char *const schedules[] = { "gamma" };

static const rate_method dgd = {
	.size = sizeof dgd, .abi = RATE_ABI, .id = "dgd", .title = "decentralised gradient descent",
	.summary = "x_i <- sum_j W_ij x_j - gamma_t grad f^i(x_i), for every agent i",
	.source = "Nedic and Ozdaglar 2009",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_NETWORK, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules),
	.scratch = 2, .step = step,
};

static const rate_method *const methods[] = { &dgd };
RATE_PLUGIN("dgd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
