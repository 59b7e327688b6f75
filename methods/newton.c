/* Newton's method: x <- x + s/(1 + damped lambda), s = -[Hess f(x)]^-1 grad f(x), lambda = sqrt(-<grad f(x), s>).
 *
 * damped=0 takes the full step; damped=1 the step that stays in the domain of a self-concordant function. Where the
 * Hessian is singular the run ends with that reason. One gradient and one Hessian a step, d^3 operations.
 *
 *     ratecheck verify newton-local --method newton
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { DAMPED };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *s = run->scratch[1], *a = run->scratch[2];

	if (rate_gradient(run, x, g) || run->call->model_step(run, x, g, 0, 0, s))
		return RATE_FAIL;
	rate_dot(run, g, s, a);
	for (size_t r = 0; r < run->nrep; r++)
		a[r] = 1 / (1 + run->param[DAMPED] * sqrt(fmax(-a[r], 0)));
	rate_axpy_rows(run, a, s, x);
	return RATE_OK;
}

static const rate_param params[] = {
	{ "damped", RATE_INTEGER, "0", 0, 1, NULL, "1: the step divided by 1 + lambda" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };

static const rate_method newton = {
	.size = sizeof newton, .abi = RATE_ABI, .id = "newton", .title = "Newton's method",
	.summary = "x <- x - [Hess f(x)]^-1 grad f(x), or a damped step",
	.source = "Kantorovich 1948; damped: Nesterov and Nemirovskii 1994",
	.flags = RATE_NEEDS_HESSIAN, .params = RATE_ROWS(params), .state = RATE_ROWS(state), .scratch = 3, .step = step,
};

static const rate_method *const methods[] = { &newton };
RATE_PLUGIN("newton", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
