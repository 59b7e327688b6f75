/*:
# SGD on convex smooth functions, steps for a known horizon

**Theorem.** Let $f=\frac1n\sum_i f_i$ with every $f_i$ convex and $L_{\max}$-smooth, let $x_\star$ minimise $f$ and
$\sigma=\frac1n\sum_i\|\nabla f_i(x_\star)\|^2$. Let $0<\gamma\le\frac1{4L_{\max}}$. If $T$ steps of SGD are made, all of
length $\gamma/\sqrt T$, the average $\bar x_T=\frac1T\sum_{t<T}x_t$ obeys
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{\gamma\sqrt T}+\frac{2\gamma\sigma}{\sqrt T} . $$

With a constant step SGD stays at a distance from the minimum. Here the step is small if many are made, and both terms
fall.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

enum { GAMMA };

static double transient_horizon(const rate_case *c, double t)
{
	return c->D2 / (c->param[GAMMA] * sqrt(t));
}

static double bound_horizon(const rate_case *c, double t)
{
	return transient_horizon(c, t) + 2 * c->param[GAMMA] * c->sigma_star2 / sqrt(t);
}

/*:
**Proof.** In the theorem for constant steps, $\|x_0-x_\star\|^2/(\gamma T)+2\gamma\sigma$, replace $\gamma$ by
$\gamma/\sqrt T\le\frac1{4L_{\max}}$. $\square$

**Sharp** up to a factor 2, as that theorem: on the Huber function with $\tau=R/(\gamma_TL(T-1)+1)$, $\gamma_T=\gamma/\sqrt T$,
the ratio is $\gamma_TLT/(2(\gamma_TL(T-1)+1))$, which is $0.494$ for $\gamma L=\frac14$ and $T=10^5$.

# Steps that fall

**Theorem.** Under the same hypotheses let $\gamma_t=\gamma/\sqrt{t+1}$ and let $\bar x_T$ be the average of
$x_0,\dots,x_{T-1}$ with weights $\gamma_t$. For every $T\ge1$
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2+2\sigma\sum_{t<T}\gamma_t^2}{\sum_{t<T}\gamma_t} . $$
:*/

static double bound_sums(const rate_case *c, double t)
{
	double sum = 0, squares = 0;

	for (uint64_t k = 0; k < (uint64_t)t; k++) {
		sum += c->step[k];
		squares += c->step[k] * c->step[k];
	}
	return (c->D2 + 2 * c->sigma_star2 * squares) / sum;
}

/*:
In closed form:
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{5\,\|x_0-x_\star\|^2}{4\gamma\sqrt T}+\frac{5\gamma\sigma\log(T+1)}{\sqrt T} . $$
:*/

static double transient_decreasing(const rate_case *c, double t)
{
	return 5 * c->D2 / (4 * c->param[GAMMA] * sqrt(t));
}

static double bound_decreasing(const rate_case *c, double t)
{
	return transient_decreasing(c, t) + 5 * c->param[GAMMA] * c->sigma_star2 * log1p(t) / sqrt(t);
}

/*:
## Proof

The first display is the theorem for any steps below $1/(2L_{\max})$, whose proof gives
$$ \mathbb E\|x_{t+1}-x_\star\|^2\le\mathbb E\|x_t-x_\star\|^2
 -2\gamma_t(1-2\gamma_tL_{\max})\,\mathbb E(f(x_t)-f_\star)+2\gamma_t^2\sigma . $$
As $\gamma_t\le\frac1{4L_{\max}}$, the bracket is at least $\frac12$; sum over $t<T$, divide by $\sum\gamma_t$, use Jensen's
inequality.

For the closed form compare sums with integrals: $\sum_{t<T}(t+1)^{-1/2}\ge2(\sqrt{T+1}-1)\ge\frac45\sqrt T$ (the quotient
$2(\sqrt{T+1}-1)/\sqrt T$ grows with $T$ and is $0.828$ at $T=1$), and $\sum_{t<T}\frac1{t+1}\le1+\log T\le2\log(T+1)$, where
the last step is $e\,T\le(T+1)^2$. $\square$

## How sharp it is

The theorem with the sums: $0.490$ on the Huber function that is tuned to these steps, at $T=10^4$. The closed form is a
convenience and has lost more, the greater part of a further factor 2.5: for large $T$ the sum is near $2\sqrt T$ and not
$\frac45\sqrt T$. It reaches $0.197$ on the same function. To check a program, use the sums.

## What is run

SGD on every sum of convex smooth functions. For the first theorem each horizon is a run of its own.

## What must fail

$0.45$ of the first bound and of the bound with the sums ($0.494$ and $0.490$ are attained; the bounds halved are true). Of
the closed form $0.177$, which is $0.9$ of the largest ratio known: nothing between that and 1 can be refuted. And faster
rates: each bound times $T^{-1/2}$.

## Exercises

1. Show that $1+\log T\le2\log(T+1)$ for all $T\ge1$.
2. Which weights would you give the points if $\gamma_t=\gamma/(t+1)$? Why is that a bad choice here?
3. What does the last point $x_T$ do? (The chapter on momentum has an answer for a method that is only a little different.)
:*/

static const struct instance sharp_horizon_table[] = {
	{ .objective = "huber:tau=0.012491232570180621,start=1",
	    .parameters = "gamma=0.25",
	    .note = "Huber function for the average at T = 100000",
	    .steps = 100000,
	    .ratio = 0.49376 },
	{ .objective = "huber:tau=0.11238747750799485,start=1",
	    .parameters = "gamma=0.25",
	    .note = "the same for T = 1000",
	    .steps = 1000,
	    .ratio = 0.44425 },
};
static const struct instance control_horizon_table[] = {
	{ .objective = "huber:tau=0.012491232570180621,start=1",
	    .parameters = "gamma=0.25",
	    .note = "0.45 of the bound; 0.494 is attained",
	    .steps = 100000,
	    .factor = 0.45 },
	{ .objective = "huber:tau=0.11238747750799485,start=1",
	    .parameters = "gamma=0.25",
	    .note = "rate T^-1 instead of T^-1/2",
	    .steps = 1000,
	    .power = 0.5 },
};
static const struct instance sharp_sums_table[] = {
	{ .objective = "huber:tau=0.01975354014656347,start=1",
	    .parameters = "gamma=0.25",
	    .note = "Huber function for these steps, T = 10000",
	    .steps = 10000,
	    .ratio = 0.4902 },
};
static const struct instance control_sums_table[] = {
	{ .objective = "huber:tau=0.01975354014656347,start=1",
	    .parameters = "gamma=0.25",
	    .note = "0.45 of the bound; 0.490 is attained",
	    .steps = 10000,
	    .factor = 0.45 },
	{ .objective = "huber:tau=0.01975354014656347,start=1",
	    .parameters = "gamma=0.25",
	    .note = "a rate faster by T^-1/2",
	    .steps = 10000,
	    .power = 0.5 },
};
static const struct instance sharp_decreasing_table[] = {
	{ .objective = "huber:tau=0.01975354014656347,start=1",
	    .parameters = "gamma=0.25",
	    .note = "Huber function for these steps, T = 10000",
	    .steps = 10000,
	    .ratio = 0.1975 },
};
static const struct instance control_decreasing_table[] = {
	{ .objective = "huber:tau=0.01975354014656347,start=1",
	    .parameters = "gamma=0.25",
	    .note = "0.177 of the bound; 0.197 is attained",
	    .steps = 10000,
	    .factor = 0.177 },
	{ .objective = "huber:tau=0.01975354014656347,start=1",
	    .parameters = "gamma=0.25",
	    .note = "rate T^-1 instead of T^-1/2",
	    .steps = 10000,
	    .power = 0.5 },
};

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "L_max", "sigma_star2", "x_star", "f_star" };
static const rate_param params_horizon[] = {
	[GAMMA] = RATE_STEP_SIZE("0 < gamma <= 1/(4 L_max); the steps are gamma/sqrt T"),
};
static const rate_param params[] = {
	[GAMMA] = RATE_STEP_SIZE("0 < gamma <= 1/(4 L_max); the steps are gamma/sqrt(t + 1)"),
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = fraction / (4 * c->L_max);
}

static const char *admissible(const rate_case *c)
{
	return AT_MOST(c->param[GAMMA], 1 / (4 * c->L_max)) ? NULL : "0 < gamma <= 1/(4 L_max)";
}

static void steps_horizon(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = c->param[GAMMA] / sqrt((double)c->T);
}

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = c->param[GAMMA] / sqrt((double)t + 1);
}

static double weight(const rate_case *c, uint64_t t)
{
	return c->step[t];
}

INSTANCES(sharp_horizon, sharp_horizon_table)
INSTANCES(control_horizon, control_horizon_table)
INSTANCES(sharp_sums, sharp_sums_table)
INSTANCES(control_sums, control_sums_table)
INSTANCES(sharp_decreasing, sharp_decreasing_table)
INSTANCES(control_decreasing, control_decreasing_table)

const rate_theorem sgd_convex_horizon = { THEOREM,
	.id = "sgd-convex-horizon",
	.chapter = "sgd",
	.title = "SGD on convex smooth functions, steps for a known horizon",
	.statement = "f_i convex, L_max-smooth; 0 < γ ≤ 1/(4L_max), steps γ/√T: E f(x̄_T) − f* ≤ ‖x_0 − x*‖²/(γ√T) + 2γσ/√T, "
	             "x̄_T the average of x_0 … x_{T−1}",
	.quantity = "E f(x̄_T) − f*",
	.formula = "D²/(γ√T) + 2γσ/√T",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION,
	.flags = RATE_LAST,
	.method = "sgd:batch=1",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_horizon),
	.power = 0.5,
	.choose = choose,
	.admissible = admissible,
	.steps = steps_horizon,
	.weight = weight,
	.bound = bound_horizon,
	.transient = transient_horizon,
	.measure = rate_measure_average_gap,
	.sharp = sharp_horizon,
	.control = control_horizon };

const rate_theorem sgd_convex_decreasing = { THEOREM,
	.id = "sgd-convex-decreasing",
	.chapter = "sgd",
	.title = "SGD on convex smooth functions, decreasing steps",
	.statement = "f_i convex, L_max-smooth; γ_t = γ/√(t+1), 0 < γ ≤ 1/(4L_max): "
	             "E f(x̄_T) − f* ≤ 5‖x_0 − x*‖²/(4γ√T) + 5γσ log(T+1)/√T, x̄_T the average of x_0 … x_{T−1} with weights γ_t",
	.quantity = "E f(x̄_t) − f*",
	.formula = "5D²/(4γ√t) + 5γσ log(t+1)/√t",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION,
	.method = "sgd:batch=1",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.power = 0.5,
	.choose = choose,
	.admissible = admissible,
	.steps = steps,
	.weight = weight,
	.bound = bound_decreasing,
	.transient = transient_decreasing,
	.measure = rate_measure_average_gap,
	.sharp = sharp_decreasing,
	.control = control_decreasing };

const rate_theorem sgd_convex_decreasing_sums = { THEOREM,
	.id = "sgd-convex-decreasing-sums",
	.chapter = "sgd",
	.title = "SGD on convex smooth functions, decreasing steps, exact sums",
	.statement = "f_i convex, L_max-smooth; γ_t = γ/√(t+1), 0 < γ ≤ 1/(4L_max): "
	             "E f(x̄_T) − f* ≤ (‖x_0 − x*‖² + 2σ Σ γ_t²)/Σ γ_t, x̄_T the average of x_0 … x_{T−1} with weights γ_t",
	.quantity = "E f(x̄_t) − f*",
	.formula = "(D² + 2σ Σ γ_s²)/Σ γ_s",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION,
	.method = "sgd:batch=1",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.power = 0.5,
	.choose = choose,
	.admissible = admissible,
	.steps = steps,
	.weight = weight,
	.bound = bound_sums,
	.measure = rate_measure_average_gap,
	.sharp = sharp_sums,
	.control = control_sums };
