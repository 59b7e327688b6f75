/*:
# How large a batch passes the norm test

An adaptive batch is as large as it has to be, and no larger: so large that the noise of its gradient is a given share $\theta$ of the gradient itself. When is that?

**Theorem.** Let $g_1,\dots,g_n\in\mathbb R^d$ have the mean $g$, $V=\frac1n\sum\|g_i-g\|^2$ and $\theta>0$. Let $b=1$ if $V=0$, $b=n$ if $g=0<V$, and else
$$ b=\Bigl\lceil\frac{nV}{V+(n-1)\theta^2\|g\|^2}\Bigr\rceil . $$
Then the mean $g_B$ over a random subset $B$ of $b$ terms, drawn without replacement, has
$$ \mathbb E\|g_B\|^2\;\le\;(1+\theta^2)\|g\|^2, $$
and $b$ is the smallest size for which this holds.

So SGD with such batches sees gradients with $\mathbb E\|g_B\|^2\le(1+\theta^2)\|\nabla f\|^2$: strong growth, which otherwise only interpolation gives.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

/*:
## Proof

By minibatch-variance $\mathbb E\|g_B-g\|^2=V\frac{n-b}{b(n-1)}$, which falls in $b$. It is at most $\theta^2\|g\|^2$ if and only if $V(n-b)\le b(n-1)\theta^2\|g\|^2$, that is $b\ge\frac{nV}{V+(n-1)\theta^2\|g\|^2}$. And $\mathbb E\|g_B\|^2=\|g\|^2+\mathbb E\|g_B-g\|^2$. $\square$

*Letters.* $b$ is the size of the batch, $V$ a variance, $\theta$ the share of noise that is allowed.

## How sharp it is

Attained where the quotient is a whole number: for the terms $4,0,2,0$ with $\theta^2=\frac{11}{27}$ the test asks for two, and $\mathbb E\|g_B\|^2=(1+\theta^2)\|g\|^2$.

## What is run

Up to eight random terms in up to three dimensions; the mean over all subsets, one by one.

## What must fail

0.9 of the bound where it is attained.

## Exercises

1. When does the test ask for both of two terms?
2. Show that the batch grows to $n$ near a minimiser that is none of every term.
:*/

SHARP(sharp,
	{ .parameters = "kind=whole,theta=0.6382847385042254", .note = "the terms 4, 0, 2, 0", .ratio = 1 },
	{ .parameters = "kind=random,theta=0.5", .note = "random terms" })
CONTROL(control, { .parameters = "kind=whole,theta=0.6382847385042254", .note = "0.9 of the bound", .factor = 0.9 })

/*: {.plumbing} :*/
enum { WHOLE, RANDOM };
enum { KIND, TERMS, THETA };
enum { MOST = 8, DIM = 3 };

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	static const double whole[] = { 4, 0, 2, 0 };
	size_t n = p->c->param[KIND] == WHOLE ? 4 : (size_t)p->c->param[TERMS], b, subsets = 0;
	double theta2 = p->c->param[THETA] * p->c->param[THETA], z[MOST * DIM], mean[DIM] = { 0 };
	double g[MOST][DIM] = { { 0 } }, square = 0, V = 0, sum = 0;

	p->host->normals(p->host, p->number, 0, MOST * DIM, z);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < DIM; j++) {
			double drawn = z[i * DIM + j] + (double)(j + 1) / 2;
			g[i][j] = p->c->param[KIND] == WHOLE ? (j ? 0 : whole[i]) : drawn;
			mean[j] += g[i][j] / (double)n;
		}
	for (size_t j = 0; j < DIM; j++) {
		square += mean[j] * mean[j];
		for (size_t i = 0; i < n; i++)
			V += (g[i][j] - mean[j]) * (g[i][j] - mean[j]) / (double)n;
	}
	/* a whole number may come out a little above itself */
	b = V > 0 ? (size_t)ceil((double)n * V / (V + (double)(n - 1) * theta2 * square) * (1 - 1e-13)) : 1;
	for (unsigned set = 0; set < 1u << n; set++) {
		double of[DIM] = { 0 };
		size_t size = 0;

		for (size_t i = 0; i < n; i++)
			size += set >> i & 1;
		if (size != b)
			continue;
		for (size_t j = 0; j < DIM; j++) {
			for (size_t i = 0; i < n; i++)
				of[j] += set >> i & 1 ? g[i][j] / (double)b : 0;
			sum += of[j] * of[j];
		}
		subsets++;
	}
	*left = sum / (double)subsets;
	*right = (1 + theta2) * square;
	*s = 10 * (square + V);
	return RATE_OK;
}

static const rate_param params[] = {
	[KIND] = { "kind", RATE_CHOICE, "random", 0, 0, "whole|random", "the terms 4, 0, 2, 0, or random ones" },
	[TERMS] = { "n", RATE_INTEGER, "6", 1, MOST, NULL, "number of random terms" },
	[THETA] = { "theta", RATE_REAL, "0.5", 0.01, 10, NULL, "share of noise" },
};

CLAIM(norm_test_batch,
	.id = "norm-test-batch", .chapter = "adaptive", .title = "How large a batch passes the norm test",
	.statement = "b = ⌈nV/(V + (n − 1)θ²‖g‖²)⌉ terms without replacement: E‖g_B‖² ≤ (1 + θ²)‖g‖²",
	.quantity = "E‖g_B‖²", .formula = "(1 + θ²)‖g‖²",
	.source = "norm test of Lau, Liu and Kolar, AdAdaGrad: adaptive batch size schemes for adaptive gradient "
	          "methods, arXiv:2402.11215; the exact size is proved in this file",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
