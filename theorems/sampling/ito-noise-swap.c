/*:
# The noise of a chain may be any noise

Coins are cheaper than normals. How far apart are two chains with the same drift, one with coins and one with normals, if each coin is the sign of its normal?

**Theorem.** Let $U$ be $\mu$-strongly convex and $L$-smooth, $0<\gamma<\frac2L$, and let the pairs $(\varepsilon_t,g_t)$ be independent over $t$ and of the past, $\mathbb E\varepsilon=\mathbb Eg=0$, $\mathbb E\|\varepsilon-g\|^2=w^2$. With
$$ x_{t+1}=x_t-\gamma\nabla U(x_t)+\sigma\varepsilon_t,\qquad y_{t+1}=y_t-\gamma\nabla U(y_t)+\sigma g_t,\qquad y_0=x_0 $$
and $q=\max(|1-\gamma\mu|,|1-\gamma L|)$, for every $t$,
$$ \mathbb E\|x_t-y_t\|^2\;\le\;\sigma^2w^2\,\frac{1-q^{2t}}{1-q^2} . $$
For normal $g$ in $\mathbb R^d$ and $\varepsilon=\operatorname{sign}g$, $w^2=d\,\bigl(2-2\sqrt{2/\pi}\bigr)=0.4042\,d$.

The root bounds the distance $W_2$ between the laws. In optimisation $\sigma$ is of the order $\gamma$, and it is of the order $\sqrt\gamma$: the shape of the noise is forgotten. In sampling $\sigma=\sqrt{2\gamma\tau}$, and this bound stays; how much better it is in truth is said on page ito.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(sigma)
#include "langevin.h"

/* 2 - 2 sqrt(2/pi) */
static const double apart = 0.40423087839426;

FORMULA(bound, t, sigma * sigma * apart * (double)c->d * squares_until(shortfall(gamma, mu, L), t))

/*:
## Proof

The difference of the noises has mean $0$ given the past, so
$$ \mathbb E\|x_{t+1}-y_{t+1}\|^2=\mathbb E\bigl\|x_t-y_t-\gamma(\nabla U(x_t)-\nabla U(y_t))\bigr\|^2+\sigma^2w^2\le q^2\,\mathbb E\|x_t-y_t\|^2+\sigma^2w^2 . $$
For one coordinate $\mathbb E(\operatorname{sign}g-g)^2=1-2\,\mathbb E|g|+1$ and $\mathbb E|g|=\sqrt{2/\pi}$. $\square$

## How sharp it is

Equality at every $t$ where there is one eigenvalue. No other pair of a coin and a normal has a smaller $w$: the coupling is monotone.

## What is run

The method `ito-pair` on one eigenvalue in $64$ dimensions and on a logistic loss; `--objective` takes any strongly convex function. A sign is not affine in its normal, so means are sampled, and that takes normals by the million: the suite is left out.

## What must fail

Half of $w^2$; and coins that are drawn independently of the normals, for which $w^2=2d$.

## Exercises

1. Let $\varepsilon$ be uniform on $[-\sqrt3,\sqrt3]$ in each coordinate. What is the least $w^2$?
2. Let the scale depend on the state: $\sigma s(x)\varepsilon$ with $|s|\le1$, $s$ Lipschitz with the constant $\ell$. Which recursion takes the place of the one in the proof?
:*/

#define WIDE "quadratic:d=64,spectrum=one,start=0"
SHARP(sharp,
	{ .objective = WIDE, .parameters = "gamma=0.3,sigma=1", .note = "one eigenvalue: equality at every t",
	  .steps = 32, .ratio = 1 },
	{ .objective = "logistic:n=20,d=3,ridge=0.1", .note = "no quadratic", .parameters = "sigma=0.5",
	  .steps = 32 })
CONTROL(control,
	{ .objective = WIDE, .parameters = "gamma=0.3,sigma=1", .note = "half of w^2", .steps = 32, .factor = 0.5 },
	{ .objective = WIDE, .parameters = "gamma=0.3,sigma=1", .note = "coins of their own", .steps = 32,
	  .method = "ito-pair:noise=independent" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L"),
	[sigma_] = { "sigma", RATE_REAL, "1", 1e-50, 1e50, NULL, "size of the noise of a step, in each "
	                                                         "coordinate" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(admissible, gamma > 0 && gamma * L < 2, "0 < gamma < 2/L")

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *x = v->state[0], *y;

	(void)b;
	if (v->find(v, "y", &y))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = s[r] = 0;
		for (size_t j = r * v->run->ld; j < r * v->run->ld + v->run->d; j++) {
			q[r] += (x[j] - y[j]) * (x[j] - y[j]);
			s[r] += x[j] * x[j] + y[j] * y[j];
		}
	}
	return RATE_OK;
}

CLAIM(ito_noise_swap,
	.id = "ito-noise-swap", .chapter = "sampling", .title = "The noise of a chain may be any noise",
	.statement = "x_{t+1} = x_t − γ∇U(x_t) + σ sign(g_t), y_{t+1} = y_t − γ∇U(y_t) + σg_t, U μ-strongly "
	             "convex, "
	             "L-smooth, 0 < γ < 2/L: E‖x_t − y_t‖² ≤ σ²d(2 − 2√(2/π))(1 − q^(2t))/(1 − q²)",
	.quantity = "E‖x_t − y_t‖²", .formula = "σ²d(2 − 2√(2/π))(1 − q^(2t))/(1 − q²)",
	.source = "the setting of Ustimenko and Beznosikov, Ito diffusion approximation of universal Ito "
	          "chains for "
	          "sampling, optimization and boosting, ICLR 2024; proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_OWN_INSTANCES, .method = "ito-pair",
	NEEDS("mu", "L", "no composite"), RANGE,
	.bound = bound, .measure = measure, SHARP_AND_CONTROL)
