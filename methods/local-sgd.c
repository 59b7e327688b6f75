/* Local steps, federated averaging: every agent steps along its own gradient, x_i <- x_i - gamma_t grad f^i(x_i), and
 * after every `local` steps all copies become their mean. On an objective with samples each gradient is that of a fresh
 * one, independent for each agent (OBJECTIVE+agents+gaussian-noise).
 *
 *     ratecheck verify fedavg-drift
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "agents.h"

enum { LOCAL };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	if ((run->t + 1) % (uint64_t)run->param[LOCAL] == 0)
		average_agents(run, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[LOCAL] = { "local", RATE_INTEGER, "4", 1, 1048576, NULL, "steps from one average to the next" },
};
static const rate_state state[] = { { "x", 0, "the copies of all agents" } };
static const char *const schedules[] = { "gamma" };

static const rate_method local_sgd = {
	.size = sizeof local_sgd, .abi = RATE_ABI, .id = "local-sgd", .title = "local steps and averages",
	.summary = "x_i <- x_i - gamma_t grad f^i(x_i); every `local` steps x_i <- mean x",
	.source = "McMahan, Moore, Ramage, Hampson and Aguera y Arcas 2017",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_NETWORK, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &local_sgd };
RATE_PLUGIN("local-sgd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
