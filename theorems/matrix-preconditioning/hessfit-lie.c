/*:
# Fitting a preconditioner

Move by $v$ and see the gradient change by $h$. A preconditioner $P$ that understands the curvature would send $h$ back to $v$. PSGD makes that a criterion, $c(P)=\mathbb E[h^\top Ph+v^\top P^{-1}v]$, and lowers it as it goes.

Let $\|M\|_{nuc}$ be the sum of the singular values, $A=\mathbb E\,hh^\top$ and $B=\mathbb E\,vv^\top$, so that $c(P)=\operatorname{tr}(PA)+\operatorname{tr}(P^{-1}B)$.

**Theorem (the best preconditioner).** For symmetric positive semidefinite $A,B$ and every positive definite $P$
$$ \operatorname{tr}(PA)+\operatorname{tr}(P^{-1}B)\;\ge\;2\,\|A^{1/2}B^{1/2}\|_{nuc}, $$
with equality, for $A,B\succ0$, at $P=A^{-1/2}(A^{1/2}BA^{1/2})^{1/2}A^{-1/2}$.

With $h=Hv$ and $B=I$ that is $P=|H|^{-1}$: Newton's, with all signs made positive. With $A$ the mean of $gg^\top$ it is the matrix of full AdaGrad, $A^{-1/2}$; and for one pair $A=hh^\top$, $B=vv^\top$ the least value $2\langle v,h\rangle$ is reached by $Ph=v$, the secant equation of BFGS.

**Theorem (one coordinate, on the group).** Let $h=\lambda v$, $\lambda>0$, $v\ne0$, and $P=q^2$ with
$$ q\;\leftarrow\;q\Bigl(1-\mu\,\frac{q^2h^2-v^2/q^2}{q^2h^2+v^2/q^2}\Bigr),\qquad0<\mu\le\tfrac12 . $$
With $u_t=\ln(\lambda q_t^2)$, from every start and for all $v$,
$$ |\sinh u_t|\;\le\;\frac{|\sinh u_0|}{(1+\mu)^{2t}} . $$

A linear rate without a condition number, and without $\lambda$. $\sinh u$ is half of $\lambda q^2-\frac1{\lambda q^2}$: the derivative of the criterion along the group.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(rate) P(steps) P(start)
#include <string.h>

#include "../common.h"
#include "../../methods/jacobi.h"

/*:
## Proof of the first

Let $U$ be the orthogonal matrix that makes $B^{1/2}A^{1/2}U$ positive semidefinite, so that its trace is the nuclear norm. Expand
$$ 0\le\bigl\|A^{1/2}P^{1/2}-UB^{1/2}P^{-1/2}\bigr\|_F^2=\operatorname{tr}(PA)+\operatorname{tr}(P^{-1}B)-2\operatorname{tr}\bigl(A^{1/2}UB^{1/2}\bigr), $$
and $\operatorname{tr}(A^{1/2}UB^{1/2})=\operatorname{tr}(B^{1/2}A^{1/2}U)$. It vanishes for $A^{1/2}P=UB^{1/2}$, which the given $P$ satisfies with $U=(A^{1/2}BA^{1/2})^{1/2}A^{-1/2}B^{-1/2}$. $\square$

## Proof of the second

$v$ cancels, and the step is $u\leftarrow u+2\ln(1-\mu\tanh u)$. Let $\tau=\tanh|u|\in(0,1)$; then $e^{|u|}:e^{-|u|}=(1+\tau):(1-\tau)$, and with $c$ the factor of $q$ the claim is, after division by a common factor,
$$ \bigl|(1\pm\tau)c^{2}-(1\mp\tau)c^{-2}\bigr|\le\frac{2\tau}{(1+\mu)^2} . $$

*$q$ too small, $u<0$, $c=1+\mu\tau$.* Convexity of $c^{-2}$ in $\tau$ gives $c^{-2}\le1-\tau+\tau(1+\mu)^{-2}$, and $c^2\ge1+2\mu\tau$. So $(1+\tau)c^{-2}-(1-\tau)c^2-2\tau(1+\mu)^{-2}\le\tau(1-\tau)\bigl[1-2\mu-(1+\mu)^{-2}\bigr]\le0$, since $(1-2\mu)(1+\mu)^2\le1$. The step does not pass 0, as $2\ln(1+\mu\tau)\le2\mu\tau\le|u|$.

*$q$ too large, $u>0$, $c=1-\mu\tau$.* $c^{-2}\ge1+2\mu\tau+3\mu^2\tau^2$ gives $(1+\tau)c^2-(1-\tau)c^{-2}\le2\tau(1-2\mu+\mu^2\tau(2\tau-1))\le2\tau(1-\mu)^2\le2\tau(1+\mu)^{-2}$. If it passes 0, then by at most $\frac{1-\tau}a-(1+\tau)a$ with $a=(1-\frac\tau2)^2$ ($\mu=\frac12$ is worst), which is $\frac34\tau^2-\frac14\tau^3-\frac{\tau^2}{4a}\le\frac12\tau^2\le\frac89\tau\le2\tau(1+\mu)^{-2}$. $\square$

*Letters.* $\mu$ is the step size of the fit, no strong convexity; the program writes `rate` for it, `start` for $u_0$ and `steps` for $t$.

## How sharp it is

The first is attained by the best $P$. The second for a preconditioner that is far too small: $u_0=-30$, $\mu=0.4$ and eight steps reach $1.000000$; from $u_0=+30$ the same steps are 16 times better than claimed.

## What is run

Random matrices, with $P$ random and the best one. All starts $|u_0|\le30$, and $\mu\le\frac12$.

## What must fail

${{hessfit-criterion!1.max_ratio:3}}$ of the first right side at the best $P$. The rate with $1.05$ steps for each; and its range: $\mu=0.65$ from $u_0=0.509$.

## Exercises

1. $h=\lambda v+e$ with noise $e$ of variance $s^2$, $v$ of variance 1. What is the best $q^2$?
2. $\mu=1$ is a valid update on paper. Why can $q$ become 0 in floating point?
:*/

SHARP(sharp_criterion,
	{ .parameters = "d=4,best=1", .note = "at the best P", .ratio = 1 },
	{ .parameters = "d=1,best=1", .note = "numbers: arithmetic and geometric mean", .ratio = 1 })
CONTROL(control_criterion, { .parameters = "d=4,best=1", .note = "1.01 of the right side", .factor = 1.01 })
SHARP(sharp,
	{ .parameters = "rate=0.4,steps=8,start=-30", .note = "q far too small", .ratio = 1 },
	{ .parameters = "rate=0.4,steps=8,start=-10", .note = "q too small", .ratio = 0.99994 },
	{ .parameters = "rate=0.4,steps=1,start=30", .note = "q far too large", .ratio = 0.706 })
CONTROL(control,
	{ .parameters = "rate=0.4,steps=8,start=-30", .note = "0.9 of the bound", .factor = 0.9 },
	{ .parameters = "rate=0.65,steps=1,start=0.509", .note = "mu = 0.65, outside of the range" })

/*: {.plumbing} :*/
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	LETTERS(p->c);
	double u = start, z[2], q, lambda, first = fabs(sinh(u));

	p->host->normals(p->host, p->number, 0, 2, z);
	lambda = exp(z[0]);
	q = exp(u / 2) / sqrt(lambda);
	for (int t = 0; t < (int)steps; t++) {
		double v = z[1] != 0 ? z[1] : 1, to = q * lambda * v, from = v / q;

		q *= 1 - rate * (to - from) * (to + from) / (to * to + from * from);
	}
	u = log(lambda) + 2 * log(q);
	*left = fabs(sinh(u));
	*right = first * pow(1 + rate, -2 * steps);
	*s = (1 + steps) * (1 + cosh(u)) * 64;
	return RATE_OK;
}

enum { SIZE, BEST };
enum { MOST = 4 };

static void multiply(size_t n, const double *a, const double *b, double *out)
{
	memset(out, 0, n * n * sizeof *out);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			for (size_t j = 0; j < n; j++)
				out[i * n + j] += a[i * n + k] * b[k * n + j];
}

/* out <- m^power, symmetrised; m is kept */
static void power_of(size_t n, const double *m, double power, double *out)
{
	double a[MOST * MOST], v[MOST * MOST];

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			a[i * n + j] = (m[i * n + j] + m[j * n + i]) / 2;
	jacobi_power(n, a, power, v, out);
}

static void random_positive(const rate_point *p, uint64_t stream, size_t n, double *out)
{
	double z[MOST * MOST];

	p->host->normals(p->host, p->number, stream, n * n, z);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			out[i * n + j] = i == j ? 0.1 : 0;
			for (size_t k = 0; k < n; k++)
				out[i * n + j] += z[i * n + k] * z[j * n + k];
		}
}

static int evaluate_criterion(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[SIZE];
	double A[MOST * MOST], B[MOST * MOST], P[MOST * MOST], root[MOST * MOST], inverse[MOST * MOST], M[MOST * MOST];
	double work[MOST * MOST], singular[MOST], v[MOST * MOST];

	random_positive(p, 0, n, A);
	random_positive(p, 1, n, B);
	power_of(n, A, 0.5, root);
	if (p->c->param[BEST] > 0) { /* A^-1/2 (A^1/2 B A^1/2)^1/2 A^-1/2 */
		multiply(n, root, B, work);
		multiply(n, work, root, M);
		power_of(n, M, 0.5, P);
		power_of(n, A, -0.5, inverse);
		multiply(n, inverse, P, work);
		multiply(n, work, inverse, P);
	} else
		random_positive(p, 2, n, P);
	power_of(n, P, -1, inverse);
	*left = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			*left += P[i * n + j] * A[j * n + i] + inverse[i * n + j] * B[j * n + i];
	power_of(n, B, 0.5, work);
	multiply(n, root, work, M);
	jacobi_singular(n, n, M, work, v, singular);
	*right = 0;
	for (size_t i = 0; i < n; i++)
		*right += 2 * singular[i];
	*s = 1e3 * (*left + *right); /* inverses of matrices of condition 1e3 or so */
	return RATE_OK;
}

static const rate_param params[] = {
	[rate_] = { "rate", RATE_REAL, "0.4", 1e-3, 0.5, NULL, "mu, the step size of the fit" },
	[steps_] = { "steps", RATE_INTEGER, "8", 1, 20, NULL, "t, how many steps" },
	[start_] = { "start", RATE_REAL, "-10", -30, 30, NULL, "u_0 = ln(lambda q_0^2)" },
};
static const rate_param params_criterion[] = {
	[SIZE] = { "d", RATE_INTEGER, "3", 1, MOST, NULL, "size of the matrices" },
	[BEST] = { "best", RATE_INTEGER, "0", 0, 1, NULL, "1: at the best P; 0: at a random one" },
};

#define LI "Li, Stochastic Hessian fittings with Lie groups, 2024"

CLAIM(hessfit_criterion,
	.id = "hessfit-criterion", .chapter = "matrix-preconditioning",
	.title = "The best preconditioner of PSGD's criterion",
	.statement = "A, B ≽ 0, P ≻ 0: tr(PA) + tr(P⁻¹B) ≥ 2‖A^½B^½‖_nuc",
	.quantity = "tr(PA) + tr(P⁻¹B)", .formula = "2‖A^½B^½‖_nuc", .source = "criterion: " LI "; proved in this file",
	.kind = RATE_LOWER_BOUND, .params = RATE_ROWS(params_criterion), .evaluate = evaluate_criterion,
	.sharp = sharp_criterion, .control = control_criterion)

CLAIM(hessfit_lie,
	.id = "hessfit-lie", .chapter = "matrix-preconditioning",
	.title = "A fit on the group, without a condition number",
	.statement = "h = λv, q ← q(1 − μ(q²h² − v²/q²)/(q²h² + v²/q²)), 0 < μ ≤ ½, u = ln(λq²): "
	             "|sinh u_t| ≤ (1+μ)^{−2t} "
	             "|sinh u_0|",
	.quantity = "|sinh u_t|", .formula = "(1+μ)^{−2t} |sinh u_0|",
	.source = "update: " LI "; the rate is proved in this file",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
