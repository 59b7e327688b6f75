/*:
# Cyclic block steps: how small does a subgradient become?

One block after the other, each with the newest values of all others. No step looks at the whole gradient. After a cycle, how near to stationary is the point?

**Theorem.** Let $F=f+\sum_jh_j(x^j)$ with $f(x)=\frac12x^\top Ax-b^\top x$ ($A$ symmetric, perhaps indefinite), $h_j$ closed and convex, $F$ bounded below by $F_\star$, and $\gamma\lambda_{\max}(A_{jj})\le1$ for every diagonal block. One cycle is
$$ x^j\leftarrow\operatorname{prox}_{\gamma h_j}\bigl(x^j-\gamma\nabla_jf(x)\bigr),\qquad j=1,\dots,m\text{ in turn}; $$
$x_k$ is the point after $k$ cycles. Split $A=N+D+U$ into the blocks below, on and above the diagonal, and let
$$ C=\|\gamma(U+D)-I\|_2,\qquad s_k=\bigl(U+D-\tfrac1\gamma I\bigr)(x_k-x_{k-1}) . $$
Then $s_k\in\partial F(x_k)$, and for every $K\ge1$
$$ \frac1K\sum_{k=1}^K\gamma\|s_k\|^2\;\le\;\frac{2C^2\,(F(x_0)-F_\star)}K . $$

The constant $C$ sees only what is above the diagonal: how much a block is disturbed by those that move after it.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blocks.h"

enum { SUM, SPREAD, KEPT };

/* M = gamma (U + D) - I; size: that of the blocks */
static void upper_part(size_t d, size_t size, double gamma, double *A)
{
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++)
			A[i * d + j] = (i / size > j / size ? 0 : gamma * A[i * d + j]) - (i == j);
}

FORMULA(rate, t, 2 * d0 / t)

/*:
(`rate` is the bound without $C^2$, which is computed from the matrix of the instance.)

## Proof

*A block step.* Let $d$ be the move of block $j$ from the point $x$. As $\gamma\lambda_{\max}(A_{jj})\le1$,
$$ f(x+d)\le f(x)+\langle\nabla_jf(x),d\rangle+\tfrac1{2\gamma}\|d\|^2 . $$
The new block minimises $\langle\nabla_jf(x),\cdot\rangle+\frac1{2\gamma}\|\cdot\|^2+h_j$, which is $\frac1\gamma$-strongly convex, so the old block is worse by $\frac1{2\gamma}\|d\|^2$ at least:
$$ \langle\nabla_jf(x),d\rangle+\tfrac1{2\gamma}\|d\|^2+h_j(\text{new})\le h_j(\text{old})-\tfrac1{2\gamma}\|d\|^2 . $$
Hence $F$ falls by $\frac1{2\gamma}\|d\|^2$, and over a cycle, in which every block moves once,
$$ F(x_{k-1})-F(x_k)\ge\tfrac1{2\gamma}\|x_k-x_{k-1}\|^2 . \qquad(1) $$
*The subgradient.* Block $j$ moved by $d_j$ from a point $y_j$ whose blocks before $j$ are new and whose others are old. Optimality of its step says $-\nabla_jf(y_j)-\frac1\gamma d_j\in\partial h_j(x_k^j)$, so
$$ \nabla_jf(x_k)-\nabla_jf(y_j)-\tfrac1\gamma d_j=\sum_{i\ge j}A_{ji}d_i-\tfrac1\gamma d_j $$
lies in $\partial_jF(x_k)$. This is block $j$ of $s_k$. So $\sqrt\gamma\,\|s_k\|\le\frac C{\sqrt\gamma}\|x_k-x_{k-1}\|$; square it, insert (1) and sum. $\square$

## How sharp it is

Attained at every $K$, also with an $\ell_1$ norm: $A=\begin{pmatrix}1&c\\c&1\end{pmatrix}$, $\gamma=1$, $h=3c\|x\|_1$, $b=(0,1+3c)$, $x_0=(0,2)$. The first coordinate stays at 0, the second moves from 2 to 1, and $(0,1)$ is the solution;
$C=c$, $F(x_0)-F_\star=\frac12$ and $\|s_1\|^2=c^2$.

## What is run

Quadratics with and without $\ell_1$ norms, by single coordinates. The method keeps $s_k$ itself, from gradients that it sees; the host looks whether $h$ is separable.

## What must fail

0.9 of the bound. All blocks from the old point at once: with twenty coordinates coupled by 0.9 that diverges.

## Exercises

1. What is $C$ for one block ($m=1$) and $A\succeq0$?
2. What does $C=0$ say?
3. $f$ quadratic without $h$, $\gamma=1$ and all $A_{jj}=1$: what is $s_k$?
:*/

#define LASSO "coupled:d=2,c=0.5,b=0/2.5,start=0/2+l1:lambda=1.5"
SHARP(sharp,
	{ .objective = LASSO, .parameters = "gamma=1", .note = "solved in one cycle, coordinate by coordinate",
	  .steps = 32, .ratio = 1 },
	{ .objective = "coupled:d=2,c=0.1,start=-0.1/1", .parameters = "gamma=1",
	  .note = "a weak coupling: 1/(1 + c^2)", .steps = 30,
	  .ratio = 0.99 },
	{ .objective = "least-squares:n=50,d=20,noise=0.5+l1:lambda=0.05", .note = "the lasso" })
CONTROL(control,
	{ .objective = LASSO, .parameters = "gamma=1", .note = "0.9 of the bound, which is attained", .steps = 32,
	  .factor = 0.9 },
	{ .objective = "coupled:d=20,c=0.9", .parameters = "gamma=1", .note = "all coordinates from the old point",
	  .steps = 20,
	  .method = "block-prox:sweep=jacobi" })

/*: {.plumbing} :*/
static int observe(rate_view *v)
{
	size_t d = v->run->d;
	double *A, spread;
	const double *s;

	if (v->t) {
		if (v->find(v, "residual", &s))
			return RATE_FAIL;
		for (size_t r = 0; r < v->run->nrep; r++)
			for (size_t j = 0; j < d; j++)
				rate_acc(v, KEPT, r)[SUM] += v->c->param[gamma_] * s[r * v->run->ld + j] *
				                             s[r * v->run->ld + j];
		return RATE_OK;
	}
	if (!(A = malloc(2 * d * d * sizeof *A)) || read_matrix(v, A)) {
		free(A);
		return RATE_FAIL;
	}
	upper_part(d, (size_t)v->c->param[size_], v->c->param[gamma_], A);
	spread = norm_above(d, A, A + d * d);
	for (size_t r = 0; r < v->run->nrep; r++)
		rate_acc(v, KEPT, r)[SPREAD] = spread;
	free(A);
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *scale, double *b)
{
	const double *s, *x = v->state[0], gamma = v->c->param[gamma_];
	double t = v->t ? (double)v->t : 1;

	if (v->find(v, "residual", &s))
		return RATE_FAIL;
	rate_dot(v->run, s, s, q);
	rate_dot(v->run, x, x, scale);
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);
		double size = v->c->L + 1 / gamma;

		q[r] = (kept[SUM] + gamma * q[r]) / t;
		scale[r] = q[r] + gamma * size * size * (scale[r] + v->c->D2);
		b[r] = kept[SPREAD] * kept[SPREAD] * rate(v->c, t);
	}
	return RATE_OK;
}

CLAIM(bcd_composite,
	.id = "bcd-composite", .chapter = "coordinate-descent", .title = "Cyclic block proximal steps",
	.statement = "f quadratic, h separable and convex, γλ_max(A_jj) ≤ 1, C = ‖γ(U + D) − I‖: "
	             "(1/K) Σ_{k≤K} γ‖s_k‖² ≤ 2C²(F(x_0) − F*)/K, s_k ∈ ∂F(x_k)",
	.quantity = "(1/t) Σ_{k≤t} γ‖s_k‖²", .formula = "2C² d₀/t",
	.source = "after Cai, Song, Wright and Diakonikolas, Cyclic block coordinate descent with variance "
	          "reduction for composite "
	          "nonconvex optimization, arXiv:2212.05088, deterministic part; proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "block-prox",
	NEEDS([L_COORD] = "L_coord", "L", "L_2", "x_star", "f_star", "separable", "whole space"),
	.params = RATE_ROWS(block_params),
	.accumulators = KEPT, .power = 1, .applies = small_quadratic, .choose = choose_block,
	.admissible = admissible_block,
	.observe = observe, .measure = measure, SHARP_AND_CONTROL)
