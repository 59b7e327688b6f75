/*:
# Descent on tracked blocks

The trackers of msvr-tracker, put to work: step along their mean, renew a few, step again. The error of a tracker limits the step, and the step makes the error.

**Theorem.** Let $F=\frac1m\sum F_i$ be $L$-smooth and bounded below, every $\nabla F_i$ $C$-Lipschitz, and the oracle of block $i$ answer $\nabla F_i(x)+\xi$ with additive noise of mean 0 and variance at most $\sigma^2$. Start with $h_i=\nabla F_i(x_0)$ and let
$$ v_t=\frac1m\sum_ih_i,\qquad x_{t+1}=x_t-\gamma v_t,\qquad\text{then renew $I$ random trackers as in msvr-tracker, }p=\tfrac Im . $$
Let $\theta=pb(2-b)$, $k=\frac{1-p}p\bigl(\frac{1-p}{(1-b)^2}+p\bigr)\frac{C^2}\theta$ and $0<\gamma\le\frac2{L+\sqrt{L^2+4k}}$. Then for every $t\ge1$
$$ \frac1t\sum_{s<t}\mathbb E\|\nabla F(x_s)\|^2\;\le\;\frac{2(F(x_0)-\inf F)}{\gamma t}+\frac b{2-b}\,\sigma^2. $$

In the place of the noise $\sigma^2/m$ or $\sigma^2$ of a plain step stands $\frac b2\sigma^2$. For the sum of many two-level problems $\nabla F_i$ is the implicit gradient of block $i$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(batch) P(copies) P(b)
#include "../common.h"

enum { BLOCKS, LIPSCHITZ, NOISE, COPIES };
NUMBER(share, fmin(batch / c->need[BLOCKS], 1)) /* p */
NUMBER(forgets, share(c) * b * (2 - b)) /* theta */
NUMBER(feeds, (1 - share(c)) / share(c) * ((1 - share(c)) / ((1 - b) * (1 - b)) + share(c)) * c->need[LIPSCHITZ] *
              c->need[LIPSCHITZ] / forgets(c)) /* k */
NUMBER(longest, 2 / (L + sqrt(L * L + 4 * feeds(c))))

FORMULA(bound, t, 2 * d0 / (gamma * t) + b / (2 - b) * c->need[NOISE])

/*:
## Proof

Let $S_t=\frac1m\sum\|e_i\|^2$ be the mean squared error of the trackers at $x_t$: $\|v_t-\nabla F(x_t)\|^2\le S_t$. By the descent lemma in the form of f2sa-descent
$$ F(x_{t+1})\le F(x_t)-\tfrac\gamma2\|\nabla F(x_t)\|^2-\tfrac\gamma2(1-\gamma L)\|v_t\|^2+\tfrac\gamma2S_t. $$
The drift of target $i$ is at most $C\gamma\|v_t\|$, so msvr-tracker, averaged over the blocks, says
$$ \mathbb ES_{t+1}\le(1-\theta)\,\mathbb ES_t+\theta k\gamma^2\,\mathbb E\|v_t\|^2+pb^2\sigma^2,\qquad S_0=0. $$
Sum over the steps: $\sum_{s<t}\mathbb ES_s\le k\gamma^2\sum_{s<t}\mathbb E\|v_s\|^2+t\,\frac{pb^2}\theta\sigma^2$, and $\frac{pb^2}\theta=\frac b{2-b}$. In the sum of the first line the factor of $\|v_s\|^2$ is then $-\frac\gamma2(1-\gamma L-k\gamma^2)\le0$. $\square$

## How sharp it is

If all trackers are renewed, $k=0$: without noise the theorem is gradient descent with $\gamma=1/L$, attained; with noise on a single parabola the floor $\frac b{2-b}\sigma^2$ is attained after many steps. With one tracker of four the ratio is 0.54.

## What is run

The method on parabolas, convex or not, exactly: all subsets, and two values of the noise.

## What must fail

$0.9$ of the bound; a step of $0.9/L$ with one tracker of four; and trackers that do not make up for the steps that they missed, $c=1-b$: their lag pushes $x$ on, and the steps feed the lag.

## Exercises

1. How does the longest step depend on $p$ and $b$ if both are small?
2. Choose $b$ for a horizon $T$. How many samples make the mean of $\|\nabla F\|^2$ at most $\varepsilon^2$?
3. *Compute.* Let one of the blocks be concave: `ratecheck verify msvr-descent:batch=2 --objective bilevel-blocks:P=2/2/2/-1,S=0` holds. Is the ratio larger than for four equal blocks?
:*/

#define FOUR "bilevel-blocks:a=3/1/-1/-3,start=5"
SHARP(sharp,
	{ .objective = "bilevel-blocks:a=0,sigma=1,start=0", .parameters = "gamma=1,b=0.1",
	  .note = "one parabola with noise", .steps = 1000, .ratio = 0.995 },
	{ .objective = FOUR, .parameters = "batch=4,b=0.05", .note = "all trackers renewed, no noise", .steps = 256,
	  .ratio = 1 },
	{ .objective = FOUR, .parameters = "batch=1,b=0.05", .note = "one tracker of four", .steps = 256,
	  .ratio = 0.544 },
	{ .objective = FOUR, .parameters = "batch=2,b=0.05", .note = "two trackers of four", .steps = 256,
	  .ratio = 0.567 },
	{ .objective = "bilevel-blocks:a=3/1/-1/-3,start=5,sigma=1", .parameters = "batch=1,b=0.05",
	  .note = "one noisy tracker of four", .steps = 256 })
CONTROL(control,
	{ .objective = FOUR, .parameters = "batch=4,b=0.05", .note = "0.9 of the bound", .steps = 256, .factor = 0.9 },
	{ .objective = FOUR, .parameters = "batch=1,b=0.05,gamma=0.9", .note = "a step of 0.9/L", .steps = 256 },
	{ .objective = FOUR, .parameters = "batch=1,b=0.05", .note = "c = 1 - b", .steps = 256,
	  .method = "msvr:correction=storm" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(L + sqrt(L^2 + 4k))"),
	[batch_] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "I, how many trackers are renewed" },
	[copies_] = { "copies", RATE_INTEGER, "auto", 1, 2, NULL, "terms of a block; the objective says" },
	[b_] = { "b", RATE_REAL, "0.1", 1e-12, 0.999999, NULL, "share of the new gradient" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[copies_] = c->need[COPIES];
	param[gamma_] = fraction * longest(c);
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	if (copies != c->need[COPIES])
		return "copies: as many terms as the objective has for a block";
	if (batch > c->need[BLOCKS] || (batch > 1 && copies > 1))
		return "batch: at most one block where it is noisy, and no more than there are";
	return AT_MOST(gamma, longest(c)) ? NULL : "0 < gamma <= 2/(L + sqrt(L^2 + 4k))";
}

/* A wrapper may have cut the sum anew. */
MUST(applies, (double)c->n == c->need[BLOCKS] * c->need[COPIES], "the terms are those of the blocks, no others")

CLAIM(msvr_descent,
	.id = "msvr-descent", .chapter = "bilevel", .title = "Descent on tracked blocks",
	.statement = "F L-smooth, ∇F_i C-Lipschitz, p = I/m, θ = pb(2−b), k = ((1−p)/p)((1−p)/(1−b)² + p)C²/θ, "
	             "γL + kγ² ≤ 1: (1/t) Σ_{s<t} E‖∇F(x_s)‖² ≤ 2(F(x_0) − inf F)/(γt) + bσ²/(2−b)",
	.quantity = "(1/t) Σ_{s<t} ‖∇F(x_s)‖²", .formula = "2(F(x_0) − inf F)/(γt) + bσ²/(2−b)",
	.source = "in the setting of Hu, Qiu, Guo, Zhang and Yang, Blockwise stochastic variance-reduced methods with "
	          "parallel speedup for multi-block bilevel optimization, 2023; proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS, .method = "msvr",
	NEEDS([BLOCKS] = "blocks.count", [LIPSCHITZ] = "blocks.C", [NOISE] = "blocks.sigma2",
	      [COPIES] = "blocks.copies", "L", "f_star", "no composite"),
	RANGE, .applies = applies, .bound = bound, .measure = rate_measure_grad2, SHARP_AND_CONTROL)
