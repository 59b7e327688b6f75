/*:
# The projected subgradient method under strong convexity, plain average

**Theorem.** Let every $f_i$ be convex and $f=\frac1n\sum_if_i$ be $\mu$-strongly convex, $\mu>0$, on the closed convex set $C$, $x_\star$ its minimiser over $C$,
$x_0\in C$. Let $x_{t+1}=P_C(x_t-\gamma_tg_t)$ with $\gamma_t=\frac1{\mu(t+1)}$, where $g_t$ is a subgradient of $f_{i_t}$ at $x_t$,
$i_t$ uniform and independent of the past, $\mathbb E\|g_t\|^2\le G^2$. Then for every $T\ge1$ the average
$\bar x_T=\frac1T\sum_{t<T}x_t$ obeys
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{G^2}{2\mu T}\sum_{t=1}^T\frac1t\;\le\;\frac{G^2(1+\ln T)}{2\mu T} . $$

The first bound is `pssd-sc-uniform-exact`, the second `pssd-sc-uniform`.
:*/
#include "../common.h"

static double bound_exact(const rate_case *c, double t)
{
	LETTERS(c);
	double sum = 0;

	for (double s = t; s >= 1; s--)
		sum += 1 / s;
	return G * G * sum / (2 * mu * t);
}

FORMULA(bound, t, G * G * (1 + log(t)) / (2 * mu * t))

/*:
## Proof

With $d_t=\mathbb E\|x_t-x_\star\|^2$ and $\delta_t=\mathbb E f(x_t)-f_\star$, as with weights,
$d_{t+1}\le(1-\gamma_t\mu)d_t-2\gamma_t\delta_t+\gamma_t^2G^2$. Divide by $2\gamma_t=\frac2{\mu(t+1)}$:
$$ \delta_t\le\frac{G^2}{2\mu(t+1)}+\frac{\mu t}2d_t-\frac{\mu(t+1)}2d_{t+1} . $$
The distances telescope, starting from $0\cdot d_0$. Sum over $t<T$, divide by $T$, use Jensen's inequality and
$\sum_{t=1}^T\frac1t\le1+\ln T$. $\square$

## How sharp it is

Exactly at $T=1$: $\frac\mu2x^2$ on $|x|\le r$ from the end $r$ has $G=\mu r$ and $f(x_0)-f_\star=\frac\mu2r^2=\frac{G^2}{2\mu}$.
For large $T$ the kink $|x|+\frac12x^2$ on $[-w,0]$ comes nearest: ${{pssd-sc-uniform-exact#2.max_ratio:3}}$ of the first bound and ${{pssd-sc-uniform#2.max_ratio:3}}$ of the second at $T=1000$, $w=0.0766$, and slowly growing with $T$.
The logarithm belongs to these steps and this average; the weights of the section before remove it.

## What is run

The method on every strongly convex objective with a known $G$. Sharp: the parabola on a ball, $T=1$.

## What must fail

$0.9$ of either bound there. And half of it on the kink at $T=1000$, where the start counts for nothing.

## Exercises

1. Show that the proof never used $C$ to be bounded. What did?
2. Compute $x_1$ and $x_2$ for the parabola. Which $T$ gives the second largest ratio?
3. Compare with the weighted average: from which $T$ on is that bound smaller?
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=1,L=1,rotation=0+ball:radius=1", .note = "a parabola from the end of its interval",
	  .steps = 1, .ratio = 1 },
	{ .objective = "kink:G0=1,mu=1,low=-0.0766,high=0", .note = "|x| + x^2/2, sent away from its minimiser",
	  .steps = 1000 })
CONTROL(control,
	{ .objective = "quadratic:d=1,L=1,rotation=0+ball:radius=1", .note = "0.9 of the bound, which is attained",
	  .steps = 1, .factor = 0.9 },
	{ .objective = "kink:G0=1,mu=1,low=-0.0766,high=0", .note = "half of the bound; 0.546 and 0.577 are attained",
	  .steps = 1000, .factor = 0.5 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "mu", "G", "x_star", "f_star" };

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 1 / (mu * (double)(t + 1));
}

CLAIM(pssd_sc_uniform,
	.id = "pssd-sc-uniform", .chapter = "subgradient",
	.title = "Projected subgradient method under strong convexity, plain average",
	.statement = "f_i convex, f μ-strongly convex on C, E‖g_t‖² ≤ G², γ_t = 1/(μ(t+1)): "
	             "E f(x̄_T) − f* ≤ G²(1 + ln T)/(2μT), x̄_T the plain average",
	.quantity = "E f(x̄_T) − f*", .formula = "G²(1 + ln T)/(2μT)",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), .power = 1, .steps = steps,
	.bound = bound, GAP_OF_AVERAGE, SHARP_AND_CONTROL)

CLAIM(pssd_sc_uniform_exact,
	.id = "pssd-sc-uniform-exact", .chapter = "subgradient",
	.title = "Projected subgradient method under strong convexity, plain average, exact sum",
	.statement = "f_i convex, f μ-strongly convex on C, E‖g_t‖² ≤ G², γ_t = 1/(μ(t+1)): "
	             "E f(x̄_T) − f* ≤ G²(1 + 1/2 + … + 1/T)/(2μT), "
	             "x̄_T the plain average",
	.quantity = "E f(x̄_T) − f*", .formula = "G²(1 + 1/2 + … + 1/T)/(2μT)",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), .power = 1, .steps = steps,
	.bound = bound_exact, GAP_OF_AVERAGE, SHARP_AND_CONTROL)
