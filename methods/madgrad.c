/* MADGRAD: dual averaging with cube roots, the point being a weighted mean.
 *
 *     lambda_k = lambda sqrt(k + 1),  s <- s + lambda_k g,  v <- v + lambda_k g^2        (by coordinates, g at x_k)
 *     z = x_0 - s/((v + lambda_{k+1} cap^2)^(1/3) + eps),   x <- (1 - c) x + c z
 *
 * 0/0 = 0: a coordinate without gradients does not move. With c = 0 (the default) the weight is
 * lambda_{k+1}/(lambda_0 + ... + lambda_{k+1}), which makes x the lambda-weighted mean of z_0, z_1, ...; that is
 * 3/(2k) up to O(1/k^2). As used in practice: c = 0.1, eps = 1e-6, cap = 0. With `cap`, a bound on the entries of the
 * gradients, the theorem of the last point holds.
 *
 *     madgrad             the whole gradient
 *     stochastic-madgrad  that of a random term, or of the loss of the round
 *
 *     ratecheck verify madgrad-last --method madgrad
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, SUM, SQUARES, START, WEIGHTS }; /* states */
enum { LAMBDA, CAP, C, EPS };

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[START]);
	return RATE_OK;
}

static int move(rate_run *run, const double *g)
{
	const double *param = run->param, *x0 = run->state[START];
	double *x = run->state[X], *s = run->state[SUM], *v = run->state[SQUARES];
	double now = param[LAMBDA] * sqrt((double)run->t + 1), next = param[LAMBDA] * sqrt((double)run->t + 2);

	for (size_t r = 0; r < run->nrep; r++) {
		double *weights = rate_row(run, run->state[WEIGHTS], r), c;

		*weights += now;
		c = param[C] > 0 ? param[C] : next / (*weights + next);
		for (size_t i = r * run->ld; i < r * run->ld + run->d; i++) {
			double root;

			s[i] += now * g[i];
			v[i] += now * g[i] * g[i];
			root = cbrt(v[i] + next * param[CAP] * param[CAP]) + param[EPS];
			x[i] = (1 - c) * x[i] + c * (x0[i] - (root > 0 ? s[i] / root : 0));
		}
	}
	return RATE_OK;
}

static int step(rate_run *run)
{
	return rate_gradient(run, run->state[X], run->scratch[0]) ? RATE_FAIL : move(run, run->scratch[0]);
}

static int stochastic_step(rate_run *run)
{
	const rate_sample *s = rate_draw(run, 0, 1);

	return !s || rate_sample_gradient(run, s, run->state[X], run->scratch[0])
	    ? RATE_FAIL : move(run, run->scratch[0]);
}

static const rate_param params[] = {
	[LAMBDA] = { "lambda", RATE_REAL, "0.01", 1e-100, 1e100, NULL, "length of the steps" },
	[CAP] = { "cap", RATE_REAL, "0", 0, 1e100, NULL, "bound on the entries of the gradients, in the divisor" },
	[C] = { "c", RATE_REAL, "0", 0, 1, NULL, "weight of z in x; 0: x is the weighted mean of all z" },
	[EPS] = { "eps", RATE_REAL, "0", 0, 1e100, NULL, "added to the cube root" },
};
static const rate_state state[] = {
	[X] = { "x", 0, "the iterate" },
	[SUM] = { "s", 0, "sum of lambda_k g" },
	[SQUARES] = { "v", 0, "sum of lambda_k g^2" },
	[START] = { "start", 0, "x_0" },
	[WEIGHTS] = { "weights", 1, "sum of lambda_k" },
};

#define MADGRAD .size = sizeof(rate_method), .abi = RATE_ABI, .params = RATE_ROWS(params), .state = RATE_ROWS(state), \
	.source = "Defazio and Jelassi, Adaptivity without compromise: a momentumized, adaptive, " \
	          "dual averaged gradient " \
	          "method, 2021", \
	.scratch = 1, .start = start

static const rate_method madgrad = { MADGRAD,
	.id = "madgrad", .title = "MADGRAD", .summary = "dual averaging with cube roots of the squares, and averaging",
	.step = step };
static const rate_method stochastic = { MADGRAD,
	.id = "stochastic-madgrad", .title = "stochastic MADGRAD",
	.summary = "madgrad with the gradient of a random term, or of the loss of the round", .flags = RATE_STOCHASTIC,
	.step = stochastic_step };

static const rate_method *const methods[] = { &madgrad, &stochastic };
RATE_PLUGIN("madgrad", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
