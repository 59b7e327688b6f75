/*:
# Acceleration: the rate $1/t^2$

**Theorem** (Nesterov 1983). Let $f$ be convex and $L$-smooth with a minimiser $x_\star$, $0<\gamma\le1/L$, $t_0=1$, $t_{k+1}=\frac12\bigl(1+\sqrt{1+4t_k^2}\bigr)$. From $v_0=x_0$ let
$$ y_k=x_k+\tfrac1{t_k}(v_k-x_k),\qquad x_{k+1}=y_k-\gamma\nabla f(y_k),\qquad v_{k+1}=v_k-\gamma t_k\nabla f(y_k). $$
Then for every $k\ge1$
$$ f(x_k)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\gamma\,t_{k-1}^2}\;\le\;\frac{2\,\|x_0-x_\star\|^2}{\gamma\,(k+1)^2}. $$

**Hypotheses.** Those of gradient descent, and one gradient a step as there; but $t_k$ grows like $k/2$, and the error falls as $1/k^2$ instead of $1/k$. The method keeps two sequences: $x_k$ makes short careful
steps that lower $f$, while $v_k$ adds the gradients up with growing weights.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "accelerated.h"

static double bound(const rate_case *c, double k)
{
	LETTERS(c);
	double t = t_number(k - 1);

	return D2 / (2 * gamma * t * t);
}

/*:
## Proof

Put $A_0=0$, $A_{k+1}=\gamma t_k^2$ and $a_k=A_{k+1}-A_k$. As $t_k^2-t_k=t_{k-1}^2$, we have $a_k=\gamma t_k$, so that $a_k^2=\gamma A_{k+1}$ and $y_k=\frac{A_kx_k+a_kv_k}{A_{k+1}}$. The proof watches one number,
$$ \Phi_k=A_k\,(f(x_k)-f_\star)+\tfrac12\|v_k-x_\star\|^2, $$
and shows that it never grows. Write $g=\nabla f(y_k)$.

*Descent.* $\gamma\le1/L$ gives (lem-descent-step) $f(x_{k+1})\le f(y_k)-\frac\gamma2\|g\|^2$.

*Lower bounds from $y_k$.* Convexity gives $f(x_k)\ge f(y_k)+\langle g,x_k-y_k\rangle$ and $f_\star\ge f(y_k)+\langle g,x_\star-y_k\rangle$. With the weights $A_k$ and $a_k$, and because $A_k(x_k-y_k)=a_k(y_k-v_k)$,
$$ A_kf(x_k)+a_kf_\star\;\ge\;A_{k+1}f(y_k)+a_k\langle g,x_\star-v_k\rangle. $$

*The sum of gradients.* $\frac12\|v_{k+1}-x_\star\|^2=\frac12\|v_k-x_\star\|^2-a_k\langle g,v_k-x_\star\rangle+\frac{a_k^2}2\|g\|^2$.

Put the three together:
$$ \Phi_{k+1}\le A_{k+1}\bigl(f(y_k)-\tfrac\gamma2\|g\|^2\bigr)-A_{k+1}f_\star+\tfrac12\|v_{k+1}-x_\star\|^2\;\le\;\Phi_k+\tfrac12\bigl(a_k^2-\gamma A_{k+1}\bigr)\|g\|^2=\Phi_k . $$
Hence $A_k(f(x_k)-f_\star)\le\Phi_0=\frac12\|x_0-x_\star\|^2$. Finally $t_{k+1}\ge t_k+\frac12$, so $t_{k-1}\ge\frac{k+1}2$. $\square$

## How sharp it is

Nearly, for large $k$. On the Huber function of slope $\tau$ with $\gamma=1/L$ the gradient is $\tau$ at every point until the last, and $x_k$ can be written down: it is $x_0$ minus $\tau$ times the length
$\ell_k$ with $\ell_0=0$, $\ell_{k+1}=\frac{A_k(\ell_k+a_k)}{A_{k+1}}+1$ ($\gamma=1$). The slope $\tau=\frac1{2\ell_k+1}$ is the worst; the ratio to the bound is $0.524$, $0.758$, ${{agd-convex#1.max_ratio:3}}$, ${{agd-convex#2.max_ratio:3}}$ at $k=2,5,20,100$, and tends to 1. At
$k=1$ the method is gradient descent, and the bound is loose by 3.

## What is run

The method on every smooth convex function with a known minimiser. Sharp: the Huber functions made for $k=20$ and $k=100$.

## What must fail

$0.9\times0.987$ of the bound on the second; and a rate $k^{-5/2}$ instead of $k^{-2}$.
:*/

/* Huber slopes 1/(2 l_k + 1), see the text. */
SHARP(sharp,
	{ .objective = "huber:L=1,tau=0.00758567176142997", .parameters = "gamma=1",
	  .note = "the Huber function for k = 20", .steps = 20, .ratio = 0.934 },
	{ .objective = "huber:L=1,tau=0.000372307510784049", .parameters = "gamma=1",
	  .note = "the Huber function for k = 100", .steps = 100, .ratio = 0.987 })
CONTROL(control,
	{ .objective = "huber:L=1,tau=0.000372307510784049", .parameters = "gamma=1",
	  .note = "0.9 x 0.987 of the bound",
	  .steps = 100, .factor = 0.9 * 0.987 },
	{ .objective = "huber:L=1,tau=0.000372307510784049", .parameters = "gamma=1",
	  .note = "rate k^-5/2 instead of k^-2", .steps = 100, .power = 0.5 })

/*:
## Exercises

1. What does the method do at its first step? Compare with gradient descent (gd-convex-smooth) at $T=1$.
2. Show that $v_k-x_0$ and $x_k-x_0$ lie in the span of the gradients seen.
3. Write $y_{k+1}$ by $x_{k+1}$ and $x_k$ alone.
4. The error need not fall at every step. Where does the proof allow it to rise?
5. *Compute.* Find the $\gamma$ at which the check first fails on a quadratic, from `ratecheck verify agd-convex:gamma=1 --objective quadratic:d=2,kappa=10,spectrum=two-point --steps 64` on. For gradient descent it would be near $\frac2L$.
:*/

/*: {.plumbing} :*/
STEP(gamma, 1 / L, "0 < gamma <= 1/L")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	convex_steps(c, gamma, gamma, out);
}

CLAIM(agd_convex,
	.id = "agd-convex", .chapter = "acceleration",
	.title = "Accelerated gradient descent on convex smooth functions",
	.statement = "f convex, L-smooth, 0 < γ ≤ 1/L, t_0 = 1, t_{k+1} = (1 + √(1 + 4t_k²))/2: "
	             "f(x_k) − f* ≤ ‖x_0 − x*‖²/(2γ t_{k−1}²) ≤ 2‖x_0 − x*‖²/(γ(k + 1)²)",
	.quantity = "f(x_k) − f*", .formula = "D²/(2γ t_{k−1}²)",
	.source = "Nesterov, A method for solving the convex programming problem with convergence rate O(1/k²), 1983",
	.kind = RATE_DETERMINISTIC, .method = "agd", NEEDS("convex", "L", "x_star", "f_star"), RANGE,
	.schedules = SCHEDULES, .power = 2, .steps = steps, .bound = bound, .measure = rate_measure_gap,
	SHARP_AND_CONTROL)
