/*:
# Gradient steps on strongly monotone fields

A spiral that turns inwards can be followed by plain steps, if they are short. How short, and what does noise leave?

**Theorem.** Let $V$ be $L$-Lipschitz and $\mu$-strongly monotone, $\langle V(x)-V(y),x-y\rangle\ge\mu\|x-y\|^2$ with $\mu>0$, and $V(x_\star)=0$. The oracle answers $V(x_t)+\xi_t$ with $\mathbb E[\xi_t\mid x_t]=0$ and
$\mathbb E[\|\xi_t\|^2\mid x_t]\le\sigma^2$. Let $0<\gamma<\frac{2\mu}{L^2}$ and $r=1-2\gamma\mu+\gamma^2L^2$. Then $x_{t+1}=x_t-\gamma(V(x_t)+\xi_t)$ satisfies for every $t\ge0$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;r^t\|x_0-x_\star\|^2+\gamma^2\sigma^2\,\frac{1-r^t}{1-r}. $$

The best step without noise is $\gamma=\mu/L^2$, with $r=1-\mu^2/L^2$: it takes of the order of $\kappa^2$ steps, $\kappa=L/\mu$, where a gradient field needs $\kappa$. That is the price of rotation.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

/*: As code, with $q=1-r=\gamma(2\mu-\gamma L^2)$ and $\sigma^2$ as `noise2`: :*/
NUMBER(q, gamma * (2 * mu - gamma * L * L))
FORMULA(transient, t, decay(q(c), t) * D2)
FORMULA(bound, t, transient(c, t) + gamma * gamma * noise2 * decay_sum(q(c), t))

/*:
## Proof

Let $e=x_t-x_\star$. As $V(x_\star)=0$,
$$ \|e-\gamma V(x_t)\|^2=\|e\|^2-2\gamma\langle V(x_t),e\rangle+\gamma^2\|V(x_t)\|^2\;\le\;(1-2\gamma\mu+\gamma^2L^2)\|e\|^2=r\|e\|^2. $$
Given $x_t$, the noise has mean 0 and adds no more than $\gamma^2\sigma^2$: $\mathbb E\|x_{t+1}-x_\star\|^2\le r\,\mathbb E\|x_t-x_\star\|^2+\gamma^2\sigma^2$. Unroll. $\square$

## How sharp it is

On a spiral $V(z)=(\mu+ib)z$ in the complex plane with noise of variance exactly $\sigma^2$ each inequality is an equality, so the theorem is one, at every $t$.

## What is run

Stochastic gradient descent, without and with Gaussian noise, on strongly monotone fields and on strongly convex functions, whose gradients are such fields.

## What must fail

$0.9$ of the bound; and a step of $2.1\,\mu/L^2$, with which $r>1$: the formula, continued to there, grows, so half of it is claimed.

## Exercises

1. ★ Let $\langle V(x),x-x_\star\rangle\ge\|V(x)\|^2/\ell$ instead of the Lipschitz condition. Show $r=1-\gamma\mu(2-\gamma\ell)$ for $\gamma<2/\ell$. What is $\ell$ of a spiral, and which of the two bounds is better there?
2. Which $\gamma$ makes the floor $\gamma\sigma^2/(2\mu-\gamma L^2)$ least? What does it cost?
:*/

SHARP(sharp,
	{ .objective = "affine-field:a=0.4,b=1.9595917942265424,start=3/0+gaussian-noise:sigma=1.2247448713915890",
	  .parameters = "gamma=0.08", .note = "a spiral with noise of exact variance: equality at every t",
	  .steps = 200, .ratio = 1 },
	{ .objective = "affine-field:a=0.4,b=1.9595917942265424,start=3/0", .parameters = "gamma=0.1",
	  .note = "the best step, no noise", .steps = 200, .ratio = 1 })
CONTROL(control,
	{ .objective = "affine-field:a=0.4,b=1.9595917942265424,start=3/0+gaussian-noise:sigma=1.2247448713915890",
	  .parameters = "gamma=0.08", .note = "0.9 of the bound, which is attained", .steps = 40, .factor = 0.9 },
	{ .objective = "affine-field:a=0.4,b=1.9595917942265424,start=3/0", .parameters = "gamma=0.21",
	  .note = "half of the formula beyond its range", .steps = 100, .factor = 0.5 })

/*: {.plumbing} :*/
STEP(gamma, 2 * mu / (L * L), "0 < gamma < 2 mu/L^2")

CLAIM(gda_strongly,
	.id = "gda-strongly", .chapter = "min-max", .title = "Gradient steps on strongly monotone fields",
	.statement = "V L-Lipschitz, μ-strongly monotone, E‖ξ‖² ≤ σ², 0 < γ < 2μ/L², r = 1 − 2γμ + γ²L²: "
	             "E‖x_t − x*‖² ≤ r^t ‖x_0 − x*‖² + γ²σ² (1 − r^t)/(1 − r)",
	.quantity = "‖x_t − x*‖²", .formula = "r^t D² + γ²σ² (1 − r^t)/(1 − r)",
	.source = "classical; the form with noise is proved here",
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .method = "sgd",
	NEEDS("field", "L", "mu", "x_star", "noise2", "no composite"), RANGE, .bound = bound, .transient = transient,
	.measure = rate_measure_dist2, SHARP_AND_CONTROL)
