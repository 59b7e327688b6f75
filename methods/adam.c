/* Adam and its kin for online problems and random terms, coordinate by coordinate (0/0 = 0), without bias correction:
 *
 *     m <- beta1_t m + (1 - beta1_t) g,  v <- beta2 v + (1 - beta2) g^2,  x <- P(x - rate m),
 *
 * g the gradient at x of the loss of round t, or of a random term. They differ in the rate:
 *
 *     adam      gamma_t/(sqrt v + eps)
 *     amsgrad   gamma_t/(sqrt vhat + eps), vhat the running maximum of v
 *     diffgrad  that of adam times 1/(1 + exp(-|g - g of the step before|))
 *     adamod    that of adam, but at most its running mean s <- beta3 s + (1 - beta3) gamma_t/(sqrt v + eps)
 *
 * eps is 0 in the theorems; libraries have 1e-8. Bias correction is the factor sqrt(1 - beta2^(t+1))/(1 -
 * beta1^(t+1)) of gamma_t, and so is left to the schedule (libraries correct v before eps is added).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, M, V, KEPT };      /* states */
enum { BETA2, EPS, BETA3 };  /* parameters */
enum { GAMMA, BETA1 };       /* schedules */

static double adam_rate(const rate_run *run, double v, double g, double *kept)
{
	double size = sqrt(v) + run->param[EPS];

	(void)g;
	(void)kept;
	return size > 0 ? run->gamma / size : 0;
}

static double amsgrad_rate(const rate_run *run, double v, double g, double *kept)
{
	*kept = fmax(*kept, v);
	return adam_rate(run, *kept, g, kept);
}

static double diffgrad_rate(const rate_run *run, double v, double g, double *kept)
{
	double friction = 1 / (1 + exp(-fabs(g - *kept)));

	*kept = g;
	return friction * adam_rate(run, v, g, kept);
}

static double adamod_rate(const rate_run *run, double v, double g, double *kept)
{
	double rate = adam_rate(run, v, g, kept), b3 = run->param[BETA3];

	*kept = b3 * *kept + (1 - b3) * rate;
	return fmin(rate, *kept);
}

typedef double rate_rule(const rate_run *run, double v, double g, double *kept);

static int step(rate_run *run, rate_rule *rate, double *kept)
{
	double *x = run->state[X], *m = run->state[M], *v = run->state[V], *g = run->scratch[0];
	double b1 = run->schedule[BETA1], b2 = run->param[BETA2];
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		m[i] = b1 * m[i] + (1 - b1) * g[i];
		v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
		x[i] -= rate(run, v[i], g[i], kept + i) * m[i];
	}
	return rate_project(run, x);
}

static int adam_step(rate_run *run)
{
	return step(run, adam_rate, run->state[V]); /* keeps nothing */
}

static int amsgrad_step(rate_run *run)
{
	return step(run, amsgrad_rate, run->state[KEPT]);
}

static int diffgrad_step(rate_run *run)
{
	return step(run, diffgrad_rate, run->state[KEPT]);
}

static int adamod_step(rate_run *run)
{
	return step(run, adamod_rate, run->state[KEPT]);
}

#define MOMENTS { "x", 0, "the iterate" }, { "m", 0, "mean of g" }, { "v", 0, "mean of g^2" }
static const rate_state adam_state[] = { MOMENTS };
static const rate_state amsgrad_state[] = { MOMENTS, { "vhat", 0, "running maximum of v" } };
static const rate_state diffgrad_state[] = { MOMENTS, { "before", 0, "g of the step before" } };
static const rate_state adamod_state[] = { MOMENTS, { "s", 0, "running mean of the rate" } };

#define DECAY { "beta2", RATE_REAL, "0.999", 0, 0.9999999, NULL, "decay of the squared gradients" }, \
	{ "eps", RATE_REAL, "0", 0, 1, NULL, "added to the root of v" }
static const rate_param params[] = { DECAY };
static const rate_param adamod_params[] = { DECAY,
	                                    { "beta3", RATE_REAL, "0.9", 0, 0.9999999, NULL, "decay of the rate" } };
static const char *const schedules[] = { "gamma", "beta1" };

#define ADAM .size = sizeof(rate_method), .abi = RATE_ABI, .flags = RATE_STOCHASTIC | RATE_NEEDS_PROJECTION, \
	.schedules = RATE_LIST(schedules), .scratch = 1

static const rate_method adam = { ADAM,
	.id = "adam", .title = "Adam", .summary = "steps gamma_t m/(sqrt v + eps), by coordinates",
	.source = "Kingma and Ba 2015", .params = RATE_ROWS(params), .state = RATE_ROWS(adam_state),
	.step = adam_step };
static const rate_method amsgrad = { ADAM,
	.id = "amsgrad", .title = "AMSGrad", .summary = "Adam with the running maximum of v",
	.source = "Reddi, Kale and Kumar 2018", .params = RATE_ROWS(params), .state = RATE_ROWS(amsgrad_state),
	.step = amsgrad_step };
static const rate_method diffgrad = { ADAM,
	.id = "diffgrad", .title = "diffGrad", .summary = "Adam, slower where the gradient does not change",
	.source = "Dubey et al. 2020", .params = RATE_ROWS(params), .state = RATE_ROWS(diffgrad_state),
	.step = diffgrad_step };
static const rate_method adamod = { ADAM,
	.id = "adamod", .title = "AdaMod", .summary = "Adam with rates capped by their running mean",
	.source = "Ding et al. 2019", .params = RATE_ROWS(adamod_params), .state = RATE_ROWS(adamod_state),
	.step = adamod_step };

static const rate_method *const methods[] = { &adam, &amsgrad, &diffgrad, &adamod };
RATE_PLUGIN("adam", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
