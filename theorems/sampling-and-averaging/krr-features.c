/*:
# Random features: noise that stays

Two ways to make a step on kernel ridge regression cheap: look at a few coordinates of the gradient, or replace the kernel by
random features. krr-coordinates has the first. This one shows what is wrong with the second.

**Theorem.** Let $\phi\in\mathbb R^n$ be random with entries $\pm1$ and $\mathbb E\phi\phi^\top=I$, $s^2>0$, and estimate the gradient of
$\frac{1+s^2}2\|x\|^2-\langle y,x\rangle$ by $(\phi\phi^\top+s^2I)x-y$, with a new $\phi$ at each step. With $x_\star=\frac y{1+s^2}$,
$\rho=1-\gamma(1+s^2)$ and $v_t=\mathbb E\|x_t-x_\star\|^2$, exactly,
$$ v_{t+1}=\bigl(1-2\gamma(1+s^2)+\gamma^2(n+2s^2+s^4)\bigr)v_t+2\gamma^2(n-1)\rho^t\langle x_0-x_\star,x_\star\rangle
+\gamma^2(n-1)\|x_\star\|^2 . $$

It is stable if and only if $\gamma<\frac{2(1+s^2)}{n+2s^2+s^4}$, and then ends at the floor
$\frac{\gamma(n-1)\|x_\star\|^2}{2(1+s^2)-\gamma(n+2s^2+s^4)}$: the noise of the features does not vanish at the solution.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

enum { FEATURES };

/* n + 2 s^2 + s^4 */
NUMBER(square, c->need[FEATURES] - 1 + L * L)

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double v = D2, inner = 0, rho_t = 1;

	for (size_t j = 0; j < c->d; j++)
		inner += (c->x0[j] - c->x_star[j]) * c->x_star[j];
	for (double s = 0; s < t; s++) {
		v = (1 - 2 * gamma * L + gamma * gamma * square(c)) * v +
		    gamma * gamma * (2 * (c->need[FEATURES] - 1) * rho_t * inner + sigma_star2);
		rho_t *= 1 - gamma * L;
	}
	return v;
}

/*:
(In the code $L=1+s^2$, and $\sigma_\star^2=(n-1)\|x_\star\|^2$ is the variance of the estimate at the solution.)

## Proof

With $e=x-x_\star$ the estimate is $(\phi\phi^\top+s^2I)e+(\phi\phi^\top-I)x_\star$, as $y=(1+s^2)x_\star$. Because
$(\phi\phi^\top)^2=n\phi\phi^\top$,
$$ \mathbb E\|(\phi\phi^\top+s^2)e\|^2=(n+2s^2+s^4)\|e\|^2,\qquad \mathbb E\|(\phi\phi^\top-I)x_\star\|^2=(n-1)\|x_\star\|^2, $$
and the mean of the inner product of the two is $(n-1)\langle e,x_\star\rangle$. The mean of the estimate is $(1+s^2)e$, so
$\mathbb E e$ shrinks by $\rho$. Expand $\|e-\gamma(\dots)\|^2$. $\square$

## How sharp it is

It is a law: the ratio is 1 at every $t$. With $n=4$, $s^2=0.1$, $\gamma=0.1$ the floor is $0.557$, that is $0.17\,\|x_\star\|^2$.

## What is run

SGD on `kernel-features`, where $\phi$ is a row of a Hadamard matrix.

## What must fail

One percent off. The claim of coordinates, that the error vanishes: the bound times $\frac1t$.

## Exercises

1. Take the mean of $b$ independent features at each step. What becomes of $n-1$ in the floor?
2. Let $\gamma_t=\frac1{(1+s^2)(t+1)}$ for large $t$. How fast does $v_t$ fall?
:*/

SHARP(sharp,
	{ .objective = "kernel-features:n=4,s2=0.1", .parameters = "gamma=0.1", .steps = 64, .note = "four features",
	  .ratio = 1 },
	{ .objective = "kernel-features:n=8,s2=1", .parameters = "gamma=0.05", .steps = 64, .note = "eight features",
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "kernel-features:n=4,s2=0.1", .parameters = "gamma=0.1", .steps = 64,
	  .note = "one percent off", .factor = 0.99 },
	{ .objective = "kernel-features:n=4,s2=0.1", .parameters = "gamma=0.1", .steps = 64,
	  .note = "an error that vanishes",
	  .power = 1 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 2(1+s2)/(n+2 s2+s2^2)") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * 2 * c->L / square(c);
}

MUST(admissible, gamma > 0 && gamma * square(c) < 2 * L, "0 < gamma < 2(1+s2)/(n+2 s2+s2^2)")

CLAIM(krr_features,
	.id = "krr-features", .chapter = "sampling-and-averaging", .title = "Random features: noise that stays",
	.statement = "E φφᵀ = I, entries ±1, g = (φφᵀ + s²)x − y: v_{t+1} = (1 − 2γ(1+s²) + γ²(n+2s²+s⁴))v_t + "
	             "2γ²(n−1)ρ^t⟨x_0 − x*, x*⟩ + γ²(n−1)‖x*‖²",
	.quantity = "E‖x_t − x*‖²", .formula = "the law",
	.source = "compare Lin et al., Stochastic gradient descent for Gaussian processes done right, "
	          "arXiv:2310.20581; the law is "
	          "proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .method = "sgd",
	NEEDS("features", "L", "sigma_star2", "x_star"), RANGE,
	.bound = bound, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
