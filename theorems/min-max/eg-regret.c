/*:
# Extragradient: little regret

Plain steps circle outwards on a rotation. What does a look ahead buy?

**Theorem.** Let $V:\mathbb R^d\to\mathbb R^d$ be $L$-Lipschitz, $0<\gamma\le\frac1L$, and $z_t=x_t-\gamma V(x_t)$, $x_{t+1}=x_t-\gamma V(z_t)$. Then for every $T\ge1$, $R>0$ and every $u$ with $\|u-x_0\|\le R$
$$ \frac1T\sum_{t<T}\langle V(z_t),z_t-u\rangle\;\le\;\frac{R^2}{2\gamma T}. $$

No monotonicity is asked for. With it, $\langle V(u),z_t-u\rangle\le\langle V(z_t),z_t-u\rangle$, so the average $\bar z$ of the $z_t$ has $\langle V(u),\bar z-u\rangle\le\frac{R^2}{2\gamma T}$ for all these $u$: it nearly solves the problem.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "regret.h"

FORMULA(bound, T, R * R / (2 * gamma * T))

/*:
## Proof

Let $x,z,x^+$ be the points of one step: $x^+=x-\gamma V(z)$ and $x=z+\gamma V(x)$. Expand, and complete the square:
$$ \|x^+-u\|^2=\|x-u\|^2-2\gamma\langle V(z),z-u\rangle-2\gamma^2\langle V(z),V(x)\rangle+\gamma^2\|V(z)\|^2 $$
$$ =\|x-u\|^2-2\gamma\langle V(z),z-u\rangle+\gamma^2\|V(z)-V(x)\|^2-\gamma^2\|V(x)\|^2. \tag{1} $$
As $\|V(z)-V(x)\|\le L\|z-x\|=L\gamma\|V(x)\|\le\|V(x)\|$, the last two terms are together at most 0. Add (1) over $t<T$:
$2\gamma\sum\langle V(z_t),z_t-u\rangle\le\|x_0-u\|^2-\|x_T-u\|^2\le R^2$. $\square$

*What is measured* is the largest left side over all these $u$. As $\gamma\sum_{t<T}V(z_t)=x_0-x_T$, it is
$$ \frac1T\Bigl(\sum_{t<T}\langle V(z_t),z_t-x_0\rangle+\frac R\gamma\|x_0-x_T\|\Bigr), $$
which may be negative where $V$ is not monotone or $R$ small: then there is nothing to regret.

## How sharp it is

On the rotation $V(z)=iz$ in the complex plane with $\gamma=1$ the points are $x_t=(-i)^tx_0$, and $R=2\|x_0\|$ gives equality at $T=2,6,10,\dots$ For every field (1) loses nothing but $\|V(z)-V(x)\|\le\|V(x)\|$ and $\|x_T-u\|\ge0$.

## What is run

Extragradient on monotone fields and on smooth convex functions, with $R=\|x_0-x_\star\|$, which the program chooses, and with other $R$.

## What must fail

$0.9$ of the bound; and a step of $1.2/L$, with which the points leave.

## Exercises

1. Where is monotonicity used?
2. Compute $\|x_{t+1}\|/\|x_t\|$ on a rotation with $h=\gamma L$. For which $h$ is it constant, for which least?
3. ★ Let $V(x)=A(x-x_\star)$ with a skew $A$. Show that $\sup_{\|u-x_\star\|\le\rho}\langle V(u),\bar z-u\rangle=\rho\,\|x_0-x_T\|/(\gamma T)$.
:*/

SHARP(sharp,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=1,R=2",
	  .note = "a rotation, gamma = 1/L: equality at T = 2, 6, 10, ...", .steps = 10, .ratio = 1 },
	{ .objective = "affine-field:a=0/0,b=3/-3,rotate=1,start=1/2/3/4,centre=1/2/3/3",
	  .parameters = "gamma=0.3333333333333333,R=2",
	  .note = "two planes of one speed in another basis", .steps = 6, .ratio = 1 })
CONTROL(control,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=1,R=2",
	  .note = "0.9 of the bound, which is attained",
	  .steps = 10, .factor = 0.9 },
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=1.2,R=2", .note = "a step of 1.2/L",
	  .steps = 12 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/L"),
	[R_] = { "R", RATE_REAL, "auto", 1e-100, 1e100, NULL, "how far from x_0 the points u lie" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
	param[R_] = c->D2 > 0 ? sqrt(c->D2) : 1;
}

MUST(admissible, AT_MOST(gamma, 1 / L), "0 < gamma <= 1/L")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = out[1][t] = gamma;
}

static int observe(rate_view *v)
{
	return regret_observe(v, NULL);
}

CLAIM(eg_regret,
	.id = "eg-regret", .chapter = "min-max", .title = "Extragradient: little regret",
	.statement = "V L-Lipschitz, 0 < γ ≤ 1/L, all u with ‖u − x_0‖ ≤ R: (1/T) Σ_{t<T} ⟨V(z_t), z_t − u⟩ ≤ R²/(2γT)",
	.quantity = "sup_u (1/T) Σ ⟨V(z_t), z_t − u⟩", .formula = "R²/(2γT)",
	.source = "Korpelevich 1976, Nemirovski, Prox-method with rate of convergence O(1/t), 2004; "
	          "the constant is proved here",
	.kind = RATE_DETERMINISTIC, .method = "extragradient", NEEDS("field", "L", "x_star", "no composite"), RANGE,
	.schedules = 2, .accumulators = ACCUMULATORS, .power = 1, .steps = steps, .bound = bound, .observe = observe,
	.measure = regret_measure, SHARP_AND_CONTROL)
