/* SARAH: v_0 = grad f(x_0), and for t = 0, 1, ...
 *
 *     x_{t+1} = x_t - gamma_t v_t,  v_{t+1} = v_t + grad f_B(x_{t+1}) - grad f_B(x_t),  B a fresh subset of `batch`
 * terms.
 *
 * v is a running sum of differences: it costs one full gradient, at the start, and two of a batch at each step. This
 * is one inner loop; started again at its end it is the whole method.
 *
 * ai-sarah: no step is given. Each step takes the a that makes |v_{t+1}| least for the term i that it has drawn, as
 * if f_i were quadratic: y = grad f_i(x_t) - grad f_i(x_t - v_t), a = <v_t, y>/|y|^2 (0 if y = 0), the
 * Barzilai-Borwein step.
 *
 *     ratecheck verify sarah-inner --objective zero-or-L:p=10
 *     ratecheck verify ai-sarah
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { X, V };
enum { BATCH };

static int start(rate_run *run)
{
	return rate_gradient(run, run->state[X], run->state[V]);
}

/* v <- v + grad f_s(x) - grad f_s(before). */
static int renew(rate_run *run, const rate_sample *s, const double *before, double *work)
{
	double *v = run->state[V];

	if (rate_sample_gradient(run, s, before, work))
		return RATE_FAIL;
	rate_axpy(run, -1, work, v);
	if (rate_sample_gradient(run, s, run->state[X], work))
		return RATE_FAIL;
	rate_axpy(run, 1, work, v);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *before = run->scratch[0], *work = run->scratch[1];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[BATCH]);

	if (!s)
		return RATE_FAIL;
	rate_copy(run, x, before);
	rate_axpy(run, -run->gamma, run->state[V], x);
	return renew(run, s, before, work);
}

static int step_implicit(rate_run *run)
{
	double *x = run->state[X], *v = run->state[V], *before = run->scratch[0], *work = run->scratch[1];
	double *y = run->scratch[2], *a = run->scratch[3], *y2 = run->scratch[4];
	const rate_sample *s = rate_draw(run, 0, 1);

	rate_copy(run, x, before);
	rate_axpy(run, -1, v, x);
	if (!s || rate_sample_gradient(run, s, before, y) || rate_sample_gradient(run, s, x, work))
		return RATE_FAIL;
	rate_axpy(run, -1, work, y);
	rate_dot(run, v, y, a);
	rate_dot(run, y, y, y2);
	for (size_t r = 0; r < run->nrep; r++)
		a[r] = y2[r] > 0 ? -a[r] / y2[r] : 0;
	rate_copy(run, before, x);
	rate_axpy_rows(run, a, v, x);
	return renew(run, s, before, work);
}

static const rate_param params[] = { { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" } };
static const rate_state state[] = { { "x", 0, "the iterate" }, { "v", 0, "the running estimate of the gradient" } };
static const char *const schedules[] = { "gamma" };

static const rate_method sarah = {
	.size = sizeof sarah, .abi = RATE_ABI, .id = "sarah", .title = "SARAH, an inner loop",
	.summary = "x <- x - gamma v, v <- v + grad f_B(new x) - grad f_B(old x)",
	.source = "Nguyen, Liu, Scheinberg and Takac 2017", .flags = RATE_SPAN | RATE_STOCHASTIC,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 2,
	.start = start, .step = step,
};
static const rate_method ai_sarah = {
	.size = sizeof ai_sarah, .abi = RATE_ABI, .id = "ai-sarah", .title = "SARAH with implicit steps",
	.summary = "SARAH; the step makes the next |v| least for the term drawn",
	.source = "after Shi et al., AI-SARAH", .flags = RATE_SPAN | RATE_STOCHASTIC, .state = RATE_ROWS(state),
	.scratch = 5, .start = start, .step = step_implicit,
};

static const rate_method *const methods[] = { &sarah, &ai_sarah };
RATE_PLUGIN("sarah", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
