/*:
# The projected subgradient method under strong convexity, constant step

**Theorem.** Let every $f_i$ be convex and $f=\frac1n\sum_if_i$ be $\mu$-strongly convex, $\mu>0$, on the closed convex set $C$, $x_\star$ its minimiser over $C$,
$x_0\in C$. Let $x_{t+1}=P_C(x_t-\gamma g_t)$ with $0<\gamma\le\frac1{2\mu}$, where $g_t$ is a subgradient of $f_{i_t}$ at $x_t$,
$i_t$ uniform and independent of the past, $\mathbb E\|g_t\|^2\le G^2$. Then for every $t\ge0$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;(1-2\gamma\mu)^t\,\|x_0-x_\star\|^2+\frac{\gamma G^2}{2\mu} . $$
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(transient, t, decay(2 * gamma * mu, t) * D2)

FORMULA(bound, t, transient(c, t) + gamma * G * G / (2 * mu))

/*:
## Proof

$f$ is $\mu$-strongly convex and $x_\star$ minimises it over $C\ni x$, so for $g=\mathbb E g_t\in\partial f(x)$ both
$\langle g,x-x_\star\rangle\ge f(x)-f_\star+\frac\mu2\|x-x_\star\|^2$ and $f(x)-f_\star\ge\frac\mu2\|x-x_\star\|^2$ hold: together
$\langle g,x-x_\star\rangle\ge\mu\|x-x_\star\|^2$. As a projection brings points no farther from $x_\star$ (lem-prox-nonexpansive),
$$ \mathbb E\|x_{t+1}-x_\star\|^2\le(1-2\gamma\mu)\,\mathbb E\|x_t-x_\star\|^2+\gamma^2G^2 . $$
Repeat; $\gamma^2G^2\sum_s(1-2\gamma\mu)^s\le\frac{\gamma G^2}{2\mu}$. $\square$

## How sharp it is

Exactly at one step: $\frac\mu2x^2$ on $|x|\le r$ from $r$ with $\gamma\mu=\frac12$. The factor is 0, $G=\mu r$, and $x_1=\frac r2$
has square $\frac{r^2}4=\frac{\gamma G^2}{2\mu}$. Nor is the plateau an artefact: for small $\gamma\mu$ the noise of the pair of
half parabolas (section on the weighted average) keeps $\mathbb E x_t^2$ near $\frac{\gamma c^2}{2\mu}$ for ever, the more so
the smaller $\gamma\mu$ is.

## What is run

The method on every strongly convex objective with a known $G$; the mean squared distance is judged at all $t$ (sampled runs:
at the checkpoints). Sharp: the parabola, $t=1$; and the pair, from its minimiser, until the plateau is reached.

## What must fail

$0.9$ of the bound on the parabola, at $t=1$. And half of it on the pair.

## Exercises

1. ★ Why is strong convexity used twice? Which set $C$ makes the second use unnecessary?
2. Compute the plateau of SGD on $f_{1,2}=\frac\mu2x^2\pm cx$ and compare: $\frac{\gamma c^2}{\mu(2-\gamma\mu)}$.
3. What happens for $\frac1{2\mu}<\gamma<\frac1\mu$?
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=1,L=1,rotation=0+ball:radius=1", .parameters = "gamma=0.5",
	  .note = "a parabola from the end of its interval, one step", .steps = 1, .ratio = 1 },
	{ .objective = "tilted-pair:c=1,mu=1", .parameters = "gamma=0.01",
	  .note = "two half parabolas from their minimiser", .steps = 400 })
CONTROL(control,
	{ .objective = "quadratic:d=1,L=1,rotation=0+ball:radius=1", .parameters = "gamma=0.5",
	  .note = "0.9 of the bound, which is attained", .steps = 1, .factor = 0.9 },
	{ .objective = "tilted-pair:c=1,mu=1", .parameters = "gamma=0.01", .note = "half of the bound", .steps = 400,
	  .factor = 0.5 })

/*: {.plumbing} :*/
STEP(gamma, 1 / (2 * mu), "0 < gamma <= 1/(2 mu)")

NUMBER(factor, 1 - 2 * gamma * mu)

CLAIM(pssd_sc_constant,
	.id = "pssd-sc-constant", .chapter = "subgradient",
	.title = "Projected subgradient method under strong convexity, constant step",
	.statement = "f_i convex, f μ-strongly convex on C, E‖g_t‖² ≤ G², 0 < γ ≤ 1/(2μ): "
	             "E‖x_t − x*‖² ≤ (1 − 2γμ)^t ‖x_0 − x*‖² + γG²/(2μ)",
	.quantity = "E‖x_t − x*‖²", .formula = "(1 − 2γμ)^t D² + γG²/(2μ)",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "subgradient", NEEDS("convex", "mu", "G", "x_star"), RANGE, .bound = bound,
	.transient = transient, .factor = factor, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
