/*:
# How long the steps of gradient tracking may be

Gradient tracking arrives where decentralised gradient descent stalls. It pays with the length of its steps.

**Theorem.** Let $f^i(x)=\frac c2\|x-c_i\|^2$ for all agents and no prox, $q=\gamma c>0$, and $\lambda\in(-1,1)$ an eigenvalue of $W$. Along its eigenvector the pair of copies and estimates $(x,y/c)$ of gradient tracking moves by
$$ M=\begin{pmatrix}\lambda&-\lambda q\\ \lambda(\lambda-1)&\lambda(1-\lambda q)\end{pmatrix},\qquad \tau=\operatorname{tr}M=2\lambda-q\lambda^2,\qquad\delta=\det M=\lambda^2(1-q), $$
so its spectral radius is $\sqrt\delta$ if $\tau^2<4\delta$, else $\frac12\bigl(|\tau|+\sqrt{\tau^2-4\delta}\bigr)$. For $\lambda\ne0$ it is less than 1 if and only if
$$ q<\frac{(1+\lambda)^2}{2\lambda^2}. $$

So the method converges if and only if this holds for every eigenvalue, that of $\lambda_1=1$ included, for which it reads $q<2$. With $\lambda_N=-\frac13$ the limit is 2 too; with $\lambda_N=-\frac12$ it is $\frac12$, with $\lambda_N=-0.8$ only $\frac1{32}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(lambda) P(q)
#include "../common.h"

static double radius(double lambda, double q)
{
	double trace = 2 * lambda - q * lambda * lambda, det = lambda * lambda * (1 - q);
	double root = trace * trace - 4 * det;

	return root < 0 ? sqrt(det) : (fabs(trace) + sqrt(root)) / 2;
}

/*:
## Proof

*The matrix.* Along the eigenvector, with targets shifted to 0, $g=cx$. A step is $x^+=\lambda(x-\gamma y)$ and $y^+=\lambda\bigl(y+c(x^+-x)\bigr)$; with $w=y/c$ that is $x^+=\lambda x-\lambda qw$, $w^+=\lambda\bigl(w+(\lambda-1)x-\lambda qw\bigr)$. Its determinant is $\lambda^2(1-\lambda q)+\lambda^2q(\lambda-1)=\lambda^2(1-q)$.

*Stability.* Both roots of $z^2-\tau z+\delta$ lie inside the unit circle if and only if $|\tau|<1+\delta$ and $|\delta|<1$ (Jury). Here
$$ 1+\delta-\tau=(1-\lambda)^2>0,\qquad 1+\delta+\tau=(1+\lambda)^2-2q\lambda^2, $$
and the second is positive if and only if $q$ is below the limit. Then $\delta>-1$ too: $1+\delta\ge\frac12\bigl((1+\delta+\tau)+(1+\delta-\tau)\bigr)>0$; and $\delta\le\lambda^2<1$.

*On $\lambda_1=1$* the matrix has the roots $1$ and $1-q$. By tracking-mean $\bar y$ is the mean gradient there, $w=x$, and the root 1 is never seen: $x^+=(1-q)x$. $\square$

## How sharp it is

It is an identity; the other side is the spectral radius that LAPACK finds for $M$.

## What is run

$\lambda$ in $(-1,1)$ and $q$ in $[0,3]$, on both sides of the limit. Where two roots meet no program finds them better than to $10^{-7}$.

## What must fail

$0.9$ times the right side.

## Exercises

1. Why may the lazy matrix $\frac12(I+W)$ take longer steps than $W$?
2. Some mix before they step, $X^+=WX-\gamma Y$, $Y^+=WY+G^+-G$. Find the matrix. How long are the steps at $\lambda=-0.8$?
3. *Compute.* Six agents on a ring with weights $0.45$ have $\lambda_N=-0.8$. Take a step just below the limit: `ratecheck verify dgd-neighbourhood:gamma=0.03 --method gradient-tracking --objective centres:b=1/0/0/0/0/0+agents:weight=0.45 --steps 3000`, then one just beyond it.
:*/

/* A wrong claim on when it is stable makes a left side that is no number. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double l = p->c->param[lambda_], q = p->c->param[q_], re[2], im[2], limit = (1 + l) * (1 + l) / (2 * l * l);
	double M[4] = { l, -l * q, l * (l - 1), l * (1 - l * q) };
	double trace = 2 * l - q * l * l, root = trace * trace - 4 * l * l * (1 - q);

	if (p->host->spectrum(p->host, 2, M, re, im))
		return RATE_FAIL;
	*left = fmax(hypot(re[0], im[0]), hypot(re[1], im[1]));
	*right = radius(l, q);
	*s = (1 + q) * (1 + q) / fmax(sqrt(fabs(root)), 1e-7);
	if (l != 0 && q > 1e-6 && fabs(*left - 1) > 1e-6 && (*left < 1) != (q < limit))
		*left = NAN;
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "lambda=0.5,q=0.2", .note = "complex roots", .ratio = 1 },
	{ .parameters = "lambda=-0.5,q=0.2", .note = "real roots", .ratio = 1 },
	{ .parameters = "lambda=-0.5,q=0.5", .note = "the end of the stable range: radius 1", .ratio = 1 },
	{ .parameters = "lambda=-0.8,q=0.5", .note = "far beyond it", .ratio = 1 })
CONTROL(control,
	{ .parameters = "lambda=0.5,q=0.2", .note = "0.9 times the right side", .factor = 0.9 },
	{ .parameters = "lambda=-0.8,q=0.2", .note = "0.9 times the right side, beyond the range", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[lambda_] = { "lambda", RATE_REAL, "0.5", -0.999, 0.999, NULL, "an eigenvalue of W" },
	[q_] = { "q", RATE_REAL, "0.2", 0, 3, NULL, "step times curvature" },
};

CLAIM(gt_spectral,
	.id = "gt-spectral", .chapter = "distributed", .title = "Spectral radius of gradient tracking",
	.statement = "[[λ, −λq], [λ(λ−1), λ(1−λq)]], trace τ, determinant δ: radius √δ if τ² < 4δ, else "
	             "(|τ| + √(τ² − 4δ))/2; less than 1 iff q < (1 + λ)²/(2λ²)",
	.quantity = "ρ(M)", .formula = "√δ or (|τ| + √(τ² − 4δ))/2", .source = OWN,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
