/*:
# Newton's method near a minimiser, and where near ends

Close to a minimum Newton's method doubles the number of correct digits at every step. How close is close? The answer is exact: two thirds.

**Theorem.** Let $f$ be twice differentiable, $\nabla f(x_\star)=0$, $\nabla^2f(x_\star)\succeq\mu_\star I$ with $\mu_\star>0$, and let $\nabla^2f$ be $L_2$-Lipschitz,
$\|\nabla^2f(x)-\nabla^2f(y)\|\le L_2\|x-y\|$, on the ball $\|x-x_\star\|\le\|x_0-x_\star\|$. If $L_2\|x_0-x_\star\|<\frac23\mu_\star$, then
$$ x_{t+1}=x_t-[\nabla^2f(x_t)]^{-1}\nabla f(x_t) $$
obeys, for every $t$,
$$ \|x_{t+1}-x_\star\|\;\le\;\varphi(\|x_t-x_\star\|),\qquad\varphi(e)=\frac{L_2e^2}{2(\mu_\star-L_2e)}, $$
so that $\|x_t-x_\star\|\le\varphi^t(\|x_0-x_\star\|)$, $\varphi$ applied $t$ times.

In units $u_t=L_2\|x_t-x_\star\|/\mu_\star$ this is $u_{t+1}\le\frac{u_t^2}{2(1-u_t)}\le\frac32u_t^2$ as long as $u_t\le\frac23$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

enum { HESSIAN, CURVATURE }; /* needs: L_2 and mu_star */

/* phi(e) where L_2 e < mu_star. */
static double phi(const rate_case *c, double e)
{
	double L_2 = c->need[HESSIAN], mu_star = c->need[CURVATURE];

	return L_2 * e * e / (2 * (mu_star - L_2 * e));
}

/* The squared distance after t steps: phi applied t times. */
static double bound(const rate_case *c, double t)
{
	double e = sqrt(c->D2);

	for (double k = 0; k < t && e > 0; k++)
		e = phi(c, e);
	return e * e;
}

/*:
## Proof

Let $e=x-x_\star$ and $H=\nabla^2f(x)$. As $\nabla f(x_\star)=0$,
$$ x^+-x_\star=-H^{-1}\bigl[\nabla f(x)-He\bigr],\qquad
\nabla f(x)-He=\int_0^1\bigl[\nabla^2f(x_\star+\tau e)-H\bigr]e\,d\tau . $$
The point $x_\star+\tau e$ lies at distance $(1-\tau)\|e\|$ from $x$, so the bracket is at most $\int_0^1L_2(1-\tau)\|e\|^2d\tau=\frac12L_2\|e\|^2$. And $H\succeq\nabla^2f(x_\star)-L_2\|e\|I\succeq(\mu_\star-L_2\|e\|)I$, which is
positive. Together $\|x^+-x_\star\|\le\varphi(\|e\|)$. Now $\varphi(e)/e=\frac{u}{2(1-u)}<1$ if and only if $u<\frac23$: the distance falls, the next point lies in the ball again, and as $\varphi$ increases the inequality can be
applied $t$ times. $\square$

## How sharp it is

Attained at every step, by a function that is as curved at $0$ as it may be and loses curvature as fast as it may: $f''(x)=1-|x|$ near 0 (objective `broken-curvature`, shape `dip`). There $f'(x)=x-\frac12x|x|$, and Newton's step from $x$
leads to $-\frac{x|x|}{2(1-|x|)}$ exactly. So is the two thirds: see the next theorem.

## What is run

Newton's method wherever the Hessian, $L_2$ and $\mu_\star$ are known and the start is near enough: dips, and logistic regression started close to its minimiser. The distance squares at every step, so after five or six of them only rounding is
left; steps below that are not judged.

## What must fail

0.9 of the bound on the dip, and the bound divided by $t$: where it is attained at every step, nothing can be taken off.

## Two thirds is the edge

**Theorem (newton-cycle).** Let $f''(x)=1-L_2\min(|x|,r)$, $f'(0)=0$, with $\frac23<L_2r<1$. This $f$ is strongly convex, smooth, and has an $L_2$-Lipschitz second derivative. From every start with $|x_0|\ge r$ Newton's method jumps for ever
between two points:
$$ x_t=\pm b\quad\text{for all }t\ge1,\qquad b=\frac{L_2r^2}{2(1-L_2r)}>r. $$

**Proof.** Let $x\ge r$. Beyond $r$ the derivative is affine with slope $1-L_2r$ and $f'(r)=r-\frac12L_2r^2$, so that the Newton step leads to the zero of that line,
$$ x^+=r-\frac{r-\frac12L_2r^2}{1-L_2r}=\frac{-\frac12L_2r^2}{1-L_2r}=-b, $$
whatever $x$ is. The same holds on the left with the other sign, and $b>r$ is $L_2r>2(1-L_2r)$, that is $L_2r>\frac23$: the point $-b$ lies beyond $-r$ again. $\square$

With $L_2r$ just above $\frac23$ this is a start just outside the theorem's ball: no larger number than $\frac23$ will do. A function as good as one can wish, and a method without any memory of its failure.

## Exercises

1. From which $u_0$ does the theorem promise ten digits, $u_t\le10^{-10}$, after five steps?
2. *Compute.* Halve the step on the two-cycle: $x^+=x-\frac12f'(x)/f''(x)$. Show that it converges from $x_0=b$. Try `ratecheck verify newton-cycle --method newton:damped=1 --as newton`, which is refuted.
:*/

#define DIP "broken-curvature:shape=dip,r=0.7,start="
SHARP(sharp,
	{ .objective = DIP "0.3", .note = "u_0 = 0.3", .steps = 5, .ratio = 1 },
	{ .objective = DIP "0.6", .note = "u_0 = 0.6", .steps = 7, .ratio = 1 },
	{ .objective = DIP "0.666", .note = "u_0 = 0.666, hardly inside", .steps = 10, .ratio = 1 },
	{ .objective = "logistic:n=60,d=5,ridge=0.2,radius=0.1", .note = "logistic regression, near its minimiser",
	  .steps = 3 })
CONTROL(control,
	{ .objective = DIP "0.6", .note = "0.9 of the bound, which is attained", .steps = 7, .factor = 0.9 },
	{ .objective = DIP "0.3", .note = "the bound over t: one step better than it is", .steps = 5, .power = 1 })

SHARP(sharp_cycle,
	{ .objective = "broken-curvature:shape=dip,r=0.75,start=0.8", .note = "b = 9/8", .steps = 64, .ratio = 1 },
	{ .objective = "broken-curvature:shape=dip,L2=0.5,r=1.8,start=-30", .note = "b = 8.1, from far away",
	  .steps = 64,
	  .ratio = 1 })
CONTROL(control_cycle,
	{ .objective = "broken-curvature:shape=dip,r=0.6,start=0.8", .note = "L_2 r = 0.6: it converges", .steps = 64 },
	{ .objective = "broken-curvature:shape=dip,r=0.75,start=0.8", .note = "1.1 times b^2", .steps = 64,
	  .factor = 1.1 },
	{ .objective = "broken-curvature:shape=dip,r=0.75,start=0.8", .note = "damped steps converge", .steps = 64,
	  .method = "newton:damped=1" })

/*: {.plumbing} :*/
static const char *applies(const rate_case *c)
{
	return c->need[HESSIAN] > 0 ? NULL : "L_2 = 0: one step is exact";
}

static const char *admissible(const rate_case *c)
{
	return c->need[HESSIAN] * sqrt(c->D2) < 2 * c->need[CURVATURE] / 3 ? NULL : "L_2 |x_0 - x*| < 2 mu*/3";
}

enum { CYCLE };

static double bound_cycle(const rate_case *c, double t)
{
	(void)t;
	return c->need[CYCLE] * c->need[CYCLE];
}

/* Beyond r the curvature is mu = 1 - L_2 r. */
static const char *admissible_cycle(const rate_case *c)
{
	return c->mu < 1.0 / 3 && c->L_2 * fabs(c->x0[0]) >= (1 - c->mu) * (1 - 1e-12)
	           ? NULL
	           : "2/3 < L_2 r < 1, |x_0| >= r";
}

CLAIM(newton_local,
	.id = "newton-local", .chapter = "second-order", .title = "Newton's method near a minimiser",
	.statement = "∇²f L₂-Lipschitz, ∇f(x*) = 0, ∇²f(x*) ≥ μ*, L₂‖x_0 − x*‖ < 2μ*/3: "
	             "‖x_{t+1} − x*‖ ≤ φ(‖x_t − x*‖), "
	             "φ(e) = L₂e²/(2(μ* − L₂e))",
	.quantity = "‖x_t − x*‖²", .formula = "φ^t(D)²",
	.source = "textbook, for instance Nesterov, Lectures on Convex Optimization, 2018; "
	          "the exact constant is proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "newton", NEEDS("L_2", "mu_star", "x_star", "hessian/1"),
	.applies = applies,
	.admissible = admissible, .bound = bound, .measure = rate_measure_dist2, SHARP_AND_CONTROL)

CLAIM(newton_cycle,
	.id = "newton-cycle", .chapter = "second-order", .title = "Newton's method cycles beyond two thirds",
	.statement = "f'' = 1 − L₂ min(|x|, r), 2/3 < L₂r < 1, |x_0| ≥ r: |x_t| = L₂r²/(2(1 − L₂r)) for every t ≥ 1",
	.quantity = "|x_t − x*|²", .formula = "b², b = L₂r²/(2(1 − L₂r))", .source = "proved in this file",
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OWN_INSTANCES | RATE_DIMENSION_ONE, .method = "newton",
	NEEDS("newton_cycle", "mu", "L_2", "x_star"), .admissible = admissible_cycle, .bound = bound_cycle,
	.measure = rate_measure_dist2, .sharp = sharp_cycle, .control = control_cycle)
