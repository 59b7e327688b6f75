/*:
# Convex and smooth together

Let $f$ be convex and $L$-smooth on $\mathbb R^d$, and write $g_x=\nabla f(x)$.

**Lower bound (lem-smooth-convex-lower).**
$$ f(y)-f(x)-\langle g_x,y-x\rangle\;\ge\;\frac1{2L}\|g_y-g_x\|^2 . $$

**Proof.** For fixed $x$ the function $\phi(y)=f(y)-\langle g_x,y\rangle$ is convex and $L$-smooth, with gradient $g_y-g_x$; by convexity $x$ minimises it. So
$\|g_y-g_x\|^2\le2L(\phi(y)-\phi(x))$ by lem-gradient-bound, which is the claim. $\square$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lemmas.h"

static int lower(const rate_point *p, double *left, double *right, double *s)
{
	struct two t;

	if (look(p, &t, 0))
		return RATE_FAIL;
	*left = t.dg2 / (2 * p->c->L);
	*right = t.bend;
	*s = t.round_f + t.round_g * sqrt(t.dg2) / p->c->L;
	free(t.room.store);
	return RATE_OK;
}

/*:
**Cocoercivity (lem-cocoercive).**
$$ \langle g_y-g_x,\,y-x\rangle\;\ge\;\frac1L\|g_y-g_x\|^2 . $$

**Proof.** Add the lower bound for $(x,y)$ and for $(y,x)$. $\square$
:*/

static int cocoercive(const rate_point *p, double *left, double *right, double *s)
{
	struct two t;

	if (look(p, &t, 0))
		return RATE_FAIL;
	*left = t.dg2 / p->c->L;
	*right = t.inner;
	*s = t.round_g * (sqrt(t.dist2) + sqrt(t.dg2) / p->c->L);
	free(t.room.store);
	return RATE_OK;
}

/*:
**How sharp.** Equality on the bowl everywhere, and on the Huber function for $x$ and $y$ inside its quadratic part; for the first also with $x$ outside and $y$ inside.

**What is run.** Random pairs on every convex smooth objective without a feasible set. **What must fail.** $0.9$ times the right side on the bowl.

**Exercises.**

1. Conversely: if the lower bound holds for all $x,y$, then $f$ is convex and $L$-smooth.
2. Show that $I-\gamma\nabla f$ is nonexpansive for $0\le\gamma\le2/L$.
3. ★ On the line an interval is enough in place of the whole space: draw $f'$ from $x$ to $y$ with slope at most $L$ and compare areas.
:*/

SHARP(sharp,
	{ .objective = BOWL, .note = "the bowl", .ratio = 1 },
	{ .objective = "huber:tau=0.5", .note = "the Huber function", .ratio = 1 })
CONTROL(control,
	{ .objective = BOWL, .note = "0.9 of the right side on the bowl", .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "L", "whole space" };

const rate_theorem lem_smooth_convex_lower = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-smooth-convex-lower",
	.title = "Quadratic lower bound of smooth convex functions",
	.statement = "f convex, L-smooth: ‖∇f(y) − ∇f(x)‖²/(2L) ≤ f(y) − f(x) − ⟨∇f(x), y − x⟩",
	.quantity = "‖∇f(y) − ∇f(x)‖²/(2L)",
	.formula = "f(y) − f(x) − ⟨∇f(x), y − x⟩",
	.needs = RATE_LIST(needs),
	.evaluate = lower,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_cocoercive = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-cocoercive",
	.title = "Gradients of smooth convex functions are cocoercive",
	.statement = "f convex, L-smooth: ‖∇f(y) − ∇f(x)‖²/L ≤ ⟨∇f(y) − ∇f(x), y − x⟩",
	.quantity = "‖∇f(y) − ∇f(x)‖²/L",
	.formula = "⟨∇f(y) − ∇f(x), y − x⟩",
	.needs = RATE_LIST(needs),
	.evaluate = cocoercive,
	.sharp = sharp,
	.control = control };
