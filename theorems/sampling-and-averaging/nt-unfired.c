/*:
# While the trigger is silent

NT-ASGD runs SGD until the validation loss has not improved for a while, and then averages. Nothing is known of such a trigger in
general. One thing is certain: silence is good news.

**Theorem.** Let $f$ be convex with a minimiser $x_\star$, $g_t$ a subgradient at $x_t$ with $\|g_t\|\le G$, $\gamma_t>0$ and
$x_{t+1}=x_t-\gamma_tg_t$. Let $v_t=f(x_t)$ be logged at every $t$; the trigger fires at the first $t>n$ with
$v_t>\min_{l\le t-n-1}v_l$. As long as it has not fired, for every $t\ge n+1$ and $k=t-n$
$$ f(x_t)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2+G^2\sum_{s<k}\gamma_s^2}{2\sum_{s<k}\gamma_s}. $$

The right side is the classical bound on the *best* of the first $k$ iterates. So while the trigger is silent the last iterate
is as good as the best one was promised to be $n$ steps ago, and no average is missed.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(n)
#include "../common.h"

/* The steps are constant. */
static double promised(const rate_case *c, double k)
{
	LETTERS(c);
	double G_mean = c->need[0];

	return (D2 + G_mean * G_mean * gamma * gamma * k) / (2 * gamma * k);
}

/*:
## Proof

Summing $\|x_{s+1}-x_\star\|^2\le\|x_s-x_\star\|^2-2\gamma_s(f(x_s)-f_\star)+\gamma_s^2G^2$ over $s<k$ bounds the weighted mean of the
gaps of $x_0,\dots,x_{k-1}$, and so the least of them, by the right side. Silence at $t$ says $v_t\le\min_{l\le k-1}v_l$. $\square$

Nothing else is used: the trigger never fires before $t=n+1$, and never on logs that do not increase, such as those of gradient
descent on a smooth convex function.

## How sharp it is

On the function that is worst for subgradient steps all values are equal until the end, so the trigger is silent; at $t=N-1$ the ratio
is $\frac{2k}{N+k}$, which is ${{nt-unfired#1.max_ratio:3}}$ for $N=1024$ and $n=5$.

## What is run

The method with constant steps on convex objectives with a known $G$. The bound is infinite before $t=n+1$ and once the trigger
has fired.

## What must fail

$0.9$ of the bound where it is nearly attained.

## Exercises

1. ★ If $v_0,v_1,\dots$ are independent with one continuous law, with what probability is the trigger silent at its first test, and
   at its first two ($n\ge2$)?
2. Find a path on which it fires at the first possible moment, $t=n+1$.
:*/

SHARP(sharp,
	{ .objective = "minimax:T=1024", .parameters = "gamma=0.03125,n=5", .steps = 1023,
	  .note = "minimax for 1024 steps",
	  .ratio = 0.997 },
	{ .objective = "minimax:T=64", .parameters = "gamma=0.125,n=1", .steps = 63, .note = "minimax for 64 steps",
	  .ratio = 0.984 },
	{ .objective = "abs:start=1", .parameters = "gamma=0.99,n=1", .steps = 2, .note = "1, 0.01, 0.98",
	  .ratio = 0.98 })
CONTROL(control,
	{ .objective = "minimax:T=1024", .parameters = "gamma=0.03125,n=5", .steps = 1023, .note = "0.9 of the bound",
	  .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[n_] = { "n", RATE_INTEGER, "5", 0, 15, NULL, "logs that the trigger waits for" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * (c->D2 > 0 ? sqrt(c->D2) : 1) / (c->need[0] * sqrt((double)c->T));
}

MUST(admissible, gamma > 0, "gamma > 0")

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *fired;
	double k = (double)v->t - v->c->param[n_];

	if (v->find(v, "count", &fired))
		return (v->run->call->fail)(v->run, "the method has no trigger");
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = k >= 1 && !(fired[r * v->run->ld] > 0) ? promised(v->c, k) : INFINITY;
	if (rate_gap_of(v, v->state[0], q, s))
		return RATE_FAIL;
	/* The trigger compares values, which round as they are. */
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] += 2 * (fabs(v->c->f_star) + fabs(q[r]));
	return RATE_OK;
}

CLAIM(nt_unfired,
	.id = "nt-unfired", .chapter = "sampling-and-averaging", .title = "While the trigger of NT-ASGD is silent",
	.statement = "f convex, ‖g_t‖ ≤ G, the trigger has not fired at t ≥ n + 1, k = t − n: "
	             "f(x_t) − f* ≤ (‖x_0 − x*‖² + G² Σ_{s<k} γ_s²)/(2 Σ_{s<k} γ_s)",
	.quantity = "f(x_t) − f*", .formula = "(D² + G²γ²k)/(2γk), k = t − n",
	.source = "trigger of Merity, Keskar and Socher, Regularizing and optimizing LSTM language models, "
	          "arXiv:1708.02182; the "
	          "theorem is proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "nt-asgd",
	NEEDS("G_mean", "convex", "x_star", "f_star", "no composite"), RANGE, .measure = measure, SHARP_AND_CONTROL)
