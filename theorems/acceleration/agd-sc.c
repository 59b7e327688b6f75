/*:
# Acceleration under strong convexity

**Theorem** (Nesterov). Let $f$ be $L$-smooth and $\mu$-strongly convex, $0<\gamma\le1/L$, $\theta=\sqrt{\mu\gamma}$. From $v_0=x_0$ let
$$ y_k=\frac{x_k+\theta v_k}{1+\theta},\qquad x_{k+1}=y_k-\gamma\nabla f(y_k),\qquad v_{k+1}=(1-\theta)v_k+\theta y_k-\frac\theta\mu\nabla f(y_k). $$
Then for every $k\ge0$
$$ f(x_k)-f_\star+\frac\mu2\|v_k-x_\star\|^2\;\le\;\bigl(1-\sqrt{\mu\gamma}\bigr)^k\Bigl(f(x_0)-f_\star+\frac\mu2\|x_0-x_\star\|^2\Bigr). $$

With $\gamma=1/L$ the factor is $1-1/\sqrt\kappa$, $\kappa=L/\mu$, where gradient descent has $1-1/\kappa$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "accelerated.h"

FORMULA(bound, k, decay(sqrt(mu * gamma), k) * potential_at_start(c))

/*:
## Proof

Let $\Phi_k$ be the left side, $g=\nabla f(y_k)$; drop the index $k$ and write $+$ for $k+1$.

*Descent.* $f(x^+)\le f(y)-\frac\gamma2\|g\|^2$ (lem-descent-step).

*The distance.* Put $w=(1-\theta)v+\theta y-x_\star$. By convexity of the square, $\|w\|^2\le(1-\theta)\|v-x_\star\|^2+\theta\|y-x_\star\|^2$. And $y-v=\frac{x-y}\theta$ by definition of $y$, so $w=(y-x_\star)+\frac{1-\theta}\theta(y-x)$. Hence
$$ \begin{aligned}\tfrac\mu2\|v^+-x_\star\|^2&=\tfrac\mu2\|w\|^2-\theta\langle g,w\rangle+\tfrac{\theta^2}{2\mu}\|g\|^2\\
 &\le\tfrac\mu2\bigl[(1-\theta)\|v-x_\star\|^2+\theta\|y-x_\star\|^2\bigr]-\theta\langle g,y-x_\star\rangle-(1-\theta)\langle g,y-x\rangle+\tfrac\gamma2\|g\|^2.\end{aligned} $$

*Convexity* at $y$: $-\langle g,y-x\rangle\le f(x)-f(y)$ and $-\langle g,y-x_\star\rangle\le f_\star-f(y)-\frac\mu2\|y-x_\star\|^2$.

Add: the terms in $\|g\|^2$ and in $\|y-x_\star\|^2$ cancel, and what remains is $\Phi^+\le(1-\theta)\Phi$. $\square$

## How sharp it is

To second order. Along an eigenvector of the least eigenvalue $\mu$ all is explicit: $v_k=(1-\theta)^kv_0$ and $x_k=(1-\theta)^k(1+k\theta)\,x_0$ with $\gamma=1/L$, so with $s=k\theta$ the ratio to the bound is
$(1-\theta)^k\,\frac{(1+s)^2+1}2\approx e^{-s}\bigl(1+s+\tfrac{s^2}2\bigr)$. It starts at 1 with two vanishing derivatives: ${{agd-sc#1.max_ratio:4}}$ at the first step for $\kappa=10^4$, and for large $\kappa$ $0.986$ at $k=\frac12\sqrt\kappa$, $0.92$ at $k=\sqrt\kappa$; after that the method
is faster than the bound.

## What is run

The method on every smooth strongly convex function; the potential is measured. Sharp: a quadratic started on the eigenvector of $\mu$.

## What must fail

$0.9$ of the bound there, and the bound times $k^{-0.05}$.
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=2,kappa=1e4,spectrum=two-point,rotation=0,along=mu", .parameters = "gamma=1",
	  .note = "along the eigenvector of mu", .steps = 50, .ratio = 0.9999 })
CONTROL(control,
	{ .objective = "quadratic:d=2,kappa=1e4,spectrum=two-point,rotation=0,along=mu", .parameters = "gamma=1",
	  .note = "0.9 of the bound", .steps = 50, .factor = 0.9 },
	{ .objective = "quadratic:d=2,kappa=1e4,spectrum=two-point,rotation=0,along=mu", .parameters = "gamma=1",
	  .note = "the bound times k^-0.05", .steps = 50, .power = 0.05 })

/*:
## Exercises

1. Where does the proof use $\theta=\sqrt{\mu\gamma}$ and not another number?
2. What is $v_k$ for $\mu\gamma=1$?
3. After how many steps is the bound below $\varepsilon\Phi_0$? Compare with gradient descent at $\kappa=10^4$.
:*/

/*: {.plumbing} :*/
STEP(gamma, 1 / L, "0 < gamma <= 1/L")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	geometric_steps(c, gamma, sqrt(mu * gamma), out);
}

NUMBER(factor, 1 - sqrt(mu * gamma))

CLAIM(agd_sc,
	.id = "agd-sc", .chapter = "acceleration", .title = "Accelerated gradient descent under strong convexity",
	.statement = "f L-smooth, μ-strongly convex, 0 < γ ≤ 1/L: f(x_k) − f* + μ/2 ‖v_k − x*‖² ≤ "
	             "(1 − √(μγ))^k (f(x_0) − f* + μ/2 ‖x_0 − x*‖²)",
	.quantity = "f(x_k) − f* + μ/2 ‖v_k − x*‖²", .formula = "(1 − √(μγ))^k (d_0 + μ/2 D²)",
	.source = "Nesterov, Lectures on Convex Optimization, 2018, section 2.2",
	.kind = RATE_DETERMINISTIC, .method = "agd", NEEDS("mu", "L", "x_star", "f_star"), RANGE,
	.schedules = SCHEDULES,
	.steps = steps, .bound = bound, .factor = factor, .measure = measure_potential, SHARP_AND_CONTROL)
