/*:
# One pass of least squares

Gradient descent needs many passes over the data. Newton's method on one term at a time, with the sum of the Hessians seen so far, needs one.

Let $f_1,\dots,f_n$ be quadratics with Hessians $H_i\succeq0$, $\varepsilon>0$, $P_0=\frac1\varepsilon I$, and for $i=1,\dots,n$
$$ P_i^{-1}=P_{i-1}^{-1}+H_i,\qquad\theta_i=\theta_{i-1}-P_i\nabla f_i(\theta_{i-1}). $$

**Theorem (recursive least squares is exact).** $\theta_n$ minimises $\frac\varepsilon2\|\theta-\theta_0\|^2+\sum_{j\le n}f_j(\theta)$.

**Theorem (distance).** If $x_\star$ minimises every $f_i$, then
$$ \|\theta_n-x_\star\|\;\le\;\frac\varepsilon{\varepsilon+\lambda_{\min}(H_1+\dots+H_n)}\,\|\theta_0-x_\star\| . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "../common.h"
#include "../../methods/jacobi.h"

/*:
## Proof

Let $\nabla f_i(\theta)=H_i\theta-b_i$ and $K_i=P_i^{-1}$. Then $K_i\theta_i=K_i\theta_{i-1}-H_i\theta_{i-1}+b_i=K_{i-1}\theta_{i-1}+b_i$, so $K_n\theta_n=\varepsilon\theta_0+\sum_jb_j$ with $K_n=\varepsilon I+\sum_jH_j$: the gradient of the sum vanishes at $\theta_n$. With a common minimiser $b_i=H_ix_\star$, and $K_n(\theta_n-x_\star)=\varepsilon(\theta_0-x_\star)$. $\square$

## How sharp it is

The first is an identity, the second attained in one dimension.

## What is run

Terms $\frac12(\langle a_i,\theta\rangle-c_i)^2$ with random $a_i$ and $c_i$ (with $c_i=\langle a_i,x_\star\rangle$ for the second). The recursion updates $P$ by the formula of Sherman and Morrison and is compared with eigenvectors of the sum.

## What must fail

$0.9$ and $1.1$ of the identity; $0.9$ of the distance in one dimension.

## Exercises

1. Find the formula for $P_i$ if $H_i=aa^\top$.
2. What happens for $\varepsilon\to0$ if $\sum H_j$ is singular?
:*/

SHARP(sharp,
	{ .parameters = "d=3,n=10,eps=0.1", .note = "ten terms", .ratio = 1 },
	{ .parameters = "d=4,n=2,eps=0.1", .note = "fewer terms than unknowns" })
CONTROL(control,
	{ .parameters = "d=3,n=10,eps=0.1", .note = "0.9 of the minimiser", .factor = 0.9 },
	{ .parameters = "d=2,n=4,eps=0.1", .note = "1.1 of it", .factor = 1.1 })
SHARP(sharp_distance, { .parameters = "d=1,n=10,eps=0.1", .note = "ten parabolas", .ratio = 1 })
CONTROL(control_distance, { .parameters = "d=1,n=10,eps=0.1", .note = "0.9 of the bound", .factor = 0.9 })

/*: {.plumbing} :*/
enum { SIZE, TERMS, EPS };
enum { MOST = 4, MOST_TERMS = 12 };

struct pass {
	size_t d, n;
	double theta[MOST], start[MOST], x_star[MOST], right[MOST], K[MOST * MOST]; /* K theta_n = right */
};

/* One pass; `common`: x_star minimises all terms. */
static void run_pass(const rate_point *p, int common, struct pass *out)
{
	size_t d = (size_t)p->c->param[SIZE], n = (size_t)p->c->param[TERMS];
	double eps = p->c->param[EPS], z[MOST_TERMS * (MOST + 1) + 2 * MOST], P[MOST * MOST], Pa[MOST];

	memset(out, 0, sizeof *out);
	out->d = d;
	out->n = n;
	p->host->normals(p->host, p->number, 0, n * (d + 1) + 2 * d, z);
	for (size_t i = 0; i < d; i++) {
		out->theta[i] = out->start[i] = z[n * (d + 1) + i];
		out->x_star[i] = z[n * (d + 1) + d + i];
		out->right[i] = eps * out->start[i];
		for (size_t j = 0; j < d; j++) {
			P[i * d + j] = i == j ? 1 / eps : 0;
			out->K[i * d + j] = i == j ? eps : 0;
		}
	}
	for (size_t k = 0; k < n; k++) {
		const double *a = z + k * (d + 1);
		double target = a[d], aPa = 0, miss = 0;

		if (common) {
			target = 0;
			for (size_t i = 0; i < d; i++)
				target += a[i] * out->x_star[i];
		}
		for (size_t i = 0; i < d; i++) {
			Pa[i] = 0;
			for (size_t j = 0; j < d; j++) {
				Pa[i] += P[i * d + j] * a[j];
				out->K[i * d + j] += a[i] * a[j];
			}
			aPa += a[i] * Pa[i];
			miss += a[i] * out->theta[i];
			out->right[i] += a[i] * target;
		}
		miss -= target;
		for (size_t i = 0; i < d; i++) {
			for (size_t j = 0; j < d; j++)
				P[i * d + j] -= Pa[i] * Pa[j] / (1 + aPa);
			out->theta[i] -= Pa[i] / (1 + aPa) * miss; /* the new P, times a */
		}
	}
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	struct pass q;
	double v[MOST * MOST], want[MOST] = { 0 };

	run_pass(p, 0, &q);
	jacobi_eigen(q.d, q.K, v);
	for (size_t k = 0; k < q.d; k++) {
		double inner = 0;

		for (size_t j = 0; j < q.d; j++)
			inner += v[k * q.d + j] * q.right[j];
		for (size_t i = 0; i < q.d; i++)
			want[i] += inner / q.K[k * q.d + k] * v[k * q.d + i];
	}
	*left = along(q.d, q.theta);
	*right = along(q.d, want);
	*s = (1 + size_along(q.d, want) + size_along(q.d, q.start)) * (1 + (double)q.n * 100 / p->c->param[EPS]);
	return RATE_OK;
}

static int evaluate_distance(const rate_point *p, double *left, double *right, double *s)
{
	struct pass q;
	double v[MOST * MOST], least = INFINITY, eps = p->c->param[EPS], after = 0, before = 0;

	run_pass(p, 1, &q);
	jacobi_eigen(q.d, q.K, v); /* eps + the eigenvalues of the sum */
	for (size_t i = 0; i < q.d; i++) {
		least = fmin(least, q.K[i * q.d + i]);
		after += pow(q.theta[i] - q.x_star[i], 2);
		before += pow(q.start[i] - q.x_star[i], 2);
	}
	*left = sqrt(after);
	*right = eps / least * sqrt(before);
	*s = (1 + size_along(q.d, q.x_star) + size_along(q.d, q.start)) * (1 + (double)q.n * 100 / eps);
	return RATE_OK;
}

static const rate_param params[] = {
	[SIZE] = { "d", RATE_INTEGER, "3", 1, MOST, NULL, "unknowns" },
	[TERMS] = { "n", RATE_INTEGER, "6", 1, MOST_TERMS, NULL, "terms" },
	[EPS] = { "eps", RATE_REAL, "0.1", 0.01, 10, NULL, "P_0 = I/eps" },
};

#define RLS .chapter = "matrix-preconditioning", .source = "standard, after Gauss and Plackett; proved in this file", \
	.params = RATE_ROWS(params)

CLAIM(rls_exact, RLS,
	.id = "rls-exact", .title = "Recursive least squares is exact",
	.statement = "P_i⁻¹ = P_{i−1}⁻¹ + H_i, θ_i = θ_{i−1} − P_i∇f_i(θ_{i−1}): θ_n minimises (ε/2)‖θ − θ_0‖² + Σ f_j",
	.quantity = "θ_n, along a fixed direction", .formula = "the minimiser", .kind = RATE_IDENTITY,
	.evaluate = evaluate,
	SHARP_AND_CONTROL)

CLAIM(rls_distance, RLS,
	.id = "rls-distance", .title = "The distance after one pass of least squares",
	.statement = "x* minimises every f_i: ‖θ_n − x*‖ ≤ ε/(ε + λ_min(ΣH_j)) ‖θ_0 − x*‖",
	.quantity = "‖θ_n − x*‖", .formula = "ε/(ε + λ_min(ΣH_j)) ‖θ_0 − x*‖", .kind = RATE_DETERMINISTIC,
	.evaluate = evaluate_distance, .sharp = sharp_distance, .control = control_distance)
