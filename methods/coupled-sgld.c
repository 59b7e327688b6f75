/* Two chains of Langevin steps with the same randomness, to see how fast they forget where they began:
 *
 *     x <- x - gamma grad f_B(x) + sqrt(2 gamma tau) z,   y <- y - gamma grad f_B(y) + sqrt(2 gamma tau) z,
 *
 * B a uniform subset of `batch` terms and z standard normal, both for x and y; y_0 = x_0 + apart (1, ..., 1)/sqrt(d).
 * With tau = 0 they are two runs of sgd on the same samples.
 *
 *     ratecheck verify sgld-coupling --objective least-squares:n=50,d=20,noise=0.5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { BATCH, TAU, APART };
enum { X, Y };

static int start(rate_run *run)
{
	double *y = run->state[Y];

	rate_copy(run, run->state[X], y);
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			y[r * run->ld + j] += run->param[APART] / sqrt((double)run->d);
	return RATE_OK;
}

static int step(rate_run *run)
{
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);
	double *z = run->scratch[0], size = sqrt(2 * run->gamma * run->param[TAU]);

	if (!s || rate_sample_step(run, s, -run->gamma, run->state[X], z) ||
	    rate_sample_step(run, s, -run->gamma, run->state[Y], z))
		return RATE_FAIL;
	if (!(size > 0))
		return RATE_OK;
	if (run->call->normals(run, 0, z))
		return RATE_FAIL;
	rate_axpy(run, size, z, run->state[X]);
	rate_axpy(run, size, z, run->state[Y]);
	return RATE_OK;
}

static const rate_param params[] = {
	[BATCH] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" },
	[TAU] = { "tau", RATE_REAL, "1", 0, 1e100, NULL, "temperature" },
	[APART] = { "apart", RATE_REAL, "1", 0, 1e100, NULL, "|x_0 - y_0|" },
};
static const rate_state state[] = { { "x", 0, "the iterate" }, { "y", 0, "the iterate of the other chain" } };
static const char *const schedules[] = { "gamma" };

static const rate_method coupled_sgld = {
	.size = sizeof coupled_sgld, .abi = RATE_ABI, .id = "coupled-sgld", .title = "two coupled Langevin chains",
	.summary = "x and y with the same step x <- x - gamma grad f_B(x) + sqrt(2 gamma tau) z",
	.source = "folklore", .flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &coupled_sgld };
RATE_PLUGIN("coupled-sgld", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
