/*:
# SGD on convex smooth functions, steps for a known horizon

**Theorem.** Let $f=\frac1n\sum_i f_i$ with every $f_i$ convex and $L_{\max}$-smooth, let $x_\star$ minimise $f$ and
$\sigma_\star^2=\frac1n\sum_i\|\nabla f_i(x_\star)\|^2$. Let $0<\gamma\le\frac1{4L_{\max}}$. If $T$ steps of SGD are made, all of
length $\gamma/\sqrt T$, the average $\bar x_T=\frac1T\sum_{t<T}x_t$ obeys
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{\gamma\sqrt T}+\frac{2\gamma\sigma_\star^2}{\sqrt T} . $$

With a constant step SGD stays at a distance from the minimum (sgd-convex-smooth). If the number of steps is known, the step
can be made as short as that number asks for, and both terms fall.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(transient_horizon, t, D2 / (gamma * sqrt(t)))

FORMULA(bound_horizon, t, transient_horizon(c, t) + 2 * gamma * sigma_star2 / sqrt(t))

/*:
**Proof.** The theorem for constant steps (sgd-convex-smooth) says that with steps of length $\gamma'\le\frac1{4L_{\max}}$ the average of $T$ points has a mean gap of at
most $\|x_0-x_\star\|^2/(\gamma'T)+2\gamma'\sigma_\star^2$. Put $\gamma'=\gamma/\sqrt T$. $\square$

**Sharp** up to a factor 2, as that theorem is. On the Huber function with $\tau=R/(\gamma'L(T-1)+1)$ the points $x_0,\dots,x_{T-1}$ stay on the straight
arm, and the ratio is $\gamma'LT/(2(\gamma'L(T-1)+1))$: ${{sgd-convex-horizon#1.max_ratio:3}}$ for $\gamma L=\frac14$ and $T=10^5$.

# Steps that fall

If the horizon is not known, the steps may fall with time instead. Two sums then decide, $\sum_{t<T}\gamma_t$, which should be large, and
$\sum_{t<T}\gamma_t^2$, which should not.

**Theorem.** Under the same hypotheses on $f$ and $\gamma$ let the steps be $\gamma_t=\gamma/\sqrt{t+1}$, and let $\bar x_T$ be the average of
$x_0,\dots,x_{T-1}$ with the weights $\gamma_t$. For every $T\ge1$
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2+2\sigma_\star^2\sum_{t<T}\gamma_t^2}{\sum_{t<T}\gamma_t} . $$
:*/

static double bound_sums(const rate_case *c, double t)
{
	LETTERS(c);
	double sum = 0, squares = 0;

	for (uint64_t k = 0; k < (uint64_t)t; k++) {
		sum += c->step[k];
		squares += c->step[k] * c->step[k];
	}
	return (D2 + 2 * sigma_star2 * squares) / sum;
}

/*:
**Proof.** A step of length $\gamma_t\le\frac1{4L_{\max}}$ satisfies (proof of sgd-convex-general)
$$ \mathbb E\|x_{t+1}-x_\star\|^2\le\mathbb E\|x_t-x_\star\|^2
 -2\gamma_t(1-2\gamma_tL_{\max})\,\mathbb E(f(x_t)-f_\star)+2\gamma_t^2\sigma_\star^2 , $$
and $1-2\gamma_tL_{\max}\ge\frac12$. So $\gamma_t\,\mathbb E(f(x_t)-f_\star)$ is at most the decrease of $\mathbb E\|x_t-x_\star\|^2$, plus $2\gamma_t^2\sigma_\star^2$. Sum over $t<T$: the
distances telescope, and the last one is left out. Divide by $\sum\gamma_t$; by Jensen's inequality $f(\bar x_T)$ is at most the weighted mean of the values. $\square$

Both sums are known well enough to be replaced by functions of $T$:
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2+2\gamma^2\sigma_\star^2\,(1+\log T)}{2\gamma\,(\sqrt{T+1}-1)}
 \;\le\;\frac{5\,\|x_0-x_\star\|^2}{4\gamma\sqrt T}+\frac{5\gamma\sigma_\star^2\log(T+1)}{\sqrt T} . $$
The first form is sgd-convex-decreasing-closed, the second sgd-convex-decreasing: easier to read, and 2.5 times as large in the end.
:*/

FORMULA(transient_closed, t, D2 / (2 * gamma * (sqrt(t + 1) - 1)))

FORMULA(bound_closed, t, transient_closed(c, t) + gamma * sigma_star2 * (1 + log(t)) / (sqrt(t + 1) - 1))

FORMULA(transient_decreasing, t, 5 * D2 / (4 * gamma * sqrt(t)))

FORMULA(bound_decreasing, t, transient_decreasing(c, t) + 5 * gamma * sigma_star2 * log1p(t) / sqrt(t))

/*:
**Proof.** Compare the sums with integrals:
$$ \sum_{t<T}\frac1{\sqrt{t+1}}\ge\int_1^{T+1}\frac{du}{\sqrt u}=2(\sqrt{T+1}-1),\qquad
 \sum_{t<T}\frac1{t+1}\le1+\int_1^T\frac{du}u=1+\log T . $$
That is the first form. For the second, $\frac{2(\sqrt{T+1}-1)}{\sqrt T}=\frac{2\sqrt T}{\sqrt{T+1}+1}$ grows with $T$ and is $0.828>\frac45$ at $T=1$, so the denominator is at least
$\frac45\gamma\sqrt T$; and $1+\log T\le2\log(T+1)$ because $e\,T\le(T+1)^2$. $\square$

## How sharp it is

On the Huber function that is tuned to these steps, at $T=10^4$ and $\gamma L=\frac14$: ${{sgd-convex-decreasing-sums#1.max_ratio:3}}$ of the bound with the sums, ${{sgd-convex-decreasing-closed#1.max_ratio:3}}$ of the first closed form, $0.197$ of the second. What is lost is the 2 of
sgd-convex-smooth, and then the 2.5. To check a program, use the sums.

## What is run

SGD on every sum of convex smooth functions. For the first theorem each horizon is a run of its own.

## What must fail

Of each bound $0.9$ of what the Huber function reaches: $0.45$ of the first, of the one with the sums and of the first closed form, $0.177$ of the second. (For larger fractions no
function is known that refutes them.) And faster rates: each bound times $T^{-1/2}$.

## Exercises

1. Show that $1+\log T\le2\log(T+1)$ for all $T\ge1$.
2. Which weights would you give the points if $\gamma_t=\gamma/(t+1)$? Why is that a bad choice here?
3. What does the last point $x_T$ do? (The chapter on momentum has an answer for a method that is only a little different.)
:*/

SHARP(sharp_horizon,
	{ .objective = "huber:tau=0.012491232570180621,start=1", .parameters = "gamma=0.25",
	  .note = "Huber function for the average at T = 100000", .steps = 100000, .ratio = 0.49376 },
	{ .objective = "huber:tau=0.11238747750799485,start=1", .parameters = "gamma=0.25",
	  .note = "the same for T = 1000", .steps = 1000, .ratio = 0.44425 })
CONTROL(control_horizon,
	{ .objective = "huber:tau=0.012491232570180621,start=1", .parameters = "gamma=0.25",
	  .note = "0.45 of the bound; 0.494 is attained", .steps = 100000, .factor = 0.45 },
	{ .objective = "huber:tau=0.11238747750799485,start=1", .parameters = "gamma=0.25",
	  .note = "rate T^-1 instead of T^-1/2", .steps = 1000, .power = 0.5 })
SHARP(sharp_sums,
	{ .objective = "huber:tau=0.01975354014656347,start=1", .parameters = "gamma=0.25",
	  .note = "Huber function for these steps, T = 10000", .steps = 10000, .ratio = 0.4902 })
CONTROL(control_sums,
	{ .objective = "huber:tau=0.01975354014656347,start=1", .parameters = "gamma=0.25",
	  .note = "0.45 of the bound; 0.490 is attained", .steps = 10000, .factor = 0.45 },
	{ .objective = "huber:tau=0.01975354014656347,start=1", .parameters = "gamma=0.25",
	  .note = "a rate faster by T^-1/2", .steps = 10000, .power = 0.5 })
SHARP(sharp_decreasing,
	{ .objective = "huber:tau=0.01975354014656347,start=1", .parameters = "gamma=0.25",
	  .note = "Huber function for these steps, T = 10000", .steps = 10000, .ratio = 0.1975 })
CONTROL(control_decreasing,
	{ .objective = "huber:tau=0.01975354014656347,start=1", .parameters = "gamma=0.25",
	  .note = "0.177 of the bound; 0.197 is attained", .steps = 10000, .factor = 0.177 },
	{ .objective = "huber:tau=0.01975354014656347,start=1", .parameters = "gamma=0.25",
	  .note = "rate T^-1 instead of T^-1/2", .steps = 10000, .power = 0.5 })

SHARP(sharp_closed,
	{ .objective = "huber:tau=0.01975354014656347,start=1", .parameters = "gamma=0.25",
	  .note = "Huber function for these steps, T = 10000", .steps = 10000, .ratio = 0.4889 })
CONTROL(control_closed,
	{ .objective = "huber:tau=0.01975354014656347,start=1", .parameters = "gamma=0.25",
	  .note = "0.45 of the bound; 0.489 is attained", .steps = 10000, .factor = 0.45 },
	{ .objective = "huber:tau=0.01975354014656347,start=1", .parameters = "gamma=0.25",
	  .note = "a rate faster by T^-1/2", .steps = 10000, .power = 0.5 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "L_max", "sigma_star2", "x_star", "f_star" };
static const rate_param params_horizon[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/(4 L_max); the steps are gamma/sqrt T"),
};
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/(4 L_max); the steps are gamma/sqrt(t + 1)"),
};

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction / (4 * L_max);
}

MUST(admissible, AT_MOST(gamma, 1 / (4 * L_max)), "0 < gamma <= 1/(4 L_max)")

static void steps_horizon(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma / sqrt((double)c->T);
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma / sqrt((double)t + 1);
}

static double weight(const rate_case *c, uint64_t t)
{
	return c->step[t];
}

CLAIM(sgd_convex_horizon,
	.id = "sgd-convex-horizon", .chapter = "sgd",
	.title = "SGD on convex smooth functions, steps for a known horizon",
	.statement = "f_i convex, L_max-smooth; 0 < γ ≤ 1/(4L_max), steps γ/√T: E f(x̄_T) − f* ≤ ‖x_0 − x*‖²/(γ√T) + "
	             "2γσ*²/√T, "
	             "x̄_T the average of x_0 … x_{T−1}",
	.quantity = "E f(x̄_T) − f*", .formula = "D²/(γ√T) + 2γσ*²/√T",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .flags = RATE_LAST, .method = "sgd:batch=1", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_horizon), .power = 0.5, .choose = choose, .admissible = admissible,
	.steps = steps_horizon, .weight = weight, .bound = bound_horizon, .transient = transient_horizon,
	.measure = rate_measure_average_gap, .sharp = sharp_horizon, .control = control_horizon)

CLAIM(sgd_convex_decreasing,
	.id = "sgd-convex-decreasing", .chapter = "sgd", .title = "SGD on convex smooth functions, decreasing steps",
	.statement = "f_i convex, L_max-smooth; γ_t = γ/√(t+1), 0 < γ ≤ 1/(4L_max): "
	             "E f(x̄_T) − f* ≤ 5‖x_0 − x*‖²/(4γ√T) + 5γσ*² log(T+1)/√T, x̄_T the average of x_0 … x_{T−1} with "
	             "weights γ_t",
	.quantity = "E f(x̄_t) − f*", .formula = "5D²/(4γ√t) + 5γσ*² log(t+1)/√t",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "sgd:batch=1", .needs = RATE_LIST(needs), RANGE, .power = 0.5,
	.steps = steps,
	.weight = weight, .bound = bound_decreasing, .transient = transient_decreasing,
	.measure = rate_measure_average_gap, .sharp = sharp_decreasing, .control = control_decreasing)

CLAIM(sgd_convex_decreasing_closed,
	.id = "sgd-convex-decreasing-closed", .chapter = "sgd",
	.title = "SGD on convex smooth functions, decreasing steps, closed form",
	.statement = "f_i convex, L_max-smooth; γ_t = γ/√(t+1), 0 < γ ≤ 1/(4L_max): E f(x̄_T) − f* ≤ "
	             "(‖x_0 − x*‖² + 2γ²σ*²(1 + log T))/(2γ(√(T+1) − 1)), x̄_T the average of x_0 … x_{T−1} with "
	             "weights γ_t",
	.quantity = "E f(x̄_t) − f*", .formula = "(D² + 2γ²σ*²(1 + log t))/(2γ(√(t+1) − 1))",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "sgd:batch=1", .needs = RATE_LIST(needs), RANGE, .power = 0.5,
	.steps = steps,
	.weight = weight, .bound = bound_closed, .transient = transient_closed, .measure = rate_measure_average_gap,
	.sharp = sharp_closed, .control = control_closed)

CLAIM(sgd_convex_decreasing_sums,
	.id = "sgd-convex-decreasing-sums", .chapter = "sgd",
	.title = "SGD on convex smooth functions, decreasing steps, exact sums",
	.statement = "f_i convex, L_max-smooth; γ_t = γ/√(t+1), 0 < γ ≤ 1/(4L_max): "
	             "E f(x̄_T) − f* ≤ (‖x_0 − x*‖² + 2σ*² Σ γ_t²)/Σ γ_t, x̄_T the average of x_0 … x_{T−1} with "
	             "weights γ_t",
	.quantity = "E f(x̄_t) − f*", .formula = "(D² + 2σ*² Σ γ_s²)/Σ γ_s",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "sgd:batch=1", .needs = RATE_LIST(needs), RANGE, .power = 0.5,
	.steps = steps,
	.weight = weight, .bound = bound_sums, .measure = rate_measure_average_gap, .sharp = sharp_sums,
	.control = control_sums)
