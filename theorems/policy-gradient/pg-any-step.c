/*:
# Policies with one number: every step size works

Policy gradient follows the slope of the value of a random policy. With a single number $\theta$, and exact slopes, how fast is it, and how long may its steps be?

**Theorem (pg-any-step).** Let $f$ be differentiable on $[\theta_0,\infty)$ with $f'<0$ and the infimum $f_\star$, which is not attained, and suppose that $c(\theta)=-f'(\theta)/(f(\theta)-f_\star)$ does not fall. Gradient descent with **any** $\gamma>0$ has for every $t\ge1$, with $h_t=f(\theta_t)-f_\star$ and $c_0=c(\theta_0)$,
$$ h_t\;\le\;\frac1{\frac1{h_0}+\gamma c_0^2t} . $$

**Theorem (pg-any-step-lb).** If besides $c\le\bar c$, then
$$ h_t\;\ge\;\frac1{\frac1{h_0}+\gamma\bar c^2e^{\gamma\bar c^2h_0}t} . $$

Three policies are of this kind. *Two arms:* the better one is drawn with probability $p=\frac1{1+e^{-\theta}}$; $c=p$. *Ruin:* a walk on $0,\dots,N$ from $i$ goes up with probability $p$ and shall leave at $N$; $c$ rises from $0$ to $i$. *Memory:* a bit is kept $H$ times with probability $p$ each, $\theta_0>0$; $c$ rises to $1$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(bound, t, 1 / (1 / d0 + gamma * c->g02 / (d0 * d0) * t))

/* c-bar is the first of the needs. */
NUMBER(speed, gamma * c->need[0] * c->need[0])
FORMULA(bound_lb, t, 1 / (1 / d0 + speed(c) * exp(speed(c) * d0) * t))

/*:
## Proof

$\theta$ increases. Along the line $\frac d{d\theta}\ln(f-f_\star)=-c$, which is at most $-c(\theta_t)\le-c_0$ from $\theta_t$ on; the step is $\gamma c(\theta_t)h_t$ long. So
$$ h_{t+1}\le h_te^{-\gamma c(\theta_t)^2h_t}\le h_te^{-\gamma c_0^2h_t},\qquad\frac1{h_{t+1}}\ge\frac1{h_t}e^{\gamma c_0^2h_t}\ge\frac1{h_t}+\gamma c_0^2 . $$
In the other direction $h_{t+1}\ge h_te^{-\gamma\bar c^2h_t}$, so with $x=\gamma\bar c^2h_t\le\gamma\bar c^2h_0$: $\frac1{h_{t+1}}\le\frac{e^x}{h_t}\le\frac1{h_t}+\frac x{h_t}e^x\le\frac1{h_t}+\gamma\bar c^2e^{\gamma\bar c^2h_0}$.

*The three policies.* Two arms: $f-f_\star=\Delta(1-p)$ and $f'=-\Delta p(1-p)$. Ruin: $f-f_\star=\frac{r^i-r^N}{1-r^N}$ with $r=e^{-\theta}$, so $c=i-A_{N-i}+A_N$ with $A_k=\frac k{e^{k\theta}-1}$, and $c'\ge0$ because $-A_k'=\frac{k^2}{4\sinh^2(k\theta/2)}$ falls with $k$. Memory: $f-f_\star=\frac{1-z^H}2$, $z=\tanh\frac\theta2$, so $c=\frac H2\cdot\frac{1+z}{z^{1-H}+\dots+1}$, which rises with $z>0$. $\square$

## How sharp they are

Where $\theta_0$ is large $c$ is nearly constant and both are nearly equalities, as for ruin from $\theta_0=4$.

## What is run

The three policies from near and far, with steps from $0.05$ to $100$.

## What must fail

$c_0$ replaced by the largest $c$, on two arms from $\theta_0=0$. $1.02$ of the lower bound.

## Exercises

1. Which step is the best, by the first theorem and in truth?
2. A policy without chance, $\theta=\pm\infty$: what is the derivative of its value in the ruin problem?
3. ★ Show that $h_t\sim\frac1{\gamma\bar c^2t}$.
:*/

SHARP(sharp,
	{ .objective = "ruin:i=1,N=3,start=4", .parameters = "gamma=0.05", .note = "ruin, from far up",
	  .steps = 20000,
	  .ratio = 0.9988 },
	{ .objective = "two-arms:start=4", .parameters = "gamma=0.05", .note = "two arms", .steps = 20000,
	  .ratio = 1 },
	{ .objective = "memory:H=3,start=5", .parameters = "gamma=0.05", .note = "a bit kept three times",
	  .steps = 20000,
	  .ratio = 1 },
	{ .objective = "ruin:i=2,N=6,start=-1", .parameters = "gamma=100", .note = "a step of 100", .steps = 256 },
	{ .objective = "two-arms:gap=3,start=0", .parameters = "gamma=10", .note = "a step of 10", .steps = 256 },
	{ .objective = "memory:H=8,start=0.5", .parameters = "gamma=1", .note = "a long memory", .steps = 256 })
CONTROL(control, { .objective = "two-arms:start=0", .parameters = "gamma=1", .note = "1 in the place of c_0^2 = 1/4",
	.steps = 4, .factor = 0.5 })
SHARP(sharp_lb,
	{ .objective = "ruin:i=1,N=3,start=4", .parameters = "gamma=0.05", .note = "ruin, from far up",
	  .steps = 20000,
	  .ratio = 0.9991 },
	{ .objective = "two-arms:start=4", .parameters = "gamma=0.05", .note = "two arms", .steps = 20000,
	  .ratio = 0.99 },
	{ .objective = "memory:H=3,start=5", .parameters = "gamma=0.05", .note = "a bit kept three times",
	  .steps = 20000,
	  .ratio = 0.99 })
CONTROL(control_lb, { .objective = "ruin:i=1,N=3,start=4", .parameters = "gamma=0.05", .note = "1.02 of the bound",
	.steps = 20000, .factor = 1.02 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[gamma_] = fraction;
}

MUST(admissible, gamma > 0, "gamma > 0")

#define PAPERS \
	"exact gradients of policies with one parameter, as in Klein, Weissmann and Doering, Beyond stationarity: " \
	"convergence analysis of stochastic softmax policy gradient methods; proved in this file"
#define ON_LINES \
	.method = "gd", NEEDS("policy.ratio", "f_star"), RANGE, .power = 1, .measure = rate_measure_gap

CLAIM(pg_any_step,
	.id = "pg-any-step", .chapter = "policy-gradient", .title = "Policies with one number: every step size works",
	.statement = "−f'/(f − f*) does not fall on [θ_0, ∞), c_0 its value at θ_0, any γ > 0: f(θ_t) − f* ≤ "
	             "1/(1/h_0 + γc_0²t)",
	.quantity = "f(θ_t) − f*", .formula = "1/(1/d₀ + γc_0²t)", .source = PAPERS, .kind = RATE_DETERMINISTIC,
	ON_LINES,
	.bound = bound, SHARP_AND_CONTROL)

CLAIM(pg_any_step_lb,
	.id = "pg-any-step-lb", .chapter = "policy-gradient", .title = "And not faster than 1/t",
	.statement = "−f'/(f − f*) ≤ c̄: f(θ_t) − f* ≥ 1/(1/h_0 + γc̄²e^(γc̄²h_0) t)",
	.quantity = "f(θ_t) − f*", .formula = "1/(1/d₀ + γc̄²e^(γc̄²d₀) t)", .source = PAPERS,
	.kind = RATE_LOWER_BOUND,
	ON_LINES, .bound = bound_lb, .sharp = sharp_lb, .control = control_lb)
