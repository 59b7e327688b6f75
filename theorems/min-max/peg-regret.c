/*:
# Past extragradient: the same regret with one call

Extragradient asks for the field twice a step. Half of the questions can be saved by looking ahead along the last answer.

**Theorem.** Let $V$ be $L$-Lipschitz, $0<\gamma\le\frac1{2L}$, $g_{-1}=V(x_0)$, and for $t=0,1,\dots$
$$ z_t=x_t-\gamma g_{t-1},\qquad g_t=V(z_t),\qquad x_{t+1}=x_t-\gamma g_t. $$
Then for every $T\ge1$, $R>0$ and $u$ with $\|u-x_0\|\le R$
$$ \frac1T\sum_{t<T}\langle V(z_t),z_t-u\rangle\;\le\;\frac{R^2}{2\gamma T}. $$

The points asked about satisfy $z_{t+1}=z_t-2\gamma V(z_t)+\gamma V(z_{t-1})$: this is the *optimistic* gradient method. Per step the bound is that of extragradient; the steps are half as long and cost half as many calls.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "regret.h"

FORMULA(bound, T, R * R / (2 * gamma * T))

/*:
## Proof

Let $z_{-1}=x_0$, so $g_t=V(z_t)$ for all $t\ge-1$, and let $a_t=\gamma^2\|g_t-g_{t-1}\|^2$, $b_t=\gamma^2\|g_{t-1}\|^2=\|z_t-x_t\|^2$. As with extragradient, expanding $\|x_t-\gamma g_t-u\|^2$ with $x_t=z_t+\gamma g_{t-1}$ gives
$$ 2\gamma\langle V(z_t),z_t-u\rangle=\|x_t-u\|^2-\|x_{t+1}-u\|^2+a_t-b_t, $$
and all that is left to show is $\sum_{t<T}a_t\le\sum_{t<T}b_t$. Since $x_t=x_{t-1}-\gamma g_{t-1}=z_{t-1}+\gamma(g_{t-2}-g_{t-1})$,
$$ z_t-z_{t-1}=(z_t-x_t)+\gamma(g_{t-2}-g_{t-1})\qquad(t\ge1), $$
hence $a_t\le\gamma^2L^2\|z_t-z_{t-1}\|^2\le p\,(b_t+a_{t-1})$ with $p=2\gamma^2L^2\le\frac12$. At $t=0$, $z_0-z_{-1}=-\gamma g_{-1}$ and $a_0\le\frac p2b_0$. Summing, $(1-p)\sum a_t\le p\sum b_t$, and $p\le1-p$. $\square$

## How sharp it is

Far away from its minimum the gradient of a Huber function is constant, $a_t=0$, and only $\sum b_t$ is lost, one part in $T$. With $R=\gamma T$ the ratio is $1-\frac1T$.

## What is run

The optimistic gradient method on Lipschitz fields and smooth convex functions.

## What must fail

$0.9$ of the bound on the Huber function with $T=100$; and on a rotation $\gamma=0.62/L$, where extragradient would still stand.

## Exercises

1. Show that the last point $x_T$ enters the measured quantity only through $\|x_0-x_T\|$.
2. Which calls does a step save, and what does the proof pay for it?
3. *Compute.* Find the $\gamma$ at which the check first fails on a rotation, from `ratecheck verify peg-regret:gamma=0.5 --objective affine-field:b=1,start=1/0 --steps 64` on. Which number of peg-spectral is it near?
:*/

SHARP(sharp,
	{ .objective = "huber:L=1,tau=1,start=1000", .parameters = "gamma=0.5,R=50",
	  .note = "a constant field, T = 100: 1 - 1/T",
	  .steps = 100, .ratio = 0.99 })
CONTROL(control,
	{ .objective = "huber:L=1,tau=1,start=1000", .parameters = "gamma=0.5,R=50", .note = "0.9 of the bound",
	  .steps = 100,
	  .factor = 0.9 },
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.62,R=2",
	  .note = "a step of 0.62/L on a rotation",
	  .steps = 60 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/(2L)"),
	[R_] = { "R", RATE_REAL, "auto", 1e-100, 1e100, NULL, "how far from x_0 the points u lie" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (2 * c->L);
	param[R_] = c->D2 > 0 ? sqrt(c->D2) : 1;
}

MUST(admissible, AT_MOST(gamma, 1 / (2 * L)), "0 < gamma <= 1/(2L)")

static int observe(rate_view *v)
{
	const double *past;

	return v->find(v, "g", &past) ? RATE_FAIL : regret_observe(v, past);
}

CLAIM(peg_regret,
	.id = "peg-regret", .chapter = "min-max", .title = "Past extragradient: the same regret with one call",
	.statement = "V L-Lipschitz, 0 < γ ≤ 1/(2L), all u with ‖u − x_0‖ ≤ R: (1/T) Σ_{t<T} ⟨V(z_t), "
	             "z_t − u⟩ ≤ R²/(2γT)",
	.quantity = "sup_u (1/T) Σ ⟨V(z_t), z_t − u⟩", .formula = "R²/(2γT)",
	.source = "Popov 1980; the constant is proved here",
	.kind = RATE_DETERMINISTIC, .method = "optimistic", NEEDS("field", "L", "x_star", "no composite"), RANGE,
	.accumulators = ACCUMULATORS, .power = 1, .bound = bound, .observe = observe, .measure = regret_measure,
	SHARP_AND_CONTROL)
