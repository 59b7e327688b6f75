/*:
# diffGrad fails where Adam fails

diffGrad multiplies Adam's step by a friction $\xi_t=\frac1{1+e^{-|g_{t-1}-g_t|}}$, which lies between $\frac12$ (the
gradient has not changed) and 1 (it has changed much). On the losses on which Adam fails the friction spares the
step down, where the
gradient jumps from $-1$ to $C$, and brakes one of the two steps up. Is that enough? It is not.

**Theorem.** On the losses $Cx,-x,-x,Cx,\dots$ on $[-1,1]$, $C>2$, run diffGrad from $x_1=1$ with $\beta_1=0$,
$b=\beta_2=\frac1{1+C^2}$, steps $\frac a{\sqrt t}$, $0<a<\sqrt{1-b}$, zero initial moments, $g_0=0$, no bias
correction and no
$\varepsilon$:
$$ v_t=bv_{t-1}+(1-b)g_t^2,\qquad x_{t+1}=P\Bigl(x_t-\xi_t\,\frac a{\sqrt t}\,\frac{g_t}{\sqrt{v_t}}\Bigr). $$
Then $x_{3k+1}=1$ for every $k\ge8$, and for every $T\ge1$ the regret against $-1$ is at least
$$ \frac{2C-4}3\,(T-24)-32 . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cycle.h"

static double bound(const rate_case *c, double T)
{
	return cycle_slope(c) * (T - 24) - 32;
}

/*:
## Proof

Lengths are in units of $\frac a{\sqrt{1-b}}<1$. With $w=\frac1{1+e^{-(C+1)}}$ the three steps of the cycle that
starts in round $3k+1$, $k\ge1$, are at most $\frac w{\sqrt{3k+1}}$ down (as $v_{3k+1}\ge(1-b)C^2$), at least
$\frac w{\sqrt{2(3k+2)}}$ up (as
$v_{3k+2}\le2(1-b)$, see Adam's proof), and at least $\frac12\cdot\frac1{\sqrt{(1+2b)(3k+3)}}$ up, the one that is
braked by half: unless they are clipped at 1.

*From $k=2$ on every cycle ends no lower than it began.* As $w<1$ and $1+2b<\frac75$, this is
$$ \sqrt{\frac{3k+1}{2(3k+2)}}+\frac12\sqrt{\frac{3k+1}{\frac75(3k+3)}}\;\ge\;1, $$
both terms grow with $k$, and at $k=2$ the sum is $0.661+0.372$. So once $x_{3k+1}=1$ for some $k\ge2$, it is so for
all later ones.

*It is so at $k=8$.* Below 1, where nothing is clipped, the deficit $1-x_{3k+1}$ is the unit times a number which
depends on $C$ alone:

| $C$ | $k=1$ | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|
| 2 | 0.131 | 0.105 | 0.064 | 0.021 | 0 | 0 | 0 | 0 |
| 3 | 0.184 | 0.167 | 0.132 | 0.094 | 0.057 | 0.021 | 0 | 0 |
| 5 | 0.211 | 0.194 | 0.159 | 0.120 | 0.082 | 0.045 | 0.009 | 0 |
| 10 | 0.213 | 0.194 | 0.156 | 0.116 | 0.076 | 0.037 | 0 | 0 |
| $\infty$ | 0.211 | 0.191 | 0.152 | 0.111 | 0.070 | 0.031 | 0 | 0 |

For all $C>2$ at once this is a computation with intervals. The moments are those of *AdaMod fails where Adam fails*, continuous functions of $b\in[0,\frac15]$ with $C=\infty$ at $b=0$, and so is
$w$. On each of 200 cells of $[0,\frac15]$ interval arithmetic, rounded outwards, finds the deficit 0 at $k=8$, and never more than the unit before, so that nothing is clipped at $-1$. One of the program's own
tests makes this computation.

*Regret.* A round of slope $-1$ costs at least $-2$ and one of slope $C$ at least 0; there are 16 of the former among
the first 24 rounds. Thereafter every cycle starts at 1 and costs at least $2C-4$, and a broken one more than its
share. For $T<24$ the bound is below what $T$ rounds can cost.
$\square$

The sum grows linearly, so no bound $O(\sqrt T)$ on the regret of diffGrad can be true for all convex losses and
constant $\beta$; friction changes the constants of the failure and not the failure.

## How sharp it is

The rate exactly: after 30000 rounds the ratio is above $0.99$; the constants 24 and 32 are generous.

## What is run

diffGrad on every periodic example with $C>2$.

## What must fail

$1.1$ times the bound; and AMSGrad on the same losses.

## Exercises

1. Why does the bound for $T<24$ need no proof of its own?
2. ★ Which friction would save diffGrad on this example? And on the one with $-x$ repeated five times?
3. Compute the first line of the table.
:*/

SHARP(sharp,
	{ .objective = "reddi-cycle:C=100", .parameters = "gamma=0.5", .note = "C = 100", .steps = 30000,
	  .ratio = 0.999 },
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.1", .note = "C = 3", .steps = 3000, .ratio = 0.97378 })
CONTROL(control,
	{ .objective = "reddi-cycle:C=100", .parameters = "gamma=0.5", .note = "1.1 times the bound", .steps = 3000,
	  .factor = 1.1 },
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.5", .note = "AMSGrad converges", .steps = 1000,
	  .method = "amsgrad" })

/*: {.plumbing} :*/
static const rate_param params[] = { CYCLE_PARAMS };

CLAIM(diffgrad_regret,
	.id = "diffgrad-regret", .chapter = "adaptive", .title = "diffGrad has linear regret on the periodic example",
	.statement = "f_t = Cx in every third round, −x else, on [−1, 1], x_1 = 1, β₁ = 0, β₂ = 1/(1+C²), "
	             "steps a/√t, a < √(1−β₂): "
	             "Regret_T ≥ (2C − 4)(T − 24)/3 − 32 for every T",
	.quantity = REGRET_QUANTITY, .formula = "(2C − 4)(t − 24)/3 − 32",
	.source = "method of Dubey et al., diffGrad, 2020",
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OPEN_END, .method = "diffgrad", NEEDS(CYCLE_NEEDS),
	.params = RATE_ROWS(params), .schedules = 2, .accumulators = REGRET_KEPT, .applies = cycle_applies,
	.choose = cycle_choose, .admissible = cycle_admissible, .steps = cycle_steps, .bound = bound,
	.observe = observe_regret, .measure = measure_regret, SHARP_AND_CONTROL)
