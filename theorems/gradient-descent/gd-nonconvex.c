/*:
# Gradient descent without convexity

**Theorem.** Let $f$ be $L$-smooth and bounded below, $f_\star=\inf f$, $0<\gamma<2/L$ and $x_{t+1}=x_t-\gamma\nabla f(x_t)$. Then for every $T\ge1$
$$ \min_{t<T}\|\nabla f(x_t)\|^2\;\le\;\frac{2\,(f(x_0)-f_\star)}{\gamma(2-\gamma L)\,T}. $$

**Hypotheses.** Nothing else: neither convexity nor a minimiser. So nothing can be said about where $x_t$ goes, or about how near the value comes to $f_\star$. The value
never increases, and somewhere among $x_0,\dots,x_{T-1}$ the ground was nearly flat.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../least.h"

/*:
The bound as code; $t$ stands for $T$.
:*/

FORMULA(bound, t, 2 * d0 / (gamma * (2 - gamma * L) * t))

/*:
**Proof.** The descent lemma (lem-descent) says $f(x_{t+1})\le f(x_t)-\gamma(1-\frac{\gamma L}2)\|\nabla f(x_t)\|^2$. Sum over $t<T$:
$\gamma(1-\frac{\gamma L}2)\sum_{t<T}\|\nabla f(x_t)\|^2\le f(x_0)-f(x_T)\le f(x_0)-f_\star$. The least of $T$ numbers is at most their mean. $\square$

**How sharp is it?** For $T=1$ and $\gamma=1/L$ the bowl $\frac L2\|x\|^2$ attains it. For large $T$ not quite: the descent lemma cannot be
attained at every step with equal gradients. Counting properly gives the exact answer for $\gamma\le1/L$.

## The exact constant

**Theorem.** Under the same hypotheses, for $0<\gamma\le1/L$ and $T\ge1$,
$$ \min_{t<T}\|\nabla f(x_t)\|^2\;\le\;\frac{f(x_0)-f_\star}{(T-1)\,\gamma\,(1-\frac{\gamma L}4)+\frac1{2L}}. $$
:*/

FORMULA(bound_tight, t, d0 / ((t - 1) * gamma * (1 - gamma * L / 4) + 1 / (2 * L)))

/*:
**Proof.** The function $h=f+\frac L2\|\cdot\|^2$ is convex and $2L$-smooth, so
$h(x)\ge h(y)+\langle\nabla h(y),x-y\rangle+\frac1{4L}\|\nabla h(x)-\nabla h(y)\|^2$. Written in terms of $f$, with $g_x=\nabla f(x)$ and $g_y=\nabla f(y)$:
$$ f(x)-f(y)\;\ge\;\tfrac12\langle g_x+g_y,x-y\rangle-\tfrac L4\|x-y\|^2+\tfrac1{4L}\|g_x-g_y\|^2 . $$
Take $y=x-\gamma g_x$ and write $a=\|g_x\|^2$, $b=\|g_y\|^2$, $p=\langle g_x,g_y\rangle$. The right side is
$$ a\Bigl(\frac\gamma2-\frac{\gamma^2L}4+\frac1{4L}\Bigr)+\frac b{4L}-p\,\frac{1-\gamma L}{2L}
 \;\ge\;a\Bigl(\frac{3\gamma}4-\frac{\gamma^2L}4\Bigr)+b\,\frac\gamma4, $$
because $\gamma L\le1$ and $p\le\frac{a+b}2$. Both coefficients are positive and their sum is $\gamma(1-\frac{\gamma L}4)$. So with
$m=\min_{t<T}\|\nabla f(x_t)\|^2$ each of the steps $x_0\to\dots\to x_{T-1}$ lowers $f$ by at least $\gamma(1-\frac{\gamma L}4)\,m$; there are $T-1$ of them. And
$f(x_{T-1})-f_\star\ge\frac1{2L}\|\nabla f(x_{T-1})\|^2\ge\frac m{2L}$. Add up. $\square$

**It is attained** by the *zig-zag*: a function of one variable whose derivative is a triangle wave between $G$ and $G-\gamma LG/2$ with period $\gamma G$, down to a bowl
$\frac L2(x+G/L)^2$ on the left. Started at $x_0=(T-1)\gamma G$, each step covers exactly one period, so the method sees $f'=G$ at each of its
first $T$ points and never the dips between. The area under the wave is $f(x_0)-f_\star=G^2\bigl((T-1)\gamma(1-\frac{\gamma L}4)+\frac1{2L}\bigr)$: equality for
every $T$.

**What is run.** Gradient descent on every smooth objective with a known infimum; the program keeps the least $\|\nabla f(x_t)\|^2$ seen. Sharp: the bowl at $T=1$ for the
first theorem (ratio 1), the zig-zag at $T=64$ for both (of the first bound it attains $2T/(3T-1)=128/191$).

**Negative controls.** 0.9 of each bound where it is attained, and a rate $T^{-3/2}$, refuted by the zig-zag. Steps beyond $2/L$ make the first bound negative, which is no test.
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=2,spectrum=one", .parameters = "gamma=1", .note = "a bowl, one step 1/L",
	  .steps = 1,
	  .ratio = 1 },
	{ .objective = "zig-zag:T=64,gamma=1", .parameters = "gamma=1",
	  .note = "zig-zag: 2T/(3T - 1) of the bound at T = 64", .steps = 64, .ratio = 128.0 / 191 })
SHARP(sharp_of_tight,
	{ .objective = "zig-zag:T=64,gamma=1", .parameters = "gamma=1", .note = "zig-zag for T = 64", .steps = 64,
	  .ratio = 1 },
	{ .objective = "zig-zag:T=256,gamma=1", .parameters = "gamma=1", .note = "zig-zag for T = 256", .steps = 256,
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "quadratic:d=2,spectrum=one", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained at T = 1", .steps = 1, .factor = 0.9 },
	{ .objective = "zig-zag:T=256,gamma=1", .parameters = "gamma=1", .note = "rate T^-3/2 instead of T^-1",
	  .steps = 256, .power = 0.5 })
CONTROL(control_of_tight,
	{ .objective = "zig-zag:T=256,gamma=1", .parameters = "gamma=1", .note = "0.9 of the bound, which is attained",
	  .steps = 256, .factor = 0.9 },
	{ .objective = "zig-zag:T=256,gamma=1", .parameters = "gamma=1", .note = "rate T^-3/2 instead of T^-1",
	  .steps = 256, .power = 0.5 })

/*:
**Exercises.**

1. Which $\gamma$ makes the first bound best? And the second, among $\gamma\le1/L$?
2. Draw $f'$ of the zig-zag for $T=3$, $\gamma=1/L$ and mark what gradient descent sees.
3. ★ Why can no method that sees only gradients tell the zig-zag from the straight line $Gx$ before it falls off the end?
:*/

/*: {.plumbing} :*/
static const char *const needs[] = { "L", "f_star" };
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L") };
static const rate_param params_tight[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/L") };

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = 2 * fraction / L;
}

MUST(admissible, gamma > 0 && gamma < 2 / L, "0 < gamma < 2/L")

static void choose_tight(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction / L;
}

MUST(admissible_tight, AT_MOST(gamma, 1 / L), "0 < gamma <= 1/L")

CLAIM(gd_nonconvex,
	.id = "gd-nonconvex", .chapter = "gradient-descent", .title = "Gradient descent without convexity",
	.statement = "f L-smooth, bounded below, 0 < γ < 2/L: min_{t<T} ‖∇f(x_t)‖² ≤ 2(f(x₀) − f*) / (γ(2 − γL)T) "
	             "for every T ≥ 1",
	.quantity = "min_{s<t} ‖∇f(x_s)‖²", .formula = "2(f(x₀) − f*)/(γ(2 − γL)t)",
	.source = "the descent lemma, summed; folklore",
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "gd", .needs = RATE_LIST(needs), RANGE,
	.accumulators = LEAST_KEPT, .power = 1, .bound = bound, .observe = observe_least, .measure = measure_least,
	SHARP_AND_CONTROL)

CLAIM(gd_nonconvex_tight,
	.id = "gd-nonconvex-tight", .chapter = "gradient-descent",
	.title = "Gradient descent without convexity, exact constant",
	.statement = "f L-smooth, bounded below, 0 < γ ≤ 1/L: min_{t<T} ‖∇f(x_t)‖² ≤ (f(x₀) − f*) / ((T − 1)γ(1 − "
	             "γL/4) + 1/(2L)) "
	             "for every T ≥ 1",
	.quantity = "min_{s<t} ‖∇f(x_s)‖²", .formula = "(f(x₀) − f*)/((t − 1)γ(1 − γL/4) + 1/(2L))",
	.source = "Abbaszadehpeivasti, de Klerk and Zamani, The exact worst-case convergence rate of the gradient "
	          "method with fixed "
	          "step lengths for L-smooth functions, 2022",
	.kind = RATE_DETERMINISTIC, .method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params_tight),
	.accumulators = LEAST_KEPT, .power = 1, .choose = choose_tight, .admissible = admissible_tight,
	.bound = bound_tight, .observe = observe_least, .measure = measure_least, .sharp = sharp_of_tight,
	.control = control_of_tight)
