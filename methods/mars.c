/* MARS without preconditioner: momentum of a corrected gradient. m_{-1} = 0, x_{-1} = x_0, and with one sample at
 * both points
 *
 *     m_t = beta_t m_{t-1} + (1 - beta_t) g(x_t) + theta beta_t (g(x_t) - g(x_{t-1})),  x_{t+1} = x_t - gamma_t m_t.
 *
 * theta is the paper's gamma, which scales the correction: theta = 0 is plain averaging of gradients, theta = 1 is
 * STORM, m_t = g(x_t) + beta_t (m_{t-1} - g(x_{t-1})). Where a theorem supplies gamma only, beta is 0: SGD.
 *
 *     ratecheck verify storm --objective quadratic:d=10,kappa=10+gaussian-noise:sigma=0.5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { X, PREVIOUS, M };
enum { GAMMA, BETA };
enum { THETA, BATCH };

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[PREVIOUS]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *previous = run->state[PREVIOUS], *m = run->state[M];
	double *g = run->scratch[0], *before = run->scratch[1], beta = run->schedule[BETA], theta = run->param[THETA];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s || rate_sample_gradient(run, s, x, g) || rate_sample_gradient(run, s, previous, before))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		m[i] = beta * m[i] + (1 - beta) * g[i] + theta * beta * (g[i] - before[i]);
	rate_copy(run, x, previous);
	rate_axpy(run, -run->gamma, m, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[THETA] = { "theta", RATE_REAL, "1", -1e6, 1e6, NULL,
	            "weight of the correction; 1: STORM, 0: plain averaging" },
	[BATCH] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" }, { "previous", 0, "the iterate before" }, { "m", 0, "the momentum" },
};
static const char *const schedules[] = { "gamma", "beta" };

static const rate_method mars = {
	.size = sizeof mars, .abi = RATE_ABI, .id = "mars", .title = "MARS, scaled recursive momentum",
	.summary = "m <- beta m + (1 - beta) g(x) + theta beta (g(x) - g(x_previous)), x <- x - gamma m",
	.source = "Yuan et al., MARS: unleashing the power of variance reduction for training large models, 2024; "
	          "STORM: Cutkosky "
	          "and Orabona 2019",
	.flags = RATE_SPAN | RATE_STOCHASTIC, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 2, .start = start, .step = step,
};

static const rate_method *const methods[] = { &mars };
RATE_PLUGIN("mars", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
