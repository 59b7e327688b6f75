/*:
# Acceleration with stochastic steps and exact sums

If the sequence $v$ sees the exact gradient and only $x$ a stochastic one, the price of the noise is $\rho$ instead of $\rho^2$; and $\sqrt\rho$ instead of $\rho$ in the exponent.

**Theorem.** Let $f$ be convex and $L$-smooth with a minimiser $x_\star$, $\mathbb E\|g(x)\|^2\le\rho\|\nabla f(x)\|^2$, $0<\gamma\le\frac1{\rho L}$, $t_0=1$, $t_{k+1}=\frac12\bigl(1+\sqrt{1+4t_k^2}\bigr)$, $v_0=x_0$,
$$ y_k=x_k+\tfrac1{t_k}(v_k-x_k),\qquad x_{k+1}=y_k-\gamma g_k(y_k),\qquad v_{k+1}=v_k-\gamma t_k\nabla f(y_k). $$
Then $\displaystyle\mathbb E f(x_k)-f_\star\le\frac{\|x_0-x_\star\|^2}{2\gamma t_{k-1}^2}\le\frac{2\rho L\|x_0-x_\star\|^2}{(k+1)^2}$, the last for $\gamma=\frac1{\rho L}$.

**Theorem.** If $f$ is moreover $\mu$-strongly convex, with $\theta=\sqrt{\mu\gamma}$ and
$$ y_k=\frac{x_k+\theta v_k}{1+\theta},\qquad x_{k+1}=y_k-\gamma g_k(y_k),\qquad v_{k+1}=(1-\theta)v_k+\theta y_k-\frac\theta\mu\nabla f(y_k), $$
$$ \mathbb E\Bigl[f(x_k)-f_\star+\frac\mu2\|v_k-x_\star\|^2\Bigr]\;\le\;(1-\theta)^k\Bigl(f(x_0)-f_\star+\frac\mu2\|x_0-x_\star\|^2\Bigr),\qquad\theta=\frac1{\sqrt{\rho\kappa}}\ \text{at}\ \gamma=\frac1{\rho L}. $$
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

FORMULA(bound_sc, k, decay(sqrt(mu * gamma), k) * potential_at_start(c))

/*:
## Proof

The proofs for exact gradients use of $x_{k+1}$ only that $f(x_{k+1})\le f(y_k)-\frac\gamma2\|\nabla f(y_k)\|^2$. For a stochastic step this holds in the mean if $\gamma\le\frac1{\rho L}$ (sagd-sgc-convex), and $v$ is as there. $\square$

Nothing else is asked of $x_{k+1}$, so any other update that lowers $f$ in the mean by $\frac\gamma2\|\nabla f(y_k)\|^2$ may take its place.

## How sharp it is

*Strongly convex:* ratio ${{sagd-semi#1.max_ratio:5}}$ on the eigenvector of $\mu$. *Convex:* for every $\rho$ in the limit of long runs, by Huber functions as for sagd-sgc-convex: ${{sagd-semi-convex#1.max_ratio:3}}$ for $\rho=1$ and ${{sagd-semi-convex#3.max_ratio:3}}$ for $\rho=4$ at $k=100$; up to ${{sagd-semi-convex#2.max_ratio:2}}$ on quadratics with $\rho>1$.

## What is run, and what must fail

As for sagd-sgc-convex: the methods on every objective with a known strong growth; $0.9\times0.987$ and $0.9$ of the bounds, $0.85$ of the first with noise, and the second times $k^{-0.05}$.
:*/

SHARP(sharp,
	{ .objective = "huber:L=1,tau=0.000372307510784049", .parameters = "gamma=1",
	  .note = "no noise, rho = 1: the Huber function for k = 100", .steps = 100, .ratio = 0.987 },
	{ .objective = "quadratic:d=2,kappa=1000,spectrum=two-point,rotation=0,along=mu+bernoulli:p=4",
	  .note = "all of the gradient or nothing, rho = 4", .steps = 256, .ratio = 0.336 },
	{ .objective = "huber:L=1,tau=0.001488+bernoulli:p=4", .parameters = "gamma=0.25",
	  .note = "the Huber function for k = 100 with all of the gradient or nothing, rho = 4: 0.986", .steps = 100 })
CONTROL(control,
	{ .objective = "huber:L=1,tau=0.000372307510784049", .parameters = "gamma=1",
	  .note = "0.9 x 0.987 of the bound",
	  .steps = 100, .factor = 0.9 * 0.987 },
	{ .objective = "huber:L=1,tau=0.001488+bernoulli:p=4", .parameters = "gamma=0.25",
	  .note = "0.85 of the bound, rho = 4; 0.986 is reached", .steps = 100, .factor = 0.85 })
SHARP(sharp_sc,
	{ .objective = "quadratic:d=2,kappa=1e4,spectrum=two-point,rotation=0,along=mu+bernoulli:p=4",
	  .note = "all of the gradient or nothing, rho = 4, along the eigenvector of mu", .steps = 50,
	  .ratio = 0.9999 })
CONTROL(control_sc,
	{ .objective = "quadratic:d=2,kappa=1e4,spectrum=two-point,rotation=0,along=mu+bernoulli:p=4",
	  .note = "0.9 of the bound", .steps = 50, .factor = 0.9 },
	{ .objective = "quadratic:d=2,kappa=1e4,spectrum=two-point,rotation=0,along=mu+bernoulli:p=4",
	  .note = "the bound times k^-0.05", .steps = 50, .power = 0.05 })

/*:
## Exercises

1. In a sum of $n$ terms one step costs a full gradient besides the stochastic one. Count gradients: when does it pay against the fully stochastic method, and when against
   the accelerated method with full gradients?
2. Replace the step for $x$ by a coordinate step: $x^+=y-\frac1{L_j}\nabla_jf(y)e_j$, $j$ drawn with probability $p_j$. Which $\gamma$ does the descent in the mean give?
:*/

/*: {.plumbing} :*/
STEP(gamma, 1 / (rho * L), "0 < gamma <= 1/(rho L)")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	convex_steps(c, gamma, gamma, out);
}

static void steps_sc(const rate_case *c, double *const *out)
{
	LETTERS(c);

	geometric_steps(c, gamma, sqrt(mu * gamma), out);
}

NUMBER(factor_sc, 1 - sqrt(mu * gamma))

CLAIM(sagd_semi_convex,
	.id = "sagd-semi-convex", .chapter = "acceleration",
	.title = "Semi-stochastic acceleration under strong growth, convex",
	.statement = "f convex, L-smooth, E‖g(x)‖² ≤ ρ‖∇f(x)‖², 0 < γ ≤ 1/(ρL), exact gradients for v: "
	             "E f(x_k) − f* ≤ ‖x_0 − x*‖²/(2γ t_{k−1}²) ≤ 2‖x_0 − x*‖²/(γ(k + 1)²)",
	.quantity = "E f(x_k) − f*", .formula = "D²/(2γ t_{k−1}²)",
	.source = "after Mishkin, Pilanci & Schmidt, arXiv:2404.02378v2",
	.kind = RATE_EXPECTATION, .method = "sagd-semi", NEEDS("convex", "L", "strong_growth", "x_star", "f_star"),
	RANGE,
	.schedules = SCHEDULES, .power = 2, .steps = steps, .bound = bound, .measure = rate_measure_gap,
	SHARP_AND_CONTROL)

CLAIM(sagd_semi,
	.id = "sagd-semi", .chapter = "acceleration",
	.title = "Semi-stochastic acceleration under strong growth, strongly convex",
	.statement = "f L-smooth, μ-strongly convex, E‖g(x)‖² ≤ ρ‖∇f(x)‖², 0 < γ ≤ 1/(ρL), exact gradients for v: "
	             "E[f(x_k) − f* + μ/2 ‖v_k − x*‖²] ≤ (1 − √(μγ))^k (f(x_0) − f* + μ/2 ‖x_0 − x*‖²)",
	.quantity = "E[f(x_k) − f* + μ/2 ‖v_k − x*‖²]", .formula = "(1 − √(μγ))^k (d_0 + μ/2 D²)",
	.source = "after Mishkin, Pilanci & Schmidt, arXiv:2404.02378v2",
	.kind = RATE_EXPECTATION, .method = "sagd-semi", NEEDS("mu", "L", "strong_growth", "x_star", "f_star"), RANGE,
	.schedules = SCHEDULES, .steps = steps_sc, .bound = bound_sc, .factor = factor_sc, .measure = measure_potential,
	.sharp = sharp_sc, .control = control_sc)
