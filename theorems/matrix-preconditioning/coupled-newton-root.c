/*:
# Inverse roots without eigenvectors

Shampoo needs $A^{-1/4}$ of a matrix that changes all the time. A decomposition is slow on the hardware that trains networks, products are fast. This iteration has products only, and its error is known exactly.

**Theorem.** Let $A$ be symmetric positive definite, $p\ge1$ whole, $z>0$ with $zA\preceq I$, and
$$ X_0=z^{1/p}I,\quad M_0=zA,\qquad S_k=\tfrac1p\bigl((p+1)I-M_k\bigr),\qquad X_{k+1}=X_kS_k,\quad M_{k+1}=S_k^pM_k . $$
Then for every $k$
$$ \|X_k^pA-I\|_{op}=\varphi_p^{(k)}\bigl(1-z\lambda_{\min}(A)\bigr),\qquad\varphi_p(e)=1-(1-e)\Bigl(1+\frac ep\Bigr)^p\le e^2, $$
where $\varphi^{(k)}$ is $\varphi$ applied $k$ times. So $X_k\to A^{-1/p}$, and the error is at most $(1-z\lambda_{\min})^{2^k}$: it is squared at every step.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(p) P(k) P(cond) P(d)
#include "../common.h"
#include "../../methods/jacobi.h"

/* phi_p, k times, of e = 1 - m, by m <- m ((p + 1 - m)/p)^p: no cancellation where m is small. */
static double residual(double p, double k, double m)
{
	for (; k > 0; k--)
		m *= pow((p + 1 - m) / p, p);
	return 1 - m;
}

/*:
## Proof

All matrices are polynomials in $A$: they commute and share its eigenvectors. $X_k^pA=M_k$ for $k=0$, and $X_{k+1}^pA=S_k^pX_k^pA=S_k^pM_k$, so for every $k$. On eigenvalues the iteration is
$$ m\;\mapsto\;m\Bigl(\frac{p+1-m}p\Bigr)^p,\qquad\text{with }m=1-e:\quad e\mapsto\varphi_p(e) . $$
$\varphi_p'(e)=\frac{p+1}p\,e\,(1+\frac ep)^{p-1}\ge0$ on $[0,1]$: so $\varphi_p$ maps $[0,1]$ into itself and keeps the order, and the largest of all $1-m$ is that of the smallest eigenvalue at every step. At last $(1+\frac ep)^p\ge1+e$ gives $\varphi_p(e)\le1-(1-e)(1+e)=e^2$. $\square$

For small errors $\varphi_p(e)\approx\frac{p+1}{2p}e^2$. Eigenvalues of $M_0$ anywhere in $(0,p+1)$ are in $(0,1]$ after one step: with $a=m-1\in[0,p)$, $0<(1+a)(1-\frac ap)^p\le(1+a)e^{-a}\le1$. Beyond $p+1$ the factor $S$ has a negative eigenvalue.

## How sharp it is

It is an identity. For $p=1$ (the inverse itself) $\varphi_1(e)=e^2$.

## What is run

Random matrices with a prescribed condition number up to 1000, all $p$ up to 8 and $k$ up to 12; the iteration is run with the matrices, and the right side with one number. Errors of rounding grow as the smallest eigenvalue does, by $(1+\frac1p)^p<e$ a step.

## What must fail

$0.9$ and $1.1$ of the right side.

## Exercises

1. $p=2$: which map is it for $s$ with $m=s^2$?
2. How many steps bring the condition number $10^3$ to an error of $10^{-3}$, for $p=4$ and $z=1/\lambda_{\max}$?
:*/

SHARP(sharp,
	{ .parameters = "p=4,k=6,cond=100,d=4", .note = "a fourth root", .ratio = 1 },
	{ .parameters = "p=1,k=3,cond=10,d=3", .note = "an inverse: e^8", .ratio = 1 },
	{ .parameters = "p=2,k=12,cond=1000,d=4", .note = "a square root, almost done" })
CONTROL(control,
	{ .parameters = "p=4,k=6,cond=100,d=4", .note = "0.9 of the right side", .factor = 0.9 },
	{ .parameters = "p=2,k=3,cond=1000,d=4", .note = "1.1 of it", .factor = 1.1 })

/*: {.plumbing} :*/
enum { MOST = 4 };

static void multiply(size_t n, const double *a, const double *b, double *out)
{
	memset(out, 0, n * n * sizeof *out);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			for (size_t l = 0; l < n; l++)
				out[i * n + j] += a[i * n + l] * b[l * n + j];
}

static int evaluate(const rate_point *point, double *left, double *right, double *s)
{
	LETTERS(point->c);
	size_t n = (size_t)d;
	double A[MOST * MOST], V[MOST * MOST], B[MOST * MOST], X[MOST * MOST], M[MOST * MOST], S[MOST * MOST],
	    next[MOST * MOST];
	double z[MOST * MOST], share[MOST];

	/* Random eigenvectors; eigenvalues in [1/cond, 1], both ends taken. */
	point->host->normals(point->host, point->number, 0, n * n, z);
	point->host->uniforms(point->host, point->number, 1, n, share);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			B[i * n + j] = z[i * n + j] + z[j * n + i];
	jacobi_eigen(n, B, V);
	memset(A, 0, sizeof A);
	for (size_t l = 0; l < n; l++) {
		double value = l == 0 ? 1 / cond : l == 1 ? 1 : pow(cond, -share[l]);

		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				A[i * n + j] += value * V[l * n + i] * V[l * n + j];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			X[i * n + j] = i == j;
	memcpy(M, A, sizeof M);
	for (int step = 0; step < (int)k; step++) {
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				S[i * n + j] = ((i == j) * (p + 1) - M[i * n + j]) / p;
		multiply(n, X, S, next);
		memcpy(X, next, sizeof X);
		for (int power = 0; power < (int)p; power++) {
			multiply(n, S, M, next);
			memcpy(M, next, sizeof M);
		}
	}
	/* X^p A - I, symmetric up to rounding */
	memcpy(M, A, sizeof M);
	for (int power = 0; power < (int)p; power++) {
		multiply(n, X, M, next);
		memcpy(M, next, sizeof M);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			B[i * n + j] = (M[i * n + j] + M[j * n + i]) / 2 - (i == j);
	jacobi_eigen(n, B, V);
	*left = 0;
	for (size_t i = 0; i < n; i++)
		*left = fmax(*left, fabs(B[i * n + i]));
	*right = residual(p, k, 1 / cond);
	*s = pow(1 + 1 / p, p * k) + p * cond;
	return RATE_OK;
}

static const rate_param params[] = {
	[p_] = { "p", RATE_INTEGER, "4", 1, 8, NULL, "the root: X tends to A^(-1/p)" },
	[k_] = { "k", RATE_INTEGER, "5", 0, 12, NULL, "steps" },
	[cond_] = { "cond", RATE_REAL, "100", 1, 1000, NULL, "condition number of A; z = 1/lambda_max" },
	[d_] = { "d", RATE_INTEGER, "4", 1, MOST, NULL, "size of A" },
};

CLAIM(coupled_newton_root,
	.id = "coupled-newton-root", .chapter = "matrix-preconditioning",
	.title = "Inverse roots by coupled Newton steps",
	.statement = "0 ≺ zA ≼ I: ‖X_k^p A − I‖ = φ_p^(k)(1 − zλ_min), φ_p(e) = 1 − (1 − e)(1 + e/p)^p ≤ e²",
	.quantity = "‖X_k^p A − I‖", .formula = "φ_p^(k)(1 − zλ_min)",
	.source = "used in Anil, Gupta, Koren, Regan and Singer, Scalable Second Order Optimization for Deep "
	          "Learning, 2020; standard, proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
