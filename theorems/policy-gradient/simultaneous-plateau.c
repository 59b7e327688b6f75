/*:
# All stages at once wait for each other

A lock opens if $H$ digits are right. The policy of each digit is softmax, and all are trained at once by the exact gradient of the chance to open it.

**Theorem.** Let $J(\theta)=\prod_{h=1}^H\frac1{1+e^{-\theta_h}}$, let all $\theta_h$ be the same at the start, $p_0=\frac1{1+e^{-\theta_h}}$, and let gradient ascent on $J$ run with any $\gamma>0$. Then
$$ J_t\;\le\;\frac1{\frac1{J_0}-\gamma H(1-p_0)^2\,t} $$
as long as the right side is positive and at most $\bigl(\frac H{H+1}\bigr)^H$.

From $p_0=\frac12$ nothing happens for about $\frac{4\cdot2^H}{\gamma H}$ steps: the plateau is exponential in $H$. Trained one after the other, backwards, the stages need no more than a number of steps that is linear in $H$ (dynamic-pg).
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

NUMBER(H, c->need[0])

static double bound(const rate_case *c, double t)
{
	double stages = H(c), q = 1 / (1 + exp(c->x0[0])); /* 1 - p_0 */
	double left = pow(1 + exp(-c->x0[0]), stages) - c->param[gamma_] * stages * q * q * t;

	return left > 0 && 1 / left <= pow(stages / (stages + 1), stages) ? 1 / left : INFINITY;
}

/*:
## Proof

$\partial_hJ=J(1-p_h)$, so all $\theta_h$ stay the same, and $\theta_{t+1}=\theta_t+F(\theta_t)$ with $F=\gamma p^H(1-p)$. $F$ increases as long as $p<\frac H{H+1}$, so the steps stay below the flow $\dot\theta=F(\theta)$. Along the flow
$$ \dot J=HJ(1-p)\,F=\gamma HJ^2(1-p)^2\le\gamma H(1-p_0)^2J^2, $$
that is $\frac1{J(t)}\ge\frac1{J_0}-\gamma H(1-p_0)^2t$. As long as the bound is at most $\bigl(\frac H{H+1}\bigr)^H$, so is the flow's $J$, and $p$ is in the range. $\square$

## How sharp it is

Nearly, as long as $p$ is near $p_0$: ${{simultaneous-plateau#1.max_ratio:3}}$ from $p_0=0.05$ until the bound is $\frac32J_0$. What is bounded is the progress: the bound says that there is little.

## What is run

Locks of two to twelve digits, judged at the end of runs that end while the bound says something: at the start it is an equality.

## What must fail

Half of the speed, $\frac12H(1-p_0)^2$.

## Exercises

1. Compute the gradient of $J$.
2. Train the lock backwards, each stage from a state in which the digits before are right. Why is there no product?
3. *Compute.* How long does it take from $p_0=\frac12$ to $J\ge\frac12$, and what does the bound say? Run `ratecheck verify simultaneous-plateau:gamma=2 --objective lock:H=8 --steps 32` and longer runs.
:*/

SHARP(sharp,
	{ .objective = "lock:H=2,start=-2.9444389791664403", .parameters = "gamma=0.1",
	  .note = "two digits, p_0 = 0.05", .steps = 738, .ratio = 0.995 },
	{ .objective = "lock:H=4,start=-0.8472978603872037", .parameters = "gamma=0.1", .note = "four, p_0 = 0.3",
	  .steps = 209, .ratio = 0.98 },
	{ .objective = "lock:H=8", .parameters = "gamma=0.1", .note = "eight, p_0 = 1/2", .steps = 426,
	  .ratio = 0.978 },
	{ .objective = "lock:H=12", .parameters = "gamma=2", .note = "twelve", .steps = 256 })
CONTROL(control,
	{ .objective = "lock:H=8", .parameters = "gamma=0.1", .steps = 426,
	  .note = "half of the speed: 1/(1 - 1/6) in the place of 1/(1 - 1/3)", .factor = 0.8 })

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
	for (size_t h = 1; h < c->d; h++)
		if (c->x0[h] != c->x0[0])
			return "stated for a start at which all numbers are the same";
	return NULL;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = 1;
		for (size_t h = 0; h < v->run->d; h++)
			q[r] /= 1 + exp(-v->state[0][r * v->run->ld + h]);
		s[r] = q[r] * (double)v->run->d;
	}
	return RATE_OK;
}

CLAIM(simultaneous_plateau,
	.id = "simultaneous-plateau", .chapter = "policy-gradient", .title = "All stages at once wait for each other",
	.statement = "J = Π_h 1/(1 + e^−θ_h), all θ_h alike, any γ: J_t ≤ 1/(1/J_0 − γH(1 − p_0)²t) while that is "
	             "positive and at most (H/(H + 1))^H",
	.quantity = "J(θ_t)", .formula = "1/(1/J_0 − γH(1 − p_0)²t)",
	.source = "why stages are trained one by one, as in Klein, Weissmann and Doering, Beyond stationarity, ICLR "
	          "2024; proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_LAST, .method = "gd", NEEDS("lock.stages", "f_star"),
	.applies = applies, RANGE, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
