/* Mirror descent: a step on the gradients of a strictly convex h, the mirror map,
 *
 *     grad h(x+) = grad h(x) - gamma_t g,  then onto the feasible set in the distance that h makes
 *
 *     map=euclidean   h = |x|^2/2                    x <- P(x - gamma g), projected gradient descent
 *     map=entropy     h = sum x_i ln x_i             x_i <- x_i exp(-gamma g_i)/sum of the same: on the simplex
 *     map=orthant     the same h without the simplex x_i <- x_i exp(-gamma g_i): on x > 0
 *     map=burg        h = -sum ln x_i                1/x_i <- 1/x_i + gamma g_i: on x > 0
 *     map=p-norm      h = |x|_p^2/2, 1 < p <= 2      p near 1: sparse solutions in many dimensions
 *     map=hypentropy  h'' = 1/sqrt(x^2 + beta^2)     x_i <- beta sinh(asinh(x_i/beta) - gamma g_i)
 *
 * mirror-descent takes g = grad f(x), stochastic-mirror-descent the gradient of a random term (of round t of an online
 * problem). mirror-entropy and hedge, multiplicative weights, are the two with map=entropy. A weight that is 0 stays 0.
 * Only the first two know feasible sets; the others stop with an error where the next point is not in it.
 *
 *     ratecheck verify md-entropy --objective simplex-linear:n=50,costs=-1/1 --method mirror-descent
 *     ratecheck verify gd-convex-smooth --method mirror-descent:map=p-norm,p=1.5 --objective quadratic:d=20
 *     ratecheck verify hedge-regret
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { MAP, P, BETA };
enum { EUCLIDEAN, ENTROPY, ORTHANT, BURG, P_NORM, HYPENTROPY };

/* ---- One row each: 0, or what is wrong ---- */

static const char *euclidean(const rate_run *run, const double *g, double *x)
{
	for (size_t j = 0; j < run->d; j++)
		x[j] -= run->gamma * g[j];
	return NULL;
}

/* The largest exponent is taken off first, so that nothing overflows. */
static const char *entropy(const rate_run *run, const double *g, double *x)
{
	double least = HUGE_VAL, sum = 0;

	for (size_t j = 0; j < run->d; j++)
		if (x[j] > 0)
			least = fmin(least, g[j]);
	for (size_t j = 0; j < run->d; j++) {
		x[j] = x[j] > 0 ? x[j] * exp(-run->gamma * (g[j] - least)) : 0;
		sum += x[j];
	}
	for (size_t j = 0; j < run->d; j++)
		x[j] /= sum;
	return sum > 0 ? NULL : "map=entropy needs a start with positive entries, on the simplex";
}

static const char *orthant(const rate_run *run, const double *g, double *x)
{
	for (size_t j = 0; j < run->d; j++) {
		if (!(x[j] > 0))
			return "map=orthant needs a start with positive entries";
		x[j] *= exp(-run->gamma * g[j]);
	}
	return NULL;
}

static const char *burg(const rate_run *run, const double *g, double *x)
{
	for (size_t j = 0; j < run->d; j++) {
		double bend = 1 + run->gamma * g[j] * x[j];

		if (!(x[j] > 0))
			return "map=burg needs a start with positive entries";
		if (!(bend > 0))
			return "map=burg: 1/x + gamma g is not positive, there is no next point: take shorter steps";
		x[j] /= bend;
	}
	return NULL;
}

/* y_i = sign(x_i) |x_i|^(p-1) |x|_p^(2-p), the gradient of |x|_p^2/2; its inverse is the same with p/(p - 1). */
static void gradient_of_norm(size_t d, double p, double *x)
{
	double largest = 0, sum = 0, norm;

	for (size_t j = 0; j < d; j++)
		largest = fmax(largest, fabs(x[j]));
	if (!(largest > 0) || p == 2)
		return;
	for (size_t j = 0; j < d; j++)
		sum += pow(fabs(x[j]) / largest, p);
	norm = largest * pow(sum, 1 / p);
	for (size_t j = 0; j < d; j++)
		x[j] = copysign(norm * pow(fabs(x[j]) / norm, p - 1), x[j]);
}

static const char *p_norm(const rate_run *run, const double *g, double *x)
{
	double p = run->param[P];

	gradient_of_norm(run->d, p, x);
	euclidean(run, g, x);
	gradient_of_norm(run->d, p / (p - 1), x);
	return NULL;
}

static const char *hypentropy(const rate_run *run, const double *g, double *x)
{
	double beta = run->param[BETA];

	for (size_t j = 0; j < run->d; j++)
		x[j] = beta * sinh(asinh(x[j] / beta) - run->gamma * g[j]);
	return NULL;
}

typedef const char *(*mirror)(const rate_run *run, const double *g, double *x);
static const mirror mirrors[] = {
	[EUCLIDEAN] = euclidean, [ENTROPY] = entropy, [ORTHANT] = orthant,
	[BURG] = burg, [P_NORM] = p_norm, [HYPENTROPY] = hypentropy,
};

/* ---- A step ---- */

static int move(rate_run *run, int map, const double *g)
{
	double *x = run->state[0], *there = run->scratch[1];

	for (size_t r = 0; r < run->nrep; r++) {
		const char *wrong = mirrors[map](run, g + r * run->ld, rate_row(run, x, r));

		if (wrong)
			return (run->call->fail)(run, "%s", wrong);
	}
	if (map == EUCLIDEAN)
		return rate_project(run, x);
	if (map == ENTROPY)
		return RATE_OK;
	rate_copy(run, x, there);
	if (rate_project(run, there))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		if (i % run->ld < run->d && !(fabs(there[i] - x[i]) <= 1e-12 * fabs(x[i])))
			return (run->call->fail)(run, "the step leaves the feasible set, which this map does not "
			                              "know; take map=euclidean or map=entropy");
	return RATE_OK;
}

static int whole(rate_run *run, int map)
{
	return rate_gradient(run, run->state[0], run->scratch[0]) ? RATE_FAIL : move(run, map, run->scratch[0]);
}

static int drawn(rate_run *run, int map)
{
	const rate_sample *s = rate_draw(run, 0, 1);

	return !s || rate_sample_gradient(run, s, run->state[0], run->scratch[0])
	    ? RATE_FAIL : move(run, map, run->scratch[0]);
}

static int step(rate_run *run)
{
	return whole(run, (int)run->param[MAP]);
}

static int stochastic_step(rate_run *run)
{
	return drawn(run, (int)run->param[MAP]);
}

static int entropy_step(rate_run *run)
{
	return whole(run, ENTROPY);
}

static int hedge_step(rate_run *run)
{
	return drawn(run, ENTROPY);
}

static const rate_param params[] = {
	[MAP] = { "map", RATE_CHOICE, "entropy", 0, 0, "euclidean|entropy|orthant|burg|p-norm|hypentropy",
	          "the mirror map" },
	[P] = { "p", RATE_REAL, "1.5", 1.001, 2, NULL, "of map=p-norm" },
	[BETA] = { "beta", RATE_REAL, "1", 1e-100, 1e100, NULL, "of map=hypentropy" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

#define MIRROR .size = sizeof(rate_method), .abi = RATE_ABI, \
	.source = "Nemirovski and Yudin 1983; Beck and Teboulle 2003", \
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2

static const rate_method descent = { MIRROR,
	.id = "mirror-descent", .title = "mirror descent",
	.summary = "grad h(x+) = grad h(x) - gamma g, with a choice of mirror maps h",
	.flags = RATE_NEEDS_PROJECTION, .params = RATE_ROWS(params), .step = step };
static const rate_method stochastic = { MIRROR,
	.id = "stochastic-mirror-descent", .title = "stochastic mirror descent",
	.summary = "mirror-descent with the gradient of a random term, or of the loss of the round",
	.flags = RATE_NEEDS_PROJECTION | RATE_STOCHASTIC, .params = RATE_ROWS(params), .step = stochastic_step };
static const rate_method with_entropy = { MIRROR,
	.id = "mirror-entropy", .title = "mirror descent with the entropy",
	.summary = "x_i <- x_i exp(-gamma g_i), made to sum to 1",
	.flags = RATE_NEEDS_PROJECTION, .step = entropy_step };
static const rate_method hedge = { .size = sizeof hedge, .abi = RATE_ABI,
	.id = "hedge", .title = "multiplicative weights",
	.summary = "x_i <- x_i exp(-gamma l_i), made to sum to 1, l the losses of the round",
	.source = "Littlestone and Warmuth 1994; Freund and Schapire 1997",
	.flags = RATE_NEEDS_PROJECTION | RATE_STOCHASTIC,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2, .step = hedge_step };

static const rate_method *const methods[] = { &descent, &stochastic, &with_entropy, &hedge };
RATE_PLUGIN("mirror-descent", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
