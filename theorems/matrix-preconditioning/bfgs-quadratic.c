/*:
# BFGS is conjugate gradients

A quasi-Newton method learns the Hessian from differences of gradients. On a quadratic, with exact line search, all that it learns is what conjugate gradients know without a matrix; and no method that walks in the span of the gradients can do better.

Let $f$ be a convex quadratic with Hessian $A\preceq LI$. With $H_0=cI$, $c>0$, and $g_k=\nabla f(x_k)$,
$$ p_k=-H_kg_k,\quad x_{k+1}=x_k+\alpha_kp_k,\quad\alpha_k=\frac{-\langle g_k,p_k\rangle}{\langle p_k,Ap_k\rangle},\qquad H_{k+1}=\Bigl(I-\frac{s_ky_k^\top}{\langle s_k,y_k\rangle}\Bigr)H_k\Bigl(I-\frac{y_ks_k^\top}{\langle s_k,y_k\rangle}\Bigr)+\frac{s_ks_k^\top}{\langle s_k,y_k\rangle}, $$
$s_k=x_{k+1}-x_k$, $y_k=g_{k+1}-g_k$; it stops where $g_k=0$.

**Theorem.** For every $N\le d$
$$ f(x_N)-f_\star\;\le\;\frac{L\|x_0-x_\star\|^2}{2(2N+1)^2}, $$
and $x_N$ is a minimiser for an $N\le d$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

/* The method keeps 16 pairs; from then on f does not increase. */
FORMULA(bound, N, L * D2 / (2 * pow(2 * fmin(N, 16) + 1, 2)))

/*:
## Proof

*Conjugacy.* By induction on $k$: $\langle g_k,s_j\rangle=0$, $\langle s_k,As_j\rangle=0$ and $H_ky_j=s_j$ for all $j<k$. Exact line search gives $\langle g_{k+1},s_k\rangle=0$, and for $j<k$ $\langle g_{k+1},s_j\rangle=\langle g_k,s_j\rangle+\langle As_k,s_j\rangle=0$. Next $\langle p_{k+1},As_j\rangle=-\langle g_{k+1},H_{k+1}y_j\rangle=-\langle g_{k+1},s_j\rangle=0$, as $y_j=As_j$, once $H_{k+1}y_j=s_j$ is known:
for $j=k$ the formula of the update says so, and for $j<k$ $\langle s_k,y_j\rangle=\langle s_k,As_j\rangle=0$ and $\langle y_k,s_j\rangle=0$ leave $H_ky_j=s_j$ unchanged.

*A Krylov space.* The update adds to $H$ only terms with $s_k$ and $H_ky_k$, so $p_k\in\operatorname{span}(g_0,\dots,g_k)=\operatorname{span}(g_0,Ag_0,\dots,A^kg_0)$. The $s_j$ are conjugate, so minimising along each in turn minimises over their span: $x_N$ minimises $f$ over $x_0+\operatorname{span}(g_0,\dots,A^{N-1}g_0)$. In dimension $d$ this ends.

*Polynomials.* Hence $f(x_N)-f_\star\le\frac12\|x_0-x_\star\|^2\max_{[0,L]}\lambda\,p(\lambda)^2$ for each polynomial $p$ of degree $N$ with $p(0)=1$. Take $\sqrt\lambda\,p(\lambda)=\pm\frac{\sqrt L}{2N+1}T_{2N+1}\bigl(\sqrt{\lambda/L}\bigr)$ with the Chebyshev polynomial $T_{2N+1}$, which is odd, bounded by 1 on $[0,1]$ and has the slope $\pm(2N+1)$ at 0. $\square$

$c$ has no influence on the points, but on their rounding errors: the program takes $\langle s_0,y_0\rangle/\|y_0\|^2$. It keeps the last 16 pairs: the first 16 steps are those above, and after them the bound of the 16th is claimed.

## How sharp it is

Exactly: it is the lower bound krylov-lb-convex, on the same function.

## What is run

BFGS on every convex quadratic.

## What must fail

$0.9$ of the bound, and gradient descent with the step $\frac1L$.

## Exercises

1. How many gradients does a step need?
2. What are the eigenvalues of $H_kA$?
3. *Compute.* How much worse is the function made for 8 steps than what is seen of it in 5? Run `ratecheck verify bfgs-quadratic --objective krylov-worst:N=8 --steps 8`, then with `--steps 5`.
:*/

SHARP(sharp,
	{ .objective = "krylov-worst:N=1", .note = "made for one step", .steps = 1, .ratio = 1 },
	{ .objective = "krylov-worst:N=5", .note = "made for 5 steps", .steps = 5, .ratio = 1 },
	{ .objective = "krylov-worst:N=8", .note = "made for 8 steps", .steps = 8, .ratio = 1 })
CONTROL(control,
	{ .objective = "krylov-worst:N=5", .note = "0.9 of the bound", .steps = 5, .factor = 0.9 },
	{ .objective = "krylov-worst:N=5", .note = "gradient descent", .steps = 5, .method = "gd" })

/*: {.plumbing} :*/
/* For gradient descent in the place of BFGS. */
static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 1 / c->L;
}

MUST(applies, c->L_2 == 0 && L > 0, "f is not quadratic")

CLAIM(bfgs_quadratic,
	.id = "bfgs-quadratic", .chapter = "matrix-preconditioning", .title = "BFGS on quadratics",
	.statement = "f a convex quadratic, L-smooth, exact line search, H_0 = cI: f(x_N) − f* ≤ L‖x_0 − "
	             "x*‖²/(2(2N+1)²), "
	             "N ≤ d",
	.quantity = "f(x_t) − f*", .formula = "L‖x_0 − x*‖²/(2(2 min(t, 16) + 1)²)",
	.source = "standard: Nazareth 1979 for the equality with conjugate gradients; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "bfgs",
	NEEDS("convex", "L", "L_2", "x_star", "f_star", "whole space", "no composite"),
	.steps = steps, .power = 2, .applies = applies, .bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)
