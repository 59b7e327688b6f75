/*:
# An envelope for positive numbers

On the half-line $u>0$ lengths are measured by ratios. The envelope of a linear potential with the kernel of the entropy is linear again, and every number about it is exact.

**Theorem.** Let $\phi(u)=u\log u-u$ and $g(u)=cu$ on $u>0$, $c>0$, $\lambda>0$, so that $D_\phi(u,x)=u\log\frac ux-u+x$. Then
$$ \operatorname{prox}(x)=xe^{-\lambda c},\qquad g_\lambda(x)=\inf_{u>0}g(u)+\frac{D_\phi(u,x)}\lambda=c_\lambda x,\quad c_\lambda=\frac{1-e^{-\lambda c}}\lambda . $$
So the smoothed law of the exponential density $ce^{-cu}$ is the exponential density $c_\lambda e^{-c_\lambda u}$. Its mean is too large by a factor
$$ \frac{\lambda c}{1-e^{-\lambda c}}\in\Bigl[1+\frac{\lambda c}2,\;1+\frac{\lambda c}2+\frac{(\lambda c)^2}{12}\Bigr] . $$
Page bregman-entropy is the envelope, bregman-bias the upper end.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(lambda) P(c) P(x)
#include "../common.h"

/*:
## Proof

The derivative $c+\frac1\lambda\log\frac ux$ of the convex function vanishes at $u=xe^{-\lambda c}$; there its value is $cu+\frac1\lambda(-\lambda cu-u+x)=\frac{x-u}\lambda$.

With $y=\frac{\lambda c}2$ the factor is $\frac{2y}{1-e^{-2y}}=y+y\coth y$, and $y\coth y=1+\sum_{k\ge1}\frac{2y^2}{y^2+k^2\pi^2}$ lies between $1$ and $1+\sum\frac{2y^2}{k^2\pi^2}=1+\frac{y^2}3$. $\square$

## How sharp it is

The envelope is an identity. The upper end is attained as $\lambda c\to0$.

## What is run

The infimum, found by a search over $\log u$ that knows no derivative, against $c_\lambda x$. The bias less $1+\frac{\lambda c}2$, against $\frac{(\lambda c)^2}{12}$.

## What must fail

The value at the Euclidean prox $x-\lambda c$ in the place of the infimum; $0.9$ of the upper end.

## Exercises

1. Which $G$ makes page envelope-tv applicable here?
2. ★ The chain $x_{t+1}=x_t\exp\bigl(-\gamma c_\lambda+\sqrt{2\gamma/x_t}\,z_t\bigr)$ has $\mathbb Ex_1=x_0\exp(-\gamma c_\lambda+\frac\gamma{x_0})$. Show that $\mathbb Ex_2=\infty$.
:*/

/* g(u) + D(u, x)/lambda */
static double at(const double *v, double u)
{
	return v[c_] * u + (u * log(u / v[x_]) - u + v[x_]) / v[lambda_];
}

/* Where it is least over log u, by golden sections. The value there is right to rounding though the place is not. */
static double least(const double *v)
{
	const double golden = (sqrt(5) - 1) / 2;
	double low = log(v[x_]) - 40, high = log(v[x_]) + 1;

	for (int k = 0; k < 100; k++) {
		double a = high - golden * (high - low), b = low + golden * (high - low);

		*(at(v, exp(a)) < at(v, exp(b)) ? &high : &low) = at(v, exp(a)) < at(v, exp(b)) ? b : a;
	}
	return at(v, exp((low + high) / 2));
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;

	*left = least(v);
	*right = -expm1(-v[lambda_] * v[c_]) / v[lambda_] * v[x_];
	*s = v[x_] * (1 / v[lambda_] + v[c_]);
	return RATE_OK;
}

static int evaluate_bias(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double u = v[lambda_] * v[c_];

	*left = u / -expm1(-u) - 1 - u / 2;
	*right = u * u / 12;
	*s = 1 + u;
	return RATE_OK;
}

SHARP(sharp, { .parameters = "lambda=1,c=2,x=3", .note = "an envelope", .ratio = 1 })
CONTROL(control, { .parameters = "lambda=1,c=2,x=3", .note = "the value at the Euclidean prox, 1",
	.factor = 1.1185 })
SHARP(sharp_bias, { .parameters = "lambda=0.1,c=1", .note = "a weak smoothing", .ratio = 0.99983 })
CONTROL(control_bias, { .parameters = "lambda=0.1,c=1", .note = "0.9 of the upper end", .factor = 0.9 })

/*: {.plumbing} :*/
#define OF_ENVELOPE \
	[lambda_] = { "lambda", RATE_REAL, "1", 0.05, 5, NULL, "of the envelope" }, \
	[c_] = { "c", RATE_REAL, "1", 0.1, 5, NULL, "slope of g" }
static const rate_param params[] = { OF_ENVELOPE, [x_] = { "x", RATE_REAL, "1", 0.01, 100, NULL, "point" } };
static const rate_param params_bias[] = { OF_ENVELOPE };

#define SOURCE \
	"the envelopes of Lau and Liu, Bregman proximal Langevin Monte Carlo via Bregman-Moreau envelopes, " \
	"ICML 2022; proved in this file"

CLAIM(bregman_entropy,
	.id = "bregman-entropy", .chapter = "sampling", .title = "An envelope for positive numbers",
	.statement = "φ = u log u − u, g = cu: inf_u g(u) + D_φ(u, x)/λ = x(1 − e^(−λc))/λ",
	.quantity = "g_λ(x)", .formula = "x(1 − e^(−λc))/λ", .source = SOURCE, .kind = RATE_IDENTITY,
	.params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(bregman_bias,
	.id = "bregman-bias", .chapter = "sampling", .title = "The bias of the entropy's envelope",
	.statement = "the mean of the smoothed exponential law: λc/(1 − e^(−λc)) − 1 − λc/2 ≤ (λc)²/12",
	.quantity = "bias of the mean less 1 + λc/2", .formula = "(λc)²/12", .source = SOURCE,
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_bias), .evaluate = evaluate_bias, .sharp = sharp_bias,
	.control = control_bias)
