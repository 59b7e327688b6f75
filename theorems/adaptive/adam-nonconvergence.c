/*:
# Adam need not converge

Adam divides each coordinate of its step by the root of a running mean of squared gradients. A mean forgets: after a
large gradient that came rarely but meant much, a few small ones make the divisor small again, and
together they push the point further than the large one did. Three losses in turn are enough, for Adam without memory of the gradient, $\beta_1=0$.

**Theorem** (Reddi, Kale and Kumar 2018). Let $C>2$ and, on $[-1,1]$,
$$ f_t(x)=\begin{cases}Cx,&t\equiv1\pmod3,\\-x&\text{else.}\end{cases} $$
Run Adam from $x_1=1$ with $\beta_1=0$, $\beta_2=\frac1{1+C^2}$, steps $\frac a{\sqrt t}$, $0<a<\sqrt{1-\beta_2}$, zero
initial moments and no bias correction,
$$ v_t=\beta_2v_{t-1}+(1-\beta_2)g_t^2,\qquad x_{t+1}=P\Bigl(x_t-\frac a{\sqrt t}\,\frac{g_t}{\sqrt{v_t}}\Bigr). $$
Then $x_{3k+1}=1$ for every $k$, and the regret against $u=-1$ is linear:
$$ \sum_{t\le T}f_t(x_t)-f_t(-1)\;\ge\;\frac{2C-4}3\,T\qquad\text{for every }T\ge1. $$

The losses of a cycle add up to $(C-2)x$: the best point is $-1$, and Adam returns to the worst one at every turn. This
is no slow convergence; the mean regret does not go to 0 at all.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cycle.h"

static double bound(const rate_case *c, double T)
{
	return cycle_slope(c) * T;
}

/*:
## Proof

Write $b=\beta_2$; then $0<b<\frac15$ and $(1-b)=bC^2$. Let a cycle begin at $x_{3k+1}=1$.

*One step down.* $v_{3k+1}\ge(1-b)C^2$, so the step with slope $C$ is at most $\frac a{\sqrt{1-b}\sqrt{3k+1}}<1$ long,
and $x_{3k+2}>0$ is not clipped.

*Two steps up.* As all $g_t^2\le C^2$, $v_{3k+1}\le C^2$; hence $v_{3k+2}\le bC^2+(1-b)=2(1-b)$ and
$v_{3k+3}\le(1-b)(1+2b)$. The two steps with slope $-1$ are at least
$\frac a{\sqrt{1-b}}\cdot\frac1{\sqrt{2(3k+2)}}$ and $\frac a{\sqrt{1-b}}\cdot\frac1{\sqrt{(1+2b)(3k+3)}}$ long, if
they are not clipped at 1. So $x_{3k+4}=1$ as soon as
$$ \sqrt{\frac{3k+1}{2(3k+2)}}+\sqrt{\frac{3k+1}{(1+2b)(3k+3)}}\;\ge\;1. $$
Both terms grow with $k$, and $1+2b<\frac75$: for $k\ge1$ the left side is at least
$\sqrt{0.4}+\sqrt{4/8.4}=0.632+0.690$. For $k=0$ the moments are known: $v_1=(1-b)C^2$, $v_2=(1-b)(2-b)$,
$v_3=(1-b)(1+2b-b^2)$, and what is needed is
$$ \varphi(b)=\frac1{\sqrt{4-2b}}+\frac1{\sqrt{3(1+2b-b^2)}}\ge1 . $$
$\varphi$ falls on $[0,\frac15]$, as $\varphi'(b)=(4-2b)^{-3/2}-3(1-b)\,(3(1+2b-b^2))^{-3/2}\le0.147-2.4\cdot0.121<0$;
and $\varphi(\frac15)=1.022$.

*Regret.* By induction every cycle starts at 1. Its first round costs $2C$ more than at $-1$; each of the others costs
$-(x_t+1)\ge-2$. So a whole cycle costs at least $2C-4$, and a cycle broken off after one or two rounds at least $2C$
or $2C-2$, which is more than
its share $\frac{2C-4}3$ or $\frac{4C-8}3$. $\square$

## How sharp it is

Exactly: the shorter the steps, the less $x_{3k+2}$ and $x_{3k+3}$ differ from 1. With $a=10^{-3}$ the ratio of the
bound to the regret is ${{adam-nonconvergence#1.max_ratio:4}}$ after 300 rounds, and for every $a$ it tends to 1, since the steps vanish.

## What is run

Adam on every periodic example with $C>2$. The second check, `adam-nonconvergence-point`, looks at the points:
$|x_{3k+1}-u|^2=4$, to the last bit, as clipping to 1 is exact.

## What must fail

That the regret is 1.1 times as large; that AMSGrad, which keeps the largest $v$ instead of forgetting it, fails on the
same losses; and that Adam does with the long memory $\beta_2=0.99$.

## Exercises

1. Show that the regret of any method that stays at 1 is $\frac{2C-4}3T$ for $T$ a multiple of 3.
2. ★ For a given $\beta_2$, is there a $C$ on which Adam fails? Why is the order of the quantifiers an answer to "then
   choose a larger $\beta_2$"?
3. Where does the proof use that $v$ forgets? Follow it for AMSGrad, $\hat v_t=\max_{s\le t}v_s$.
4. *Compute.* Run `ratecheck verify adam-nonconvergence amsgrad-regret --output out` and compare the curves with $C=3$ and $T=3000$.
   The two start alike; from which round on do they differ?
:*/

SHARP(sharp,
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.001", .note = "short steps: the point hardly leaves 1",
	  .steps = 300, .ratio = 0.99987 },
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.5", .note = "steps 1/(2 sqrt t)", .steps = 3000,
	  .ratio = 0.98792 },
	{ .objective = "reddi-cycle:C=100", .note = "the longest steps", .steps = 3000, .ratio = 0.99976 })
CONTROL(control,
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.001", .note = "1.1 times the bound, which is attained",
	  .steps = 300, .factor = 1.1 },
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.5", .note = "AMSGrad converges", .steps = 300,
	  .method = "amsgrad" },
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.5,beta2=0.99",
	  .note = "Adam with a long memory does not fail on this example", .steps = 300 })
SHARP(sharp_point,
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.5", .note = "x = 1 after every cycle", .steps = 999,
	  .ratio = 1 },
	{ .objective = "reddi-cycle:C=2.01", .note = "C near 2, the longest steps", .steps = 999, .ratio = 1 })
CONTROL(control_point,
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.5", .note = "1.1 times the distance", .steps = 300,
	  .factor = 1.1 },
	{ .objective = "reddi-cycle:C=3", .parameters = "gamma=0.5", .note = "AMSGrad leaves 1", .steps = 300,
	  .method = "amsgrad" })

/*: {.plumbing} :*/
static const char *const needs[] = { CYCLE_NEEDS };
static const rate_param params[] = { CYCLE_PARAMS };

static double bound_point(const rate_case *c, double t)
{
	(void)c;
	return fmod(t, 3) == 0 ? 4 : 0;
}

#define REDDI "Reddi, Kale & Kumar, On the Convergence of Adam and Beyond, ICLR 2018"

CLAIM(adam_nonconvergence,
	.id = "adam-nonconvergence", .chapter = "adaptive", .title = "Adam has linear regret on a periodic example",
	.statement = "f_t = Cx in every third round, −x else, on [−1, 1], x_1 = 1, β₁ = 0, β₂ = 1/(1+C²), "
	             "steps a/√t, a < √(1−β₂): "
	             "Regret_T ≥ (2C − 4)T/3 for every T",
	.quantity = REGRET_QUANTITY, .formula = "(2C − 4)t/3",
	.source = REDDI,
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OPEN_END, .method = "adam", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params), .schedules = 2, .accumulators = REGRET_KEPT, .applies = cycle_applies,
	.choose = cycle_choose, .admissible = cycle_admissible, .steps = cycle_steps, .bound = bound,
	.observe = observe_regret, .measure = measure_regret, SHARP_AND_CONTROL)

CLAIM(adam_nonconvergence_point,
	.id = "adam-nonconvergence-point", .chapter = "adaptive",
	.title = "Adam returns to the worst point after every cycle",
	.statement = "the same: x_{3k+1} = 1, so |x_{3k+1} − x*| = 2, for every k",
	.quantity = "|x_{t+1} − x*|²", .formula = "4 if 3 divides t, else 0",
	.source = REDDI,
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OPEN_END, .method = "adam", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params), .schedules = 2, .applies = cycle_applies, .choose = cycle_choose,
	.admissible = cycle_admissible, .steps = cycle_steps, .bound = bound_point, .measure = rate_measure_dist2,
	.sharp = sharp_point, .control = control_point)
