/*:
# What self-repellence does to the variance

On a general network the law of a self-repellent token has no closed form. What can be computed is its *linearisation*, and from it the asymptotic variance.

$P$ is a reversible irreducible chain on $n$ states with stationary law $\mu$, eigenvalues $1>\lambda_1\ge\lambda_2\ge\dots$ and eigenvectors $\mathbf1,u_1,u_2,\dots$, orthonormal for $\langle f,g\rangle=\sum\mu_if_ig_i$. Given the shares of visits $x$, and $r_j=(x_j/\mu_j)^{-\alpha}$, the token moves by $K[x]_{ij}=P_{ij}r_j/\sum_kP_{ik}r_k$.

**Theorem.** (1) $K[x]$ is reversible, with the stationary law $\pi[x]_i$ proportional to $\mu_ir_i\sum_kP_{ik}r_k$.

(2) At $x=\mu$ the derivative of $\pi$ along vectors of sum 0 is $-\alpha(I+P')$.

(3) Let $A=-I-\alpha(I+P')$, the derivative of $\pi[x]-x$, and $U=DZ+(DZ)'-D-\mu\mu'$ with $D=\operatorname{diag}(\mu)$, $Z=(I-P+\mathbf1\mu')^{-1}$, the asymptotic covariance of the visits to the states. For $f$ with $\langle f,\mathbf1\rangle=0$ and $f_i=\langle f,u_i\rangle$ the solution $V$ of $(A+\frac12I)V+V(A+\frac12I)'+U=0$ has
$$ f'Vf=\sum_if_i^2\,\frac{1+\lambda_i}{1-\lambda_i}\cdot\frac1{2\alpha(1+\lambda_i)+1} , $$
(4) and
$$ f'A^{-1}UA^{-T}f=\sum_if_i^2\,\frac{1+\lambda_i}{1-\lambda_i}\cdot\frac1{\bigl(\alpha(1+\lambda_i)+1\bigr)^2} . $$

By a central limit theorem for stochastic approximation, which is not proved here, (3) is the asymptotic variance of averages of $f$ along the walk (both steps like $\frac1t$), and (4) that of stochastic gradients along it when $x$ moves with longer steps. $\alpha=0$ is the walk of $P$: self-repellence divides by factors of the order of $\alpha$ and $\alpha^2$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <complex.h>

#define PARAMETERS(P) P(n) P(alpha) P(what)
#include "chains.h"

enum { SAMPLING, OPTIMISATION, BALANCE, DERIVATIVE };

/*:
## Proof

(1) $\mu_ir_i\bigl(\sum_kP_{ik}r_k\bigr)K_{ij}=\mu_iP_{ij}r_ir_j$ is symmetric in $i$ and $j$.

(2) At $x=\mu+\varepsilon w$, to first order, $r_j=1-\alpha\varepsilon w_j/\mu_j$ and $\mu_ir_i\sum_kP_{ik}r_k=\mu_i-\alpha\varepsilon w_i-\alpha\varepsilon\sum_k\mu_iP_{ik}w_k/\mu_k=\mu_i-\alpha\varepsilon(w+P'w)_i$, by $\mu_iP_{ik}=\mu_kP_{ki}$. The sum over $i$ stays 1, so there is nothing to divide by.

(3), (4) The vectors $w_i=Du_i$ satisfy $P'w_i=\lambda_iw_i$, so $Aw_i=-(1+\alpha(1+\lambda_i))w_i$. And $Zu_i=\frac1{1-\lambda_i}u_i$, $DZ$ is symmetric by reversibility: $u_i'Uu_j=\frac2{1-\lambda_i}-1=\frac{1+\lambda_i}{1-\lambda_i}$ for $i=j$, and 0 else. In other words $U=\sum_i\frac{1+\lambda_i}{1-\lambda_i}w_iw_i'$. With $c_i=1+\alpha(1+\lambda_i)$ the equation for $V=\sum v_iw_iw_i'$ is $-2(c_i-\frac12)v_i+\frac{1+\lambda_i}{1-\lambda_i}=0$, and $A^{-1}UA^{-T}=\sum\frac{1+\lambda_i}{1-\lambda_i}c_i^{-2}w_iw_i'$. Finally $f'w_i=\langle f,u_i\rangle=f_i$. $\square$

## How sharp it is

These are identities. The left sides are made of $P$ alone, by solving the $n^2$ equations for $V$, with $Z$ from $n$ systems; the right sides are made of eigenvalues. (2) is looked at by a complex step.

## What is run

Random reversible chains on 2 to 5 states and random $f$, $\alpha$ from 0 to 5.

## What must fail

$0.9$ times the right sides.

## Exercises

1. For which chain has self-repellence nothing to offer?
2. Two states, $P=\frac12$ everywhere, $\alpha=1$: what do (3) and (4) say, and where has that been seen?
:*/

/* pi[x], for (2) with complex x. */
static void stationary(size_t n, const double *P, const double *mu, double alpha, const double complex *x,
                       double complex *pi)
{
	double complex r[MOST], sum = 0;

	for (size_t j = 0; j < n; j++)
		r[j] = cpow(x[j] / mu[j], -alpha);
	for (size_t i = 0; i < n; i++) {
		double complex ahead = 0;

		for (size_t k = 0; k < n; k++)
			ahead += P[i * n + k] * r[k];
		sum += pi[i] = mu[i] * r[i] * ahead;
	}
	for (size_t i = 0; i < n; i++)
		pi[i] /= sum;
}

/* (1): the flow from i to j, added up with weights, and that from j to i. */
static void balance(const struct chain *c, double alpha, double *left, double *right)
{
	size_t n = c->n;
	double complex x[MOST] = { 0 }, pi[MOST];
	double all = 0;

	for (size_t j = 0; j < n; j++)
		all += c->shares[j];
	for (size_t j = 0; j < n; j++)
		x[j] = c->shares[j] / all;
	stationary(n, c->P, c->mu, alpha, x, pi);
	*left = *right = 0;
	for (size_t i = 0; i < n; i++) {
		double row = 0;

		for (size_t k = 0; k < n; k++)
			row += c->P[i * n + k] * pow(creal(x[k]) / c->mu[k], -alpha);
		for (size_t j = 0; j < n; j++) {
			double flow = creal(pi[i]) * c->P[i * n + j] * pow(creal(x[j]) / c->mu[j], -alpha) / row;

			*left += cos((double)(i + 2 * j)) * flow;
			*right += cos((double)(j + 2 * i)) * flow;
		}
	}
}

/* (2): f'd pi along D f, whose sum is 0. */
static void derivative(const struct chain *c, double alpha, double *left, double *right)
{
	size_t n = c->n;
	double complex x[MOST] = { 0 }, pi[MOST];

	*left = *right = 0;
	for (size_t j = 0; j < n; j++)
		x[j] = c->mu[j] + I * 1e-30 * c->mu[j] * c->f[j];
	stationary(n, c->P, c->mu, alpha, x, pi);
	for (size_t i = 0; i < n; i++) {
		double back = c->mu[i] * c->f[i];

		for (size_t k = 0; k < n; k++)
			back += c->P[k * n + i] * c->mu[k] * c->f[k];
		*left += c->shares[i] * cimag(pi[i]) / 1e-30;
		*right -= alpha * c->shares[i] * back;
	}
}

/* U of (3), n x n; 0 where a pivot is 0. */
static int covariance(const struct chain *c, double *U)
{
	size_t n = c->n;
	double Z[MOST * MOST];

	for (size_t k = 0; k < n; k++) {
		double a[MOST * MOST], b[MOST] = { 0 };

		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				a[i * n + j] = (i == j) - c->P[i * n + j] + c->mu[j];
		b[k] = 1;
		if (!eliminate(n, a, b))
			return 0;
		for (size_t i = 0; i < n; i++)
			Z[i * n + k] = b[i];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			U[i * n + j] = c->mu[i] * Z[i * n + j] + c->mu[j] * Z[j * n + i] - (i == j) * c->mu[i] -
			               c->mu[i] * c->mu[j];
	return 1;
}

/* f'Vf, V from its n^2 equations; or f'A^{-1}UA^{-T}f. */
static int left_side(const struct chain *c, double alpha, int what, double *left)
{
	size_t n = c->n, m = n * n;
	double A[MOST * MOST], U[MOST * MOST], a[MOST * MOST * MOST * MOST] = { 0 }, b[MOST * MOST];

	if (!covariance(c, U))
		return 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			A[i * n + j] = -(i == j) * (1 + alpha) - alpha * c->P[j * n + i];
	*left = 0;
	if (what == OPTIMISATION) {
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				a[i * n + j] = A[j * n + i];
		for (size_t i = 0; i < n; i++)
			b[i] = c->f[i];
		if (!eliminate(n, a, b))
			return 0;
		for (size_t k = 0; k < m; k++)
			*left += b[k / n] * U[k] * b[k % n];
		return 1;
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			b[i * n + j] = -U[i * n + j];
			for (size_t k = 0; k < n; k++) {
				a[(i * n + j) * m + k * n + j] += A[i * n + k] + (i == k) * 0.5;
				a[(i * n + j) * m + i * n + k] += A[j * n + k] + (j == k) * 0.5;
			}
		}
	if (!eliminate(m, a, b))
		return 0;
	for (size_t k = 0; k < m; k++)
		*left += c->f[k / n] * b[k] * c->f[k % n];
	return 1;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *param = p->c->param;
	double alpha = param[alpha_];
	int what = (int)param[what_];
	struct chain c;

	if (draw_chain(p->host, p->number, (size_t)param[n_], &c))
		return RATE_FAIL;
	*s = 1;
	if (what == BALANCE || what == DERIVATIVE) {
		(what == BALANCE ? balance : derivative)(&c, alpha, left, right);
		*s = 1 + alpha * c.size;
		return RATE_OK;
	}
	if (!left_side(&c, alpha, what, left))
		return RATE_FAIL;
	*right = 0;
	for (size_t i = 0; i + 1 < c.n; i++) {
		double l = c.lambda[i], slow = (1 + l) / (1 - l), repels = alpha * (1 + l);

		*right += c.part[i] * c.part[i] * slow /
		          (what == SAMPLING ? 2 * repels + 1 : (repels + 1) * (repels + 1));
	}
	/* the systems are the worse conditioned the nearer an eigenvalue is to 1 */
	*s = c.size * c.size * pow(1 + alpha, 2) / pow(1 - c.lambda[c.n - 2], 2);
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "n=4,alpha=1,what=sampling", .note = "(3)", .ratio = 1 },
	{ .parameters = "n=5,alpha=2,what=optimisation", .note = "(4)", .ratio = 1 },
	{ .parameters = "n=5,alpha=2,what=balance", .note = "(1)", .ratio = 1 },
	{ .parameters = "n=3,alpha=2,what=derivative", .note = "(2)", .ratio = 1 })
CONTROL(control,
	{ .parameters = "n=4,alpha=1,what=sampling", .note = "0.9 times the right side of (3)", .factor = 0.9 },
	{ .parameters = "n=5,alpha=2,what=optimisation", .note = "0.9 times the right side of (4)", .factor = 0.9 },
	{ .parameters = "n=5,alpha=2,what=derivative", .note = "0.9 times the right side of (2)", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[n_] = { "n", RATE_INTEGER, "4", 2, 5, NULL, "states of a random chain" },
	[alpha_] = { "alpha", RATE_REAL, "1", 0, 5, NULL, "repellence" },
	[what_] = { "what", RATE_CHOICE, "sampling", 0, 0, "sampling|optimisation|balance|derivative",
	            "(3), (4), (1) or (2)" },
};

CLAIM(srrw_variance,
	.id = "srrw-variance", .chapter = "distributed", .title = "The variance of self-repellent walks",
	.statement = "A = −I − α(I + P'), (A + I/2)V + V(A + I/2)' + U = 0: "
	             "f'Vf = Σ f_i² (1+λ_i)/(1−λ_i)/(2α(1+λ_i)+1), "
	             "f'A⁻¹UA⁻ᵀf = Σ f_i² (1+λ_i)/(1−λ_i)/(α(1+λ_i)+1)²",
	.quantity = "f'Vf or f'A⁻¹UA⁻ᵀf", .formula = "Σ f_i² (1+λ_i)/(1−λ_i)/(2α(1+λ_i)+1) or with (α(1+λ_i)+1)²",
	.source = "Hu, Doshi and Eun, arXiv:2401.09665 and arXiv:2305.05097 (with Doshi), the formulas; derived here",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
