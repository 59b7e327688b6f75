/*:
# Stochastic Polyak steps under strong convexity and interpolation

**Theorem.** Let every $f_i$ be convex and $L_{\max}$-smooth and minimised at the same $x_\star$, and $f=\frac1n\sum_if_i$ $\mu$-strongly convex.
Draw $i_t$ uniformly and independently of the past, and step by
$$ x_{t+1}\;=\;x_t-\gamma_t\nabla f_{i_t}(x_t),\qquad\gamma_t=\frac{f_{i_t}(x_t)-f_{i_t}(x_\star)}{\|\nabla f_{i_t}(x_t)\|^2}, $$
with $\gamma_t=0$ where the gradient vanishes. Then for every $t\ge0$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;\Bigl(1-\frac\mu{4L_{\max}}\Bigr)^t\|x_0-x_\star\|^2 , $$
and even
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;\Bigl(1-\frac{3\mu}{4L_{\max}}\Bigr)^t\|x_0-x_\star\|^2 . $$

SGD needs the step $1/L_{\max}$ for the factor $1-\mu/L_{\max}$; here nothing has to be known but the values $f_i(x_\star)$.
:*/
#include "../common.h"

FORMULA(bound, t, decay(mu / (4 * L_max), t) * D2)

FORMULA(bound_tight, t, decay(3 * mu / (4 * L_max), t) * D2)

/*:
## Proof

Let $r=f_i(x)-f_i(x_\star)$ and $g=\nabla f_i(x)$. By convexity alone a step decreases the squared distance by $\frac{r^2}{\|g\|^2}\ge\frac r{2L_{\max}}$, as
$\|g\|^2\le2L_{\max}r$ (lem-gradient-bound). The mean of $r$ is $f(x)-f_\star\ge\frac\mu2\|x-x_\star\|^2$: the first bound.

With $\langle g,x-x_\star\rangle\ge r+\frac1{2L_{\max}}\|g\|^2$, true as $\nabla f_i(x_\star)=0$, the decrease is at least $\frac{3r}{2L_{\max}}$ (sps-smooth), in the
mean $\frac{3\mu}{4L_{\max}}\|x-x_\star\|^2$: the second. $\square$

## How sharp it is

The second is attained for all $t$ by $p$ functions of one variable, $f_1=\frac L2x^2$ and the others 0: $\mu=L/p$, and a step halves $x$
with probability $1/p$, so $\mathbb E x_t^2=(1-\frac3{4p})^tx_0^2$. The first is sharp only trivially, where $t\mu/L_{\max}$ is small:
on this sum with $p=1000$ at $t=1$.

## What is run

The method on every strongly convex finite sum that interpolates, and on single functions. The means are exact where a step
is affine (least squares).

## What must fail

$0.3$ of the first bound after one step on a parabola, which leaves a quarter where the bound has three, and $0.65$ of it on two functions, one parabola and 0.
$0.9$ of the second on the sum with $p=10$, where it is attained; there
no power of $t$ is to be gained either: the second bound times $t^{-1/2}$ fails.

## Exercises

1. Check that the step on $\frac L2x^2$ does not depend on $L$. Which other functions are halved?
2. Double every step. What is the factor on the sum above, and on a single parabola?
3. ★ Show $\mu\le L_{\max}$. Without strong convexity $\mathbb E f(\bar x_T)-f_\star\le\frac{2L_{\max}}T\|x_0-x_\star\|^2$ (sps-smooth). From which $T$ on
   does the first bound promise a smaller gap of $f(x_T)$?
4. *Compute.* By which factor can the bound be multiplied for one parabola among two, `ratecheck verify sps-sc-interp --objective zero-or-L:p=2 --steps 8`? Compute it, then try `--bound-factor`.
:*/

SHARP(sharp,
	{ .objective = "zero-or-L:p=1000", .note = "one parabola among a thousand: trivially near 1 at t = 1",
	  .steps = 4,
	  .ratio = 0.9995 })
CONTROL(control,
	{ .objective = "zero-or-L:p=1", .note = "0.3 of the bound; a parabola has a third of it at t = 1", .steps = 1,
	  .factor = 0.3 },
	{ .objective = "zero-or-L:p=2", .note = "0.65 of the bound; 5/7 is attained at t = 1", .steps = 4,
	  .factor = 0.65 })
SHARP(sharp_tight,
	{ .objective = "zero-or-L:p=10", .note = "one parabola among ten: equality at every t", .steps = 64,
	  .ratio = 1 },
	{ .objective = "zero-or-L:p=1", .note = "a parabola", .steps = 64, .ratio = 1 })
CONTROL(control_tight,
	{ .objective = "zero-or-L:p=10", .note = "0.9 of the bound, which is attained", .steps = 64, .factor = 0.9 },
	{ .objective = "zero-or-L:p=10", .note = "the bound times t^-1/2", .steps = 64, .power = 0.5 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "mu", "L_max", "interpolation", "x_star", "f_star" };

NUMBER(factor, 1 - mu / (4 * L_max))

NUMBER(factor_tight, 1 - 3 * mu / (4 * L_max))

CLAIM(sps_sc_interp,
	.id = "sps-sc-interp", .chapter = "polyak",
	.title = "Stochastic Polyak steps under strong convexity and interpolation",
	.statement = "f_i convex, L_max-smooth, all minimised at x*, f μ-strongly convex: "
	             "E‖x_t − x*‖² ≤ (1 − μ/(4L_max))^t ‖x_0 − x*‖²",
	.quantity = "E‖x_t − x*‖²", .formula = "(1 − μ/(4L_max))^t D²",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "sps", .needs = RATE_LIST(needs), .bound = bound, .transient = bound,
	.factor = factor, .measure = rate_measure_dist2, SHARP_AND_CONTROL)

CLAIM(sps_sc_interp_tight,
	.id = "sps-sc-interp-tight", .chapter = "polyak",
	.title = "Stochastic Polyak steps under strong convexity and interpolation, exact factor",
	.statement = "f_i convex, L_max-smooth, all minimised at x*, f μ-strongly convex: "
	             "E‖x_t − x*‖² ≤ (1 − 3μ/(4L_max))^t ‖x_0 − x*‖²",
	.quantity = "E‖x_t − x*‖²", .formula = "(1 − 3μ/(4L_max))^t D²",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "sps", .needs = RATE_LIST(needs), .bound = bound_tight,
	.transient = bound_tight, .factor = factor_tight, .measure = rate_measure_dist2, .sharp = sharp_tight,
	.control = control_tight)
