/*:
# Two other schedules for the last iterate

## Steps like $1/\sqrt t$: a logarithm is lost

**Theorem.** Let $f$ be convex on a closed convex set $C$ and let $x_{t+1}=P_C(x_t-\gamma_tg_t)$ with $\gamma_t=\gamma/\sqrt{t+1}$, where the mean of $g_t$, given the past, is a subgradient
of $f$ at $x_t$ and $\mathbb E\|g_t\|^2\le G^2$ at every point. Let $s_t=\sqrt{\gamma_{t-1}}$ and $s_r=s_{r+1}+\gamma_r/s_{r+1}$ for $r=t-1,\dots,0$. After any number $t\ge1$ of
steps, with $R=\|x_0-x_\star\|$,
$$ \mathbb E f(x_t)-f_\star\;\le\;\frac{R^2}{2s_0^2}+\frac{G^2}2\Bigl(\gamma_{t-1}+\sum_{r<t}\frac{\gamma_r^2}{s_{r+1}^2}\Bigr) . $$

These are the steps of those who do not know when they will stop. For $\gamma=R/G$ the bound times $\sqrt T/(GR)$, $T=t+1$, is

| $T$ | 16 | 64 | 256 | 1024 | 4096 |
| --- | --- | --- | --- | --- | --- |
| | 2.27 | 2.79 | 3.31 | 3.83 | 4.35 |

It grows by $0.52=\frac38\log4$ whenever $T$ is multiplied by 4: the factor $\log T$ is in the bound, and since the bound is attained it is in the method. Shamir and Zhang (2013) proved
$(D_C^2/\gamma+\gamma G^2)(2+\log T)/\sqrt T$ on a set of diameter $D_C$, which is four to five times larger.

## Steps that are halved: no logarithm

**Theorem** (after Jain, Nagaraj and Netrapalli 2019). The same for $N$ steps, $T=N+1$, of the lengths
$$ \gamma_{t-1}=\frac{\gamma\,2^{-i}}{\sqrt T}\quad\text{for}\quad T-\lceil2^{-i}T\rceil<t\le T-\lceil2^{-i-1}T\rceil,\qquad i=0,1,2,\dots $$
and the bound at $t=N$. In words: half of the time a constant step, then half of the remaining time half of the step, and so on. For $\gamma=R/G$ the bound times $\sqrt T/(GR)$ is

| $T$ | 8 | 16 | 64 | 256 | 1024 | 4096 |
| --- | --- | --- | --- | --- | --- | --- |
| | 1.113 | 1.0911 | 1.0744 | 1.0699 | 1.0686 | 1.0683 |

so $\mathbb E f(x_N)-f_\star\le1.1\,GR/\sqrt T$ for $T\ge9$, as far as computed: for every $T$ up to 30 000, where the largest is $1.0934$ at $T=12$, and for some up to $5\cdot10^6$. It is not proved for all $T$ at once. The paper
has 15 in the place of 1.1.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "reference.h"

/*:
One bound serves both: the theorem for any steps (li-subgrad-recursion) with $\mu=0$ and $\rho$ the last step.
:*/

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	uint64_t N = (uint64_t)t;
	struct reference b = move_reference(c->step, N, c->step[N - 1], 0);

	return b.start * D2 / 2 + b.noise * G * G / 2;
}

static void steps_sqrt(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma / sqrt((double)t + 1);
}

static void steps_halving(const rate_case *c, double *const *out)
{
	LETTERS(c);
	double T = (double)c->T + 1, half = 1;

	for (uint64_t t = 1; t <= c->T; t++) {
		while ((double)t > T - ceil(T * half / 2))
			half /= 2;
		out[0][t - 1] = gamma * half / sqrt(T);
	}
}

/*:
**Proof.** This is li-subgrad-recursion, the theorem for any steps, with $s_r=b_r^{-1/2}$. $\square$

**Why the halving works.** By the recursion the noise of step $r$ counts with the weight $\gamma_r^2/s_{r+1}^2$. If the steps were linear, $s$ would be linear too and all weights
equal. Halving imitates the line by a staircase.

**Sharp** exactly: for both schedules there is a maximum of linear functions on which the bound is attained (objective `last-iterate-worst`).

**What is run.** The projected subgradient method on every convex objective with a known $G$; the first bound is judged after each step, the second at horizons in runs of their own.

**What must fail.** $0.9$ of each bound where it is attained. For the first the bound times $T^{-0.1}$: it shrinks as slowly as one may fear. For the second the rate $T^{-1}$.

**Exercises.**

1. ★ Prove for the first schedule, from the bound, that $\mathbb E f(x_t)-f_\star\le C\,\frac{\log t}{\sqrt t}$ for some $C$.
2. Why do the steps of the second schedule not sum to less than half of what constant steps sum to?
3. Replace halving by thirds ($3^{-i}$). Compute the bound for $T=1024$. Is it better?
:*/

SHARP(sharp_sqrt,
	{ .objective = "last-iterate-worst:N=63,gamma=1,p=0.5", .parameters = "gamma=1", .note = "made for 63 steps",
	  .steps = 63, .ratio = 1 },
	{ .objective = "last-iterate-worst:N=255,gamma=1,p=0.5", .parameters = "gamma=1", .note = "made for 255 steps",
	  .steps = 255, .ratio = 1 })
CONTROL(control_sqrt,
	{ .objective = "last-iterate-worst:N=63,gamma=1,p=0.5", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained", .steps = 63, .factor = 0.9 },
	{ .objective = "last-iterate-worst:N=255,gamma=1,p=0.5", .parameters = "gamma=1",
	  .note = "the bound times T^-0.1: less than its logarithm", .steps = 255, .power = 0.1 })
SHARP(sharp_halving,
	{ .objective = "last-iterate-worst:shape=halving,N=63,gamma=1", .parameters = "gamma=1",
	  .note = "made for T = 64", .steps = 63, .ratio = 1 },
	{ .objective = "last-iterate-worst:shape=halving,N=255,gamma=1", .parameters = "gamma=1",
	  .note = "made for T = 256", .steps = 255, .ratio = 1 })
CONTROL(control_halving,
	{ .objective = "last-iterate-worst:shape=halving,N=63,gamma=1", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained", .steps = 63, .factor = 0.9 },
	{ .objective = "last-iterate-worst:shape=halving,N=255,gamma=1", .parameters = "gamma=1",
	  .note = "rate T^-1 instead of T^-1/2", .steps = 255, .power = 0.5 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "G", "x_star", "f_star" };
static const rate_param params_sqrt[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0; the steps are gamma/sqrt(t + 1)") };
static const rate_param params_halving[] = { [gamma_] = RATE_STEP_SIZE(
						 "gamma > 0; the first step is gamma/sqrt(N + 1)") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * natural_step(c);
}

MUST(admissible, gamma > 0, "gamma > 0")

CLAIM(li_sqrt_schedule,
	.id = "li-sqrt-schedule", .chapter = "last-iterate",
	.title = "Last iterate of the subgradient method, steps γ/√(t+1)",
	.statement = "f convex, E‖g_t‖² ≤ G², γ_t = γ/√(t+1): E f(x_t) − f* ≤ R²/(2s_0²) + (γ_{t−1} + "
	             "Σγ_r²/s_{r+1}²)G²/2, "
	             "s_t² = γ_{t−1}, s_r = s_{r+1} + γ_r/s_{r+1}",
	.quantity = "E f(x_t) − f*", .formula = "R²/(2s_0²) + (γ_{t−1} + Σγ_r²/s_{r+1}²)G²/2",
	.source = "Shamir and Zhang, ICML 2013, with other constants",
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), .params = RATE_ROWS(params_sqrt),
	.power = 0.5, .choose = choose, .admissible = admissible, .steps = steps_sqrt, .bound = bound,
	.measure = rate_measure_gap, .sharp = sharp_sqrt, .control = control_sqrt)

CLAIM(li_jain_schedule,
	.id = "li-jain-schedule", .chapter = "last-iterate",
	.title = "Last iterate of the subgradient method, steps that are halved",
	.statement = "f convex, E‖g_t‖² ≤ G², T = N + 1, γ_{t−1} = γ2^{−i}/√T for T − ⌈T2^{−i}⌉ < t ≤ T − ⌈T2^{−i−1}⌉: "
	             "E f(x_N) − f* ≤ R²/(2s_0²) + (γ_{N−1} + Σγ_r²/s_{r+1}²)G²/2 (≤ 1.1 GR/√T for γ = R/G, T ≥ 9)",
	.quantity = "E f(x_N) − f*", .formula = "R²/(2s_0²) + (γ_{N−1} + Σγ_r²/s_{r+1}²)G²/2",
	.source = "Jain, Nagaraj and Netrapalli, COLT 2019, with another constant",
	.kind = RATE_EXPECTATION, .flags = RATE_LAST, .method = "subgradient", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_halving), .power = 0.5, .choose = choose, .admissible = admissible,
	.steps = steps_halving, .bound = bound, .measure = rate_measure_gap, .sharp = sharp_halving,
	.control = control_halving)
