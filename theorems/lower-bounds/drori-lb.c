/*:
# The worst smooth convex function

**Theorem** (Drori 2017). For $L,R>0$ and $N\ge1$ let $\theta_0=1$, $\theta_{i+1}=\frac12\bigl(1+\sqrt{1+4\theta_i^2}\bigr)$ for $i\le N-2$ and $\theta_N=\frac12\bigl(1+\sqrt{1+8\theta_{N-1}^2}\bigr)$. There
are a convex $L$-smooth function $f$ on $\mathbb R^{N+1}$ and a start $x_0$ at distance $R$ from its minimiser such that *every* method with
$x_k\in x_0+\operatorname{span}(\nabla f(x_0),\dots,\nabla f(x_{k-1}))$ has
$$ f(x_N)-f_\star\;\ge\;\frac{LR^2}{2\theta_N^2} . $$

The optimised gradient method promises exactly this much (ogm). So among the methods that move in the span of the gradients they have seen the race is over: none has a better guarantee, not by the
smallest factor. (What is proved here says nothing of others.)

*Quadratics are easier:* on them $\frac{LR^2}{2(2N+1)^2}$ can be had, and $\theta_N^2\approx\frac{N^2}2$ only.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

/* The function has gaps of relative size 1e-9 where ties would be (objective drori-worst), and misses the value by as
 * much: 2e-9 is taken off. */
#define GAPS 2e-9

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double theta = 1;

	for (double i = 1; i < t; i++)
		theta = (1 + sqrt(1 + 4 * theta * theta)) / 2;
	theta = (1 + sqrt(1 + 8 * theta * theta)) / 2;
	return L * D2 / (2 * theta * theta) * (1 - GAPS);
}

/*:
## Proof

Let $L=R=1$, $x_0=0$. With positive numbers $c_0>c_1>\dots>c_N$ and $z_0,\dots,z_N$ let
$$ f(x)=\max\Bigl\{\sum_i\alpha_i(c_i-z_ix_i)-\tfrac12\sum_i\alpha_i^2z_i^2\;:\;\alpha\ge0,\ \sum_i\alpha_i\le1\Bigr\} . $$
This is the Moreau envelope of $\max\{0,\max_i(c_i-z_iy_i)\}$, so it is convex and 1-smooth; $\nabla f(x)$ has the coordinates $-z_i\alpha_i$. It is at least 0, and it is 0 at $x_{\star,i}=c_i/z_i$. Let the
numbers satisfy
$$ c_{k+1}\le c_k-z_k^2\quad(k<N),\qquad\sum_i\frac{c_i^2}{z_i^2}=1 , $$
the second for $\|x_\star\|=1$.

*A method sees one coordinate at a time.* Let only the coordinates before $k$ of $x$ differ from 0. Suppose the best $\alpha$ had $\alpha_j>0$ for some $j>k$. There $x_j=x_k=0$. Moving a little weight from $j$ to $k$
changes the value at the rate $(c_k-\alpha_kz_k^2)-(c_j-\alpha_jz_j^2)>c_k-z_k^2-c_j\ge0$ (as $\alpha_k<1$ and $\alpha_j>0$): it was not the best. So $\nabla f(x)$ has no coordinates after $k$, and by induction $x_N$ has the coordinate $N$ equal to 0.
Put $\alpha=e_N$ in the definition:
$$ f(x_N)\ge c_N-\tfrac12z_N^2 . $$

*The numbers.* It remains to make $c_N-\frac12z_N^2$ as large as can be. Take, up to a common factor, $c_N=1$, $z_N^2=\frac1{\theta_N}$, and downwards
$$ z_k^2=\frac{c_{k+1}}{2\theta_k-1},\qquad c_k=c_{k+1}+z_k^2=\frac{2\theta_k}{2\theta_k-1}\,c_{k+1} . $$
Then $\sum_{i\le k}c_i^2/z_i^2=4\theta_k^2c_{k+1}$ for $k<N$: by induction, as $\theta_{k-1}^2=\theta_k^2-\theta_k$,
$$ 4\theta_{k-1}^2c_k+\frac{c_k^2}{z_k^2}=\frac{8(\theta_k^2-\theta_k)\theta_k+4\theta_k^2}{2\theta_k-1}\,c_{k+1}=4\theta_k^2c_{k+1} $$
(for $k=0$ the first term is absent, and $\theta_0^2-\theta_0=0$). With $2\theta_{N-1}^2=\theta_N^2-\theta_N$ the whole sum is $4\theta_{N-1}^2+\theta_N=\theta_N(2\theta_N-1)$. Divide all $c_i$ and $z_i^2$ by it: now
the sum is 1, and
$$ c_N-\tfrac12z_N^2=\frac{1-\frac1{2\theta_N}}{\theta_N(2\theta_N-1)}=\frac1{2\theta_N^2}.\qquad\square $$

In floating point the ties $c_{k+1}=c_k-z_k^2$ would be broken by rounding, and a method would see a coordinate too early: at $N=100$ it would beat the bound by one per cent. So the program takes
$c_k=c_{k+1}+z_k^2(1+10^{-9})$.

## How sharp it is

Exactly: the optimised gradient method attains it. On this function Nesterov's method is $1.11$ to $1.21$ times above it; gradient descent with steps $1/L$ $1.11$ times at $N=1$, $1.38$ at $N=5$, $4.24$ at $N=100$.

## What is run

This function for $N=5$, 20 and 100: the optimised gradient method and gradient descent, and with `--method` any other method of this class.

## What must fail

$1.1$ times the bound, which is attained; and the bound times $N^{0.1}$.

## Exercises

1. $N=1$: show that the bound is $\frac{LR^2}8$. Which step of gradient descent attains it?
2. ★ Compute $c$ and $z$ for $N=1$ and draw the level lines of $f$ on $\mathbb R^2$.
3. ★ Why does the proof need that methods stay in the span? Which points would a method ask for that wants to see all coordinates?
:*/

SHARP(sharp,
	{ .objective = "drori-worst:N=5", .note = "N = 5", .steps = 5, .ratio = 1 },
	{ .objective = "drori-worst:N=20,L=3,R=2", .note = "N = 20, L = 3, R = 2", .steps = 20, .ratio = 1 },
	{ .objective = "drori-worst:N=100", .note = "N = 100", .steps = 100, .ratio = 1 },
	{ .objective = "drori-worst:N=100", .note = "gradient descent", .steps = 100, .ratio = 1 / 4.24,
	  .method = "gd" })
CONTROL(control,
	{ .objective = "drori-worst:N=20", .note = "1.1 times the bound, which is attained", .steps = 20,
	  .factor = 1.1 },
	{ .objective = "drori-worst:N=100", .note = "the bound times N^0.1", .steps = 100, .power = -0.1 })

/*: {.plumbing} :*/

static const char *admissible(const rate_case *c)
{
	return c->need[0] == (double)c->T ? NULL : "as many steps (--steps) as the function is built for";
}

/* Of the optimised gradient method; other methods take the first, 1/L. */
static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);
	double theta = 1;

	for (uint64_t i = 0; i < c->T; i++) {
		double next = (1 + sqrt(1 + (i + 1 < c->T ? 4 : 8) * theta * theta)) / 2;
		out[0][i] = 1 / L;
		out[1][i] = (theta - 1) / next;
		out[2][i] = theta / next;
		theta = next;
	}
}

CLAIM(drori_lb,
	.id = "drori-lb", .chapter = "lower-bounds",
	.title = "The worst smooth convex function: no method beats LR²/(2θ_N²)",
	.statement = "for all N, L, R there is an L-smooth convex f, ‖x_0 − x*‖ = R: f(x_N) − f* ≥ LR²/(2θ_N²) for "
	             "every "
	             "method with x_k ∈ x_0 + span(∇f(x_0) … ∇f(x_{k−1})), θ_0 = 1, θ_{i+1} = (1 + √(1 + 4θ_i²))/2, "
	             "θ_N = (1 + √(1 + 8θ_{N−1}²))/2",
	.quantity = "f(x_N) − f*", .formula = "LR²/(2θ_N²)",
	.source = "Drori, The exact information-based complexity of smooth convex minimization, J. "
	          "Complexity 39 (2017), "
	          "1-16; this function is ratecheck's",
	.kind = RATE_LOWER_BOUND, .flags = RATE_LAST | RATE_ANY_METHOD | RATE_OWN_INSTANCES | RATE_OWN_START,
	.method = "ogm",
	NEEDS("drori", "L", "x_star", "f_star", "one term"), .schedules = 3, .admissible = admissible, .steps = steps,
	.bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)
