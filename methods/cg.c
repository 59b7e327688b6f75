/* Conjugate gradients, for quadratics: p <- -g + (|g|^2/|g_before|^2) p, x <- x + (|g|^2/<p, Hp>) p with g = grad
 * f(x) and cHp = grad f(x + cp) - g, which is exact if f is quadratic; c = 1, or so large that cp is no shorter than
 * x and x + cp keeps its digits.
 *
 * Of all points of x_0 + span(g_0, ..., g_t) it finds the one with the least f. Each step asks for two gradients; the
 * second measures the curvature and is not moved along.
 *
 * restart=k forgets p before every k-th step: cycles of k steps, each the least f over x + span(g, Hg, ..., H^{k-1} g).
 *
 *     ratecheck verify nesterov-chain --method cg
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "stretch.h"

static int step(rate_run *run)
{
	double *x = run->state[0], *p = run->state[1], *before = run->state[2];
	double *g = run->scratch[0], *y = run->scratch[1], *h = run->scratch[2];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	if (run->param[0] > 0 && run->t % (uint64_t)run->param[0] == 0)
		rate_scale(run, 0, before);
	for (size_t r = 0; r < run->nrep; r++) {
		double *pr = rate_row(run, p, r), *gr = rate_row(run, g, r), *b = rate_row(run, before, r), size = 0;

		for (size_t j = 0; j < run->d; j++)
			size += gr[j] * gr[j];
		for (size_t j = 0; j < run->d; j++)
			pr[j] = (*b > 0 ? size / *b * pr[j] : 0) - gr[j];
		*b = size;
	}
	stretch_to(run, x, p, y);
	if (rate_gradient(run, y, h))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *xr = rate_row(run, x, r), *pr = rate_row(run, p, r), *gr = rate_row(run, g, r),
		       *hr = rate_row(run, h, r);
		double curvature = 0, size = *rate_row(run, before, r), c = stretch(run->d, xr, pr);

		for (size_t j = 0; j < run->d; j++)
			curvature += pr[j] * (hr[j] - gr[j]) / c;
		for (size_t j = 0; curvature > 0 && j < run->d; j++) /* flat: stay */
			xr[j] += size / curvature * pr[j];
	}
	return RATE_OK;
}

static const rate_param params[] = { { "restart", RATE_INTEGER, "0", 0, 1e6, NULL,
	                               "steps of a cycle; 0: no restarts" } };
static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "p", 0, "the direction" },
	{ "before", 1, "|g|^2 of the step before" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method cg = {
	.size = sizeof cg, .abi = RATE_ABI, .id = "cg", .title = "conjugate gradients",
	.summary = "the least f in x_0 + span of the gradients, for quadratics",
	.source = "Hestenes and Stiefel, J. Res. Nat. Bur. Standards 49 (1952), 409-436", .flags = RATE_SPAN,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 3,
	.step = step,
};

static const rate_method *const methods[] = { &cg };
RATE_PLUGIN("cg", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
