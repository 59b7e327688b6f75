/*:
# Generalised eigenvectors without constraints

Principal components, canonical correlations, partial least squares: all ask for the top of the eigenvalue problem $Av=\lambda Bv$, and all are written with a constraint, $U^\top BU=I$, which mini-batches cannot keep. There is a function without any constraint that has the same answer.

Let $A$ be symmetric and $B$ positive definite, $d\times d$; $\lambda_1\ge\lambda_2\ge\dots$ the generalised eigenvalues, $Av_i=\lambda_iBv_i$ with $v_i^\top Bv_j=\delta_{ij}$. For $U\in\mathbb R^{d\times k}$, $k\le d$, let
$$ \mathcal L(U)=-2\operatorname{tr}(U^\top AU)+\|U^\top BU\|_F^2 . $$

**Theorem (gep-minimum).** For every $U$
$$ \mathcal L(U)\;\ge\;-\sum_{i\le k}\max(\lambda_i,0)^2, $$
with equality at $U=(\sqrt{\lambda_1^+}\,v_1,\dots,\sqrt{\lambda_k^+}\,v_k)\,O$ for every orthogonal $O$.

*Canonical correlations:* for covariances $C_x$, $C_y$ and the cross-covariance $C$ take $A=\begin{pmatrix}0&C\\C^\top&0\end{pmatrix}$ and $B=\operatorname{diag}(C_x,C_y)$: the positive $\lambda_i$ are the canonical correlations.

**Theorem (gep-two-batches).** Let $A=\frac1n\sum A_i$, $B=\frac1n\sum B_i$, and $i,j$ independent and uniform. Then
$$ \mathbb E\bigl[-4A_iU+2B_iU(U^\top B_jU)+2B_jU(U^\top B_iU)\bigr]=\nabla\mathcal L(U). $$

**Theorem (gep-one-batch).** With one draw for both, $j=i$, the mean exceeds $\nabla\mathcal L(U)$ by exactly $\frac4n\sum_i(B_i-B)UU^\top(B_i-B)U$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "../common.h"

/*:
## Proofs

*The minimum.* Put $W=B^{1/2}U$ and $M=B^{-1/2}AB^{-1/2}$, which has the eigenvalues $\lambda_i$. Then
$$ \mathcal L(U)=-2\operatorname{tr}(W^\top MW)+\|W^\top W\|_F^2=\|M-WW^\top\|_F^2-\|M\|_F^2 . $$
$P=WW^\top$ is positive semidefinite of rank at most $k$. By the inequality of Hoffman and Wielandt $\|M-P\|_F^2\ge\sum_i(\lambda_i-\pi_i)^2$ with the eigenvalues $\pi_1\ge\pi_2\ge\dots$ of $P$, of which at most the first $k$ are not 0, and none is negative. So $\mathcal L\ge\sum_{i\le k}\bigl((\lambda_i-\pi_i)^2-\lambda_i^2\bigr)\ge-\sum_{i\le k}\max(\lambda_i,0)^2$, as
$\pi^2-2\lambda\pi\ge-\max(\lambda,0)^2$ for $\pi\ge0$. All are equalities if $W$ has the columns $\sqrt{\lambda_i^+}\,w_i$ with the eigenvectors $w_i$ of $M$, and $v_i=B^{-1/2}w_i$.

*Batches.* $\nabla\mathcal L(U)=-4AU+4BU(U^\top BU)$. For independent $i,j$ each of the two products has the mean $BU(U^\top BU)$. With $j=i$ the mean of $4B_iUU^\top B_iU$ is left, and its difference from $4BUU^\top BU$ is the mean of $4(B_i-B)UU^\top(B_i-B)U$, the cross terms being 0 in the mean. $\square$

*Letters.* $\delta_{ij}$ is 1 or 0; $\pi_i$ are eigenvalues; $n$ counts batches.

## How sharp it is

gep-minimum is attained where it says; the other two are identities.

## What is run

Random $A$, $B$, $U$ in up to five dimensions, at the minimiser and elsewhere. As both sides of the first theorem are negative, what is measured is $\max(0,-\mathcal L(U))$ against $\sum_{i\le k}\max(\lambda_i,0)^2$. The means are taken over all $n^2$ pairs.

## What must fail

0.99 of the value at the minimiser. For the identities, one percent off.

## Exercises

1. Which $A$ and $B$ make this principal component analysis, and which partial least squares?
2. Let $d=k=1$, $B_i\in\{0,2\}$ with equal probability, $A_i=0$ and $U=1$. What does the estimate with one batch give, and what is the truth?
3. ★ Why is every local minimum global for $k=1$, $B=I$?
:*/

enum { SIZE, COLUMNS, AT };
enum { MINIMUM, ELSEWHERE };
enum { MOST = 5, BATCHES = 4 };

SHARP(sharp,
	{ .parameters = "d=4,k=2,at=minimum", .note = "at the minimiser", .ratio = 1 },
	{ .parameters = "d=5,k=5,at=minimum", .note = "all columns", .ratio = 1 },
	{ .parameters = "d=4,k=2,at=elsewhere", .note = "elsewhere" })
CONTROL(control, { .parameters = "d=4,k=2,at=minimum", .note = "0.99 of the value at the minimiser", .factor = 0.99 })
SHARP(sharp_batches, { .parameters = "d=3,k=2", .note = "two columns", .ratio = 1 })
CONTROL(control_batches, { .parameters = "d=3,k=2", .note = "one percent off", .factor = 1.01 })

/*: {.plumbing} :*/
/* out <- a b, of n x m and m x l; `transposed`: a' b, a being m x n */
static void product(size_t n, size_t m, size_t l, const double *a, int transposed, const double *b, double *out)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < l; j++) {
			double sum = 0;

			for (size_t k = 0; k < m; k++)
				sum += a[transposed ? k * n + i : i * m + k] * b[k * l + j];
			out[i * l + j] = sum;
		}
}

/* a <- V diag(values^power) V', rows of V being the eigenvectors */
static void power(size_t n, const double *values, const double *vectors, double exponent, double *a)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			a[i * n + j] = 0;
			for (size_t k = 0; k < n; k++)
				a[i * n + j] += pow(values[k], exponent) * vectors[k * n + i] * vectors[k * n + j];
		}
}

/* A symmetric matrix of normals; a positive definite one. */
static void symmetric_of(size_t n, const double *z, double *a)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			a[i * n + j] = z[i * n + j] + z[j * n + i];
}

static void positive_of(size_t n, const double *z, double floor, double *a)
{
	product(n, n, n, z, 1, z, a);
	for (size_t i = 0; i < n; i++)
		a[i * n + i] += floor;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[SIZE], k = (size_t)p->c->param[COLUMNS];
	double z[2 * MOST * MOST + MOST * MOST], M[MOST * MOST], A[MOST * MOST], B[MOST * MOST], half[MOST * MOST],
	    back[MOST * MOST];
	double values[MOST], vectors[MOST * MOST], lambda[MOST], w[MOST * MOST], W[MOST * MOST] = { 0 }, U[MOST * MOST];
	double work[MOST * MOST], inner[MOST * MOST], bent = 0, square = 0, best = 0;

	if (k > n)
		k = n;
	p->host->normals(p->host, p->number, 0, 3 * MOST * MOST, z);
	symmetric_of(n, z, M);
	positive_of(n, z + MOST * MOST, 0.1, B);
	if (p->host->eigen(p->host, n, B, values, vectors) || p->host->eigen(p->host, n, M, lambda, w))
		return RATE_FAIL;
	power(n, values, vectors, 0.5, half);
	power(n, values, vectors, -0.5, back);
	product(n, n, n, half, 0, M, work);
	product(n, n, n, work, 0, half, A); /* A = B^1/2 M B^1/2 */
	for (size_t i = 0; i < k; i++) {
		double top = fmax(lambda[n - 1 - i], 0);

		best += top * top;
		for (size_t j = 0; j < n; j++)
			W[j * k + i] = p->c->param[AT] == MINIMUM
			    ? sqrt(top) * w[(n - 1 - i) * n + j] : z[2 * MOST * MOST + j * k + i];
	}
	product(n, n, k, back, 0, W, U); /* U = B^-1/2 W */
	product(n, n, k, A, 0, U, work);
	for (size_t e = 0; e < n * k; e++)
		bent += U[e] * work[e];
	product(n, n, k, B, 0, U, work);
	product(k, n, k, U, 1, work, inner);
	for (size_t e = 0; e < k * k; e++)
		square += inner[e] * inner[e];
	*left = fmax(0, 2 * bent - square);
	*right = best;
	*s = 10 * (fabs(bent) + square + best) * values[n - 1] / values[0];
	return RATE_OK;
}

/* The mean of the estimates over all pairs (`same`: with i = j) and the gradient of L, along a direction. */
static void batches(const rate_point *p, int same, double *mean, double *gradient, double *bias, double *size)
{
	size_t d = (size_t)p->c->param[SIZE], k = (size_t)p->c->param[COLUMNS], N = d * k;
	double z[MOST * MOST * (2 * BATCHES + 1)], A[BATCHES + 1][MOST * MOST] = { { 0 } },
									 B[BATCHES + 1][MOST * MOST] = { { 0 } };
	double BU[BATCHES + 1][MOST * MOST], AU[MOST * MOST], inner[BATCHES + 1][MOST * MOST], work[MOST * MOST];
	double estimate[MOST * MOST] = { 0 }, truth[MOST * MOST], extra[MOST * MOST] = { 0 };
	const double *U = z + 2 * BATCHES * MOST * MOST;

	p->host->normals(p->host, p->number, 0, MOST * MOST * (2 * BATCHES + 1), z);
	for (size_t i = 0; i < BATCHES; i++) {
		symmetric_of(d, z + 2 * i * MOST * MOST, A[i]);
		positive_of(d, z + (2 * i + 1) * MOST * MOST, 0, B[i]);
		for (size_t e = 0; e < d * d; e++) {
			A[BATCHES][e] += A[i][e] / BATCHES;
			B[BATCHES][e] += B[i][e] / BATCHES;
		}
	}
	for (size_t i = 0; i <= BATCHES; i++) {
		product(d, d, k, B[i], 0, U, BU[i]);
		product(k, d, k, U, 1, BU[i], inner[i]); /* U'B_iU */
	}
	product(d, d, k, A[BATCHES], 0, U, AU);
	product(d, k, k, BU[BATCHES], 0, inner[BATCHES], work);
	for (size_t e = 0; e < N; e++)
		truth[e] = 4 * (work[e] - AU[e]);
	for (size_t i = 0; i < BATCHES; i++) {
		double less[MOST * MOST], both[MOST * MOST];

		product(d, d, k, A[i], 0, U, AU);
		for (size_t e = 0; e < N; e++) {
			estimate[e] -= 4 * AU[e] / BATCHES;
			less[e] = BU[i][e] - BU[BATCHES][e];
		}
		product(k, d, k, U, 1, less, both);
		product(d, k, k, less, 0, both, work); /* (B_i - B)U U'(B_i - B)U */
		for (size_t e = 0; e < N; e++)
			extra[e] += 4 * work[e] / BATCHES;
		for (size_t j = same ? i : 0; j < (same ? i + 1 : BATCHES); j++) {
			double share = 2.0 / (same ? BATCHES : BATCHES * BATCHES);

			product(d, k, k, BU[i], 0, inner[j], work);
			for (size_t e = 0; e < N; e++)
				estimate[e] += share * work[e];
			product(d, k, k, BU[j], 0, inner[i], work);
			for (size_t e = 0; e < N; e++)
				estimate[e] += share * work[e];
		}
	}
	*mean = along(N, estimate);
	*gradient = along(N, truth);
	*bias = along(N, extra);
	*size = 100 * (size_along(N, estimate) + size_along(N, truth) + size_along(N, extra));
}

static int evaluate_two(const rate_point *p, double *left, double *right, double *s)
{
	double bias;

	batches(p, 0, left, right, &bias, s);
	return RATE_OK;
}

static int evaluate_one(const rate_point *p, double *left, double *right, double *s)
{
	double mean, gradient;

	batches(p, 1, &mean, &gradient, right, s);
	*left = mean - gradient;
	return RATE_OK;
}

static const rate_param params[] = {
	[SIZE] = { "d", RATE_INTEGER, "4", 1, MOST, NULL, "dimension" },
	[COLUMNS] = { "k", RATE_INTEGER, "2", 1, MOST, NULL, "columns of U, d if that is less" },
	[AT] = { "at", RATE_CHOICE, "elsewhere", 0, 0, "minimum|elsewhere", "the minimiser, or a random U" },
};
static const rate_param params_batches[] = {
	[SIZE] = { "d", RATE_INTEGER, "3", 1, MOST, NULL, "dimension" },
	[COLUMNS] = { "k", RATE_INTEGER, "2", 1, MOST, NULL, "columns of U" },
};

#define PAPER \
	"after Chapman, Wells and Lawry Aguila, Unconstrained stochastic CCA: unifying multiview and self-supervised " \
	"learning, arXiv:2310.01012; proved in this file"

CLAIM(gep_minimum,
	.id = "gep-minimum", .chapter = "manifolds", .title = "Generalised eigenvalues without constraints",
	.statement = "A symmetric, B ≻ 0, U of k columns: −2 tr(UᵀAU) + ‖UᵀBU‖²_F ≥ −Σ_{i≤k} max(λ_i, 0)², "
	             "λ_i the generalised "
	             "eigenvalues",
	.quantity = "max(0, −L(U))", .formula = "Σ_{i≤k} max(λ_i, 0)²", .source = PAPER, .kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(gep_two_batches,
	.id = "gep-two-batches", .chapter = "manifolds", .title = "Two batches for one gradient",
	.statement = "i, j independent and uniform: E[−4A_iU + 2B_iU(UᵀB_jU) + 2B_jU(UᵀB_iU)] = ∇L(U)",
	.quantity = "mean over all pairs, along a fixed direction", .formula = "∇L(U)", .source = PAPER,
	.kind = RATE_IDENTITY,
	.params = RATE_ROWS(params_batches), .evaluate = evaluate_two, .sharp = sharp_batches,
	.control = control_batches)

CLAIM(gep_one_batch,
	.id = "gep-one-batch", .chapter = "manifolds", .title = "One batch for one gradient: the bias",
	.statement = "i uniform: E[−4A_iU + 4B_iU(UᵀB_iU)] − ∇L(U) = (4/n) Σ (B_i − B)UUᵀ(B_i − B)U",
	.quantity = "bias, along a fixed direction", .formula = "(4/n) Σ (B_i − B)UUᵀ(B_i − B)U", .source = PAPER,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_batches), .evaluate = evaluate_one, .sharp = sharp_batches,
	.control = control_batches)
