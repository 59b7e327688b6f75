/* SWATS: begins as Adam, measures which step size gradient descent would need to make the same progress, and switches
 * to gradient descent when that has settled. At step t = 1, 2, ..., g the gradient at x:
 *
 *     m <- beta1 m + (1 - beta1) g,   a <- beta2 a + (1 - beta2) g^2
 *     p = -gamma sqrt(1 - beta2^t)/(1 - beta1^t) m/(sqrt a + eps),   x <- x + p
 *     where <p, g> < 0:   e = |p|^2/-<p, g>,   lambda <- beta2 lambda + (1 - beta2) e,   Lambda = lambda/(1 - beta2^t)
 *     t > 1 and |Lambda - e| < tol: from now on   v <- beta1 v + g,   x <- x - (1 - beta1) Lambda v
 *
 * e is the length for which -e g, projected onto p, is p. stochastic-swats takes the gradients of random terms.
 *
 *     ratecheck verify swats-descent --objective logistic:data=breast-cancer,ridge=0.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, M, A, RATE, ESTIMATE, SWITCHED };
enum { BETA1, BETA2, EPS, TOL };

/* One step of Adam and the step size that it suggests. */
static void adam(const rate_run *run, size_t r, const double *g, double *rate)
{
	const double *param = run->param;
	double *x = run->state[X] + r * run->ld, *m = run->state[M] + r * run->ld, *a = run->state[A] + r * run->ld;
	double *lambda = run->state[ESTIMATE] + r * run->ld, *final = run->state[SWITCHED] + r * run->ld;
	double t = (double)run->t + 1, known = 1 - pow(param[BETA2], t), pp = 0, pg = 0, mean, e;
	double length = run->gamma * sqrt(known) / (1 - pow(param[BETA1], t));

	for (size_t j = 0; j < run->d; j++) {
		double p;

		m[j] = param[BETA1] * m[j] + (1 - param[BETA1]) * g[j];
		a[j] = param[BETA2] * a[j] + (1 - param[BETA2]) * g[j] * g[j];
		rate[j] = length / (sqrt(a[j]) + param[EPS]);
		p = -rate[j] * m[j];
		x[j] += p;
		pp += p * p;
		pg += p * g[j];
	}
	if (!(pg < 0))
		return;
	e = pp / -pg;
	*lambda = param[BETA2] * *lambda + (1 - param[BETA2]) * e;
	mean = *lambda / known;
	if (t > 1 && fabs(mean - e) < param[TOL]) {
		*final = mean;
		for (size_t j = 0; j < run->d; j++)
			m[j] = 0;
	}
}

static int move(rate_run *run, const double *g)
{
	for (size_t r = 0; r < run->nrep; r++) {
		double *x = run->state[X] + r * run->ld, *m = run->state[M] + r * run->ld;
		double *rate = run->state[RATE] + r * run->ld;
		double final = run->state[SWITCHED][r * run->ld], beta1 = run->param[BETA1];
		const double *gr = g + r * run->ld;

		if (!(final > 0)) {
			adam(run, r, gr, rate);
			continue;
		}
		for (size_t j = 0; j < run->d; j++) {
			m[j] = beta1 * m[j] + gr[j];
			rate[j] = final;
			x[j] -= (1 - beta1) * final * m[j];
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
	[BETA1] = { "beta1", RATE_REAL, "0.9", 0, 0.9999999, NULL, "memory of the gradient" },
	[BETA2] = { "beta2", RATE_REAL, "0.999", 1e-9, 0.9999999, NULL, "memory of its square, and of the estimate" },
	[EPS] = { "eps", RATE_REAL, "1e-8", 1e-300, 1e100, NULL, "added to the root" },
	[TOL] = { "tol", RATE_REAL, "1e-9", 0, 1e100, NULL, "switch when mean and estimate differ by less" },
};
static const rate_state state[] = {
	[X] = { "x", 0, "the iterate" }, [M] = { "m", 0, "mean of g; after the switch the velocity" },
	[A] = { "a", 0, "mean of g^2" }, [RATE] = { "rate", 0, "step size of each coordinate in the last step" },
	[ESTIMATE] = { "lambda", 1, "mean of the estimates" },
	[SWITCHED] = { "Lambda", 1, "step size of gradient descent; 0 before the switch" },
};
static const char *const schedules[] = { "gamma" };

#define SWATS .size = sizeof(rate_method), .abi = RATE_ABI, .params = RATE_ROWS(params), .state = RATE_ROWS(state), \
	.schedules = RATE_LIST(schedules), .scratch = 1, \
	.source = "Keskar and Socher, Improving Generalization Performance by Switching from Adam to SGD, 2017"

static const rate_method swats = { SWATS,
	.id = "swats", .title = "SWATS",
	.summary = "Adam, then gradient descent with the step size that Adam's steps suggest",
	.step = step };
static const rate_method stochastic = { SWATS,
	.id = "stochastic-swats", .title = "stochastic SWATS", .summary = "swats with the gradients of random terms",
	.flags = RATE_STOCHASTIC, .step = stochastic_step };

static const rate_method *const methods[] = { &swats, &stochastic };
RATE_PLUGIN("swats", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
