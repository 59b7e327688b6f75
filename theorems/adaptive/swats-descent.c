/*:
# From Adam to gradient descent

Adam is fast at first, gradient descent is better in the end: SWATS begins with the one and ends with the other, and finds the step size of the second in the steps of the first. Here are the full gradients and $\beta_1=0$.

Let $0<\beta_2<1$, $\varepsilon>0$, $a_0=\lambda_0=0$. At step $t=1,2,\dots$, with $g=\nabla f(x_{t-1})$,
$$ a_i\leftarrow\beta_2a_i+(1-\beta_2)g_i^2,\qquad r_{t,i}=\gamma\,\frac{\sqrt{1-\beta_2^t}}{\sqrt{a_i}+\varepsilon},\qquad p_i=-r_{t,i}\,g_i,\qquad x_t=x_{t-1}+p . $$
The *estimate* is $e=\frac{\|p\|^2}{-\langle p,g\rangle}$, the length of a gradient step whose projection onto $p$ is $p$; its mean is $\lambda\leftarrow\beta_2\lambda+(1-\beta_2)e$, corrected $\lambda/(1-\beta_2^t)$. When, for a $t>1$, the two differ by less than `tol`, the method is from then on $x_t=x_{t-1}-\Lambda\nabla f(x_{t-1})$ with $\Lambda=\lambda/(1-\beta_2^t)$.

**Theorem.** Let $f$ be $L$-smooth with $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$, $\mu>0$, and $0<\gamma\le\frac\varepsilon L$. With $\rho_t=\min_ir_{t,i}$ before the switch and $\rho_t=\Lambda$ after it, for every $T$
$$ f(x_T)-f_\star\;\le\;\bigl(f(x_0)-f_\star\bigr)\prod_{t\le T}\Bigl[(1-\mu\rho_t)^2+\mu(L-\mu)\rho_t^2\Bigr] . $$

The bracket is $1-2\mu\rho(1-\frac{L\rho}2)$, written so that nothing cancels.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(beta2) P(eps) P(tol)
#include "../common.h"

/* What a step whose least rate is `rate` leaves of the gap. */
static double left_over(const rate_case *c, double rate)
{
	CONSTANTS(c);
	return (1 - pl * rate) * (1 - pl * rate) + pl * (L - pl) * rate * rate;
}

/*:
## Proof

*Before the switch.* $r_{t,i}\le\frac\gamma\varepsilon\le\frac1L$, because $\sqrt{1-\beta_2^t}\le1$. Smoothness gives
$$ f(x+p)\le f(x)-\sum_ig_i^2\Bigl(r_i-\frac L2r_i^2\Bigr)\le f(x)-\Bigl(\rho-\frac L2\rho^2\Bigr)\|g\|^2\le f(x)-2\mu\Bigl(\rho-\frac L2\rho^2\Bigr)(f(x)-f_\star), $$
as $r-\frac L2r^2$ increases on $[0,\frac1L]$.

*After it.* $e=\sum r_i^2g_i^2/\sum r_ig_i^2$ is a weighted mean of the $r_i$, so $e\le\frac1L$, and $\Lambda$ is a weighted mean of numbers $e$ (and of 0 where there was no step). So $\Lambda\le\frac1L$, and the same inequality holds with $\rho=\Lambda$. $\square$

*Letters.* In the code $\mu$ is `pl`; $p$ is a step, $\Lambda$ the step size after the switch.

## How sharp it is

Exactly, on $\frac12x^2$: every step multiplies $x$ by $1-\rho_t$. There SWATS with $\gamma=\beta_2=\frac12$, $\varepsilon=1$ and `tol` $=0.01$ switches after step 13, with $\Lambda=0.473$.

## What is run

Smooth functions with a known $\mu$, with $\varepsilon=1$ and $\gamma$ a share of $\frac1L$; the rates are read off the run.

## What must fail

$0.9$ of the bound in the case of equality. Steps three times too long: near the minimiser $\sqrt a$ is small against $\varepsilon$, and then $r=\frac3L$ diverges.

## Exercises

1. Show that the projection of $-e\,g$ onto $p$ is $p$.
2. All $|g_i|$ are equal. What is $e$?
3. Why $t>1$?
:*/

SHARP(sharp,
	{ .objective = "diagonal:lambda=1", .parameters = "gamma=0.5,beta2=0.5,eps=1,tol=0.01",
	  .note = "a switch after step 13",
	  .steps = 20, .ratio = 1 },
	{ .objective = "diagonal:lambda=1", .parameters = "gamma=0.5,beta2=0.9,eps=1,tol=0.01", .note = "no switch",
	  .steps = 20,
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "diagonal:lambda=1", .parameters = "gamma=0.5,beta2=0.5,eps=1,tol=0.01",
	  .note = "0.9 of the bound",
	  .steps = 20, .factor = 0.9 },
	{ .objective = "pl-sine:start=1e-6", .parameters = "gamma=0.375,beta2=0.9,eps=1,tol=0",
	  .note = "three times too long",
	  .steps = 40 })

/*: {.plumbing} :*/
enum { LOGARITHM, KEPT }; /* of the product */

/* The logarithm of the product, the step that led here included. */
static int through(rate_view *v, size_t r, double *sum)
{
	const double *rate;
	double least = INFINITY;

	*sum = rate_acc(v, KEPT, r)[LOGARITHM];
	if (v->t == 0)
		return RATE_OK;
	if (v->find(v, "rate", &rate))
		return (v->run->call->fail)(v->run, "the method has no state `rate`");
	for (size_t j = 0; j < v->run->d; j++)
		least = fmin(least, rate[r * v->run->ld + j]);
	*sum += log(left_over(v->c, least));
	return RATE_OK;
}

static int observe(rate_view *v)
{
	for (size_t r = 0; r < v->run->nrep; r++) {
		double sum;

		if (through(v, r, &sum))
			return RATE_FAIL;
		rate_acc(v, KEPT, r)[LOGARITHM] = sum;
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++) {
		if (through(v, r, &b[r]))
			return RATE_FAIL;
		b[r] = v->c->d0 * exp(b[r]);
	}
	return rate_gap_of(v, v->state[0], q, s);
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(admissible, eps > 0 && beta2 > 0 && beta2 < 1 && AT_MOST(gamma, eps / L), "0 < gamma <= eps/L, 0 < beta2 < 1")
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= eps/L"),
	[beta2_] = { "beta2", RATE_REAL, "0.9", 1e-9, 0.9999999, NULL, "memory of the squares" },
	[eps_] = { "eps", RATE_REAL, "1", 1e-100, 1e100, NULL, "added to the root" },
	[tol_] = { "tol", RATE_REAL, "1e-3", 0, 1e100, NULL, "switch when mean and estimate differ by less" },
};

CLAIM(swats_descent,
	.id = "swats-descent", .chapter = "adaptive", .title = "From Adam to gradient descent",
	.statement = "f L-smooth, μ-PL, β₁ = 0, γ ≤ ε/L: f(x_T) − f* ≤ (f(x_0) − f*) Π_{t≤T} [(1 − μρ_t)² + μ(L − "
	             "μ)ρ_t²], "
	             "ρ_t the least rate of step t",
	.quantity = "f(x_t) − f*", .formula = "(f(x_0) − f*) Π [(1 − μρ_s)² + μ(L − μ)ρ_s²]",
	.source = "method: Keskar and Socher, Improving Generalization Performance by Switching from Adam to SGD, "
	          "2017; "
	          "the bound is "
	          "proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "swats:beta1=0",
	NEEDS("L", "pl", "f_star", "whole space", "no composite"), RANGE, .accumulators = KEPT, .observe = observe,
	.measure = measure, SHARP_AND_CONTROL)
