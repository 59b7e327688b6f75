/* Cubic Newton: x <- x + s, s the global minimiser of <grad f(x), s> + <(Hess f(x) + shift I)s, s>/2 + (M/6)|s|^3,
 * and its accelerated form.
 *
 * With M at least the Lipschitz constant of the Hessian (and shift at least the error of an inexact Hessian) the
 * model lies above f. cubic-accelerated makes such steps from y between x and v, with weights A_k = k(k+1)(k+2)/6:
 *
 *     a = A_{k+1} - A_k,  y = (A_k x + a v)/A_{k+1},  x <- y + s(y),  z <- z + a grad f(x),  v <- x_0 - z/sqrt(C |z|),
 *     C = (3 sqrt 3/2) M^2/sqrt(M^2 - L2^2).
 *
 *     ratecheck verify cubic-gradient --method cubic-newton
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { M, SHIFT, L2 = 1 };

/* C = 4/kappa^2, kappa = (4/(3^{3/4} 4^{1/4})) (M^2 - L2^2)^{1/4}/M: what a step pays for the cube of the distance. */
static double weight(double m, double l)
{
	return 1.5 * sqrt(3) * m * m / sqrt((m - l) * (m + l));
}

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *s = run->scratch[1];

	if (rate_gradient(run, x, g) || run->call->model_step(run, x, g, run->param[M], run->param[SHIFT], s))
		return RATE_FAIL;
	rate_axpy(run, 1, s, x);
	return RATE_OK;
}

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	rate_copy(run, run->state[0], run->state[3]);
	return RATE_OK;
}

static int accelerated_step(rate_run *run)
{
	double *x = run->state[0], *v = run->state[1], *z = run->state[2], *x0 = run->state[3];
	double *y = run->scratch[0], *g = run->scratch[1], *s = run->scratch[2], *length = run->scratch[3];
	double C = weight(run->param[M], run->param[L2]);
	double k = (double)run->t, a = (k + 1) * (k + 2) / 2, A = (k + 1) * (k + 2) * (k + 3) / 6;

	/* y <- x + (a/A_{k+1})(v - x) */
	rate_copy(run, x, y);
	rate_scale(run, 1 - a / A, y);
	rate_axpy(run, a / A, v, y);
	if (rate_gradient(run, y, g) || run->call->model_step(run, y, g, run->param[M], 0, s))
		return RATE_FAIL;
	rate_copy(run, y, x);
	rate_axpy(run, 1, s, x);
	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_axpy(run, a, g, z);
	rate_dot(run, z, z, length);
	for (size_t r = 0; r < run->nrep; r++) /* |z| = sqrt(length) */
		length[r] = length[r] > 0 ? -1 / sqrt(C * sqrt(length[r])) : 0;
	rate_copy(run, x0, v);
	rate_axpy_rows(run, length, z, v);
	return RATE_OK;
}

static const rate_param params[] = {
	[M] = { "M", RATE_REAL, "1", 1e-100, 1e100, NULL, "weight of the cube, at least L_2" },
	[SHIFT] = { "shift", RATE_REAL, "0", 0, 1e100, NULL, "added to the Hessian" },
};
static const rate_param params_accelerated[] = {
	[M] = { "M", RATE_REAL, "1.4142135623730951", 1e-100, 1e100, NULL, "weight of the cube, above L_2" },
	[L2] = { "L2", RATE_REAL, "1", 1e-100, 1e100, NULL, "Lipschitz constant of the Hessian, below M" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "v", 0, "the point that looks ahead" },
	{ "z", 0, "sum of a grad f(x)" },
	{ "x0", 0, "the start" },
};

static const rate_method cubic = {
	.size = sizeof cubic, .abi = RATE_ABI, .id = "cubic-newton", .title = "cubic Newton",
	.summary = "x <- x + s, s minimises the quadratic model and (M/6)|s|^3",
	.source = "Nesterov and Polyak, Math. Program. 108 (2006), 177-205", .flags = RATE_NEEDS_HESSIAN,
	.params = RATE_ROWS(params), .state = { state, 1, sizeof state[0] }, .scratch = 2, .step = step,
};
static const rate_method accelerated = {
	.size = sizeof accelerated, .abi = RATE_ABI, .id = "cubic-accelerated", .title = "accelerated cubic Newton",
	.summary = "cubic steps from y between x and v; v <- x_0 - z/sqrt(C|z|)",
	.source = "Nesterov, Math. Program. 112 (2008), 159-181", .flags = RATE_NEEDS_HESSIAN,
	.params = RATE_ROWS(params_accelerated), .state = RATE_ROWS(state), .scratch = 4, .start = start,
	.step = accelerated_step,
};

static const rate_method *const methods[] = { &cubic, &accelerated };
RATE_PLUGIN("cubic-newton", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
