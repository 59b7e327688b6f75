/*:
# The proximal gradient method on convex functions

A *composite* objective is $F=f+h$ with $f$ smooth and $h$ convex, maybe with kinks, maybe infinite outside a set, but simple
enough that $\operatorname{prox}_{\gamma h}(z)=\arg\min_u\,h(u)+\frac1{2\gamma}\|u-z\|^2$ can be computed. The prox of the
indicator of a closed convex set is the projection onto it.

**Theorem.** Let $f$ be convex and $L$-smooth, $h$ convex, closed and proper, $x_\star$ a minimiser of $F$, $0<\gamma\le1/L$, and
$x_{t+1}=\operatorname{prox}_{\gamma h}(x_t-\gamma\nabla f(x_t))$ from $x_0$ in the domain of $h$. Then for every $T\ge1$
$$ F(x_T)-F_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\gamma T} . $$

The rate is that of gradient descent, as if $h$ were not there.
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(bound, t, D2 / (2 * gamma * t))

/*:
## Proof

*One step*, from $x$ to $x^+=x-\gamma u$. The definition of the prox says $u=\nabla f(x)+s$ with a subgradient $s\in\partial h(x^+)$. The gradient of $f$ was
taken at the old point and $s$ belongs to the new one; $v=\nabla f(x^+)+s$ has both at the new point and is a subgradient of $F$ there. Take any $y$.
By convexity of $f$ and of $h$, and by smoothness (lem-smooth-convex-lower at $x^+$, where $u-v=\nabla f(x)-\nabla f(x^+)$),
$$ \begin{aligned}
 f(x)&\le f(y)+\langle\nabla f(x),x-y\rangle,\\
 h(x^+)&\le h(y)+\langle s,x^+-y\rangle=h(y)+\langle s,x-y\rangle-\gamma\langle s,u\rangle,\\
 f(x^+)&\le f(x)-\gamma\langle\nabla f(x^+),u\rangle-\tfrac1{2L}\|u-v\|^2 .
\end{aligned} $$
Replace $\frac1L$ by the smaller $\gamma$ and add the three:
$F(x^+)-F(y)\le\langle u,x-y\rangle-\gamma\langle v,u\rangle-\frac\gamma2\|u-v\|^2$, that is
$$ F(x^+)-F(y)\;\le\;\langle u,x-y\rangle-\frac\gamma2\|u\|^2-\frac\gamma2\|v\|^2 . \tag{1} $$
As $2\gamma\langle u,x-y\rangle-\gamma^2\|u\|^2=\|x-y\|^2-\|x^+-y\|^2$, this is
$$ 2\gamma(F(x^+)-F(y))\le\|x-y\|^2-\|x^+-y\|^2-\gamma^2\|v\|^2 . \tag{2} $$

*All steps.* With $y=x$ (2) shows that $F(x_t)$ never increases. With $y=x_\star$, summed over the steps, it shows
$2\gamma\sum_{t=1}^T(F(x_t)-F_\star)\le\|x_0-x_\star\|^2$, and the last term of the sum is the smallest. $\square$

The terms in $v$ were not needed. They give the factor 2 that is missing:

# The exact constant

**Theorem.** Under the same hypotheses, for every $T\ge1$
$$ F(x_T)-F_\star\;\le\;\frac{\|x_0-x_\star\|^2}{4\gamma T} . $$
:*/

FORMULA(bound_tight, t, D2 / (4 * gamma * t))

/*:
**Proof.** Number things by the point that they belong to: $x_{t+1}=x_t-\gamma u_t$, and $s_t\in\partial h(x_t)$, $v_t=\nabla f(x_t)+s_t\in\partial F(x_t)$ for $t\ge1$. (At $x_0$ no
subgradient of $h$ was chosen, so there is no $v_0$.) Write $\delta_t=F(x_t)-F_\star$.

*(a) The subgradients get shorter: $\|v_{t+1}\|\le\|u_t\|$ for $t\ge0$ and $\|u_t\|\le\|v_t\|$ for $t\ge1$.* For the first let
$w=u_t-v_{t+1}=\nabla f(x_t)-\nabla f(x_{t+1})$. Cocoercivity, $\frac1L\|w\|^2\le\langle w,x_t-x_{t+1}\rangle=\gamma\langle w,u_t\rangle$, and $\gamma L\le1$ give
$\|w\|^2\le\langle w,u_t\rangle$. So $\|v_{t+1}\|^2=\|u_t\|^2-2\langle w,u_t\rangle+\|w\|^2\le\|u_t\|^2$. For the second, subgradients of $h$ are monotone:
$\langle s_{t+1}-s_t,\,x_{t+1}-x_t\rangle\ge0$. Here $s_{t+1}-s_t=u_t-v_t$ and $x_{t+1}-x_t=-\gamma u_t$, so $\|u_t\|^2\le\langle v_t,u_t\rangle\le\|v_t\|\,\|u_t\|$.

*(b) The gaps fall by at least that much.* (1) with $y=x_t$, and then (a), say for $t\ge0$ that
$\delta_t-\delta_{t+1}\ge\frac\gamma2\|u_t\|^2+\frac\gamma2\|v_{t+1}\|^2\ge\gamma\|v_{t+1}\|^2$. Hence $\delta_t\ge\delta_T+\gamma\sum_{j=t+1}^T\|v_j\|^2$.

*(c) Sum.* (2) with $y=x_\star$, summed over the $T$ steps, is
$$ \|x_0-x_\star\|^2\;\ge\;\|x_T-x_\star\|^2+2\gamma\sum_{t=1}^T\delta_t+\gamma^2\sum_{j=1}^T\|v_j\|^2 . $$
By (b), $\sum_{t=1}^T\delta_t\ge T\delta_T+\gamma\sum_{j=1}^T(j-1)\|v_j\|^2$, since $v_j$ comes up for $t=1,\dots,j-1$. Together $\|v_j\|^2$ is counted
$2(j-1)+1=2j-1$ times; by (a) it is at least $\|v_T\|^2$, and $\sum_{j=1}^T(2j-1)=T^2$:
$$ \|x_0-x_\star\|^2\;\ge\;\|x_T-x_\star\|^2+2\gamma T\delta_T+\gamma^2T^2\|v_T\|^2 . $$

*(d) The last point.* $\|x_T-x_\star\|^2+\gamma^2T^2\|v_T\|^2\ge2\gamma T\,\|v_T\|\,\|x_T-x_\star\|$, and
$\|v_T\|\,\|x_T-x_\star\|\ge\langle v_T,x_T-x_\star\rangle\ge\delta_T$ as $v_T\in\partial F(x_T)$. So the right side of (c) is at least $4\gamma T\delta_T$. $\square$

## How sharp it is

The second bound is attained for every $T$ and $\gamma$ by $f=0$, $h=a|x|$ from $x_0=R$ with $a=\frac R{2\gamma T}$: each step
moves by $\gamma a$, after $T$ steps half of the way is left, and $\frac{aR}2=\frac{R^2}{4\gamma T}$. Of the first bound it is
one half. (The program takes $f=10^{-12}x^2/2$ for $f=0$, which changes the twelfth digit.)

## What is run

The method on every smooth convex objective with an $h$ or a feasible set: lasso, elastic net, balls and boxes. Where the
minimiser is not known in closed form the program computes one, to rounding, before the run.

## What must fail

$0.45$ of the first bound (0.9 of the ratio that can be attained) and $0.9$ of the second, on that instance. And a step $2/L$,
with $h=0$ and a parabola, which then oscillates for ever. A step a little above $1/L$ would not do: none below $1.7329/L$ is known that
breaks the first bound (Exercise 2 of gd-convex-smooth). The second is broken by the parabola with $1.6/L$, which has ${{pgd-convex-tight!3.max_ratio:3}}$ of it at $t=1$.

## Exercises

1. Show that $x_\star$ minimises $F$ if and only if it is a fixed point of the method, for any $\gamma>0$.
2. Work out the instance for $T=1$: where does $x_1$ lie, and which $a$ is worst?
3. ★ With $h=0$ gradient descent has the slightly better $\frac{LR^2}{4\gamma LT+2}$. Where in the proof can something be gained if $h=0$?
:*/

static int slope(rate_instance *out, double gamma, uint64_t T)
{
	say(out->objective, "quadratic:d=1,L=1e-12,rotation=0+l1:lambda=%.17g", 1 / (2 * gamma * (double)T));
	say(out->parameters, "gamma=%.17g", gamma);
	say(out->note, "a|x| with a = R/(2 gamma T): half of the way in T steps");
	out->steps = T;
	return RATE_OK;
}

static int sharp(uint32_t k, rate_instance *out)
{
	out->ratio = 0.5;
	return k == 0 ? slope(out, 1, 64) : RATE_FAIL;
}

static int parabola(rate_instance *out, const char *gamma, uint64_t T)
{
	say(out->objective, "quadratic:d=1,L=1,rotation=0+l1:lambda=0");
	say(out->parameters, "gamma=%s", gamma);
	say(out->note, T > 1 ? "step 2/L: the parabola oscillates for ever" : "step 1.6/L: 1.15 of the bound at t = 1");
	out->steps = T;
	return RATE_OK;
}

static int control(uint32_t k, rate_instance *out)
{
	if (k == 1)
		return parabola(out, "2", 64);
	slope(out, 1, 64);
	say(out->note, "0.9 x 1/2 of the bound; the bound halved is true");
	out->factor = 0.45;
	return k == 0 ? RATE_OK : RATE_FAIL;
}

static int sharp_tight(uint32_t k, rate_instance *out)
{
	static const double gamma[] = { 1, 0.1, 1 };
	static const uint64_t T[] = { 64, 64, 512 };

	out->ratio = 1;
	return k < 3 ? slope(out, gamma[k], T[k]) : RATE_FAIL;
}

static int control_tight(uint32_t k, rate_instance *out)
{
	if (k > 0)
		return k < 3 ? parabola(out, k == 1 ? "2" : "1.6", k == 1 ? 64 : 1) : RATE_FAIL;
	slope(out, 1, 64);
	say(out->note, "0.9 of the bound, which is attained");
	out->factor = 0.9;
	return RATE_OK;
}

/*: {.plumbing} :*/
static const char *const needs[] = { "composite", "convex", "L", "x_star", "f_star" };
STEP(gamma, 1 / L, "0 < gamma <= 1/L")

CLAIM(pgd_convex,
	.id = "pgd-convex", .chapter = "proximal", .title = "Proximal gradient on convex functions",
	.statement = "f convex, L-smooth, h convex; 0 < γ ≤ 1/L: F(x_T) − F* ≤ ‖x_0 − x*‖²/(2γT) for every T ≥ 1",
	.quantity = "F(x_t) − F*", .formula = "D²/(2γt)",
	.source = HANDBOOK,
	.kind = RATE_DETERMINISTIC, .method = "proximal-gradient", .needs = RATE_LIST(needs), RANGE, .power = 1,
	.bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(pgd_convex_tight,
	.id = "pgd-convex-tight", .chapter = "proximal",
	.title = "Proximal gradient on convex functions, exact constant",
	.statement = "f convex, L-smooth, h convex; 0 < γ ≤ 1/L: F(x_T) − F* ≤ ‖x_0 − x*‖²/(4γT) for every T ≥ 1",
	.quantity = "F(x_t) − F*", .formula = "D²/(4γt)",
	.source = "Teboulle and Vaisbourd 2023",
	.kind = RATE_DETERMINISTIC, .method = "proximal-gradient", .needs = RATE_LIST(needs), RANGE, .power = 1,
	.bound = bound_tight, .measure = rate_measure_gap, .sharp = sharp_tight, .control = control_tight)
