/*:
# The last iterate with constant steps

**Theorem** (Zamani and Glineur 2023). Let $f$ be convex on a closed convex set $C$ and let $x_{t+1}=P_C(x_t-\gamma g_t)$, where the mean of $g_t$, given the past, is a subgradient of $f$
at $x_t$ and $\mathbb E\|g_t\|^2\le G^2$ at every $x_t$ (the last one too). Let $s_1=1$ and $s_{k+1}=s_k+1/s_k$. After any number $t\ge1$ of steps, with $T=t+1$ and $R=\|x_0-x_\star\|$,
$$ \mathbb E f(x_t)-f_\star\;\le\;\frac{R^2}{2\gamma s_T^2}+\frac{\gamma G^2}2\,(s_T^2-2T+2) . $$

From $s_{k+1}^2=s_k^2+2+s_k^{-2}$ one sees that $s_T^2$ is $2T$ and a little more: the excess $s_T^2-2T$ grows like $\frac12\log T$. So the first term is half of what the average has, and the
second is larger by a factor that grows like $\frac12\log T$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "reference.h"

/* s_T^2 for T = t + 1 */
static double growth(double t)
{
	double s = 1;

	for (double k = 0; k < t; k++)
		s += 1 / s;
	return s * s;
}

FORMULA(transient, t, D2 / (2 * gamma * growth(t)))

FORMULA(bound, t, transient(c, t) + gamma * G * G / 2 * (growth(t) - 2 * t))

/*:
## Proof

Take $\mu=0$ and $\rho=\gamma$ in the theorem for any steps (li-subgrad-recursion), with $N=t$ steps. With $u_r=b_r^{-1/2}$ its recursion says $u_N^2=\gamma$ and $u_r=u_{r+1}+\gamma/u_{r+1}$;
so $u_r=\sqrt\gamma\,s_{N-r+1}$ and $b_0=1/(\gamma s_{N+1}^2)$. Its sum is
$\gamma+\sum_r\gamma^2b_{r+1}=\gamma\bigl(1+\sum_{k=1}^{N}s_k^{-2}\bigr)$, and $s_{k+1}^2-s_k^2=2+s_k^{-2}$ adds up to $\sum_{k\le N}s_k^{-2}=s_{N+1}^2-1-2N$. $\square$

The step $\gamma=R/\bigl(G\sqrt{s_T^2(s_T^2-2T+2)}\bigr)$ is the best for a known horizon and gives
$$ \mathbb E f(x_t)-f_\star\;\le\;\frac{GR\sqrt{s_T^2-2T+2}}{s_T}\;\le\;\frac{GR}{\sqrt T}\sqrt{1+\tfrac14\log(T-1)} $$
for $T\ge2$. *The last step:* $s_2^2=4$, so $s_T^2\ge2T$ from $T=2$ on; and $s_T^2-2T$ grows by $s_T^{-2}\le\frac1{2T}\le\frac12\log\frac T{T-1}$ from $T$ to $T+1$, so that
$s_T^2-2T\le\frac12\log(T-1)$. Hence $\frac{s_T^2-2T+2}{s_T^2}\le\frac1T\bigl(1+\frac14\log(T-1)\bigr)$. The average of the same points has $GR/\sqrt T$: the last point is worse, but only by a logarithm, and a root of it at that.

## How sharp it is

Exactly: for every $\gamma$ that is not too short for $R$ a maximum of $T$ linear functions attains it (see the theorem for any steps).

## What is run

The projected subgradient method on every convex objective with a known $G$, judged after each step. Sharp: the function above, made for 64 and for 256 steps.

## What must fail

$0.9$ of the bound on it. The same bound without the logarithm, that is the bound of the average: on the function for 256 steps the bound times $T^{-0.1}$ is refuted.

## Exercises

1. Prove $2T-1\le s_T^2\le2T-1+\sum_{k<T}\frac1{2k-1}$.
2. How many points does it take until the last one promises as much as the average of $10^6$, each with its best step?
3. Look at $f(x_t)-f_\star$ on the sharp instance. Which of the points are better than the last one?
4. *Compute.* How much of the bound is left if the function was made for another number of steps? Run `ratecheck verify li-const-step:gamma=0.1 --objective last-iterate-worst:N=64,gamma=0.1 --steps 64`, then with `--steps 32`.
:*/

SHARP(sharp,
	{ .objective = "last-iterate-worst:N=64,gamma=0.1", .parameters = "gamma=0.1",
	  .note = "made for 64 steps of 0.1",
	  .steps = 64, .ratio = 1 },
	{ .objective = "last-iterate-worst:N=256,gamma=0.03", .parameters = "gamma=0.03",
	  .note = "made for 256 steps of 0.03", .steps = 256, .ratio = 1 })
CONTROL(control,
	{ .objective = "last-iterate-worst:N=64,gamma=0.1", .parameters = "gamma=0.1",
	  .note = "0.9 of the bound, which is attained", .steps = 64, .factor = 0.9 },
	{ .objective = "last-iterate-worst:N=256,gamma=0.03", .parameters = "gamma=0.03",
	  .note = "the bound times T^-0.1: less than its logarithm", .steps = 256, .power = 0.1 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	double T = (double)c->T, s2 = growth(T);

	param[gamma_] = fraction * natural_step(c) / sqrt(s2 * (s2 - 2 * T));
}

MUST(admissible, gamma > 0, "gamma > 0")

CLAIM(li_const_step,
	.id = "li-const-step", .chapter = "last-iterate",
	.title = "Last iterate of the subgradient method, constant steps",
	.statement = "f convex, E‖g_t‖² ≤ G², γ > 0, s_1 = 1, s_{k+1} = s_k + 1/s_k, T = t + 1: "
	             "E f(x_t) − f* ≤ R²/(2γs_T²) + (γG²/2)(s_T² − 2T + 2)",
	.quantity = "E f(x_t) − f*", .formula = "R²/(2γs_T²) + γG²(s_T² − 2T + 2)/2",
	.source = ZAMANI_GLINEUR,
	.kind = RATE_EXPECTATION, .method = "subgradient", NEEDS("convex", "G", "x_star", "f_star"), RANGE,
	.bound = bound, .transient = transient, .measure = rate_measure_gap, SHARP_AND_CONTROL)
