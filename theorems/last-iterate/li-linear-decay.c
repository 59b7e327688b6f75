/*:
# Steps that fall linearly to zero: the last iterate is as good as the average

**Theorem** (Zamani and Glineur 2023; Defazio, Cutkosky, Mehta and Mishchenko 2023). Let $f$ be convex on a closed convex set $C$ and let $x_{t+1}=P_C(x_t-\gamma_tg_t)$, where the mean of
$g_t$, given the past, is a subgradient of $f$ at $x_t$ and $\mathbb E\|g_t\|^2\le G^2$ for $t=0,\dots,N$. If $N$ steps
$$ \gamma_t=\gamma\Bigl(1-\frac{t+1}{N+1}\Bigr),\qquad t=0,\dots,N-1, $$
are made, $\gamma>0$, then with $R=\|x_0-x_\star\|$
$$ \mathbb E f(x_N)-f_\star\;\le\;\frac{R^2}{2\gamma(N+1)}+\frac{\gamma G^2}2 . $$

With $\gamma=R/(G\sqrt{N+1})$ this is $GR/\sqrt{N+1}$, and no method that moves in the span of the subgradients it has seen can promise less after $N$ steps (li-minimax-lb). The claim is on the horizon $N$ that the steps were
made for.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "reference.h"

FORMULA(transient, t, D2 / (2 * gamma * (t + 1)))

FORMULA(bound, t, transient(c, t) + gamma * G * G / 2)

/*:
## Proof

Use the theorem for any steps (li-subgrad-recursion) with $\mu=0$ and $s_t=b_t^{-1/2}$, whose recursion is $s_t=s_{t+1}+\gamma_t/s_{t+1}$. Try $s_t=\kappa(N+1-t)$: then
$\gamma_t/s_{t+1}$ has to be $\kappa$, so $\gamma_t=\kappa^2(N-t)$, and these are our steps if $\kappa^2=\gamma/(N+1)$. At the end $\rho=s_N^2=\kappa^2=\gamma_{N-1}$.
So $b_0=1/s_0^2=1/(\gamma(N+1))$, and $\gamma_tq_t=\gamma_t^2/s_{t+1}^2=\kappa^2$ for each $t$: the bracket of the theorem is $\kappa^2+N\kappa^2=\gamma$. $\square$

## How sharp it is

Exactly, for every $N$, by the function of the lower bound, $\max\{G\max_ix_i,\ G\|x\|-GR(1+1/\sqrt{N+1})\}$ in $\mathbb R^{N+1}$ from 0: after $N$ steps one coordinate has not been touched,
so $f(x_N)\ge0$.

## What is run

The projected subgradient method on every convex objective with a known $G$, each horizon in a run of its own. Sharp: that function, and the maximum of linear functions that is made for these
steps.

## What must fail

$0.9$ of the bound; the rate $N^{-1}$ in place of $N^{-1/2}$.

## Exercises

1. What happens to $x_t$ for $t<N$, before the steps have become short? Compare the curve with that of constant steps.
2. A user does not know $N$ and stops after half of the planned steps. What does the theorem for any steps promise then?
3. Some write these steps as $\gamma(1-\frac tN)$, $t=0,\dots,N-1$, others as $\gamma(1-\frac{t+1}N)$. What does the theorem say about each?
:*/

SHARP(sharp,
	{ .objective = "minimax:T=65,G=1,R=1", .note = "the function of the lower bound, N = 64", .steps = 64,
	  .ratio = 1 },
	{ .objective = "minimax:T=257,G=1,R=1", .note = "the same, N = 256", .steps = 256, .ratio = 1 },
	{ .objective = "last-iterate-worst:shape=linear,N=64,gamma=0.2", .parameters = "gamma=0.2",
	  .note = "made for these steps with gamma = 0.2", .steps = 64, .ratio = 1 })
CONTROL(control,
	{ .objective = "minimax:T=65,G=1,R=1", .note = "0.9 of the bound, which is attained", .steps = 64,
	  .factor = 0.9 },
	{ .objective = "minimax:T=257,G=1,R=1", .note = "rate N^-1 instead of N^-1/2", .steps = 256, .power = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE(
					 "gamma > 0; the steps are gamma (1 - (t + 1)/(N + 1))") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * natural_step(c) / sqrt((double)c->T + 1);
}

MUST(admissible, gamma > 0, "gamma > 0")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma * (1 - (double)(t + 1) / (double)(c->T + 1));
}

CLAIM(li_linear_decay,
	.id = "li-linear-decay", .chapter = "last-iterate",
	.title = "Last iterate of the subgradient method, steps that fall linearly",
	.statement = "f convex, E‖g_t‖² ≤ G², γ_t = γ(1 − (t+1)/(N+1)), γ > 0: E f(x_N) − f* ≤ R²/(2γ(N+1)) + γG²/2",
	.quantity = "E f(x_N) − f*", .formula = "R²/(2γ(N+1)) + γG²/2",
	.source = ZAMANI_GLINEUR "; " LINEAR_DECAY,
	.kind = RATE_EXPECTATION, .flags = RATE_LAST, .method = "subgradient", NEEDS("convex", "G", "x_star", "f_star"),
	RANGE, .power = 0.5, .steps = steps, .bound = bound, .transient = transient, .measure = rate_measure_gap,
	SHARP_AND_CONTROL)
