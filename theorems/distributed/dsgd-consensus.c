/*:
# How far the agents drift apart

**Theorem.** Let $W$ be symmetric with rows of sum 1, $\rho=\max(|\lambda_2|,|\lambda_N|)<1$, and let $J$ average over the agents. If $\|(I-J)\nabla F(X)\|\le G$ at all $X$, the points $X_{t+1}=WX_t-\gamma_t\nabla F(X_t)$ satisfy at every $t$
$$ \|(I-J)X_t\|\;\le\;U_t,\qquad U_0=\|(I-J)X_0\|,\quad U_{t+1}=\rho U_t+\gamma_tG. $$

Losses that are $G_i$-Lipschitz have $G=\sqrt{\sum G_i^2}$. The losses need not be convex, and nothing is said of where the mean goes: with steps that tend to 0 the agents come to agree, whatever they agree on.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(p)
#include "network.h"

enum { RHO = 1, AGENTS }; /* in the list of needs */

static double bound(const rate_case *c, double t)
{
	CONSTANTS(c);
	size_t N = (size_t)c->need[AGENTS], d = c->d / N;
	double apart = 0;

	for (size_t j = 0; j < d; j++) {
		double mean = 0;

		for (size_t i = 0; i < N; i++)
			mean += c->x0[i * d + j] / (double)N;
		for (size_t i = 0; i < N; i++)
			apart += pow(c->x0[i * d + j] - mean, 2);
	}
	apart = sqrt(apart);
	for (uint64_t s = 0; (double)s < t; s++)
		apart = c->need[RHO] * apart + c->step[s] * G;
	return apart;
}

/*:
## Proof

$W$ keeps the mean and $J$ commutes with it, so $(I-J)X_{t+1}=(W-J)(I-J)X_t-\gamma_t(I-J)\nabla F(X_t)$, and $\|W-J\|=\rho$. $\square$

A constant step leaves at most $\frac{\gamma G}{1-\rho}$; steps $\gamma_t\to0$ leave nothing in the end.

## How sharp it is

Linear losses whose slopes lie along an eigenvector of $\lambda_2=\rho$ attain it at every $t$, with any steps.

## What is run

Steps $\gamma/(t+1)^p$ on linear losses and Huber functions.

## What must fail

$0.9$ of the bound; and the bound with $\rho^2$ in the place of $\rho$, which is $0.6$ of it after 100 steps.

## Exercises

1. What becomes of the theorem if every agent's gradient has independent noise of variance $s^2$?
2. Let the agents mix $m$ times between two gradient steps. What is gained, and what does it cost?
:*/

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double size2;

		q[r] = sqrt(consensus2(v->run, v->state[0], r, &size2));
		s[r] = sqrt(size2);
	}
	return RATE_OK;
}

#define LINES "affine-losses:a=2/1/-1/-2/-1/1,b=0/0/0/0/0/0,start=0+agents:graph=ring"
SHARP(sharp,
	{ .objective = LINES, .parameters = "gamma=0.5,p=0.6", .note = "slopes along the eigenvector of 2/3",
	  .steps = 100, .ratio = 1 },
	{ .objective = "huber:tau=0.5,start=3+agents:n=4,apart=2", .parameters = "gamma=0.1,p=0",
	  .note = "Huber functions, agents who start apart", .steps = 64 })
CONTROL(control,
	{ .objective = LINES, .parameters = "gamma=0.5,p=0.6", .note = "0.9 of the bound", .steps = 100,
	  .factor = 0.9 },
	{ .objective = LINES, .parameters = "gamma=0.5,p=0.6", .note = "0.6 of it: rho^2 for rho", .steps = 100,
	  .factor = 0.595 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[p_] = { "p", RATE_REAL, "0.6", 0, 2, NULL, "gamma_t = gamma/(t + 1)^p" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->G;
}

MUST(admissible, gamma > 0, "gamma > 0")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma * pow((double)t + 1, -p);
}

CLAIM(dsgd_consensus,
	.id = "dsgd-consensus", .chapter = "distributed", .title = "How far the agents drift apart",
	.statement = "‖(I − J)∇F‖ ≤ G, any γ_t: ‖(I − J)X_t‖ ≤ U_t, U_0 = ‖(I − J)X_0‖, U_{t+1} = ρU_t + γ_t G",
	.quantity = "‖(I − J)X_t‖", .formula = "U_t",
	.source = "Nedic and Ozdaglar, Distributed subgradient methods for multi-agent optimization, 2009; the step of "
	          "Swenson, Murray, Poor and Kar, arXiv:2003.02818, towards local minima",
	.kind = RATE_DETERMINISTIC, .method = "dgd", NEEDS("G", "network.rho", "network.agents", "one term"), RANGE,
	.steps = steps, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
