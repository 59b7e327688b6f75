/*:
# The bias of clipping at a point

**Theorem.** Let $\mathbb Eg=\nabla f(x)$, $\mathbb E\|g-\nabla f(x)\|^2\le\sigma^2$, $H=\|\nabla f(x)\|<c$ and $a=c-H$. Then
$$ \bigl\|\mathbb E\operatorname{clip}_c(g)-\nabla f(x)\bigr\|\;\le\;\min\Bigl\{\sigma,\ \frac{\sigma^2}{4a}\Bigr\}. $$

Where the gradient is short compared with $c$ the bias is of second order in the noise. The exact bound is smaller than either of the two:

**Theorem.** In the same setting
$$ \bigl\|\mathbb E\operatorname{clip}_c(g)-\nabla f(x)\bigr\|\;\le\;\frac{\sqrt{\sigma^2+a^2}-a}2\;\le\;\min\Bigl\{\frac\sigma2,\ \frac{\sigma^2}{4a}\Bigr\}, $$
and for all $\sigma>0$ and $a>0$ there is noise of two values for which this is an equality.

In dimension one the right side is Scarf's bound (1958) on $\mathbb E(g-c)_+$: what a seller loses who has $c$ in stock and knows mean and variance of the demand.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(u)
#include "terms.h"

static double bound(double sigma, double a)
{
	return fmin(sigma, sigma * sigma / (4 * a));
}

/* (sqrt(sigma^2 + a^2) - a)/2 without cancellation. */
static double bound_tight(double sigma, double a)
{
	return sigma > 0 ? sigma * sigma / (2 * (hypot(sigma, a) + a)) : 0;
}

/*:
## Proof

*The first.* $\operatorname{clip}_c$ is the projection onto a ball, so it moves no two points farther apart, and $\operatorname{clip}_c(\nabla f(x))=\nabla f(x)$. The bias is therefore at most $\mathbb E\|g-\nabla f(x)\|\le\sigma$. It is also at most
$\mathbb E\|g-\operatorname{clip}_c(g)\|=\mathbb E(\|g\|-c)_+\le\mathbb E(\|y\|-a)_+$ with $y=g-\nabla f(x)$, and $(\|y\|-a)_+\le\frac{\|y\|^2}{4a}$, since $4a(\|y\|-a)\le\|y\|^2$.

*The second.* Let $\tau=g-\operatorname{clip}_c(g)$ be what is cut off and $s=\sqrt{\sigma^2+a^2}$. For every unit vector $e$
$$ 4s\,\langle\tau,e\rangle\le\|y+(s-a)e\|^2 . $$
This is clear if $\tau=0$ or $\langle\tau,e\rangle\le0$. Otherwise $\tau$ has the direction $v=g/\|g\|$, and $\langle y,v\rangle=\|g\|-\langle\nabla f(x),v\rangle\ge\|g\|-H=\|\tau\|+a$. With $k=\langle e,v\rangle\in(0,1]$ the right side is at least the square of
$\langle y+(s-a)e,v\rangle\ge\|\tau\|+a+(s-a)k\ge\|\tau\|+sk$, and $(\|\tau\|+sk)^2\ge4s\|\tau\|k$. Take means: as $\mathbb Ey=0$,
$$ \langle\mathbb E\tau,e\rangle\le\frac{\sigma^2+(s-a)^2}{4s}=\frac{s-a}2 , $$
and the bias is $-\mathbb E\tau$.

*The worst noise.* In dimension one, with $f'(x)\ge0$ and $c\ge\frac s2$, let $y$ be $a+s$ with probability $\frac12(1-\frac as)$ and $a-s$ otherwise. Then $\mathbb Ey=0$, $\mathbb Ey^2=\sigma^2$, and $g$ is either $c+s$ or
$c-s\ge-c$, so that $\mathbb E\tau=s\cdot\frac12(1-\frac as)=\frac{s-a}2$. $\square$

## How sharp it is

The second bound is exact. The first is larger by the factor $2u\bigl(\sqrt{1+u^2}-u\bigr)$, $u=a/\sigma$, where the second term is the smaller; this is ${{clip-bias-pointwise#1.max_ratio:4}}$ at $u=10$ and tends to 1. Where its first term, $\sigma$, is the smaller, the true bias is at most half of it: $\frac{s-a}2\le\frac\sigma2$.

## What is run

All finite sums: at random points $x$, with $c=\|\nabla f(x)\|+u\sigma$ and $\frac1{100}\le u\le100$. Mean and variance are taken over the terms, at that very point.

## What must fail

$0.9$ of either bound on a parabola with noise of two values.

## Exercises

1. Use the second theorem at a zero of the mean clipped field. Which part of `clip-bias-exact` follows?
2. What is the probability of the rare value at $u=\frac34$?
3. Let $H\ge c$. Show that the bias is at most $H-c+\frac\sigma2$. *Hint:* $w=\operatorname{clip}_c(g)-\operatorname{clip}_c(\nabla f(x))$ has $\|w\|^2\le\langle w,y\rangle$, so
   $\|w-\frac12y\|\le\frac12\|y\|$.
:*/

static int compare(const rate_point *p, double (*most)(double sigma, double a), double *left, double *right, double *s)
{
	double *x, *mean, *g, *bias, variance = 0, sigma, a;
	struct room r;
	int failed;

	if (room_for(&r, p, 4))
		return RATE_FAIL;
	x = take(&r);
	mean = take(&r);
	g = take(&r);
	bias = take(&r);
	rate_copy(p->run, p->x[0], x);
	failed = moments(p, x, mean, g, &variance);
	sigma = sqrt(variance);
	a = p->c->param[u_] * sigma;
	failed = failed || cut_off(p, x, norm_of(p, mean) + a, g, bias);
	*left = norm_of(p, bias);
	*right = most(sigma, a);
	*s = norm_of(p, mean) + sigma + (p->c->L_max >= 0 ? p->c->L_max : 0) * norm_of(p, x);
	free(r.store);
	return failed ? RATE_FAIL : RATE_OK;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	return compare(p, bound, left, right, s);
}

static int evaluate_tight(const rate_point *p, double *left, double *right, double *s)
{
	return compare(p, bound_tight, left, right, s);
}

SHARP(sharp,
	{ .objective = "two-point-noise:n=403", .parameters = "u=10", .note = "rare large noise, c - H = 10 sigma",
	  .ratio = 0.9975 },
	{ .objective = "two-point-noise:n=5", .parameters = "u=0.75", .note = "c - H = 3/4 sigma", .ratio = 0.75 })
CONTROL(control,
	{ .objective = "two-point-noise:n=403", .parameters = "u=10", .note = "0.9 of the bound", .factor = 0.9 })
SHARP(sharp_tight,
	{ .objective = "two-point-noise:n=403", .parameters = "u=10", .note = "rare large noise, c - H = 10 sigma",
	  .ratio = 1 },
	{ .objective = "two-point-noise:n=5", .parameters = "u=0.75", .note = "c - H = 3/4 sigma: equality",
	  .ratio = 1 })
CONTROL(control_tight,
	{ .objective = "two-point-noise:n=5", .parameters = "u=0.75", .note = "0.9 of the bound", .factor = 0.9 },
	{ .objective = "two-point-noise:n=403", .parameters = "u=10", .note = "0.9 of the bound", .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { "finite-sum/1", "stochastic" };
static const rate_param params[] = { [u_] = { "u", RATE_REAL, "1", 0.01, 100, NULL, "(c - |grad f|)/sigma" } };

CLAIM(clip_bias_pointwise,
	.id = "clip-bias-pointwise", .chapter = "clipping", .title = "The bias of clipping at a point",
	.statement = "E g = ∇f(x), E ‖g − ∇f(x)‖² ≤ σ², ‖∇f(x)‖ < c: "
	             "‖E clip_c(g) − ∇f(x)‖ ≤ min(σ, σ²/(4(c − ‖∇f(x)‖)))",
	.quantity = "‖E clip_c(g) − ∇f(x)‖", .formula = "min(σ, σ²/(4(c − ‖∇f(x)‖)))",
	.source = "after Koloskova, Hendrikx & Stich, ICML 2023",
	.kind = RATE_DETERMINISTIC, .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .points = 1,
	.evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(clip_bias_pointwise_tight,
	.id = "clip-bias-pointwise-tight", .chapter = "clipping", .title = "The bias of clipping at a point, exactly",
	.statement = "E g = ∇f(x), E ‖g − ∇f(x)‖² ≤ σ², a = c − ‖∇f(x)‖ > 0: "
	             "‖E clip_c(g) − ∇f(x)‖ ≤ (√(σ² + a²) − a)/2",
	.quantity = "‖E clip_c(g) − ∇f(x)‖", .formula = "(√(σ² + a²) − a)/2",
	.source = "in dimension one Scarf, A min-max solution of an inventory problem, 1958",
	.kind = RATE_DETERMINISTIC, .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .points = 1,
	.evaluate = evaluate_tight, .sharp = sharp_tight, .control = control_tight)
