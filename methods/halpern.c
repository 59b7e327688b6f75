/* Halpern's method on resolvents: x <- (x_0 + (t + 1) (2 p - x))/(t + 2), p = prox_{gamma f_i}(x) = (I + gamma V)^-1 x.
 *
 * The reflected proximal point, drawn back towards the start by a weight that dies like 1/t: the residual |x - p| falls
 * like 1/t, where that of the proximal point falls like 1/sqrt t on rotations. On an objective that is offered as a sum
 * of one term; of several a random one is taken.
 *
 *     ratecheck verify halpern-pp --objective affine-field:b=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { X, ANCHOR };

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[ANCHOR]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *p = run->scratch[0], k = (double)run->t;
	const double *anchor = run->state[ANCHOR];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || run->call->sample_prox(run, s, run->gamma, x, p))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		x[i] = (anchor[i] + (k + 1) * (2 * p[i] - x[i])) / (k + 2);
	return RATE_OK;
}

static const rate_state state[] = { [X] = { "x", 0, "the iterate" }, [ANCHOR] = { "anchor", 0, "x_0" } };
static const char *const schedules[] = { "gamma" };

static const rate_method halpern = {
	.size = sizeof halpern, .abi = RATE_ABI, .id = "halpern", .title = "Halpern's method on resolvents",
	.summary = "x <- x_0/(t+2) + (t+1)/(t+2) (2 prox(x) - x)", .source = "Halpern 1967; Lieder 2021",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_SAMPLE_PROX, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules),
	.scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &halpern };
RATE_PLUGIN("halpern", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
