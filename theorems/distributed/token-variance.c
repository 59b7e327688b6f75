/*:
# The mean along a walk

A token walks along a reversible chain and takes the mean of what it finds. How far off is it after $T$ steps? Slow eigenvalues cost, and negative ones help.

**Theorem.** Let $P$ be reversible and irreducible with stationary law $\mu$, eigenvalues $1>\lambda_1\ge\lambda_2\ge\dots$ and eigenvectors orthonormal for $\langle f,g\rangle=\sum\mu_if_ig_i$; $\langle f,\mathbf1\rangle=0$, $f_i=\langle f,u_i\rangle$. For a walk $X_1,X_2,\dots$ that starts in $\mu$ and every $T\ge1$
$$ \operatorname{Var}\Bigl(\frac1T\sum_{t\le T}f(X_t)\Bigr)=\sum_if_i^2\Bigl(\frac{1+\lambda_i}{(1-\lambda_i)T}-\frac{2\lambda_i(1-\lambda_i^T)}{T^2(1-\lambda_i)^2}\Bigr). $$

Independent draws would have $\frac1T\sum f_i^2$. On a ring of $N$ agents $1-\lambda_1\sim N^{-2}$: the token must go round $N$ times or so for one good draw.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(n) P(T)
#include "chains.h"

static double formula(const struct chain *c, double T)
{
	double sum = 0;

	for (size_t i = 0; i + 1 < c->n; i++) {
		double l = c->lambda[i], gap = 1 - l;

		sum += c->part[i] * c->part[i] *
		       ((1 + l) / (gap * T) - 2 * l * (1 - pow(l, T)) / (T * T * gap * gap));
	}
	return sum;
}

/*:
## Proof

The covariance of $f(X_s)$ and $f(X_{s+k})$ is $\langle f,P^kf\rangle=\sum f_i^2\lambda_i^k$, so $T^2$ times the variance is $\sum_if_i^2\bigl(T+2\sum_{k=1}^{T-1}(T-k)\lambda_i^k\bigr)$. The sum in it is $\frac{T\lambda}{1-\lambda}-\frac{\lambda(1-\lambda^T)}{(1-\lambda)^2}$, and $T+\frac{2T\lambda}{1-\lambda}=T\,\frac{1+\lambda}{1-\lambda}$. $\square$

## How sharp it is

It is an identity; the left side is the sum of the covariances $\langle f,P^kf\rangle$, made with $P$ alone.

## What is run

Random reversible chains on 2 to 5 states, $T$ up to 60.

## What must fail

$0.9$ times the right side, and $1.1$ times.

## Exercises

1. Which $\lambda$ is best for large $T$?
2. Prove the formula for $\sum_{k=1}^{T-1}(T-k)\lambda^k$.
:*/

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double T = p->c->param[T_], g[MOST], next[MOST], sum = 0;
	struct chain c;

	if (draw_chain(p->host, p->number, (size_t)p->c->param[n_], &c))
		return RATE_FAIL;
	for (size_t i = 0; i < c.n; i++)
		g[i] = c.f[i];
	for (double k = 0; k < T; k++) {
		double inner = 0;

		for (size_t i = 0; i < c.n; i++) {
			inner += c.mu[i] * c.f[i] * g[i];
			next[i] = 0;
			for (size_t j = 0; j < c.n; j++)
				next[i] += c.P[i * c.n + j] * g[j];
		}
		for (size_t i = 0; i < c.n; i++)
			g[i] = next[i];
		sum += (k > 0 ? 2 : 1) * (T - k) * inner;
	}
	*left = sum / (T * T);
	*right = formula(&c, T);
	*s = c.size * c.size / pow(1 - c.lambda[c.n - 2], 2);
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "n=4,T=7", .note = "four states, seven steps", .ratio = 1 },
	{ .parameters = "n=5,T=50", .note = "five states, fifty steps", .ratio = 1 })
CONTROL(control,
	{ .parameters = "n=4,T=7", .note = "0.9 times the right side", .factor = 0.9 },
	{ .parameters = "n=2,T=1", .note = "1.1 times the right side", .factor = 1.1 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[n_] = { "n", RATE_INTEGER, "4", 2, 5, NULL, "states of a random chain" },
	[T_] = { "T", RATE_INTEGER, "10", 1, 60, NULL, "steps" },
};

CLAIM(token_variance,
	.id = "token-variance", .chapter = "distributed", .title = "The variance of the mean along a walk",
	.statement = "P reversible, the start in μ, ⟨f, 1⟩ = 0: Var((1/T) Σ f(X_t)) = "
	             "Σ f_i² ((1+λ_i)/((1−λ_i)T) − 2λ_i(1−λ_i^T)/(T²(1−λ_i)²))",
	.quantity = "Var((1/T) Σ f(X_t))", .formula = "Σ f_i² ((1+λ_i)/((1−λ_i)T) − 2λ_i(1−λ_i^T)/(T²(1−λ_i)²))",
	.source = "classical; proved here",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
