/* SAGA: a table g_1, ..., g_n of the last gradient seen of each term. With a fresh term i,
 *
 *     v = grad f_i(x) - g_i + (1/n) sum_j g_j,  g_i <- grad f_i(x),  x <- x - gamma_t v, then the prox of gamma_t h.
 *
 * At the start the table holds `table` times the gradients at x_0. One gradient of a term each step, and n d numbers
 * of memory.
 *
 *     ratecheck verify saga-sc --objective least-squares:n=30,d=5,noise=0.5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { X, MEAN, TABLE };
enum { START };

static int start(rate_run *run)
{
	double *mean = run->state[MEAN];

	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *s = run->call->component(run, i);
		double *g = run->state[TABLE + i];
		if (!s || rate_sample_gradient(run, s, run->state[X], g))
			return RATE_FAIL;
		rate_scale(run, run->param[START], g);
		rate_axpy(run, 1 / (double)run->n, g, mean);
	}
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *mean = run->state[MEAN], *v = run->scratch[0], *g = run->scratch[1],
	       n = (double)run->n;
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *seen = rate_row(run, run->state[TABLE + s->index[r]], r), *now = rate_row(run, g, r);
		double *m = rate_row(run, mean, r), *to = rate_row(run, v, r);
		for (size_t j = 0; j < run->d; j++) {
			to[j] = now[j] - seen[j] + m[j];
			m[j] += (now[j] - seen[j]) / n;
			seen[j] = now[j];
		}
		memset(to + run->d, 0, (run->ld - run->d) * sizeof *to);
	}
	rate_axpy(run, -run->gamma, v, x);
	rate_copy(run, x, v);
	return rate_prox(run, run->gamma, v, x);
}

static const rate_param params[] = {
	{ "table", RATE_REAL, "1", -1e6, 1e6, NULL, "the first table is this times the gradients at x_0" },
};
static const rate_state state[] = {
	{ .name = "x", .doc = "the iterate" }, { .name = "mean", .doc = "the mean of the table" },
	{ .name = "table", .doc = "the last gradient seen of each term", .scalar = RATE_PER_TERM },
};
static const char *const schedules[] = { "gamma" };

static const rate_method saga = {
	.size = sizeof saga, .abi = RATE_ABI, .id = "saga", .title = "SAGA",
	.summary = "x <- prox(x - gamma (grad f_i(x) - g_i + mean g)), g_i <- grad f_i(x)",
	.source = "Defazio, Bach and Lacoste-Julien, SAGA, NIPS 2014",
	.flags = RATE_SPAN | RATE_STOCHASTIC | RATE_NEEDS_PROX,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2,
	.start = start,
	.step = step,
};

static const rate_method *const methods[] = { &saga };
RATE_PLUGIN("saga", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
