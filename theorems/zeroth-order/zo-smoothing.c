/*:
# Averaging over a ball

A function that is only Lipschitz has no useful gradient; its average over small balls has. How smooth is the average, exactly?

**Theorem (zo-ball-smoothing).** Let $f:\mathbb R^d\to\mathbb R$ be $G$-Lipschitz, not necessarily convex, $\delta>0$, and $f_\delta(x)=\mathbb Ef(x+\delta v)$, $v$ uniform in the unit ball. Then $f_\delta$ is differentiable, and
$$ \|\nabla f_\delta(x)-\nabla f_\delta(y)\|\;\le\;c_d\,\frac G\delta\,\|x-y\|,\qquad c_d=\frac{2\,\Gamma(\frac d2+1)}{\sqrt\pi\,\Gamma(\frac{d+1}2)}=1,\ \frac4\pi,\ \frac32,\ \dots $$

**Theorem (zo-ball-bias).** $\;|f_\delta(x)-f(x)|\le\delta\,G\,\frac d{d+1}.$

$c_d$ is twice the ratio $V_{d-1}/V_d$ of volumes of unit balls, about $\sqrt{2d/\pi}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(delta)
#include "../common.h"

#include <stdlib.h>

#include "directions.h"

NUMBER(smoothness, density_at_0((double)c->d) * G / delta)
NUMBER(bias, delta * G * (double)c->d / ((double)c->d + 1))

/*:
## Proof

*The bias.* $|f(x+\delta v)-f(x)|\le\delta G\|v\|$, and $\mathbb E\|v\|=\frac d{d+1}$.

*The slope.* $f$ has a gradient almost everywhere, of length at most $G$, and that of the average is the average of it: $\nabla f_\delta(x)=\frac1{V_d\delta^d}\int_{B(x)}\nabla f$, $B(x)$ the ball of radius $\delta$ about $x$. So
$$ \nabla f_\delta(x)-\nabla f_\delta(y)=\frac1{V_d\delta^d}\Bigl(\int_{B(x)\setminus B(y)}\nabla f-\int_{B(y)\setminus B(x)}\nabla f\Bigr), $$
and its length is at most $2G$ times the share of the volume of $B(x)\setminus B(y)$. On each line parallel to $x-y$ that set has length at most $\|x-y\|$, and the lines that meet it fill a cross section of the ball, of volume $V_{d-1}\delta^{d-1}$. Together $2G\,\frac{V_{d-1}}{V_d}\,\frac{\|x-y\|}\delta$. $\square$

## How sharp they are

Both constants are exact. $G|x_1|$ has $\partial_1f_\delta=G\,S_d(x_1/\delta)$ with $S_d(s)=\mathbb P(|v_1|\le s)$ for $s\ge0$, odd. Its slope at $0$ is twice the density of $v_1$ there, which is $c_d$; so the first is attained as $x,y\to0$. And $|x|$ in one dimension has the bias $\frac\delta2$ at $0$.

## What is run

Sums of kinks, also with negative weights, whose averages are known in closed form.

## What must fail

0.9 of the constant; the constant without $c_d$, in two dimensions. 0.9 of the bias.

## Exercises

1. Show that $c_d\sim\sqrt{2d/\pi}$.
2. What is $f_\delta$ for $|x|$ in one dimension?
3. ★ A smooth $f$: how small is the bias if $f$ is $L$-smooth?
:*/

#define RIDGE "kinks:d=2,m=1,start=0.5"
SHARP(sharp, { .objective = RIDGE, .parameters = "delta=100", .note = "a ridge in the plane", .ratio = 1 },
	{ .objective = "kinks:d=1", .parameters = "delta=100", .note = "|x|", .ratio = 1 },
	{ .objective = "kinks:d=3,a=2/-1,c=0/1", .parameters = "delta=2",
	  .note = "a valley with a ridge, not convex" },
	{ .objective = "kinks:d=10,a=1/1,c=-1/1", .parameters = "delta=5", .note = "ten dimensions" })
CONTROL(control, { .objective = RIDGE, .parameters = "delta=100", .note = "0.9 of the constant", .factor = 0.9 },
	{ .objective = RIDGE, .parameters = "delta=100", .note = "1 in the place of 4/pi", .factor = 0.7854 })
SHARP(sharp_bias, { .objective = "kinks:d=1", .parameters = "delta=100", .note = "|x|", .ratio = 1 },
	{ .objective = "kinks:d=3,a=2/-1,c=0/1", .parameters = "delta=2", .note = "not convex" })
CONTROL(control_bias, { .objective = "kinks:d=1", .parameters = "delta=100", .note = "0.9 of the bias",
    .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[delta_] = { "delta", RATE_REAL, "1", 0.01, 100, NULL, "radius of the ball" },
};

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	rate_run *run = p->run;
	double *g = malloc(2 * run->ld * sizeof *g), *h = g + run->ld, delta = p->c->param[delta_], moved = 0,
	    apart = 0;

	if (!g || run->call->smoothed(run, 0, delta, p->x[0], NULL, g) ||
	    run->call->smoothed(run, 0, delta, p->x[1], NULL, h)) {
		free(g);
		return RATE_FAIL;
	}
	*s = 0;
	for (size_t j = 0; j < run->d; j++) {
		moved += (p->x[0][j] - p->x[1][j]) * (p->x[0][j] - p->x[1][j]);
		apart += (g[j] - h[j]) * (g[j] - h[j]);
		*s += fabs(g[j]) + fabs(h[j]) + smoothness(p->c) * (fabs(p->x[0][j]) + fabs(p->x[1][j]));
	}
	*left = sqrt(apart);
	*right = smoothness(p->c) * sqrt(moved);
	free(g);
	return RATE_OK;
}

static int evaluate_bias(const rate_point *p, double *left, double *right, double *s)
{
	double f, smooth;

	if (rate_value_at(p->run, p->x[0], &f) ||
	    p->run->call->smoothed(p->run, 0, p->c->param[delta_], p->x[0], &smooth, NULL))
		return RATE_FAIL;
	*left = fabs(smooth - f);
	*right = bias(p->c);
	*s = fabs(f) + fabs(smooth);
	return RATE_OK;
}

#define PAPER \
	"Chen, Xu and Luo, Faster gradient-free algorithms for nonsmooth nonconvex stochastic optimization, " \
	"ICML 2023"

CLAIM(zo_ball_smoothing,
	.id = "zo-ball-smoothing", .chapter = "zeroth-order", .title = "How smooth an average over balls is",
	.statement = "f G-Lipschitz, f_δ its mean over balls of radius δ: ‖∇f_δ(x) − ∇f_δ(y)‖ ≤ c_d (G/δ) ‖x − y‖, "
	             "c_d = 2Γ(d/2 + 1)/(√π Γ((d + 1)/2))",
	.quantity = "‖∇f_δ(x) − ∇f_δ(y)‖", .formula = "c_d (G/δ) ‖x − y‖",
	.source = "in the setting of " PAPER "; the constant is proved in this file",
	.kind = RATE_DETERMINISTIC, NEEDS("smoothing/1", "G"), .params = RATE_ROWS(params), .points = 2,
	.evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(zo_ball_bias,
	.id = "zo-ball-bias", .chapter = "zeroth-order", .title = "How far an average over balls is off",
	.statement = "f G-Lipschitz, f_δ its mean over balls of radius δ: |f_δ(x) − f(x)| ≤ δG d/(d + 1)",
	.quantity = "|f_δ(x) − f(x)|", .formula = "δG d/(d + 1)",
	.source = "in the setting of " PAPER "; proved in this file",
	.kind = RATE_DETERMINISTIC, NEEDS("smoothing/1", "G"), .params = RATE_ROWS(params), .points = 1,
	.evaluate = evaluate_bias, .sharp = sharp_bias, .control = control_bias)
