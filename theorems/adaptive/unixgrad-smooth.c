/*:
# Acceleration by two gradients a step

Nesterov's method has a momentum that nobody finds obvious. Here is another way to the same rate: go from $y$ to a trial point with the gradient at one weighted mean, and then again from $y$ with the gradient at the mean that the trial made.

Let $y_0=x_0$, $A_0=0$, $\eta>0$ and weights $a_t>0$, $A_t=a_1+\dots+a_t$. For $t=1,2,\dots$
$$ m_t=\nabla f\Bigl(\tfrac{A_{t-1}\bar x_{t-1}+a_ty_{t-1}}{A_t}\Bigr),\quad x_t=P(y_{t-1}-a_t\eta m_t), $$
$$ \bar x_t=\tfrac{A_{t-1}\bar x_{t-1}+a_tx_t}{A_t},\quad g_t=\nabla f(\bar x_t),\quad y_t=P(y_{t-1}-a_t\eta g_t), $$
$P$ the projection onto a closed convex set (the whole space counts).

**Theorem.** Let $f$ be convex and $L$-smooth, and $a_t^2\eta L\le A_t$ for every $t$. Then for every $T$ and every minimiser $x_\star$ over the set
$$ f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\eta A_T} . $$

The largest weights, $a_t=\frac{1+\sqrt{1+4\eta LA_{t-1}}}{2\eta L}$, make $A_T\ge\frac{(T+1)^2}{4\eta L}$, and the bound at most $\frac{2L\|x_0-x_\star\|^2}{(T+1)^2}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(eta) P(stretch)
#include "../common.h"

/* The largest weight after those with the sum A; `stretch` times as long in one of the controls. */
static double weight(const rate_case *c, double A)
{
	LETTERS(c);
	return stretch * (1 + sqrt(1 + 4 * eta * L * A)) / (2 * eta * L);
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double A = 0;

	for (double k = 0; k < t; k++)
		A += weight(c, A);
	return D2 / (2 * eta * A);
}

/*:
## Proof

*From means to points.* $A_t\bar x_t=A_{t-1}\bar x_{t-1}+a_tx_t$ and convexity give $A_t(f(\bar x_t)-f_\star)-A_{t-1}(f(\bar x_{t-1})-f_\star)\le a_t\langle g_t,x_t-x_\star\rangle$. So it is enough to bound the sum of these.

*Two projections.* $y_t$ minimises $a\eta\langle g,z\rangle+\frac12\|z-y_{t-1}\|^2$ over the set, and $x_t$ the same with $m$:
$$ a\eta\langle g,y_t-x_\star\rangle\le\tfrac12\|y_{t-1}-x_\star\|^2-\tfrac12\|y_t-x_\star\|^2-\tfrac12\|y_t-y_{t-1}\|^2, $$
$$ a\eta\langle m,x_t-y_t\rangle\le\tfrac12\|y_{t-1}-y_t\|^2-\tfrac12\|x_t-y_t\|^2-\tfrac12\|x_t-y_{t-1}\|^2 . $$

*The rest.* $\langle g,x_t-x_\star\rangle=\langle g,y_t-x_\star\rangle+\langle m,x_t-y_t\rangle+\langle g-m,x_t-y_t\rangle$. The two means differ by $\frac aA(x_t-y_{t-1})$, so $\|g-m\|\le\frac{La}A\|x_t-y_{t-1}\|$ and
$$ a\eta\langle g-m,x_t-y_t\rangle\le\frac{a^2\eta L}A\|x_t-y_{t-1}\|\|x_t-y_t\|\le\tfrac12\|x_t-y_{t-1}\|^2+\tfrac12\|x_t-y_t\|^2 . $$
Add: everything cancels but $\frac12\|y_{t-1}-x_\star\|^2-\frac12\|y_t-x_\star\|^2$. Sum over $t$. $\square$

*Letters.* $A_t$ is the sum of the weights $a_t$; $m$ and $g$ the two gradients of a step.

## How sharp it is

To ${{unixgrad-smooth#1.max_ratio:3}}$ on the Huber function made for $T=256$, and to $\frac13$ at $T=1$.

## What is run

Every convex smooth function, with and without a set, with $\eta=\frac1L$ and the largest weights.

## What must fail

$0.9$ of the bound. Weights $1.1$ times too long: on $\frac12x^2$ the largest ones end at the minimiser in one step, and these do not converge at the speed that they claim.

## Exercises

1. Check $A_t\ge\frac{(t+1)^2}4$ for $\eta L=1$.
2. What remains of the sum without smoothness?
:*/

SHARP(sharp,
	{ .objective = "huber:tau=5.94e-5", .parameters = "eta=1", .note = "the Huber function for 256 steps",
	  .steps = 256,
	  .ratio = 0.9948 },
	{ .objective = "huber:tau=3.703e-4", .parameters = "eta=1", .note = "for 100 steps", .steps = 100,
	  .ratio = 0.987 },
	{ .objective = "quadratic:d=50,kappa=1e3,spectrum=uniform", .note = "50 dimensions", .steps = 256 },
	{ .objective = "quadratic:d=5+simplex", .parameters = "eta=1", .note = "on a simplex", .steps = 64 })
CONTROL(control,
	{ .objective = "huber:tau=3.703e-4", .parameters = "eta=1", .note = "0.9 of the bound", .steps = 100,
	  .factor = 0.9 },
	{ .objective = "diagonal:lambda=1", .parameters = "eta=1,stretch=1.1", .note = "weights 1.1 times too long",
	  .steps = 30 })

/*: {.plumbing} :*/
static void steps(const rate_case *c, double *const *out)
{
	double A = 0;

	for (uint64_t t = 0; t < c->T; t++)
		A += out[0][t] = weight(c, A);
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[eta_] = fraction / c->L;
}

MUST(applies, L > 0, "L = 0: f is linear")
MUST(admissible, eta > 0 && stretch <= 1 && stretch > 0.5, "eta > 0, 1/2 < stretch <= 1")
static const rate_param params[] = {
	[eta_] = { "eta", RATE_REAL, "auto", 1e-100, 1e100, NULL, "step size per weight" },
	[stretch_] = { "stretch", RATE_REAL, "1", 0, 2, NULL, "weights in units of the largest" },
};

CLAIM(unixgrad_smooth,
	.id = "unixgrad-smooth", .chapter = "adaptive", .title = "Acceleration by two gradients a step",
	.statement = "f convex, L-smooth, a_t²ηL ≤ A_t = a_1 + … + a_t: f(x̄_T) − f* ≤ ‖x_0 − x*‖²/(2ηA_T)",
	.quantity = "f(x̄_t) − f*", .formula = "‖x_0 − x*‖²/(2ηA_t)",
	.source = "method: Kavis, Levy, Bach and Cevher, UniXGrad: A Universal, Adaptive Algorithm with Optimal "
	          "Guarantees, 2019, here "
	          "with a fixed step; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "unixgrad", NEEDS("convex", "L", "x_star", "f_star"), RANGE,
	.applies = applies, .steps = steps, .power = 2, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
