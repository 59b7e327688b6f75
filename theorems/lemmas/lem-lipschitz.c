/*:
# Lipschitz functions and their subgradients

A *subgradient* of a convex $f$ at $x$ is a vector $g$ with $f(y)\ge f(x)+\langle g,y-x\rangle$ for all $y$: the slope of a plane that touches the graph at $x$ and lies nowhere above it. The set of them is
$\partial f(x)$. Where $f$ is differentiable $\nabla f(x)$ is the only one; at a kink there are many, for $|x|$ at 0 all of $[-1,1]$.

**Lemma (lem-lipschitz-subgrad).** Let $f$ be convex on an open convex set $U$, for example on $\mathbb R^d$. Then
$$ |f(x)-f(y)|\le G\,\|x-y\|\quad\text{for all }x,y\in U\qquad\Longleftrightarrow\qquad \|g\|\le G\quad\text{for all }x\in U\text{ and }g\in\partial f(x). $$

**Proof.** If $f$ is $G$-Lipschitz and $g\in\partial f(x)$, put $y=x+\varepsilon g$ into the inequality of a subgradient, with an $\varepsilon>0$ so small that $y\in U$:
$\varepsilon\|g\|^2=\langle g,y-x\rangle\le f(y)-f(x)\le G\varepsilon\|g\|$. The other way round, every point of $U$ has a subgradient, as $U$ is open and $f$ convex. So $f(x)-f(y)\le\langle g_x,x-y\rangle\le G\|x-y\|$, and the
same with $x$ and $y$ exchanged. $\square$

Over a closed feasible set $C$ the lemma holds inside of it, and by continuity the left side holds on all of $C$. The right side does not: at the boundary the normal cone makes subgradients of $f$ over $C$ as long as
one likes. What a method meets there is what the oracle answers, and the check asks the oracle.

Both halves are tested at once: the larger of $|f(x)-f(y)|$ and $\|g_x\|\,\|x-y\|$ against $G\|x-y\|$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lemmas.h"

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	struct two t;

	if (look(p, &t, 0))
		return RATE_FAIL;
	*left = fmax(fabs(t.fx - t.fy), norm_of(p, t.gx) * sqrt(t.dist2));
	*right = p->c->G * sqrt(t.dist2);
	*s = fabs(t.fx) + fabs(t.fy) + p->c->G * t.size; /* x and y are rounded, too */
	free(t.room.store);
	return RATE_OK;
}

/*:
**How sharp.** $G|x|$ at two points of one sign: equality.

**What is run.** Random pairs on every objective that declares `convex` and `G`. **What must fail.** $0.9\,G$ on $G|x|$.

**Exercises.**

1. Where does the proof use convexity?
2. An oracle is asked at the whole numbers only. Find a differentiable $f$ on the line with $|f'|\le G$ at all of them that is not $G$-Lipschitz. Can
   it be convex?
:*/

SHARP(sharp,
	{ .objective = "abs:G=2", .note = "G |x|", .ratio = 1 })
CONTROL(control,
	{ .objective = "abs:G=2", .note = "0.9 G", .factor = 0.9 })

/*: {.plumbing} :*/

const rate_theorem lem_lipschitz_subgrad = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-lipschitz-subgrad",
	.title = "Lipschitz constant and length of subgradients",
	.statement = "f convex: |f(x) − f(y)| ≤ G‖x − y‖ for all x, y if and only if ‖g‖ ≤ G for every subgradient",
	.quantity = "max(|f(x) − f(y)|, ‖g‖‖x − y‖)",
	.formula = "G‖x − y‖",
	NEEDS("convex", "G"),
	.evaluate = evaluate,
	.sharp = sharp,
	.control = control };
