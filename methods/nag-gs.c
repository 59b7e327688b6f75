/* NAG-GS, a semi-implicit (Gauss-Seidel) discretisation of the accelerated gradient flow: with v_0 = x_0
 *
 *     x <- (x + a_t v)/(1 + a_t),   v <- (v + a_t x - gamma_t grad f(x))/(1 + a_t),
 *
 * the gradient at the new x; gamma_t = a_t/mu.
 *
 *     ratecheck verify nag-gs --objective quadratic:d=20,kappa=100
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, A };

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *v = run->state[1], *g = run->scratch[0], a = run->schedule[A];
	size_t size = run->nrep * run->ld;

	for (size_t i = 0; i < size; i++)
		x[i] = (x[i] + a * v[i]) / (1 + a);
	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < size; i++)
		v[i] = (v[i] + a * x[i] - run->gamma * g[i]) / (1 + a);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" }, { "v", 0, "the point that the gradients move" } };
static const char *const schedules[] = { "gamma", "a" };

static const rate_method nag_gs = {
	.size = sizeof nag_gs, .abi = RATE_ABI, .id = "nag-gs", .title = "NAG-GS",
	.summary = "x <- (x + a v)/(1 + a), v <- (v + a x - a/mu grad f(x))/(1 + a)",
	.source = "Leplat, Merkulov, Katrutsa, Bershatsky, Tsymboi & Oseledets, arXiv:2209.14937",
	.flags = RATE_SPAN, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start,
	.step = step,
};

static const rate_method *const methods[] = { &nag_gs };
RATE_PLUGIN("nag-gs", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
