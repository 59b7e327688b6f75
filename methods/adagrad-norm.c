/* AdaGrad with one step size for all coordinates:
 *
 *     S <- S + |g|^2,  x <- P(x - gamma_t g/sqrt S),  S = b0^2 at the start; while S = 0 the point stays.
 *
 * adagrad-norm takes the whole gradient, stochastic-adagrad-norm that of a random term or of the loss of round t.
 *
 *     ratecheck verify adagrad-norm-smooth --method adagrad-norm
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, S };
enum { B0 };

static int start(rate_run *run)
{
	for (size_t r = 0; r < run->nrep; r++)
		*rate_row(run, run->state[S], r) = run->param[B0] * run->param[B0];
	return RATE_OK;
}

/* The step along g. */
static int move(rate_run *run, const double *g, double *rate)
{
	rate_dot(run, g, g, rate);
	for (size_t r = 0; r < run->nrep; r++) {
		double *sum = rate_row(run, run->state[S], r);

		*sum += rate[r];
		rate[r] = *sum > 0 ? -run->gamma / sqrt(*sum) : 0;
	}
	rate_axpy_rows(run, rate, g, run->state[X]);
	return rate_project(run, run->state[X]);
}

static int step(rate_run *run)
{
	double *g = run->scratch[0];

	return rate_gradient(run, run->state[X], g) ? RATE_FAIL : move(run, g, run->scratch[1]);
}

static int stochastic_step(rate_run *run)
{
	double *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, 1);

	return !s || rate_sample_gradient(run, s, run->state[X], g) ? RATE_FAIL : move(run, g, run->scratch[1]);
}

static const rate_param params[] = { { "b0", RATE_REAL, "0", 0, 1e100, NULL, "the root of S at the start" } };
static const rate_state state[] = { { "x", 0, "the iterate" }, { "S", 1, "b0^2 + sum of |g|^2" } };
static const char *const schedules[] = { "gamma" };

#define ADAGRAD .size = sizeof(rate_method), .abi = RATE_ABI, \
	.source = "Streeter and McMahan 2010; Ward, Wu and Bottou 2019", \
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2, \
	.start = start

static const rate_method adagrad_norm = { ADAGRAD,
	.id = "adagrad-norm", .title = "AdaGrad-norm", .summary = "gradient steps gamma/sqrt(b0^2 + sum of |g|^2)",
	.flags = RATE_SPAN | RATE_NEEDS_PROJECTION, .step = step };
static const rate_method stochastic = { ADAGRAD,
	.id = "stochastic-adagrad-norm", .title = "stochastic AdaGrad-norm",
	.summary = "adagrad-norm with the gradient of a random term, or of the loss of the round",
	.flags = RATE_SPAN | RATE_STOCHASTIC | RATE_NEEDS_PROJECTION, .step = stochastic_step };

static const rate_method *const methods[] = { &adagrad_norm, &stochastic };
RATE_PLUGIN("adagrad-norm", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
