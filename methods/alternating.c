/* Alternating gradient steps of two players: u <- u - gamma_t V_u(u, v), then v <- v - gamma_t V_v(u, v) with the new
 * u.
 *
 * The objective says whose coordinates are whose by its vector constant `players`: how many the first one has, and the
 * second. Simultaneous steps, `gd`, leave every bilinear saddle; these circle around it. Two calls a step.
 *
 *     ratecheck verify altgda-bilinear --objective bilinear:B=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *v = run->scratch[0], players[2];
	size_t first;

	if (run->call->vector(run, "players", 2, players))
		return RATE_FAIL;
	first = (size_t)players[0];
	for (int second = 0; second < 2; second++) {
		if (rate_gradient(run, x, v))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++)
			for (size_t j = second ? first : 0; j < (second ? run->d : first); j++)
				x[r * run->ld + j] -= run->gamma * v[r * run->ld + j];
	}
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the moves (u, v) of both players" } };
static const char *const schedules[] = { "gamma" };

static const rate_method alternating = {
	.size = sizeof alternating, .abi = RATE_ABI, .id = "alternating", .title = "alternating gradient steps",
	.summary = "the second player steps when the first one has stepped", .source = "classical", .flags = RATE_SPAN,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &alternating };
RATE_PLUGIN("alternating", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
