/*:
# Cubic Newton on convex functions, also with an inexact Hessian

**Theorem.** Let $f$ be convex with an $L_2$-Lipschitz Hessian and a minimiser $x_\star$, and let $\|x-x_\star\|\le D$ for all $x$ with $f(x)\le f(x_0)$. Let the Hessian be known up to $\delta\ge0$, $\|B_t-\nabla^2f(x_t)\|\le\delta$, and
$x_{t+1}=x_t+s$ with $s$ a minimiser of
$$ \langle\nabla f(x_t),s\rangle+\tfrac12\langle(B_t+\delta I)s,s\rangle+\tfrac{L_2}6\|s\|^3 . $$
With $A=\delta D^2$, $E=\frac13L_2D^3$, $\;B_1=A+E$ and $\;B_{k+1}=\min_{0\le a\le1}(1-a)B_k+a^2A+a^3E$,
$$ f(x_k)-f_\star\;\le\;B_k\;\le\;\frac{9\,\delta D^2}{2(k+2)}+\frac{9L_2D^3}{(k+1)(k+2)}\qquad(k\ge1). $$

An exact Hessian gives $1/k^2$; an error $\delta$ in it brings back the $1/k$ of first-order methods, with $\delta$ in the place of $L$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(M) P(shift)
#include "cubic.h"

enum { EVEN = 3 }; /* needs */

/* Where f is even its level sets are balls about x_star; where it is strongly convex they lie in one. */
static double radius(const rate_case *c)
{
	return c->need[EVEN] == 1 || !(c->mu > 0) ? sqrt(c->D2) : sqrt(2 * c->d0 / c->mu);
}

/* B_k: the best a solves 3 E a^2 + 2 A a = B. */
static double bound(const rate_case *c, double k)
{
	LETTERS(c);
	double D = radius(c), A = shift * D * D, E = c->L_2 * D * D * D / 3, B = A + E;

	for (double i = 1; i < k; i++) {
		double a = 2 * B / (2 * A + sqrt(4 * A * A + 12 * B * E));
		a = fmin(a, 1);
		B = (1 - a) * B + a * a * A + a * a * a * E;
	}
	return B;
}

/*:
## Proof

As $B_t+\delta I\succeq\nabla^2f(x_t)$ and the Hessian turns no faster than $L_2$, the model lies above $f$:
$f(x_{t+1})\le f(x_t)+\min_s(\cdots)$. As $B_t+\delta I\preceq\nabla^2f(x_t)+2\delta I$, it lies not far above: for every $y$
$$ f(x_{t+1})\le f(y)+\delta\|y-x_t\|^2+\tfrac13L_2\|y-x_t\|^3 . $$
(The cubic error of Taylor's formula, $\frac16L_2\|\cdot\|^3$, counts twice.) Values do not increase, so $\|x_t-x_\star\|\le D$ for all $t$. Take $y=x_t+a(x_\star-x_t)$: by convexity $f(y)-f_\star\le(1-a)(f(x_t)-f_\star)$, and the gap after the step is at most
$(1-a)$ times the gap before it plus $a^2A+a^3E$, for every $a\in[0,1]$. With $a=1$ no gap is needed: that is $B_1$. As the right side grows with the gap, induction gives $f(x_k)-f_\star\le B_k$.

*The closed form.* Choose $a_k=1-\frac{A_k}{A_{k+1}}$ with $A_k=\frac16k(k+1)(k+2)$, so that $A_{k+1}-A_k=\frac12(k+1)(k+2)$. Multiply the recursion by $A_{k+1}$:
$$ A_{k+1}B_{k+1}\le A_kB_k+\delta D^2\,\frac{3(k+1)(k+2)}{2(k+3)}+\frac{L_2D^3}3\cdot\frac{9(k+1)(k+2)}{2(k+3)^2}\le A_kB_k+\tfrac32(k+1)\,\delta D^2+\tfrac32L_2D^3 . $$
Sum from $A_0=0$ and divide by $A_k$. $\square$

## How sharp it is

Loose, by more than ten for large $k$: the proof keeps $\|x_k-x_\star\|$ at $D$, while the method comes nearer. The exponent is right, as the next theorem shows; `cubic-gradient` has a constant that is nearly attained.

**Theorem (cubic-tent).** For $k\ge2$, $D>0$ and $\tau=\frac{2D}{3k}$ let $f''(x)=L_2(\tau-|x|)_+$, $f(0)=f'(0)=0$. From $x_0=D$ cubic Newton with $M=L_2$ and the exact Hessian has $x_k=\frac D3$ and
$$ f(x_k)-f_\star=\frac2{27}\,\frac{L_2D^3}{k^2}\Bigl(1-\frac2{3k}\Bigr) . $$

**Proof.** Outside $[-\tau,\tau]$ the Hessian is 0 and the gradient $\frac12L_2\tau^2$, so the model $\frac12L_2\tau^2s+\frac{L_2}6|s|^3$ is least at $s=-\tau$: $k$ steps lead to $D-k\tau=\frac D3$, which is at least $\tau$ as $k\ge2$. There
$f=\frac12L_2\tau^2x-\frac16L_2\tau^3$. $\square$

So no bound of the form $CL_2D^3/k^2$ has a $C$ below $\frac2{27}$, and none has a better exponent.

## What is run

cubic-convex: cubic Newton on convex functions with a Hessian, the bound $B_k$ itself; $D$ is $\|x_0-x_\star\|$ where $f$ is even, else $\sqrt{2(f(x_0)-f_\star)/\mu}$. The parameter `shift` is $\delta$: the method adds it although the Hessian is exact, as
it must if it does not know that. cubic-tent: each $k$ is a run of its own, on the tent made for it.

## What must fail

The bound times $k^{-1}$ on the largest instance of the tent; a hundredth of it. For the lower bound: the exponent 3, and 1.1 times the value, which is attained.

## Exercises

1. With $\delta=0$, what does the recursion tend to, $B_k\sim C\,L_2D^3/k^2$?
2. Take $L_2=0$. Which method is this, and what does the bound say?
:*/

SHARP(sharp,
	{ .objective = "broken-curvature:shape=tent,tau=0.5,start=1", .note = "tent, one step", .steps = 1,
	  .ratio = 0.125 },
	{ .objective = "broken-curvature:shape=tent,tau=0.5,start=1", .parameters = "shift=0.1",
	  .note = "tent, a Hessian known up to 0.1", .steps = 16 })
CONTROL(control,
	{ .objective = "broken-curvature:shape=tent,tau=0.5,start=1", .note = "0.11 of the bound, below the ratio",
	  .steps = 1, .factor = 0.11 },
	{ .objective = "broken-curvature:shape=tent,tau=0.010416666666666666,start=1",
	  .note = "rate k^-3.5 instead of k^-2", .steps = 64, .power = 1.5 })

#define TENT(k, tau) .objective = "broken-curvature:shape=tent,tau=" tau, .note = "tent for k = " k
SHARP(sharp_tent,
	{ TENT("2", "0.33333333333333331"), .steps = 2, .ratio = 1 },
	{ TENT("16", "0.041666666666666664"), .steps = 16, .ratio = 1 },
	{ TENT("64", "0.010416666666666666"), .steps = 64, .ratio = 1 })
CONTROL(control_tent,
	{ TENT("64", "0.010416666666666666"), .steps = 64, .factor = 1.1 },
	{ TENT("64", "0.010416666666666666"), .steps = 64, .power = -1 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[M_] = { "M", RATE_REAL, "auto", 0, 0, NULL, "weight of the cube, M = L_2" },
	[shift_] = { "shift", RATE_REAL, "0", 0, 1e100, NULL, "error of the Hessian, added to it" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)fraction;
	param[M_] = c->L_2;
}

MUST(admissible, fabs(M - c->L_2) <= 1e-12 * c->L_2, "M = L_2")

static const char *applies(const rate_case *c)
{
	if (!(c->mu > 0) && c->need[EVEN] != 1)
		return "the size of the level set of x_0 is not known (f neither even nor strongly convex)";
	return curved(c);
}

enum { TENT_WIDTH };

FORMULA(bound_tent, k, 2 * c->L_2 * D2 * sqrt(D2) / (27 * k * k) * (1 - 2 / (3 * k)))

static const char *admissible_tent(const rate_case *c)
{
	double k = (double)c->T;

	if (fabs(c->param[M_] - c->L_2) > 1e-12 * c->L_2)
		return "M = L_2";
	return k >= 2 && fabs(c->need[TENT_WIDTH] * 3 * k - 2 * sqrt(c->D2)) <= 1e-12 * sqrt(c->D2)
	           ? NULL : "tau = 2 D/(3 k) for k >= 2 steps (--steps)";
}

CLAIM(cubic_convex,
	.id = "cubic-convex", .chapter = "second-order",
	.title = "Cubic Newton on convex functions, with an inexact Hessian",
	.statement = "f convex, ∇²f L₂-Lipschitz and known up to δ, level set of x_0 within D of x*: "
	             "f(x_k) − f* ≤ B_k ≤ 9δD²/(2(k+2)) + 9L₂D³/((k+1)(k+2))",
	.quantity = "f(x_k) − f*", .formula = "B_k ≤ 9δD²/(2(k+2)) + 9L₂D³/((k+1)(k+2))",
	.source = "after Nesterov and Polyak, Math. Program. 108 (2006), and, with inexact Hessians, "
	          "Agafonov et al., Advancing the "
	          "lower bounds, arXiv:2309.01570; the constants are proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "cubic-newton", NEEDS("convex", "L_2", "x_star", "even", "f_star"), RANGE,
	.power = 2, .applies = applies, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(cubic_tent,
	.id = "cubic-tent", .chapter = "second-order", .title = "What cubic Newton needs on a tent",
	.statement = "f'' = L₂(τ − |x|)₊, τ = 2D/(3k), k ≥ 2, x_0 = D: f(x_k) − f* = (2/27)(L₂D³/k²)(1 − 2/(3k))",
	.quantity = "f(x_k) − f*", .formula = "(2/27)(L₂D³/k²)(1 − 2/(3k))", .source = "proved in this file",
	.kind = RATE_LOWER_BOUND, .flags = RATE_OWN_INSTANCES | RATE_LAST, .method = "cubic-newton",
	NEEDS("tent", "L_2", "x_star", "f_star"), .params = RATE_ROWS(params), .power = 2, .choose = choose,
	.admissible = admissible_tent, .bound = bound_tent, .measure = rate_measure_gap, .sharp = sharp_tent,
	.control = control_tent)
