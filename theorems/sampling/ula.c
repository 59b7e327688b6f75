/*:
# Langevin steps stay near the minimiser

A gradient step and a normal vector of the right size: how far from the minimiser do such points live?

**Theorem.** Let $U$ be $\mu$-strongly convex and $L$-smooth on $\mathbb R^d$, $\mu>0$, with the minimiser $x_\star$, and let $\tau\ge0$, $0<\gamma\le\frac2L$. Let
$$ x_{t+1}=x_t-\gamma g_t+\sqrt{2\gamma\tau}\,z_t $$
with standard normal vectors $z_t$ that are independent of all else, and $g_t=\nabla U(x_t)+\xi_t$, where, given the past, $\mathbb E\xi_t=0$ and $\mathbb E\|\xi_t\|^2\le\sigma^2$. With $q=\max(|1-\gamma\mu|,|1-\gamma L|)$, for every $t$,
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;q^{2t}\|x_0-x_\star\|^2+(2\gamma\tau d+\gamma^2\sigma^2)\,\frac{1-q^{2t}}{1-q^2} . $$
(For $q=1$ the fraction is $t$.)

The target, the density proportional to $e^{-U/\tau}$, has $\mathbb E\|x-x_\star\|^2\le\frac{\tau d}\mu$. The steps have a little more: for one eigenvalue $\lambda$ of the Hessian the limit is $\frac{\tau d}\lambda$ times $\frac1{1-\gamma\lambda/2}$, and at the longest stable step it is infinite.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(tau)
#include "langevin.h"

FORMULA(transient, t, decay_squared(shortfall(gamma, mu, L), t) * D2)

static double bound(const rate_case *c, double t)
{
	LETTERS(c);

	return transient(c, t) +
	    (2 * gamma * tau * (double)c->d + gamma * gamma * noise2) * squares_until(shortfall(gamma, mu, L), t);
}

/*:
## Proof

Given the past, the cross terms of the expanded square have mean $0$:
$$ \mathbb E\|x_{t+1}-x_\star\|^2=\|x_t-\gamma\nabla U(x_t)-x_\star\|^2+\gamma^2\,\mathbb E\|\xi_t\|^2+2\gamma\tau d . $$
The map $x\mapsto x-\gamma\nabla U(x)$ keeps $x_\star$ and is $q$-Lipschitz: $\nabla U-\mu\,\mathrm{id}$ is monotone and $(L-\mu)$-smooth, and what it makes of a step is a contraction (page gd-strongly-convex-tight). So $m_t=\mathbb E\|x_t-x_\star\|^2$ has $m_{t+1}\le q^2m_t+\gamma^2\sigma^2+2\gamma\tau d$; add up the geometric series. $\square$

## How sharp it is

For $U=\frac\lambda2\|x-x_\star\|^2$ and noise whose variance does not depend on $x$ every line is an equality, at every $t$.

## What is run

Langevin steps, method `sgld`, on every strongly convex objective where the variance of the gradients is known; it is $0$ if $U$ is no sum. (Method `ula` has $\sigma=0$ on sums too.) On quadratics the step is affine in the state and in all normals, and means are exact; else they are sampled.

## What must fail

$0.9$ of the bounds; and the spread of the target itself, $\frac{\tau d}\mu$, claimed at $\gamma\lambda=1$, where the truth is twice as much.

## Exercises

1. Let $U$ be isotropic and $\sigma=0$. Which $\gamma$ has the least limit?
2. A posterior of $n$ data is proportional to $e^{-\sum_if_i}$. Which $\tau$ belongs to $U=\frac1n\sum f_i$? When does the noise of single-datum gradients not matter?
3. *Compute.* Average two noises in a row: run `ratecheck verify ula-moment:gamma=1,tau=1 --objective quadratic:d=3,spectrum=one,start=0 --method lm --steps 64`. What is the ratio, and which page explains it?
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=3,spectrum=one,L=2", .parameters = "gamma=0.3,tau=1", .steps = 64,
	  .note = "one eigenvalue: equality at every t", .ratio = 1, .deep_ratio = 1 },
	{ .objective = "quadratic:d=3,spectrum=one,L=2+gaussian-noise:sigma=1.2247", .parameters = "gamma=0.3,tau=1",
	  .note = "noise of variance 1.5", .steps = 64, .ratio = 1, .deep_ratio = 1 },
	{ .objective = "gaussian-data:s=0.5,m=1,start=1", .parameters = "gamma=0.4,tau=0.1", .steps = 64,
	  .note = "from the minimiser, to and fro", .ratio = 1 },
	{ .objective = "quadratic:d=4,kappa=10,spectrum=two-point", .parameters = "gamma=2,tau=1", .steps = 64,
	  .note = "the longest step: nothing is forgotten" })
CONTROL(control,
	{ .objective = "quadratic:d=3,spectrum=one,L=2", .parameters = "gamma=0.3,tau=1", .steps = 64,
	  .note = "0.9 of the bound", .factor = 0.9 },
	{ .objective = "gaussian-data:s=1,m=0,start=0", .parameters = "gamma=1,tau=1", .steps = 64,
	  .note = "the spread of the target at gamma lambda = 1", .factor = 0.5 })
/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/L"),
	[tau_] = { "tau", RATE_REAL, "1", 0, 1e50, NULL, "temperature" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(admissible, AT_MOST(gamma, 2 / L) && tau >= 0, "0 < gamma <= 2/L, tau >= 0")

CLAIM(ula_moment,
	.id = "ula-moment", .chapter = "sampling", .title = "Langevin steps stay near the minimiser",
	.statement = "U μ-strongly convex, L-smooth, E‖g_t − ∇U(x_t)‖² ≤ σ², 0 < γ ≤ 2/L, q = max(|1 − γμ|, "
	             "|1 − γL|), "
	             "x_{t+1} = x_t − γg_t + √(2γτ) z_t: "
	             "E‖x_t − x*‖² ≤ q^(2t) D² + (2γτd + γ²σ²)(1 − q^(2t))/(1 − q²)",
	.quantity = "E‖x_t − x*‖²", .formula = "q^(2t) D² + (2γτd + γ²σ²)(1 − q^(2t))/(1 − q²)",
	.source = "classical; proved in this file", .kind = RATE_EXPECTATION, .method = "sgld:batch=1",
	NEEDS("mu", "L", "noise2", "x_star", "no composite"), RANGE, .bound = bound, .transient = transient,
	.measure = rate_measure_dist2, SHARP_AND_CONTROL)
