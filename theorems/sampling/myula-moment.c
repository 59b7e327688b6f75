/*:
# Proximal Langevin steps

A density $e^{-(f+h)/\tau}$ with a kinked $h$: the envelope $h_\lambda$ has a gradient, $\frac1\lambda(x-\operatorname{prox}_{\lambda h}(x))$, and Langevin steps take it.

**Theorem.** Let $f$ be $\mu$-strongly convex and $L$-smooth on $\mathbb R^d$, $h$ convex and closed, $\mu_h$-strongly convex with $\mu_h\ge0$, and let $x_\star$ minimise $f$ and $h$ both. With
$$ m=\mu+\frac{\mu_h}{1+\lambda\mu_h},\qquad M=L+\frac1\lambda,\qquad q=\max(|1-\gamma m|,|1-\gamma M|),\qquad0<\gamma\le\frac2M, $$
the steps $x_{t+1}=x_t-\gamma\bigl(\nabla f(x_t)+\frac1\lambda(x_t-\operatorname{prox}_{\lambda h}(x_t))\bigr)+\sqrt{2\gamma\tau}\,z_t$ satisfy for every $t$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;q^{2t}\|x_0-x_\star\|^2+2\gamma\tau d\,\frac{1-q^{2t}}{1-q^2} . $$

If $x_\star$ does not minimise both, the same holds about the minimiser of $f+h_\lambda$, which is another point. How far the envelope moves the law is said by page envelope-tv.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(lambda) P(tau)
#include "langevin.h"

NUMBER(most, L + 1 / lambda)
NUMBER(least, mu + (c->mu_h > 0 ? c->mu_h / (1 + lambda * c->mu_h) : 0))

FORMULA(transient, t, decay_squared(shortfall(gamma, least(c), most(c)), t) * D2)

static double bound(const rate_case *c, double t)
{
	LETTERS(c);

	return transient(c, t) +
	    2 * gamma * tau * (double)c->d * squares_until(shortfall(gamma, least(c), most(c)), t);
}

/*:
## Proof

$h_\lambda(x)=\min_uh(u)+\frac1{2\lambda}\|u-x\|^2$ is $\frac1\lambda$-smooth. It is $\frac{\mu_h}{1+\lambda\mu_h}$-strongly convex: $p=\operatorname{prox}_{\lambda h}(x)$ and $p'=\operatorname{prox}_{\lambda h}(x')$ have $\langle\frac{x-p}\lambda-\frac{x'-p'}\lambda,p-p'\rangle\ge\mu_h\|p-p'\|^2$, so with $a=x-x'$, $b=p-p'$ and $g=\frac{a-b}\lambda$, the difference of the gradients, $\langle g,b\rangle\ge\mu_h\|b\|^2$. As $b=a-\lambda g$,
$$ \langle g,a\rangle-\lambda\|g\|^2\ge\mu_h\|a-\lambda g\|^2,\qquad\text{that is,}\qquad(1+2\lambda\mu_h)\langle g,a\rangle\ge\mu_h\|a\|^2+\lambda(1+\lambda\mu_h)\|g\|^2 . $$
Insert $\|g\|^2\ge\frac{\langle g,a\rangle^2}{\|a\|^2}$: $s=\frac{\langle g,a\rangle}{\|a\|^2}$ satisfies $\lambda(1+\lambda\mu_h)s^2-(1+2\lambda\mu_h)s+\mu_h\le0$, whose smaller root is $\frac{\mu_h}{1+\lambda\mu_h}$ (the other is $\frac1\lambda$).

So $f+h_\lambda$ is $m$-strongly convex and $M$-smooth, and $x_\star$ minimises it: $h_\lambda$ and $h$ have the same minimisers. Page ula does the rest. $\square$

## How sharp it is

For $f=\frac a2\|x\|^2$, $h=\frac b2\|x\|^2$ and $\gamma(m+M)\le2$ it is an equality at every $t$: the steps are Langevin steps with the one eigenvalue $m$.

## What is run

The method `myula` on strongly convex composite objectives whose $x_\star$ minimises both parts. With a ridge as $h$ the means are exact, with an $\ell_1$ norm they are sampled.

## What must fail

$0.9$ of the bound; and the method with $2\lambda$, which for a ridge contracts more slowly.

## Exercises

1. What is the longest step for small $\lambda$? What does that say about the price of the envelope?
2. Let $h$ be $0$ on a ball and $\infty$ outside. Which density is sampled, and do the points stay in the ball?
:*/

#define RIDGE "quadratic:d=3,spectrum=one,L=0.5+elastic-net:l1=0,ridge=2"
SHARP(sharp,
	{ .objective = RIDGE, .parameters = "gamma=0.2,lambda=0.5,tau=1", .steps = 64,
	  .note = "a ridge: equality at every t", .ratio = 1, .deep_ratio = 1 },
	{ .objective = "quadratic:d=2,spectrum=one,L=0.5,start=0+l1:lambda=1",
	  .parameters = "gamma=0.1,lambda=0.5,tau=1", .steps = 16, .note = "an l1 norm, from x*" },
	{ .objective = "quadratic:d=4,kappa=10,spectrum=two-point+elastic-net:l1=0,ridge=0.5", .steps = 64,
	  .parameters = "lambda=1", .note = "two eigenvalues and a ridge" })
CONTROL(control,
	{ .objective = RIDGE, .parameters = "gamma=0.2,lambda=0.5,tau=1", .steps = 64, .note = "0.9 of the bound",
	  .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(L + 1/lambda)"),
	[lambda_] = { "lambda", RATE_REAL, "auto", 1e-100, 1e100, NULL, "of the envelope" },
	[tau_] = { "tau", RATE_REAL, "1", 0, 1e50, NULL, "temperature" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[lambda_] = 1 / c->L;
	param[gamma_] = fraction / (2 * c->L);
}

MUST(admissible, lambda > 0 && AT_MOST(gamma, 2 / most(c)) && tau >= 0,
     "0 < gamma <= 2/(L + 1/lambda), lambda > 0, tau >= 0")

CLAIM(myula_moment,
	.id = "myula-moment", .chapter = "sampling", .title = "Proximal Langevin steps",
	.statement = "f μ-strongly convex, L-smooth, h convex with prox, x* minimises both, m = μ + μ_h/(1 + "
	             "λμ_h), "
	             "M = L + 1/λ, 0 < γ ≤ 2/M, q = max(|1 − γm|, |1 − γM|): "
	             "E‖x_t − x*‖² ≤ q^(2t) D² + 2γτd (1 − q^(2t))/(1 − q²)",
	.quantity = "E‖x_t − x*‖²", .formula = "q^(2t) D² + 2γτd (1 − q^(2t))/(1 − q²)",
	.source = "the method of Durmus, Moulines and Pereyra, Efficient Bayesian computation by proximal "
	          "Markov chain "
	          "Monte Carlo, 2018; proved in this file",
	.kind = RATE_EXPECTATION, .method = "myula",
	NEEDS("composite", "convex", "mu", "L", "x_star", "stationary", "whole space"), RANGE, .bound = bound,
	.transient = transient, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
