/*:
# Kernel ridge regression: primal and dual

Kernel ridge regression is one linear system, $(K+s^2I)\alpha=y$, and two objectives that lead to it. The one that comes first to mind is the worse one.

**Theorem.** Let $K\succ0$ have the eigenvalues $l_1\ge\dots\ge l_n$, $s>0$, $A=K+s^2I$. The dual objective $\frac12\alpha^\top A\alpha-y^\top\alpha$ has the Hessian $A$, the primal $\frac12\|y-K\alpha\|^2+\frac{s^2}2\alpha^\top K\alpha$ the Hessian $KA$; both are least at
$A^{-1}y$. Then
$$ \lambda_{\max}(KA)=l_1(l_1+s^2),\qquad\operatorname{cond}(KA)=\operatorname{cond}(A)\,\frac{l_1}{l_n}. $$

The longest stable step is $l_1$ times longer in the dual, $\frac2{l_1+s^2}$, and its condition number is bounded by $1+\frac{l_1}{s^2}$ however small $l_n$ is.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(n) P(kappa) P(s2)
#include "../common.h"

NUMBER(cond_dual, (kappa + s2) / (1 + s2))

/*:
## Proof

$K$ and $A$ have the same eigenvectors, so $KA$ has the eigenvalues $l_i(l_i+s^2)$, which are in the order of the $l_i$. The gradient of the primal is $K(A\alpha-y)$ and that of the dual $A\alpha-y$. $\square$

## What is run

Random eigenvectors, $l_i$ equally spaced in the logarithm from $l_1=\kappa$ to $l_n=1$; the condition number of the product $KA$, computed as a matrix, against the formula.

## What must fail

One percent off.

## Exercises

1. To what do the two condition numbers tend as $l_n\to0$?
2. Which metric makes gradient descent on the primal the same as on the dual?
:*/

enum { WIDEST = 8 };

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const rate_case *c = p->c;
	size_t n = (size_t)c->param[n_];
	double kappa = c->param[kappa_], s2 = c->param[s2_];
	double normal[WIDEST * WIDEST], a[WIDEST * WIDEST], v[WIDEST * WIDEST], K[WIDEST * WIDEST] = { 0 }, l[WIDEST];

	p->host->normals(p->host, 1, p->number, n * n, normal);
	for (size_t j = 0; j < n * n; j++)
		a[j] = normal[j] + normal[j % n * n + j / n];
	if (p->host->eigen(p->host, n, a, l, v))
		return RATE_FAIL;
	for (size_t k = 0; k < n; k++)
		for (size_t j = 0; j < n * n; j++)
			K[j] += pow(kappa, (double)k / (double)(n - 1)) * v[k * n + j / n] * v[k * n + j % n];
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			double sum = s2 * K[i * n + j];
			for (size_t k = 0; k < n; k++)
				sum += K[i * n + k] * K[k * n + j];
			a[i * n + j] = sum;
		}
	for (size_t j = 0; j < n * n; j++)
		normal[j] = (a[j] + a[j % n * n + j / n]) / 2;
	if (p->host->eigen(p->host, n, normal, l, NULL))
		return RATE_FAIL;
	*left = l[n - 1] / l[0];
	*right = cond_dual(c) * kappa;
	*s = *right * *right; /* the least eigenvalue is as exact as the largest is large */
	return RATE_OK;
}

SHARP(sharp, { .parameters = "n=5,kappa=100,s2=0.1", .note = "a random kernel", .ratio = 1 })
CONTROL(control, { .parameters = "n=5,kappa=100,s2=0.1", .note = "one percent off", .factor = 1.01 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[n_] = { "n", RATE_INTEGER, "5", 2, WIDEST, NULL, "number of points" },
	[kappa_] = { "kappa", RATE_REAL, "100", 2, 1000, NULL, "l_1/l_n" },
	[s2_] = { "s2", RATE_REAL, "0.1", 0.01, 10, NULL, "s^2 over l_n" },
};

CLAIM(krr_condition,
	.id = "krr-condition", .chapter = "preconditioning", .title = "Kernel ridge regression: primal and dual",
	.statement = "K ≻ 0, A = K + s²I: cond(KA) = cond(A) l_1/l_n", .quantity = "cond(KA)",
	.formula = "cond(A) l_1/l_n",
	.source = "compare Lin et al., Stochastic gradient descent for Gaussian processes done right, "
	          "arXiv:2310.20581; proved in "
	          "this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
