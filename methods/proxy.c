/* Steps on a cheap proxy. F = r + phi, where phi, the proxy, is the part h of the objective and r = F - phi, the
 * difference, its part f. Each step minimises the proxy with the difference made linear:
 *
 *     x_{t+1} = argmin_y  phi(y) + <grad r(x_t), y> + |y - x_t|^2/(2 gamma)  =  prox_{gamma phi}(x_t - gamma grad
 * r(x_t))
 *
 * It is the proximal gradient method, read otherwise: r may bend down, and only its own smoothness limits gamma. The
 * point before is kept, so that v = grad r(x_{t+1}) - grad r(x_t) - (x_{t+1} - x_t)/gamma, a subgradient of F, can be
 * measured.
 *
 *     ratecheck verify proxy-convex --method proxy --objective split:lambda=1/0.1,proxy=0.9/0.3,start=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { X, BEFORE };

static int step(rate_run *run)
{
	double *x = run->state[X], *z = run->scratch[0], *g = run->scratch[1];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_copy(run, x, run->state[BEFORE]);
	rate_copy(run, x, z);
	rate_axpy(run, -run->gamma, g, z);
	if (rate_prox(run, run->gamma, z, x)) /* x <- prox_{gamma phi}(x - gamma grad r(x)) */
		return RATE_FAIL;
	return rate_project(run, x);
}

static const rate_state state[] = {
	[X] = { "x", 0, "the iterate" }, [BEFORE] = { "before", 0, "the iterate before it" }
};
static const char *const schedules[] = { "gamma" };

static const rate_method proxy = {
	.size = sizeof proxy, .abi = RATE_ABI, .id = "proxy", .title = "steps on a cheap proxy",
	.summary = "x <- argmin_y phi(y) + <grad r(x), y> + |y - x|^2/(2 gamma), F = phi + r",
	.source = "Woodworth, Mishchenko and Bach, Two losses are better than one: faster optimization using a "
	          "cheaper proxy, 2023",
	.flags = RATE_NEEDS_PROX | RATE_NEEDS_PROJECTION, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules),
	.scratch = 2, .step = step,
};

static const rate_method *const methods[] = { &proxy };
RATE_PLUGIN("proxy", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
