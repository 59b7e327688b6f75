/*:
# How fast the top eigenvector is found

Gradient descent on the function of gep-minimum, for one vector and white data, $B=I$, $k=1$: how does the angle to the top eigenvector fall?

**Theorem.** Let $M$ be symmetric, $d\ge2$, with the eigenvalues $\lambda_1\ge\lambda_2\ge\dots\ge\lambda_d\ge-\lambda_1$, $\lambda_1>0$, and $f(w)=-2\langle w,Mw\rangle+\|w\|^4$. Let $0<8\gamma\lambda_1\le1$, $0<\|w_0\|^2\le\lambda_1$, $\langle w_0,v_1\rangle\ne0$, and
$w_{t+1}=w_t-\gamma\nabla f(w_t)=w_t+4\gamma(Mw_t-\|w_t\|^2w_t)$. Then $\|w_t\|^2\le\lambda_1$ for every $t$, and the angle $\theta_t$ between $w_t$ and the line of $v_1$ has
$$ \tan\theta_t\;\le\;\Bigl(1-\frac{4\gamma(\lambda_1-\lambda_2)}{1+4\gamma\lambda_1}\Bigr)^t\tan\theta_0 . $$

It is the rate of the power method with a shift, and no orthogonalisation is needed for it.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

enum { FIRST, SECOND };

static double tangent(size_t d, const double *w)
{
	double off = 0;

	for (size_t i = 1; i < d; i++)
		off += w[i] * w[i];
	return sqrt(off) / fabs(w[0]);
}

/* How much the factor is below 1. */
NUMBER(gain, 4 * gamma * (c->need[FIRST] - c->need[SECOND]) / (1 + 4 * gamma * c->need[FIRST]))

FORMULA(bound, t, decay(gain(c), t) * tangent(c->d, c->x0))

NUMBER(factor, 1 - gain(c))

/*:
## Proof

In an eigenbasis of $M$, with $s=\|w\|^2$, a step multiplies the coordinate $i$ by $1+4\gamma(\lambda_i-s)$. Let $0\le s\le\lambda_1$. All these numbers are nonnegative, as $\lambda_i-s\ge-2\lambda_1$ and $8\gamma\lambda_1\le1$, and the first is the largest. So
$$ \|w^+\|\le\sqrt s\,(1+4\gamma(\lambda_1-s)) . $$
The function $z\mapsto z(1+4\gamma(\lambda_1-z^2))$ has the derivative $1+4\gamma\lambda_1-12\gamma z^2\ge1-8\gamma\lambda_1\ge0$ on $[0,\sqrt{\lambda_1}]$ and $\sqrt{\lambda_1}$ for a fixed point: $\|w^+\|^2\le\lambda_1$ again. The ratio of the coordinate $i>1$ to the first is multiplied by
$$ \frac{1+4\gamma(\lambda_i-s)}{1+4\gamma(\lambda_1-s)}=1-\frac{4\gamma(\lambda_1-\lambda_i)}{1+4\gamma(\lambda_1-s)}\le1-\frac{4\gamma(\lambda_1-\lambda_2)}{1+4\gamma\lambda_1}, $$
and is nonnegative. $\tan\theta$ is the length of these ratios. $\square$

*Letters.* $\theta$ is an angle, $v_1$ the top eigenvector; $\gamma$ the step.

## How sharp it is

Attained as long as $w$ is short, since then $s\approx0$: from $10^{-6}(1,1)$ the ratio is still $0.999$ after 30 steps. Later $\|w\|^2$ is near $\lambda_1$, and the factor is the better $1-4\gamma(\lambda_1-\lambda_2)$.

At the saddles $\sqrt{\lambda_j}\,v_j$ the theorem is silent, as it should be: there $\langle w_0,v_1\rangle=0$.

## What is run

Gradient descent on `gep`. The squared length is below $\lambda_1$ by the hypotheses, and the tangent is measured at every step.

## What must fail

0.9 of the bound while $w$ is short. Steps with $8\gamma\lambda_1=16$, for which the length does not settle and the signs of the coordinates turn. Another $\frac1t$.

## Exercises

1. What are the stationary points of $f$?
2. Let $\gamma\lambda_1=\frac18$ and $\lambda_2=\frac12\lambda_1$. How many steps make the angle a hundred times smaller?
3. *Compute.* How far beyond its range does the claim stay true from a short vector? Begin with `ratecheck verify gep-angle:gamma=0.0625 --objective gep:lambda=2/1,start=1e-6 --steps 30`.
:*/

#define SHORT "gep:lambda=2/1,start=1e-6"
SHARP(sharp,
	{ .objective = SHORT, .parameters = "gamma=0.0625", .note = "from a short vector, 30 steps", .steps = 30,
	  .ratio = 0.999 },
	{ .objective = "gep:lambda=2/1.9/0.5/-2,start=0.3", .parameters = "gamma=0.05", .note = "four dimensions",
	  .steps = 128 })
CONTROL(control,
	{ .objective = SHORT, .parameters = "gamma=0.0625", .note = "0.9 of the bound", .steps = 30, .factor = 0.9 },
	{ .objective = "gep:lambda=1/-0.9,start=0.5/0.5", .parameters = "gamma=2", .note = "8 gamma lambda_1 = 16",
	  .steps = 30 },
	{ .objective = SHORT, .parameters = "gamma=0.0625", .note = "1/t better", .steps = 30, .power = 1 })

/*: {.plumbing} :*/
static const rate_param params[] = { RATE_STEP_SIZE("0 < 8 gamma lambda_1 <= 1") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (8 * c->need[FIRST]);
}

static const char *admissible(const rate_case *c)
{
	double square = 0;

	for (size_t i = 0; i < c->d; i++)
		square += c->x0[i] * c->x0[i];
	if (!AT_MOST(8 * c->param[gamma_] * c->need[FIRST], 1))
		return "0 < 8 gamma lambda_1 <= 1";
	return AT_MOST(square, c->need[FIRST]) && fabs(c->x0[0]) > 0 ? NULL : "|w_0|^2 <= lambda_1, <w_0, v_1> not 0";
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = tangent(v->run->d, v->state[0] + r * v->run->ld);
		s[r] = (1 + (double)v->t) * q[r];
	}
	return RATE_OK;
}

CLAIM(gep_angle,
	.id = "gep-angle", .chapter = "manifolds", .title = "How fast the top eigenvector is found",
	.statement = "f = −2⟨w, Mw⟩ + ‖w‖⁴, λ_d ≥ −λ_1, 8γλ_1 ≤ 1, ‖w_0‖² ≤ λ_1: tan θ_t ≤ "
	             "(1 − 4γ(λ_1 − λ_2)/(1 + 4γλ_1))^t tan θ_0",
	.quantity = "tan θ_t", .formula = "(1 − 4γ(λ_1 − λ_2)/(1 + 4γλ_1))^t tan θ_0",
	.source = "objective of Chapman, Wells and Lawry Aguila, arXiv:2310.01012; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "gd", NEEDS("lambda_1", "lambda_2"), RANGE, .bound = bound,
	.factor = factor,
	.measure = measure, SHARP_AND_CONTROL)
