/* PSGD with a diagonal preconditioner P = Q^2, fitted to pairs (v, h) of a point's change and the gradient's:
 *
 *     v normal of size `probe`,  h = grad f(x + v) - grad f(x)
 *     q <- q (1 - mu (q^2 h^2 - v^2/q^2)/(q^2 h^2 + v^2/q^2)),   x <- x - gamma_t q^2 grad f(x)
 *
 * by coordinates, q = q0 at first. The criterion h'Ph + v'P^-1 v is least where P h = v, so q^2 tends to 1/|f''|:
 * Newton's step for gamma = 1. shared=1 has one normaliser for all coordinates, the sum of theirs, instead of one for
 * each.
 *
 *     ratecheck verify gd-nonconvex --method psgd-diag --objective diagonal:lambda=100/1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, Q };
enum { MU, Q0, PROBE, SHARED };

static int start(rate_run *run)
{
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			run->state[Q][r * run->ld + j] = run->param[Q0];
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[0], *v = run->scratch[1], *h = run->scratch[2],
	       *y = run->scratch[3];
	const double *param = run->param;

	if (rate_gradient(run, x, g) || run->call->normals(run, 0, v))
		return RATE_FAIL;
	rate_scale(run, param[PROBE], v);
	rate_copy(run, x, y);
	rate_axpy(run, 1, v, y);
	if (rate_gradient(run, y, h))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *q = run->state[Q] + r * run->ld, all = 0;

		for (size_t pass = 0; pass < 2; pass++)
			for (size_t j = 0; j < run->d; j++) {
				size_t i = r * run->ld + j;
				double to = q[j] * (h[i] - g[i]), from = v[i] / q[j], own = to * to + from * from;

				if (pass == 0) {
					all += own;
					continue;
				}
				if (param[SHARED] > 0)
					own = all;
				if (own > 0)
					q[j] *= 1 - param[MU] * (to - from) * (to + from) / own;
				x[i] -= run->gamma * q[j] * q[j] * g[i];
			}
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[MU] = { "mu", RATE_REAL, "0.1", 0, 0.999, NULL, "step size of the fit" },
	[Q0] = { "q0", RATE_REAL, "1", 1e-100, 1e100, NULL, "q at the start" },
	[PROBE] = { "probe", RATE_REAL, "1e-3", 1e-100, 1e100, NULL, "size of v" },
	[SHARED] = { "shared", RATE_INTEGER, "0", 0, 1, NULL, "1: one normaliser for all coordinates" },
};
static const rate_state state[] = { { "x", 0, "the iterate" }, { "q", 0, "root of the preconditioner" } };
static const char *const schedules[] = { "gamma" };

static const rate_method psgd = {
	.size = sizeof psgd, .abi = RATE_ABI, .id = "psgd-diag", .title = "PSGD with a diagonal",
	.summary = "gradient steps with a diagonal fitted to changes of the gradient",
	.source = "Li, Preconditioned stochastic gradient descent, 2015; Li, Stochastic Hessian fittings with Lie "
	          "groups, "
	          "2024",
	.flags = RATE_STOCHASTIC, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules),
	.scratch = 4, .start = start, .step = step,
};

static const rate_method *const methods[] = { &psgd };
RATE_PLUGIN("psgd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
