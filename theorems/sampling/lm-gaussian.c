/*:
# Two noises averaged: no bias on Gaussians

The steps of page ula make a Gaussian too wide. One vector of memory repairs that, for every step size.

**Theorem.** Let $U(x)=\frac12\langle x-c,A(x-c)\rangle$, $A$ with eigenvalues $0<\lambda_i\le L$, $0<\gamma<\frac2L$, $n_0=0$, and let
$$ x_{t+1}=x_t-\gamma\nabla U(x_t)+\sqrt{\tfrac{\gamma\tau}2}\,(n_t+z_{t+1}),\qquad n_{t+1}=z_{t+1} $$
with independent standard normal $z_t$. Along eigenvector $i$, $\rho_i=1-\gamma\lambda_i$, the coordinate of $x_t-c$ is Gaussian with the mean $\rho_i^te_i$ and the variance
$$ V_t=\frac\tau{\lambda_i}\Bigl(1-\bigl(1-\tfrac{\gamma\lambda_i}2\bigr)\rho_i^{2(t-1)}\Bigr),\qquad t\ge1 . $$
It increases to $\frac\tau{\lambda_i}$, that of the target $\mathcal N(c,\tau A^{-1})$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(tau)
#include "langevin.h"

/* tau/lambda (1 - (1 - u/2) rho^{2(t-1)}) as the sum that the steps make: no digits cancel where u is small. */
static double along_one(const rate_case *c, double lambda, double e2, double t)
{
	LETTERS(c);
	double u = gamma * lambda, steps = fmax(t - 1, 0);
	double noise = (2 - u) * squares_until(u, steps) + decay_squared(u, steps) / 2;

	return decay_squared(u, t) * e2 + (t > 0 ? gamma * tau * noise : 0);
}

FORMULA(bound, t, over_spectrum(c, t, along_one))

/*:
## Proof

Along one eigenvector, with $w=\sqrt{\gamma\tau/2}$: $V_1=w^2$, for $n_0=0$. For $t\ge1$ the noise $n_t=z_t$ entered $x_t$ with the weight $w$, so $\operatorname{Cov}(x_t,n_t)=w$ and
$$ V_{t+1}=\rho^2V_t+2\rho w\operatorname{Cov}(x_t,n_t)+2w^2=\rho^2V_t+\gamma\tau(1+\rho) . $$
The fixed point is $\frac{\gamma\tau(1+\rho)}{1-\rho^2}=\frac{\gamma\tau}{1-\rho}=\frac\tau\lambda$, and $V_1-\frac\tau\lambda=-\frac\tau\lambda\bigl(1-\frac{\gamma\lambda}2\bigr)$ shrinks by $\rho^2$ each step. The mean takes no part in this. $\square$

## How sharp it is

A law, from both sides (lm-gaussian, lm-gaussian-below).

## What is run

The method `lm` on quadratics with one eigenvalue, and with two in the plane, where the start is shared out by its square in the norm of the Hessian: $\mathbb E\|x_t-c\|^2$, exactly.

## What must fail

One percent off, from either side; and the steps of page ula, which at $\gamma\lambda=1$ have twice the variance.

## Exercises

1. Show that $u_t=x_t-\sqrt{\gamma\tau/2}\,n_t$ follows Langevin steps whose gradient is taken after half of the noise.
2. What is special about $\gamma\lambda=1$?
3. What is $\mathbb E\,x_tx_{t+1}$ in the limit, $c=0$? Compare with a diffusion that is looked at every $\gamma$ units of time.
:*/

#define PLANE "quadratic:d=2,kappa=4,L=2,start=0.5"
SHARP(sharp,
	{ .objective = PLANE, .parameters = "gamma=0.9,tau=0.5", .steps = 64, .note = "two eigenvalues",
	  .ratio = 1, .deep_ratio = 1 },
	{ .objective = "gaussian-data:s=3/3/3,m=1,start=2", .parameters = "gamma=9,tau=1", .steps = 64,
	  .note = "gamma lambda = 1: at home after two steps", .ratio = 1 },
	{ .objective = "least-squares:n=30,d=2,noise=0.5", .parameters = "tau=0.1", .steps = 64,
	  .note = "least squares, a sum" })
CONTROL(control,
	{ .objective = PLANE, .parameters = "gamma=0.9,tau=0.5", .steps = 64, .note = "one percent less",
	  .factor = 0.99 },
	{ .objective = "gaussian-data:s=1,start=0", .parameters = "gamma=1,tau=1", .steps = 64,
	  .note = "plain Langevin steps", .method = "ula" })
CONTROL(control_below,
	{ .objective = PLANE, .parameters = "gamma=0.9,tau=0.5", .steps = 64, .note = "one percent more",
	  .factor = 1.01 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L"),
	[tau_] = { "tau", RATE_REAL, "1", 0, 1e50, NULL, "temperature" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->need[MOST_OF_ALL];
}

MUST(admissible, gamma > 0 && gamma * c->need[MOST_OF_ALL] < 2 && tau >= 0, "0 < gamma < 2/L, tau >= 0")

#define LM_CLAIM \
	.chapter = "sampling", .quantity = "E‖x_t − c‖²", \
	.formula = "Σ ρ_i^(2t) e_i² + (τ/λ_i)(1 − (1 − γλ_i/2) ρ_i^(2(t−1)))", \
	.source = "the method of Leimkuhler and Matthews, Rational construction of stochastic numerical methods " \
	          "for molecular sampling, 2013; proved in this file", \
	.method = "lm", NEEDS(NEEDS_OF_SPECTRUM), .applies = spectrum_is_known, RANGE, \
	.bound = bound, .measure = rate_measure_dist2, .sharp = sharp

CLAIM(lm_gaussian,
	.id = "lm-gaussian", .title = "Two noises averaged: no bias on Gaussians", LM_CLAIM,
	.statement = "x_{t+1} = x_t − γ∇U(x_t) + √(γτ/2)(z_t + z_{t+1}), U quadratic, 0 < γ < 2/L: "
	             "E‖x_t − c‖² = Σ ρ_i^(2t) e_i² + V_i, V_i = (τ/λ_i)(1 − (1 − γλ_i/2) ρ_i^(2(t−1))); "
	             "from above",
	.kind = RATE_EXPECTATION, .control = control)

CLAIM(lm_gaussian_below,
	.id = "lm-gaussian-below", .title = "Two noises averaged, from below", LM_CLAIM,
	.statement = "as for lm-gaussian: E‖x_t − c‖² ≥ Σ ρ_i^(2t) e_i² + V_i",
	.kind = RATE_LOWER_BOUND, .control = control_below)
