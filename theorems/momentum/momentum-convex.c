/*:
# SGD with momentum on convex smooth functions: the last iterate

**Theorem.** Let $f=\frac1n\sum_i f_i$ with every $f_i$ convex and $L_{\max}$-smooth, let $x_\star$ minimise $f$ and
$\sigma_\star^2=\frac1n\sum_i\|\nabla f_i(x_\star)\|^2$. Let $0<\eta\le\frac1{4L_{\max}}$ and run
$$ m_t=\frac t{t+2}\,m_{t-1}+\nabla f_{i_t}(x_t),\qquad x_{t+1}=x_t-\frac{2\eta}{t+3}\,m_t,\qquad m_{-1}=0, $$
with $i_t$ uniform and independent of the past. Then for every $T\ge0$
$$ \mathbb E f(x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{\eta\,(T+1)}+2\eta\sigma_\star^2 . $$

No average has to be kept: this is a bound on the point where the method stops, the same that SGD has for the average of
its points.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(eta)
#include "../common.h"

FORMULA(transient, t, D2 / (eta * (t + 1)))

FORMULA(bound, t, transient(c, t) + 2 * eta * sigma_star2)

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = 2 * eta / ((double)t + 3);
		out[1][t] = (double)t / ((double)t + 2);
	}
}

/*:
## Proof

By the theorem on the ways to write momentum (momentum-writings) this is the moving average with $\lambda_t=\frac t2$: $z_{t+1}=z_t-\eta g_t$,
$g_t=\nabla f_{i_t}(x_t)$, and $z_t=x_t+\lambda_t(x_t-x_{t-1})$. Write $\delta_t=f(x_t)-f_\star$. Convexity, used twice, gives
$$ \langle\nabla f(x_t),z_t-x_\star\rangle=\langle\nabla f(x_t),x_t-x_\star\rangle
 +\lambda_t\langle\nabla f(x_t),x_t-x_{t-1}\rangle\;\ge\;(1+\lambda_t)\,\delta_t-\lambda_t\,\delta_{t-1} , $$
and as for SGD (sgd-convex-smooth) $\mathbb E\|g_t\|^2\le4L_{\max}\delta_t+2\sigma_\star^2$ given the past. So
$$ \mathbb E\|z_{t+1}-x_\star\|^2\le\mathbb E\|z_t-x_\star\|^2-2\eta(1+\lambda_t-2\eta L_{\max})\,\mathbb E\delta_t
 +2\eta\lambda_t\,\mathbb E\delta_{t-1}+2\eta^2\sigma_\star^2 . $$
As $2\eta L_{\max}\le\frac12$, the first bracket is at least $\frac12+\lambda_t=\lambda_{t+1}$, and the terms in $\delta$ telescope.
Sum over $t=0,\dots,T$ (a step from $x_T$ is thought of, though not made):
$2\eta\lambda_{T+1}\,\mathbb E\delta_T\le\|x_0-x_\star\|^2+2\eta^2\sigma_\star^2(T+1)$, and $2\lambda_{T+1}=T+1$. $\square$

## How sharp it is

$0.375$. Without noise ($n=1$) the Huber function with $\tau=R/(\frac43\eta LT+1)$ keeps the method on its straight arm, where
$x_t=R-\frac23\eta L\tau t$; its gap is $LR^2/(2(\frac43\eta LT+1))$, of the bound $\frac{\eta L(T+1)}{2(\frac43\eta LT+1)}$, nearly
$\frac38$. The range of steps is not sharp either: steps up to 6 times the largest are not known to fail.

# With all the momentum that the proof allows

The proof needs $\lambda_{t+1}\le1+\lambda_t-2\eta L_{\max}$ and nothing else of the $\lambda_t$, and the bound has $\lambda_{T+1}$ in its denominator. So let them grow as fast as they may.

**Theorem.** Let $0<\eta<\frac1{2L_{\max}}$ and $\ell=1-2\eta L_{\max}$, and under the same hypotheses on $f$ run
$$ m_t=\frac{\ell t}{1+\ell t}\,m_{t-1}+\nabla f_{i_t}(x_t),\qquad x_{t+1}=x_t-\frac\eta{1+\ell(t+1)}\,m_t,\qquad m_{-1}=0 . $$
Then for every $T\ge0$
$$ \mathbb E f(x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\eta\ell\,(T+1)}+\frac{\eta\sigma_\star^2}\ell . $$

At $\eta=\frac1{4L_{\max}}$ it is the theorem above. It is the bound that SGD with the step $\eta$ has for the average of its points (sgd-convex-general).
:*/

NUMBER(slope, 1 - 2 * eta * L_max)

FORMULA(transient_tight, t, D2 / (2 * eta * slope(c) * (t + 1)))

FORMULA(bound_tight, t, transient_tight(c, t) + eta * sigma_star2 / slope(c))

static void steps_tight(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		double lambda = slope(c) * (double)t;

		out[0][t] = eta / (1 + lambda + slope(c));
		out[1][t] = lambda / (1 + lambda);
	}
}

/*:
**Proof.** It is the moving average with $\lambda_t=\ell t$ and constant $\eta$. As before
$$ \mathbb E\|z_{t+1}-x_\star\|^2\le\mathbb E\|z_t-x_\star\|^2-2\eta(1+\lambda_t-2\eta L_{\max})\,\mathbb E\delta_t
 +2\eta\lambda_t\,\mathbb E\delta_{t-1}+2\eta^2\sigma_\star^2 , $$
and now the first bracket *is* $\lambda_{t+1}$. Sum over $t=0,\dots,T$; $\lambda_0=0$, so that
$2\eta\lambda_{T+1}\,\mathbb E\delta_T\le\|x_0-x_\star\|^2+2\eta^2\sigma_\star^2(T+1)$. Divide by $2\eta\lambda_{T+1}=2\eta\ell(T+1)$. $\square$

**It is attained** in the limit of short steps and long runs, by the Huber function with $\tau=R/(\frac{2\eta LT}{1+\ell}+1)$: on its straight arm $x_t=R-\frac{\eta L\tau t}{1+\ell}$, and
with $\eta L=0.01$ and $T=3000$ the ratio is ${{momentum-convex-tight#1.max_ratio:4}}$. With full gradients, $\lambda_t=t$ and $\eta\le1/L$ the last section of this chapter has the exact answer.

## What is run

SGD with momentum on every sum of convex smooth functions; the mean gap of the last point is judged at all checkpoints. Sharp: the two Huber functions.

## What must fail

$0.337$ of the bound on the Huber function, $0.9$ of the largest ratio known: between that and 1 nothing is known to be
false. And steps 8.1 times the largest, on one parabola among ten functions. Of the second bound $0.84$ on its Huber function, and a rate that is better by $T^{-1/4}$; at the end of its range it is
infinite.

## Exercises

1. Use $\eta=\eta_0/\sqrt{T+1}$. What does the theorem say?
2. Why does the method start with the small step $\frac23\eta$?
3. Repeat the second proof with $\lambda_t=\ell t$ for other $\ell$. Which are possible, and why is the largest best?
:*/

SHARP(sharp,
	{ .objective = "huber:tau=0.0029910269192422734,start=1", .parameters = "eta=0.25",
	  .note = "Huber function for T = 1000", .steps = 1000, .ratio = 0.37425 })
CONTROL(control,
	{ .objective = "huber:tau=0.0029910269192422734,start=1", .parameters = "eta=0.25",
	  .note = "0.337 of the bound; 0.374 is attained", .steps = 1000, .factor = 0.337 },
	{ .objective = "huber:tau=0.0029910269192422734,start=1", .parameters = "eta=0.25",
	  .note = "rate T^-3/2 instead of T^-1", .steps = 1000, .power = 0.5 },
	{ .objective = "zero-or-L:p=10", .parameters = "eta=2.025", .note = "8.1 times the largest step",
	  .steps = 1000 })

SHARP(sharp_tight,
	{ .objective = "huber:tau=0.031945788964181994,start=1", .parameters = "eta=0.01",
	  .note = "Huber function for T = 3000", .steps = 3000, .ratio = 0.9395 })
CONTROL(control_tight,
	{ .objective = "huber:tau=0.031945788964181994,start=1", .parameters = "eta=0.01",
	  .note = "0.84 of the bound; 0.9395 is attained", .steps = 3000, .factor = 0.84 },
	{ .objective = "huber:tau=0.031945788964181994,start=1", .parameters = "eta=0.01",
	  .note = "rate T^-5/4 instead of T^-1", .steps = 3000, .power = 0.25 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "L_max", "sigma_star2", "x_star", "f_star" };
static const rate_param params[] = {
	[eta_] = { "eta", RATE_REAL, "auto", 0, 0, NULL,
	           "0 < eta <= 1/(4 L_max); step 2 eta/(t + 3), momentum t/(t + 2)" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[eta_] = fraction / (4 * L_max);
}

MUST(admissible, AT_MOST(eta, 1 / (4 * L_max)), "0 < eta <= 1/(4 L_max)")

static const rate_param params_tight[] = {
	[eta_] = { "eta", RATE_REAL, "auto", 0, 0, NULL,
	           "0 < eta < 1/(2 L_max); with l = 1 - 2 eta L_max: step eta/(1 + l (t + 1))" },
};

static void choose_tight(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[eta_] = fraction / (2 * L_max);
}

MUST(admissible_tight, eta > 0 && slope(c) > 0, "0 < eta < 1/(2 L_max)")

CLAIM(momentum_convex,
	.id = "momentum-convex", .chapter = "momentum",
	.title = "SGD with momentum on convex smooth functions, last iterate",
	.statement = "f_i convex, L_max-smooth; m_t = t/(t+2) m_{t−1} + ∇f_i(x_t), x_{t+1} = x_t − 2η/(t+3) m_t, "
	             "0 < η ≤ 1/(4L_max): "
	             "E f(x_T) − f* ≤ ‖x_0 − x*‖²/(η(T+1)) + 2ησ*²",
	.quantity = "E f(x_t) − f*", .formula = "D²/(η(t+1)) + 2ησ*²",
	.source = HANDBOOK ", section 7; Sebbouh, Gower and Defazio 2021",
	.kind = RATE_EXPECTATION, .method = "momentum:batch=1", .needs = RATE_LIST(needs), RANGE, .schedules = 2,
	.steps = steps, .bound = bound, .transient = transient, .measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(momentum_convex_tight,
	.id = "momentum-convex-tight", .chapter = "momentum",
	.title = "SGD with momentum on convex smooth functions, last iterate, all the momentum that the proof allows",
	.statement = "f_i convex, L_max-smooth; 0 < η < 1/(2L_max), ℓ = 1 − 2ηL_max, m_t = ℓt/(1 + ℓt) m_{t−1} + "
	             "∇f_i(x_t), "
	             "x_{t+1} = x_t − η/(1 + ℓ(t+1)) m_t: E f(x_T) − f* ≤ ‖x_0 − x*‖²/(2ηℓ(T+1)) + ησ*²/ℓ",
	.quantity = "E f(x_t) − f*", .formula = "D²/(2ηℓ(t+1)) + ησ*²/ℓ",
	.source = "after Sebbouh, Gower and Defazio 2021",
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .method = "momentum:batch=1", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_tight), .schedules = 2, .choose = choose_tight, .admissible = admissible_tight,
	.steps = steps_tight, .bound = bound_tight, .transient = transient_tight, .measure = rate_measure_gap,
	.sharp = sharp_tight, .control = control_tight)
