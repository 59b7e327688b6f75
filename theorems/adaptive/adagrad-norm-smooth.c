/*:
# AdaGrad-norm without tuning

Gradient descent needs to know $L$. AdaGrad divides the step by what it has seen instead: with $b_0>0$, $\eta>0$,
$$ b_{t+1}^2=b_t^2+\|\nabla f(x_t)\|^2,\qquad x_{t+1}=x_t-\frac\eta{b_{t+1}}\nabla f(x_t). $$

**Theorem.** Let $f$ be $L$-smooth and bounded below, $F_0=f(x_0)-\inf f>0$, and let $B$ be the largest root of
$$ B-b_0=\frac{F_0}\eta+L\eta\,\ln\frac B{b_0}. $$
Then for every $T\ge1$
$$ b_T\le B,\qquad\sum_{t<T}\|\nabla f(x_t)\|^2\le B^2-b_0^2,\qquad\min_{t<T}\|\nabla f(x_t)\|^2\le\frac{B^2-b_0^2}T . $$

Every $\eta$ and every $b_0$ will do, and $f$ need not be convex. If the step is too long at first, gradients grow
until $b$ is large enough; $B$ says how large that can become. In closed form,
$B\le2\bigl(b_0+\frac{F_0}\eta+L\eta(\ln\frac{2L\eta}{b_0}-1)\bigr)$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(b0)
#include "../least.h"

/* Positive where the descent of f forbids b_T = B; increasing for B >= L eta. */
static double excess(const rate_case *c, double B)
{
	LETTERS(c);
	double eta = gamma;

	return B - b0 - d0 / eta - L * eta * log(B / b0);
}

/* The largest root, by bisection. */
static double largest(const rate_case *c)
{
	LETTERS(c);
	double low = fmax(b0, L * gamma), high = 2 * low;

	while (excess(c, high) < 0)
		high *= 2;
	for (double B = (low + high) / 2; low < B && B < high; B = (low + high) / 2)
		*(excess(c, B) < 0 ? &low : &high) = B;
	return high;
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);

	(void)t;
	return largest(c) - b0;
}

static double bound_gradient(const rate_case *c, double t)
{
	LETTERS(c);
	double B = largest(c);

	return (B - b0) * (B + b0) / t;
}

/*:
## Proof

Write $g_t=\nabla f(x_t)$. The descent lemma (lem-descent) with the step $\frac\eta{b_{t+1}}$, summed,
$$ \eta\sum_{t<T}\frac{\|g_t\|^2}{b_{t+1}}-\frac{L\eta^2}2\sum_{t<T}\frac{\|g_t\|^2}{b_{t+1}^2}\;\le\;f(x_0)-f(x_T)\;\le\;F_0 . $$
As $\|g_t\|^2=b_{t+1}^2-b_t^2$, the terms of the first sum are $(b_{t+1}-b_t)\frac{b_{t+1}+b_t}{b_{t+1}}\ge
b_{t+1}-b_t$, so it is at least $b_T-b_0$. Those of the second are
$1-\frac{b_t^2}{b_{t+1}^2}\le\ln\frac{b_{t+1}^2}{b_t^2}$, so it is at most $2\ln\frac{b_T}{b_0}$. Hence
$$ h(b_T)\le0,\qquad h(B)=B-b_0-\frac{F_0}\eta-L\eta\ln\frac B{b_0} . $$
$h$ is convex, $h(b_0)<0$ and $h(B)\to\infty$: it is positive beyond its largest root. The rest is
$\sum\|g_t\|^2=b_T^2-b_0^2$. $\square$

*How fast.* $B$ does not depend on $T$: the mean square of the gradients falls like $\frac1T$, as with the best
constant step. The price is a factor of $\ln$ if $\eta$ is a poor guess, not divergence.

## How sharp it is

The program measures $b_T-b_0$ against $B-b_0$, so that a large $b_0$ does not make the ratio look good. On
$\frac12x^2$ from $x_0=7.1\,\eta$ with $b_0=0.664\,\eta$ it reaches ${{adagrad-norm-smooth#1.max_ratio:3}}$, the most that a search has found: where
the gradients are small against $b$, the first sum is twice $b_T-b_0$, and where they are large, the second is below the
logarithm. The bound on the least gradient reaches nearly $\frac12$ for the same reason, on the Huber function with
steps that are constant but for rounding.

## What is run

AdaGrad-norm on every smooth function with a known infimum, with $\eta$ a share of $\sqrt{2F_0/L}$ and
$b_0=\frac{L\eta}{10}$.

## What must fail

$0.5$ times $B-b_0$ on the parabola; $0.45$ times the bound on the gradient on the Huber function, and there a rate
$T^{-3/2}$.

## Exercises

1. Which $\eta$ makes $B$ least if $b_0$ is small? Compare with the step that needs $L$.
2. Show the closed form. *Hint:* $\ln u\le\frac uc+\ln c-1$.
3. Gradient descent with a step of $3/L$ diverges on $\frac L2x^2$. What does AdaGrad-norm do from $b_0=\frac{L\eta}3$?
:*/

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *sum;

	(void)b;
	if (v->find(v, "S", &sum))
		return v->run->call->fail(v->run, "the method has no state S");
	for (size_t r = 0; r < v->run->nrep; r++) {
		s[r] = sqrt(sum[r * v->run->ld]);
		q[r] = s[r] - v->c->param[b0_];
	}
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "quadratic:d=1,rotation=0,start=7.1", .parameters = "gamma=1,b0=0.664", .note = "a parabola",
	  .steps = 400, .ratio = 0.575 },
	{ .objective = "huber:tau=0.3,start=1", .parameters = "gamma=0.1,b0=0.03", .note = "the Huber function",
	  .steps = 400 })
CONTROL(control,
	{ .objective = "quadratic:d=1,rotation=0,start=7.1", .parameters = "gamma=1,b0=0.664",
	  .note = "half of B - b_0; 0.575 is reached", .steps = 400, .factor = 0.5 })
SHARP(sharp_gradient,
	{ .objective = "huber:tau=0.01,start=0.31", .parameters = "gamma=3,b0=100",
	  .note = "the Huber function, steps nearly constant", .steps = 1000, .ratio = 0.477 })
CONTROL(control_gradient,
	{ .objective = "huber:tau=0.01,start=0.31", .parameters = "gamma=3,b0=100", .note = "0.45 of the bound",
	  .steps = 1000, .factor = 0.45 },
	{ .objective = "huber:tau=0.01,start=0.31", .parameters = "gamma=3,b0=100",
	  .note = "rate T^-3/2 instead of T^-1",
	  .steps = 1000, .power = 0.5 })

/*: {.plumbing} :*/
static const char *const needs[] = { "L", "f_star", "whole space", "no composite" };
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("any eta > 0"),
	[b0_] = { "b0", RATE_REAL, "auto", 1e-100, 1e100, NULL, "b_0 > 0" },
};

MUST(applies, d0 > 0 && L > 0, "the start is a minimiser")

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction * sqrt(2 * d0 / L);
	param[b0_] = L * param[gamma_] / 10;
}

MUST(admissible, gamma > 0 && b0 > 0, "eta > 0 and b_0 > 0")

CLAIM(adagrad_norm_smooth,
	.id = "adagrad-norm-smooth", .chapter = "adaptive",
	.title = "AdaGrad-norm on smooth functions: the divisor stays bounded",
	.statement = "f L-smooth, bounded below, any η, b_0 > 0: b_T ≤ B for every T, B the largest root of "
	             "B − b_0 = (f(x_0) − f*)/η + Lη ln(B/b_0)",
	.quantity = "b_t − b_0", .formula = "B − b_0",
	.source = "of the shape of Ward, Wu & Bottou, AdaGrad stepsizes, JMLR 21 (2020)",
	.kind = RATE_DETERMINISTIC, .method = "adagrad-norm", .needs = RATE_LIST(needs), RANGE, .applies = applies,
	.bound = bound, .measure = measure, SHARP_AND_CONTROL)

CLAIM(adagrad_norm_smooth_gradient,
	.id = "adagrad-norm-smooth-gradient", .chapter = "adaptive",
	.title = "AdaGrad-norm on smooth functions: the least gradient",
	.statement = "the same: min_{t<T} ‖∇f(x_t)‖² ≤ (B² − b_0²)/T for every T",
	.quantity = "min_{s<t} ‖∇f(x_s)‖²", .formula = "(B² − b_0²)/t",
	.source = "of the shape of Ward, Wu & Bottou, AdaGrad stepsizes, JMLR 21 (2020)",
	.kind = RATE_DETERMINISTIC, .method = "adagrad-norm", .needs = RATE_LIST(needs), RANGE,
	.accumulators = LEAST_KEPT, .power = 1, .applies = applies, .bound = bound_gradient, .observe = observe_least,
	.measure = measure_least, .sharp = sharp_gradient, .control = control_gradient)
