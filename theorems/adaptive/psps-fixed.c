/*:
# Polyak steps in a metric

The Polyak step needs no smoothness constant, but it still pays for bad scaling: along the gradient there is one length for all directions. Put a matrix between: how much does it help, and for which random terms?

Let $f=\frac1n\sum f_i$ with convex $f_i$ that have a common minimiser $x_\star$, and let $B\succeq0$ be a fixed symmetric matrix with all $\nabla f_i(x)$ in its range; $\|v\|_B^2=\langle v,Bv\rangle$, $\|g\|_{B^+}^2=\langle g,B^+g\rangle$. Let each $f_i$ be $L_B$-smooth in these norms, $\|\nabla f_i(x)-\nabla f_i(y)\|_{B^+}\le L_B\|x-y\|_B$. With an index $i_t$, $g=\nabla f_{i_t}(x_t)$ and $h_t=f_{i_t}(x_t)-f_{i_t}(x_\star)$,
$$ x_{t+1}=x_t-\frac{h_t}{\|g\|_{B^+}^2}\,B^+g,\qquad\text{and }x_{t+1}=x_t\text{ if }h_t=0 . $$

**Theorem (psps-fixed).** For every sequence of indices and every $T$
$$ \|x_T-x_\star\|_B^2+\frac3{2L_B}\sum_{t<T}h_t\;\le\;\|x_0-x_\star\|_B^2 . $$

**Theorem (psps-average).** With independent indices, equally likely, and $\bar x_T=\frac1T\sum_{t<T}x_t$,
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{2L_B\,\|x_0-x_\star\|_B^2}{3T} . $$

No sample ever leads away from $x_\star$, in the norm of $B$. In a good metric $L_B$ is near 1 and $\|x_0-x_\star\|_B^2$ near $2(f(x_0)-f_\star)$, whatever the condition number.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../preconditioning/metric.h"

enum { L_B, D2_B }; /* needs */

/* L_B of the terms from that of f: n f = sum of f_i bends at least as much as each of them. */
NUMBER(smoothness, (c->n > 1 ? (double)c->n : 1) * c->need[L_B])

FORMULA(bound, t, c->need[D2_B])

FORMULA(bound_average, t, 2 * smoothness(c) * c->need[D2_B] / (3 * t))

/*:
## Proof

Let $\gamma=h_t/\|g\|_{B^+}^2$. As $B B^+g=g$,
$$ \|x_t-x_\star\|_B^2-\|x_{t+1}-x_\star\|_B^2=2\gamma\langle g,x_t-x_\star\rangle-\gamma^2\|g\|_{B^+}^2=\gamma\bigl(2\langle g,x_t-x_\star\rangle-h_t\bigr) . $$
$f_i$ is convex, smooth, and has no slope at $x_\star$. In the coordinates $B^{1/2}x$ lem-convex-smooth says
$$ \langle g,x_t-x_\star\rangle\ge h_t+\frac1{2L_B}\|g\|_{B^+}^2,\qquad\|g\|_{B^+}^2\le2L_Bh_t . $$
So the decrease is at least $\gamma h_t+\frac{\gamma\|g\|_{B^+}^2}{L_B}=\frac{h_t^2}{\|g\|_{B^+}^2}+\frac{h_t}{L_B}\ge\frac{h_t}{2L_B}+\frac{h_t}{L_B}$. Sum over $t$. $\square$

*The average.* Given $x_t$, the mean of $h_t$ is $f(x_t)-f_\star$. So the mean of the theorem says $\frac3{2L_B}\sum_t\mathbb E[f(x_t)-f_\star]\le\|x_0-x_\star\|_B^2$; divide by $T$, and use convexity. $\square$

*What $L_B$ is.* If $\nabla^2f\preceq\ell B$ then $L_B=n\ell$ will do: convex terms have $\nabla^2f_i\preceq\sum_j\nabla^2f_j=n\nabla^2f$. This is what is claimed here. For $n=1$ it is $\ell$.

*Letters.* $B$ is a matrix; $h_t$ is a value, no composite part.

## How sharp it is

Exactly, at every $T$: a quadratic with its Hessian for $B$. Then $L_B=1$, $h_t=\frac12\|x_t-x_\star\|_B^2$, $\gamma=\frac12$: each step halves $x_t-x_\star$, and $\frac14+\frac34=1$. The sharp instance has the condition number $10^8$ and gets $4^{-T}$ of $f$; without $B$ twenty Polyak steps leave $0.4\,\%$ of it. The average
reaches ${{psps-average#1.max_ratio:3}}$, at $T=2$.

## What is run

Convex sums whose terms have a common minimiser, in the metric of their rows, and quadratics in the metric of their Hessian.

## What must fail

$\frac{15}{16}$ of the first bound, where all of it is attained, and $0.8$ of the second. Polyak steps without the matrix on a badly scaled bowl: in the norm of $B$ they do lead away from $x_\star$. Terms without a common minimiser are no case of the theorem, exercise 2.

## Exercises

1. Let $x=Sy$ with an invertible $S$, and $B_y=S^\top BS$. Show that the method makes the same path in $y$.
2. $f_1=\frac12(x-1)^2$ and $f_2=\frac12(x+1)^2$ have no common minimiser. Where is $x_1$ from $x_\star=0$, with $h=f_i(x)-\min f_i$?
3. Why does the proof break when $B$ changes from step to step, as in Adam?
:*/

#define NINE "diagonal:lambda=1e-4/1e-3/1e-2/1e-1/1/10/100/1e3/1e4,start=1/1/1/1/1/1/1/1/1"
SHARP(sharp,
	{ .objective = NINE, .note = "condition number 1e8", .steps = 20, .ratio = 1 },
	{ .objective = "least-squares:n=30,d=5,noise=0", .note = "30 terms with one minimiser", .steps = 100 })
CONTROL(control,
	{ .objective = NINE, .note = "15/16 of the bound", .steps = 20, .factor = 15.0 / 16 },
	{ .objective = "diagonal:lambda=1/100,start=10/0.1", .note = "Polyak steps without the matrix", .steps = 20,
	  .method = "psps:metric=none" })
SHARP(sharp_average,
	{ .objective = NINE, .note = "a quadratic, two steps", .steps = 2, .ratio = 27.0 / 32 },
	{ .objective = "least-squares:n=30,d=5,noise=0", .note = "30 terms with one minimiser", .steps = 100 })
CONTROL(control_average,
	{ .objective = NINE, .note = "0.8 of the bound; 27/32 is attained", .steps = 2, .factor = 0.8 })

/*: {.plumbing} :*/
/* |x_t - x_star|_B^2 and 3/(2 L_B) of what was paid; a value of a term has the rounding errors of f_i(x_star) and of
 * products with its Hessian, of length L, too. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *paid;
	double weight = 1.5 / smoothness(v->c), curved = isfinite(v->c->L) ? v->c->L * v->c->D2 : 0;

	if (v->find(v, "paid", &paid))
		return v->run->call->fail(v->run, "the method has no state `paid`");
	if (measure_dist2_metric(v, q, s, b))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] += weight * paid[r * v->run->ld];
		s[r] += weight * (paid[r * v->run->ld] + (double)v->t * (fabs(v->c->f_star) + curved));
	}
	return RATE_OK;
}

static const char *const needs[] = {
	[L_B] = "L_metric", [D2_B] = "D2_metric", "finite-sum/1", "convex", "interpolation", "x_star", "f_star",
	"whole space", "no composite",
};

static const char *applies(const rate_case *c)
{
	return c->d > LARGEST ? "for d <= 256, as the metric is taken apart" : NULL;
}

#define PSPS \
	"method: Abdukhakimov, Xiang, Kamzolov and Takac, Stochastic Gradient Descent with Preconditioned Polyak " \
	"Step-size, arXiv:2310.02093; proved in this file"

CLAIM(psps_fixed,
	.id = "psps-fixed", .chapter = "adaptive", .title = "Polyak steps in a metric, every path",
	.statement = "f_i convex, L_B-smooth in ‖·‖_B, one minimiser for all, any indices: "
	             "‖x_T − x*‖²_B + (3/(2L_B)) Σ_{t<T} (f_i(x_t) − f_i*) ≤ ‖x_0 − x*‖²_B",
	.quantity = "‖x_t − x*‖²_B + (3/(2L_B)) Σ h_s", .formula = "‖x_0 − x*‖²_B", .source = PSPS,
	.kind = RATE_DETERMINISTIC, .method = "psps", .needs = RATE_LIST(needs), .applies = applies, .bound = bound,
	.measure = measure, SHARP_AND_CONTROL)

CLAIM(psps_average,
	.id = "psps-average", .chapter = "adaptive", .title = "Polyak steps in a metric, the average",
	.statement = "f_i convex, L_B-smooth in ‖·‖_B, one minimiser for all: E f(x̄_T) − f* ≤ 2L_B‖x_0 − x*‖²_B/(3T)",
	.quantity = "E f(x̄_t) − f*", .formula = "2L_B D²_B/(3t)", .source = PSPS,
	.kind = RATE_EXPECTATION, .method = "psps", .needs = RATE_LIST(needs), .power = 1, .applies = applies,
	.bound = bound_average, GAP_OF_AVERAGE, .sharp = sharp_average, .control = control_average)
