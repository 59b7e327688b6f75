/*:
# One random coordinate at a time

Draw a block, move it by its own partial derivatives, forget the rest. Does the objective fall as fast as with whole gradients, for the same number of partial derivatives?

**Theorem.** Let $f$ have a minimum $f_\star$ and satisfy $\frac12\|\nabla f(x)\|^2\ge\mu\,(f(x)-f_\star)$ (a $\mu$-strongly convex $f$ does; $f$ need not be convex). Split the $d$ coordinates into $m$ blocks, and let the gradient of every block be $M$-Lipschitz as that block alone moves:
$$ f(x+s)\le f(x)+\langle\nabla_jf(x),s\rangle+\tfrac M2\|s\|^2\qquad\text{for }s\text{ in block }j . $$
Each step draws $j$ uniformly and afresh and sets $x^j\leftarrow x^j-\gamma\nabla_jf(x)$, $0<\gamma<\frac2M$. Then for every $t\ge1$
$$ \mathbb Ef(x_t)-f_\star\;\le\;\Bigl(1-\frac{\gamma\mu(2-\gamma M)}m\Bigr)^t\,(f(x_0)-f_\star) . $$

$M$ is often far smaller than $L$: for $d$ equal couplings it is $\frac Ld$ in the extreme.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(size)
#include "../common.h"

enum { L_COORD };

/* M: of single coordinates the host knows it, blocks of several are as smooth as f. */
static double smoothness(const rate_case *c, double size)
{
	return size > 1 ? c->L : c->need[L_COORD];
}

NUMBER(lost, gamma * pl * (2 - gamma * smoothness(c, size)) / ceil((double)c->d / size))

FORMULA(bound, t, decay(lost(c), t) * d0)

/*:
(`lost` is 1 less the factor; `pl` in the code is $\mu$.)

## Proof

With $s=-\gamma\nabla_jf(x)$ the smoothness of block $j$ gives
$$ f(x_+)\le f(x)-\gamma\|\nabla_jf(x)\|^2+\tfrac M2\gamma^2\|\nabla_jf(x)\|^2=f(x)-\tfrac\gamma2(2-\gamma M)\|\nabla_jf(x)\|^2 . $$
The blocks' gradients are the pieces of the whole one, so the mean over $j$ has $\frac1m\sum_j\|\nabla_jf(x)\|^2=\frac1m\|\nabla f(x)\|^2\ge\frac{2\mu}m(f(x)-f_\star)$:
$$ \mathbb E_jf(x_+)-f_\star\le\Bigl(1-\frac{\gamma\mu(2-\gamma M)}m\Bigr)(f(x)-f_\star) . $$
Take means and iterate. $\square$

## How sharp it is

Attained at every $t$ by $\frac L2\|x\|^2$ with $\gamma=\frac1L$, where each coordinate survives a step with probability $1-\frac1d$, and with any other step, where $(1-\gamma L)^2$ takes the place of 0.

## What is run

Quadratics, coordinate by coordinate and by blocks: the mean is exact, over the $m$ blocks that a step may draw.

## What must fail

0.9 of the bound. The exponent $1.5t$. A step of $\frac{2.2}M$.

## Exercises

1. Draw $j$ with probability $L_j/\sum_iL_i$ and step $\frac1{L_j}$, $L_j$ the smoothness of block $j$: which factor does the proof give?
2. $d$ steps cost as many partial derivatives as one gradient. Compare with a step of gradient descent where $M=\frac Ld$.
3. How fast does the probability fall that a given coordinate has not been drawn in $t$ steps?
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=5,spectrum=one", .parameters = "gamma=1",
	  .note = "separable: a coordinate is solved by one step", .steps = 32,
	  .ratio = 1 },
	{ .objective = "quadratic:d=4,spectrum=one", .parameters = "gamma=0.5", .note = "half of the step",
	  .steps = 32, .ratio = 1 },
	{ .objective = "coupled:d=10,c=0.5", .note = "equal couplings: gamma = 1 where 1/L is 0.18", .steps = 128 })
CONTROL(control,
	{ .objective = "quadratic:d=5,spectrum=one", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained", .steps = 32,
	  .factor = 0.9 },
	{ .objective = "quadratic:d=5,spectrum=one", .parameters = "gamma=1",
	  .note = "0.03 of the bound at t = 32: the exponent 3t/2",
	  .steps = 32, .factor = 0.03 },
	{ .objective = "quadratic:d=5,spectrum=one", .parameters = "gamma=2.2", .note = "beyond 2/M", .steps = 64,
	  .factor = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/M"),
	[size_] = { "size", RATE_INTEGER, "1", 1, 1e9, NULL, "coordinates of a block" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / smoothness(c, param[size_]);
}

MUST(admissible, gamma > 0 && gamma * smoothness(c, size) < 2, "0 < gamma < 2/M")

CLAIM(rcd_sc,
	.id = "rcd-sc", .chapter = "coordinate-descent", .title = "Random coordinate descent",
	.statement = "f μ-PL, M-smooth along each of m blocks, 0 < γ < 2/M: E f(x_t) − f* ≤ (1 − γμ(2 − γM)/m)^t "
	             "(f(x_0) − f*)",
	.quantity = "E f(x_t) − f*", .formula = "(1 − γμ(2 − γM)/m)^t d₀",
	.source = "Nesterov, Efficiency of coordinate descent methods on huge-scale optimization problems, SIAM J. "
	          "Optim. 2012; uniform "
	          "blocks and any step, proved in this file",
	.kind = RATE_EXPECTATION, .method = "rcd", NEEDS([L_COORD] = "L_coord", "pl", "f_star", "no composite"),
	RANGE, .bound = bound,
	.transient = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
