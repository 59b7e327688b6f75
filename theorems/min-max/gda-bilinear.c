/*:
# Simultaneous gradient steps leave every bilinear saddle

One player lowers $u'Bv$ by moving $u$, the other raises it by moving $v$. Both follow their own gradient, at the same time. Where do they go?

**Theorem.** Let $V(x)=A(x-x_\star)$ on $\mathbb R^d$ with a skew matrix $A'=-A$, and let $\sigma_{\min}\ge0$ be its least singular value. For every $x_0$ and *every* sequence $\gamma_t\ge0$ the points $x_{t+1}=x_t-\gamma_tV(x_t)$ satisfy, for all $t\ge0$,
$$ \|x_t-x_\star\|^2\;\ge\;\|x_0-x_\star\|^2\prod_{s<t}\bigl(1+\gamma_s^2\sigma_{\min}^2\bigr). $$

The saddle function $f(u,v)=u'Bv+b'u-c'v$ has the field $V=(\nabla_uf,-\nabla_vf)=(Bv+b,\,-B'u+c)$, which is of this form where a saddle point exists. For $\sigma_{\min}=0$ the theorem says that the distance never decreases.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

enum { SIGMA_MIN = 2 }; /* in the list of needs */

/*: As code, for a constant step: :*/
FORMULA(bound, t, D2 * exp(t * log1p(gamma * gamma * c->need[SIGMA_MIN] * c->need[SIGMA_MIN])))

/*:
## Proof

Let $y=x_t-x_\star$. A skew matrix has $\langle Ay,y\rangle=\langle y,A'y\rangle=-\langle y,Ay\rangle=0$: the field is at a right angle to the way home. By Pythagoras
$$ \|y-\gamma Ay\|^2=\|y\|^2+\gamma^2\|Ay\|^2\;\ge\;(1+\gamma^2\sigma_{\min}^2)\|y\|^2. \qquad\square $$

## How sharp it is

Equality at every $t$ if all singular values of $A$ are $\sigma_{\min}$: a rotation.

## What is run

Gradient descent on skew fields, in the plane and in four dimensions, in a turned basis. The run has a constant step.

## What must fail

The bound divided by $0.9$, and the same claim about extragradient, which converges.

## Exercises

1. For which step sequences do the points stay bounded on a rotation?
2. Show that the continuous flow $x'=-V(x)$ keeps its distance from $x_\star$. What is it that Euler's method adds?
:*/

SHARP(sharp,
	{ .objective = "affine-field:b=2,start=1/0", .parameters = "gamma=0.3",
	  .note = "a rotation: equality at every t",
	  .steps = 50, .ratio = 1 },
	{ .objective = "affine-field:a=0/0,b=2/-2,rotate=1,start=1/2/3/4,centre=1/0", .parameters = "gamma=0.3",
	  .note = "two planes with the same speed, in another basis", .steps = 50, .ratio = 1 })
CONTROL(control,
	{ .objective = "affine-field:b=2,start=1/0", .parameters = "gamma=0.3", .note = "the bound divided by 0.9",
	  .steps = 50, .factor = 1 / 0.9 },
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.5", .note = "extragradient comes home",
	  .steps = 20, .method = "extragradient" })

/*: {.plumbing} :*/
static const rate_param params[] = { RATE_STEP_SIZE("gamma >= 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (2 * c->L);
}

MUST(admissible, gamma >= 0, "gamma must be at least 0")

/* eta: extragradient, the control, looks ahead as far as it steps. */
static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = out[1][t] = gamma;
}

CLAIM(gda_bilinear,
	.id = "gda-bilinear", .chapter = "min-max", .title = "Simultaneous gradient steps leave every bilinear saddle",
	.statement = "V(x) = A(x − x*), A' = −A, least singular value σ_min, any γ ≥ 0: "
	             "‖x_t − x*‖² ≥ (1 + γ²σ_min²)^t ‖x_0 − x*‖²",
	.quantity = "‖x_t − x*‖²", .formula = "(1 + γ²σ_min²)^t D²", .source = "classical; proved here",
	.kind = RATE_NON_CONVERGENCE, .method = "gd", NEEDS("field", "skew", "sigma_min", "L", "x_star"), RANGE,
	.schedules = 2,
	.steps = steps, .bound = bound, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
