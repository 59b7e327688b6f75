/*:
# A long memory is learnt late

To recall a bit after $H$ steps a policy has to keep it $H$ times. The value of keeping it once is nothing as long as the other times fail. How long does exact policy gradient wait?

**Theorem.** Let $J(\theta)=\frac12(1+z^H)$, $z=\tanh\frac\theta2$ (a bit is kept $H\ge3$ times, each time with probability $\frac1{1+e^{-\theta}}$), $\theta_0>0$, $y_0=\frac12\theta_0$, and let gradient ascent on $J$ run with any $\gamma>0$. Then
$$ 2J(\theta_t)-1=z_t^H\;\le\;\Bigl(y_0^{2-H}-\frac{(H-2)H\gamma t}8\Bigr)^{-\frac H{H-2}}\qquad\text{as long as the bracket is positive.} $$

So nothing happens for about $\frac{8\,y_0^{2-H}}{\gamma H(H-2)}$ steps: the plateau is exponential in $H$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

NUMBER(H, c->need[0])

/* No claim beyond the plateau. */
static double bound(const rate_case *c, double t)
{
	double left = pow(c->x0[0] / 2, 2 - H(c)) - (H(c) - 2) * H(c) * c->param[gamma_] * t / 8;

	return left > 0 ? pow(left, -H(c) / (H(c) - 2)) : INFINITY;
}

/*:
## Proof

$\frac{dz}{d\theta}=\frac{1-z^2}2$, so $J'=\frac H4z^{H-1}(1-z^2)$, and with $z\le\frac\theta2$ a step has $\theta_{t+1}\le\theta_t+\frac{\gamma H}4\bigl(\frac{\theta_t}2\bigr)^{H-1}$. For $y=\frac\theta2$ that is $y_{t+1}\le y_t+\frac{\gamma H}8y_t^{H-1}$. The right side of the flow $\dot y=\frac{\gamma H}8y^{H-1}$ increases with $y$, so the steps stay below the flow, which is $y(t)^{2-H}=y_0^{2-H}-\frac{(H-2)H\gamma t}8$. At last $z\le y$. $\square$

## How sharp it is

The smaller $\theta_0$, the nearer $z$ is to $y$ and the steps are to the flow: ${{memory-plateau#1.max_ratio:3}}$ up to half of the plateau from $\theta_0=0.05$, $H=6$. What is bounded is the progress: the bound says that there is little.

## What is run

Memories of three to eight steps. Measured is $z^H$, from the state, without the subtraction $2J-1$.

## What must fail

Half of the speed of the flow, at half of the plateau.

## Exercises

1. What happens for $H=2$?
2. ★ Gradients by scores are unbiased here as well. Why do they not help?
:*/

SHARP(sharp,
	{ .objective = "memory:H=6,start=0.05", .parameters = "gamma=1000", .note = "half of the plateau",
	  .steps = 426,
	  .ratio = 0.994 },
	{ .objective = "memory:H=3,start=0.2", .parameters = "gamma=1", .note = "a short one", .steps = 20 },
	{ .objective = "memory:H=8,start=0.5", .parameters = "gamma=0.5", .note = "a long one", .steps = 256 })
CONTROL(control, { .objective = "memory:H=6,start=0.05", .parameters = "gamma=1000",
	.note = "half of the speed: (3/4)^-1.5 in the place of (1/2)^-1.5", .steps = 426, .factor = 0.545 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[gamma_] = fraction;
}

MUST(admissible, gamma > 0, "gamma > 0")

static const char *applies(const rate_case *c)
{
	return H(c) >= 3 && c->x0[0] > 0 ? NULL : "stated for H >= 3 and theta_0 > 0";
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] = q[r] = pow(tanh(v->state[0][r * v->run->ld] / 2), H(v->c));
	return RATE_OK;
}

CLAIM(memory_plateau,
	.id = "memory-plateau", .chapter = "policy-gradient", .title = "A long memory is learnt late",
	.statement = "J = (1 + z^H)/2, z = tanh(θ/2), H ≥ 3, θ_0 > 0, y_0 = θ_0/2, any γ: 2J(θ_t) − 1 ≤ (y_0^(2−H) − "
	             "(H − 2)Hγt/8)^(−H/(H−2)) while the bracket is positive",
	.quantity = "2J(θ_t) − 1", .formula = "(y_0^(2−H) − (H − 2)Hγt/8)^(−H/(H−2))",
	.source = "the setting of Al-Hafez et al., Time-efficient reinforcement learning with stochastic stateful "
	          "policies, ICLR 2024; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "gd", NEEDS("policy.horizon", "f_star"), .applies = applies, RANGE,
	.bound = bound, .measure = measure, SHARP_AND_CONTROL)
