/*:
# Sticking the landing

A normal law $q=\mathcal N(m,s^2I)$ is fitted to the target $\mathcal N(m_\star,I/H)$ by SGD on $m$. With $z=m+se$ the pathwise estimate of the gradient of the divergence is $H(z-m_\star)$. A part of the derivative of $\log q$ has the mean zero; who leaves it in has the estimate $H(z-m_\star)-e/s$, which has no noise at all when $q$ is the target: it *sticks the landing*. Is it always the better one?

**Theorem.** Let $F(m)=\frac H2\|m-m_\star\|^2$ on $\mathbb R^d$ (the divergence, up to a constant), $H,s>0$ and $0<\gamma<\frac2H$. With $q=(1-\gamma H)^2$ SGD has at every $t$
$$ \mathbb E\|m_t-m_\star\|^2=q^t\|m_0-m_\star\|^2+\gamma^2dV\,\frac{1-q^t}{1-q},\qquad V=\begin{cases}H^2s^2&\text{pathwise},\\(Hs-1/s)^2&\text{sticking the landing}.\end{cases} $$

So it is not: for $s^2<\frac1{2H}$ the second is the noisier one, without bound as $s\to0$. At $s^2=\frac1H$ it has no noise.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

enum { WIDTH, LANDING }; /* the needs */

/* 1 - (1 - gamma H)^2 */
NUMBER(gain, gamma * L * (2 - gamma * L))

static double variance(const rate_case *c)
{
	double s = c->need[WIDTH], H = c->L, w = c->need[LANDING] != 0 ? (H * s * s - 1) / s : H * s;

	return (double)c->d * w * w;
}

FORMULA(transient, t, decay(gain(c), t) * D2)

FORMULA(bound, t, transient(c, t) + gamma * gamma * variance(c) * decay_sum(gain(c), t))

/*:
## Proof

Both are $H(m-m_\star)+we$ with $w=Hs$ or $w=Hs-\frac1s$. So $m_{t+1}-m_\star=(1-\gamma H)(m_t-m_\star)-\gamma we_t$ with $e_t$ independent of the past, and $\mathbb E\|e_t\|^2=d$. $(Hs-\frac1s)^2>H^2s^2$ if and only if $\frac1{s^2}>2H$. $\square$

## How sharp it is

It is a law.

## What is run

SGD on `gaussian-vi` with both estimators; the step is affine in the normals, so the mean is exact.

## What must fail

The belief that sticking the landing never has more noise: at $s^2=\frac1{4H}$ its variance is $2.25H$, that of the pathwise estimate $0.25H$.

## Exercises

1. Learn $s$ too: show that at $m=m_\star$, $s^2=\frac1H$ the second estimate of the derivative in $s$, $\langle H(z-m_\star)-e/s,e\rangle$, vanishes for every $e$.
2. For which $s$ is the floor of the second estimate a tenth of that of the first?
3. *Compute.* Where is the crossover? Run `ratecheck verify vi-path-law:gamma=0.5 --objective gaussian-vi:s=0.5,estimator=stl,start=0 --steps 16` for $s=0.5$ and for $s=1$, and compare the bounds.
:*/

SHARP(sharp,
	{ .objective = "gaussian-vi:d=2,H=2,s=0.5", .parameters = "gamma=0.3", .note = "pathwise", .steps = 64,
	  .ratio = 1 },
	{ .objective = "gaussian-vi:d=3,H=2,s=0.5,estimator=stl", .parameters = "gamma=0.3",
	  .note = "sticking the landing, at the crossover", .steps = 64, .ratio = 1 },
	{ .objective = "gaussian-vi:H=4,s=0.5,estimator=stl,center=3", .parameters = "gamma=0.1",
	  .note = "without noise", .steps = 64, .ratio = 1 })
CONTROL(control,
	{ .objective = "gaussian-vi:estimator=stl,s=0.5,start=0", .parameters = "gamma=0.5",
	  .note = "the variance of the pathwise estimate, at s^2 = 1/(4H)", .steps = 64, .factor = 0.25 / 2.25 },
	{ .objective = "gaussian-vi:d=2,H=2,s=0.5", .parameters = "gamma=0.3", .note = "one percent less", .steps = 64,
	  .factor = 0.99 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 2/H") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * 2 / c->L;
}

MUST(admissible, gamma > 0 && gamma * L < 2, "0 < gamma < 2/H")

CLAIM(vi_path_law,
	.id = "vi-path-law", .chapter = "estimators", .title = "Pathwise gradients of a normal law",
	.statement = "target N(m*, I/H), q = N(m, s²I), 0 < γ < 2/H, q = (1 − γH)²: E‖m_t − m*‖² = q^t‖m_0 − m*‖² + "
	             "γ²dV(1 − q^t)/(1 − q), V = H²s², or (Hs − 1/s)² sticking the landing",
	.quantity = "E‖m_t − m*‖²", .formula = "q^t D² + γ²dV(1 − q^t)/(1 − q)",
	.source = "the estimators of Kingma and Welling, Auto-encoding variational Bayes, 2014, and Roeder, Wu and "
	          "Duvenaud, Sticking the landing, 2017; proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .method = "sgd",
	NEEDS([WIDTH] = "vi.width", [LANDING] = "vi.landing", "L", "mu", "x_star"), RANGE, .bound = bound,
	.transient = transient, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
