/* Gradient tracking, with a prox: beside their copies x_i the agents carry estimates y_i of the mean gradient,
 *
 *     x_i <- sum_j W_ij prox_{gamma h}(x_j - gamma_t y_j),   y_i <- sum_j W_ij (y_j + g_j' - g_j),
 *
 * g_j and g_j' being the gradients of agent j at its last and its new point. At the start y_i = g_i = `first` times the
 * gradient at x_i. On an objective with samples every new gradient is that of a fresh one. tracking=0 takes the agents'
 * own gradients for y: proximal decentralised gradient descent.
 *
 *     ratecheck verify tracking-mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { X, Y, G };
enum { TRACKING, FIRST };

static int start(rate_run *run)
{
	if (rate_gradient(run, run->state[X], run->state[G]))
		return RATE_FAIL;
	rate_copy(run, run->state[G], run->state[Y]);
	rate_scale(run, run->param[FIRST], run->state[Y]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *y = run->state[Y], *g = run->state[G];
	double *now = run->scratch[0], *sum = run->scratch[1];
	const rate_sample *s = rate_draw(run, 0, 1);

	rate_axpy(run, -run->gamma, y, x);
	if (!s || rate_prox(run, run->gamma, x, sum) || run->call->mix(run, sum, x) ||
	    rate_sample_gradient(run, s, x, now))
		return RATE_FAIL;
	if (run->param[TRACKING] > 0) {
		rate_copy(run, y, sum);
		rate_axpy(run, 1, now, sum);
		rate_axpy(run, -1, g, sum);
		if (run->call->mix(run, sum, y))
			return RATE_FAIL;
	} else {
		rate_copy(run, now, y);
	}
	rate_copy(run, now, g);
	return RATE_OK;
}

static const rate_param params[] = {
	[TRACKING] = { "tracking", RATE_INTEGER, "1", 0, 1, NULL, "0: y_i is the gradient of agent i" },
	[FIRST] = { "first", RATE_REAL, "1", -1e6, 1e6, NULL, "y_i at the start is this times the gradient" },
};
static const rate_state state[] = {
	{ "x", 0, "the copies of all agents" }, { "y", 0, "their estimates of the mean gradient" },
	{ "g", 0, "their last gradients" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method tracking = {
	.size = sizeof tracking, .abi = RATE_ABI, .id = "gradient-tracking", .title = "proximal gradient tracking",
	.summary = "X <- W prox(X - gamma_t Y), Y <- W(Y + new gradient - old gradient)",
	.source = "Xu, Zhu, Soh and Xie 2015; Di Lorenzo and Scutari 2016",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_PROX | RATE_NEEDS_NETWORK, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2, .start = start, .step = step,
};

static const rate_method *const methods[] = { &tracking };
RATE_PLUGIN("gradient-tracking", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
