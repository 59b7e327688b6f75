/* CHOCO gossip: agents average, sending only compressed differences. Beside its copy x_i each has a public copy s_i
 * that its neighbours know,
 *
 *     s_i <- s_i + C(x_i - s_i),   x_i <- x_i + gamma_t sum_j W_ij (s_j - s_i).
 *
 * No gradients: the copies tend to the mean of where they started. At the start s_i is `first` times x_i. C is chosen
 * by `compress`: `scale` times `by`, the `k` largest entries (top), or each entry rounded to `bits` bits of mantissa
 * (float).
 *
 *     ratecheck verify choco-gossip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "agents.h"

enum { FIRST = BITS + 1 };
enum { X, SENT };

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[SENT]);
	rate_scale(run, run->param[FIRST], run->state[SENT]);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *sent = run->state[SENT], *work = run->scratch[0];

	rate_copy(run, x, work);
	rate_axpy(run, -1, sent, work);
	add_compressed(run, work, sent);
	if (run->call->mix(run, sent, work))
		return RATE_FAIL;
	rate_axpy(run, run->gamma, work, x);
	rate_axpy(run, -run->gamma, sent, x);
	return RATE_OK;
}

static const rate_param params[] = {
	COMPRESSOR_PARAMS,
	[FIRST] = { "first", RATE_REAL, "0", -1e6, 1e6, NULL, "public copies at the start: this times x_0" },
};
static const rate_state state[] = { { "x", 0, "the copies of all agents" }, { "sent", 0, "their public copies" } };
static const char *const schedules[] = { "gamma" };

static const rate_method choco = {
	.size = sizeof choco, .abi = RATE_ABI, .id = "choco", .title = "gossip with compressed differences",
	.summary = "s_i <- s_i + C(x_i - s_i), x_i <- x_i + gamma_t sum_j W_ij (s_j - s_i)",
	.source = "Koloskova, Stich and Jaggi 2019", .flags = RATE_NEEDS_NETWORK, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &choco };
RATE_PLUGIN("choco", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
