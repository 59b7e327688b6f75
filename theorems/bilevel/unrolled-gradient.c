/*:
# Differentiating through the inner steps

One may run $T$ gradient steps on the lower level and differentiate the result, as an automatic differentiator does: $F_T(x)=f(x,y_T(x))$. How far is its gradient from that of $F$?

**Theorem.** Let $f=\frac12x'Px+p'x+\frac12(y-a)'S(y-a)+x'Cy$ and $g=\frac12(y-Bx)'Q(y-Bx)$, $\mu I\preceq Q\preceq L_gI$ with $\mu>0$; $0<\beta<\frac2{L_g}$, and $y_T(x)$ the point after $T$ steps of length $\beta$ on $g(x,\cdot)$ from $y_0$. Let $q=\max(|1-\beta\mu|,|1-\beta L_g|)$, $\kappa=\|B'Q\|/\mu$ and $y_\star=Bx$. Then
$$ \|\nabla F_T(x)-\nabla F(x)\|\;\le\;q^T\Bigl[\bigl(\|C\|+(1+q^T)\kappa\|S\|\bigr)\|y_0-y_\star\|+\kappa\|\nabla_yf(x,y_\star)\|\Bigr]. $$

The first part is the error of $y_T$ itself. The second is that of its *derivative*: even from $y_0=y_\star$ the gradient is wrong after few steps.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(mu_g) P(kappa) P(turn) P(length) P(inner) P(S) P(C) P(B) P(bend) P(x) P(y0) P(a)
#include "../common.h"

/*: As code, with the norms on the page: :*/
static double bound(double q, double T, double C, double S, double kappa, double start, double slope)
{
	double r = pow(q, T);

	return r * ((C + (1 + r) * kappa * S) * start + kappa * slope);
}

/*:
## Proof

A step multiplies $y-Bx$ by $I-\beta Q$. So with $E=(I-\beta Q)^T$, $\|E\|\le q^T$, and $e=E(y_0-y_\star)$,
$$ y_T=y_\star+e,\qquad \frac{\partial y_T}{\partial x}=(I-E)B. $$
By the chain rule $\nabla F_T=\nabla_xf(x,y_T)+B'(I-E)\nabla_yf(x,y_T)$, and $\nabla F$ is the same with $e=0$, $E=0$. The difference is
$$ Ce+B'(I-E)Se-B'E\,\nabla_yf(x,y_\star). $$
$\|B\|=\|(B'Q)Q^{-1}\|\le\kappa$ and $\|I-E\|\le1+q^T$. $\square$

## How sharp it is

Attained on the line for $\beta$ between $1/\mu$ and $2/\mu$ and odd $T$, where $E<0$ and the three terms have one sign. For short steps the $1+q^T$ is generous, and the ratio tends to 1 as $T$ grows.

## What is run

The $T$ steps and their derivative, carried along as forward differentiation does it, in the plane.

## What must fail

$0.9$ of the bound for $T=1$; and $q^{2T}$ in the place of $q^T$, after 20 short steps.

## Exercises

1. What is left of $\nabla F_T$ for $T\to\infty$?
2. Let $b\in\mathbb R^d$ and $\beta\le1/L_g$. Show that the truncated series $\beta\sum_{i<N}(I-\beta Q)^ib$ misses $Q^{-1}b$ by at most $(1-\beta\mu)^N\|b\|/\mu$.
:*/

SHARP(sharp,
	{ .parameters = "mu_g=2,kappa=1,turn=0,length=0.9,inner=1,S=1,C=0.7,B=1.3,bend=0,x=1,y0=-2,a=0",
	  .note = "a long step, T = 1", .ratio = 1 },
	{ .parameters = "mu_g=2,kappa=1,turn=0,length=0.9,inner=5,S=1,C=0.7,B=1.3,bend=0,x=1,y0=-2,a=0",
	  .note = "long steps, T = 5", .ratio = 1 },
	{ .parameters = "mu_g=2,kappa=1,turn=0,length=0.1,inner=20,S=1,C=0.7,B=1.3,bend=0,x=1,y0=-2,a=0",
	  .note = "short steps, T = 20", .ratio = 0.989 },
	{ .parameters = "mu_g=0.5,kappa=8,turn=0.4,length=0.3,inner=10,S=1,C=0.7,B=1.3,bend=0.5,x=1,y0=-2,a=0.3",
	  .note = "in the plane" })
CONTROL(control,
	{ .parameters = "mu_g=2,kappa=1,turn=0,length=0.9,inner=1,S=1,C=0.7,B=1.3,bend=0,x=1,y0=-2,a=0",
	  .note = "0.9 of the bound", .factor = 0.9 },
	{ .parameters = "mu_g=2,kappa=1,turn=0,length=0.1,inner=20,S=1,C=0.7,B=1.3,bend=0,x=1,y0=-2,a=0",
	  .note = "q^2T in the place of q^T", .factor = 0.0116 })

/*: {.plumbing} :*/
enum { PLANE = 2 };

static void times(const double *A, const double *v, double *out)
{
	for (int i = 0; i < PLANE; i++)
		out[i] = A[2 * i] * v[0] + A[2 * i + 1] * v[1];
}

static void times_transposed(const double *A, const double *v, double *out)
{
	for (int i = 0; i < PLANE; i++)
		out[i] = A[i] * v[0] + A[2 + i] * v[1];
}

/* The largest singular value. */
static double norm(const double *A)
{
	double sum = A[0] * A[0] + A[1] * A[1] + A[2] * A[2] + A[3] * A[3], det = A[0] * A[3] - A[1] * A[2];

	return sqrt((sum + sqrt(fmax((sum - 2 * det) * (sum + 2 * det), 0))) / 2);
}

/* grad_x f + J' grad_y f at y, J = dy/dx, without Px + p; grad_y f too. */
static void total(const double *S, const double *C, const double *J, const double *x, const double *y, const double *a,
                  double *g, double *slope)
{
	double off[PLANE] = { y[0] - a[0], y[1] - a[1] }, more[PLANE], through[PLANE];

	times(S, off, slope);
	times_transposed(C, x, more);
	for (int i = 0; i < PLANE; i++)
		slope[i] += more[i];
	times(C, y, g);
	times_transposed(J, slope, through);
	for (int i = 0; i < PLANE; i++)
		g[i] += through[i];
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *of = p->c->param;
	double c = cos(of[turn_]), n = sin(of[turn_]), low = of[mu_g_], high = low * of[kappa_], beta, q,
	       Q[4] = { c * c * low + n * n * high, c * n * (low - high), c * n * (low - high),
		        n * n * low + c * c * high },
	       S[4] = { of[S_], 0, 0, of[S_] }, C[4] = { of[C_], of[bend_], -of[bend_], of[C_] },
	       B[4] = { of[B_], of[bend_], 0, of[B_] };
	/* On the first axis alone where nothing turns. */
	int flat = of[turn_] == 0 && of[bend_] == 0;
	double x[PLANE] = { of[x_], flat ? 0 : 0.5 }, a[PLANE] = { of[a_], flat ? 0 : -1 },
	       y[PLANE] = { of[y0_], flat ? 0 : 2 }, J[4] = { 0 }, star[PLANE], off[PLANE], at_T[PLANE], at_star[PLANE],
	       slope[PLANE], moved[PLANE], BQ[4];

	beta = of[length_] * 2 / high;
	q = fmax(fabs(1 - beta * low), fabs(1 - beta * high));
	times(B, x, star);
	off[0] = y[0] - star[0];
	off[1] = y[1] - star[1];
	for (int T = 0; T < (int)of[inner_]; T++) {
		double step[PLANE], lag[PLANE] = { y[0] - star[0], y[1] - star[1] };

		times(Q, lag, step);
		for (int j = 0; j < PLANE; j++) { /* column j of J: dJ = J - beta Q (J - B) */
			double column[PLANE] = { J[j] - B[j], J[2 + j] - B[2 + j] }, change[PLANE];

			times(Q, column, change);
			J[j] -= beta * change[0];
			J[2 + j] -= beta * change[1];
		}
		y[0] -= beta * step[0];
		y[1] -= beta * step[1];
	}
	total(S, C, J, x, y, a, at_T, moved);
	total(S, C, B, x, star, a, at_star, slope);
	for (int i = 0; i < PLANE; i++)
		for (int j = 0; j < PLANE; j++)
			BQ[2 * i + j] = B[i] * Q[j] + B[2 + i] * Q[2 + j];
	*left = hypot(at_T[0] - at_star[0], at_T[1] - at_star[1]);
	*right = bound(q, of[inner_], norm(C), norm(S), norm(BQ) / low, hypot(off[0], off[1]),
	               hypot(slope[0], slope[1]));
	*s = (norm(C) + norm(B) * norm(S)) * (hypot(y[0], y[1]) + hypot(star[0], star[1]) + hypot(a[0], a[1])) +
	     norm(B) * norm(C) * hypot(x[0], x[1]);
	return RATE_OK;
}

static const rate_param params[] = {
	[mu_g_] = { "mu_g", RATE_REAL, "2", 0.1, 10, NULL, "least eigenvalue of Q" },
	[kappa_] = { "kappa", RATE_REAL, "4", 1, 100, NULL, "the largest one, relative to it" },
	[turn_] = { "turn", RATE_REAL, "0.3", 0, 1.5, NULL, "angle of their axes" },
	[length_] = { "length", RATE_REAL, "0.5", 0.01, 0.99, NULL, "step length, as a share of 2/L_g" },
	[inner_] = { "inner", RATE_INTEGER, "5", 0, 200, NULL, "T" },
	[S_] = { "S", RATE_REAL, "1", -2, 2, NULL, "S = s I" },
	[C_] = { "C", RATE_REAL, "0.7", -2, 2, NULL, "diagonal of C" },
	[B_] = { "B", RATE_REAL, "1.3", -2, 2, NULL, "diagonal of B" },
	[bend_] = { "bend", RATE_REAL, "0.5", -2, 2, NULL, "beside the diagonals" },
	[x_] = { "x", RATE_REAL, "1", -3, 3, NULL, "first coordinate of x" },
	[y0_] = { "y0", RATE_REAL, "-2", -3, 3, NULL, "of y_0" },
	[a_] = { "a", RATE_REAL, "0", -3, 3, NULL, "of a" },
};

CLAIM(unrolled_gradient,
	.id = "unrolled-gradient", .chapter = "bilevel", .title = "Differentiating through the inner steps",
	.statement = "quadratic levels, T inner steps of length β < 2/L_g, q = max(|1−βμ|, |1−βL_g|), κ = ‖B'Q‖/μ: "
	             "‖∇F_T − ∇F‖ ≤ q^T [(‖C‖ + (1 + q^T) κ‖S‖)‖y_0 − y*‖ + κ‖∇_y f(x, y*)‖]",
	.quantity = "‖∇F_T(x) − ∇F(x)‖", .formula = "q^T [(‖C‖ + (1 + q^T) κ‖S‖)‖y_0 − y*‖ + κ‖∇_y f‖]",
	.source = "classical; proved in this file", .kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params),
	.evaluate = evaluate, SHARP_AND_CONTROL)
