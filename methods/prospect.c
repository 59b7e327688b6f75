/* Prospect: variance-reduced steps for risks of losses, F(x) = max over q of sum_j q_j l_j(x) - penalty + mu/2 |x|^2.
 * Every loss remembers the last point z_j at which it was drawn (all of them start at x_0). One step:
 *
 *     q = the best weights for the losses l_j(z_j); draw i uniformly;
 *     v = n q_i (grad l_i(x) - grad l_i(z_i)) + sum_j q_j grad l_j(z_j) + mu x;
 *     z_i <- x; x <- x - gamma_t v.
 *
 * A minibatch of losses cannot know the weights, which depend on all of them; the table can. One table serves losses,
 * slopes and weights alike. Needs an objective with losses and weights (risk/1: OBJECTIVE+dro).
 *
 *     ratecheck verify prospect --objective affine-losses:a=1/-1,b=0/0+dro:nu=25,mu=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "ratecheck/ratecheck.h"

enum { X, TABLE }; /* the table's n blocks follow x */

static int start(rate_run *run)
{
	double ridge;
	size_t n = run->call->risk_size(run, &ridge);

	for (size_t j = 0; j < n; j++)
		rate_copy(run, run->state[X], run->state[TABLE + j]);
	return RATE_OK;
}

/* q, n numbers for each replicate: the best weights for the losses at the points of the table. */
static int weights(rate_run *run, size_t n, uint64_t *index, double *l, double *q)
{
	double *all = q + run->nrep * n;

	for (size_t j = 0; j < n; j++) {
		for (size_t r = 0; r < run->nrep; r++)
			index[r] = j;
		if (run->call->risk_loss(run, index, run->state[TABLE + j], l, NULL))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++)
			all[r * n + j] = l[r];
	}
	return run->call->risk_weights(run, all, q);
}

static int move(rate_run *run, size_t n, double ridge, uint64_t *drawn, uint64_t *index, double *a, double *q)
{
	double *x = run->state[X], *v = run->scratch[0], *g = run->scratch[1], *z = run->scratch[2];

	if (run->call->choose(run, 0, n, NULL, drawn) || weights(run, n, index, a, q) ||
	    run->call->risk_loss(run, drawn, x, NULL, v))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double weight = (double)n * q[r * n + drawn[r]];
		const double *old = run->state[TABLE + drawn[r]] + r * run->ld;
		for (size_t j = 0; j < run->d; j++) {
			z[r * run->ld + j] = old[j];
			v[r * run->ld + j] = weight * v[r * run->ld + j] + ridge * x[r * run->ld + j];
		}
	}
	if (run->call->risk_loss(run, drawn, z, NULL, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		a[r] = -(double)n * q[r * n + drawn[r]];
	rate_axpy_rows(run, a, g, v);
	for (size_t j = 0; j < n; j++) {
		for (size_t r = 0; r < run->nrep; r++) {
			index[r] = j;
			a[r] = q[r * n + j];
		}
		if (run->call->risk_loss(run, index, run->state[TABLE + j], NULL, g))
			return RATE_FAIL;
		rate_axpy_rows(run, a, g, v);
	}
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			run->state[TABLE + drawn[r]][r * run->ld + j] = x[r * run->ld + j];
	rate_axpy(run, -run->gamma, v, x);
	return RATE_OK;
}

static int step(rate_run *run)
{
	double ridge, *room;
	size_t n = run->call->risk_size(run, &ridge), rows = run->nrep;
	uint64_t *drawn = malloc(2 * rows * sizeof *drawn);
	int rc = RATE_FAIL;

	room = malloc((rows + 2 * rows * n) * sizeof *room);
	if (drawn && room)
		rc = move(run, n, ridge, drawn, drawn + rows, room, room + rows);
	free(room);
	free(drawn);
	return rc;
}

static const rate_state state[] = {
	{ "x", 0, "the iterate" },
	{ "table", RATE_PER_TERM, "where each loss was drawn last" },
};
static const char *const schedules[] = { "gamma" };

static const rate_method prospect = {
	.size = sizeof prospect, .abi = RATE_ABI, .id = "prospect", .title = "Prospect",
	.summary = "a table of points corrects the weights of a risk and the variance of its gradients",
	.source = "Mehta, Roulet, Pillutla and Harchaoui 2024",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS | RATE_NEEDS_RISK,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 3, .start = start, .step = step,
};

static const rate_method *const methods[] = { &prospect };
RATE_PLUGIN("prospect", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
