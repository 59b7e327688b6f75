/*:
# Two roundings of one direction

A quantised network can move only along directions whose entries lie on a grid. Round a random direction, and look and step along the rounded one: then the same error enters twice, and the step is biased. Round it twice, independently, look along the one and step along the other: no bias. What does it cost?

**Theorem.** Let $f$ be $L$-smooth on $\mathbb R^d$ with $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$, $\mu>0$. Let $u$ be random with $\mathbb Euu^\top=I$ and $\|u\|^2=d$, and let $Q_a,Q_b$ be two independent stochastic roundings of $u$ to the grid $\delta\mathbb Z^d$: each entry goes to one of its two neighbours, with the probabilities that keep its mean. Let $M=d\bigl(1+\frac{\delta^2}4\bigr)^2$ and $0<\gamma\le\frac2{LM}$. The steps
$$ x\leftarrow Q_w\bigl(x-\gamma\langle\nabla f(x),Q_a\rangle Q_b\bigr), $$
where $Q_w$ rounds to the grid $\Delta\mathbb Z^d$ in the same way ($\Delta=0$: not at all; else $x_0$ is on the grid), have for every $t\ge1$, with $q=1-2\gamma\mu+\gamma^2\mu LM$,
$$ \mathbb Ef(x_t)-f_\star\;\le\;q^t\,(f(x_0)-f_\star)+\frac{Ld\Delta^2}8\cdot\frac{1-q^t}{1-q} . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(law) P(gamma) P(grid) P(weights)
#include "../common.h"

/* M, and 1 - q */
static double longer(const rate_case *c)
{
	double delta = c->param[grid_], one = 1 + delta * delta / 4;

	return (double)c->d * one * one;
}

NUMBER(lost, gamma * pl * (2 - gamma * L * longer(c)))

FORMULA(bound, t, decay(lost(c), t) * d0 + L * (double)c->d * weights * weights / 8 * decay_sum(lost(c), t))

/*:
## Proof

*No bias.* Given $u$ the two roundings are independent with the mean $u$: $\mathbb EQ_bQ_a^\top=\mathbb Euu^\top=I$.

*The second moment.* A number that is rounded to one of two neighbours $\delta$ apart, with its mean kept, gets a variance of at most $\frac{\delta^2}4$, and the entries are rounded independently. With $g=\nabla f(x)$: given $u$, $\mathbb E\langle g,Q_a\rangle^2\le\langle g,u\rangle^2+\frac{\delta^2}4\|g\|^2$ and $\mathbb E\|Q_b\|^2\le d+\frac{\delta^2}4d$. The two are independent given $u$, so in the mean over $u$
$$ \mathbb E\langle g,Q_a\rangle^2\|Q_b\|^2\le\Bigl(1+\frac{\delta^2}4\Bigr)\|g\|^2\cdot d\Bigl(1+\frac{\delta^2}4\Bigr)=M\|g\|^2 . $$

*Descent.* By smoothness $\mathbb Ef$ after the step, before $Q_w$, is at most $f(x)-\gamma\|g\|^2+\frac L2\gamma^2M\|g\|^2\le f_\star+q(f(x)-f_\star)$, as the factor of $\|g\|^2$ is not above $0$. $Q_w$ has the mean of its argument and a variance of at most $\frac{d\Delta^2}4$ in all, which adds at most $\frac L2\cdot\frac{d\Delta^2}4$. Sum the geometric series. $\square$

## How sharp it is

Random signs with $\delta=2$ lie half-way between grid points: then both variances are $\frac{\delta^2}4$, and on $\frac L2\|x\|^2$ the bound is attained at every $t$. With weights on a grid it is ${{quzo#4.max_ratio:3}}$ at every $t$ where the minimiser lies half-way between two of them.

## What is run

Signs and coordinates. In at most three dimensions (signs) all directions and roundings are enumerated with their probabilities, so that the mean is exact on quadratics; else, and with weights on a grid, runs are sampled.

## What must fail

0.9 of the bound. $d$ in the place of $M$, as if the roundings cost nothing: for $d=1$, $\delta=2$ and $\gamma=\frac1{4L}$ a step leaves $\frac34$ of the gap, and that claim says $\frac9{16}$.

## Exercises

1. How much larger than $d$ is $M$ for $\delta=\frac12$?
2. Compute $\mathbb EQ_aQ_a^\top$. Does one rounding still find the minimum?
3. *Compute.* For $d=1$, $\delta=2$ compare the best steps of one and of two roundings. Run `ratecheck verify quzo:law=signs,gamma=0.25,grid=2,weights=0 --objective quadratic:d=1,L=1 --steps 16`.
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=1,L=1", .parameters = "law=signs,gamma=0.25,grid=2,weights=0",
	  .note = "the best step of two roundings", .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=2,spectrum=one",
	  .parameters = "law=signs,gamma=0.2,grid=0.666666666666666667,weights=0",
	  .note = "a finer grid, in the plane", .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=3,kappa=4", .parameters = "law=coordinate,grid=0.5,weights=0",
	  .note = "coordinates", .steps = 64 },
	{ .objective = "tiles:m=1,start=0,center=0.5", .parameters = "law=signs,gamma=1,grid=0.125,weights=1",
	  .note = "weights on a grid", .steps = 64, .ratio = 0.992 })
CONTROL(control,
	{ .objective = "quadratic:d=1,L=1", .parameters = "law=signs,gamma=0.25,grid=2,weights=0",
	  .note = "0.9 of the bound", .steps = 64, .factor = 0.9 },
	{ .objective = "quadratic:d=1,L=1", .parameters = "law=signs,gamma=0.25,grid=2,weights=0",
	  .note = "d in the place of M: (3/4)^2 in that of 3/4", .steps = 1, .factor = 0.75 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[law_] = { "law", RATE_CHOICE, "signs", 0, 0, "coordinate|signs", "of the direction" },
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(L M)"),
	[grid_] = { "grid", RATE_REAL, "0.5", 0, 1e6, NULL, "delta, the spacing of the directions" },
	[weights_] = { "weights", RATE_REAL, "0", 0, 1e6, NULL, "Delta, the spacing of the iterates; 0: none" },
};

/* The best step, or a part of it. */
static void choose(const rate_case *c, double fraction, double *param)
{
	rate_case with = *c;

	with.param = param;
	param[gamma_] = fraction / (c->L * longer(&with));
}

static const char *admissible(const rate_case *c)
{
	double w = c->param[weights_];

	for (size_t j = 0; w > 0 && j < c->d; j++)
		if (c->x0[j] != w * floor(c->x0[j] / w + 0.5))
			return "x_0 on the grid of the weights";
	return AT_MOST(c->param[gamma_], 2 / (c->L * longer(c)))
	    ? NULL : "0 < gamma <= 2/(L M), M = d (1 + grid^2/4)^2";
}

static const char *small(const rate_case *c)
{
	return c->d <= 4 && c->n * c->d <= 200 ? NULL : "run for at most 4 dimensions and 200 numbers of data";
}

CLAIM(quzo,
	.id = "quzo", .chapter = "zeroth-order", .title = "Two roundings of one direction",
	.statement = "f L-smooth, μ-PL, E uuᵀ = I, ‖u‖² = d, Q_a, Q_b roundings of u to δZ^d, M = d(1 + δ²/4)², 0 < "
	             "γ ≤ 2/(LM), x₊ = Q_w(x − γ⟨∇f(x), Q_a⟩Q_b) on ΔZ^d, q = 1 − 2γμ + γ²μLM: E f(x_t) − f* ≤ q^t "
	             "d₀ + LdΔ²/8 (1 − q^t)/(1 − q)",
	.quantity = "E f(x_t) − f*", .formula = "q^t d₀ + LdΔ²/8 (1 − q^t)/(1 − q)",
	.source = "the step of Zhou et al., QuZO: quantized zeroth-order fine-tuning for large language models, "
	          "2025; the bound is proved in this file",
	.kind = RATE_EXPECTATION, .method = "quzo:rho=0,rounds=2", NEEDS("L", "pl", "f_star", "no composite"), RANGE,
	.applies = small, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
