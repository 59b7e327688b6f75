/* Proximal Langevin steps for F = f + h: h is replaced by its Moreau envelope, whose gradient is (x - prox_{lambda
 * h}(x))/lambda,
 *
 *     x <- x - gamma (grad f(x) + (x - prox_{lambda h}(x))/lambda) + sqrt(2 gamma tau) z,   z standard normal.
 *
 * Without h the prox is the identity and the method is ula. A feasible set is no h here.
 *
 *     ratecheck verify myula-moment --objective "quadratic:d=20,kappa=100+elastic-net:l1=0,ridge=0.5"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { LAMBDA, TAU };

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *p = run->scratch[1], share = run->gamma / run->param[LAMBDA];

	if (rate_gradient(run, x, g) || rate_prox(run, run->param[LAMBDA], x, p))
		return RATE_FAIL;
	rate_axpy(run, -1, x, p);
	rate_axpy(run, -run->gamma, g, x);
	rate_axpy(run, share, p, x);
	if (run->call->normals(run, 0, g))
		return RATE_FAIL;
	rate_axpy(run, sqrt(2 * run->gamma * run->param[TAU]), g, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[LAMBDA] = { "lambda", RATE_REAL, "0.1", 1e-100, 1e100, NULL, "of the envelope" },
	[TAU] = { "tau", RATE_REAL, "1", 0, 1e100, NULL, "temperature" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method myula = {
	.size = sizeof myula, .abi = RATE_ABI, .id = "myula", .title = "Moreau-Yosida unadjusted Langevin algorithm",
	.summary = "x <- x - gamma (grad f(x) + (x - prox_{lambda h}(x))/lambda) + sqrt(2 gamma tau) z",
	.source = "Durmus, Moulines and Pereyra 2018", .flags = RATE_NEEDS_PROX | RATE_OWN_DRAWS,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2,
	.step = step,
};

static const rate_method *const methods[] = { &myula };
RATE_PLUGIN("myula", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
