/*:
# Stochastic Polyak steps on Lipschitz functions

Polyak's step length asks for no constant of $f$, only for the value at the minimum. The stochastic version uses the value of
the term that is drawn, at $x_\star$:
$$ x_{t+1}=x_t-\frac{\bigl(f_{i_t}(x_t)-f_{i_t}(x_\star)\bigr)_+}{\|g_t\|^2}\,g_t,\qquad g_t\in\partial f_{i_t}(x_t), $$
$i_t$ uniform and independent of the past; no step is made if $g_t=0$ or if the difference is not positive. Throughout this
chapter every $f_i$ is convex, $f=\frac1n\sum_if_i$, and $\bar x_T=\frac1T\sum_{t<T}x_t$.

**Theorem.** Let $f_i$ be $G_i$-Lipschitz, $G^2=\frac1n\sum_iG_i^2$, and $x_\star$ a minimiser of $f$. Then for every $T\ge1$
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{G\,\|x_0-x_\star\|}{\sqrt T} . $$

This is what the subgradient method reaches with its best step, which needs $G$ and $\|x_0-x_\star\|$.
:*/
#include "../common.h"

FORMULA(bound, t, G * sqrt(D2 / t))

/*:
## Proof

Write $r=(f_i(x)-f_i(x_\star))_+$. The step along $g$ is the one that makes the most of convexity,
$\langle g,x-x_\star\rangle\ge f_i(x)-f_i(x_\star)$: if $r>0$,
$$ \|x^+-x_\star\|^2=\|x-x_\star\|^2-\frac{2r}{\|g\|^2}\langle g,x-x_\star\rangle+\frac{r^2}{\|g\|^2}\le\|x-x_\star\|^2-\frac{r^2}{\|g\|^2} , \tag{1} $$
and nothing moves if $r=0$. So *on every path* the distance to $x_\star$ never grows, and as $\|g_t\|\le G_{i_t}$
$$ \sum_{t<T}\mathbb E\frac{r_t^2}{G_{i_t}^2}\le\|x_0-x_\star\|^2 . $$
By Cauchy and Schwarz $(\mathbb E r_t)^2\le\mathbb E\frac{r_t^2}{G_{i_t}^2}\;\mathbb E G_{i_t}^2$, hence $\sum_t(\mathbb E r_t)^2\le G^2\|x_0-x_\star\|^2$ and
$\frac1T\sum_t\mathbb E r_t\le G\|x_0-x_\star\|/\sqrt T$. At last $\mathbb E r_t\ge\mathbb E f(x_t)-f_\star$, and Jensen's inequality. $\square$

## How sharp it is

Exactly, for every $T$, by the function of Drori and Teboulle, which is the worst for every method
(ssd-convex-horizon): Polyak's step on it is $\frac R{G\sqrt T}$ each time, and the value $f(0)$ is never undercut.

## What is run

The method on every convex objective with a known $G$ and $x_\star$. Sharp: that function for $T=64$ and $T=256$.

## What must fail

$0.9$ of the bound on it, and the rate $T^{-1}$.

## Exercises

1. Run it by hand on $f=G|x|$. After how many steps is it over, and what does the bound say then?
2. Which $\gamma_t$ minimises the right side of $\|x-x_\star\|^2-2\gamma r+\gamma^2\|g\|^2$?
3. What if only a lower estimate of $f_i(x_\star)$ is known? Find a function on which the method then does not converge.
:*/

SHARP(sharp,
	{ .objective = "minimax:T=64,G=1,R=1", .note = "the function of Drori and Teboulle for T = 64", .steps = 64,
	  .ratio = 1 },
	{ .objective = "minimax:T=256,G=2,R=3", .note = "the same for T = 256", .steps = 256, .ratio = 1 })
CONTROL(control,
	{ .objective = "minimax:T=64,G=1,R=1", .note = "0.9 of the bound, which is attained", .steps = 64,
	  .factor = 0.9 },
	{ .objective = "minimax:T=64,G=1,R=1", .note = "rate T^-1 instead of T^-1/2", .steps = 64, .power = 0.5 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "G", "x_star", "f_star" };

CLAIM(sps_lipschitz,
	.id = "sps-lipschitz", .chapter = "polyak", .title = "Stochastic Polyak steps on Lipschitz functions",
	.statement = "f_i convex, G_i-Lipschitz, G² = mean G_i²: E f(x̄_T) − f* ≤ G‖x_0 − x*‖/√T, x̄_T the plain average",
	.quantity = "E f(x̄_T) − f*", .formula = "G D/√T",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "sps", .needs = RATE_LIST(needs), .power = 0.5, .bound = bound,
	GAP_OF_AVERAGE, SHARP_AND_CONTROL)
