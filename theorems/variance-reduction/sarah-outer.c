/*:
# What SARAH's inner loop leaves behind

The estimate $v_t$ of SARAH goes to zero. Does the gradient itself?

**Theorem.** Let $f=\frac1n\sum_if_i$ be bounded below, with convex, $L$-smooth $f_i$ ($L$ for $L_{\max}$), and let $x_0,x_1,\dots$ be SARAH's inner loop with $0<\gamma<\frac2L$. Then for every $T\ge1$
$$ \frac1{T+1}\sum_{t=0}^T\mathbb E\|\nabla f(x_t)\|^2\;\le\;\frac{2(f(x_0)-f_\star)}{\gamma(T+1)}+\frac{\gamma L}{2-\gamma L}\,\|\nabla f(x_0)\|^2 . $$
The left side is the mean over a point drawn at random from the loop, the method's output.

**Corollary.** If $\|\nabla f\|^2\ge2\mu(f-f_\star)$ and the loop starts again at its output after $m$ steps, the output $w_s$ of loop $s$ has
$\mathbb E\|\nabla f(w_s)\|^2\le q_m\,\mathbb E\|\nabla f(w_{s-1})\|^2$ with $q_m=\frac1{\mu\gamma(m+1)}+\frac{\gamma L}{2-\gamma L}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(transient, t, 2 * d0 / (gamma * (t + 1)))

FORMULA(bound, t, transient(c, t) + gamma * L_max / (2 - gamma * L_max) * c->g02)

/*:
## Proof

Write $e_t=v_t-\nabla f(x_t)$ and $h=\gamma L$. As $f$ is $L$-smooth and $x_{t+1}=x_t-\gamma v_t$, and since $-2\langle a,b\rangle=\|a-b\|^2-\|a\|^2-\|b\|^2$,
$$ f(x_{t+1})\le f(x_t)-\tfrac\gamma2\|\nabla f(x_t)\|^2+\tfrac\gamma2\|e_t\|^2-\tfrac\gamma2(1-h)\|v_t\|^2 . \qquad(1) $$
*The error.* $e_0=0$, and $e_{j}-e_{j-1}=(v_j-v_{j-1})-(\nabla f(x_j)-\nabla f(x_{j-1}))$ has mean 0 given the past. So its squares add up, and a variance is at most a second moment:
$$ \mathbb E\|e_t\|^2\le\sum_{j\le t}\mathbb E\|v_j-v_{j-1}\|^2 . $$
With $D=v_j-v_{j-1}$ the page before says $\|v_j\|^2=\|v_{j-1}\|^2-\frac2\gamma\langle s,D\rangle+\|D\|^2$ and $\langle s,D\rangle\ge\|D\|^2/L$; hence
$(\frac2h-1)\,\mathbb E\|D\|^2\le\mathbb E\|v_{j-1}\|^2-\mathbb E\|v_j\|^2$, and the sum telescopes:
$$ \mathbb E\|e_t\|^2\le\frac h{2-h}\bigl(\|\nabla f(x_0)\|^2-\mathbb E\|v_t\|^2\bigr) . $$
Sum (1) over $t=0,\dots,T$ and insert: the sum of $\mathbb E\|\nabla f(x_t)\|^2$ is at most
$$ \frac{2(f(x_0)-f_\star)}\gamma+(T+1)\frac h{2-h}\|\nabla f(x_0)\|^2-\Bigl(\frac h{2-h}+1-h\Bigr)\sum_t\mathbb E\|v_t\|^2, $$
where the bracket is $\frac{2-2h+h^2}{2-h}>0$. For the corollary use $2\mu(f(x_0)-f_\star)\le\|\nabla f(x_0)\|^2$. $\square$

## How sharp it is

The second term cannot be improved: on one parabola among $p-1$ zeros $\mathbb E\|\nabla f(x_t)\|^2$ tends to $(1-\frac1p)\frac{\gamma L}{2-\gamma L}\|\nabla f(x_0)\|^2$ exactly. There $v_t\to0$, the loop believes that it has
converged, and the point it stands at is wrong for good. With $p=50$, $\gamma L=1$, $T=5000$ the ratio is ${{sarah-outer#1.max_ratio:3}}$; it tends to 1.

## What is run

SARAH on all objectives with convex terms; the mean over the path of exact means where there are such.

## What must fail

0.9 of the bound on the sharp instance; and a bound a fiftieth as large, more than the first term alone, which would say that the loop converges.

## Exercises

1. Find $m$ and $\gamma$ with $q_m<\frac12$ for $\mu=\frac L{10}$.
2. Compute $\lim\mathbb Ex_t^2$ on one parabola among $p-1$ zeros.
:*/

SHARP(sharp,
	{ .objective = "zero-or-L:p=50", .parameters = "gamma=1", .note = "one parabola among 49 zeros", .steps = 5000,
	  .ratio = 0.951 },
	{ .objective = "zero-or-L:p=10", .parameters = "gamma=0.5", .note = "a shorter step", .steps = 512 },
	{ .objective = "least-squares:n=50,d=20,noise=0.5", .note = "least squares" })
CONTROL(control,
	{ .objective = "zero-or-L:p=50", .parameters = "gamma=1", .note = "0.9 of the bound", .steps = 5000,
	  .factor = 0.9 },
	{ .objective = "zero-or-L:p=50", .parameters = "gamma=1",
	  .note = "0.02 of the bound: more than its first term alone",
	  .steps = 5000, .factor = 0.02 })

/*: {.plumbing} :*/
STEP(gamma, 2 / L_max, "0 < gamma < 2/L")

CLAIM(sarah_outer,
	.id = "sarah-outer", .chapter = "variance-reduction", .title = "What SARAH's inner loop leaves behind",
	.statement = "f_i convex, L-smooth, 0 < γ < 2/L: (1/(T+1)) Σ_{t≤T} E‖∇f(x_t)‖² ≤ 2(f(x_0) − f*)/(γ(T+1)) + "
	             "γL/(2 − γL) ‖∇f(x_0)‖²",
	.quantity = "mean over s ≤ t of E‖∇f(x_s)‖²", .formula = "2 d₀/(γ(t+1)) + γL/(2 − γL) ‖∇f(x_0)‖²",
	.source = "after Nguyen, Liu, Scheinberg and Takac, SARAH, 2017, and AI-SARAH, Shi et al., "
	          "arXiv:2102.09700; proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END | RATE_MEAN_OF_MEANS | RATE_MEAN_THROUGH_END,
	.method = "sarah",
	NEEDS("convex", "L_max", "f_star", "x_star", "no composite"), RANGE, .power = 1, .bound = bound,
	.transient = transient,
	.measure = rate_measure_grad2, SHARP_AND_CONTROL)
