/*:
# Frank-Wolfe: no projection, one vertex at a step

Projecting onto a set may be harder than the problem. Asking which of its points is least in a direction is often easy: on a polytope it is a vertex.

**Theorem.** Let $C$ be a compact convex set of diameter $D_C$, $f$ convex and $L$-smooth on $C$, $x_0\in C$ and, for $t=0,1,\dots$,
$$ s_t\in\arg\min_{s\in C}\langle\nabla f(x_t),s\rangle,\qquad x_{t+1}=x_t+\frac2{t+2}(s_t-x_t). $$
Then for every $t\ge1$, with $H_m=1+\frac12+\dots+\frac1m$ and $f_\star=\min_Cf$,
$$ f(x_t)-f_\star\;\le\;\frac{2LD_C^2\,(t+1-H_{t+1})}{t(t+1)}\quad\text{(fw-recursion)}\;\le\;\frac{2LD_C^2}{t+2}\quad\text{(fw-convex)}. $$

Nothing in the bound depends on $x_0$: the first step, $\gamma_0=1$, forgets it.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

FORMULA(bound, t, 2 * L * c->diameter * c->diameter / (t + 2))

static double bound_recursion(const rate_case *c, double t)
{
	double harmonic = 0;

	for (double m = 1; m <= t + 1; m++)
		harmonic += 1 / m;
	return 2 * c->L * c->diameter * c->diameter * (t + 1 - harmonic) / (t * (t + 1));
}

/*:
## Proof

Write $h_t=f(x_t)-f_\star$ and $\gamma=\frac2{t+2}$. By smoothness (lem-descent), the choice of $s_t$ and convexity,
$$ h_{t+1}\le h_t+\gamma\langle\nabla f(x_t),s_t-x_t\rangle+\tfrac{L\gamma^2}2D_C^2\le h_t+\gamma\langle\nabla f(x_t),x_\star-x_t\rangle+\tfrac{L\gamma^2}2D_C^2\le(1-\gamma)h_t+\tfrac{L\gamma^2}2D_C^2 . $$
As $1-\gamma=\frac t{t+2}$, multiplication by $(t+1)(t+2)$ gives
$$ (t+1)(t+2)\,h_{t+1}\le t(t+1)\,h_t+2LD_C^2\,\frac{t+1}{t+2} . $$
Sum from 0, where the first term on the right vanishes: $t(t+1)h_t\le2LD_C^2\sum_{s<t}\frac{s+1}{s+2}=2LD_C^2(t+1-H_{t+1})$. That is fw-recursion. The mean of the $t+1$ numbers $1,\frac12,\dots,\frac1{t+1}$ is at least the inverse of the mean of their
inverses, $\frac{H_{t+1}}{t+1}\ge\frac2{t+2}$, so $t+1-H_{t+1}\le\frac{t(t+1)}{t+2}$, and fw-convex follows. $\square$

## How sharp it is

At $t=1$ fw-recursion is attained: on $[0,1]$ with $f(x)=\frac12(x-\varepsilon)^2$ the method jumps from $0$ over the minimum to $1$. Later it is loose by two at least: computed worst cases put the truth near $0.47$ of fw-convex at $t=10$, but no function
is known in closed form. The exponent is right; the next theorem shows that no choice of steps improves it.

## What is run

Frank-Wolfe on balls, boxes and simplices around the suite's convex objectives, and on $\frac12\|x\|^2$ over large simplices.

## What must fail

0.9 of the ratio at $t=1$. The rate $t^{-2}$, which acceleration would give if it could be had here.

## One vertex at a step costs $1/t$

**Theorem (fw-sparsity-lb).** On the simplex of $\mathbb R^n$ let $f(x)=\frac12\|x\|^2$, and let $x_t$ be a convex combination of at most $t+1$ vertices, as it is for Frank-Wolfe from a vertex with any steps. Then for $t<n$
$$ f(x_t)-f_\star\;\ge\;\frac1{2(t+1)}-\frac1{2n} . $$

**Proof.** A vector of $m$ nonnegative entries with sum 1 has $\|x\|^2\ge\frac1m$ (Cauchy-Schwarz), here with $m\le t+1$; and $f_\star=\frac1{2n}$ at the centre. $\square$

Frank-Wolfe with the steps $\frac1{t+2}$ attains it at every $t$: it takes a new vertex each time and keeps all weights equal. Here $LD_C^2=2$, so upper and lower bound are a factor 8 apart.

## Exercises

1. Why may the first step be as long as $\gamma_0=1$?
2. The number $\langle\nabla f(x_t),x_t-s_t\rangle$ is known to the method. Show that it is at least $f(x_t)-f_\star$.
3. Projected gradient descent reaches the centre of the simplex from a vertex in one step. Why does that not contradict fw-sparsity-lb?
:*/

#define SEGMENT "centres:b=1e-9,start=0+box:low=0,high=1"
SHARP(sharp,
	{ .objective = SEGMENT, .note = "over the minimum in one step", .steps = 1, .ratio = 0.75 },
	{ .objective = "simplex-square:n=200", .note = "the square on a simplex", .steps = 100 },
	{ .objective = "logistic:data=wine,ridge=0.1+simplex", .note = "logistic regression over a simplex",
	  .steps = 256 })
CONTROL(control,
	{ .objective = SEGMENT, .note = "0.7 of the bound, below the ratio", .steps = 1, .factor = 0.7 },
	{ .objective = "simplex-square:n=2000", .note = "rate t^-2 instead of t^-1", .steps = 100, .power = 1 })

SHARP(sharp_recursion,
	{ .objective = SEGMENT, .note = "over the minimum in one step", .steps = 1, .ratio = 1 },
	{ .objective = "simplex-square:n=200", .note = "the square on a simplex", .steps = 100 },
	{ .objective = "logistic:data=wine,ridge=0.1+simplex", .note = "logistic regression over a simplex",
	  .steps = 256 })
CONTROL(control_recursion,
	{ .objective = SEGMENT, .note = "0.9 of the bound, which is attained", .steps = 1, .factor = 0.9 },
	{ .objective = "simplex-square:n=2000", .note = "rate t^-2 instead of t^-1", .steps = 100, .power = 1 })

SHARP(sharp_sparse,
	{ .objective = "simplex-square:n=50", .note = "a new vertex each time, all weights equal", .steps = 48,
	  .ratio = 1 },
	{ .objective = "simplex-square:n=1000", .note = "the same in a thousand dimensions", .steps = 100, .ratio = 1 })
CONTROL(control_sparse,
	{ .objective = "simplex-square:n=50", .note = "1.1 times the bound, which is attained", .steps = 40,
	  .factor = 1.1 },
	{ .objective = "simplex-square:n=50", .note = "projections use all vertices at once", .steps = 40,
	  .method = "subgradient" })

/*: {.plumbing} :*/
static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 2 / ((double)t + 2);
}

static void steps_equal(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 1 / ((double)t + 2);
}

enum { CORNERS };

static double bound_sparse(const rate_case *c, double t)
{
	return 1 / (2 * (t + 1)) - 1 / (2 * c->need[CORNERS]);
}

static const char *admissible_sparse(const rate_case *c)
{
	return (double)c->T < c->need[CORNERS] - 1 ? NULL : "t < n - 1";
}

CLAIM(fw_convex,
	.id = "fw-convex", .chapter = "projection-free-and-mirror", .title = "Frank-Wolfe",
	.statement = "f convex, L-smooth on a convex set of diameter D_C, steps 2/(t + 2): "
	             "f(x_t) − f* ≤ 2LD_C²/(t + 2)",
	.quantity = "f(x_t) − f*", .formula = "2LD_C²/(t + 2)",
	.source = "Jaggi, Revisiting Frank-Wolfe: projection-free sparse convex optimization, ICML 2013",
	.kind = RATE_DETERMINISTIC, .method = "frank-wolfe", NEEDS("convex", "L", "diameter", "x_star", "f_star"),
	.power = 1, .steps = steps, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(fw_recursion,
	.id = "fw-recursion", .chapter = "projection-free-and-mirror",
	.title = "Frank-Wolfe, the recursion summed exactly",
	.statement = "f convex, L-smooth on a convex set of diameter D_C, steps 2/(t + 2): "
	             "f(x_t) − f* ≤ 2LD_C²(t + 1 − H_{t+1})/(t(t + 1))",
	.quantity = "f(x_t) − f*", .formula = "2LD_C²(t + 1 − H_{t+1})/(t(t + 1))",
	.source = "after Jaggi, ICML 2013; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "frank-wolfe", NEEDS("convex", "L", "diameter", "x_star", "f_star"),
	.power = 1, .steps = steps, .bound = bound_recursion, .measure = rate_measure_gap, .sharp = sharp_recursion,
	.control = control_recursion)

CLAIM(fw_sparsity_lb,
	.id = "fw-sparsity-lb", .chapter = "projection-free-and-mirror", .title = "One vertex at a step costs 1/t",
	.statement = "f = ‖x‖²/2 on the simplex of R^n, x_t a combination of t + 1 vertices, t < n: "
	             "f(x_t) − f* ≥ 1/(2(t + 1)) − 1/(2n)",
	.quantity = "f(x_t) − f*", .formula = "1/(2(t + 1)) − 1/(2n)", .source = "Jaggi, ICML 2013",
	.kind = RATE_LOWER_BOUND, .flags = RATE_OWN_INSTANCES | RATE_OWN_START, .method = "frank-wolfe",
	NEEDS("square_simplex", "x_star", "f_star"), .power = 1, .admissible = admissible_sparse, .steps = steps_equal,
	.bound = bound_sparse, .measure = rate_measure_gap, .sharp = sharp_sparse, .control = control_sparse)
