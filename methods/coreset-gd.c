/* Gradient descent on the gradients of a coreset: at x_t all gradients G_i of terms are computed, k medoids S of them
 * are chosen greedily, and x <- x - gamma (1/n) sum_{j in S} w_j G_j, w_j the number of terms whose nearest medoid is
 * j.
 *
 * Greedily: k times the j that lowers sum_i min_{l in S + j} |G_i - G_l| most (the first of several). The state eps
 * keeps (1/n) sum_i |G_i - its medoid|, which bounds the error of the direction, and what rounding adds to that where
 * the G_i cancel. Deterministic; at most 64 terms.
 *
 *     ratecheck verify coreset-gd --objective centres:b=0/1/10/11
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { LARGEST = 64 };
#define ROUNDING 0x1p-46 /* of a sum of 64 terms, relative */

struct terms {
	size_t n;
	double apart[LARGEST][LARGEST], nearest[LARGEST];
	size_t medoid[LARGEST];
};

static double distance(size_t d, const double *x, const double *y)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += (x[j] - y[j]) * (x[j] - y[j]);
	return sqrt(sum);
}

static double norm(size_t d, const double *x)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += x[j] * x[j];
	return sqrt(sum);
}

/* The next medoid. Terms go to it if it is nearer than all before. */
static void add(struct terms *m)
{
	size_t best = 0;
	double least = INFINITY;

	for (size_t j = 0; j < m->n; j++) {
		double sum = 0;

		for (size_t i = 0; i < m->n; i++)
			sum += fmin(m->nearest[i], m->apart[i][j]);
		if (sum < least) {
			least = sum;
			best = j;
		}
	}
	for (size_t i = 0; i < m->n; i++)
		if (m->apart[i][best] < m->nearest[i]) {
			m->nearest[i] = m->apart[i][best];
			m->medoid[i] = best;
		}
}

static int step(rate_run *run)
{
	double *x = run->state[0], *eps = run->state[1];
	struct terms m;

	m.n = run->n;
	if (!run->n || run->n > LARGEST)
		return (run->call->fail)(run, "coreset-gd needs a finite sum of at most %d terms", LARGEST);
	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *s = run->call->component(run, i);

		if (!s || rate_sample_gradient(run, s, x, run->scratch[i]))
			return RATE_FAIL;
	}
	for (size_t r = 0; r < run->nrep; r++) {
		for (size_t i = 0; i < run->n; i++) {
			m.nearest[i] = INFINITY;
			m.medoid[i] = i; /* where distances overflow, none is nearest */
			for (size_t j = 0; j < run->n; j++)
				m.apart[i][j] = distance(run->d, rate_row(run, run->scratch[i], r),
				                         rate_row(run, run->scratch[j], r));
		}
		for (size_t k = 0; k < (size_t)run->param[0] && k < run->n; k++)
			add(&m);
		*rate_row(run, eps, r) = 0;
		for (size_t i = 0; i < run->n; i++) {
			const double *G = rate_row(run, run->scratch[m.medoid[i]], r);

			*rate_row(run, eps, r) += (m.nearest[i] + ROUNDING * norm(run->d, G)) / (double)run->n;
			for (size_t j = 0; j < run->d; j++)
				rate_row(run, x, r)[j] -= run->gamma / (double)run->n * G[j];
		}
	}
	return RATE_OK;
}

static const rate_param params[] = { { "k", RATE_INTEGER, "2", 1, LARGEST, NULL, "size of the coreset" } };
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "eps", 1, "mean distance of a gradient from its medoid" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method coreset_gd = {
	.size = sizeof coreset_gd, .abi = RATE_ABI, .id = "coreset-gd", .title = "gradient descent on a coreset",
	.summary = "x <- x - gamma (1/n) sum w_j G_j over k greedily chosen gradients",
	.source = "Yang, Kang and Mirzasoleiman, arXiv:2306.01244", .params = RATE_ROWS(params),
	.state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = LARGEST, .step = step,
};

static const rate_method *const methods[] = { &coreset_gd };
RATE_PLUGIN("coreset-gd", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
