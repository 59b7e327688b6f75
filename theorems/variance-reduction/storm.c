/*:
# STORM: recursive momentum that never restarts

One sample at a time, no full gradient, no epochs: the same sample is looked at in the old point and in the new one. How small does the gradient become?

**Theorem (storm-moving).** Let $f$ be $L$-smooth and bounded below, let samples have unbiased gradients $g(x;\xi)$ with noise $z(x)=g(x;\xi)-\nabla f(x)$, $\mathbb E\|z(x)\|^2\le\sigma^2$ and
$\mathbb E\|z(x)-z(y)\|^2\le\ell^2\|x-y\|^2$. With a fresh sample $\xi_t$ at every step, $d_0=g(x_0;\xi_0)$ and $0<a\le1$, let
$$ d_t=g(x_t;\xi_t)+(1-a)\bigl(d_{t-1}-g(x_{t-1};\xi_t)\bigr),\qquad x_{t+1}=x_t-\gamma d_t . $$
Let $A=\gamma^2\ell^2\frac{2(1-a)^2}{a(2-a)}$ and $A+\gamma L\le1$. Then for every $T\ge1$
$$ \frac1T\sum_{t<T}\mathbb E\|\nabla f(x_t)\|^2\;\le\;\frac{2(f(x_0)-f_\star)}{\gamma T}+\frac{\sigma^2}{a(2-a)T}+2\,\frac{a\,\sigma^2}{2-a}\Bigl(1-\frac1T\Bigr) . $$

**Theorem (storm).** If the noise is the same at every point ($\ell=0$), this holds for $\gamma\le\frac1L$ and without the factor 2 of the last term.

This is MARS with $\theta=1$ and $\beta_0=0$, $\beta_t=1-a$; its scaled corrections are in mars-floor.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(a)
#include "../common.h"

FORMULA(transient, t, 2 * d0 / (gamma * t) + noise2 / (a * (2 - a) * t))

FORMULA(bound, t, transient(c, t) + a * noise2 / (2 - a) * (1 - 1 / t))

FORMULA(bound_moving, t, transient(c, t) + 2 * a * noise2 / (2 - a) * (1 - 1 / t))

NUMBER(price, gamma * gamma * L_max * L_max * 2 * (1 - a) * (1 - a) / (a * (2 - a)))

/*:
(`price` is $A$, with $L_{\max}$ for $\ell$: $\mathbb E\|z(x)-z(y)\|^2\le\mathbb E\|g(x;\xi)-g(y;\xi)\|^2\le L_{\max}^2\|x-y\|^2$.)

## Proof

Let $\varepsilon_t=d_t-\nabla f(x_t)$. Then
$$ \varepsilon_{t+1}=(1-a)\varepsilon_t+a\,z(x_{t+1})+(1-a)\bigl(z(x_{t+1})-z(x_t)\bigr), $$
and the last two terms have mean 0 given the past. With $\|u+w\|^2\le2\|u\|^2+2\|w\|^2$ for their sum,
$$ \mathbb E\|\varepsilon_{t+1}\|^2\le(1-a)^2\,\mathbb E\|\varepsilon_t\|^2+2a^2\sigma^2+2(1-a)^2\ell^2\gamma^2\,\mathbb E\|d_t\|^2 ; $$
for $\ell=0$ the last term vanishes, and the factor 2 before $a^2\sigma^2$ is not needed. The descent lemma (lem-descent) for $x_{t+1}=x_t-\gamma d_t$ is
$$ f(x_{t+1})\le f(x_t)-\tfrac\gamma2\|\nabla f(x_t)\|^2-\tfrac\gamma2(1-\gamma L)\|d_t\|^2+\tfrac\gamma2\|\varepsilon_t\|^2 . $$
Add $C=\frac\gamma{2a(2-a)}$ times the first. As $C(1-(1-a)^2)=\frac\gamma2$, the $\|\varepsilon_t\|^2$ leave $C\|\varepsilon_t\|^2$; the $\|d_t\|^2$ leave
$\frac\gamma2(A+\gamma L-1)\|d_t\|^2\le0$. So $\mathbb Ef(x_t)+C\,\mathbb E\|\varepsilon_t\|^2$ falls by $\frac\gamma2\mathbb E\|\nabla f(x_t)\|^2-2Ca^2\sigma^2$ at least ($Ca^2\sigma^2$ if $\ell=0$). Sum: the noise enters in $T-1$
steps that matter, and $\mathbb E\|\varepsilon_0\|^2\le\sigma^2$. $\square$

## How sharp it is

On $\frac12x^2$ with $\gamma=1$ and additive noise, $x_{t+1}=-\varepsilon_t$ exactly, and nothing is lost but in the first steps: the ratio is ${{storm#1.max_ratio:3}}$ for $a=0.1$, $T=256$ and tends to 1. The floor $\frac{a\sigma^2}{2-a}$ is that of an average of
$\frac2a-1$ independent gradients, although each step sees but one.

## What is run

STORM wherever the variance is known; with additive Gaussian noise on quadratics the mean is exact.

## What must fail

0.9 of the bound. Plain averaging of gradients with the same $a$ ($\theta=0$): it lags behind the moving point, and at $\gamma=1$ its floor is ten times as high.

## Exercises

1. Which $a$ is best for a given $T$ with additive noise?
2. Why does additive noise put no condition on $a$?
3. With $a=1$ the method is SGD. What does the bound say then, and why is the step of SGD usually shorter?
:*/

#define NOISY "quadratic:d=1+gaussian-noise:sigma=1"
SHARP(sharp,
	{ .objective = NOISY, .parameters = "gamma=1,a=0.1", .note = "the point is the last error", .steps = 256,
	  .ratio = 0.986 },
	{ .objective = NOISY, .parameters = "gamma=1,a=0.5", .note = "more of the new gradient", .steps = 512,
	  .ratio = 0.997 },
	{ .objective = "quadratic:d=10,kappa=10+gaussian-noise:sigma=0.5", .note = "ten dimensions" })
CONTROL(control,
	{ .objective = NOISY, .parameters = "gamma=1,a=0.1", .note = "0.9 of the bound", .steps = 256, .factor = 0.9 },
	{ .objective = NOISY, .parameters = "gamma=1,a=0.1", .note = "plain averaging instead", .steps = 256,
	  .method = "mars:theta=0" })
SHARP(sharp_moving,
	{ .objective = NOISY, .parameters = "gamma=0.05,a=0.5",
	  .note = "the noise does not move, the bound does not know", .steps = 256 },
	{ .objective = "outlier:p=5", .note = "one term far from the others", .steps = 256, .ratio = 0.591 })
CONTROL(control_moving,
	{ .objective = "outlier:p=5", .note = "half of the bound", .steps = 256, .factor = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/L"),
	[a_] = { "a", RATE_REAL, "0.1", 1e-9, 1, NULL, "share of the new gradient" },
};
static const rate_param params_moving[] = {
	[gamma_] = RATE_STEP_SIZE("A + gamma L <= 1"),
	[a_] = { "a", RATE_REAL, "0.1", 1e-9, 1, NULL, "share of the new gradient" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

/* The positive root of q gamma^2 + L gamma = 1. */
static void choose_moving(const rate_case *c, double fraction, double *param)
{
	double a = param[a_], L = c->L, q = c->L_max * c->L_max * 2 * (1 - a) * (1 - a) / (a * (2 - a));

	param[gamma_] = fraction * 2 / (L + sqrt(L * L + 4 * q));
}

MUST(admissible, AT_MOST(gamma * L, 1), "0 < gamma <= 1/L")
MUST(admissible_moving, gamma > 0 && AT_MOST(price(c) + gamma * L, 1), "A + gamma L <= 1")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = gamma;
		out[1][t] = t ? 1 - a : 0;
	}
}

CLAIM(storm,
	.id = "storm", .chapter = "variance-reduction", .title = "STORM with additive noise",
	.statement = "f L-smooth, E‖z‖² ≤ σ², the same noise everywhere, γ ≤ 1/L, 0 < a ≤ 1: "
	             "(1/T) Σ E‖∇f(x_t)‖² ≤ 2(f(x_0) − f*)/(γT) + σ²/(a(2 − a)T) + aσ²/(2 − a) (1 − 1/T)",
	.quantity = "mean over s < t of E‖∇f(x_s)‖²", .formula = "2 d₀/(γt) + σ²/(a(2 − a)t) + aσ²/(2 − a) (1 − 1/t)",
	.source = "after Cutkosky and Orabona, Momentum-based variance reduction in non-convex SGD, NeurIPS 2019; "
	          "constant "
	          "parameters, proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS, .method = "mars:theta=1",
	NEEDS("L", "noise2", "noise_additive", "f_star", "no composite", "stochastic"), RANGE, .schedules = 2,
	.steps = steps,
	.power = 1, .bound = bound, .transient = transient, .measure = rate_measure_grad2, SHARP_AND_CONTROL)

CLAIM(storm_moving,
	.id = "storm-moving", .chapter = "variance-reduction", .title = "STORM",
	.statement = "f L-smooth, samples L_max-smooth in the mean square, E‖z‖² ≤ σ², A + γL ≤ 1: "
	             "(1/T) Σ E‖∇f(x_t)‖² ≤ 2(f(x_0) − f*)/(γT) + σ²/(a(2 − a)T) + 2aσ²/(2 − a) (1 − 1/T)",
	.quantity = "mean over s < t of E‖∇f(x_s)‖²", .formula = "2 d₀/(γt) + σ²/(a(2 − a)t) + 2aσ²/(2 − a) (1 − 1/t)",
	.source = "after Cutkosky and Orabona, Momentum-based variance reduction in non-convex SGD, NeurIPS 2019; "
	          "constant "
	          "parameters, proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS, .method = "mars:theta=1",
	NEEDS("L", "L_max", "noise2", "f_star", "no composite", "stochastic"), .params = RATE_ROWS(params_moving),
	.choose = choose_moving, .admissible = admissible_moving, .schedules = 2, .steps = steps, .power = 1,
	.bound = bound_moving,
	.transient = transient, .measure = rate_measure_grad2, .sharp = sharp_moving, .control = control_moving)
