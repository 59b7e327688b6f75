/* Subgradient steps with the non-monotone trigger of averaged SGD: log v_t = f(x_t) at every t; the first t > n with
 * v_t > min(v_0, ..., v_{t-n-1}) fires, and from then on the mean of the iterates is kept.
 *
 *     ratecheck verify nt-unfired --objective abs:start=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { MOST = 15 }; /* logs that the trigger may wait for */
enum { X, MEAN, COUNT, LEAST, LOG }; /* LOG + k: the log of the last t = k modulo n + 1 */

/* The log of x_t; the one that it takes the place of has become old enough to compare with. */
static int look(rate_run *run, uint64_t t)
{
	uint64_t n = (uint64_t)run->param[0];
	double *slot = run->state[LOG + t % (n + 1)], *v = run->scratch[0];

	if (rate_value_at(run, run->state[X], v))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *least = rate_row(run, run->state[LEAST], r), *count = rate_row(run, run->state[COUNT], r);
		double *old = rate_row(run, slot, r);

		if (t > n && (t == n + 1 || *old < *least))
			*least = *old;
		*old = v[r];
		if (t > n && (*count > 0 || v[r] > *least))
			*count += 1;
		for (size_t j = 0; j < run->d && *count > 0; j++) {
			double *mean = rate_row(run, run->state[MEAN], r) + j;
			*mean += (rate_row(run, run->state[X], r)[j] - *mean) / *count;
		}
	}
	return RATE_OK;
}

static int start(rate_run *run)
{
	return look(run, 0);
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	return look(run, run->t + 1);
}

static const rate_param params[] = { { "n", RATE_INTEGER, "5", 0, MOST, NULL, "logs that the trigger waits for" } };
#define SLOT(k) { "log" #k, 1, "one of the last n + 1 logs" }
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "mean", 0, "mean of the iterates since the trigger fired" },
	{ "count", 1, "how many these are; 0: it has not fired" },
	{ "least", 1, "least log that is older than n" },
	SLOT(0), SLOT(1), SLOT(2), SLOT(3), SLOT(4), SLOT(5), SLOT(6), SLOT(7), SLOT(8), SLOT(9), SLOT(10), SLOT(11),
	SLOT(12), SLOT(13), SLOT(14), SLOT(15)
};
static const char *const schedules[] = { "gamma" };

static const rate_method nt_asgd = {
	.size = sizeof nt_asgd, .abi = RATE_ABI, .id = "nt-asgd", .title = "non-monotonically triggered averaging",
	.summary = "subgradient steps; averaging begins when f(x_t) is above all logs older than n",
	.source = "Merity, Keskar and Socher, arXiv:1708.02182", .flags = RATE_SPAN, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step,
};

static const rate_method *const methods[] = { &nt_asgd };
RATE_PLUGIN("nt-asgd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
