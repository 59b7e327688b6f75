/*:
# Steepest descent in a norm

Steps of one length do not shrink, and stop at a floor. Steepest descent goes as far as smoothness in the norm allows: its step is proportional to the dual norm of the gradient. With $\|\cdot\|_1$ it is greedy coordinate descent, which moves the coordinate with the largest derivative.

Norms, $\mathrm{lmo}$ and the dual norm $\|\cdot\|_*$ are those of *Steps of one length in a norm*.

**Theorem.** Let $f$ be $L_n$-smooth in the norm with $\|\nabla f(x)\|_*^2\ge2\mu_n(f(x)-f_\star)$, $0<\gamma<\frac2{L_n}$, and
$$ x_{t+1}=x_t+\gamma\,\|\nabla f(x_t)\|_*\,\mathrm{lmo}(\nabla f(x_t)) . $$
For every $T$
$$ f(x_T)-f_\star\;\le\;\bigl[(1-\mu_n\gamma)^2+\mu_n(L_n-\mu_n)\gamma^2\bigr]^T\bigl(f(x_0)-f_\star\bigr), $$
at $\gamma=\frac1{L_n}$ with the factor $1-\frac{\mu_n}{L_n}$.

From Euclidean constants $L$ and $\mu$: $L_n=r^2L$ always, with the $r$ of the table there, and $\mu_n=\mu$ for l2, linf and spectral, $\mu_n=\frac\mu d$ for l1.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(norm) P(rows) P(gamma)
#include "norms.h"

static double smooth(const rate_case *c)
{
	return norm_width((int)c->param[norm_], c->d, (size_t)c->param[rows_]) * c->L;
}

static double growth(const rate_case *c)
{
	return (int)c->param[norm_] == NORM_L1 ? c->pl / (double)c->d : c->pl;
}

NUMBER(factor, pow(1 - growth(c) * gamma, 2) + growth(c) * (smooth(c) - growth(c)) * gamma * gamma)
FORMULA(bound, T, d0 * pow(factor(c), T))

/*:
## Proof

Smoothness in the norm, with $\eta=\gamma\|g\|_*$ and $\langle g,\mathrm{lmo}(g)\rangle=-\|g\|_*$, gives
$$ f(x_{t+1})\le f(x_t)-\gamma\|g\|_*^2+\frac{L_n}2\gamma^2\|g\|_*^2\le f(x_t)-2\mu_n\gamma\Bigl(1-\frac{L_n\gamma}2\Bigr)(f(x_t)-f_\star), $$
and $1-2\mu_n\gamma(1-\frac{L_n\gamma}2)$ is the bracket, written so that nothing cancels. The constants: $\|g\|_1\ge\|g\|_2$, the nuclear norm is at least the Frobenius norm, and $\|g\|_\infty^2\ge\frac1d\|g\|_2^2$. $\square$

## How sharp it is

Attained: greedy coordinates on $\frac12\|x\|^2$ from $(1,\dots,1)$, where one step removes one of $d$ equal terms, and $\mu_n=\frac1d$ is right. After $\frac d2$ of them half of the terms are gone, and $(1-\frac1d)^{d/2}\approx0.6$ is claimed: $0.838$ for $d=16$. Signs on $\frac12\|x\|^2$ in two dimensions from $(1,0)$, nearly: half of $f$ is left.

## What is run

The exact spectral step on every smooth function with a known $\mu$; signs and greedy coordinates on instances.

## What must fail

$0.9$ of the bound. With the Euclidean $\mu_n=\mu$ greedy coordinates would be at the minimiser of $\frac12\|x\|^2$ after one step: $\frac1{30}$ of the bound.

## Exercises

1. $f=\frac12\sum\lambda_ix_i^2$ has $\mu_n=1/\sum\frac1{\lambda_i}$ for l1. Between which numbers is it, for given $\mu=\min\lambda_i$?
2. What is the factor of sign descent on $\frac12\|x\|^2$ in $\mathbb R^d$, with $\gamma=\frac1{L_n}$?
:*/

#define SIXTEEN "diagonal:lambda=1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1"
SHARP(sharp,
	{ .objective = SIXTEEN, .parameters = "norm=l1,gamma=1", .note = "greedy coordinates, one of 16", .steps = 1,
	  .ratio = 1 },
	{ .objective = SIXTEEN, .parameters = "norm=l1,gamma=1", .note = "half of them", .steps = 8 },
	{ .objective = "diagonal:lambda=1/1,start=1/1e-9", .parameters = "norm=linf,gamma=0.5", .note = "signs",
	  .steps = 1,
	  .ratio = 1 },
	{ .objective = "diagonal:lambda=1/0.5,start=1", .parameters = "norm=spectral,rows=1,gamma=1", .note = "one row",
	  .steps = 4 })
CONTROL(control,
	{ .objective = SIXTEEN, .parameters = "norm=l1,gamma=1", .note = "0.9 of the bound", .steps = 1,
	  .factor = 0.9 },
	{ .objective = SIXTEEN, .parameters = "norm=l1,gamma=1", .note = "a thirtieth", .steps = 8, .factor = 0.0333 })

/*: {.plumbing} :*/
static void choose(const rate_case *c, double fraction, double *param)
{
	param[rows_] = (double)squarest(c->d);
	param[gamma_] = fraction / (norm_width(NORM_SPECTRAL, c->d, (size_t)param[rows_]) * c->L);
}

MUST(applies, L > 0, "L = 0: f is linear")

static const char *admissible(const rate_case *c)
{
	if (!norm_fits((int)c->param[norm_], c->d, (size_t)c->param[rows_]))
		return FITS;
	return c->param[gamma_] > 0 && c->param[gamma_] * smooth(c) < 2 ? NULL : "0 < gamma < 2/L_n";
}

static const rate_param params[] = { [norm_] = OF_NORM("spectral"), [rows_] = OF_ROWS,
	                                 [gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L_n") };

CLAIM(steepest_linear,
	.id = "steepest-linear", .chapter = "norms", .title = "Steepest descent in a norm",
	.statement = "f L_n-smooth in ‖·‖, ‖∇f‖_*² ≥ 2μ_n(f − f*), 0 < γ < 2/L_n, x_{t+1} = x_t + γ‖∇f(x_t)‖_* "
	             "lmo(∇f(x_t)): "
	             "f(x_T) − f* ≤ [(1 − μ_nγ)² + μ_n(L_n − μ_n)γ²]^T (f(x_0) − f*)",
	.quantity = "f(x_t) − f*", .formula = "[(1 − μ_nγ)² + μ_n(L_n − μ_n)γ²]^t (f(x_0) − f*)",
	.source = "standard; greedy coordinates: Nutini et al., Coordinate Descent Converges Faster with the "
	          "Gauss-Southwell Rule Than "
	          "Random Selection, 2015; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "steepest", NEEDS("L", "pl", "f_star", "whole space", "no composite"),
	RANGE,
	.applies = applies, .bound = bound, .factor = factor, .measure = rate_measure_gap, SHARP_AND_CONTROL)
