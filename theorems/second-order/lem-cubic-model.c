/*:
# The quadratic model and its error

How far can one trust the parabola that has $f$'s value, slope and curvature at a point? As far as the Hessian keeps its word.

**Lemma (lem-cubic-model).** Let $f$ be twice differentiable with $\|\nabla^2f(y)-\nabla^2f(z)\|\le L_2\|y-z\|$. Then for all $x,s$
$$ \Bigl|f(x+s)-f(x)-\langle\nabla f(x),s\rangle-\tfrac12\langle\nabla^2f(x)s,s\rangle\Bigr|\;\le\;\tfrac{L_2}6\|s\|^3 . $$

**Lemma (lem-cubic-gradient).** Under the same hypothesis
$$ \bigl\|\nabla f(x+s)-\nabla f(x)-\nabla^2f(x)s\bigr\|\;\le\;\tfrac{L_2}2\|s\|^2 . $$

All of this chapter rests on the two; and a method that rebuilds its model only when it has left the region where the old one is good to $\varepsilon$ may stay within $\|s\|\le(6\varepsilon/L_2)^{1/3}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../lemmas/lemmas.h"

/*:
## Proof

$\nabla f(x+s)-\nabla f(x)-\nabla^2f(x)s=\int_0^1[\nabla^2f(x+\tau s)-\nabla^2f(x)]s\,d\tau$, and the bracket is at most $L_2\tau\|s\|$: the second lemma. Put $\tau s$ for $s$ in it: the slope of the error of the model along $s$ is at most $\frac{L_2}2\tau^2\|s\|^3$ in size at $x+\tau s$. Integrate over $\tau$ from 0 to 1: the first. $\square$

*Letters.* $s$ is a step, $\tau$ a share of it.

## How sharp it is

Attained wherever the Hessian changes at its full rate in one direction: on a broken line $f''$ between two of its corners, both.

## What is run

Random pairs of points of every objective with a Hessian and a known $L_2>0$.

## What must fail

0.9 of the right sides.

## Exercises

1. For $f(x)=\frac16x^3$, $L_2=1$: for which $x$ and $s$ are the lemmas equalities?
2. For which $s$ is the model an upper bound of $f$ if $\frac M6\|s\|^3$ with $M\ge L_2$ is added?
:*/

#define TENT "broken-curvature:shape=dip,r=0.9,start=0.5"
SHARP(sharp,
	{ .objective = TENT, .note = "a curvature that falls at its full rate", .ratio = 1 },
	{ .objective = "hyperbola", .note = "sqrt(1 + x^2)" },
	{ .objective = "logistic:n=60,d=5,ridge=0.1", .note = "logistic regression" })
CONTROL(control, { .objective = TENT, .note = "0.9 of the right side", .factor = 0.9 })

/*: {.plumbing} :*/
/* t->dg <- grad f(y) - grad f(x) - Hess f(x)(y - x); *curved <- <Hess f(x) e, e>. */
static int look_twice(const rate_point *p, struct two *t, double *curved)
{
	double *he;

	if (look(p, t, 1))
		return RATE_FAIL;
	he = take(&t->room);
	if (p->run->call->hessian_product(p->run, t->x, t->e, he)) {
		free(t->room.store);
		return RATE_FAIL;
	}
	*curved = dot_of(p, he, t->e);
	t->round_g += norm_of(p, he);
	t->round_f += fabs(*curved) + norm_of(p, he) * t->size;
	rate_axpy(p->run, -1, he, t->dg);
	return RATE_OK;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	struct two t;
	double curved;

	if (look_twice(p, &t, &curved))
		return RATE_FAIL;
	*left = fabs(t.bend - curved / 2);
	*right = p->c->L_2 / 6 * pow(t.dist2, 1.5);
	*s = t.round_f;
	free(t.room.store);
	return RATE_OK;
}

static int evaluate_gradient(const rate_point *p, double *left, double *right, double *s)
{
	struct two t;
	double curved;

	if (look_twice(p, &t, &curved))
		return RATE_FAIL;
	*left = norm_of(p, t.dg);
	*right = p->c->L_2 / 2 * t.dist2;
	*s = t.round_g;
	free(t.room.store);
	return RATE_OK;
}

static const char *applies(const rate_case *c)
{
	return c->L_2 > 0 ? NULL : "L_2 = 0: the model is exact";
}

CLAIM(lem_cubic_model,
	.id = "lem-cubic-model", .chapter = "second-order", .title = "The quadratic model and its error",
	.statement = "∇²f L₂-Lipschitz: |f(x + s) − f(x) − ⟨∇f(x), s⟩ − ½⟨∇²f(x)s, s⟩| ≤ (L₂/6)‖s‖³",
	.quantity = "|f(x + s) − model|", .formula = "(L₂/6)‖s‖³", .source = FOLKLORE, .kind = RATE_DETERMINISTIC,
	NEEDS("L_2", "hessian/1", "whole space"), .points = 2, .applies = applies, .evaluate = evaluate,
	SHARP_AND_CONTROL)

CLAIM(lem_cubic_gradient,
	.id = "lem-cubic-gradient", .chapter = "second-order",
	.title = "The linear model of the gradient and its error",
	.statement = "∇²f L₂-Lipschitz: ‖∇f(x + s) − ∇f(x) − ∇²f(x)s‖ ≤ (L₂/2)‖s‖²",
	.quantity = "‖∇f(x + s) − model‖", .formula = "(L₂/2)‖s‖²", .source = FOLKLORE, .kind = RATE_DETERMINISTIC,
	NEEDS("L_2", "hessian/1", "whole space"), .points = 2, .applies = applies, .evaluate = evaluate_gradient,
	SHARP_AND_CONTROL)
