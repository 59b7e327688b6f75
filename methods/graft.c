/* Grafting: the length of the gradient step, the direction of a preconditioned one.
 *
 *     x <- x - gamma |g| P g/|P g|,     g = grad f(x)
 *
 * P is diagonal: with adagrad=1 it is diagonal AdaGrad's, diag((eps + S)^(-1/2)) with S the sum of g^2; with
 * adagrad=0 it is fixed, and its entries go geometrically from 1 to `ratio`. No move where g = 0.
 *
 *     ratecheck verify graft-descent --objective logistic:data=breast-cancer,ridge=0.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

#include <math.h>

enum { EPS, ADAGRAD, RATIO };
enum { X, P, S };

static int step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[0];
	int adagrad = run->param[ADAGRAD] > 0;

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		const double *gr = g + r * run->ld;
		double *xr = x + r * run->ld, *p = run->state[P] + r * run->ld, *s = run->state[S] + r * run->ld;
		double g2 = 0, pg2 = 0, factor;

		for (size_t j = 0; j < run->d; j++) {
			s[j] += gr[j] * gr[j];
			p[j] = adagrad ? 1 / sqrt(run->param[EPS] + s[j])
			               : pow(run->param[RATIO], run->d > 1 ? (double)j / (double)(run->d - 1) : 0);
			g2 += gr[j] * gr[j];
			pg2 += p[j] * gr[j] * p[j] * gr[j];
		}
		factor = pg2 > 0 ? run->gamma * sqrt(g2 / pg2) : 0;
		for (size_t j = 0; j < run->d; j++)
			xr[j] -= factor * p[j] * gr[j];
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[EPS] = { "eps", RATE_REAL, "1", 1e-100, 1e100, NULL, "of AdaGrad's (eps + S)^(-1/2)" },
	[ADAGRAD] = { "adagrad", RATE_INTEGER, "1", 0, 1, NULL, "1: P = diag((eps + S)^(-1/2)); 0: P is fixed" },
	[RATIO] = { "ratio", RATE_REAL, "9", 1e-100, 1e100, NULL, "fixed P: from 1 to this, geometrically" },
};
static const rate_state state[] = { { "x", 0, "the iterate" }, { "P", 0, "the diagonal of P in the last step" },
	                                { "S", 0, "sum of g^2" } };
static const char *const schedules[] = { "gamma" };

static const rate_method graft = {
	.size = sizeof graft, .abi = RATE_ABI, .id = "graft", .title = "grafted preconditioner",
	.summary = "x <- x - gamma |g| Pg/|Pg|, P diagonal",
	.source = "Anil, Gupta, Koren, Regan and Singer, Scalable Second Order Optimization for Deep Learning, 2020",
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1,
	.step = step,
};

static const rate_method *const methods[] = { &graft };
RATE_PLUGIN("graft", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
