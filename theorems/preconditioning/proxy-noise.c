/*:
# What a proxy does to noise

Only gradients of the difference are stochastic when a proxy is used: the proxy itself is minimised without noise. On a parabola everything can be computed.

**Theorem.** Let $\varphi(x)=\frac p2x^2$ be the proxy and $r(x)=\frac q2x^2$ the difference, $p\ge0$, $p+q>0$, and let each gradient of $r$ have an independent error of mean 0 and variance $\sigma^2$. For $\gamma>0$ with $\gamma(q-p)<2$
the method $x_{t+1}=\arg\min_y\varphi(y)+g_ty+\frac1{2\gamma}(y-x_t)^2$, $g_t=qx_t+\xi_t$, has exactly
$$ \mathbb E\,x_t^2=\varrho^{2t}x_0^2+(1-\varrho^{2t})\,V,\qquad\varrho=\frac{1-\gamma q}{1+\gamma p},\qquad V=\frac{\gamma^2\sigma^2}{(1+\gamma p)^2-(1-\gamma q)^2} . $$
In the end $\mathbb E F(x_t)-F_\star$ is $\dfrac{\gamma\sigma^2}{2(2+\gamma(p-q))}$.

SGD on all of $F$ with the same noise has the floor $\frac{\gamma\sigma^2}{2(2-\gamma(p+q))}$, and only for $\gamma<\frac2{p+q}$. What the proxy knows of the curvature makes long steps safe *and* quiet: for $p\ge q$ no step is too long.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

enum { Q, P_ };

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double p = c->need[P_], q = c->need[Q], V = gamma * noise2 / ((2 + gamma * (p - q)) * (p + q));
	double rest = decay(gamma * (p + q) / (1 + gamma * p), 2 * t); /* 1 - varrho = gamma (p + q)/(1 + gamma p) */

	return rest * D2 + (1 - rest) * V;
}

/*:
## Proof

The minimiser is $x_{t+1}=\frac{x_t-\gamma g_t}{1+\gamma p}=\varrho x_t-\frac{\gamma\xi_t}{1+\gamma p}$. Square it and take the mean, $\mathbb Ex_{t+1}^2=\varrho^2\mathbb Ex_t^2+\frac{\gamma^2\sigma^2}{(1+\gamma p)^2}$, whose fixed point is $V$. The denominator of $V$ is
$\gamma(p+q)(2+\gamma(p-q))$, positive if $\gamma(q-p)<2$, which also gives $|\varrho|<1$. And $F(x)-F_\star=\frac{p+q}2x^2$. $\square$

## How sharp it is

It is a law: the ratio is 1 at every $t$.

## What is run

The stochastic proximal gradient method on split parabolas whose difference has two terms; the expectation is exact.

## What must fail

The law, one percent off. And a floor that falls like $t^{-1/2}$, as if the noise were averaged away.

## Exercises

1. ★ Let $p\to\infty$ with $p+q=1$ fixed and $\gamma=\frac1{2p}$. What are $\varrho$ and the floor?
2. For which $\gamma$ is the floor of the proxy method that of SGD with half the step?
:*/

SHARP(sharp,
	{ .objective = "split:lambda=1,proxy=0.9,start=2,noise=0.5", .parameters = "gamma=2",
	  .note = "steps that SGD could not make",
	  .steps = 64, .ratio = 1 },
	{ .objective = "split:lambda=1,proxy=0.2,start=0,noise=1", .parameters = "gamma=0.3",
	  .note = "from the minimiser",
	  .steps = 64, .ratio = 1 })
CONTROL(control,
	{ .objective = "split:lambda=1,proxy=0.9,start=2,noise=0.5", .parameters = "gamma=2", .note = "one percent off",
	  .steps = 64, .factor = 0.99 },
	{ .objective = "split:lambda=1,proxy=0.2,start=0,noise=1", .parameters = "gamma=0.3",
	  .note = "a noise that is averaged away: t^-1/2", .steps = 64, .power = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma, gamma (q - p) < 2") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * 2 / (fmax(c->need[Q] - c->need[P_], 0) + c->need[Q] + c->need[P_]);
}

MUST(admissible, gamma > 0 && gamma * (c->need[Q] - c->need[P_]) < 2, "gamma (q - p) < 2")

CLAIM(proxy_noise,
	.id = "proxy-noise", .chapter = "preconditioning", .title = "What a proxy does to noise",
	.statement = "φ = px²/2, r = qx²/2 with noise of variance σ², γ(q − p) < 2: "
	             "E x_t² = ϱ^(2t) x_0² + (1 − ϱ^(2t))V, "
	             "ϱ = (1 − γq)/(1 + γp), V = γ²σ²/((1 + γp)² − (1 − γq)²)",
	.quantity = "E x_t²", .formula = "ϱ^(2t) x_0² + (1 − ϱ^(2t))V",
	.source = "method of Woodworth, Mishchenko and Bach, arXiv:2302.03542; the law is proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END | RATE_DIMENSION_ONE,
	.method = "stochastic-proximal-gradient:batch=1",
	NEEDS("difference", "mu_h", "noise2", "x_star"), RANGE, .bound = bound, .measure = rate_measure_dist2,
	SHARP_AND_CONTROL)
