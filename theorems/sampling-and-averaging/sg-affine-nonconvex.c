/*:
# Noise that grows with the gradient, without convexity

**Theorem.** Let $f$ be $L$-smooth and bounded below by $f_\star$, $g_t$ as in sg-affine-constant and $0<\gamma\le\frac1{LM_G}$.
Then for every $t\ge1$
$$ \frac1t\sum_{s<t}\mathbb E\|\nabla f(x_s)\|^2\;\le\;\frac{2(f(x_0)-f_\star)}{\gamma t}+\gamma LM. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "affine.h"

FORMULA(transient, t, 2 * d0 / (gamma * t))

FORMULA(bound, t, transient(c, t) + gamma * L * c->need[NOISE])

/*:
## Proof

Inequality (1) of sg-affine-constant needs no convexity. Its bracket is at least $\frac12$; sum over $s<t$ and use
$\mathbb E f(x_t)\ge f_\star$. $\square$

## How sharp it is

On a bowl with the longest step and no noise at the minimiser the gap is used up to the last bit: the ratio tends to 1, and is
$1-10^{-8}$ at $t=64$. With $M>0$ what is left at the end is the floor of the constant step, the same at every $t$, and its
share falls like $\frac1t$.

## What is run

SGD on all objectives with such a bound on the noise.

## What must fail

$0.9$ of the bound; and a step of $\frac{1.9}L$ where $M_G=4$.

## Exercises

1. Which step is best for a known $t$?
2. What does the proof say of steps $\gamma_0/\sqrt{s+1}$?
:*/

#define BOWL "quadratic:d=1,L=1,start=3"
SHARP(sharp,
	{ .objective = BOWL "+affine-noise:p=4,sigma=0", .parameters = "gamma=0.25", .steps = 64, .note = "M = 0",
	  .ratio = 1 },
	{ .objective = BOWL "+affine-noise:p=4,sigma=0.5", .parameters = "gamma=0.25", .steps = 64,
	  .note = "with noise",
	  .ratio = 0.994 },
	{ .objective = "huber:tau=0.1+affine-noise:p=2,sigma=0.1", .steps = 64, .note = "a Huber function" })
CONTROL(control,
	{ .objective = BOWL "+affine-noise:p=4,sigma=0.5", .parameters = "gamma=0.25", .steps = 64,
	  .note = "0.9 of the bound",
	  .factor = 0.9 },
	{ .objective = BOWL "+affine-noise:p=4,sigma=0", .parameters = "gamma=1.9", .steps = 16,
	  .note = "M_G forgotten" })

/*: {.plumbing} :*/
STEP(gamma, longest(c), "0 < gamma <= 1/(L M_G)")

CLAIM(sg_affine_nonconvex,
	.id = "sg-affine-nonconvex", .chapter = "sampling-and-averaging",
	.title = "Noise that grows with the gradient, without convexity",
	.statement = "f L-smooth, E‖g − ∇f‖² ≤ M + M_V‖∇f‖², 0 < γ ≤ 1/(L(1 + M_V)): "
	             "(1/t) Σ_{s<t} E‖∇f(x_s)‖² ≤ 2(f(x_0) − f*)/(γt) + γLM",
	.quantity = "mean of E‖∇f(x_s)‖², s < t", .formula = "2d_0/(γt) + γLM",
	.source = "the nonconvex theorem of " BOTTOU_CURTIS_NOCEDAL "; proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS, .method = "sgd", NEEDS(NEEDS_OF_AFFINE), RANGE,
	.bound = bound, .transient = transient, .measure = rate_measure_grad2, SHARP_AND_CONTROL)
