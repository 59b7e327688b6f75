/* Momentum that does not lag. An average v of past gradients is one of old points; two ways to bring it along:
 *
 *     igt, nigt   v <- (1 - a) v + a g(x + ((1 - a)/a)(x - x_previous))       (implicit gradient transport)
 *     harpg       v <- (1 - a)(v + H(y)(x - x_previous)) + a g(x)             (Hessian correction)
 *
 * with y uniform on the segment from x_previous to x, H the Hessian of f and v = g(x_0) at first. igt moves by x <- x -
 * gamma_t v; nigt and harpg (unless normalised=0) by x <- x - gamma_t v/|v|, and stay where v = 0. a = 1 is SGD. The
 * extrapolated point is where the new gradient makes up for the age of the old ones: on a quadratic v is unbiased.
 *
 *     ratecheck verify nigt --objective logistic:n=60,d=5,ridge=0.05
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, PREVIOUS, V };
enum { A, BATCH, AHEAD, NORMALISED = AHEAD };
enum { G, AT, WORK, FEW }; /* scratch; the last: a number a row */

static int start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[PREVIOUS]);
	return RATE_OK;
}

/* out <- x + c (x - x_previous) */
static void extrapolate(rate_run *run, double c, double *out)
{
	rate_copy(run, run->state[X], out);
	rate_scale(run, 1 + c, out);
	rate_axpy(run, -c, run->state[PREVIOUS], out);
}

static void move(rate_run *run, int normalised)
{
	double *x = run->state[X], *v = run->state[V], *length = run->scratch[FEW];

	rate_copy(run, x, run->state[PREVIOUS]);
	if (!normalised) {
		rate_axpy(run, -run->gamma, v, x);
		return;
	}
	rate_dot(run, v, v, length);
	for (size_t r = 0; r < run->nrep; r++)
		length[r] = length[r] > 0 ? -run->gamma / sqrt(length[r]) : 0;
	rate_axpy_rows(run, length, v, x);
}

static int transport(rate_run *run, int normalised)
{
	double *v = run->state[V], *g = run->scratch[G], *at = run->scratch[AT], a = run->t ? run->param[A] : 1;
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	extrapolate(run, run->param[AHEAD] != 0 ? (1 - a) / a : 0, at);
	if (!s || rate_sample_gradient(run, s, at, g))
		return RATE_FAIL;
	rate_scale(run, 1 - a, v);
	rate_axpy(run, a, g, v);
	move(run, normalised);
	return RATE_OK;
}

static int step_igt(rate_run *run)
{
	return transport(run, 0);
}

static int step_nigt(rate_run *run)
{
	return transport(run, 1);
}

/* v <- v + H(y)(x - x_previous); where all of v is forgotten no y is drawn. */
static int correct(rate_run *run)
{
	double *moved = run->scratch[G], *y = run->scratch[AT], *u = run->scratch[FEW];

	extrapolate(run, 0, moved);
	rate_axpy(run, -1, run->state[PREVIOUS], moved);
	if (run->call->uniforms(run, 1, 1, u))
		return RATE_FAIL;
	rate_copy(run, run->state[PREVIOUS], y);
	rate_axpy_rows(run, u, moved, y);
	if (run->call->hessian_product(run, y, moved, run->scratch[WORK]))
		return RATE_FAIL;
	rate_axpy(run, 1, run->scratch[WORK], run->state[V]);
	return RATE_OK;
}

static int step_harpg(rate_run *run)
{
	double *v = run->state[V], *g = run->scratch[G], a = run->t ? run->param[A] : 1;
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s || (a < 1 && correct(run)) || rate_sample_gradient(run, s, run->state[X], g))
		return RATE_FAIL;
	rate_scale(run, 1 - a, v);
	rate_axpy(run, a, g, v);
	move(run, run->param[NORMALISED] != 0);
	return RATE_OK;
}

#define WEIGHT { "a", RATE_REAL, "0.1", 1e-6, 1, NULL, "weight of the new gradient" }
#define DRAWN { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" }
static const rate_param params_transport[] = {
	[A] = WEIGHT,
	[BATCH] = DRAWN,
	[AHEAD] = { "ahead", RATE_INTEGER, "1", 0, 1, NULL, "0: gradients at x, plain momentum" },
};
static const rate_param params_harpg[] = {
	[A] = WEIGHT,
	[BATCH] = DRAWN,
	[NORMALISED] = { "normalised", RATE_INTEGER, "1", 0, 1, NULL, "1: steps of the length gamma; 0: gamma v" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "previous", 0, "the iterate before" },
	{ "v", 0, "the average of gradients, of the point before" },
};
static const char *const schedules[] = { "gamma" };

#define COMMON \
	.size = sizeof(rate_method), .abi = RATE_ABI, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), \
	.scratch = 4, .start = start, \
	.source = "Fatkhullin, Barakat, Kireeva and He, Stochastic policy gradient methods: improved sample " \
	          "complexity for Fisher-non-degenerate policies, 2023; transport: Arnold et al. 2019"

static const rate_method igt = {
	COMMON, .params = RATE_ROWS(params_transport), .id = "igt", .title = "implicit gradient transport",
	.summary = "v <- (1 - a) v + a g(x + (1 - a)/a (x - x_previous)), x <- x - gamma v",
	.flags = RATE_STOCHASTIC, .step = step_igt,
};
static const rate_method nigt = {
	COMMON, .params = RATE_ROWS(params_transport), .id = "nigt", .title = "normalised implicit gradient transport",
	.summary = "v <- (1 - a) v + a g(x + (1 - a)/a (x - x_previous)), x <- x - gamma v/|v|",
	.flags = RATE_STOCHASTIC, .step = step_nigt,
};
static const rate_method harpg = {
	COMMON, .id = "harpg", .title = "momentum with a Hessian correction (HARPG)",
	.summary = "v <- (1 - a)(v + H(y)(x - x_previous)) + a g(x), x <- x - gamma v/|v|",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS | RATE_NEEDS_HESSIAN,
	.params = RATE_ROWS(params_harpg), .step = step_harpg,
};

static const rate_method *const methods[] = { &igt, &nigt, &harpg };
RATE_PLUGIN("igt", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
