/*:
# The largest entry of each gradient

Let every agent send only the largest entry of its gradient, without any memory. Nothing seems wrong with that: it is the best direction among the axes. It fails.

**Theorem.** Three agents in $\mathbb R^3$ have the strongly convex losses $f^i(x)=\frac12\langle a_i,x\rangle^2+\frac18\|x\|^2$, with $a_1=(-3,2,2)$, $a_2=(2,-3,2)$, $a_3=(2,2,-3)$. From $x_0=\tau\mathbf1$, $\tau\ne0$, the method $x_{t+1}=x_t-\gamma\frac1N\sum_iC(\nabla f^i(x_t))$, where $C$ keeps the entry of largest size, satisfies for *every* $\gamma>0$
$$ \|x_t\|=\Bigl(1+\frac{11\gamma}{12}\Bigr)^t\|x_0\| . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "network.h"

/*: The program looks at the squares, of the copies of all agents: :*/
FORMULA(bound, t, exp(2 * t * log1p(11 * gamma / 12)) * D2)

/*:
## Proof

At $x=\tau\mathbf1$ we have $\langle a_i,x\rangle=\tau$, so $\nabla f^1(x)=\tau a_1+\frac\tau4\mathbf1=\frac\tau4(-11,9,9)$. The entry of largest size is the one that points away from the minimiser 0. The mean of the three vectors that are sent is $-\frac{11\tau}{12}\mathbf1$, and $x_{t+1}=\bigl(1+\frac{11\gamma}{12}\bigr)\tau\mathbf1$ is of the same form. $\square$

Uncompressed, the mean gradient is $\frac{7\tau}{12}\mathbf1$: what the agents do not send cancels what they send. The compressor has $\|C(v)-v\|\le\sqrt{2/3}\,\|v\|$ for every $v$, but the *mean* of compressed gradients may point anywhere.

## How sharp it is

It is an equality.

## What is run

These three losses, several steps.

## What must fail

The bound divided by $0.9$; and error feedback with the same $C$, which converges (ef21).

## Exercises

1. Does one agent that sends the largest entry of the gradient of a smooth convex $f$ also fail?
2. Let the agents send the *two* largest entries. What happens?
:*/

#define THREE "squares:a=-3/2/2/2/-3/2/2/2/-3,d=3,ridge=0.25,start=1+agents"
SHARP(sharp,
	{ .objective = THREE, .parameters = "gamma=0.05", .note = "equality at every t", .steps = 40, .ratio = 1 },
	{ .objective = THREE, .parameters = "gamma=1", .note = "a long step", .steps = 40, .ratio = 1 })
CONTROL(control,
	{ .objective = THREE, .parameters = "gamma=0.05", .note = "the bound divided by 0.9", .steps = 40,
	  .factor = 1 / 0.9 },
	{ .objective = THREE, .parameters = "gamma=0.0123", .note = "with error feedback it converges", .steps = 40,
	  .method = "ef21:compress=top,k=1" })

/*: {.plumbing} :*/
static const rate_param params[] = { RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

static const char *applies(const rate_case *c)
{
	for (size_t j = 1; j < c->d; j++)
		if (c->x0[j] != c->x0[0])
			return "stated for a start at a multiple of (1, 1, 1)";
	return NULL;
}

MUST(admissible, gamma > 0, "gamma > 0")

CLAIM(topk_diverges,
	.id = "topk-diverges", .chapter = "distributed", .title = "Sending the largest entry of each gradient diverges",
	.statement = "f^i = ⟨a_i, x⟩²/2 + ‖x‖²/8, a = (−3, 2, 2) and its turns, x_0 = τ1, any γ > 0: "
	             "‖x_t‖ = (1 + 11γ/12)^t ‖x_0‖",
	.quantity = "‖x_t‖²", .formula = "(1 + 11γ/12)^(2t) ‖x_0‖²",
	.source = "Beznosikov, Horvath, Richtarik and Safaryan, On biased compression for distributed learning, "
	          "arXiv:2002.12410",
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OWN_INSTANCES, .method = "ef21:compress=top,k=1,memory=0",
	NEEDS("squares.tug", "network/1", "L", "x_star", "one term"), RANGE,
	.applies = applies, .bound = bound, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
