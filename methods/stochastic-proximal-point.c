/* Stochastic proximal point: x <- prox_{gamma_t f_i}(x), i uniform: an implicit step, x - gamma_t grad f_i at its own
 * end. On an objective that is offered as a sum of one term it is the proximal point method.
 *
 *     ratecheck verify spp-strongly-convex --method stochastic-proximal-point
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *p = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || run->call->sample_prox(run, s, run->gamma, x, p))
		return RATE_FAIL;
	rate_copy(run, p, x);
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method spp = {
	.size = sizeof spp, .abi = RATE_ABI, .id = "stochastic-proximal-point", .title = "stochastic proximal point",
	.summary = "x <- prox_{gamma f_i}(x), i a random term", .source = "Bertsekas 2011",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_SAMPLE_PROX, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules),
	.scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &spp };
RATE_PLUGIN("stochastic-proximal-point", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
