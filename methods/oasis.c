/* Step sizes from the path itself, and a diagonal of the Hessian from random signs.
 *
 *     adgd    x <- x - eta g,   eta_0 = eta0,
 *             eta_k = min( sqrt(1 + theta_{k-1}) eta_{k-1}, |x_k - x_{k-1}|/(2 |g_k - g_{k-1}|) ),
 *             theta_k = eta_k/eta_{k-1}, theta_0 = 0: adaptive gradient descent, neither L nor a line search;
 *             where x_k = x_{k-1} (the gradient was 0) eta stays, lest it grow beyond all numbers
 *     oasis   z random signs, h = z Hess f(x) z by coordinates, D <- beta D + (1 - beta) h (D = h at first),
 *             E = max(|D|, a),   x <- x - eta g/E
 *
 * The step eta of oasis is gamma_t; with adaptive=1 only the first, and then the rule of adgd, with |v|^2 = sum E_i
 * v_i^2 for points and sum v_i^2/E_i for gradients. The state `mean` of adgd is the average with weights that its
 * theorem is about.
 *
 *     ratecheck verify adgd-convex --objective logistic:data=breast-cancer,ridge=0
 *     ratecheck verify oasis-linear --objective quadratic:d=20,kappa=100
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, BEFORE, SLOPE, ETA, THETA, MEAN, SUM, E = MEAN, D };
enum { ETA0 };
enum { BETA, TRUNCATE, ADAPTIVE };

/* eta and theta of this step, replicate r; `weight` is E, NULL for ones. */
static void choose_step(const rate_run *run, size_t r, const double *g, const double *weight, double first)
{
	const double *x = run->state[X] + r * run->ld, *before = run->state[BEFORE] + r * run->ld;
	const double *slope = run->state[SLOPE] + r * run->ld;
	double *eta = run->state[ETA] + r * run->ld, *theta = run->state[THETA] + r * run->ld, way = 0, turn = 0, next;

	if (run->t == 0) {
		*eta = first;
		return;
	}
	for (size_t j = 0; j < run->d; j++) {
		double w = weight ? weight[j] : 1;

		way += w * (x[j] - before[j]) * (x[j] - before[j]);
		turn += (g[j] - slope[j]) * (g[j] - slope[j]) / w;
	}
	next = way > 0 ? sqrt(1 + *theta) * *eta : *eta;
	if (turn > 0 && way > 0)
		next = fmin(next, sqrt(way / turn) / 2);
	*theta = *eta > 0 ? next / *eta : 0;
	*eta = next;
}

/* x <- x - eta g/weight, the old x and g are kept. */
static void go(const rate_run *run, size_t r, const double *g, const double *weight)
{
	double *x = run->state[X] + r * run->ld, *before = run->state[BEFORE] + r * run->ld;
	double *slope = run->state[SLOPE] + r * run->ld, eta = run->state[ETA][r * run->ld];

	for (size_t j = 0; j < run->d; j++) {
		before[j] = x[j];
		slope[j] = g[j];
		x[j] -= eta * g[j] / (weight ? weight[j] : 1);
	}
}

/* mean of x_1..x_k, its last weight eta_k (1 + theta_k), those before eta_i (1 + theta_i) - eta_{i+1} theta_{i+1}. */
static void average(const rate_run *run, size_t r)
{
	const double *x = run->state[X] + r * run->ld, *before = run->state[BEFORE] + r * run->ld;
	double *mean = run->state[MEAN] + r * run->ld, *sum = run->state[SUM] + r * run->ld;
	double eta = run->state[ETA][r * run->ld], theta = run->state[THETA][r * run->ld], less = eta * theta, total;

	if (run->t == 0)
		return;
	if (run->t == 1)
		less = 0;
	total = *sum + eta * (1 + theta) - less;
	for (size_t j = 0; j < run->d; j++)
		mean[j] = total > 0 ? (*sum * mean[j] - less * before[j] + eta * (1 + theta) * x[j]) / total : x[j];
	*sum = total;
}

static int adgd_step(rate_run *run)
{
	double *g = run->scratch[0];

	if (rate_gradient(run, run->state[X], g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		choose_step(run, r, g + r * run->ld, NULL, run->param[ETA0]);
		average(run, r);
		go(run, r, g + r * run->ld, NULL);
	}
	return RATE_OK;
}

static int oasis_step(rate_run *run)
{
	double *g = run->scratch[0], *z = run->scratch[1], *h = run->scratch[2], *x = run->state[X];
	double beta = run->t ? run->param[BETA] : 0;

	if (rate_gradient(run, x, g) || run->call->signs(run, 0, z) || run->call->hessian_product(run, x, z, h))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *e = run->state[E] + r * run->ld, *curvature = run->state[D] + r * run->ld;

		for (size_t j = 0; j < run->d; j++) {
			curvature[j] = beta * curvature[j] + (1 - beta) * z[r * run->ld + j] * h[r * run->ld + j];
			e[j] = fmax(fabs(curvature[j]), run->param[TRUNCATE]);
		}
		if (run->param[ADAPTIVE] > 0)
			choose_step(run, r, g + r * run->ld, e, run->gamma);
		else
			run->state[ETA][r * run->ld] = run->gamma;
		go(run, r, g + r * run->ld, e);
	}
	return RATE_OK;
}

#define PATH [X] = { "x", 0, "the iterate" }, [BEFORE] = { "before", 0, "the iterate before" }, \
	[SLOPE] = { "slope", 0, "the gradient there" }, [ETA] = { "eta", 1, "the last step size" }, \
	[THETA] = { "theta", 1, "by what it grew" }

static const rate_state adgd_state[] = { PATH, [MEAN] = { "mean", 0, "weighted average" },
	[SUM] = { "S", 1, "sum of its weights" } };
static const rate_state oasis_state[] = { PATH, [E] = { "E", 0, "max(|D|, a)" }, [D] = { "D", 0, "mean of z Hz" } };
static const rate_param adgd_params[] = {
	[ETA0] = { "eta0", RATE_REAL, "1e-3", 1e-100, 1e100, NULL, "the first step size" },
};
static const rate_param oasis_params[] = {
	[BETA] = { "beta", RATE_REAL, "0.99", 0, 0.9999999, NULL, "memory of the diagonal" },
	[TRUNCATE] = { "a", RATE_REAL, "0.01", 1e-100, 1e100, NULL, "least curvature that is believed" },
	[ADAPTIVE] = { "adaptive", RATE_INTEGER, "0", 0, 1, NULL, "1: the step size by the rule of adgd" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method adgd = {
	.size = sizeof adgd, .abi = RATE_ABI, .id = "adgd", .title = "adaptive gradient descent without descent",
	.summary = "step sizes from the last two points and gradients",
	.source = "Malitsky and Mishchenko, Adaptive gradient descent without descent, 2020", .flags = RATE_SPAN,
	.params = RATE_ROWS(adgd_params), .state = RATE_ROWS(adgd_state), .scratch = 1, .step = adgd_step,
};
static const rate_method oasis = {
	.size = sizeof oasis, .abi = RATE_ABI, .id = "oasis", .title = "OASIS",
	.summary = "gradient steps over a diagonal of the Hessian estimated with random signs",
	.source = "Jahani et al., Doubly Adaptive Scaled Algorithm for Machine Learning Using Second-Order "
	          "Information, "
	          "2021",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS | RATE_NEEDS_HESSIAN, .params = RATE_ROWS(oasis_params),
	.state = RATE_ROWS(oasis_state),
	.schedules = RATE_LIST(schedules), .scratch = 3, .step = oasis_step,
};

static const rate_method *const methods[] = { &adgd, &oasis };
RATE_PLUGIN("oasis", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
