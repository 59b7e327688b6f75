/* Online-to-nonconvex conversion with random scaling. In epochs of N steps, Delta = 0 at the start of each:
 *
 *     x <- x + s Delta,  s exponential with mean 1,
 *     Delta <- P(Delta - eta g),  g a gradient (of a random term) at the new x, P onto the ball of radius D.
 *
 * With the random length of the step the mean of F(x + s Delta) - F(x) is the mean of <grad F(x + s Delta), Delta>,
 * whatever kinks lie between: the online learner Delta is paid in descent. eta is the step size of the theorem.
 *
 *     ratecheck verify o2nc --objective abs:start=20
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, DELTA };
enum { RADIUS, EPOCH, SCALED };

/* Delta <- P(Delta - eta g) */
static void learn(rate_run *run, const double *g, double *norm2)
{
	double *delta = run->state[DELTA], D = run->param[RADIUS];

	rate_axpy(run, -run->gamma, g, delta);
	run->call->dot(run, delta, delta, norm2);
	for (size_t r = 0; r < run->nrep; r++)
		if (norm2[r] > D * D)
			for (size_t j = 0; j < run->d; j++)
				rate_row(run, delta, r)[j] *= D / sqrt(norm2[r]);
}

static int step(rate_run *run)
{
	double *x = run->state[X], *delta = run->state[DELTA], *g = run->scratch[0], *s = run->scratch[1];
	const rate_sample *sample = rate_draw(run, 0, 1);

	if (!sample || run->call->uniforms(run, 1, 1, s))
		return RATE_FAIL;
	if (run->t % (uint64_t)run->param[EPOCH] == 0)
		rate_scale(run, 0, delta);
	for (size_t r = 0; r < run->nrep; r++)
		s[r] = run->param[SCALED] != 0 ? -log(s[r]) : 1;
	run->call->axpy_rows(run, s, delta, x);
	if (rate_sample_gradient(run, sample, x, g))
		return RATE_FAIL;
	learn(run, g, s);
	return RATE_OK;
}

static const rate_param params[] = {
	[RADIUS] = { "D", RATE_REAL, "0.1", 1e-100, 1e100, NULL, "longest Delta" },
	[EPOCH] = { "N", RATE_INTEGER, "16", 1, 1e9, NULL, "steps of an epoch" },
	[SCALED] = { "scaled", RATE_INTEGER, "1", 0, 1, NULL, "0: s = 1, which is what fails" },
};
static const rate_state state[] = {
	{ .name = "x", .doc = "the iterate" },
	{ .name = "delta", .doc = "the direction that is learned" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method o2nc = {
	.size = sizeof o2nc, .abi = RATE_ABI, .id = "o2nc",
	.title = "online-to-nonconvex conversion, exponential scaling",
	.summary = "x <- x + s Delta, Delta <- P(Delta - eta g), s exponential", .source = "Zhang and Cutkosky 2024",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 2, .step = step,
};

static const rate_method *const methods[] = { &o2nc };
RATE_PLUGIN("o2nc", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
