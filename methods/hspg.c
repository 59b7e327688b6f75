/* Half-space proximal gradient: whole groups of coordinates go to 0, for F = f + lambda sum_g |x_g|. For the first
 * `switch` steps it is the proximal gradient method. From then on groups that are 0 stay 0, and every other one makes a
 * gradient step and looks where it leads:
 *
 *     trial_g = x_g - gamma_t (grad_g f(x) + lambda x_g/|x_g|);
 *     x_g <- 0 if <trial_g, x_g> <= eps |x_g|^2, else trial_g.
 *
 * A group dies where it would leave the half space that it stands in front of: the prox asks for a ball, which is a
 * smaller target. Kept beside x: `previous`, the point before the step. The groups are those of the objective.
 *
 *     ratecheck verify hspg-descent --objective least-squares:n=50,d=20+group-l1:lambda=0.2,size=4
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { X, PREVIOUS };
enum { EPS, SWITCH };

static double product(size_t n, const double *x, const double *y)
{
	double sum = 0;

	for (size_t j = 0; j < n; j++)
		sum += x[j] * y[j];
	return sum;
}

/* One group of n coordinates with the gradient g. */
static void half_space(size_t n, double gamma, double lambda, double eps, double *x, const double *g)
{
	double norm2 = product(n, x, x), inner = 0, norm = n == 1 ? fabs(*x) : sqrt(norm2);

	for (size_t j = 0; j < n; j++)
		inner += (x[j] - gamma * (g[j] + lambda * (x[j] / norm))) * x[j];
	for (size_t j = 0; j < n; j++)
		x[j] = inner <= eps * norm2 ? 0 : x[j] - gamma * (g[j] + lambda * (x[j] / norm));
}

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[0], groups[2];

	if (run->call->vector(run, "groups", 2, groups) || rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_copy(run, x, run->state[PREVIOUS]);
	if ((double)run->t < run->param[SWITCH]) {
		rate_axpy(run, -run->gamma, g, x);
		if (rate_prox(run, run->gamma, x, g))
			return RATE_FAIL;
		rate_copy(run, g, x);
		return RATE_OK;
	}
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t first = 0, size = (size_t)groups[1], n; first < run->d; first += n) {
			double *group = rate_row(run, x, r) + first;

			n = run->d - first < size ? run->d - first : size;
			if (product(n, group, group) > 0)
				half_space(n, run->gamma, groups[0], run->param[EPS], group, g + r * run->ld + first);
			else
				memset(group, 0, n * sizeof *group);
		}
	return RATE_OK;
}

static const rate_param params[] = {
	[EPS] = { "eps", RATE_REAL, "0", 0, 0, NULL, "a group dies where <trial, x> <= eps |x|^2; 0 <= eps < 1" },
	[SWITCH] = { "switch", RATE_INTEGER, "0", 0, 1e15, NULL, "proximal gradient steps before" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "previous", 0, "the point before the step" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method hspg = {
	.size = sizeof hspg, .abi = RATE_ABI, .id = "hspg", .title = "half-space proximal gradient",
	.summary = "a group whose gradient step leaves its half space becomes 0",
	.source = "Chen et al., Only Train Once, NeurIPS 2021", .flags = RATE_NEEDS_PROX,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1,
	.step = step,
};

static const rate_method *const methods[] = { &hspg };
RATE_PLUGIN("hspg", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
