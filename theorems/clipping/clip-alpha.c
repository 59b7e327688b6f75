/*:
# Clipping when only a small moment is finite

Gradients of deep networks have tails so heavy that a variance may not exist. Clipping still leaves a bounded bias and a bounded second moment. How large are they?

Let $g$ be random in $\mathbb R^d$, $m=\mathbb Eg$, $H=\|m\|<c$, and $\mathbb E\|g-m\|^\alpha\le\sigma^\alpha$ for one $\alpha\in(1,2]$.

**Theorem (clip-alpha-bias).**
$$ \bigl\|\mathbb E\operatorname{clip}_c(g)-m\bigr\|\;\le\;\frac{(\alpha-1)^{\alpha-1}}{\alpha^\alpha}\cdot\frac{\sigma^\alpha}{(c-H)^{\alpha-1}} . $$

**Theorem (clip-alpha-second).**
$$ \mathbb E\bigl\|\operatorname{clip}_c(g)-m\bigr\|^2\;\le\;(c+H)^{2-\alpha}\,\sigma^\alpha . $$

With $\alpha=2$ they are $\frac{\sigma^2}{4(c-H)}$ and $\sigma^2$. For $H\le\frac c2$ they are at most $\sigma^\alpha c^{1-\alpha}$ and $1.5\,\sigma^\alpha c^{2-\alpha}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(u) P(alpha)
#include "terms.h"

/* moment = E|g - m|^alpha */
static double most_bias(double alpha, double moment, double c, double H)
{
	return pow(alpha - 1, alpha - 1) / pow(alpha, alpha) * moment / pow(c - H, alpha - 1);
}

static double most_second(double alpha, double moment, double c, double H)
{
	return pow(c + H, 2 - alpha) * moment;
}

/*:
## Proof

Write $y=\|g-m\|$ and $a=c-H$.

*Bias.* $\|g-\operatorname{clip}_c(g)\|=(\|g\|-c)_+\le(y-a)_+$. The ratio $(y-a)/y^\alpha$ is largest at $y=\frac{\alpha a}{\alpha-1}$, so
$$ (y-a)_+\le\frac{(\alpha-1)^{\alpha-1}}{\alpha^\alpha}\cdot\frac{y^\alpha}{a^{\alpha-1}} . $$
Take means.

*Second moment.* $\operatorname{clip}_c$ is a projection onto a ball that contains $m$: it moves no two points farther apart, so $\|\operatorname{clip}_c(g)-m\|\le y$; and no two points of the ball are farther from $m$ than $c+H$. Hence the square is at most
$y^\alpha\,(c+H)^{2-\alpha}$. $\square$

## How sharp it is

Both are attained in the limit by two values, one of them rare. Bias: the rare value lies outwards at the distance $\frac{\alpha a}{\alpha-1}$. Second moment: it lies opposite to $m$ at the distance $c+H$, and clipping does not touch it.

## What is run

All finite sums at random points: $c=\|\nabla f(x)\|+u\,\sigma$, with $\sigma^\alpha$ the moment over the terms at that point, $1.05\le\alpha\le2$.

## What must fail

0.9 of either bound. The exponent 1 in the place of $\alpha-1$, in the guise of 0.3 of the bound.

## Exercises

1. What do the bounds say as $\alpha\to1$?
2. A mean of $T$ clipped samples estimates $m=0$. Which $c$ balances the bias and the deviation $\sqrt{\mathbb E\|\cdot\|^2/T}$?
3. Compare the first theorem at $\alpha=2$ with the exact bound of `clip-bias-pointwise-tight`.
:*/

/* The mean of the terms, sigma^alpha about it; left: the bias, or the second moment about the mean. */
static int compare(const rate_point *p, int second, double *left, double *right, double *s)
{
	double *x, *mean, *g, *bias, variance = 0, alpha = p->c->param[alpha_], moment = 0, H, c, sum = 0;
	rate_run *run = p->run;
	double n = (double)run->n;
	struct room r;
	int failed;

	if (room_for(&r, p, 4))
		return RATE_FAIL;
	x = take(&r);
	mean = take(&r);
	g = take(&r);
	bias = take(&r);
	rate_copy(run, p->x[0], x);
	failed = moments(p, x, mean, g, &variance);
	H = norm_of(p, mean);
	for (size_t i = 0; !failed && i < run->n; i++) {
		const rate_sample *term = run->call->component(run, i);
		failed = !term || rate_sample_gradient(run, term, x, g);
		rate_axpy(run, -1, mean, g);
		moment += pow(norm_of(p, g), alpha) / n;
	}
	c = H + p->c->param[u_] * pow(moment, 1 / alpha);
	failed = failed || cut_off(p, x, c, g, bias);
	for (size_t i = 0; second && !failed && i < run->n; i++) {
		const rate_sample *term = run->call->component(run, i);
		double length;
		failed = !term || rate_sample_gradient(run, term, x, g);
		length = norm_of(p, g);
		if (length > c)
			rate_scale(run, c / length, g);
		rate_axpy(run, -1, mean, g);
		sum += dot_of(p, g, g) / n;
	}
	*left = second ? sum : norm_of(p, bias);
	*right = moment > 0 ? (second ? most_second : most_bias)(alpha, moment, c, H) : 0;
	*s = H + sqrt(variance) + (p->c->L_max >= 0 ? p->c->L_max : 0) * norm_of(p, x);
	*s = second ? *s * *s : *s;
	free(r.store);
	return failed ? RATE_FAIL : RATE_OK;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	return compare(p, 0, left, right, s);
}

static int evaluate_second(const rate_point *p, double *left, double *right, double *s)
{
	return compare(p, 1, left, right, s);
}

#define RARE "two-point-noise:n=403"
SHARP(sharp,
	{ .objective = RARE, .parameters = "u=10,alpha=2", .note = "a variance: c - H = 10 sigma", .ratio = 0.9975 },
	{ .objective = RARE, .parameters = "u=17.6,alpha=1.5", .note = "alpha = 3/2, rare large noise" })
CONTROL(control,
	{ .objective = RARE, .parameters = "u=10,alpha=2", .note = "0.9 of the bound", .factor = 0.9 },
	{ .objective = RARE, .parameters = "u=17.6,alpha=1.5", .note = "0.3 of the bound: the exponent 1",
	  .factor = 0.3 })
SHARP(sharp_second,
	{ .objective = RARE, .parameters = "u=20.1,alpha=2", .note = "a variance", .ratio = 1 },
	{ .objective = RARE, .parameters = "u=52.7,alpha=1.5", .note = "alpha = 3/2, rare large noise" })
CONTROL(control_second,
	{ .objective = RARE, .parameters = "u=20.1,alpha=2", .note = "0.9 of the bound", .factor = 0.9 },
	{ .objective = RARE, .parameters = "u=52.7,alpha=1.5", .note = "0.8 of the bound", .factor = 0.8 })

/*: {.plumbing} :*/
static const char *const needs[] = { "finite-sum/1", "stochastic" };
static const rate_param params[] = {
	[u_] = { "u", RATE_REAL, "1", 0.01, 100, NULL, "(c - H)/sigma" },
	[alpha_] = { "alpha", RATE_REAL, "1.5", 1.05, 2, NULL, "the moment that is bounded" },
};

CLAIM(clip_alpha_bias,
	.id = "clip-alpha-bias", .chapter = "clipping", .title = "The bias of clipping under a small moment",
	.statement = "m = E g, H = ‖m‖ < c, E ‖g − m‖^α ≤ σ^α, 1 < α ≤ 2: ‖E clip_c(g) − m‖ ≤ (α−1)^(α−1) α^(−α) "
	             "σ^α/(c − H)^(α−1)",
	.quantity = "‖E clip_c(g) − m‖", .formula = "(α−1)^(α−1) α^(−α) σ^α/(c − H)^(α−1)",
	.source = "after Sadiev et al., High-probability bounds for stochastic optimization and variational "
	          "inequalities: the case of "
	          "unbounded variance, 2023; these constants are proved in this file",
	.kind = RATE_DETERMINISTIC, .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .points = 1,
	.evaluate = evaluate,
	SHARP_AND_CONTROL)

CLAIM(clip_alpha_second,
	.id = "clip-alpha-second", .chapter = "clipping", .title = "The second moment of clipping under a small moment",
	.statement = "m = E g, H = ‖m‖ < c, E ‖g − m‖^α ≤ σ^α, 1 < α ≤ 2: E ‖clip_c(g) − m‖² ≤ (c + H)^(2−α) σ^α",
	.quantity = "E ‖clip_c(g) − m‖²", .formula = "(c + H)^(2−α) σ^α",
	.source = "after Sadiev et al., High-probability bounds for stochastic optimization and variational "
	          "inequalities: the case of "
	          "unbounded variance, 2023; this constant is proved in this file",
	.kind = RATE_DETERMINISTIC, .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .points = 1,
	.evaluate = evaluate_second,
	.sharp = sharp_second, .control = control_second)
