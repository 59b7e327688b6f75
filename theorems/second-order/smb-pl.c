/*:
# A trial step, and a model that learns from its failure

A step that is too long is not wasted: the gradient at its end says how $f$ bends. The method tries $-\alpha\nabla f(x)$; if that lowers $f$ enough it stays there, else it builds a quadratic model from the two gradients and takes the model's step.

**Theorem.** Let $f$ be $L$-smooth and bounded below by $f_\star$; $\alpha>0$, $0<\eta<1$, $0<c<1$ with $\eta\alpha<\frac2L$. Let $g=\nabla f(x)$, $s=-\alpha g$. If $f(x+s)\le f(x)-c\alpha\|g\|^2$ let $x^+=x+s$; else, with
$y=\nabla f(x+s)-g$ and $2\tau=\|s\|\bigl(\|y\|+\frac{\|g\|}\eta\bigr)-y^\top s$, let
$$ x^+=x-M^{-1}g,\qquad M=\frac{2\tau I+ys^\top+sy^\top}{\|s\|^2} . $$
(At $g=0$ the method stays.) Put $m=\frac{\eta\alpha}{1+2\eta\alpha L}$ and
$$ \kappa=\min\bigl\{c\alpha,\;m(1-\tfrac{mL}2),\;\eta\alpha(1-\tfrac{\eta\alpha L}2)\bigr\}>0 . $$
Every step has $f(x)-f(x^+)\ge\kappa\|g\|^2$. Hence, for every $T\ge1$,
$$ \min_{t<T}\|\nabla f(x_t)\|^2\le\frac{f(x_0)-f_\star}{\kappa T}\quad\text{(smb-nonconvex)}, $$
and if $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$ for all $x$
$$ f(x_T)-f_\star\le(1-2\mu\kappa)^T(f(x_0)-f_\star)\quad\text{(smb-pl)}. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(alpha) P(eta) P(share)
#include "../least.h"

NUMBER(kappa_model, eta * alpha / (1 + 2 * eta * alpha * L) * (1 - eta * alpha * L / (1 + 2 * eta * alpha * L) / 2))

NUMBER(kappa, fmin(share * alpha, fmin(kappa_model(c), eta * alpha * (1 - eta * alpha * L / 2))))

FORMULA(bound, t, decay(2 * pl * kappa(c), t) * d0)

FORMULA(bound_nonconvex, t, d0 / (kappa(c) * t))

/*:
## Proof

*The spectrum of $M$.* The matrix $ys^\top+sy^\top$ has the eigenvalues $y^\top s\pm\|y\|\|s\|$ on the span of $s$ and $y$, and 0 elsewhere. Adding $2\tau$ gives $\frac{\|s\|\|g\|}\eta$ and $\frac{\|s\|\|g\|}\eta+2\|y\|\|s\|$ at the ends, $2\tau$ in
between. Divide by $\|s\|^2$ with $\|s\|=\alpha\|g\|$:
$$ \frac1{\eta\alpha}I\preceq M\preceq\Bigl(\frac1{\eta\alpha}+\frac{2\|y\|}{\|s\|}\Bigr)I\preceq\Bigl(\frac1{\eta\alpha}+2L\Bigr)I, $$
as $\|y\|\le L\|s\|$. So the eigenvalues $m_i$ of $M^{-1}$ lie in $[m,\eta\alpha]$.

*The decrease.* The descent lemma (lem-descent) with $x^+-x=-M^{-1}g$ says, in an eigenbasis with coordinates $g_i$ of $g$,
$$ f(x)-f(x^+)\ge\sum_i\bigl(m_i-\tfrac L2m_i^2\bigr)g_i^2 . $$
The bracket is concave in $m_i$, hence at least its smaller value at the two ends of the interval; both are positive as $\eta\alpha<\frac2L$ and $m<\frac1{2L}$. An accepted trial lowers $f$ by $c\alpha\|g\|^2$ at least. This is $\kappa$. Sum it over
$t<T$, or insert $\|g\|^2\ge2\mu(f-f_\star)$. $\square$

## How sharp it is

Attained at every $T$: on the parabola $\frac L2x^2$ with $\alpha L=2$ the trial jumps to $-x$ and is always refused, $y=Ls$, and the model's step is exactly $m$ times the gradient. Without convexity the zig-zag function made for
$\alpha L=3.75$ accepts every trial with equality, $\kappa=c\alpha$ for $c=\frac1{16}$, and the ratio ${{smb-nonconvex#1.max_ratio:3}}$ at $T=50$ tends to 1. (Its iterates are unstable; all numbers there are dyadic, so that no rounding disturbs them.)

## What is run

The method wherever $L$ is known; `share` is the $c$ of the page. How long the trial is hardly matters as long as $\eta\alpha L$ stays the same: that is what the model is for.

## What must fail

0.9 of the bound on the parabola. The $2L$ in $m$ forgotten: with $\alpha=2$, $\eta=\frac12$, $L=1$ that would claim arrival in one step. Plain gradient descent with the trial step of 2.5, which diverges.

## Exercises

1. For which $\alpha$ is the trial of an $L$-smooth function always accepted?
2. What does the model's step become as $\eta\to0$ with $\alpha$ fixed?
:*/

#define REFUSED .objective = "quadratic:d=1,L=1", .parameters = "alpha=2,eta=0.8,share=0.5"
SHARP(sharp,
	{ REFUSED, .note = "a parabola whose trials are all refused", .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=20,kappa=100", .parameters = "alpha=1.5,eta=0.5,share=0.25", .note = "a quadratic",
	  .steps = 256 })
CONTROL(control,
	{ REFUSED, .note = "0.9 of the bound, which is attained", .steps = 64, .factor = 0.9 },
	{ .objective = "quadratic:d=1,L=1", .parameters = "alpha=2.5,eta=0.5,share=0.25",
	  .note = "every trial taken: gradient descent with 2.5/L", .steps = 64, .method = "gd" })

#define ZIG_ZAG(T) "zig-zag:T=" T ",gamma=3.75"
#define ACCEPTED .parameters = "alpha=3.75,eta=0.26666666666666666,share=0.0625"
SHARP(sharp_nonconvex,
	{ .objective = ZIG_ZAG("50"), ACCEPTED, .note = "every trial accepted with equality, T = 50", .steps = 50,
	  .ratio = 0.978 },
	{ REFUSED, .note = "a parabola, one step", .steps = 1, .ratio = 0.6168 })
CONTROL(control_nonconvex,
	{ .objective = ZIG_ZAG("50"), ACCEPTED, .note = "0.9 of the ratio", .steps = 50, .factor = 0.9 * 0.978 },
	{ .objective = ZIG_ZAG("256"), ACCEPTED, .note = "rate T^-3/2 instead of T^-1", .steps = 256, .power = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[alpha_] = { "alpha", RATE_REAL, "auto", 0, 0, NULL, "trial step, 0 < eta alpha < 2/L" },
	[eta_] = { "eta", RATE_REAL, "0.5", 1e-9, 0.999999999, NULL, "length of the model's step, at most eta |s|" },
	[share_] = { "share", RATE_REAL, "0.25", 1e-9, 0.999999999, NULL,
	             "c: share of the decrease that a trial has to reach" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[alpha_] = 2 * fraction / c->L;
}

MUST(admissible, alpha > 0 && eta * alpha * L < 2, "0 < eta alpha < 2/L")

NUMBER(factor, 1 - 2 * pl * kappa(c))

CLAIM(smb_pl,
	.id = "smb-pl", .chapter = "second-order", .title = "Model building under a PL inequality",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*), 0 < ηα < 2/L: f(x_t) − f* ≤ (1 − 2μκ)^t (f(x_0) − f*), "
	             "κ = min{cα, m(1 − mL/2), ηα(1 − ηαL/2)}, m = ηα/(1 + 2ηαL)",
	.quantity = "f(x_t) − f*", .formula = "(1 − 2μκ)^t d_0",
	.source = "step of Birbil, Martin, Onay and Öztoprak, Bolstering stochastic gradient descent with model "
	          "building, "
	          "arXiv:2111.07058; the theorem is proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "smb", NEEDS("L", "pl", "f_star"), RANGE, .bound = bound,
	.factor = factor,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(smb_nonconvex,
	.id = "smb-nonconvex", .chapter = "second-order", .title = "Model building without convexity",
	.statement = "f L-smooth, f ≥ f*, 0 < ηα < 2/L: min_{s<t} ‖∇f(x_s)‖² ≤ (f(x_0) − f*)/(κt)",
	.quantity = "min_{s<t} ‖∇f(x_s)‖²", .formula = "(f(x_0) − f*)/(κt)",
	.source = "step of Birbil, Martin, Onay and Öztoprak, arXiv:2111.07058; the theorem is proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "smb", NEEDS("L", "f_star"), RANGE, .accumulators = LEAST_KEPT,
	.power = 1,
	.bound = bound_nonconvex, .observe = observe_least, .measure = measure_least, .sharp = sharp_nonconvex,
	.control = control_nonconvex)
