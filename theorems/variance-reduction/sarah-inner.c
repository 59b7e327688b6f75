/*:
# SARAH's inner loop contracts

SARAH estimates the gradient by a running sum of differences. Does the estimate become small, although it never sees a full gradient again?

**Theorem (sarah-inner).** Let $f=\frac1n\sum_if_i$ be $\mu$-strongly convex with convex, $L$-smooth terms $f_i$ (write $L$ for $L_{\max}$), $v_0=\nabla f(x_0)$, and for $t=0,1,\dots$
$$ x_{t+1}=x_t-\gamma v_t,\qquad v_{t+1}=v_t+\nabla f_i(x_{t+1})-\nabla f_i(x_t), $$
$i$ uniform and drawn afresh. If $0<\gamma\le\frac2L$, then for every $t\ge1$
$$ \mathbb E\|v_t\|^2\;\le\;\bigl(1-\gamma\mu(2-\gamma L)\bigr)^t\,\|\nabla f(x_0)\|^2 . $$

**Theorem (sarah-inner-path).** If every $f_i$ is $\mu$-strongly convex and $L$-smooth, then on every path
$$ \|v_t\|^2\;\le\;\max\bigl(|1-\gamma\mu|,|1-\gamma L|\bigr)^{2t}\,\|\nabla f(x_0)\|^2 . $$

A mean over a batch is convex and $L$-smooth as well, so both hold with any batch.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "running.h"

FORMULA(bound, t, decay(gamma * mu * (2 - gamma * L_max), t) * c->g02)

enum { MU_MIN };

static double factor_path(const rate_case *c)
{
	double gamma = c->param[gamma_], least = c->need[MU_MIN], L = c->L_max;

	return fmax(1 - gamma * least, gamma * L - 1);
}

static double bound_path(const rate_case *c, double t)
{
	return decay(1 - factor_path(c), 2 * t) * c->g02;
}

/*:
## Proof

Write $s=x_{t+1}-x_t=-\gamma v_t$ and $D=\nabla f_i(x_{t+1})-\nabla f_i(x_t)$. Then $v_{t+1}=v_t+D$ and
$$ \|v_{t+1}\|^2=\|v_t\|^2-\tfrac2\gamma\langle s,D\rangle+\|D\|^2 . $$
As $f_i$ is convex and $L$-smooth (lem-cocoercive), $\|D\|^2\le L\langle s,D\rangle$. The point $x_{t+1}$ is fixed before $i$ is drawn, so the mean over $i$ alone gives
$$ \mathbb E_i\|v_{t+1}\|^2\le\|v_t\|^2-\bigl(\tfrac2\gamma-L\bigr)\langle s,\nabla f(x_{t+1})-\nabla f(x_t)\rangle . $$
The inner product is at least $\mu\|s\|^2=\mu\gamma^2\|v_t\|^2$ and its factor is not negative. This is the claimed factor; take means and iterate.

*On every path.* $\gamma v_{t+1}=\Phi(x_t)-\Phi(x_t-\gamma v_t)$ with $\Phi(x)=x-\gamma\nabla f_i(x)$, which is Lipschitz with the constant $\max(|1-\gamma\mu|,|1-\gamma L|)$. $\square$

## How sharp it is

Both are attained at every $t$. Take $f_1=\frac L2x^2$ and $p-1$ zeros: with probability $\frac1p$ the step makes $v_{t+1}=(1-\gamma L)v_t$, else $v$ stays. Here $\mu=\frac Lp$, and
$1-\frac1p\bigl(1-(1-\gamma L)^2\bigr)$ is the factor. The path bound is attained on an eigenvector. The known factor $1-(\frac2{\gamma L}-1)\mu^2\gamma^2$ is nearer to 1 by $\frac\mu L$.

## What is run

SARAH on every objective with convex terms; where terms are quadratic the expectation is exact, by the moments of $(x,v)$.

## What must fail

0.9 of the bounds. The factor $(1-\gamma\mu)^2$ of gradient descent, which one would like to copy.

## Exercises

1. What does the first theorem say for $\mu=0$?
2. ★ SVRG with a snapshot $w$ that is never renewed has the estimate $v=\nabla f_i(x)-\nabla f_i(w)+\nabla f(w)$. Show that on the sharp instance $\mathbb E\|v\|^2$ does not tend to 0.
3. Which step makes the factor of the first theorem least? Compare with the step $\frac1L$ of gradient descent.
:*/

SHARP(sharp,
	{ .objective = "zero-or-L:p=10", .parameters = "gamma=1", .note = "one parabola among nine zeros",
	  .steps = 64, .ratio = 1 },
	{ .objective = "zero-or-L:p=3", .parameters = "gamma=1.5", .note = "a long step, two zeros", .steps = 64,
	  .ratio = 1 },
	{ .objective = "least-squares:n=30,d=5,noise=0", .note = "least squares" })
CONTROL(control,
	{ .objective = "zero-or-L:p=10", .parameters = "gamma=1", .note = "0.9 of the bound, which is attained",
	  .steps = 64,
	  .factor = 0.9 },
	{ .objective = "zero-or-L:p=10", .parameters = "gamma=1",
	  .note = "0.0012 of the bound at the end: the rate of gradient descent",
	  .steps = 64, .factor = 0.0012 })
SHARP(sharp_path,
	{ .objective = "quadratic:d=2,kappa=10,rotation=0,along=mu", .parameters = "gamma=1",
	  .note = "the eigenvector of mu",
	  .steps = 64, .ratio = 1 },
	{ .objective = "centres", .parameters = "gamma=0.5", .note = "several terms of one curvature", .steps = 16,
	  .ratio = 1 })
CONTROL(control_path,
	{ .objective = "quadratic:d=2,kappa=10,rotation=0,along=mu", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained", .steps = 64, .factor = 0.9 },
	{ .objective = "quadratic:d=2,kappa=10,rotation=0,along=L", .parameters = "gamma=1.9",
	  .note = "0.81 of the bound at t = 1: the factor (1 - gamma mu)^2 where the other end decides", .steps = 1,
	  .factor = 0.81 })

/*: {.plumbing} :*/
STEP(gamma, 2 / L_max, "0 < gamma <= 2/L")

static void choose_path(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L_max;
}

CLAIM(sarah_inner,
	.id = "sarah-inner", .chapter = "variance-reduction", .title = "SARAH's inner loop contracts",
	.statement = "f_i convex, L-smooth, f μ-strongly convex, 0 < γ ≤ 2/L: E‖v_t‖² ≤ (1 − γμ(2 − γL))^t ‖∇f(x_0)‖²",
	.quantity = "E‖v_t‖²", .formula = "(1 − γμ(2 − γL))^t ‖∇f(x_0)‖²",
	.source = "Nguyen, Liu, Scheinberg and Takac, SARAH, 2017; the method of AI-SARAH, Shi et al., "
	          "arXiv:2102.09700; this factor "
	          "is proved in this file",
	.kind = RATE_EXPECTATION, .method = "sarah", NEEDS("convex", "L_max", "mu", "no composite"), RANGE,
	.applies = noise_is_known, .bound = bound,
	.transient = bound, .measure = measure_running, SHARP_AND_CONTROL)

CLAIM(sarah_inner_path,
	.id = "sarah-inner-path", .chapter = "variance-reduction",
	.title = "SARAH's inner loop contracts on every path",
	.statement = "every f_i μ-strongly convex, L-smooth, 0 < γ ≤ 2/L: ‖v_t‖ ≤ max(|1 − γμ|, |1 − γL|)^t ‖∇f(x_0)‖",
	.quantity = "‖v_t‖²", .formula = "max(|1 − γμ|, |1 − γL|)^(2t) ‖∇f(x_0)‖²",
	.source = "after Nguyen, Liu, Scheinberg and Takac, SARAH, 2017; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "sarah", NEEDS([MU_MIN] = "mu_min", "L_max", "no composite"),
	.params = RATE_ROWS(params), .applies = noise_is_known,
	.choose = choose_path, .admissible = admissible, .bound = bound_path,
	.transient = bound_path, .measure = measure_running, .sharp = sharp_path, .control = control_path)
