/*:
# Nesterov's chain: $1/t^2$ is the limit for smooth convex functions

**Theorem.** Let $n>t\ge0$, $L>0$ and
$$ f(x)=\frac L4\Bigl(\frac12\bigl(x_1^2+\sum_{i=1}^{n-1}(x_i-x_{i+1})^2+x_n^2\bigr)-x_1\Bigr)\quad\text{on }\mathbb R^n,\qquad x_0=0 . $$
$f$ is convex and $L$-smooth. *Every* method with $x_t\in\operatorname{span}(\nabla f(x_0),\dots,\nabla f(x_{t-1}))$ has
$$ f(x_t)-f_\star\;\ge\;\frac L8\Bigl(\frac1{t+1}-\frac1{n+1}\Bigr) . $$

With $n=2t+1$ this is $\frac{L}{16(t+1)}$, and since $\|x_\star\|^2\le\frac{n+1}3$ there is always a function with $f(x_t)-f_\star\ge\frac{3L\|x_0-x_\star\|^2}{32(t+1)^2}$: gradient
descent, whose bound falls like $\frac1t$, may be improved to $\frac1{t^2}$ and no further.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

FORMULA(bound, t, L / 8 * (1 / (t + 1) - 1 / (c->need[0] + 1)))

/*:
## Proof

The Hessian is $\frac L4A$ with 2 on the diagonal of $A$ and $-1$ beside it; its eigenvalues $2-2\cos\frac{k\pi}{n+1}$ lie between 0 and 4.

A gradient is $\frac L4(Ax-e_1)$. If only the first $k$ coordinates of $x$ differ from 0, then only the first $k+1$ of the gradient can. So $x_t$ has at most $t$ nonzero coordinates, the first. On
such points $f$ is the same function for the chain of length $t$: there $x_{t+1}=0$ takes the part of the wall at the end. A chain of length $m$ has its minimum where $Ax=e_1$, at
$x_i=1-\frac i{m+1}$, and the minimum is $-\frac L8x_1=-\frac L8\bigl(1-\frac1{m+1}\bigr)$. Hence
$f(x_t)-f_\star\ge-\frac L8\bigl(1-\frac1{t+1}\bigr)+\frac L8\bigl(1-\frac1{n+1}\bigr)$. $\square$

## How sharp it is

Exactly, for every $t$: conjugate gradients find the best point of the span. Other methods measured against the bound in $\|x_\star\|^2$, which has lost a little more ($1.52$ at $t=1$, $1.02$ at
$t=40$): accelerated gradient 2.3 to 3.1, the optimised gradient method 1.7 to 1.9, gradient descent 2.3 to 9.4.

## What is run

Conjugate gradients on chains of length 41 and 201, judged after each step; with `--method` any other method of this class, with $\gamma=1/L$.

## What must fail

$1.1$ times the bound, which is attained; and the bound times $t^{0.1}$.

## Exercises

1. Verify $\|x_\star\|^2\le\frac{n+1}3$.
2. After $t\ge n$ steps the claim is empty. Why can it not be otherwise for conjugate gradients?
3. What would happen if the method started at a random point? Where does the proof use $x_0=0$?
4. *Compute.* Conjugate gradients attain the bound. How near is gradient descent? Compare `ratecheck verify nesterov-chain --objective nesterov-chain:n=41 --steps 20` with the same and `--method gd`.
:*/

SHARP(sharp,
	{ .objective = "nesterov-chain:n=41", .note = "conjugate gradients, n = 41", .steps = 20, .ratio = 1 },
	{ .objective = "nesterov-chain:n=201", .note = "conjugate gradients, n = 201", .steps = 100, .ratio = 1 },
	{ .objective = "nesterov-chain:n=41", .note = "gradient descent", .steps = 20, .method = "gd" })
CONTROL(control,
	{ .objective = "nesterov-chain:n=41", .note = "1.1 times the bound, which is attained", .steps = 20,
	  .factor = 1.1 },
	{ .objective = "nesterov-chain:n=201", .note = "the bound times t^0.1", .steps = 100, .power = -0.1 })

/*: {.plumbing} :*/

static const char *admissible(const rate_case *c)
{
	return (double)c->T < c->need[0] ? NULL : "fewer steps than the chain is long";
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 1 / L;
}

CLAIM(nesterov_chain,
	.id = "nesterov-chain", .chapter = "lower-bounds",
	.title = "Nesterov's chain: no method beats 1/t² on smooth convex functions",
	.statement = "f = (L/4)(½(x_1² + Σ(x_i − x_{i+1})² + x_n²) − x_1), x_0 = 0, n > t: "
	             "f(x_t) − f* ≥ (L/8)(1/(t+1) − 1/(n+1)) for every "
	             "method with x_t ∈ x_0 + span(∇f(x_0) … ∇f(x_{t−1}))",
	.quantity = "f(x_t) − f*", .formula = "(L/8)(1/(t+1) − 1/(n+1))",
	.source = "Nesterov, Introductory Lectures on Convex Optimization, 2004, section 2.1.2",
	.kind = RATE_LOWER_BOUND, .flags = RATE_ANY_METHOD | RATE_OWN_INSTANCES | RATE_OWN_START, .method = "cg",
	NEEDS("chain", "L", "x_star", "f_star", "one term"), .admissible = admissible, .steps = steps, .bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)
