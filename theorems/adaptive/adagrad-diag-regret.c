/*:
# The regret of AdaGrad

A rare feature has small gradients, a frequent one large ones: one step size cannot suit both. AdaGrad gives each coordinate its own, from the gradients of that coordinate alone. Is that as good as if the right step sizes had been known?

**Theorem.** On a box whose sides have the length $D$ let $f_1,f_2,\dots$ be convex losses and $g_t$ a subgradient of $f_t$ at $x_t$. With $S_{0,i}=0$ and $\eta>0$ let
$$ S_{t,i}=S_{t-1,i}+g_{t,i}^2,\qquad x_{t+1,i}=P\Bigl(x_{t,i}-\frac{\eta\,g_{t,i}}{\sqrt{S_{t,i}}}\Bigr), $$
where $P$ clips to the box and a coordinate with $S_{t,i}=0$ stays. Then for every $u$ in the box and every $t$
$$ \sum_{s\le t}f_s(x_s)-f_s(u)\;\le\;\Bigl(\frac{D^2}{2\eta}+\eta\Bigr)\sum_i\sqrt{S_{t,i}} . $$

With $\eta=\frac D{\sqrt2}$ this is $\sqrt2\,D\sum_i\sqrt{S_{t,i}}$. The bound reads the sums $S_{t,i}$ off the path: it is a claim on every path.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "regret.h"

enum { BOX }; /* needs */

static double bound_coordinate(const rate_case *c, double S)
{
	LETTERS(c);
	double eta = gamma, D = c->need[BOX];

	return (D * D / (2 * eta) + eta) * sqrt(S);
}

/*:
## Proof

By convexity the regret is at most $\sum_s\langle g_s,x_s-u\rangle$. Take one coordinate, leave out its index, begin with the first round in which $g\ne0$, and let $c_s=\frac{\sqrt{S_s}}\eta$, which never falls. Clipping does not move a point away from $u$, so
$$ (x_{s+1}-u)^2\le\Bigl(x_s-\frac{g_s}{c_s}-u\Bigr)^2,\qquad\text{hence}\qquad g_s(x_s-u)\le\frac{c_s}2\bigl[(x_s-u)^2-(x_{s+1}-u)^2\bigr]+\frac{g_s^2}{2c_s} . $$

*The first terms.* By parts their sum is at most $\frac{c_1}2(x_1-u)^2+\sum_{s\ge2}\frac{c_s-c_{s-1}}2(x_s-u)^2\le\frac{c_tD^2}2$, as no $c_s-c_{s-1}$ is negative: this gives $\frac{D^2}{2\eta}\sqrt{S_t}$.

*The second terms.* For $a\ge b\ge0$ we have $a-b=(\sqrt a-\sqrt b)(\sqrt a+\sqrt b)\le2\sqrt a(\sqrt a-\sqrt b)$, so
$$ \frac{g_s^2}{\sqrt{S_s}}=\frac{S_s-S_{s-1}}{\sqrt{S_s}}\le2\bigl(\sqrt{S_s}-\sqrt{S_{s-1}}\bigr),\qquad\sum_{s\le t}\frac{g_s^2}{2c_s}\le\eta\sqrt{S_t} . $$

Add both, and the coordinates. $\square$

*Why by coordinates.* Of all diagonal matrices with trace at most 1, fixed in advance with full knowledge of the gradients, the best one for these losses makes the sum $\bigl(\sum_i\sqrt{S_i}\bigr)^2$ (exercise 1): AdaGrad pays what it would pay. If few coordinates have large
gradients this is less than $d\sum_iS_i$, which a single step size pays.

*Letters.* $\eta$ is the parameter `gamma`, $D$ the constant `box`.

## How sharp it is

Asymptotically exactly. The losses $x,-x,x,-x,\dots$ on $[-1,1]$ with $x_1=1$ and long steps: as long as $\frac\eta{\sqrt t}\ge2$ the point runs from end to end and pays 1 each round, later $\frac\eta{\sqrt t}$ for a pair of rounds. Together that is about $\eta\sqrt t$, if $t\gg\eta^2$, against the bound
$\bigl(\frac2\eta+\eta\bigr)\sqrt t$: the ratio tends to $\bigl(1+\frac2{\eta^2}\bigr)^{-1}$ as $t$ grows. The run with $\eta=8$ reaches ${{adagrad-diag-regret#1.max_ratio:3}}$ within 1000 rounds.

## What is run

Every online problem on a box, and every single convex function on one, as the loss of every round. The regret is counted against $u=x_\star$.

## What must fail

$0.85$ of the bound on the losses to and fro; and a bound that grows like $t^{0.4}$, there too.

## Exercises

1. Minimise $\sum_iS_i/s_i$ over $s_i>0$ with $\sum_is_i=1$.
2. Only one coordinate ever has a gradient. Which method is AdaGrad then?
3. Sharpen the bound by $\frac\eta2\sum_i|g_i|$, where $g_i$ is the first gradient of coordinate $i$ that is not 0.
:*/

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *S;

	if (v->find(v, "S", &S))
		return v->run->call->fail(v->run, "the method has no state S");
	for (size_t r = 0; r < v->run->nrep; r++) {
		b[r] = 0;
		for (size_t i = 0; i < v->run->d; i++)
			b[r] += bound_coordinate(v->c, S[r * v->run->ld + i]);
	}
	return measure_regret(v, q, s, NULL);
}

SHARP(sharp,
	{ .objective = "online-cycle:slopes=1/-1", .parameters = "gamma=8", .note = "to and fro with long steps",
	  .steps = 1000, .ratio = 0.912 },
	{ .objective = "online-cycle:slopes=1/-1", .parameters = "gamma=1.4142135623730951",
	  .note = "one round, the best step", .steps = 1, .ratio = 0.70710678118654752 },
	{ .objective = "online-linear:d=5", .note = "random losses of five coordinates", .steps = 300 })
CONTROL(control,
	{ .objective = "online-cycle:slopes=1/-1", .parameters = "gamma=8", .note = "0.85 of the bound", .steps = 1000,
	  .factor = 0.85 },
	{ .objective = "online-cycle:slopes=1/-1", .parameters = "gamma=8", .note = "the bound times t^-0.1",
	  .steps = 1000, .power = 0.1 })

/*: {.plumbing} :*/
static const char *const needs[] = { [BOX] = "box", "convex", "rounds", "x_star" };
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("eta > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * c->need[BOX] / sqrt(2);
}

MUST(admissible, gamma > 0, "eta > 0")

CLAIM(adagrad_diag_regret,
	.id = "adagrad-diag-regret", .chapter = "adaptive", .title = "Regret of AdaGrad",
	.statement = "convex losses on a box of side D, x_i ← P(x_i − ηg_i/√S_i), S_i the sum of g_i²: "
	             "Regret_t ≤ (D²/(2η) + η) Σ_i √S_{t,i}",
	.quantity = REGRET_QUANTITY, .formula = "(D²/(2η) + η) Σ_i √S_{t,i}",
	.source = "after Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and Stochastic "
	          "Optimization, JMLR 12 (2011); proved in this file",
	.kind = RATE_REGRET, .flags = RATE_PATH_BOUND, .method = "adagrad-diag", .needs = RATE_LIST(needs), RANGE,
	.accumulators = REGRET_KEPT, .observe = observe_regret, .measure = measure, SHARP_AND_CONTROL)
