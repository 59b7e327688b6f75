/*:
# Diminishing steps

**Theorem.** Let $f$ and $g_t$ be as in sg-affine-constant and $\gamma_t=\frac\beta{k_0+1+t}$ with $\beta>\frac1\mu$, $k_0>0$
and $\gamma_0\le\frac1{LM_G}$. Then for every $t$
$$ \mathbb E f(x_t)-f_\star\;\le\;\frac\nu{k_0+1+t},\qquad
\nu=\max\Bigl\{\frac{\beta^2LM}{2(\beta\mu-1)},\;(k_0+1)(f(x_0)-f_\star)\Bigr\}. $$

No floor is left, at the price of a rate of $\frac1t$; and $\beta$ must know $\mu$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(beta) P(k0)
#include "affine.h"

NUMBER(nu, fmax(beta * beta * L * c->need[NOISE] / (2 * (beta * pl - 1)), (k0 + 1) * d0))

FORMULA(bound, t, nu(c) / (k0 + 1 + t))

/*:
## Proof

By induction; at $t=0$ it is the second term of $\nu$. Let $k=k_0+1+t$. Inequality (1) of sg-affine-constant with a bracket of
at least $\frac12$ gives
$$ \mathbb E f(x_{t+1})-f_\star\le\Bigl(1-\frac{\beta\mu}k\Bigr)\frac\nu k+\frac{\beta^2LM}{2k^2}
=\frac{(k-1)\nu}{k^2}-\frac{(\beta\mu-1)\nu-\frac12\beta^2LM}{k^2}\le\frac{(k-1)\nu}{k^2}\le\frac\nu{k+1}, $$
where the first inequality needs $1-\frac{\beta\mu}k\ge0$, which follows from $\gamma_t\mu\le\gamma_tL\le1$. $\square$

## How sharp it is

From $x_0=x_\star$ with a long $k_0$ the ratio rises to ${{sg-affine-diminishing#1.max_ratio:3}}$ ($\beta=200/\mu$, $M_G=16$, $t=84$), and to 1 as $\beta$ grows. Late
a factor of 2 is lost: for a fixed $\beta$ the exact constant tends to $\nu\frac{\beta\mu-1}{2\beta\mu-1}$, because the proof
takes $\frac12$ for a bracket that tends to 1. sg-affine-any has the same steps without that loss.

## What is run

SGD on all objectives with such a bound on the noise, with $\beta=\frac2\mu$ and the least $k_0$.

## What must fail

Half of the bound. And $\beta\mu<1$: with $\beta=0.3/\mu$ the rate is $t^{-0.6}$, and $(k_0+1)d_0/t$ is exceeded.

## Exercises

1. Which $\beta$ makes $\frac{\beta^2}{\beta\mu-1}$ least?
2. Let $M=0$ and $\beta\mu<\frac12$. Show that on $\frac\mu2x^2$ the rate is $t^{-2\beta\mu}$ and no better.
:*/

#define BOWL "quadratic:d=1,L=1,start="
SHARP(sharp,
	{ .objective = BOWL "0+affine-noise:p=16,sigma=1", .parameters = "beta=200,k0=3199", .steps = 84,
	  .note = "from the minimiser, M_G = 16, beta = 200", .ratio = 0.975 },
	{ .objective = BOWL "0+affine-noise:p=16,sigma=1", .parameters = "beta=10,k0=159", .steps = 50,
	  .note = "beta = 10",
	  .ratio = 0.7915 },
	{ .objective = "quadratic:d=4,kappa=20+affine-noise:p=2,sigma=0.5", .steps = 64, .note = "four eigenvalues" })
CONTROL(control,
	{ .objective = BOWL "0+affine-noise:p=16,sigma=1", .parameters = "beta=10,k0=159", .steps = 50,
	  .note = "half of the bound",
	  .factor = 0.5 },
	{ .objective = BOWL "1+affine-noise:p=1,sigma=0.01", .parameters = "beta=0.3,k0=1", .steps = 200,
	  .note = "beta mu = 0.3: too short to forget the start" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[beta_] = { "beta", RATE_REAL, "auto", 0, 0, NULL, "the steps are beta/(k0 + 1 + t), beta > 1/mu" },
	[k0_] = { "k0", RATE_REAL, "auto", 0, 0, NULL, "such that the first step is at most 1/(L M_G)" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[beta_] = 2 / c->pl;
	param[k0_] = param[beta_] / (fraction * longest(c)) - 1;
}

MUST(admissible, beta *pl > 1 && k0 > 0 && AT_MOST(beta / (k0 + 1), longest(c)),
     "beta > 1/mu, beta/(k0 + 1) <= 1/(L M_G)")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = beta / (k0 + 1 + (double)t);
}

CLAIM(sg_affine_diminishing,
	.id = "sg-affine-diminishing", .chapter = "sampling-and-averaging",
	.title = "Noise that grows with the gradient, diminishing steps",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*), E‖g − ∇f‖² ≤ M + M_V‖∇f‖², γ_t = β/(k_0 + 1 + t) ≤ 1/(L(1 + "
	             "M_V)), βμ > 1: "
	             "E f(x_t) − f* ≤ ν/(k_0 + 1 + t), ν = max{β²LM/(2(βμ − 1)), (k_0 + 1)(f(x_0) − f*)}",
	.quantity = "E f(x_t) − f*", .formula = "ν/(k_0 + 1 + t)",
	.source = "the diminishing-step theorem of " BOTTOU_CURTIS_NOCEDAL "; proved in this file",
	.kind = RATE_EXPECTATION, .method = "sgd", NEEDS(NEEDS_OF_AFFINE, "pl"), RANGE, .steps = steps, .power = 1,
	.bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
