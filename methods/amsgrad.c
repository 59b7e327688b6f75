/* amsgrad: Adam with a running maximum of the second moment (Reddi, Kale & Kumar 2018), without bias correction.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     m <- beta1 m + (1 - beta1) g,  v <- beta2 v + (1 - beta2) g^2,  vhat <- max(vhat, v),
 *     x <- P(x - gamma_t m/sqrt(vhat)),
 *
 * all by coordinates, 0/0 = 0. P projects onto the feasible set. Of an online problem round t gives g; of a finite sum a
 * random term.
 *
 *     ratecheck verify amsgrad-regret
 */
#include "ratecheck/method.h"

#include <math.h>

enum { BETA1, BETA2 };
static const rate_param params[] = {
	[BETA1] = { "beta1", RATE_REAL, "0.9", 0, 0.999999, NULL, "memory of the gradient" },
	[BETA2] = { "beta2", RATE_REAL, "0.999", 0, 0.999999, NULL, "memory of its square" },
};

enum { X, M, V, VHAT };
static const rate_state state[] = {
	[X] = { "x", 0, "iterate" },
	[M] = { "m", 0, "average of the gradients" },
	[V] = { "v", 0, "average of their squares" },
	[VHAT] = { "vhat", 0, "largest v so far" },
};

static int step(rate_run *run)
{
	const double b1 = run->param[BETA1], b2 = run->param[BETA2];
	double *g = run->scratch[0];
	const rate_sample *s = run->n ? rate_draw(run, 0, 1) : run->call->component(run, run->t);

	if (!s || rate_sample_gradient(run, s, run->state[X], g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		const double *gr = rate_row(run, g, r);
		double *x = rate_row(run, run->state[X], r), *m = rate_row(run, run->state[M], r);
		double *v = rate_row(run, run->state[V], r), *vhat = rate_row(run, run->state[VHAT], r);

		for (size_t i = 0; i < run->d; i++) {
			m[i] = b1 * m[i] + (1 - b1) * gr[i];
			v[i] = b2 * v[i] + (1 - b2) * gr[i] * gr[i];
			vhat[i] = fmax(vhat[i], v[i]);
			if (vhat[i] > 0)
				x[i] -= run->gamma * m[i] / sqrt(vhat[i]);
		}
	}
	return rate_project(run, run->state[X]);
}

static const char *const schedules[] = { "gamma" };

static const rate_method amsgrad = { .size = sizeof amsgrad,
	.abi = RATE_ABI,
	.id = "amsgrad",
	.title = "AMSGrad",
	.summary = "Adam whose steps do not grow: it divides by the largest second moment so far",
	.source = "Reddi, Kale & Kumar, On the Convergence of Adam and Beyond, ICLR 2018",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_PROJECTION,
	.params = RATE_ROWS(params),
	.state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules),
	.scratch = 1,
	.step = step };
static const rate_method *const methods[] = { &amsgrad };
RATE_PLUGIN("amsgrad", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
