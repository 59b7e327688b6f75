/*:
# Cyclic blocks, sampled: an estimate that is renewed block by block

Blocks move in turn, and even their piece of the gradient is too dear to compute every time. Each block keeps a running estimate, as PAGE does, but it renews it only when its turn comes, after all others have moved. What does it cost that an estimate is a whole cycle old by then?

**Theorem.** Let $f=\frac1n\sum_if_i$ be bounded below, not necessarily convex, and split the coordinates into $m$ blocks, in each of which $f$ is $M$-smooth:
$$ f(x+s)\le f(x)+\langle\nabla_jf(x),s\rangle+\tfrac M2\|s\|^2\qquad\text{for }s\text{ in block }j . $$
Let numbers $l_{ai}\ge0$ be such that for every coordinate $a$, all $x,y$ and a uniform $r$
$$ \mathbb E_r\bigl(\partial_af_r(x)-\partial_af_r(y)-\partial_af(x)+\partial_af(y)\bigr)^2\le\sum_il_{ai}^2(x_i-y_i)^2,\qquad \ell^2=\max_i\sum_al_{ai}^2 . $$
Number the blocks from 0. Step $t=0,1,\dots$ moves block $j=j(t)$, the remainder of $t$ divided by $m$: all in turn. In the first $m$ steps $g^j\leftarrow\nabla_jf(x_t)$; then, with a fresh coin and a fresh subset $B$ of $b$ terms,
$$ g^j\leftarrow\begin{cases}\nabla_jf(x_t)&\text{with probability }p,\\ g^j+\nabla_jf_B(x_t)-\nabla_jf_B(x_{t-m})&\text{otherwise.}\end{cases} $$
In both cases $x_{t+1}^j=x_t^j-\gamma g^j$, and the other blocks stay. Let $\omega=\frac{n-b}{b(n-1)}$ (0 if $n=1$), $\theta=\gamma^2\ell^2\omega\frac{1-p}p$ and $\gamma M+\theta\le1$. Then for every $T\ge1$
$$ \frac1T\sum_{t<T}m\,\mathbb E\|\nabla_{j(t)}f(x_t)\|^2\;\le\;\frac{2m\,(f(x_0)-f_\star)}{\gamma\beta T},\qquad\beta=1+\frac{1-\gamma M-\theta}{(1+\sqrt\theta)^2} . $$

The pieces of one cycle add up to the square of a gradient, of which every piece is taken where its block is about to move. With $T=mk$ the right side is $\frac{2(f(x_0)-f_\star)}{\gamma\beta k}$ after $k$ cycles: the form of PAGE after $k$ steps, with the smoothness of a block in the place of $L$ and an $\ell$ that is shared out among the coordinates.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(p) P(size)
#include "../common.h"

#include <stdlib.h>

enum { L_COORD, L_VAR_COORD };

/* M: of single coordinates the host knows it, blocks of several are as smooth as f. */
static double smoothness(const rate_case *c, double size)
{
	return size > 1 ? c->L : c->need[L_COORD];
}

/* omega l^2 (1 - p)/p, so that theta = gamma^2 spread */
static double spread(const rate_case *c, double p)
{
	double n = (double)c->n, b = (double)c->batch, omega = n > 1 ? (n - b) / (b * (n - 1)) : 0;

	return omega * c->need[L_VAR_COORD] * c->need[L_VAR_COORD] * (1 - p) / p;
}

NUMBER(theta, gamma * gamma * spread(c, p))
NUMBER(beta, 1 + fmax(0, 1 - gamma * smoothness(c, size) - theta(c)) / pow(1 + sqrt(theta(c)), 2))
NUMBER(blocks, ceil((double)c->d / size))

FORMULA(bound, t, 2 * blocks(c) * d0 / (gamma * beta(c) * t))

/*:
(`blocks` is $m$, `spread` is $\theta/\gamma^2$.)

## Proof

Write $\nabla_t=\nabla_{j(t)}f(x_t)$, $g_t$ for the piece that step $t$ moves by, and $e_t=g_t-\nabla_t$. Sums are $S_\nabla=\sum_{t<T}\mathbb E\|\nabla_t\|^2$, and $S_g$, $S_e$ alike.

*A step.* As $f$ is $M$-smooth in block $j(t)$ and $2\langle\nabla_t,g_t\rangle=\|\nabla_t\|^2+\|g_t\|^2-\|e_t\|^2$,
$$ f(x_{t+1})\le f(x_t)-\tfrac\gamma2\bigl(\|\nabla_t\|^2+(1-\gamma M)\|g_t\|^2-\|e_t\|^2\bigr) . $$
Take means and sum over $t<T$; $f(x_T)\ge f_\star$:
$$ S_\nabla+(1-\gamma M)S_g-S_e\le\tfrac2\gamma\bigl(f(x_0)-f_\star\bigr) . \qquad(1) $$
*The errors.* In the first $m$ steps, and after a full gradient, $e_t=0$. Otherwise, as block $j(t)$ moved last at step $t-m$ and its estimate was $\nabla_{t-m}+e_{t-m}$,
$$ e_t=e_{t-m}+z,\qquad z=\nabla_jf_B(x_t)-\nabla_jf_B(x_{t-m})-\nabla_jf(x_t)+\nabla_jf(x_{t-m}) . $$
Both points are known before $B$ is drawn, so $z$ has mean 0 given the past, and the mean over a subset of size $b$ has $\omega$ times the variance of one term. With $\delta=x_t-x_{t-m}$, for $t\ge m$,
$$ \mathbb E\|e_t\|^2\le(1-p)\Bigl(\mathbb E\|e_{t-m}\|^2+\omega\sum_{a\in\text{block }j(t)}\sum_il_{ai}^2\,\mathbb E\delta_i^2\Bigr) . $$
In the $m$ steps from $t-m$ to $t-1$ every coordinate moves exactly once, so $\delta_i$ is a single move of coordinate $i$, made at a step $s$ with $s<t\le s+m$. Turn this round: among the $m$ steps $s+1,\dots,s+m$ the block of a given coordinate $a$ has its turn exactly once. So in the sum over all $t<T$ the square of a move of coordinate $i$ at step $s$ appears at most once for each $a$, in all with a weight of at most $\sum_al_{ai}^2\le\ell^2$; and the moves of step $s$ are those of $-\gamma g_s$. The sum over $t$ is
$$ S_e\le(1-p)\bigl(S_e+\omega\ell^2\gamma^2S_g\bigr),\qquad\text{that is}\qquad S_e\le\theta S_g . \qquad(2) $$
*Together.* $\nabla_t=g_t-e_t$, and Minkowski's inequality for the sums gives $\sqrt{S_\nabla}\le\sqrt{S_g}+\sqrt{S_e}\le(1+\sqrt\theta)\sqrt{S_g}$. Insert (2), then this, into (1); the coefficient $1-\gamma M-\theta$ is not negative:
$$ \tfrac2\gamma\bigl(f(x_0)-f_\star\bigr)\ge S_\nabla+(1-\gamma M-\theta)S_g\ge\Bigl(1+\frac{1-\gamma M-\theta}{(1+\sqrt\theta)^2}\Bigr)S_\nabla=\beta S_\nabla . $$
Divide by $\beta$ and multiply by $\frac mT$. $\square$

*Quadratic terms.* Let $H_r$ be the Hessian of term $r$, $\bar H$ that of $f$, $G_a=\mathbb E_rh_rh_r^\top$ with $h_r$ row $a$ of $H_r-\bar H$. The left side of the condition is $s^\top G_as$, $s=x-y$, and $2|s_is_k|\le s_i^2+s_k^2$ shows that $l_{ai}^2=\sum_k|(G_a)_{ik}|$ serves. This is how $\ell$ is computed. It does not depend on the blocks.

## How sharp it is

Attained in the limit, in two ways. Without chance ($p=1$, $\gamma=\frac1M$, a quadratic with the diagonal $M$) a step lowers $f$ by exactly $\frac1{2M}\|\nabla_t\|^2$, and only $f(x_T)-f_\star$ is lost: two coordinates coupled by $\frac12$ come from 0.979 after one cycle to 1. With chance, a separable sum whose coordinates are each one parabola and one zero: every block is PAGE's own sharp instance, at $p=\frac12$ and the largest step 0.618.

## What is run

Sums of quadratics with few coordinates, by single coordinates and by blocks; the mean is exact, over all subsets times both sides of the coin, and sampled only where rounding hides the map of a step.

## What must fail

0.9 of the bound, where it is attained with and without chance. A step that forgets $\theta$, with a rare coin.

## Exercises

1. What is the theorem for one block, $m=1$?
2. Draw the coin and the subset once in a cycle, for all its blocks. Which line of the proof is lost?
3. What is $\ell^2$ if every $H_r-\bar H$ is diagonal, and what if every one is $\sigma\mathbf 1\mathbf 1^\top$ or $-\sigma\mathbf 1\mathbf 1^\top$?
4. *Compute.* Gauss and Seidel on two coordinates with the coupling $\frac12$, $\gamma=1$: what does the theorem promise, and how much of it is given away after one cycle from $(1,-0.3)$?
:*/

#define COUPLED "coupled:d=2,c=0.5,start=1/-0.3"
#define APART "quadratic:d=2,spectrum=one+bernoulli:p=2"
SHARP(sharp,
	{ .objective = COUPLED, .parameters = "gamma=1,p=1", .note = "Gauss and Seidel: 32 cycles", .steps = 64,
	  .ratio = 1 },
	{ .objective = COUPLED, .parameters = "gamma=1,p=1", .note = "one cycle", .steps = 2, .ratio = 0.979 },
	{ .objective = APART, .parameters = "p=0.5", .note = "a parabola and a zero in each coordinate, largest step",
	  .steps = 64, .ratio = 1 },
	{ .objective = "least-squares:n=10,d=4,noise=0.5", .parameters = "p=0.3", .note = "least squares, exactly",
	  .steps = 64 },
	{ .objective = "least-squares:n=10,d=5,noise=0.5", .parameters = "p=0.3,size=2", .note = "blocks of 2, 2 and 1",
	  .steps = 64 })
CONTROL(control,
	{ .objective = COUPLED, .parameters = "gamma=1,p=1", .note = "0.9 of the bound", .steps = 64, .factor = 0.9 },
	{ .objective = APART, .parameters = "p=0.5", .note = "0.9 of the bound, with chance", .steps = 64,
	  .factor = 0.9 },
	{ .objective = "quadratic:d=2,spectrum=one+bernoulli:p=10", .parameters = "gamma=0.9,p=0.02",
	  .note = "a step that forgets theta", .steps = 400 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma M + theta <= 1"),
	[p_] = { "p", RATE_REAL, "auto", 1e-9, 1, NULL, "probability of a full gradient" },
	[size_] = { "size", RATE_INTEGER, "1", 1, 1e9, NULL, "coordinates of a block" },
};

/* As in page: the usual coin, unless one is given, and the largest step. */
static void choose(const rate_case *c, double fraction, double *param)
{
	double b = (double)c->batch, p = c->param && c->param[p_] > 0 ? c->param[p_] : b / ((double)c->n + b);
	double M = smoothness(c, param[size_]);

	param[p_] = p;
	param[gamma_] = fraction * 2 / (M + sqrt(M * M + 4 * spread(c, p)));
}

static const char *few(const rate_case *c)
{
	double d = (double)c->d;

	return (double)c->n * d * d * d > 4000 ? "computed for n d^3 up to 4000" : NULL;
}

MUST(admissible, AT_MOST(gamma * smoothness(c, size) + theta(c), 1), "gamma M + theta <= 1")

/* m |grad_j f(x_t)|^2, j the block that moves next; its rounding error is at most that of the whole gradient. */
static int measure(rate_view *v, double *q, double *scale, double *b)
{
	rate_run *run = v->run;
	size_t size = (size_t)v->c->param[size_], m = (run->d + size - 1) / size, first = (size_t)(v->t % m) * size;
	size_t end = first + size < run->d ? first + size : run->d;
	double *g = aligned_alloc(64, run->nrep * run->ld * sizeof *g);
	int failed = !g || rate_gradient(run, v->state[0], g) || rate_grad2_of(v, v->state[0], q, scale);

	(void)b;
	for (size_t r = 0; r < run->nrep && !failed; r++) {
		q[r] = 0;
		scale[r] *= (double)m;
		for (size_t i = first; i < end; i++)
			q[r] += (double)m * g[r * run->ld + i] * g[r * run->ld + i];
	}
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

CLAIM(bcd_page,
	.id = "bcd-page", .chapter = "coordinate-descent", .title = "Cyclic blocks with recursive variance reduction",
	.statement = "f M-smooth in each of m blocks, θ = γ²ℓ²ω(1 − p)/p, γM + θ ≤ 1: "
	             "(1/T) Σ_{t<T} m E‖∇_{j(t)} f(x_t)‖² ≤ 2m(f(x_0) − f*)/(γβT), β = 1 + (1 − γM − θ)/(1 + √θ)²",
	.quantity = "mean over s < t of m E‖∇_{j(s)} f(x_s)‖²", .formula = "2m d₀/(γβt)",
	.source = "after Cai, Song, Wright and Diakonikolas, Cyclic block coordinate descent with variance "
	          "reduction for composite nonconvex optimization, arXiv:2212.05088; "
	          "this estimate and these constants are proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS, .method = "block-page",
	NEEDS([L_COORD] = "L_coord", [L_VAR_COORD] = "L_var_coord", "L", "f_star", "no composite", "finite-sum/1"),
	RANGE, .applies = few, .power = 1, .bound = bound, .transient = bound, .measure = measure, SHARP_AND_CONTROL)
