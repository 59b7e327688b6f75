/*:
# Steps $1/\sqrt t$ do lose a logarithm

**Theorem** (Harvey, Liaw, Plan and Randhawa 2019). For every $T\ge2$ there is a convex function $f$ on the unit ball of $\mathbb R^T$ with subgradients shorter than 1, and an oracle, such that the
subgradient method from 0 with the steps $\gamma_{t-1}=\frac1{\sqrt t}$, $t=1,\dots,T$, ends at a point with
$$ f(x_T)-\min f\;\ge\;f(x_T)\;\ge\;\frac{\log T}{32\sqrt T} . $$

The average of the same points has an error of order $\frac1{\sqrt T}$. So the logarithm in the theorem on the last iterate with these steps (li-sqrt-schedule) is not a weakness of the proof.

The function is $f(x)=\max_{1\le i\le T+1}\langle h_i,x\rangle$. With
$$ a_j=\frac1{8(T-j+1)},\qquad b_j=\frac{\sqrt j}{2\sqrt T}, $$
$h_i$ has the entries $a_j$ for $j<i$, $-b_i$ at $j=i$ (if $i\le T$), and 0 after. The oracle answers with the *smallest* $i$ that attains the maximum.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

static double bound(const rate_case *c, double t)
{
	(void)c;
	return log(t) / (32 * sqrt(t));
}

/*:
## Proof

*Claim:* the oracle answers $h_1,h_2,\dots,h_T$ in turn, so that $x_t=-\sum_{s\le t}h_s/\sqrt s$. Suppose so up to $t$. For $j\le t$ the coordinate $j$ of $x_t$ is
$$ \frac{b_j}{\sqrt j}-a_j\sum_{k=j+1}^t\frac1{\sqrt k}\;\ge\;\frac1{2\sqrt T}-\frac1{8(T-j+1)}\cdot2\bigl(\sqrt T-\sqrt j\bigr)\;\ge\;\frac1{2\sqrt T}-\frac{2(T-j)}{8(T-j+1)\sqrt T}\;\ge\;\frac1{4\sqrt T}, $$
and at most $\frac1{2\sqrt T}$; for $j>t$ it is 0. So $\langle h_i,x_t\rangle=\sum_{j\le t}a_jx_{t,j}$ is the same for all $i>t$; and for $i\le t$ it is smaller, for some positive terms are missing and a
negative one is there. The smallest $i$ is $t+1$: the oracle answers $h_{t+1}$. As $\|x_t\|\le\sqrt T\cdot\frac1{2\sqrt T}<1$ the method never meets the boundary of the ball.

At the end $f(x_T)=\sum_{j\le T}a_jx_{T,j}\ge\frac1{4\sqrt T}\cdot\frac18\sum_{j\le T}\frac1{T-j+1}\ge\frac{\log T}{32\sqrt T}$. And $f(0)=0$, so $\min f\le0$. $\square$

## How sharp it is

$f(x_T)$ is a finite sum that can be computed: it is $2.75,\ 2.08,\ 1.87,\ 1.77,\ 1.72$ times the bound for $T=4,16,64,256,1024$, and the factor tends to $\frac32$. The function that is made for these
steps in the chapter on last iterates is a ten times stronger witness, since it attains the upper bound; this one is famous, and simpler.

## What is run

This function for $T=64$ and $T=1024$. The measured quantity is $f(x_T)$, what the proof bounds.

## What must fail

Twice the bound at $T=1024$ ($\frac1{0.9}$ of $1.72$ times the bound, $1.91$, would do). And a bound that falls like $T^{-0.4}$.

## Exercises

1. What do constant steps $\frac1{\sqrt T}$ do on this function?
2. Compute $f(\bar x_T)$ for the average of $x_0,\dots,x_{T-1}$, $T=1024$, and compare.
3. Show that the subgradients are shorter than $0.53$.
:*/

SHARP(sharp,
	{ .objective = "harvey:T=64", .note = "T = 64", .steps = 64, .ratio = 1 / 1.87 },
	{ .objective = "harvey:T=1024", .note = "T = 1024", .steps = 1024, .ratio = 1 / 1.72 })
CONTROL(control,
	{ .objective = "harvey:T=1024", .note = "twice the bound; 1.72 times are attained", .steps = 1024,
	  .factor = 2 },
	{ .objective = "harvey:T=1024", .note = "the bound times T^0.1", .steps = 1024, .power = -0.1 })

/*: {.plumbing} :*/

static const char *admissible(const rate_case *c)
{
	return c->need[0] == (double)c->T && c->T >= 2
	    ? NULL : "as many steps as the function is built for, at least 2";
}

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 1 / sqrt((double)t + 1);
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_value_at(v->run, v->state[0], q))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] = fabs(q[r]);
	return RATE_OK;
}

CLAIM(li_harvey_lb,
	.id = "li-harvey-lb", .chapter = "lower-bounds", .title = "Steps 1/√t lose a logarithm in the last iterate",
	.statement = "for every T ≥ 2 there is a convex f on the unit ball, ‖g‖ < 1, such that the subgradient "
	             "method from 0 with steps 1/√t has "
	             "f(x_T) − min f ≥ f(x_T) ≥ log T/(32√T)",
	.quantity = "f(x_T)", .formula = "log T/(32√T)",
	.source = "Harvey, Liaw, Plan and Randhawa, Tight analyses for non-smooth stochastic gradient descent, "
	          "COLT 2019",
	.kind = RATE_LOWER_BOUND, .flags = RATE_LAST | RATE_OWN_INSTANCES | RATE_OWN_START, .method = "subgradient",
	NEEDS("harvey", "one term"),
	.admissible = admissible, .steps = steps, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
