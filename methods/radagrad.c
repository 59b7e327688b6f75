/* Riemannian AdaGrad on a product of hyperbolic planes: every plane has a step size of its own.
 *
 *     S_j <- S_j + |g_j|^2,   x_j <- exp_{x_j}(-(eta/sqrt S_j) g_j)
 *
 * x holds k points of the unit disc, two coordinates each (Poincare's model, curvature -1). g_j is the Riemannian
 * gradient: along the Euclidean one, and (1 - |x_j|^2)/2 times as long. A move by the length s in the direction e
 * ends at x (+) tanh(s/2) e, with Moebius' sum x (+) y = ((1 + 2<x, y> + |y|^2) x + (1 - |x|^2) y)/(1 + 2<x, y> +
 * |x|^2 |y|^2). In flat space, with (+) = +, it is AdaGrad by blocks. A feasible set made of discs about 0 is
 * projected on. A plane that has seen no gradient does not move.
 *
 *     ratecheck verify radagrad-run --method radagrad:eta=0.5 --objective poincare:points=0.5/0/0/0.3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, S };

static void add(const double *x, const double *y, double *out)
{
	double xy = x[0] * y[0] + x[1] * y[1], xx = x[0] * x[0] + x[1] * x[1], yy = y[0] * y[0] + y[1] * y[1];
	double a = 1 + 2 * xy + yy, b = 1 - xx, c = 1 + 2 * xy + xx * yy, first = (a * x[0] + b * y[0]) / c;

	out[1] = (a * x[1] + b * y[1]) / c;
	out[0] = first;
}

static int start(rate_run *run)
{
	return run->d % 2 ? (run->call->fail)(run, "radagrad: d=%zu; planes have two coordinates each", run->d)
	                  : RATE_OK;
}

static int step(rate_run *run)
{
	double *g = run->scratch[0];

	if (rate_gradient(run, run->state[X], g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j += 2) {
			double *x = rate_row(run, run->state[X], r) + j, *sum = rate_row(run, run->state[S], r) + j;
			const double *e = rate_row(run, g, r) + j;
			double euclidean = hypot(e[0], e[1]),
			       length = (1 - x[0] * x[0] - x[1] * x[1]) / 2 * euclidean, move;

			if (!(x[0] * x[0] + x[1] * x[1] < 1))
				return (run->call->fail)(run, "radagrad: |x_%zu| is not below 1", j / 2);
			sum[0] += length * length;
			if (!(euclidean > 0) || !(sum[0] > 0))
				continue;
			move = -tanh(run->param[0] * length / sqrt(sum[0]) / 2) / euclidean;
			add(x, (double[]){ move * e[0], move * e[1] }, x);
		}
	return rate_project(run, run->state[X]);
}

static const rate_param params[] = { { "eta", RATE_REAL, "1", 1e-100, 1e3, NULL, "length of the first step" } };
static const rate_state state[] = {
	[X] = { "x", 0, "points of the disc, two coordinates each" },
	[S] = { "S", 0, "sums of |g_j|^2, at the first coordinate of each plane" },
};

static const rate_method radagrad = {
	.size = sizeof radagrad, .abi = RATE_ABI, .id = "radagrad", .title = "Riemannian AdaGrad",
	.summary = "AdaGrad on a product of hyperbolic planes, one step size for each",
	.source = "Becigneul and Ganea, Riemannian adaptive optimization methods, ICLR 2019",
	.flags = RATE_NEEDS_PROJECTION, .params = RATE_ROWS(params), .state = RATE_ROWS(state), .scratch = 1,
	.start = start, .step = step,
};

static const rate_method *const methods[] = { &radagrad };
RATE_PLUGIN("radagrad", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
