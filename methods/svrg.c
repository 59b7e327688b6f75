/* SVRG by epochs of m steps: a snapshot w with its full gradient corrects the gradient of a random term,
 *
 *     x <- x - gamma_t (grad f_i(x) - grad f_i(w) + grad f(w)),
 *
 * and after every m steps w becomes the average of the epoch's points x_0..x_{m-1}, in which weights fall by the factor
 * `decay` from each point to the one before it (1: the plain average), and x starts again from there.
 *
 *     ratecheck verify svrg-epoch --objective least-squares:n=30,d=5,noise=0
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { X, W, SUM, FULL };
enum { M, DECAY };

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[W]);
	return rate_gradient(run, run->state[W], run->state[FULL]);
}

/* w <- the average; x starts there. */
static int renew(rate_run *run)
{
	double decay = run->param[DECAY], m = run->param[M],
	       weights = decay < 1 ? (1 - pow(decay, m)) / (1 - decay) : m;

	rate_copy(run, run->state[SUM], run->state[X]);
	rate_scale(run, 1 / weights, run->state[X]);
	memset(run->state[SUM], 0, run->nrep * run->ld * sizeof(double));
	return start(run);
}

static int step(rate_run *run)
{
	double *x = run->state[X], *sum = run->state[SUM], *v = run->scratch[0], *work = run->scratch[1];
	const rate_sample *s = rate_draw(run, 0, 1);

	rate_scale(run, run->param[DECAY], sum);
	rate_axpy(run, 1, x, sum);
	rate_copy(run, run->state[FULL], v);
	if (!s || rate_sample_gradient(run, s, x, work))
		return RATE_FAIL;
	rate_axpy(run, 1, work, v);
	if (rate_sample_gradient(run, s, run->state[W], work))
		return RATE_FAIL;
	rate_axpy(run, -1, work, v);
	rate_axpy(run, -run->gamma, v, x);
	return (run->t + 1) % (uint64_t)run->param[M] ? RATE_OK : renew(run);
}

static const rate_param params[] = {
	[M] = { "m", RATE_INTEGER, "100", 1, 1e9, NULL, "steps of an epoch" },
	[DECAY] = { "decay", RATE_REAL, "1", 1e-9, 1, NULL, "weights of earlier points in the average of an epoch" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" }, { "w", 0, "the snapshot" }, { "sum", 0, "weighted sum of the epoch's points" },
	{ "full", 0, "grad f(w)" },
};
/* The second is not used: a theorem marks the renewals with it. */
static const char *const schedules[] = { "gamma", "renewal" };

static const rate_method svrg = {
	.size = sizeof svrg, .abi = RATE_ABI, .id = "svrg", .title = "SVRG",
	.summary = "x <- x - gamma (grad f_i(x) - grad f_i(w) + grad f(w)), w the average of the last epoch",
	.source = "Johnson and Zhang 2013", .flags = RATE_SPAN | RATE_STOCHASTIC, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2, .start = start, .step = step,
};

static const rate_method *const methods[] = { &svrg };
RATE_PLUGIN("svrg", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
