/* Accelerated gradient descent with two sequences: x (which the theorems judge) and v, a sum of gradients.
 *
 *     y <- x + tau_t (v - x),  x <- y - gamma_t grad f(y),
 *     v <- (1 - theta_t) v + theta_t y - a_t grad f(y),  v_0 = x_0.
 *
 * The theorem supplies gamma, tau, a and theta. agd takes the whole gradient; sagd one stochastic gradient for both
 * sequences; sagd-semi the stochastic gradient for x and the whole one for v.
 *
 *     ratecheck verify agd-convex
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, TAU, A, THETA };
enum { BATCH };

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	return RATE_OK;
}

/* y <- x + tau (v - x) */
static void look(rate_run *run, double *y)
{
	const double *x = run->state[0], *v = run->state[1];
	double tau = run->schedule[TAU];

	for (size_t i = 0; i < run->nrep * run->ld; i++)
		y[i] = x[i] + tau * (v[i] - x[i]);
}

/* x by the gradient gx, v by the gradient gv, both seen at y. */
static void move(rate_run *run, const double *y, const double *gx, const double *gv)
{
	double *x = run->state[0], *v = run->state[1];
	double gamma = run->gamma, a = run->schedule[A], theta = run->schedule[THETA];

	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		x[i] = y[i] - gamma * gx[i];
		v[i] += theta * (y[i] - v[i]) - a * gv[i];
	}
}

static int step(rate_run *run)
{
	double *y = run->scratch[0], *g = run->scratch[1];

	look(run, y);
	if (rate_gradient(run, y, g))
		return RATE_FAIL;
	move(run, y, g, g);
	return RATE_OK;
}

static int stochastic_step(rate_run *run)
{
	double *y = run->scratch[0], *g = run->scratch[1];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	look(run, y);
	if (!s || rate_sample_gradient(run, s, y, g))
		return RATE_FAIL;
	move(run, y, g, g);
	return RATE_OK;
}

static int semi_step(rate_run *run)
{
	double *y = run->scratch[0], *g = run->scratch[1], *whole = run->scratch[2];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	look(run, y);
	if (!s || rate_sample_gradient(run, s, y, g) || rate_gradient(run, y, whole))
		return RATE_FAIL;
	move(run, y, g, whole);
	return RATE_OK;
}

static const rate_param params[] = { { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" } };
static const rate_state state[] = { { "x", 0, "the iterate" }, { "v", 0, "sum of gradients" } };
static const char *const schedules[] = { "gamma", "tau", "a", "theta" };

#define ACCELERATED .size = sizeof(rate_method), .abi = RATE_ABI, .state = RATE_ROWS(state), \
	.schedules = RATE_LIST(schedules), .start = start

static const rate_method agd = { ACCELERATED,
	.id = "agd", .title = "accelerated gradient descent",
	.summary = "y between x and v, gradient steps from y for x and for v", .source = "Nesterov 1983",
	.flags = RATE_SPAN, .scratch = 2, .step = step };
static const rate_method sagd = { ACCELERATED,
	.id = "sagd", .title = "accelerated stochastic gradient descent",
	.summary = "agd, with the same stochastic gradient for x and v", .source = "Vaswani, Bach and Schmidt 2019",
	.flags = RATE_SPAN | RATE_STOCHASTIC, .params = RATE_ROWS(params), .scratch = 2, .step = stochastic_step };
static const rate_method semi = { ACCELERATED,
	.id = "sagd-semi", .title = "accelerated semi-stochastic gradient descent",
	.summary = "agd, with a stochastic gradient for x and the whole gradient for v",
	.source = "after Mishkin, Pilanci and Schmidt 2024",
	.flags = RATE_STOCHASTIC, .params = RATE_ROWS(params), .scratch = 3, .step = semi_step };

static const rate_method *const methods[] = { &agd, &sagd, &semi };
RATE_PLUGIN("agd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
