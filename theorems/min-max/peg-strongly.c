/*:
# One noisy call a step

Past extragradient asks once a step. With noise, on strongly monotone fields, what does its last point know?

**Theorem.** Let $V$ be $L$-Lipschitz with $V(x_\star)=0$ and $\langle V(x),x-x_\star\rangle\ge\mu\|x-x_\star\|^2$, $\mu>0$. Let $g_{-1}=V(x_0)$ and, with noise $\mathbb E[\xi_t\mid\text{past}]=0$, $\mathbb E[\|\xi_t\|^2\mid\text{past}]\le\sigma^2$,
$$ z_t=x_t-\gamma_tg_{t-1},\qquad g_t=V(z_t)+\xi_t,\qquad x_{t+1}=x_t-\gamma_tg_t, $$
where $\gamma_t$ never increases and $\gamma_0\le\frac1{4L}$. Put $\theta=2L\gamma_t$, $w=\frac{2\mu\gamma_t}{1+\theta}$, $C=1+\frac\mu{L(1+\theta)(1+w)}$, $\nu_t=2L(\gamma_{t-1}+\gamma_t)$, $\nu_0=0$, and
$$ d_0=0,\qquad d_1=L^2(\gamma_0+\gamma_1)^2,\qquad d_t=L^2\bigl[(\gamma_{t-1}+\gamma_t)^2+2\gamma_{t-1}^2(1+\nu_{t-1})+2\gamma_{t-1}^2d_{t-1}\bigr]. $$
Then $\mathbb E\|x_t-x_\star\|^2\le U_t$ for every $t$, with $U_0=\|x_0-x_\star\|^2$ and
$$ U_{t+1}=\frac{U_t}{1+w}+\gamma_t^2\sigma^2\,(1+\nu_t+Cd_t). $$

With a constant step the floor is $\frac{\gamma\sigma^2}{2\mu}(1+O(\gamma L))$. With $\gamma_t=\frac{\gamma}{t+b}$, $2\mu\gamma>1$, the last point has $t\,U_t\to\frac{\gamma^2\sigma^2}{2\mu\gamma-1}$, just as SGD on a parabola.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(offset)
#include "../common.h"

/* gamma_t = gamma offset/(t + offset); offset = 0: gamma */
RATE_INLINE double at(const rate_case *c, double t)
{
	LETTERS(c);

	return offset > 0 ? gamma * (offset / (t + offset)) : gamma;
}

/*: As code: the start and the noise each with their own recursion. :*/
static double unroll(const rate_case *c, double t, double U, double sigma2)
{
	LETTERS(c);
	double d = 0, nu = 0;

	for (double k = 0; k < t; k++) {
		double step = at(c, k), last = k > 0 ? at(c, k - 1) : 0, theta = 2 * L * step, nu_past = nu,
		       w = 2 * mu * step / (1 + theta), C = 1 + mu / (L * (1 + theta) * (1 + w));

		if (k > 0) {
			d = L * L * ((last + step) * (last + step) +
			             (k > 1 ? 2 * last * last * (1 + nu_past + d) : 0));
			nu = 2 * L * (last + step);
		}
		U = U / (1 + w) + step * step * sigma2 * (1 + nu + C * d);
	}
	return U;
}

FORMULA(bound, t, unroll(c, t, D2, noise2))
FORMULA(transient, t, unroll(c, t, D2, 0))

/*:
## Proof

Write $V_t=V(z_t)$, $D_t=\mathbb E\|x_t-x_\star\|^2$, $Z_t=\mathbb E\|z_t-x_\star\|^2$, $v_t=\mathbb E\|V_t\|^2$, $\Delta_t=\mathbb E\|V_t-V_{t-1}\|^2$, $B_t=\mathbb E\|V_t-g_{t-1}\|^2$ and $A_t=B_t-\mathbb E\|\xi_{t-1}\|^2$; before the first step $z_{-1}=x_0$ and $\xi_{-1}=0$. ($d_t$ stands for the noise that $\Delta_t$ has met twice, $\theta$ splits the error of the look ahead.)

1. Expanding the step around $x_t=z_t+\gamma_tg_{t-1}$ as in peg-regret, in the mean, and with monotonicity,
$$ D_{t+1}\le D_t-2\mu\gamma_tZ_t+\gamma_t^2(\sigma^2+A_t-v_{t-1}). $$
2. $x_{t+1}=z_t-\gamma_t(g_t-g_{t-1})$, and $z_t$ depends on $\xi_{t-1}$ through $-(\gamma_{t-1}+\gamma_t)\xi_{t-1}$ only. With Young's inequality, $D_{t+1}\le(1+\theta)Z_t+\gamma_t^2(\Delta_t/\theta+A_t+\sigma^2)$: the terms in $\mathbb E\|\xi_{t-1}\|^2$ that are left over are negative. Eliminating $Z_t$ from both,
$$ (1+w)D_{t+1}\le D_t+\gamma_t^2\bigl[(1+w)(\sigma^2+A_t)+\tfrac w\theta\Delta_t-v_{t-1}\bigr]. $$
3. $A_t\le\Delta_t+\nu_t\sigma^2$. Indeed $-2\mathbb E\langle V_t-V_{t-1},\xi_{t-1}\rangle$ would vanish if $z_t$ did not contain $\xi_{t-1}$: compare with $V$ at $z_t+(\gamma_{t-1}+\gamma_t)\xi_{t-1}$.
4. $z_t-z_{t-1}=-\gamma_tg_{t-1}-\gamma_{t-1}(g_{t-1}-g_{t-2})$ gives, with $B_{t-1}\le\Delta_{t-1}+(1+\nu_{t-1})\sigma^2$,
$$ \Delta_t\le L^2\bigl[(\gamma_{t-1}+\gamma_t)^2\sigma^2+2\gamma_t^2v_{t-1}+2\gamma_{t-1}^2B_{t-1}\bigr]. $$
5. So $D_{t+1}\le\frac{D_t}{1+w}+\gamma_t^2\bigl[\sigma^2(1+\nu_t)+C\Delta_t-\frac{v_{t-1}}{1+w}\bigr]$, and it remains to see that the $v$'s may be dropped, from $\Delta_t$ too, which leaves $d_t\sigma^2$ of it. With $q=2L^2\gamma_t^2\le\frac18$ and $C\le2$, $v_{t-1}$ comes back in $D_{t+1+j}$ with at most
$\gamma_t^2Cq^{j+1}$, $j\ge0$, against $-\gamma_t^2/(1+w)$ now, contracted by the same factors $\frac1{1+w}\ge\frac23$: $\frac{2q}{1-\frac32q}\le0.31\le\frac23$. $\square$

## How sharp it is

From the zero itself the first step is an equality. On a spiral with short steps, $\gamma L=0.01$, the ratio then tends to 0.92, and to 1 as $\gamma L\to0$. With $\gamma_t=\frac3{t+40}$ it is 0.93 after 1000 steps and tends to 1. At $\gamma L=\frac14$ the floor is five times too high.

## What is run

Past extragradient with one sample a step on strongly monotone fields, and on strongly convex functions, exactly where they are affine. The step sizes are $\gamma\,\frac{b}{t+b}$, `offset` for $b$, or constant.

## What must fail

$0.9$ of the bound; and $\gamma L=0.7$ on a field that hardly pulls inwards.

## Exercises

1. What does a second, independent sample a step buy, for short steps?
2. Derive the limit $\frac{\gamma^2\sigma^2}{2\mu\gamma-1}$ for SGD on $\frac\mu2x^2$ with $\gamma_t=\gamma/t$.
:*/

SHARP(sharp,
	{ .objective = "affine-field:a=1,b=1,start=0+gaussian-noise:sigma=1",
	  .parameters = "gamma=0.00707106781186547,offset=0", .note = "a spiral, gamma L = 0.01, from the zero",
	  .steps = 300, .ratio = 1 },
	{ .objective = "affine-field:a=1,b=2,start=1/1+gaussian-noise:sigma=1", .parameters = "gamma=0.075,offset=40",
	  .note = "steps 3/(t + 40)", .steps = 1000, .ratio = 0.9325 })
CONTROL(control,
	{ .objective = "affine-field:a=1,b=1,start=0+gaussian-noise:sigma=1",
	  .parameters = "gamma=0.00707106781186547,offset=0", .note = "0.9 of the bound", .steps = 100,
	  .factor = 0.9 },
	{ .objective = "affine-field:a=0.05,b=1,start=1/0+gaussian-noise:sigma=1", .parameters = "gamma=0.7,offset=0",
	  .note = "steps of 0.7/L", .steps = 200 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("the first one, 0 < gamma <= 1/(4L)"),
	[offset_] = { "offset", RATE_REAL, "0", 0, 1e9, NULL, "b in gamma b/(t + b); 0: constant steps" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (4 * c->L);
}

MUST(admissible, AT_MOST(gamma, 1 / (4 * L)), "0 < gamma <= 1/(4L)")

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = at(c, (double)t);
}

CLAIM(peg_strongly,
	.id = "peg-strongly", .chapter = "min-max", .title = "One noisy call a step",
	.statement = "V L-Lipschitz, μ-strongly monotone about x*, E‖ξ‖² ≤ σ², γ_t nonincreasing, γ_0 ≤ 1/(4L): "
	             "E‖x_t − x*‖² ≤ U_t, U_{t+1} = U_t/(1 + w) + γ_t²σ²(1 + ν_t + C d_t)",
	.quantity = "‖x_t − x*‖²", .formula = "U_t",
	.source = "the method and the rate: Hsieh, Iutzeler, Malick and Mertikopoulos, On the convergence of "
	          "single-call stochastic extra-gradient methods, 2019; the recursion is proved in this file",
	.kind = RATE_EXPECTATION, .method = "past-extragradient",
	NEEDS("field", "L", "mu", "x_star", "noise2", "no composite"), RANGE, .steps = steps, .bound = bound,
	.transient = transient, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
