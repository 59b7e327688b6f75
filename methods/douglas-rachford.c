/* Douglas-Rachford splitting of F = f + h, of which only proxes are known:
 *
 *     x_t = prox_{gamma f}(u_t),  y_t = prox_{gamma h}(2 x_t - u_t),  w_{t+1} = u_t + theta_t (y_t - x_t),
 *     u_{t+1} = w_{t+1} + beta_t (w_{t+1} - w_t).
 *
 * u_t goes to w* = x* + gamma grad f(x*), x_t and y_t to x*. Without momentum, beta = 0, the steps are relaxed for
 * 0 < theta < 2; theta = 1 is the mean of the identity and two reflections. f has to be one function: the prox of a sum
 * is not that of its terms.
 *
 *     ratecheck show douglas-rachford
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, THETA, BETA };
enum { Y, U, W, X };

static int start(rate_run *run)
{
	if (run->n != 1)
		return run->call->fail(run, "f is a sum of %zu terms, whose prox is not known", run->n);
	for (int k = U; k <= X; k++)
		rate_copy(run, run->state[Y], run->state[k]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *y = run->state[Y], *u = run->state[U], *w = run->state[W], *x = run->state[X], *ahead = run->scratch[0];
	double gamma = run->schedule[GAMMA], theta = run->schedule[THETA], beta = run->schedule[BETA];
	const rate_sample *f = run->call->component(run, 0);

	if (!f || run->call->sample_prox(run, f, gamma, u, x))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		ahead[i] = 2 * x[i] - u[i];
	if (rate_prox(run, gamma, ahead, y))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double next = u[i] + theta * (y[i] - x[i]);
		u[i] = next + beta * (next - w[i]);
		w[i] = next;
	}
	return RATE_OK;
}

static const rate_state state[] = { { "y", 0, "the prox of h, the output" }, { "u", 0, "where the next step begins" },
	{ "w", 0, "the same without momentum" }, { "x", 0, "the prox of f" } };
static const char *const schedules[] = { "gamma", "theta", "beta" };

static const rate_method douglas_rachford = {
	.size = sizeof douglas_rachford, .abi = RATE_ABI, .id = "douglas-rachford",
	.title = "Douglas-Rachford splitting",
	.summary = "proxes of f and h in turn; relaxed by theta, with momentum beta",
	.source = "Lions and Mercier 1979; momentum: Patrinos, Stella and Bemporad 2014",
	.flags = RATE_NEEDS_PROX | RATE_NEEDS_SAMPLE_PROX, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules),
	.scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &douglas_rachford };
RATE_PLUGIN("douglas-rachford", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
