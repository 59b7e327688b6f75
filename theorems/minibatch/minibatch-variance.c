/*:
# The variance of a minibatch

**Theorem.** Let $f=\frac1n\sum_i f_i$, $n\ge2$, and let $B$ be a uniformly random set of $b$ of the $n$ indices (no index
twice). Write $\nabla f_B=\frac1b\sum_{i\in B}\nabla f_i$. At every point $x$
$$ \mathbb E\|\nabla f_B(x)-\nabla f(x)\|^2\;=\;\frac{n-b}{b\,(n-1)}\cdot\frac1n\sum_i\|\nabla f_i(x)-\nabla f(x)\|^2 . $$

At a minimiser $\nabla f(x_\star)=0$, and the last factor is $\sigma_\star^2$. The gradients need not have anything to do with each
other: this is a fact about sampling. It is an equality, so the program tests both sides of it.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#define PARAMETERS(P) P(batch) P(replacement)
#include "minibatch.h"
#include "subsets.h"

FORMULA(share, b, replacement > 0 ? 1 / b : batch_share((double)c->n, b))

/*:
(`replacement=1` is the false claim $\frac1b$, which is the right factor if the $b$ indices are drawn one by one and may repeat.)

## Proof

Write $d_i=\nabla f_i(x)-\nabla f(x)$; then $\sum_id_i=0$. An index lies in $B$ with probability $\frac bn$, two different ones
both do with probability $\frac{b(b-1)}{n(n-1)}$. So
$$ \mathbb E\Bigl\|\sum_{i\in B}d_i\Bigr\|^2=\frac bn\sum_i\|d_i\|^2+\frac{b(b-1)}{n(n-1)}\sum_{i\ne j}\langle d_i,d_j\rangle
 =\Bigl(\frac bn-\frac{b(b-1)}{n(n-1)}\Bigr)\sum_i\|d_i\|^2 , $$
because $0=\|\sum_id_i\|^2=\sum_i\|d_i\|^2+\sum_{i\ne j}\langle d_i,d_j\rangle$. The bracket is $\frac{b(n-b)}{n(n-1)}$; divide by
$b^2$. $\square$

## What is run

The left side is computed in the plain way: all $\binom nb$ subsets, one after the other, the mean of each. Both sides are compared at random points the minimiser of every finite sum, every second time the minimiser itself if it is known, with batches
between 1 and 64, as far as there are at most 20 000 subsets.

## What must fail

$0.9$ of the right side; and the factor $\frac1b$ of drawing with replacement, for $n=4$, $b=2$ it is $\frac12$ instead of
$\frac13$.

## Exercises

1. Prove the claim for drawing with replacement: the factor is $\frac1b$.
2. What does the theorem say for $b=n$? And for $b=n-1$?
3. ★ Show that $\mathbb E\|\nabla f_B(x)-\nabla f_B(x_\star)\|^2\le2L_b(f(x)-f_\star)$ for convex $f_i$, with the $L_b$ of the next
   section. (Apply the proof to $\nabla f_i(x)-\nabla f_i(x_\star)$, whose sum is not zero.)
:*/

SHARP(sharp,
	{ .objective = "skew:p=4", .parameters = "batch=2", .note = "n = 4, b = 2: one third of the variance",
	  .ratio = 1 },
	{ .objective = "least-squares:n=12,d=3,noise=1", .parameters = "batch=5", .note = "792 subsets of 5 of 12",
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "skew:p=4", .parameters = "batch=2", .note = "0.9 of the right side", .factor = 0.9 },
	{ .objective = "skew:p=4", .parameters = "batch=2,replacement=1",
	  .note = "the factor 1/b of drawing with replacement" },
	{ .objective = "least-squares:n=12,d=3,noise=1", .parameters = "batch=5,replacement=1",
	  .note = "the same on least squares" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[batch_] = { "batch", RATE_INTEGER, "2", 1, 64, NULL, "terms in the batch" },
	[replacement_] = { "replacement", RATE_INTEGER, "0", 0, 0, NULL,
	                   "1: claim the factor of drawing with replacement" },
};

static const char *applies(const rate_case *c)
{
	if (c->n < 2)
		return "one term has no variance";
	return (double)c->n * (double)c->d <= 0x1p26 ? NULL :
	           "the gradients of all terms are kept: n d is at most 2^26";
}

MUST(admissible, replacement == 0, "the batch is drawn without replacement")

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = p->c->n, d = p->c->d, b = feasible_batch(n, p->c->param[batch_]);
	const double *x = p->number % 2 && p->c->x_star ? p->c->x_star : p->x[0];
	double *row = calloc((n + 2) * d, sizeof *row), *mean = row + n * d, *work = mean + d, variance = 0;
	size_t *in = calloc(b, sizeof *in);
	int rc = RATE_FAIL;

	*s = 0;
	if (!row || !in)
		goto out;
	for (size_t i = 0; i < n; i++) {
		const rate_sample *term = p->run->call->component(p->run, i);

		if (!term || rate_sample_gradient(p->run, term, x, work))
			goto out;
		for (size_t j = 0; j < d; j++) {
			row[i * d + j] = work[j];
			mean[j] += work[j] / (double)n;
			*s += work[j] * work[j] / (double)n;
		}
	}
	for (size_t i = 0; i < n * d; i++) {
		row[i] -= mean[i % d];
		variance += row[i] * row[i] / (double)n;
	}
	*left = mean_of_batches(n, d, b, row, in, work);
	*right = share(p->c, (double)b) * variance;
	rc = RATE_OK;
out:
	free(row);
	free(in);
	return rc;
}

CLAIM(minibatch_variance,
	.id = "minibatch-variance", .chapter = "minibatch", .title = "The variance of a minibatch",
	.statement = "B a uniform set of b of n terms: E‖∇f_B(x) − ∇f(x)‖² = (n − b)/(b(n − 1)) · mean_i ‖∇f_i(x) − "
	             "∇f(x)‖² at every x",
	.quantity = "E‖∇f_B(x) − ∇f(x)‖²", .formula = "(n − b)/(b(n − 1)) · mean ‖∇f_i(x) − ∇f(x)‖²",
	.source = HANDBOOK ", section 6; the variance of sampling without replacement is classical",
	.kind = RATE_IDENTITY, NEEDS("finite-sum/1"), .params = RATE_ROWS(params), .points = 1, .applies = applies,
	.admissible = admissible, .evaluate = evaluate, SHARP_AND_CONTROL)
