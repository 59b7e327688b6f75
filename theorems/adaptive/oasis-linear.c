/*:
# A diagonal from random signs

The diagonal of a Hessian costs $d$ products with it, an estimate costs one: for a vector $z$ of independent signs, $z\odot Hz$ has the diagonal of $H$ as its mean.

**Theorem (Hutchinson).** Let $H$ be symmetric and $z$ uniform on $\{-1,1\}^d$. Then
$$ \mathbb E\,z_i(Hz)_i=H_{ii},\qquad\operatorname{Var}z_i(Hz)_i=\sum_{j\ne i}H_{ij}^2 . $$

**Proof.** $z_i(Hz)_i=H_{ii}+\sum_{j\ne i}H_{ij}z_iz_j$, and for $j\ne i$ the products $z_iz_j$ have mean 0, variance 1, and are uncorrelated. $\square$

For diagonal $H$ one product is enough. Normals in the place of signs add $2H_{ii}^2$ to the variance.

# OASIS

**Theorem.** Let $f$ be twice differentiable, $L$-smooth on $\mathbb R^d$ with $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$, $\mu>0$. Let $a>0$, $0<\gamma\le\frac aL$, $0\le\beta<1$, and at each step with fresh signs $z$
$$ h=z\odot\nabla^2f(x_t)z,\qquad D_t=\beta D_{t-1}+(1-\beta)h\quad(D_0=h), $$
$$ E_t=\max(|D_t|,a),\qquad x_{t+1}=x_t-\gamma\,\nabla f(x_t)/E_t, $$
everything by coordinates. On every path, whatever the signs, with $r=\gamma/\max\{a,\sqrt d\,L\}$
$$ f(x_T)-f_\star\;\le\;\bigl[(1-\mu r)^2+\mu(L-\mu)r^2\bigr]^T\bigl(f(x_0)-f_\star\bigr). $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(a) P(beta)
#include "../common.h"

/* In one dimension z z f'' = f''. */
NUMBER(factor, pow(1 - pl * gamma / fmax(a, sqrt((double)c->d) * L), 2) +
                   pl * (L - pl) * pow(gamma / fmax(a, sqrt((double)c->d) * L), 2))
FORMULA(bound, T, d0 * pow(factor(c), T))

/*:
## Proof

$|h_i|\le\sum_j|H_{ij}|\le\sqrt d\,\|He_i\|\le\sqrt d\,L$, hence $a\le E_{t,i}\le\max\{a,\sqrt dL\}$, and the step size $r_i=\gamma/E_{t,i}$ of each coordinate is between $r$ and $\frac\gamma a\le\frac1L$. By smoothness
$$ f(x_{t+1})\le f(x_t)-\sum_ig_i^2\Bigl(r_i-\frac L2r_i^2\Bigr)\le f(x_t)-\Bigl(r-\frac L2r^2\Bigr)\|g\|^2\le f(x_t)-2\mu\Bigl(r-\frac L2r^2\Bigr)(f(x_t)-f_\star) . \qquad\square $$

What is proved is that a bad estimate does no harm; on a diagonal quadratic with a small $a$ and $\gamma=1$, outside of the theorem, the first step is Newton's.

## How sharp it is

Exactly, on $\frac12x^2$ with $a=2$, $\gamma=1$.

## What is run

All sign vectors for Hutchinson, on random symmetric matrices. OASIS on functions with a Hessian and a known $\mu$, with $a=L$; large sums of terms with few steps only.

## What must fail

$0.9$ and $1.1$ of the identity. $0.9$ of the bound; and $\gamma=\frac{4a}L$ on $\frac12(x_1^2+\frac1{10}x_2^2)$: $x_1$ is multiplied by $-3$ in each step, its square by 9, where the formula grows more slowly.

## Exercises

1. The average of $k$ estimates: what is its variance?
2. $H=\frac12(I+J)$, $J$ the $3\times3$ matrix of ones, has the condition number 4. For which $z$ is $h_1=0$? What would a step without truncation do?
:*/

SHARP(sharp,
	{ .objective = "diagonal:lambda=1", .parameters = "gamma=1,a=2", .note = "a = 2L", .steps = 20, .ratio = 1 },
	{ .objective = "quadratic:d=4,kappa=10,spectrum=two-point", .note = "four dimensions", .steps = 64 })
CONTROL(control,
	{ .objective = "diagonal:lambda=1", .parameters = "gamma=1,a=2", .note = "0.9 of the bound", .steps = 20,
	  .factor = 0.9 },
	{ .objective = "diagonal:lambda=1/0.1", .parameters = "gamma=4,a=1", .note = "steps of 4a/L", .steps = 20 })
SHARP(sharp_diag,
	{ .parameters = "d=5,what=mean", .note = "the mean", .ratio = 1 },
	{ .parameters = "d=8,what=variance", .note = "the variance", .ratio = 1 })
CONTROL(control_diag,
	{ .parameters = "d=5,what=mean", .note = "0.9 of the right side", .factor = 0.9 },
	{ .parameters = "d=3,what=variance", .note = "1.1 of it", .factor = 1.1 })

/*: {.plumbing} :*/
static void choose(const rate_case *c, double fraction, double *param)
{
	param[a_] = c->L;
	param[gamma_] = fraction;
}

/* The signs make many paths, and each step of each is a product with a Hessian. */
MUST(applies, (double)c->n * (double)c->T <= 3e4, "more than 30000 steps times terms on each path: give fewer --steps")
MUST(admissible, a > 0 && beta >= 0 && beta < 1 && AT_MOST(gamma, a / L), "0 < gamma <= a/L, 0 <= beta < 1")
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= a/L"),
	[a_] = { "a", RATE_REAL, "auto", 1e-100, 1e100, NULL, "least curvature that is believed" },
	[beta_] = { "beta", RATE_REAL, "0.9", 0, 0.9999999, NULL, "memory of the diagonal" },
};

enum { SIZE, WHAT };
enum { MOST = 8 };

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t d = (size_t)p->c->param[SIZE], all = (size_t)1 << d;
	double z[MOST * MOST], H[MOST * MOST], mean[MOST] = { 0 }, square[MOST] = { 0 }, want[MOST] = { 0 };
	int variance = p->c->param[WHAT] > 0;

	p->host->normals(p->host, p->number, 0, d * d, z);
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++)
			H[i * d + j] = z[i * d + j] + z[j * d + i];
	for (size_t signs = 0; signs < all; signs++)
		for (size_t i = 0; i < d; i++) {
			double product = 0;

			for (size_t j = 0; j < d; j++)
				product += H[i * d + j] * ((signs >> i & 1) == (signs >> j & 1) ? 1 : -1);
			mean[i] += product / (double)all;
			square[i] += product * product / (double)all;
		}
	*s = 0;
	for (size_t i = 0; i < d; i++) {
		*s += variance ? square[i] : sqrt(square[i]);
		square[i] -= mean[i] * mean[i];
		for (size_t j = 0; j < d; j++)
			want[i] += variance ? (i != j) * H[i * d + j] * H[i * d + j] : (i == j) * H[i * d + j];
	}
	*left = along(d, variance ? square : mean);
	*right = along(d, want);
	return RATE_OK;
}

static const rate_param params_diag[] = {
	[SIZE] = { "d", RATE_INTEGER, "4", 1, MOST, NULL, "size of H" },
	[WHAT] = { "what", RATE_CHOICE, "mean", 0, 0, "mean|variance", "what is compared" },
};

CLAIM(hutchinson_diag,
	.id = "hutchinson-diag", .chapter = "adaptive", .title = "The diagonal of a matrix from random signs",
	.statement = "H symmetric, z uniform on {−1, 1}^d: E z_i(Hz)_i = H_ii, Var z_i(Hz)_i = Σ_{j≠i} H_ij²",
	.quantity = "mean or variance of z ⊙ Hz over all z, along a fixed direction", .formula = "H_ii, Σ_{j≠i} H_ij²",
	.source = "standard, after Hutchinson 1990; proved in this file", .kind = RATE_IDENTITY,
	.params = RATE_ROWS(params_diag),
	.evaluate = evaluate, .sharp = sharp_diag, .control = control_diag)

CLAIM(oasis_linear,
	.id = "oasis-linear", .chapter = "adaptive", .title = "OASIS with a fixed step",
	.statement = "f L-smooth, μ-PL, E_t = max(|D_t|, a), γ ≤ a/L, r = γ/max(a, √d L), every path: "
	             "f(x_T) − f* ≤ [(1 − μr)² + μ(L − μ)r²]^T (f(x_0) − f*)",
	.quantity = "f(x_t) − f*", .formula = "[(1 − μr)² + μ(L − μ)r²]^t (f(x_0) − f*)",
	.source = "method: Jahani et al., Doubly Adaptive Scaled Algorithm for Machine Learning Using Second-Order "
	          "Information, 2021; "
	          "the bound is proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "oasis",
	NEEDS("L", "pl", "f_star", "hessian/1", "whole space", "no composite"),
	RANGE, .applies = applies, .bound = bound, .factor = factor, .measure = rate_measure_gap, SHARP_AND_CONTROL)
