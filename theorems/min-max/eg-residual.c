/*:
# Extragradient: how small the field gets

**Theorem.** Let $V$ be $L$-Lipschitz and monotone, $V(x_\star)=0$, $0<\gamma<\frac1L$. The points of extragradient, $z_t=x_t-\gamma V(x_t)$, $x_{t+1}=x_t-\gamma V(z_t)$, satisfy for every $t\ge1$
$$ \frac1t\sum_{k<t}\|V(x_k)\|^2\;\le\;\frac{\|x_0-x_\star\|^2}{\gamma^2(1-\gamma^2L^2)\,t}. $$

(Of monotonicity only $\langle V(z),z-x_\star\rangle\ge0$ is used.)
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(bound, t, D2 / (gamma * gamma * (1 - gamma * L) * (1 + gamma * L) * t))

/*:
**Theorem (the last point).** Under the same hypotheses $\|V(x_t)\|$ never increases, and for every $t\ge0$
$$ \|V(x_t)\|^2\;\le\;\frac{\|x_0-x_\star\|^2}{\gamma^2(1-\gamma^2L^2)\,(t+1)}. $$
:*/

FORMULA(bound_last, t, D2 / (gamma * gamma * (1 - gamma * L) * (1 + gamma * L) * (t + 1)))

/*:
**Theorem (bilinear saddles).** Let $V(x)=A(x-x_\star)$ with $A'=-A$ and singular values in $[s,L]$. For every $\gamma\ge0$ and every $t$
$$ \|x_t-x_\star\|^2\;\le\;r^t\,\|x_0-x_\star\|^2,\qquad r=\max_{h\in\{\gamma s,\gamma L\}}\bigl(1-h^2+h^4\bigr). $$
:*/

enum { SIGMA_MIN = 2 }; /* in the list of needs of eg-bilinear */

/* 1 - r */
static double shrinks(const rate_case *c)
{
	LETTERS(c);
	double low = gamma * c->need[SIGMA_MIN], high = gamma * L;

	return fmin(low * low * (1 - low) * (1 + low), high * high * (1 - high) * (1 + high));
}

FORMULA(bound_bilinear, t, decay(shrinks(c), t) * D2)
NUMBER(factor_bilinear, 1 - shrinks(c))

/*:
## Proof

*The mean.* The identity of the previous theorem at $u=x_\star$ is
$$ \|x_{k+1}-x_\star\|^2=\|x_k-x_\star\|^2-2\gamma\langle V(z_k),z_k-x_\star\rangle+\gamma^2\|V(z_k)-V(x_k)\|^2-\gamma^2\|V(x_k)\|^2, $$
and $\|V(z_k)-V(x_k)\|\le\gamma L\|V(x_k)\|$. So $\gamma^2(1-\gamma^2L^2)\|V(x_k)\|^2\le\|x_k-x_\star\|^2-\|x_{k+1}-x_\star\|^2$; sum over $k<t$.

*The last point.* Let $a=V(x_k)$, $b=V(z_k)$, $c=V(x_{k+1})$. As $x_{k+1}-x_k=-\gamma b$, monotonicity says $\langle c-a,b\rangle\le0$. Hence
$$ \|c\|^2=\|c-b\|^2+2\langle c,b\rangle-\|b\|^2\le\|c-b\|^2+2\langle a,b\rangle-\|b\|^2=\|c-b\|^2-\|a-b\|^2+\|a\|^2, $$
and $\|c-b\|\le L\|x_{k+1}-z_k\|=\gamma L\|a-b\|$, so $\|c\|\le\|a\|$. The last of $t+1$ numbers that never increase is at most their mean.

*Bilinear.* A step is $x_{t+1}-x_\star=(I-\gamma A+\gamma^2A^2)(x_t-x_\star)$; on a plane where $A$ is $s$ times a quarter turn the factor is $|1-ih-h^2|^2=(1-h^2)^2+h^2=1-h^2+h^4$ with $h=\gamma s$. It is convex in $h^2$, so the ends of the interval are the worst. $\square$

## How sharp they are

On a rotation with $u=h^2(1-h^2)$ the mean has the ratio $1-(1-u)^t$, nearly 1 for long runs, and the bilinear bound is an identity. For the last point rotations give at most $\frac{27}{64}=0.42$ ($h^2=\frac12$, $t=2$); nothing worse is known.

## What is run

Extragradient on monotone Lipschitz fields and smooth convex functions; the last theorem on skew fields.

## What must fail

The first bound without its factor $1/(1-\gamma^2L^2)$ at $\gamma L=0.95$; $0.4$ of the second, and a rate $1/t^2$ in it; $0.9$ of the third, and the third about plain steps.

## Exercises

1. Which $h$ is best on a plane, and what is the factor?
2. For which $h\le1/\sqrt2$ is $\|V(x_t)\|$ largest on a rotation if $t$ is large? Compare with the bound.
:*/

SHARP(sharp,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.5", .note = "a rotation, gamma L = 1/2",
	  .steps = 200,
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.95",
	  .note = "without the factor 1/(1 - gamma^2 L^2)",
	  .steps = 400, .factor = 0.0975 },
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.5", .note = "0.9 of the bound",
	  .steps = 200,
	  .factor = 0.9 })
SHARP(sharp_last,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.7071067811865476",
	  .note = "a rotation, gamma L = sqrt(1/2): 27/64", .steps = 4, .ratio = 0.421875 })
CONTROL(control_last,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.7071067811865476",
	  .note = "0.4 of the bound",
	  .steps = 4, .factor = 0.4 },
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.7071067811865476", .note = "a rate 1/t^2",
	  .steps = 16, .power = 1 })
SHARP(sharp_bilinear,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.5",
	  .note = "a rotation: equality at every t",
	  .steps = 200, .ratio = 1 },
	{ .objective = "affine-field:a=0/0,b=1/0.5,rotate=1,start=1/2/3/4", .parameters = "gamma=0.5",
	  .note = "two speeds: the slower one stays", .steps = 100 })
CONTROL(control_bilinear,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.5",
	  .note = "0.9 of the bound, which is attained",
	  .steps = 200, .factor = 0.9 },
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.5", .note = "plain steps leave",
	  .steps = 20,
	  .method = "gd" })

/*: {.plumbing} :*/
STEP(gamma, 1 / L, "0 < gamma < 1/L")

static void choose_bilinear(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * sqrt(0.5) / c->L;
}

MUST(admissible_bilinear, gamma >= 0, "gamma must be at least 0")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = out[1][t] = gamma;
}

CLAIM(eg_residual,
	.id = "eg-residual", .chapter = "min-max", .title = "Extragradient: the mean size of the field",
	.statement = "V monotone, L-Lipschitz, 0 < γ < 1/L: (1/t) Σ_{k<t} ‖V(x_k)‖² ≤ ‖x_0 − x*‖²/(γ²(1 − γ²L²) t)",
	.quantity = "(1/t) Σ_{k<t} ‖V(x_k)‖²", .formula = "D²/(γ²(1 − γ²L²) t)",
	.source = "Korpelevich 1976; the constant is proved here",
	.kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS | RATE_OPEN_END, .method = "extragradient",
	NEEDS("field", "monotone", "L", "x_star", "no composite"), RANGE, .schedules = 2, .power = 1, .steps = steps,
	.bound = bound, .measure = rate_measure_grad2, SHARP_AND_CONTROL)

CLAIM(eg_last,
	.id = "eg-last", .chapter = "min-max", .title = "Extragradient: the size of the field at the last point",
	.statement = "V monotone, L-Lipschitz, 0 < γ < 1/L: ‖V(x_t)‖² ≤ ‖x_0 − x*‖²/(γ²(1 − γ²L²)(t + 1))",
	.quantity = "‖V(x_t)‖²", .formula = "D²/(γ²(1 − γ²L²)(t + 1))",
	.source = "Gorbunov, Loizou and Gidel, Extragradient method: O(1/K) last-iterate convergence, "
	          "arXiv:2110.04261; proved here",
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "extragradient",
	NEEDS("field", "monotone", "L", "x_star", "no composite"), RANGE, .schedules = 2, .power = 1, .steps = steps,
	.bound = bound_last, .measure = rate_measure_grad2, .sharp = sharp_last, .control = control_last)

CLAIM(eg_bilinear,
	.id = "eg-bilinear", .chapter = "min-max", .title = "Extragradient on bilinear saddles",
	.statement = "V(x) = A(x − x*), A' = −A, singular values in [s, L], r = max of 1 − h² + h⁴ over h ∈ {γs, γL}: "
	             "‖x_t − x*‖² ≤ r^t ‖x_0 − x*‖²",
	.quantity = "‖x_t − x*‖²", .formula = "r^t D²", .source = "classical; proved here",
	.kind = RATE_DETERMINISTIC, .method = "extragradient", NEEDS("field", "skew", "sigma_min", "L", "x_star"),
	.params = RATE_ROWS(params), .choose = choose_bilinear, .admissible = admissible_bilinear, .schedules = 2,
	.steps = steps,
	.bound = bound_bilinear, .transient = bound_bilinear, .factor = factor_bilinear, .measure = rate_measure_dist2,
	.sharp = sharp_bilinear, .control = control_bilinear)
