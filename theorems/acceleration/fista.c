/*:
# Acceleration with a prox

**Theorem** (Beck and Teboulle 2009). Let $F=f+h$ with $f$ convex and $L$-smooth, $h$ convex and closed, $x_\star$ a minimiser of $F$, $0<\gamma\le1/L$, $t_0=1$, $t_{k+1}=\frac12\bigl(1+\sqrt{1+4t_k^2}\bigr)$. From
$y_0=x_0$ let
$$ x_{k+1}=\operatorname{prox}_{\gamma h}\bigl(y_k-\gamma\nabla f(y_k)\bigr),\qquad y_{k+1}=x_{k+1}+\tfrac{t_k-1}{t_{k+1}}(x_{k+1}-x_k). $$
Then for every $k\ge1$
$$ F(x_k)-F_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\gamma\,t_{k-1}^2}\;\le\;\frac{2\,\|x_0-x_\star\|^2}{\gamma\,(k+1)^2}. $$

With $h=0$ this is the method of agd-convex in other letters. If $h$ is 0 on a closed convex set and $\infty$ outside, the prox is the projection.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "accelerated.h"

static double bound(const rate_case *c, double k)
{
	LETTERS(c);
	double t = t_number(k - 1);

	return D2 / (2 * gamma * t * t);
}

/*:
## Proof

*One step.* Let $x^+=\operatorname{prox}_{\gamma h}(y-\gamma\nabla f(y))$. Then for every $u$
$$ F(x^+)+\frac1{2\gamma}\|u-x^+\|^2\;\le\;F(u)+\frac1{2\gamma}\|u-y\|^2. \tag{1} $$
For $x^+$ minimises $f(y)+\langle\nabla f(y),\cdot-y\rangle+h+\frac1{2\gamma}\|\cdot-y\|^2$, which is $\frac1\gamma$-strongly convex; at $u$ it is at most $F(u)+\frac1{2\gamma}\|u-y\|^2$ by convexity of $f$, and at $x^+$ at least
$F(x^+)$ because $\gamma\le1/L$.

*The combination.* Write $t=t_k$, $\delta_k=F(x_k)-F_\star$ and $z_k=x_{k-1}+t_{k-1}(x_k-x_{k-1})$ for $k\ge1$, $z_0=x_0$. By definition $t\,y_k=(t-1)x_k+z_k$. Use (1) with $y=y_k$ at the point $u=(1-\frac1t)x_k+\frac1tx_\star$:
$u-y_k=\frac1t(x_\star-z_k)$ and $u-x_{k+1}=\frac1t(x_\star-z_{k+1})$, and $F(u)-F_\star\le(1-\frac1t)\delta_k$. Multiply by $t^2$, with $t_k^2-t_k=t_{k-1}^2$ (and 0 for $k=0$):
$$ t_k^2\,\delta_{k+1}+\frac1{2\gamma}\|x_\star-z_{k+1}\|^2\;\le\;t_{k-1}^2\,\delta_k+\frac1{2\gamma}\|x_\star-z_k\|^2. $$
The left side of one step is the right side of the next; from $z_0=x_0$ the theorem follows. $\square$

## How sharp it is

As sharp as without $h$: the Huber function made for $k$ brings the ratio to ${{fista#1.max_ratio:3}}$ at $k=20$ and ${{fista#2.max_ratio:3}}$ at $k=100$.

## What is run

FISTA on every convex $F$ whose $f$ is smooth and whose minimiser is known or can be computed: without $h$, with $h$, and over balls and boxes.

## What must fail

$0.9\times0.987$ of the bound on the Huber function for $k=100$, and there a rate $k^{-5/2}$.
:*/

SHARP(sharp,
	{ .objective = "huber:L=1,tau=0.00758567176142997", .parameters = "gamma=1",
	  .note = "the Huber function for k = 20", .steps = 20, .ratio = 0.934 },
	{ .objective = "huber:L=1,tau=0.000372307510784049", .parameters = "gamma=1",
	  .note = "the Huber function for k = 100", .steps = 100, .ratio = 0.987 })
CONTROL(control,
	{ .objective = "huber:L=1,tau=0.000372307510784049", .parameters = "gamma=1",
	  .note = "0.9 x 0.987 of the bound",
	  .steps = 100, .factor = 0.9 * 0.987 },
	{ .objective = "huber:L=1,tau=0.000372307510784049", .parameters = "gamma=1",
	  .note = "rate k^-5/2 instead of k^-2", .steps = 100, .power = 0.5 })

/*:
## Exercises

1. Derive the theorem on the proximal gradient method (pgd-convex), $F(x_k)-F_\star\le\frac{\|x_0-x_\star\|^2}{2\gamma k}$, from (1) alone.
2. Show that $z_k$ is the $v_k$ of agd-convex if $h=0$.
3. ★ Which $t_k$ may be chosen besides?
:*/

/*: {.plumbing} :*/
STEP(gamma, 1 / L, "0 < gamma <= 1/L")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);
	double t = 1;

	for (uint64_t k = 0; k < c->T; k++) {
		double next = next_t(t);
		out[0][k] = gamma;
		out[1][k] = (t - 1) / next;
		t = next;
	}
}

CLAIM(fista,
	.id = "fista", .chapter = "acceleration", .title = "FISTA: acceleration with a prox",
	.statement = "F = f + h convex, f L-smooth, 0 < γ ≤ 1/L, t_0 = 1, t_{k+1} = (1 + √(1 + 4t_k²))/2: "
	             "F(x_k) − F* ≤ ‖x_0 − x*‖²/(2γ t_{k−1}²) ≤ 2‖x_0 − x*‖²/(γ(k + 1)²)",
	.quantity = "F(x_k) − F*", .formula = "D²/(2γ t_{k−1}²)",
	.source = "Beck & Teboulle, SIAM J. Imaging Sci. 2 (2009), 183-202, theorem 4.4",
	.kind = RATE_DETERMINISTIC, .method = "fista", NEEDS("convex", "L", "x_star", "F_star"), RANGE, .schedules = 2,
	.power = 2, .steps = steps, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
