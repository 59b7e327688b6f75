/* EF21: every agent sends the compressed change of its gradient, and all add up what was sent,
 *
 *     x <- x - gamma_t mean_i g_i,   g_i <- g_i + C(grad f^i(x) - g_i),   g_i = grad f^i(x_0) at the start.
 *
 * All agents have the same x; a start apart is averaged. memory=0 compresses each gradient afresh, g_i <- C(grad
 * f^i(x)), from the start on. C is chosen by `compress`: `scale` times `by`, the `k` largest entries (top), or each
 * entry rounded to `bits` bits of mantissa (float).
 *
 *     ratecheck verify ef21
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "agents.h"

enum { MEMORY = BITS + 1 };
enum { X, G };

static int send(rate_run *run, double *g)
{
	double *now = run->scratch[0];

	if (rate_gradient(run, run->state[X], now))
		return RATE_FAIL;
	if (run->param[MEMORY] > 0)
		rate_axpy(run, -1, g, now);
	else
		memset(g, 0, run->nrep * run->ld * sizeof *g);
	add_compressed(run, now, g);
	return RATE_OK;
}

static int start(rate_run *run)
{
	average_agents(run, run->state[X]);
	return run->param[MEMORY] > 0 ? rate_gradient(run, run->state[X], run->state[G]) : send(run, run->state[G]);
}

static int step(rate_run *run)
{
	double *work = run->scratch[0];

	rate_copy(run, run->state[G], work);
	average_agents(run, work);
	rate_axpy(run, -run->gamma, work, run->state[X]);
	return send(run, run->state[G]);
}

static const rate_param params[] = {
	COMPRESSOR_PARAMS,
	[MEMORY] = { "memory", RATE_INTEGER, "1", 0, 1, NULL, "0: gradients are compressed, not their changes" },
};
static const rate_state state[] = { { "x", 0, "the iterate, a copy for each agent" }, { "g", 0, "what was sent" } };
static const char *const schedules[] = { "gamma" };

static const rate_method ef21 = {
	.size = sizeof ef21, .abi = RATE_ABI, .id = "ef21", .title = "compressed gradients with error feedback",
	.summary = "x <- x - gamma_t mean g_i, g_i <- g_i + C(grad f^i(x) - g_i)",
	.source = "Richtarik, Sokolov and Fatkhullin 2021", .flags = RATE_NEEDS_NETWORK, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &ef21 };
RATE_PLUGIN("ef21", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
