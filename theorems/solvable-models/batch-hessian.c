/*:
# Batches look sharper than the whole

The top eigenvalue of the Hessian of a batch is measured in practice in the place of that of the whole. It is biased. Which way?

**Theorem.** Let $H_1,\dots,H_n$ be symmetric matrices and $H_b$ the mean of a uniformly drawn subset of $b$ of them. For $2\le b\le n$
$$ \mathbb E\,\lambda_1(H_b)\;\le\;\mathbb E\,\lambda_1(H_{b-1}),\qquad\mathbb E\,\lambda_{\min}(H_b)\;\ge\;\mathbb E\,\lambda_{\min}(H_{b-1}) . $$

At $b=n$ these are the eigenvalues of the mean of all. So batches look too sharp at the top and too flat (or too concave) at the bottom, and the smaller they are the more so. This is one reason why the learning rate has to be smaller for small batches; the others are on the next page.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(n) P(shared) P(upwards)
#include "../minibatch/subsets.h"

#include <string.h>

#include "../../methods/jacobi.h"

/*:
## Proof

The mean of $b$ matrices is the mean over $i$ of the $b$ means that leave out one, $H_b=\frac1b\sum_{i\in B}H_{B\setminus i}$, and each $B\setminus i$ is a uniform subset of $b-1$. $\lambda_1(M)=\max_{\|x\|=1}\langle x,Mx\rangle$ is convex. So $\lambda_1(H_b)\le\frac1b\sum\lambda_1(H_{B\setminus i})$; take means. For $\lambda_{\min}$ apply this to $-H_i$. $\square$

## How sharp it is

Equality if the top eigenvector is shared by all. Four orthogonal $H_i=e_ie_i^\top$ have $1,\frac12,\frac13,\frac14$ for $b=1,\dots,4$.

## What is run

Up to six random symmetric matrices in three dimensions and all their subsets, for every $b$ in turn.

## What must fail

The belief that a batch is unbiased, and so is its top eigenvalue: the right side with $b=n$, for any $b$.

## Exercises

1. What is $\mathbb E\operatorname{tr}H_b$?
2. Does the theorem hold for draws with replacement?
3. $H_i=x_ix_i^\top$ with normal $x_i\in\mathbb R^d$, $d\gg b$: how large is $\lambda_1(H_b)$ about?
:*/

enum { MOST = 6, D = 3 };

/* The mean of lambda_1 over all b-subsets. */
static double mean_top(size_t n, size_t b, double H[MOST][D * D])
{
	size_t in[MOST];
	double total = 0, count = 0;

	for (size_t k = 0; k < b; k++)
		in[k] = k;
	do {
		double M[D * D] = { 0 }, v[D * D], top = -INFINITY;

		for (size_t k = 0; k < b; k++)
			for (size_t j = 0; j < D * D; j++)
				M[j] += H[in[k]][j] / (double)b;
		jacobi_eigen(D, M, v);
		for (size_t j = 0; j < D; j++)
			top = fmax(top, M[j * D + j]);
		total += top;
		count++;
	} while (next_subset(n, b, in));
	return total / count;
}

/* `shared`: 1 gives all matrices the top eigenvector e_1. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[n_], b = 2 + (size_t)p->number % (n - 1);
	double z[MOST * D * D], H[MOST][D * D], shared = p->c->param[shared_], size = 1;

	p->host->normals(p->host, 1, p->number, n * D * D, z);
	for (size_t i = 0; i < n * D * D; i++)
		size += fabs(z[i]);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < D; j++)
			for (size_t k = 0; k < D; k++) {
				double entry = (z[i * D * D + j * D + k] + z[i * D * D + k * D + j]) / 2;

				if (j == 0 || k == 0)
					entry *= 1 - shared;
				H[i][j * D + k] = entry + (j == 0 && k == 0 ? size * shared : 0);
			}
	*left = mean_top(n, b, H);
	*right = mean_top(n, p->c->param[upwards_] > 0 ? n : b - 1, H);
	*s = size * D;
	return RATE_OK;
}

SHARP(sharp, { .parameters = "n=6,shared=1,upwards=0", .note = "one top eigenvector for all", .ratio = 1 },
	{ .parameters = "n=6,shared=0,upwards=0", .note = "random matrices" })
CONTROL(control, { .parameters = "n=5,shared=0,upwards=1", .note = "the top eigenvalue of a batch as if unbiased" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[n_] = { "n", RATE_INTEGER, "5", 2, MOST, NULL, "matrices" },
	[shared_] = { "shared", RATE_REAL, "0", 0, 1, NULL, "1: all have one top eigenvector" },
	[upwards_] = { "upwards", RATE_INTEGER, "0", 0, 0, NULL, "1: claim that a batch is unbiased" },
};

MUST(admissible, upwards == 0, "upwards = 0")

CLAIM(batch_hessian,
	.id = "batch-hessian", .chapter = "solvable-models", .title = "Batches look sharper than the whole",
	.statement = "H_b the mean of a uniform b-subset of symmetric matrices: E λ_1(H_b) ≤ E λ_1(H_{b−1}), "
	             "E λ_min(H_b) ≥ E λ_min(H_{b−1})",
	.quantity = "E λ_1(H_b)", .formula = "E λ_1(H_{b−1})",
	.source = "compare Granziol, Zohren and Roberts, Learning rates as a function of batch size: a random matrix "
	          "theory approach to neural network training, JMLR 2022; proved in this file",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)
