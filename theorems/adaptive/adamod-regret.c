/*:
# AdaMod fails where Adam fails

AdaMod forbids sudden long steps: the rate of Adam, $\eta_t=\frac a{\sqrt t\sqrt{v_t}}$, is capped by its own running
mean. The cap is aimed at just what makes Adam fail, the jump of the rate after $v$ has forgotten a large gradient. But
a mean of the rates is dominated by the large ones.

**Theorem.** On the losses $Cx,-x,-x,Cx,\dots$ on $[-1,1]$, $C>2$, run AdaMod from $x_1=1$ with $\beta_1=0$,
$b=\beta_2=\frac1{1+C^2}$, $\beta_3=0.9$, steps $\frac a{\sqrt t}$, $0<a<\sqrt{1-b}$, $v_0=s_0=0$, no bias correction
and no $\varepsilon$:
$$ v_t=bv_{t-1}+(1-b)g_t^2,\quad \eta_t=\frac a{\sqrt t\sqrt{v_t}},\quad s_t=\beta_3s_{t-1}+(1-\beta_3)\eta_t,\quad x_{t+1}=P\bigl(x_t-\min\{\eta_t,s_t\}\,g_t\bigr). $$
Then $x_{3k+1}=1$ for every $k\ge10$, and for every $T\ge1$ the regret against $-1$ is at least
$$ \frac{2C-4}3\,(T-30)-40 . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cycle.h"

enum { BETA3 = BETA2 + 1 };

static double bound(const rate_case *c, double T)
{
	return cycle_slope(c) * (T - 30) - 40;
}

/*:
## Proof

Lengths are in units of $\frac a{\sqrt{1-b}}<1$; let $h_t=\sqrt{(1-b)/v_t}$, so that $\eta_t=\frac{h_t}{\sqrt t}$. As
$v_0=0$, the moments at the same place of the cycle grow with $k$ to a periodic limit, which is
$(1-b)\frac{C^2+b+b^2}{1-b^3}$ for $v_{3k+1}$, hence with $bC^2=1-b$
$$ \frac{v_{3k+2}}{1-b}\le\frac{2-b+b^2}{1-b^3}\le2,\qquad\frac{v_{3k+3}}{1-b}\le1+b\,\frac{2-b+b^2}{1-b^3}<1.372\qquad(b<\tfrac15). $$
So $h_{3k+1}\le\frac1C$, $h_{3k+2}\ge0.707$, $h_{3k+3}\ge0.853$.

*From $k=10$ on every cycle ends no lower than it began.* The step down is at most
$\eta_{3k+1}C\le\frac1{\sqrt{3k+1}}$. For those up, leave out of $s_t=0.1\sum_i0.9^i\eta_{t-i}$ the rates of the steps
down and use $\eta_{t-i}\ge\frac{h_{t-i}}{\sqrt t}$:
$$ \sqrt{3k+2}\;s_{3k+2}\ge0.1\,(0.707+0.81\cdot0.853)\,\frac{1-0.729^k}{1-0.729}, $$
$$
 \sqrt{3k+3}\;s_{3k+3}\ge0.1\,(0.853+0.9\cdot0.707)\,\frac{1-0.729^{k+1}}{1-0.729}. $$
Both are less than the bounds on $h$, so they are what $\min\{\eta_t,s_t\}$ is at least. For $k=10$ they are $0.494$
and $0.532$, and multiplied by $\sqrt{\frac{3k+1}{3k+2}}$ and $\sqrt{\frac{3k+1}{3k+3}}$ they sum to
$0.486+0.516=1.002$; the sum grows with $k$.

*$x_{31}=1$.* Below 1 the deficit $1-x_{3k+1}$ is the unit times a number which depends on $C$ alone:

| $C$ | $k=1$ | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
| 2.5 | 0 | 0.010 | 0.007 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| 4 | 0 | 0.178 | 0.204 | 0.157 | 0.074 | 0 | 0 | 0 | 0 | 0 |
| 10 | 0 | 0.221 | 0.276 | 0.255 | 0.197 | 0.122 | 0.039 | 0 | 0 | 0 |
| 100 | 0 | 0.239 | 0.312 | 0.309 | 0.268 | 0.209 | 0.141 | 0.071 | 0.003 | 0 |
| $\infty$ | 0 | 0.241 | 0.316 | 0.315 | 0.276 | 0.219 | 0.153 | 0.085 | 0.018 | 0 |

For all $C>2$ at once this is a computation with intervals. Let $b\in[0,\frac15]$ and $w=\frac{v_{3k+1}}{(1-b)C^2}$, which begins with 1. As $bC^2=1-b$, the moments of a cycle are
$$ \frac{v_{3k+2}}{1-b}=(1-b)\,w+1,\qquad\frac{v_{3k+3}}{1-b}=b\,\frac{v_{3k+2}}{1-b}+1,\qquad\text{next}\quad w=1+\frac{b^2}{1-b}\cdot\frac{v_{3k+3}}{1-b}, $$
the step down is at most $\frac1{\sqrt{w\,(3k+1)}}$, and $\frac1C=\sqrt{b/(1-b)}$: all of it is continuous on $[0,\frac15]$, the limit $C=\infty$ at $b=0$ included. On each of 200 cells of $[0,\frac15]$ interval arithmetic,
rounded outwards, finds the deficit 0 at $k=10$, and never more than $0.64$ before, within a cycle either, so that nothing is clipped at $-1$. One of the program's own tests makes this computation.

*Regret.* A round of slope $-1$ costs at least $-2$ and one of slope $C$ at least 0; there are 20 of the former among
the first 30 rounds. Thereafter every cycle starts at 1 and costs at least $2C-4$, and a broken one more than its
share. $\square$

## How sharp it is

The rate exactly: after 30000 rounds the ratio is above $0.99$; the constants 30 and 40 are generous.

## What is run

AdaMod with $\beta_3=0.9$ on every periodic example with $C>2$.

## What must fail

$1.1$ times the bound; and AMSGrad on the same losses.

## Exercises

1. With a memory $\beta_3$ close to 1 the cap is a long mean. Does it help in the end? Run AdaMod with $\beta_3=0.999$ and
   $a=\frac12$ on $C=6$ from $x_1=-1$, the best point: the mean regret is $0.57$, $0.957$ and $0.996$ of $\frac{2C-4}3$ after
   $3\cdot10^3$, $3\cdot10^4$ and
   $3\cdot10^5$ rounds. Explain the delay by $s_0=0$.
2. What if the rate were capped by a running *minimum*?
3. For which $C$ is $x_{3k+1}=1$ for every $k$?
:*/

SHARP(sharp,
	{ .objective = "reddi-cycle:C=100", .parameters = "gamma=0.5", .note = "C = 100", .steps = 30000,
	  .ratio = 0.999 },
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.1", .note = "C = 3", .steps = 3000, .ratio = 0.96766 })
CONTROL(control,
	{ .objective = "reddi-cycle:C=100", .parameters = "gamma=0.5", .note = "1.1 times the bound", .steps = 3000,
	  .factor = 1.1 },
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.5", .note = "AMSGrad converges", .steps = 1000,
	  .method = "amsgrad" })

/*: {.plumbing} :*/
static const rate_param params[] = { CYCLE_PARAMS,
	[BETA3] = { "beta3", RATE_REAL, "0.9", 0, 0.9999999, NULL, "memory of the rate" } };

static const char *admissible(const rate_case *c)
{
	return c->param[BETA3] == 0.9 ? cycle_admissible(c) : "beta3 = 0.9";
}

CLAIM(adamod_regret,
	.id = "adamod-regret", .chapter = "adaptive", .title = "AdaMod has linear regret on the periodic example",
	.statement = "f_t = Cx in every third round, −x else, on [−1, 1], x_1 = 1, β₁ = 0, β₂ = 1/(1+C²), β₃ = 0.9, "
	             "steps a/√t, "
	             "a < √(1−β₂): Regret_T ≥ (2C − 4)(T − 30)/3 − 40 for every T",
	.quantity = REGRET_QUANTITY, .formula = "(2C − 4)(t − 30)/3 − 40",
	.source = "method of Ding et al., An Adaptive and Momental Bound Method for Stochastic Learning, 2019",
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OPEN_END, .method = "adamod", NEEDS(CYCLE_NEEDS),
	.params = RATE_ROWS(params), .schedules = 2, .accumulators = REGRET_KEPT, .applies = cycle_applies,
	.choose = cycle_choose, .admissible = admissible, .steps = cycle_steps, .bound = bound,
	.observe = observe_regret,
	.measure = measure_regret, SHARP_AND_CONTROL)
