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
#include "../common.h"

enum { GAMMA };

static double bound(const rate_case *c, double t)
{
	return c->D2 / (2 * c->param[GAMMA] * t);
}

/*:
## Proof

One step from $x$ to $x^+$: put $G=(x-x^+)/\gamma$. The definition of the prox says $G=\nabla f(x)+s$ with $s\in\partial h(x^+)$. Let
$v=\nabla f(x^+)+s$, a subgradient of $F$ at $x^+$, and $e=\nabla f(x)-\nabla f(x^+)=G-v$. For every $y$, convexity of $f$ at $x$
and of $h$ at $x^+$ say $f(x)\le f(y)+\langle\nabla f(x),x-y\rangle$ and $h(x^+)\le h(y)+\langle s,x^+-y\rangle$, and smoothness
of the convex $f$ says $f(x^+)\le f(x)-\gamma\langle\nabla f(x^+),G\rangle-\frac1{2L}\|e\|^2$. Replace $\frac1L$ by the smaller
$\gamma$, add the three, and sort: with $\nabla f(x^+)=\nabla f(x)-e$ and $\langle e,G\rangle-\frac12\|e\|^2=\frac12\|G\|^2-\frac12\|v\|^2$,
$$ F(x^+)-F(y)\;\le\;\langle G,x-y\rangle-\frac\gamma2\|G\|^2-\frac\gamma2\|v\|^2 . \tag{1} $$
As $2\gamma\langle G,x-y\rangle-\gamma^2\|G\|^2=\|x-y\|^2-\|x^+-y\|^2$, this is
$$ 2\gamma(F(x^+)-F(y))\le\|x-y\|^2-\|x^+-y\|^2-\gamma^2\|v\|^2 . \tag{2} $$
With $y=x$ it shows that $F(x_t)$ never increases. With $y=x_\star$, summed over $t<T$, it shows
$2\gamma\sum_{t=1}^T(F(x_t)-F_\star)\le\|x_0-x_\star\|^2$, and the last term is the smallest. $\square$

The terms in $v$ were not needed. They give the factor 2 that is missing:

# The exact constant

**Theorem.** Under the same hypotheses, for every $T\ge1$
$$ F(x_T)-F_\star\;\le\;\frac{\|x_0-x_\star\|^2}{4\gamma T} . $$
:*/

static double bound_tight(const rate_case *c, double t)
{
	return c->D2 / (4 * c->param[GAMMA] * t);
}

/*:
**Proof.** Index $G_t$ by the step from $x_t$, and $v_{t+1}\in\partial F(x_{t+1})$ by the point; $\delta_t=F(x_t)-F_\star$.

*(a) $\|v_{t+1}\|\le\|G_t\|\le\|v_t\|$.* Cocoercivity, $\frac1L\|e\|^2\le\langle e,x_t-x_{t+1}\rangle=\gamma\langle e,G_t\rangle$, gives
$\|e\|^2\le\langle e,G_t\rangle$ and $\|v_{t+1}\|^2=\|G_t-e\|^2\le\|G_t\|^2-\|e\|^2$. And $G_t-v_t=s_{t+1}-s_t$, whose product with
$x_{t+1}-x_t=-\gamma G_t$ is not negative because $\partial h$ is monotone: $\|G_t\|^2\le\langle v_t,G_t\rangle$.

*(b)* (1) with $y=x_t$ and (a) give $\delta_t-\delta_{t+1}\ge\frac\gamma2(\|G_t\|^2+\|v_{t+1}\|^2)\ge\gamma\|v_{t+1}\|^2$. So
$\delta_t\ge\delta_T+\gamma\sum_{j=t+1}^T\|v_j\|^2$.

*(c)* Sum (2) with $y=x_\star$, and put (b) into it; each $\|v_j\|^2$ comes $2(j-1)$ times from (b) and once from (2):
$$ \|x_0-x_\star\|^2\ge\|x_T-x_\star\|^2+2\gamma T\delta_T+\gamma^2\sum_{j=1}^T(2j-1)\|v_j\|^2
   \ge\|x_T-x_\star\|^2+2\gamma T\delta_T+\gamma^2T^2\|v_T\|^2, $$
the last because $\|v_j\|\ge\|v_T\|$ and $\sum(2j-1)=T^2$. Now $a^2+b^2\ge2ab$ with $a=\|x_T-x_\star\|$, $b=\gamma T\|v_T\|$, and
$\|v_T\|\,\|x_T-x_\star\|\ge\langle v_T,x_T-x_\star\rangle\ge\delta_T$: the right side is at least $4\gamma T\delta_T$. $\square$

(The first and the last point of (a) need $v_0$ nowhere: the chain starts with $v_1$.)

## How sharp it is

The second bound is attained for every $T$ and $\gamma$ by $f=0$, $h=a|x|$ from $x_0=R$ with $a=\frac R{2\gamma T}$: each step
moves by $\gamma a$, after $T$ steps half of the way is left, and $\frac{aR}2=\frac{R^2}{4\gamma T}$. Of the first bound it is
one half. (The program takes $f=10^{-12}x^2/2$ for $f=0$, which changes the twelfth digit.)

## What is run

The method on every smooth convex objective with an $h$ or a feasible set: lasso, elastic net, balls and boxes. Where the
minimiser is not known in closed form the program computes one, to rounding, before the run.

## What must fail

$0.45$ of the first bound (0.9 of the ratio that can be attained) and $0.9$ of the second, on that instance. And a step $2/L$,
with $h=0$ and a parabola, which then oscillates for ever. A step a little above $1/L$ breaks nothing.

## Exercises

1. Show that $x_\star$ minimises $F$ if and only if it is a fixed point of the method, for any $\gamma>0$.
2. Work out the instance for $T=1$: where does $x_1$ lie, and which $a$ is worst?
3. With $h=0$ gradient descent has the slightly better $\frac{LR^2}{4\gamma LT+2}$. Where in the proof can something be gained if $h=0$?
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

static int oscillation(rate_instance *out)
{
	say(out->objective, "quadratic:d=1,L=1,rotation=0+l1:lambda=0");
	say(out->parameters, "gamma=2");
	say(out->note, "step 2/L: the parabola oscillates for ever");
	out->steps = 64;
	return RATE_OK;
}

static int control(uint32_t k, rate_instance *out)
{
	if (k == 1)
		return oscillation(out);
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
	if (k == 1)
		return oscillation(out);
	slope(out, 1, 64);
	say(out->note, "0.9 of the bound, which is attained");
	out->factor = 0.9;
	return k == 0 ? RATE_OK : RATE_FAIL;
}

/*: {.plumbing} :*/
static const char *const needs[] = { "composite", "convex", "L", "x_star", "f_star" };
static const rate_param params[] = { [GAMMA] = RATE_STEP_SIZE("0 < gamma <= 1/L") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = fraction / c->L;
}

static const char *admissible(const rate_case *c)
{
	return AT_MOST(c->param[GAMMA], 1 / c->L) ? NULL : "0 < gamma <= 1/L";
}

const rate_theorem pgd_convex = { THEOREM,
	.id = "pgd-convex",
	.chapter = "proximal",
	.title = "Proximal gradient on convex functions",
	.statement = "f convex, L-smooth, h convex; 0 < γ ≤ 1/L: F(x_T) − F* ≤ ‖x_0 − x*‖²/(2γT) for every T ≥ 1",
	.quantity = "F(x_t) − F*",
	.formula = "D²/(2γt)",
	.source = HANDBOOK,
	.kind = RATE_DETERMINISTIC,
	.method = "proximal-gradient",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.power = 1,
	.choose = choose,
	.admissible = admissible,
	.bound = bound,
	.measure = rate_measure_gap,
	.sharp = sharp,
	.control = control };

const rate_theorem pgd_convex_tight = { THEOREM,
	.id = "pgd-convex-tight",
	.chapter = "proximal",
	.title = "Proximal gradient on convex functions, exact constant",
	.statement = "f convex, L-smooth, h convex; 0 < γ ≤ 1/L: F(x_T) − F* ≤ ‖x_0 − x*‖²/(4γT) for every T ≥ 1",
	.quantity = "F(x_t) − F*",
	.formula = "D²/(4γt)",
	.source = "Teboulle and Vaisbourd 2023",
	.kind = RATE_DETERMINISTIC,
	.method = "proximal-gradient",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.power = 1,
	.choose = choose,
	.admissible = admissible,
	.bound = bound_tight,
	.measure = rate_measure_gap,
	.sharp = sharp_tight,
	.control = control_tight };
