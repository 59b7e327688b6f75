/* Gradient steps in a metric B (metric/1, or what the host makes of the rows or of a constant Hessian):
 *
 *     metric-gd       x <- x - gamma B^+ grad f(x)
 *     target-inner    w <- x, then m times w <- w - alpha (grad f(x) + B (w - x)/eta), x <- w: inexact metric-gd with
 * one
 *                     gradient of f a step; the inner steps minimise <grad f(x), w - x> + |w - x|_B^2/(2 eta)
 *     poly-gd         x <- x - gamma P grad f(x), P = P_t(B)/beta, where P_t(B) = sum_j (-1)^j e_{t-j} B^j has the
 * eigenvalue
 *                     e_t(all eigenvalues of B but l_i) at l_i, e_t the elementary symmetric polynomial, and beta is
 * the
 *                     largest eigenvalue of B P_t. t = 0: gradient descent with gamma/l_1; t = d - 1: metric-gd.
 *
 *     ratecheck verify metric-gd --objective logistic:data=wine,ridge=0.1
 *     ratecheck verify target-inner:m=10
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "ratecheck/ratecheck.h"

static int metric_step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *p = run->scratch[1];

	if (rate_gradient(run, x, g) || run->call->metric(run, 1, g, p))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, p, x);
	return RATE_OK;
}

enum { M, ALPHA, ETA };

static int target_step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *e = run->scratch[1] /* w - x */, *b = run->scratch[2];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_copy(run, x, e);
	rate_scale(run, 0, e);
	for (long j = 0; j < (long)run->param[M]; j++) {
		if (run->call->metric(run, 0, e, b))
			return RATE_FAIL;
		rate_axpy(run, -run->param[ALPHA] / run->param[ETA], b, e);
		rate_axpy(run, -run->param[ALPHA], g, e);
	}
	rate_axpy(run, 1, e, x);
	return RATE_OK;
}

/* e_t of the d values but the i-th, over e_t of the d - 1 least: sums of positive terms, which do not cancel. */
static int polynomial(rate_run *run, size_t t, double *l, double *phi)
{
	size_t d = run->d;
	double *e = malloc((t + 1) * sizeof *e), most = 0;

	if (!e || run->call->metric_spectrum(run, l)) {
		free(e);
		return e ? RATE_FAIL : (run->call->fail)(run, "no memory for %zu numbers", t + 1);
	}
	for (size_t i = 0; i < d; i++) {
		for (size_t k = 0; k <= t; k++)
			e[k] = k == 0;
		for (size_t j = 0; j < d; j++) /* in units of l_1, so that products stay in range */
			for (size_t k = t; k > 0 && j != i; k--)
				e[k] += fmax(l[j], 0) / l[d - 1] * e[k - 1];
		phi[i] = e[t];
		most = fmax(most, fmax(l[i], 0) * phi[i]);
	}
	for (size_t i = 0; i < d; i++)
		phi[i] /= most;
	free(e);
	return most > 0 ? RATE_OK
	                : (run->call->fail)(run, "t = %zu: B has no more than %zu positive eigenvalues", t, t);
}

static int poly_step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *p = run->scratch[1], *phi = run->scratch[2],
	       *l = run->scratch[3];
	size_t t = (size_t)run->param[0];

	if (t >= run->d)
		return (run->call->fail)(run, "t = %zu: at most d - 1 = %zu", t, run->d - 1);
	if (polynomial(run, t, l, phi) || rate_gradient(run, x, g) || run->call->metric_function(run, phi, g, p))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, p, x);
	return RATE_OK;
}

static const rate_param target_params[] = {
	[M] = { "m", RATE_INTEGER, "1", 1, 1e6, NULL, "inner steps" },
	[ALPHA] = { "alpha", RATE_REAL, "1", 1e-100, 1e100, NULL,
	            "inner step, at most eta over the largest eigenvalue of B" },
	[ETA] = { "eta", RATE_REAL, "1", 1e-100, 1e100, NULL, "step of the surrogate, at most 1/L_metric" },
};
static const rate_param poly_params[] = { { "t", RATE_INTEGER, "1", 0, 4095, NULL,
	                                    "degree of the polynomial, below d" } };
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method metric_gd = {
	.size = sizeof metric_gd, .abi = RATE_ABI, .id = "metric-gd", .title = "gradient descent in a metric",
	.summary = "x <- x - gamma B^+ grad f(x)", .source = "standard; Lavington et al., arXiv:2302.02607",
	.flags = RATE_NEEDS_METRIC, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2,
	.step = metric_step,
};
static const rate_method target_inner = {
	.size = sizeof target_inner, .abi = RATE_ABI, .id = "target-inner",
	.title = "inner steps on a surrogate in the target",
	.summary = "m steps on <grad f(x), w - x> + |w - x|_B^2/(2 eta) for one gradient",
	.source = "Lavington et al., Target-based surrogates for stochastic optimization, arXiv:2302.02607",
	.flags = RATE_NEEDS_METRIC, .params = RATE_ROWS(target_params), .state = RATE_ROWS(state), .scratch = 3,
	.step = target_step,
};
static const rate_method poly_gd = {
	.size = sizeof poly_gd, .abi = RATE_ABI, .id = "poly-gd",
	.title = "gradient descent with a polynomial preconditioner",
	.summary = "x <- x - gamma P_t(B) grad f(x), P_t made of elementary symmetric polynomials",
	.source = "Doikov and Rodomanov, Polynomial preconditioning for gradient methods, arXiv:2301.13194",
	.flags = RATE_NEEDS_METRIC, .params = RATE_ROWS(poly_params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 4, .step = poly_step,
};

static const rate_method *const methods[] = { &metric_gd, &target_inner, &poly_gd };
RATE_PLUGIN("preconditioned", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
