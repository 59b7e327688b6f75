/*:
# PSGD does not see the coordinates

Gradient descent depends on the units in which each weight is measured, Newton's method does not. Nor does PSGD with a full matrix, although it never computes a Hessian.

PSGD keeps a matrix $Q$, with $P=Q^\top Q$. At each step, for a pair $(v,h)$ and $a=Qh$, $b=Q^{-\top}v$,
$$ Q\leftarrow Q-\mu\,\frac{aa^\top-bb^\top}{\|a\|^2+\|b\|^2}\,Q,\qquad x\leftarrow x-\eta\,Q^\top Q\,\nabla f(x). $$

**Theorem.** Let $T$ be invertible. Run PSGD on $f$ from $x_0,Q_0$ with pairs $(v,h)$, and on $\tilde f(y)=f(Ty)$ from $y_0=T^{-1}x_0$, $\tilde Q_0=Q_0T^{-\top}$ with the pairs $(T^{-1}v,T^\top h)$ of the same points. Then for every $t$
$$ x_t=Ty_t,\qquad Q_t=\tilde Q_tT^\top . $$

The pairs are the same pairs: if $v$ is a change of the point and $h$ the change of the gradient, then in the coordinates $y$ they are $T^{-1}v$ and $T^\top h$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "../common.h"
#include "../../methods/elimination.h"

/*:
## Proof

If $Q=\tilde QT^\top$ then $\tilde Q\tilde h=QT^{-\top}T^\top h=Qh$ and $\tilde Q^{-\top}\tilde v=Q^{-\top}T\,T^{-1}v=Q^{-\top}v$: both runs have the same $a$ and $b$. So both matrices are multiplied from the left by the same matrix, and the relation stays. And $\tilde P=T^{-1}PT^{-\top}$, $\nabla\tilde f(y)=T^\top\nabla f(Ty)$, so that $y$ moves by $T^{-1}$ times the
move of $x$. $\square$

*Letters.* $\mu$ and $\eta$ are the step sizes of $Q$ and of $x$; $T$ is a matrix here.

## How sharp it is

It is an identity.

## What is run

Random quadratics with $h=Hv$, random $T$ with condition numbers up to 50, 20 steps; $x_t$ and $Ty_t$ are compared.

## What must fail

$0.9$ and $1.1$ of one of them.

## Exercises

1. Show that Newton's method has the same property.
2. For which $T$ does it hold if $Q$ is kept diagonal?
:*/

SHARP(sharp,
	{ .parameters = "d=3,cond=20", .note = "three dimensions", .ratio = 1 },
	{ .parameters = "d=4,cond=50", .note = "four" })
CONTROL(control,
	{ .parameters = "d=3,cond=20", .note = "0.9 of one run", .factor = 0.9 },
	{ .parameters = "d=2,cond=20", .note = "1.1 of it", .factor = 1.1 })

/*: {.plumbing} :*/
enum { SIZE, COND };
enum { MOST = 4, STEPS = 20 };

/* out <- a x, or a'x */
static void apply(size_t n, const double *a, int transposed, const double *x, double *out)
{
	for (size_t i = 0; i < n; i++) {
		out[i] = 0;
		for (size_t j = 0; j < n; j++)
			out[i] += a[transposed ? j * n + i : i * n + j] * x[j];
	}
}

/* x with a x = b (a'x = b) */
static void solve(size_t n, const double *a, int transposed, const double *b, double *x)
{
	double m[MOST * MOST];

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			m[i * n + j] = a[transposed ? j * n + i : i * n + j];
	memcpy(x, b, n * sizeof *x);
	eliminate(n, m, x);
}

/* One step on a function with the gradient g at x. */
static void psgd(size_t n, double *Q, const double *v, const double *h, const double *g, double *x)
{
	double a[MOST], b[MOST], aQ[MOST], bQ[MOST], size = 0, move[MOST], step[MOST];

	apply(n, Q, 0, h, a);
	solve(n, Q, 1, v, b);
	apply(n, Q, 1, a, aQ);
	apply(n, Q, 1, b, bQ);
	for (size_t i = 0; i < n; i++)
		size += a[i] * a[i] + b[i] * b[i];
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			Q[i * n + j] -= 0.2 * (a[i] * aQ[j] - b[i] * bQ[j]) / size;
	apply(n, Q, 0, g, move);
	apply(n, Q, 1, move, step);
	for (size_t i = 0; i < n; i++)
		x[i] -= 0.1 * step[i];
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[SIZE];
	double cond = p->c->param[COND], z[2 * MOST * MOST + MOST], H[MOST * MOST], T[MOST * MOST] = { 0 },
	       Q[MOST * MOST];
	double other[MOST * MOST], x[MOST], y[MOST], v[MOST], h[MOST], g[MOST];
	double to_v[MOST], to_h[MOST], to_g[MOST], back[MOST], at[MOST];

	p->host->normals(p->host, p->number, 0, 2 * n * n + n, z);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			H[i * n + j] = i == j ? 0.5 : 0;
			for (size_t k = 0; k < n; k++)
				H[i * n + j] += z[i * n + k] * z[j * n + k] / (double)n;
		}
	/* T = (I - 2uu'/|u|^2) diag(1 .. cond) (I - 2ww'/|w|^2): this condition number */
	const double *u = z + n * n, *w = u + n;
	double uu = 0, ww = 0;

	for (size_t i = 0; i < n; i++) {
		uu += u[i] * u[i];
		ww += w[i] * w[i];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			for (size_t k = 0; k < n; k++)
				T[i * n + j] += ((i == k) - 2 * u[i] * u[k] / uu) *
				                pow(cond, n > 1 ? (double)k / (double)(n - 1) : 0) *
				                ((k == j) - 2 * w[k] * w[j] / ww);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++)
			Q[i * n + j] = i == j;
		solve(n, T, 0, Q + i * n, other + i * n); /* row i of Q T^-T */
		x[i] = z[2 * n * n + i];
	}
	solve(n, T, 0, x, y);
	for (uint64_t t = 0; t < STEPS; t++) {
		p->host->normals(p->host, p->number, 1 + t, n, v);
		apply(n, H, 0, v, h);
		apply(n, H, 0, x, g);
		solve(n, T, 0, v, to_v);
		apply(n, T, 1, h, to_h);
		apply(n, T, 0, y, back);
		apply(n, H, 0, back, at);
		apply(n, T, 1, at, to_g);
		psgd(n, Q, v, h, g, x);
		psgd(n, other, to_v, to_h, to_g, y);
	}
	apply(n, T, 0, y, back);
	*left = along(n, x);
	*right = along(n, back);
	*s = 1e3 * cond * (1 + size_along(n, x) + size_along(n, back));
	return RATE_OK;
}

static const rate_param params[] = {
	[SIZE] = { "d", RATE_INTEGER, "3", 1, MOST, NULL, "dimension" },
	[COND] = { "cond", RATE_REAL, "10", 1, 50, NULL, "condition number of T" },
};

CLAIM(psgd_equivariance,
	.id = "psgd-equivariance", .chapter = "matrix-preconditioning", .title = "PSGD does not see the coordinates",
	.statement = "f̃(y) = f(Ty), y_0 = T⁻¹x_0, Q̃_0 = Q_0T⁻ᵀ, pairs (T⁻¹v, Tᵀh): x_t = Ty_t for every t",
	.quantity = "x_20, along a fixed direction", .formula = "T y_20",
	.source = "after Li, Preconditioned stochastic gradient descent, 2015; proved in this file",
	.kind = RATE_IDENTITY,
	.params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
