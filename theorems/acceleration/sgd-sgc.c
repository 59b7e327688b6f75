/*:
# SGD under strong growth

A stochastic gradient $g(x)$ with $\mathbb E\,g(x)=\nabla f(x)$ has *strong growth* $\rho$ if $\mathbb E\|g(x)\|^2\le\rho\|\nabla f(x)\|^2$ for all $x$: the noise vanishes where the gradient does. (It follows that $\rho\ge1$, and that a minimiser of $f$ is a
stationary point of every sample.) Then SGD behaves like gradient descent with a step shorter by the factor $\rho$.

**Theorem.** Let $f$ be convex and $L$-smooth with a minimiser $x_\star$, $g$ of strong growth $\rho$, $0<\gamma\le\frac1{\rho L}$, $x_{t+1}=x_t-\gamma g_t(x_t)$ with independent samples. Then for every $t\ge1$
$$ \mathbb E f(x_t)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\gamma t}. $$

**Theorem.** If $f$ is moreover $\mu$-strongly convex and $0<\gamma\le\frac2{\rho(L+\mu)}$, then
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;\Bigl(1-\frac{2\gamma\mu L}{L+\mu}\Bigr)^t\|x_0-x_\star\|^2. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

enum { L_NEED, GROWTH };

FORMULA(bound, t, D2 / (2 * gamma * t))

FORMULA(bound_sc, t, decay(2 * gamma * mu * L / (L + mu), t) * D2)

/*:
## Proof

*Convex.* Write $\delta_t=f(x_t)-f_\star$; expectations are conditional on the past first. The descent lemma (lem-descent) gives
$$ \mathbb E\,\delta_{t+1}\le\delta_t-\gamma\|\nabla f(x_t)\|^2+\tfrac{\gamma^2L}2\rho\|\nabla f(x_t)\|^2\le\delta_t-\tfrac\gamma2\|\nabla f(x_t)\|^2, $$
so the mean gap never grows. For the distance, $\langle\nabla f(x),x-x_\star\rangle\ge\delta+\frac1{2L}\|\nabla f(x)\|^2$ and $\gamma\rho\le\frac1L$ give
$$ \mathbb E\|x_{t+1}-x_\star\|^2\le\|x_t-x_\star\|^2-2\gamma\,\delta_t-\tfrac\gamma L\|\nabla f(x_t)\|^2+\gamma^2\rho\|\nabla f(x_t)\|^2\le\|x_t-x_\star\|^2-2\gamma\,\delta_t. $$
Add $2\gamma(t+1)$ times the first line, $2\gamma\,(t+1)\,\mathbb E\,\delta_{t+1}\le2\gamma\,(t+1)\,\delta_t$: the number $2\gamma t\,\mathbb E\delta_t+\mathbb E\|x_t-x_\star\|^2$ never grows, for
$$ 2\gamma(t+1)\,\mathbb E\delta_{t+1}+\mathbb E\|x_{t+1}-x_\star\|^2\le2\gamma(t+1)\,\mathbb E\delta_t+\mathbb E\|x_t-x_\star\|^2-2\gamma\,\mathbb E\delta_t . $$
At $t=0$ it is $\|x_0-x_\star\|^2$.

*Strongly convex.* $\langle\nabla f(x),x-x_\star\rangle\ge\frac{\mu L}{L+\mu}\|x-x_\star\|^2+\frac1{L+\mu}\|\nabla f(x)\|^2$. So
$$ \mathbb E\|x_{t+1}-x_\star\|^2\le\Bigl(1-\frac{2\gamma\mu L}{L+\mu}\Bigr)\|x_t-x_\star\|^2-\gamma\Bigl(\frac2{L+\mu}-\gamma\rho\Bigr)\|\nabla f(x_t)\|^2. \qquad\square $$

## How sharp it is

*Strongly convex:* exactly. Let $B$ be 1 with probability $1/\rho$, else 0, and $g=\rho B\nabla f$ on a quadratic. Along an eigenvector of $\lambda$, $\mathbb E x^2$ is multiplied by $1-2\gamma\lambda+\gamma^2\rho\lambda^2$; at
$\gamma=\frac2{\rho(L+\mu)}$ that is $1-\frac{4\mu L}{\rho(L+\mu)^2}$ for $\lambda=\mu$ and for $\lambda=L$: the bound, for every $t$.

*Convex:* within a factor 2. With $\rho=1$ this is gradient descent, whose exact bound is $\frac{\|x_0-x_\star\|^2}{4\gamma t+2/L}$, and the Huber function attains that. With all of the gradient or nothing Huber functions reach
$\frac t{2t+\rho}$ for every $\rho$. On quadratics with $\rho>1$ the ratio stays below $0.37$: it is
$\frac t\rho\bigl(1-\frac1\rho\bigr)^t\approx\frac1e$ for $\lambda=L$ at $t=\rho$.

## What is run

SGD on every objective whose strong growth is known; on quadratics the means are exact. Sharp: quadratics with all of the gradient or nothing, and the Huber function (one term, $\rho=1$).

## What must fail

$0.9$ of the second bound on the quadratic, and a step $1.1$ times $\frac2{\rho(L+\mu)}$; $0.45$ of the first.
:*/

SHARP(sharp,
	{ .objective = "huber:L=1,tau=0.00497512437810945", .parameters = "gamma=1",
	  .note = "one term: the Huber function for t = 100, T/(2T + 1) of the bound", .steps = 100,
	  .ratio = 100.0 / 201 },
	{ .objective = "quadratic:d=1,rotation=0+bernoulli:p=100", .note = "all of the gradient or nothing, rho = 100",
	  .steps = 100, .ratio = 0.366 })
CONTROL(control,
	{ .objective = "huber:L=1,tau=0.00497512437810945", .parameters = "gamma=1",
	  .note = "0.45 of the bound; 0.4975 is attained", .steps = 100, .factor = 0.45 })
SHARP(sharp_sc,
	{ .objective = "quadratic:d=2,kappa=10,spectrum=two-point,rotation=0+bernoulli:p=4",
	  .note = "all of the gradient or nothing, rho = 4: equality at every t", .steps = 256, .ratio = 1,
	  .deep_ratio = 1 },
	{ .objective = "quadratic:d=2,kappa=100,spectrum=two-point,rotation=0+bernoulli:p=3,active=2",
	  .note = "the same, rho = 3/2", .steps = 256, .ratio = 1, .deep_ratio = 1 })
CONTROL(control_sc,
	{ .objective = "quadratic:d=2,kappa=10,spectrum=two-point,rotation=0+bernoulli:p=4",
	  .note = "0.9 of the bound, which is attained", .steps = 256, .factor = 0.9 },
	{ .objective = "quadratic:d=2,kappa=10,spectrum=two-point,rotation=0+bernoulli:p=4", .parameters = "gamma=0.5",
	  .note = "1.1 times the largest step", .steps = 64 })

/*:
## Exercises

1. Show that strong growth implies $\rho\ge1$, and $\rho=1$ only without noise.
2. Let every $f_i$ be $L_{\max}$-smooth and convex, all with the minimiser $x_\star$, and $f$ $\mu$-strongly convex. Show strong growth with $\rho=\frac{L_{\max}}\mu$.
3. A batch is chosen so large that the variance of the mean is at most $\vartheta^2\|\nabla f\|^2$ (the *norm test*). Which $\rho$ is that?
:*/

/*: {.plumbing} :*/
static const char *const needs[] = { [L_NEED] = "L", [GROWTH] = "strong_growth", "convex", "x_star", "f_star" };
static const char *const needs_sc[] = { [L_NEED] = "L", [GROWTH] = "strong_growth", "mu", "x_star" };
STEP(gamma, 1 / (rho * L), "0 < gamma <= 1/(rho L)")
static const rate_param params_sc[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(rho (L + mu))") };

static void choose_sc(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = 2 * fraction / (rho * (L + mu));
}

MUST(admissible_sc, AT_MOST(gamma, 2 / (rho * (L + mu))), "0 < gamma <= 2/(rho (L + mu))")

NUMBER(factor_sc, 1 - 2 * gamma * mu * L / (L + mu))

CLAIM(sgd_sgc_convex,
	.id = "sgd-sgc-convex", .chapter = "acceleration", .title = "SGD under strong growth, convex",
	.statement = "f convex, L-smooth, E‖g(x)‖² ≤ ρ‖∇f(x)‖², 0 < γ ≤ 1/(ρL): E f(x_t) − f* ≤ ‖x_0 − x*‖²/(2γt)",
	.quantity = "E f(x_t) − f*", .formula = "D²/(2γt)",
	.source = "after Schmidt & Le Roux 2013 and Vaswani, Bach & Schmidt, AISTATS 2019",
	.kind = RATE_EXPECTATION, .method = "sgd", .needs = RATE_LIST(needs), RANGE, .power = 1, .bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(sgd_sgc,
	.id = "sgd-sgc", .chapter = "acceleration", .title = "SGD under strong growth, strongly convex",
	.statement = "f L-smooth, μ-strongly convex, E‖g(x)‖² ≤ ρ‖∇f(x)‖², 0 < γ ≤ 2/(ρ(L + μ)): "
	             "E‖x_t − x*‖² ≤ (1 − 2γμL/(L + μ))^t ‖x_0 − x*‖²",
	.quantity = "E‖x_t − x*‖²", .formula = "(1 − 2γμL/(L + μ))^t D²",
	.source = "after Schmidt & Le Roux 2013 and Vaswani, Bach & Schmidt, AISTATS 2019",
	.kind = RATE_EXPECTATION, .method = "sgd", .needs = RATE_LIST(needs_sc), .params = RATE_ROWS(params_sc),
	.choose = choose_sc, .admissible = admissible_sc, .bound = bound_sc, .factor = factor_sc,
	.measure = rate_measure_dist2, .sharp = sharp_sc, .control = control_sc)
