/* ProxSkip: steps without the prox, which is taken with probability p only, and a shift h that makes up for it.
 *
 *     x' = x - gamma_t (g - h), g a sample of grad f(x) (or of a field);
 *     with probability p: u = x' - (gamma/p) h, x = prox_{(gamma/p) h}(u), h <- h + (p/gamma) (x - x');   else x = x'.
 *
 * The prox is that of the h of a composite objective, or the projection onto the feasible set. For agents that must
 * agree it is the mean of their points, so that p is how often they talk: local steps without drift. shift=off keeps
 * h = 0: local steps with drift.
 *
 *     ratecheck verify proxskip-vip --objective spirals:c=1/0/-1/2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

enum { P, SHIFT };
enum { X, H };
enum { G, POINT, PROX, COIN, SCRATCH };

static int step(rate_run *run)
{
	double *x = run->state[X], *h = run->state[H], *g = run->scratch[G], *u = run->scratch[POINT],
	       *prox = run->scratch[PROX], p = run->param[P], odds[2] = { p, 1 - p };
	uint64_t *coin = (uint64_t *)(void *)run->scratch[COIN]; /* a row has room for it */
	const rate_sample *s = rate_draw(run, 0, 1);
	int shift = run->param[SHIFT] == 0;

	if (!s || rate_sample_gradient(run, s, x, g) || run->call->choose(run, 0, 2, odds, coin))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		x[i] -= run->gamma * (g[i] - h[i]);
		u[i] = x[i] - run->gamma / p * h[i];
	}
	if (rate_prox(run, run->gamma / p, u, prox) || rate_project(run, prox))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = r * run->ld; coin[r] == 0 && j < r * run->ld + run->d; j++) {
			h[j] += shift ? p / run->gamma * (prox[j] - x[j]) : 0;
			x[j] = prox[j];
		}
	return RATE_OK;
}

static const rate_param params[] = {
	[P] = { "p", RATE_REAL, "0.25", 1e-9, 1, NULL, "probability of the prox" },
	[SHIFT] = { "shift", RATE_CHOICE, "on", 0, 0, "on|off", "make up for the steps without it" },
};
static const rate_state state[] = {
	[X] = { "x", 0, "the iterate" },
	[H] = { "h", 0, "the shift, which learns the gradient at the solution" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method proxskip = {
	.size = sizeof proxskip, .abi = RATE_ABI, .id = "proxskip", .title = "ProxSkip",
	.summary = "gradient steps with a shift, and the prox now and then",
	.source = "Mishchenko, Malinovsky, Stich and Richtarik 2022",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS | RATE_NEEDS_PROX | RATE_NEEDS_PROJECTION,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = SCRATCH,
	.step = step,
};

static const rate_method *const methods[] = { &proxskip };
RATE_PLUGIN("proxskip", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
