/* Stochastic prox-linear method: x <- argmin over y of h_i(c_i(x) + <a, y - x>) + |y - x|^2/(2 gamma_t), a the
 * gradient of c_i at x, i uniform. The inner function of the term is replaced by its tangent, the outer one is kept
 * with its kinks.
 *
 * For terms |c_i(x)| the step is x - clip(c_i/|a|^2, -gamma, gamma) a: a Newton step towards a root, of at most gamma
 * |a|.
 *
 *     ratecheck verify wc-prox-linear --objective abs-parabola:b=0.5/1/2,k=2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *p = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || run->call->model_prox(run, s, run->gamma, x, p))
		return RATE_FAIL;
	rate_copy(run, p, x);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method prox_linear = {
	.size = sizeof prox_linear, .abi = RATE_ABI, .id = "prox-linear", .title = "stochastic prox-linear method",
	.summary = "x <- prox of the term with its inner function made linear", .source = "Duchi and Ruan 2018",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_COMPOSITION, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules),
	.scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &prox_linear };
RATE_PLUGIN("prox-linear", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
