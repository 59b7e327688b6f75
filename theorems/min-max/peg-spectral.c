/*:
# The spectral radius of the optimistic gradient method

How long may the steps of past extragradient be, and how fast is it at best? On an affine field the question is one of eigenvalues.

**Theorem.** Let $\nu\in\mathbb C$ be an eigenvalue of an affine field and $h=\gamma\nu$. On its eigenvector the pair $(x,\gamma g)$ of past extragradient moves by
$$ M=\begin{pmatrix}1-h&h\\h&-h\end{pmatrix},\qquad\text{with the eigenvalues}\quad \tfrac12\bigl(1-2h\pm\sqrt{1+4h^2}\bigr). $$
On a rotation, $h=i\eta$ with $\eta\ge0$, the spectral radius $\rho(M)$ is
$$ \rho^2=\begin{cases}\frac12\bigl(1+\sqrt{1-4\eta^2}\bigr)&\text{if }\eta\le\frac12,\\[2pt]\frac14\Bigl(1+\bigl(2\eta+\sqrt{4\eta^2-1}\bigr)^2\Bigr)&\text{if }\eta\ge\frac12,\end{cases} $$
so $\rho<1$ if and only if $0<\eta<\frac1{\sqrt3}$, and the least value is $\frac1{\sqrt2}$, at $\eta=\frac12$.

Extragradient has $\sqrt3/2=0.87$ at best, for two calls a step.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(eta)
#include "../common.h"

static double radius(double eta)
{
	double turn = 2 * eta + sqrt(fmax((2 * eta - 1) * (2 * eta + 1), 0));

	return eta <= 0.5 ? sqrt((1 + sqrt((1 - 2 * eta) * (1 + 2 * eta))) / 2) : hypot(1, turn) / 2;
}

/*:
## Proof

Let $w=\gamma g$. A step is $z=x-w$, $w^+=hz$, $x^+=x-w^+$, which is $M$: trace $1-2h$, determinant $-h(1-h)-h^2=-h$. So the eigenvalues are $\frac12\bigl(1-2h\pm\sqrt{(1-2h)^2+4h}\bigr)$ and $(1-2h)^2+4h=1+4h^2$.

Let $h=i\eta$. If $\eta\le\frac12$ the root $w=\sqrt{1-4\eta^2}$ is real, and the larger eigenvalue $\frac12(1+w-2i\eta)$ has the squared modulus $\frac14\bigl((1+w)^2+4\eta^2\bigr)=\frac14(2+2w)$, for $w^2+4\eta^2=1$. Else the root is
$i\sqrt{4\eta^2-1}$, and the larger eigenvalue $\frac12\bigl(1-i(2\eta+\sqrt{4\eta^2-1})\bigr)$. The first case decreases from 1, the second increases and is 1 where $2\eta+\sqrt{4\eta^2-1}=\sqrt3$, that is, $\eta=\frac1{\sqrt3}$. $\square$

## How sharp it is

It is an identity. The other side is the spectral radius that LAPACK finds for the real $4\times4$ matrix of a step on the plane, with $h=\eta J$, $J$ the quarter turn; nothing of the proof is in it.

## What is run

$\eta$ in $[0,1.2]$. At $\eta=\frac12$ two eigenvalues meet, and no program finds them better than to $10^{-7}$.

## What must fail

$0.9$ times the right side.

## Exercises

1. Write down the points $z_t$ at $\eta=\frac12$, from $z_{-1}=z_0$ and $z_1=z_0-\gamma V(z_0)$.
2. On a real eigenvalue $h>0$ the radius is less than 1 if and only if $h<\frac23$. Does that contradict peg-regret?
:*/

/* The radius of M with h = eta J; the claim on when it is less than 1 makes a left side that is no number where it
 * fails. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double eta = p->c->param[eta_], re[4], im[4];
	/* rows: x_1, x_2, w_1, w_2; J (a, b) = (-b, a) */
	double M[16] = {
		1, eta, 0, -eta,
		-eta, 1, eta, 0,
		0, -eta, 0, eta,
		eta, 0, -eta, 0,
	};

	if (p->host->spectrum(p->host, 4, M, re, im))
		return RATE_FAIL;
	*left = 0;
	for (size_t i = 0; i < 4; i++)
		*left = fmax(*left, hypot(re[i], im[i]));
	*right = radius(eta);
	*s = (1 + eta) * (1 + eta) / fmax(sqrt(fabs(1 - 4 * eta * eta)), 1e-7);
	if (eta > 1e-6 && fabs(*left - 1) > 1e-6 && (*left < 1) != (3 * eta * eta < 1))
		*left = NAN;
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "eta=0.3", .note = "a real root", .ratio = 1 },
	{ .parameters = "eta=0.5", .note = "the best: a double eigenvalue", .ratio = 1 },
	{ .parameters = "eta=0.5773502691896258", .note = "the end of the stable range: radius 1", .ratio = 1 },
	{ .parameters = "eta=1", .note = "beyond it", .ratio = 1 })
CONTROL(control,
	{ .parameters = "eta=0.3", .note = "0.9 times the right side", .factor = 0.9 },
	{ .parameters = "eta=1", .note = "0.9 times the right side, beyond the range", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[eta_] = { "eta", RATE_REAL, "0.5", 0, 1.2, NULL, "step times speed of the rotation" },
};

CLAIM(peg_spectral,
	.id = "peg-spectral", .chapter = "min-max", .title = "Spectral radius of the optimistic gradient method",
	.statement = "[[1−h, h], [h, −h]], h = iη: squared radius (1 + √(1−4η²))/2 if η ≤ 1/2, "
	             "else (1 + (2η + √(4η²−1))²)/4; "
	             "less than 1 iff 0 < η < 1/√3",
	.quantity = "ρ(M)", .formula = "√((1 + √(1−4η²))/2) or √(1 + (2η + √(4η²−1))²)/2", .source = OWN,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
