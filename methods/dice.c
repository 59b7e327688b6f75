/* Clipping with error feedback (DiceSGD without its noise), e_0 = 0:
 *
 *     v = mean_i clip_C1(grad f_i(x)) + clip_C2(e),   x <- x - gamma_t v,   e <- e + grad f(x) - v  (grad f at the
 * old x).
 *
 * Deterministic. What clipping takes away is kept in e and given back later.
 *
 *     ratecheck verify dice-virtual
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { C1, C2 };

/* out += share clip_c(g), row by row; `by` is for the lengths. */
static void add_clipped(rate_run *run, double c, double share, const double *g, double *by, double *out)
{
	rate_dot(run, g, g, by);
	for (size_t r = 0; r < run->nrep; r++)
		by[r] = share * fmin(1, c / sqrt(by[r])); /* fmin(1, c/0) is 1 */
	rate_axpy_rows(run, by, g, out);
}

static int step(rate_run *run)
{
	double *x = run->state[0], *e = run->state[1];
	double *g = run->scratch[0], *by = run->scratch[1], *v = run->scratch[2], *mean = run->scratch[3];
	double share = 1 / (double)run->n;

	if (!run->n)
		return run->call->fail(run, "dice needs a finite sum");
	memset(v, 0, run->nrep * run->ld * sizeof *v);
	memset(mean, 0, run->nrep * run->ld * sizeof *mean);
	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *s = run->call->component(run, i);

		if (!s || rate_sample_gradient(run, s, x, g))
			return RATE_FAIL;
		rate_axpy(run, share, g, mean);
		add_clipped(run, run->param[C1], share, g, by, v);
	}
	add_clipped(run, run->param[C2], 1, e, by, v);
	rate_axpy(run, -run->gamma, v, x);
	rate_axpy(run, 1, mean, e);
	rate_axpy(run, -1, v, e);
	return RATE_OK;
}

static const rate_param params[] = {
	{ "C1", RATE_REAL, "1", 1e-100, 1e100, NULL, "terms longer than C1 are cut to C1" },
	{ "C2", RATE_REAL, "1", 1e-100, 1e100, NULL, "an error longer than C2 is given back by C2 at a time" },
};
static const rate_state state[] = { { "x", 0, "the iterate" }, { "e", 0, "what clipping has taken away so far" } };
static const char *const schedules[] = { "gamma" };

static const rate_method dice = {
	.size = sizeof dice, .abi = RATE_ABI, .id = "dice", .title = "clipping with error feedback",
	.summary = "v = mean clip(grad f_i) + clip(e), x <- x - gamma v, e <- e + grad f - v",
	.source = "Zhang, Bu, Wu & Hong, arXiv:2311.14632, without noise", .params = RATE_ROWS(params),
	.state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 4, .step = step,
};

static const rate_method *const methods[] = { &dice };
RATE_PLUGIN("dice", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
