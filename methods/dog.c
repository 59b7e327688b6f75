/* Distance over gradients: steps r_t/H_t with r_t = max(r_eps, max_{s<=t} |x_s - x_0|), S_t = sum_{s<=t} |g_s|^2 and
 *
 *     dog    H_t = sqrt S_t
 *     tdog   H_t = sqrt(6 S_t) (1 + ln(S_t/S_0)), tamed: the path stays within 3 |x_0 - x_star|
 *
 * They take no steps from the theorem. While S_t = 0 the point stays, and S_0 is the first |g|^2 that is not 0.
 *
 *     ratecheck verify tdog-deterministic --method tdog
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, START, R, S, FIRST };
enum { R_EPS };

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[START]);
	return RATE_OK;
}

static double plain(double sum, double first)
{
	(void)first;
	return sqrt(sum);
}

static double tamed(double sum, double first)
{
	return sqrt(6 * sum) * (1 + log(sum / first));
}

/* r and S of replicate r, given |x - x_0|^2 and |g|^2; the negative step is returned. */
static double rate_of(rate_run *run, size_t r, double moved2, double g2, double (*divisor)(double, double))
{
	double *far = rate_row(run, run->state[R], r), *sum = rate_row(run, run->state[S], r);
	double *first = rate_row(run, run->state[FIRST], r);

	*far = fmax(fmax(*far, run->param[R_EPS]), sqrt(moved2));
	*sum += g2;
	if (*first == 0)
		*first = g2;
	return *sum > 0 ? -*far / divisor(*sum, *first) : 0;
}

static int step(rate_run *run, double (*divisor)(double, double))
{
	double *x = run->state[X], *g = run->scratch[0], *way = run->scratch[1], *rate = run->scratch[2],
	       *g2 = run->scratch[3];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_copy(run, x, way);
	rate_axpy(run, -1, run->state[START], way);
	rate_dot(run, way, way, rate);
	rate_dot(run, g, g, g2);
	for (size_t r = 0; r < run->nrep; r++)
		rate[r] = rate_of(run, r, rate[r], g2[r], divisor);
	rate_axpy_rows(run, rate, g, x);
	return RATE_OK;
}

static int dog_step(rate_run *run)
{
	return step(run, plain);
}

static int tdog_step(rate_run *run)
{
	return step(run, tamed);
}

static const rate_param params[] = { { "r_eps", RATE_REAL, "1e-6", 1e-100, 1e100, NULL,
	                               "first guess of the distance" } };
static const rate_state state[] = { { "x", 0, "the iterate" },
	                            { "start", 0, "x_0" },
	                            { "r", 1, "largest |x_s - x_0|, or r_eps" },
	                            { "S", 1, "sum of |g|^2" },
	                            { "first", 1, "the first |g|^2" } };

#define DOG .size = sizeof(rate_method), .abi = RATE_ABI, \
	.source = "Ivgi, Hinder and Carmon 2023", .flags = RATE_SPAN, \
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .scratch = 4, .start = start

static const rate_method dog = { DOG,
	.id = "dog", .title = "distance over gradients", .summary = "gradient steps max |x_s - x_0|/sqrt(sum of |g|^2)",
	.step = dog_step };
static const rate_method tdog = { DOG,
	.id = "tdog", .title = "tamed distance over gradients",
	.summary = "dog with steps that are shorter by a logarithm",
	.step = tdog_step };

static const rate_method *const methods[] = { &dog, &tdog };
RATE_PLUGIN("dog", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
