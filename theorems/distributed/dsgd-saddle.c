/*:
# Noise leaves saddles, and the network does not matter

Agents with noisy gradients stand at a saddle point of the mean loss. Do they leave it, and does it depend on who talks to whom?

**Theorem.** Let $f^i(x)=\frac12\langle x,Ax\rangle+\langle b_i,x\rangle$ with $\sum b_i=0$, $Ae=-\nu e$, $\|e\|=1$, $\nu>0$. Every agent has at each step independent noise $N(0,s^2I)$ in its gradient, $s>0$. Let $W$ have rows and columns of sum 1, and $y_t=\langle e,\bar x_t\rangle$, $\bar x_t$ the mean of the copies. With
$$ V_0=0,\qquad V_{t+1}=(1+\gamma_t\nu)^2V_t+\gamma_t^2\frac{s^2}N, $$
whatever the start and the steps $\gamma_t>0$, for every $t\ge1$ and $0<\delta<1$
$$ P\Bigl(|y_t|<\delta\sqrt{\tfrac\pi2V_t}\Bigr)\;\le\;\delta . $$

$W$ is nowhere in it: agents on a path leave the saddle as fast as agents who all talk to each other. The number of agents is, for the noise averages out.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(p)
#include "network.h"

#include <stdlib.h>

enum { NU, NOISE, AGENTS }; /* in the list of needs */

/*: The program looks at $1/|y_t|$, which is large with probability $\delta$ at most: :*/
static double bound(const rate_case *c, double t)
{
	double root_V = 0, nu = c->need[NU], s = sqrt(c->need[NOISE] / (double)c->d / c->need[AGENTS]);

	for (uint64_t k = 0; (double)k < t; k++)
		root_V = hypot((1 + c->step[k] * nu) * root_V, c->step[k] * s);
	return 1 / (c->delta * sqrt(acos(-1) / 2) * root_V);
}

/*:
## Proof

$W$ keeps the mean, so $\bar x_{t+1}=\bar x_t-\gamma_t(A\bar x_t+\bar\xi_t)$ with $\bar\xi_t\sim N(0,\frac{s^2}NI)$, and along $e$ that is $y_{t+1}=(1+\gamma_t\nu)y_t-\gamma_t\langle e,\bar\xi_t\rangle$. So $y_t$ is normal, with variance $V_t$ and some mean. Its density is at most $\frac1{\sqrt{2\pi V_t}}$, wherever the mean is, and $P(|y_t|<r)\le\frac{2r}{\sqrt{2\pi V_t}}$; put $r=\delta\sqrt{\frac\pi2V_t}$. $\square$

## How sharp it is

From the saddle itself, $y_0=0$, the probability is $\operatorname{erf}\bigl(\frac{\sqrt\pi}2\delta\bigr)$, which is $0.9974\,\delta$ for $\delta=0.1$ and closer for smaller $\delta$.

## What is run

Five agents on a ring and on a star, with different tilts, from the saddle and from nearby.

## What must fail

Twice the distance with the same $\delta$; and the distance that one agent alone would have, which is $\sqrt N$ times larger.

## Exercises

1. How many steps of constant length does it take until $V_t\ge1$?
2. What happens without noise from the saddle? And from a point with $y_0\ne0$?
:*/

static int measure(rate_view *v, double *q, double *s, double *b)
{
	rate_run *run = v->run;
	size_t N = run->call->agents(run), d = run->d / N, block = run->nrep * run->ld;
	double *e = aligned_alloc(64, (2 * block + 2 * run->ld) * sizeof *e), rest = 0, *zero, *g, *mean;
	int rc = RATE_FAIL;

	(void)b;
	if (!e)
		return rc;
	mean = e + run->ld;
	zero = mean + run->ld;
	g = zero + block;
	for (size_t j = 0; j < block; j++)
		zero[j] = 0;
	if (run->call->vector(run, "network.escape", d, e) || rate_gradient(run, zero, g))
		goto out;
	/* where the mean is at rest along e */
	mean_of_agents(run, g, 0, mean);
	for (size_t j = 0; j < d; j++)
		rest += e[j] * mean[j] / v->c->need[NU];
	for (size_t r = 0; r < run->nrep; r++) {
		double y = -rest;

		mean_of_agents(run, v->state[0], r, mean);
		for (size_t j = 0; j < d; j++)
			y += e[j] * mean[j];
		q[r] = s[r] = 1 / fabs(y);
	}
	rc = RATE_OK;
out:
	free(e);
	return rc;
}

#define FIVE "saddle:h=1/-1,b=1/-1/2/-2/0,start=0+agents:graph=ring+gaussian-noise:sigma=0.95"
SHARP(sharp,
	{ .objective = FIVE, .parameters = "gamma=0.3,p=0.5", .note = "five on a ring, from the saddle", .steps = 12,
	  .ratio = 0.9974 },
	{ .objective = "saddle:h=1/-1,b=1/-1/2/-2/0,start=0/0.01+agents:graph=star+gaussian-noise:sigma=0.95",
	  .parameters = "gamma=0.1,p=0", .note = "on a star, from nearby", .steps = 12 })
CONTROL(control,
	{ .objective = FIVE, .parameters = "gamma=0.3,p=0.5", .note = "twice the distance", .steps = 12,
	  .factor = 0.5 },
	{ .objective = FIVE, .parameters = "gamma=0.3,p=0.5", .note = "the distance of one agent alone", .steps = 12,
	  .factor = 0.4472135954999579 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[p_] = { "p", RATE_REAL, "0.5", 0, 2, NULL, "gamma_t = gamma/(t + 1)^p" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

/* What has left the numbers is no longer seen to be far from the saddle. */
static const char *admissible(const rate_case *c)
{
	LETTERS(c);
	double grows = 0;

	for (uint64_t t = 0; t < c->T; t++)
		grows += log1p(gamma * pow((double)t + 1, -p) * c->need[NU]);
	return !(gamma > 0) ? "gamma > 0"
	    : grows > log(1e80) ? "points that stay within the numbers for T steps" : NULL;
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma * pow((double)t + 1, -p);
}

static const char *applies(const rate_case *c)
{
	return c->need[NOISE] > 0 ? NULL : "there is no noise";
}

CLAIM(dsgd_saddle,
	.id = "dsgd-saddle", .chapter = "distributed", .title = "Noise leaves saddles on any network",
	.statement = "f^i = ⟨x, Ax⟩/2 + ⟨b_i, x⟩, Σb_i = 0, Ae = −νe, noise N(0, s²I) at each agent, "
	             "V_{t+1} = (1 + γ_tν)²V_t + γ_t²s²/N: P(|⟨e, x̄_t⟩| < δ√(πV_t/2)) ≤ δ",
	.quantity = "1/|⟨e, x̄_t⟩|", .formula = "1/(δ√(πV_t/2))",
	.source = "after Swenson, Murray, Poor and Kar, Distributed stochastic gradient descent: nonconvexity, "
	          "nonsmoothness, and convergence to local minima, arXiv:2003.02818; the linear core, proved here",
	.kind = RATE_HIGH_PROBABILITY, .method = "dgd",
	NEEDS("network.nu", "noise.normal", "network.agents", "L"), RANGE, .steps = steps,
	.applies = applies, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
