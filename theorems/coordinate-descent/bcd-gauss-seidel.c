/*:
# Gauss-Seidel: the exact factor of a cycle

On a strongly convex quadratic a cycle of block steps is a linear map. How much does it shrink the gap, in the worst case?

**Theorem.** Let $f=\frac12(x-x_\star)^\top A(x-x_\star)$, $A\succ0$, $N$ its part below the diagonal blocks and $\gamma\lambda_{\max}(A_{jj})\le1$. After $k$ cycles of block steps (page bcd-composite, $h=0$)
$$ f(x_k)-f_\star\;\le\;\rho^k\,(f(x_0)-f_\star),\qquad\rho=\bigl\|A^{1/2}\bigl(I-(\tfrac1\gamma I+N)^{-1}A\bigr)A^{-1/2}\bigr\|_2^2<1 . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blocks.h"

FORMULA(start, t, d0)

/* A <- its lower Cholesky factor; RATE_FAIL where A is not positive definite. */
static int cholesky(size_t d, double *A)
{
	for (size_t j = 0; j < d; j++) {
		for (size_t k = 0; k < j; k++)
			for (size_t i = j; i < d; i++)
				A[i * d + j] -= A[i * d + k] * A[j * d + k];
		if (!(A[j * d + j] > 0))
			return RATE_FAIL;
		for (size_t i = d; i-- > j;)
			A[i * d + j] /= sqrt(A[j * d + j]);
		for (size_t i = 0; i < j; i++)
			A[i * d + j] = 0;
	}
	return RATE_OK;
}

/* M <- I - R'(I/gamma + N)^-1 R with A = RR': as long as A^{1/2}(I - (I/gamma + N)^-1 A)A^{-1/2}, to which it is
 * similar by a rotation. `Y` is work. */
static void cycle_matrix(size_t d, size_t size, double gamma, const double *A, const double *R, double *Y, double *M)
{
	for (size_t j = 0; j < d; j++)
		for (size_t i = 0; i < d; i++) {
			double sum = R[i * d + j];
			for (size_t k = 0; k < i / size * size; k++)
				sum -= A[i * d + k] * Y[k * d + j];
			Y[i * d + j] = gamma * sum;
		}
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++) {
			double sum = i == j;
			for (size_t k = 0; k < d; k++)
				sum -= R[k * d + i] * Y[k * d + j];
			M[i * d + j] = sum;
		}
}

/*:
## Proof

The step of block $j$ is $\Delta_j=-\gamma\bigl(\nabla_jf(x)+\sum_{i<j}A_{ji}\Delta_i\bigr)$, where $x$ is the start of the cycle. That is $(\frac1\gamma I+N)\Delta=-\nabla f(x)=-A(x-x_\star)$, so
$x^+-x_\star=E(x-x_\star)$ with $E=I-(\frac1\gamma I+N)^{-1}A$. And $2(f-f_\star)=\|A^{1/2}(x-x_\star)\|^2$, so $f$ shrinks at most by the squared norm of $A^{1/2}EA^{-1/2}$. By the page before it does shrink, unless no block moves, and that is at
$x_\star$ only; so $\rho<1$. $\square$

(The norm is computed with the Cholesky factor of $A$ in the place of its root, and from above.)

## How sharp it is

$\rho$ is attained in the first cycle, from the top singular vector; later cycles shrink more, as a rule, since the map is not normal. For two coordinates with coupling $c$: $\rho=c^2$, attained from $(-c,1)$; every further cycle has the
factor $c^4$. With one block the method is gradient descent, and $\rho=(1-\gamma\mu)^2$ or $(1-\gamma L)^2$ is attained at every $k$.

## The model problem

**Theorem (bcd-gs-poisson).** For the matrix with 2 on the diagonal and $-1$ beside it, of size $d$, the spectral radius of $I-(D+N)^{-1}A$ is $\cos^2\frac\pi{d+1}$.

**Proof.** Let $\mu_j=\cos\frac{j\pi}{d+1}$, $\mu_j\ne0$. The vector $v$ with entries $v_i=\mu_j^{i}\sin\frac{ij\pi}{d+1}$ is an eigenvector for $\mu_j^2$: the equation $-Uv=\mu_j^2(D+N)v$ reads
$v_{i+1}=\mu_j^2(2v_i-v_{i-1})$, and with $v_i=\mu_j^iw_i$ it is $w_{i+1}+w_{i-1}=2\mu_jw_i$ (divide by $\mu_j^{i+1}$), which the sines solve, with $w_0=w_{d+1}=0$. As $j$ and $d+1-j$ give the same $\mu_j^2$, these are
$\lfloor\frac d2\rfloor$ eigenvalues. The others are 0: the determinant of $\lambda(D+N)+U$ is a polynomial in $\lambda$ that has the factor $\lambda^{\lceil d/2\rceil}$, since expanding a tridiagonal determinant the couplings enter by their products $\lambda$ only,
$p_d=2\lambda p_{d-1}-\lambda p_{d-2}$. $\square$

Jacobi's method has $\cos\frac\pi{d+1}$: one cycle of Gauss and Seidel does what two of Jacobi's do.

## What is run

The method on the suite's quadratics; the model problem at sizes 2 to 12 by the power method.

## What must fail

0.9 of $\rho$ where it is attained. Jacobi's method on coordinates coupled by 0.9. For the model problem 0.9 of the radius.

## Exercises

1. *Compute.* Find $\rho$ for two coordinates with coupling $c$.
2. ★ Why is the next cycle's factor $c^4$?
:*/

SHARP(sharp,
	{ .objective = "coupled:d=2,c=0.5,start=-0.5/1", .parameters = "gamma=1",
	  .note = "two coordinates, the first cycle", .steps = 1,
	  .ratio = 1 },
	{ .objective = "quadratic:d=2,kappa=10,rotation=0,along=mu", .parameters = "gamma=1,size=2",
	  .note = "one block: gradient descent", .steps = 32, .ratio = 1 },
	{ .objective = "coupled:d=20,c=0.9", .note = "many coordinates, strongly coupled" })
CONTROL(control,
	{ .objective = "coupled:d=2,c=0.5,start=-0.5/1", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained",
	  .steps = 1, .factor = 0.9 },
	{ .objective = "coupled:d=20,c=0.9", .parameters = "gamma=1", .note = "all coordinates from the old point",
	  .steps = 20,
	  .method = "block-prox:sweep=jacobi" })
SHARP(sharp_poisson, { .parameters = "d=5", .note = "five unknowns: 3/4", .ratio = 1 })
CONTROL(control_poisson, { .parameters = "d=5", .note = "0.9 times the right side", .factor = 0.9 })

/*: {.plumbing} :*/
enum { RHO };

static int factor_of_cycle(rate_view *v, double *rho)
{
	size_t d = v->run->d, n = d * d, size = (size_t)v->c->param[size_];
	double *A = malloc(5 * n * sizeof *A), *R, *Y, *M;
	int rc;

	if (!A)
		return RATE_FAIL;
	R = A + n;
	Y = R + n;
	M = Y + n;
	rc = read_matrix(v, A);

	*rho = INFINITY; /* nothing is judged where rounding hides that A is positive definite */
	if (rc == RATE_OK)
		memcpy(R, A, n * sizeof *R);
	if (rc == RATE_OK && cholesky(d, R) == RATE_OK) {
		cycle_matrix(d, size, v->c->param[gamma_], A, R, Y, M);
		*rho = norm_above(d, M, M + n);
		*rho *= *rho;
	}
	free(A);
	return rc;
}

static int observe(rate_view *v)
{
	double rho;

	if (v->t)
		return RATE_OK;
	if (factor_of_cycle(v, &rho))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		rate_acc(v, 1, r)[RHO] = rho;
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = start(v->c, 0) * (v->t ? pow(rate_acc(v, 1, r)[RHO], (double)v->t) : 1);
	return rate_gap_of(v, v->state[0], q, s);
}

enum { SIZE };
static const rate_param poisson_params[] = { { "d", RATE_INTEGER, "5", 2, 12, NULL, "unknowns" } };

/* A cycle without right side: 2 x_i - x_{i-1} (new) - x_{i+1} (old) = 0, many times. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t d = (size_t)p->c->param[SIZE];
	double x[14] = { 0 };

	for (size_t i = 1; i <= d; i++)
		x[i] = 1;
	for (int k = 0; k < 400; k++) {
		double largest = 0;
		for (size_t i = 1; i <= d; i++) {
			x[i] = (x[i - 1] + x[i + 1]) / 2;
			largest = fmax(largest, fabs(x[i]));
		}
		*left = largest;
		for (size_t i = 1; i <= d; i++)
			x[i] /= largest;
	}
	*right = cos(acos(-1) / ((double)d + 1)) * cos(acos(-1) / ((double)d + 1));
	*s = 1;
	return RATE_OK;
}

CLAIM(bcd_gauss_seidel,
	.id = "bcd-gauss-seidel", .chapter = "coordinate-descent", .title = "Gauss-Seidel on quadratics",
	.statement = "f quadratic, A ≻ 0, γλ_max(A_jj) ≤ 1: f(x_k) − f* ≤ ρ^k (f(x_0) − f*), "
	             "ρ = ‖A^(1/2)(I − (I/γ + N)⁻¹A)A^(−1/2)‖²",
	.quantity = "f(x_t) − f*", .formula = "ρ^t d₀",
	.source = "the norm identity of successive subspace correction: classical",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "block-prox",
	NEEDS([L_COORD] = "L_coord", "L", "mu", "L_2", "x_star", "f_star", "no composite"),
	.params = RATE_ROWS(block_params),
	.accumulators = 1, .applies = small_quadratic, .choose = choose_block, .admissible = admissible_block,
	.observe = observe,
	.measure = measure, SHARP_AND_CONTROL)

CLAIM(bcd_gs_poisson,
	.id = "bcd-gs-poisson", .chapter = "coordinate-descent", .title = "Gauss-Seidel on the model problem",
	.statement = "A = tridiag(−1, 2, −1) of size d: the spectral radius of I − (D + N)⁻¹A is cos²(π/(d + 1))",
	.quantity = "spectral radius", .formula = "cos²(π/(d + 1))", .source = "Young 1954",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(poisson_params), .evaluate = evaluate, .sharp = sharp_poisson,
	.control = control_poisson)
