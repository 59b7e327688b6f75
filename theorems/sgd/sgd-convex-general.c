/*:
# SGD on convex smooth functions, any steps below $1/(2L_{\max})$

**Theorem.** Let $f=\frac1n\sum_i f_i$ with every $f_i$ convex and $L_{\max}$-smooth, let $x_\star$ minimise $f$ and
$\sigma_\star^2=\frac1n\sum_i\|\nabla f_i(x_\star)\|^2$. Let $0<\gamma_t<\frac1{2L_{\max}}$, fixed in advance, and
$x_{t+1}=x_t-\gamma_t\nabla f_{i_t}(x_t)$ with $i_t$ uniform and independent of the past. Put
$w_t=\gamma_t(1-2\gamma_tL_{\max})$, $S_T=\sum_{t<T}w_t$ and $\bar x_T=\frac1{S_T}\sum_{t<T}w_tx_t$. Then for every $T\ge1$
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2S_T}+\frac{\sigma_\star^2\sum_{t<T}\gamma_t^2}{S_T} . $$

The average is weighted: a point counts by the step that was taken from it, less what that step risked. The program runs
$\gamma_t=\gamma\,(t+1)^{-a}$, $a\ge0$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

enum { GAMMA, DECAY };

static double weight(const rate_case *c, uint64_t t)
{
	LETTERS(c);

	return c->step[t] * (1 - 2 * c->step[t] * L_max);
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double S = 0, squares = 0;

	for (uint64_t k = 0; k < (uint64_t)t; k++) {
		S += weight(c, k);
		squares += c->step[k] * c->step[k];
	}
	return (D2 / 2 + sigma_star2 * squares) / S;
}

/*:
## Proof

Write $g=\nabla f_i(x)$, $x^+=x-\gamma g$, and $\mathbb E$ for the mean over $i$. A convex smooth function satisfies (lem-smooth-convex-lower)
$\|\nabla f_i(x)-\nabla f_i(x_\star)\|^2\le2L_{\max}\bigl(f_i(x)-f_i(x_\star)-\langle\nabla f_i(x_\star),x-x_\star\rangle\bigr)$.
In the mean the last term vanishes, and with $\|a+b\|^2\le2\|a\|^2+2\|b\|^2$
$$ \mathbb E\|g\|^2\;\le\;4L_{\max}(f(x)-f_\star)+2\sigma_\star^2. $$
Now write out the square; convexity gives $\langle\nabla f(x),x-x_\star\rangle\ge f(x)-f_\star$:
$$ \mathbb E\|x^+-x_\star\|^2\le\|x-x_\star\|^2-2\gamma(1-2\gamma L_{\max})(f(x)-f_\star)+2\gamma^2\sigma_\star^2 . $$
Take means over the past and sum over $t<T$. The distances telescope, the last one is dropped:
$2\sum_tw_t\,\mathbb E(f(x_t)-f_\star)\le\|x_0-x_\star\|^2+2\sigma_\star^2\sum_t\gamma_t^2$. Divide by $2S_T$; by Jensen's inequality
$f(\bar x_T)$ is at most the weighted mean of the values. $\square$

## How sharp it is

Exactly, for small $\gamma L$ and large $T$. Without noise ($n=1$) and with constant steps the Huber function with
$\tau=R/(\gamma L(T-1)+1)$ keeps $x_0,\dots,x_{T-1}$ on its straight arm. Their average has the gap
$LR^2/(2(\gamma L(T-1)+1))$, which is $\gamma L(1-2\gamma L)T/(\gamma L(T-1)+1)$ of the bound: ${{sgd-convex-general#1.max_ratio:3}}$ at $\gamma L=0.01$,
$T=3000$. With steps $0.1\,(t+1)^{-1/2}/L$ the best $\tau$ leaves ${{sgd-convex-general#2.max_ratio:3}}$ at $T=3000$, with $0.2\,(t+1)^{-1/2}/L$ it leaves $0.910$.
At the end of the range the bound itself is infinite.

# Another split of the square

**Theorem.** With a constant step and the uniform average, for every $s>0$ with $\gamma L_{\max}(1+\frac1s)<1$
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;
 \frac{\|x_0-x_\star\|^2/(\gamma T)+(1+s)\gamma\sigma_\star^2}{2\bigl(1-\gamma L_{\max}(1+\frac1s)\bigr)} . $$
A large $s$ allows steps up to nearly $1/L_{\max}$ and pays with the noise; $s=1$ is the theorem above, and the best $s$ for long runs
is worked out in sgd-convex-smooth-tight.
:*/

enum { SPLIT = 1 };

NUMBER(share, 1 - c->param[GAMMA] * L_max * (1 + 1 / c->param[SPLIT]))

FORMULA(transient_young, t, D2 / (2 * c->param[GAMMA] * t * share(c)))

FORMULA(bound_young, t,
	transient_young(c, t) + (1 + c->param[SPLIT]) * c->param[GAMMA] * sigma_star2 / (2 * share(c)))

/*:
**Proof.** Young's inequality $\|a+b\|^2\le(1+\frac1s)\|a\|^2+(1+s)\|b\|^2$ in the place of the factor 2 gives
$\mathbb E\|g\|^2\le2(1+\frac1s)L_{\max}(f(x)-f_\star)+(1+s)\sigma_\star^2$, and
$$ \mathbb E\|x^+-x_\star\|^2\le\|x-x_\star\|^2-2\gamma\bigl(1-\gamma L_{\max}(1+\tfrac1s)\bigr)(f(x)-f_\star)
 +(1+s)\gamma^2\sigma_\star^2 . $$
Sum, divide by $2\gamma T(1-\gamma L_{\max}(1+\frac1s))$, use Jensen's inequality. $\square$

The same Huber function reaches ${{sgd-convex-young#1.max_ratio:3}}$ of it with $s=100$.

## What is run

SGD on every sum of convex smooth functions, the mean gap of the average judged at all checkpoints.

## What must fail

$0.9$ of what the Huber function reaches, and the rate $T^{-3/2}$. There is no control by step: at the end of the range the
bounds are infinite.

## Exercises

1. Let $\gamma_t=\gamma/\sqrt{t+1}$. How fast does the bound fall?
2. ★ Which $s$ makes the second bound smallest when $T\to\infty$? Show that $s=1$ is never the best for small $\gamma$.
3. Why must the steps be fixed in advance? Find the place in the proof.
:*/

SHARP(sharp,
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01,a=0",
	  .note = "Huber function for the average at T = 3000", .steps = 3000, .ratio = 0.01 * 0.98 * 3000 / 30.99 },
	{ .objective = "huber:tau=0.08403621303214043,start=1", .parameters = "gamma=0.1,a=0.5",
	  .note = "Huber function for steps that fall as t^-1/2, T = 3000", .steps = 3000, .ratio = 0.8939 })
CONTROL(control,
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01,a=0",
	  .note = "0.85 of the bound; 0.949 is attained", .steps = 3000, .factor = 0.85 },
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01,a=0",
	  .note = "rate T^-3/2 instead of T^-1", .steps = 3000, .power = 0.5 })
SHARP(sharp_young,
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01,s=100",
	  .note = "Huber function for the average at T = 3000", .steps = 3000,
	  .ratio = 0.01 * (1 - 0.0101) * 3000 / 30.99 })
CONTROL(control_young,
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01,s=100",
	  .note = "0.86 of the bound; 0.958 is attained", .steps = 3000, .factor = 0.86 },
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01,s=100",
	  .note = "rate T^-3/2 instead of T^-1", .steps = 3000, .power = 0.5 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "L_max", "sigma_star2", "x_star", "f_star" };
static const rate_param params[] = {
	[GAMMA] = RATE_STEP_SIZE("0 < gamma < 1/(2 L_max); the steps are gamma (t + 1)^-a"),
	[DECAY] = { "a", RATE_REAL, "0.25", 0, 1, NULL, "how the steps fall" },
};
static const rate_param params_young[] = {
	[GAMMA] = RATE_STEP_SIZE("0 < gamma < 1/(L_max (1 + 1/s))"),
	[SPLIT] = { "s", RATE_REAL, "4", 1e-9, 1e9, NULL, "the split of Young's inequality" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[GAMMA] = fraction / (2 * L_max);
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	if (!(c->param[DECAY] >= 0))
		return "a >= 0";
	return c->param[GAMMA] > 0 && c->param[GAMMA] < 1 / (2 * L_max) ? NULL : "0 < gamma < 1/(2 L_max)";
}

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = c->param[GAMMA] * pow((double)t + 1, -c->param[DECAY]);
}

static void choose_young(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[GAMMA] = fraction / (L_max * (1 + 1 / param[SPLIT]));
}

static const char *admissible_young(const rate_case *c)
{
	return c->param[GAMMA] > 0 && c->param[SPLIT] > 0 && share(c) > 0 ? NULL : "0 < gamma < 1/(L_max (1 + 1/s))";
}

static double uniform(const rate_case *c, uint64_t t)
{
	(void)c, (void)t;
	return 1;
}

CLAIM(sgd_convex_general,
	.id = "sgd-convex-general", .chapter = "sgd",
	.title = "SGD on convex smooth functions, any steps below 1/(2 L_max)",
	.statement = "f_i convex, L_max-smooth; 0 < γ_t < 1/(2L_max), w_t = γ_t(1 − 2γ_t L_max), S = Σ_{t<T} w_t: "
	             "E f(x̄_T) − f* ≤ (‖x_0 − x*‖²/2 + σ*² Σ γ_t²)/S, x̄_T the average of x_0 … x_{T−1} "
	             "with weights w_t",
	.quantity = "E f(x̄_t) − f*", .formula = "(D²/2 + σ*² Σ γ_s²)/Σ γ_s(1 − 2γ_s L_max)",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .method = "sgd:batch=1", .needs = RATE_LIST(needs), RANGE,
	.steps = steps, .weight = weight, .bound = bound, .measure = rate_measure_average_gap, SHARP_AND_CONTROL)

CLAIM(sgd_convex_young,
	.id = "sgd-convex-young", .chapter = "sgd",
	.title = "SGD on convex smooth functions, with a free split of the noise",
	.statement = "f_i convex, L_max-smooth; s > 0, γL_max(1 + 1/s) < 1, x̄_t = (x_0 + … + x_{t−1})/t: "
	             "E f(x̄_t) − f* ≤ [‖x_0 − x*‖²/(γt) + (1 + s)γσ*²]/(2(1 − γL_max(1 + 1/s)))",
	.quantity = "E f(x̄_t) − f*", .formula = "[D²/(γt) + (1+s)γσ*²]/(2(1 − γL_max(1 + 1/s)))",
	.source = "after " HANDBOOK,
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .method = "sgd:batch=1", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_young), .choose = choose_young, .admissible = admissible_young, .weight = uniform,
	.bound = bound_young, .transient = transient_young, .measure = rate_measure_average_gap, .sharp = sharp_young,
	.control = control_young)
