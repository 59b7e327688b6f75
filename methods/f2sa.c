/* A fully first-order method for two levels (F2SA): y and z step `inner` times, then x.
 *
 *     y <- y - eta_y V_y,  z <- z - eta_z V_z   (J = inner times),     x <- x - gamma_t V_x,
 *
 * V the field of the game f(x, y) + lambda (g(x, y) - g(x, z)), which x and y lower and z raises: V_x = grad_x f(x, y)
 * + lambda (grad_x g(x, y) - grad_x g(x, z)) is the gradient of the penalty once y and z have settled. No second
 * derivative is asked for. The objective says how many coordinates x, y and z have by its vector constant `players`.
 * Where it draws, each inner step has a sample of its own, and x steps with that of the last one.
 *
 *     ratecheck verify f2sa-descent --objective bilevel-quadratic:lambda=50
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { GAMMA, ETA_Y, ETA_Z };
enum { INNER };

static int step(rate_run *run)
{
	enum { PURPOSES = 16 };
	double *x = run->state[0], *v = run->scratch[0], players[3];
	size_t inner = (size_t)run->param[INNER], upper, both;
	const rate_sample *s = NULL;

	if (run->call->vector(run, "players", 3, players))
		return RATE_FAIL;
	if (run->n != 1 && inner > PURPOSES)
		return (run->call->fail)(run, "inner = %zu: at most %d where the objective draws", inner,
		                        PURPOSES);
	upper = (size_t)players[0];
	both = upper + (size_t)players[1];
	for (size_t j = 0; j <= inner; j++) {
		if (j < inner && !(s = rate_draw(run, (uint32_t)(j % PURPOSES), 1)))
			return RATE_FAIL;
		if (rate_sample_gradient(run, s, x, v))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++)
			for (size_t i = j < inner ? upper : 0; i < (j < inner ? run->d : upper); i++)
				x[r * run->ld + i] -=
				    run->schedule[i < upper ? GAMMA : i < both ? ETA_Y : ETA_Z] * v[r * run->ld + i];
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[INNER] = { "inner", RATE_INTEGER, "1", 1, 1048576, NULL, "steps of y and z for each of x" },
};
static const rate_state state[] = { { "x", 0, "the three players (x, y, z)" } };
static const char *const schedules[] = { "gamma", "eta_y", "eta_z" };

static const rate_method f2sa = {
	.size = sizeof f2sa, .abi = RATE_ABI, .id = "f2sa", .title = "fully first-order bilevel method",
	.summary = "y and z step on the penalty `inner` times, then x", .source = "Kwon, Kwon, Wright and Nowak 2023",
	.flags = RATE_STOCHASTIC, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &f2sa };
RATE_PLUGIN("f2sa", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
