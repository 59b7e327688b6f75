/* A self-repellent token: it walks from agent to agent along the network, and avoids where it has been often.
 *
 * From agent i it goes to j with probability proportional to W_ij (N v_j)^-alpha, v_j being the share of visits to j,
 *
 *     x <- x - gamma_t grad f^j(x),   v <- v + beta_t (e_j - v),
 *
 * from v_j = 1/N and a random agent. alpha = 0 is the walk of W. There is one x; all copies have it.
 *
 *     ratecheck verify srrw-two-nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "agents.h"

enum { X, VISITS, NODE };
enum { ALPHA };

static int start(rate_run *run)
{
	size_t N = run->call->agents(run);
	uint64_t *first = (uint64_t *)(void *)run->scratch[0];

	average_agents(run, run->state[X]);
	if (run->call->choose(run, 1, N, NULL, first))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		run->state[NODE][r * run->ld] = (double)first[r];
		for (size_t i = 0; i < N; i++)
			run->state[VISITS][r * run->ld + i] = 1 / (double)N;
	}
	return RATE_OK;
}

/* The first j at which the sum of the weights reaches the share u of the whole. */
static size_t drawn(size_t N, size_t d, double alpha, const double *w, const double *visits, double u)
{
	double all = 0, sum = 0;
	size_t last = 0;

	for (size_t j = 0; j < N; j++)
		all += w[j * d] * pow((double)N * visits[j], -alpha);
	for (size_t j = 0; j < N; j++) {
		double weight = w[j * d] * pow((double)N * visits[j], -alpha);

		sum += weight;
		if (weight > 0)
			last = j;
		if (weight > 0 && sum >= u * all)
			return j;
	}
	return last;
}

static int step(rate_run *run)
{
	double *x = run->state[X], *visits = run->state[VISITS], *node = run->state[NODE];
	double *g = run->scratch[0], *unit = run->scratch[1], *w = run->scratch[2], *u = run->scratch[3];
	double gamma = run->schedule[0], beta = run->schedule[1];
	size_t N = run->call->agents(run), d = run->d / N;

	memset(unit, 0, run->nrep * run->ld * sizeof *unit);
	for (size_t r = 0; r < run->nrep; r++)
		unit[r * run->ld + (size_t)node[r * run->ld] * d] = 1;
	if (run->call->mix(run, unit, w) || run->call->uniforms(run, 0, 1, u) || rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *row = rate_row(run, x, r), *seen = rate_row(run, visits, r);
		size_t j = drawn(N, d, run->param[ALPHA], rate_row(run, w, r), seen, u[r]);

		for (size_t i = 0; i < N; i++) {
			for (size_t k = 0; k < d; k++)
				row[i * d + k] -= gamma * g[r * run->ld + j * d + k];
			seen[i] += beta * ((i == j) - seen[i]);
		}
		node[r * run->ld] = (double)j;
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[ALPHA] = { "alpha", RATE_REAL, "1", 0, 100, NULL, "how much it avoids where it has been" },
};
static const rate_state state[] = {
	{ "x", 0, "the iterate, a copy for each agent" }, { "visits", 0, "the shares of visits" },
	{ "node", 1, "where the token is" },
};
static const char *const schedules[] = { "gamma", "beta" };

static const rate_method srrw_token = {
	.size = sizeof srrw_token, .abi = RATE_ABI, .id = "srrw-token", .title = "a self-repellent token",
	.summary = "a token goes from i to j with a weight W_ij (N v_j)^-alpha; x <- x - gamma_t grad f^j(x)",
	.source = "Hu, Doshi and Eun 2024", .flags = RATE_NEEDS_NETWORK | RATE_OWN_DRAWS, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 4, .start = start, .step = step,
};

static const rate_method *const methods[] = { &srrw_token };
RATE_PLUGIN("srrw-token", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
