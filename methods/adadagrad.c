/* AdAdaGrad: AdaGrad-norm with batches as large as the norm test asks for. At x, with the gradients g_1, ..., g_n of
 * all terms, their mean g and V = (1/n) sum |g_i - g|^2,
 *
 *     b = ceil(n V/(V + (n - 1) theta^2 |g|^2)),  1 if V = 0      the smallest with E |g_B|^2 <= (1 + theta^2) |g|^2
 *     S <- S + |g_B|^2,  x <- x - gamma_t g_B/sqrt S,             S = b0^2 at the start
 *
 * where g_B is the mean over b terms drawn without replacement. The state `batch` keeps b. The test is exact: it
 * evaluates all n <= 128 gradients, which the paper estimates from the batch itself. For the whole space.
 *
 *     ratecheck verify adadagrad-divisor --objective least-squares:n=30,d=5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { X, S, BATCH };
enum { THETA, B0 };
enum { MOST = 128, AT_ONCE = 8 }; /* uniforms: a block holds 8 for each replicate */

static int start(rate_run *run)
{
	if (!run->n || run->n > MOST)
		return (run->call->fail)(run, "adadagrad-norm: a sum of at most %d terms, not %zu", MOST, run->n);
	for (size_t r = 0; r < run->nrep; r++)
		*rate_row(run, run->state[S], r) = run->param[B0] * run->param[B0];
	return RATE_OK;
}

/* The batch that passes, from the mean of the gradients in `mean` and n V in total. A quotient that is a whole number
 * but for rounding is that number. */
static double smallest_batch(const rate_run *run, const double *mean, double total)
{
	double n = (double)run->n, g2 = 0, V = total / n;

	for (size_t j = 0; j < run->d; j++)
		g2 += mean[j] * mean[j];
	if (!(V > 0))
		return 1;
	return fmax(1, ceil(n * V / (V + (n - 1) * run->param[THETA] * run->param[THETA] * g2) * (1 - 1e-13)));
}

static int step(rate_run *run)
{
	double *x = run->state[X], *mean = run->scratch[0], *total = run->scratch[1], *g = run->scratch[2],
	       *u = run->scratch[3], *left = total;
	size_t n = run->n, d = run->d, ld = run->ld;

	memset(mean, 0, run->nrep * ld * sizeof *mean);
	memset(total, 0, run->nrep * ld * sizeof *total);
	for (size_t i = 0; i < n; i++) { /* the mean and n V in one pass */
		const rate_sample *term = run->call->component(run, i);

		if (!term || rate_sample_gradient(run, term, x, g))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++)
			for (size_t j = r * ld; j < r * ld + d; j++) {
				double change = g[j] - mean[j];

				mean[j] += change / (double)(i + 1);
				total[r * ld] += change * (g[j] - mean[j]);
			}
	}
	for (size_t r = 0; r < run->nrep; r++) {
		left[r * ld] = run->state[BATCH][r * ld] = smallest_batch(run, mean + r * ld, total[r * ld]);
		memset(mean + r * ld, 0, d * sizeof *mean);
	}
	/* Term i joins with the probability that a batch of b has of holding it, given what was taken before. */
	for (size_t i = 0; i < n; i++) {
		const rate_sample *term = run->call->component(run, i);

		if (i % AT_ONCE == 0 && run->call->uniforms(run, (uint32_t)(i / AT_ONCE), AT_ONCE, u))
			return RATE_FAIL;
		if (!term || rate_sample_gradient(run, term, x, g))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++) {
			if (!(u[r * AT_ONCE + i % AT_ONCE] * (double)(n - i) < left[r * ld]))
				continue;
			left[r * ld]--;
			for (size_t j = 0; j < d; j++)
				mean[r * ld + j] += g[r * ld + j] / run->state[BATCH][r * ld];
		}
	}
	rate_dot(run, mean, mean, g);
	for (size_t r = 0; r < run->nrep; r++) {
		double *sum = rate_row(run, run->state[S], r);

		*sum += g[r];
		g[r] = *sum > 0 ? -run->gamma / sqrt(*sum) : 0;
	}
	rate_axpy_rows(run, g, mean, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[THETA] = { "theta", RATE_REAL, "1", 1e-6, 1e6, NULL, "noise that the test allows, relative to the gradient" },
	[B0] = { "b0", RATE_REAL, "0", 0, 1e100, NULL, "the root of S at the start" },
};
static const rate_state state[] = {
	[X] = { "x", 0, "the iterate" }, [S] = { "S", 1, "b0^2 + sum of |g_B|^2" },
	[BATCH] = { "batch", 1, "terms in the last batch" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method adadagrad = {
	.size = sizeof adadagrad, .abi = RATE_ABI, .id = "adadagrad-norm", .title = "AdAdaGrad-norm",
	.summary = "AdaGrad-norm with the smallest batch that passes the norm test",
	.source = "Lau, Liu and Kolar, AdAdaGrad: adaptive batch size schemes for adaptive gradient methods, 2024",
	.flags = RATE_SPAN | RATE_STOCHASTIC | RATE_OWN_DRAWS, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 4, .start = start, .step = step,
};

static const rate_method *const methods[] = { &adadagrad };
RATE_PLUGIN("adadagrad", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
