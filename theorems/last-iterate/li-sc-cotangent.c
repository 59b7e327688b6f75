/*:
# Strongly convex and Lipschitz: steps for the last iterate

For steps $\frac1{\mu(t+1)}$ the last point of the subgradient method loses a logarithm, for $\frac2{\mu(t+2)}$ too. Other steps do not.

**Theorem.** Let $f$ be $\mu$-strongly convex on a closed convex set $C$, $\mu>0$, and let $x_{t+1}=P_C(x_t-\gamma_tg_t)$, where the mean of $g_t$, given the past, is a subgradient of $f$
at $x_t$ and $\mathbb E\|g_t\|^2\le G^2$ for $t=0,\dots,N$. Let $T=N+1$, $\phi_s=\frac{\pi s}{2T}$ and, for $s=1,\dots,N$,
$$ q_s=\frac{\cos\phi_{s-1}}{\cos\phi_s}-1,\qquad \gamma_{s-1}=\frac{q_s}{\mu\tan^2\phi_s} . $$
Then
$$ \mathbb E f(x_N)-f_\star\;\le\;\frac{G^2}{2\mu}\Bigl(\sin^2\phi_1+\sum_{s=1}^N\frac{q_s^2}{\tan^2\phi_s}\Bigr) , $$
and the start does not matter. The bound times $\mu T/G^2$ grows to $\frac{\pi^2}8=1.2337$:

| $T$ | 2 | 8 | 64 | 512 | 4096 |
| --- | --- | --- | --- | --- | --- |
| | 0.672 | 0.933 | 1.159 | 1.219 | 1.231 |

The steps begin like $\frac1{\mu s}$ and fall linearly to zero at the end.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

/* phi_s = s a with a = pi/(2T); q_s without cancellation: (cos(phi - a) - cos phi)/cos phi = sin a tan phi - (1 - cos
 * a) */
static double q_of(double a, double s)
{
	return sin(a) * tan(s * a) - 2 * sin(a / 2) * sin(a / 2);
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double a = M_PI / (2 * (t + 1)), sum = sin(a) * sin(a);

	for (double s = 1; s <= t; s++) {
		double r = q_of(a, s) / tan(s * a);
		sum += r * r;
	}
	return G * G / (2 * mu) * sum;
}

/*:
## Proof

Use the theorem for any steps (li-subgrad-recursion) with $b_s=\mu/\cos^2\phi_s$ for $s=0,\dots,N$: it asks for $b_{s-1}=b_s/(1+q_s)^2$, and this is how $q_s$ is defined; and for $q_s=\gamma_{s-1}(b_s-\mu)$
with $b_s-\mu=\mu\tan^2\phi_s$, and this is how $\gamma_{s-1}$ is. As $\phi_0=0$, $b_0=\mu$ and the term with the start vanishes. At the end
$\rho=\frac1{b_N}=\frac1\mu\cos^2\phi_N=\frac1\mu\sin^2\frac\pi{2T}$, and $\gamma_{s-1}q_s=\frac{q_s^2}{\mu\tan^2\phi_s}$. $\square$

*Where do the cosines come from?* For many steps the recursion becomes a differential equation, $\gamma q$ becomes $\frac{b'^2}{4b^2(b-\mu)}$, and its integral is least for
$b=\mu/\cos^2\phi$ with $\phi$ growing evenly from 0 to $\frac\pi2$.

## How sharp it is

Nearly: for $T=2$ and $\mu=G=1$ the function $\frac12x^2+\max\{x,-(2-\sqrt2)x\}$ on $[1-\sqrt2,0]$ has a kink at its minimiser 0, where the oracle says 1. The step
$\gamma_0=\sqrt2-1$ leads to the other end; the ratio is ${{li-sc-cotangent#1.max_ratio:5}}$. As $\mathbb E\|g\|^2\le G^2$ implies $R\le G/\mu$, 1 cannot be reached for small $T$. (For more
steps a search over functions $\frac12\|x\|^2$ plus a maximum of linear ones has found $0.9959$ at $T=3$, $0.9981$ at $T=4$ and $0.9999$ at $T=8$.)

## What is run

The projected subgradient method on every strongly convex objective with a known $G$ (which needs a bounded set), with and without noise; each horizon is a run of its own.

## What must fail

$0.88$ of the bound, $0.9$ of the largest ratio. The rate $T^{-3/2}$ in place of $T^{-1}$ has no control: no instance for large $T$ is that near.

## Exercises

1. Check the case $T=2$: $q_1=\gamma_0=\sqrt2-1$ for $\mu=1$.
2. Show that for fixed $s$ and $T\to\infty$ the step $\gamma_{s-1}$ tends to $\frac{2s-1}{2\mu s^2}$, which is near $\frac1{\mu s}$.
   *Hint:* $q_s\approx\frac12(\phi_s^2-\phi_{s-1}^2)$.
3. Compute the bound of the theorem for any steps for $\gamma_t=\frac1{\mu(t+1)}$ and see the logarithm: $1.00, 1.38, 2.03, 2.58, 3.11$ times $\frac{G^2}{\mu T}$ for $T=2,8,64,512,4096$.
:*/

SHARP(sharp,
	{ .objective = "kink:G0=1,mu=1,left=0.58578643762690497,low=-0.41421356237309503,high=0",
	  .note = "T = 2: from the minimiser to the other end of the set", .steps = 1, .ratio = 0.97808 })
CONTROL(control,
	{ .objective = "kink:G0=1,mu=1,left=0.58578643762690497,low=-0.41421356237309503,high=0",
	  .note = "0.88 of the bound; 0.978 is attained", .steps = 1, .factor = 0.88 })

/*: {.plumbing} :*/
static const char *const needs[] = { "mu", "G", "x_star", "f_star" };

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);
	double a = M_PI / (2 * ((double)c->T + 1));

	for (uint64_t t = 0; t < c->T; t++) {
		double s = (double)t + 1, slope = tan(s * a);
		out[0][t] = q_of(a, s) / (mu * slope * slope);
	}
}

CLAIM(li_sc_cotangent,
	.id = "li-sc-cotangent", .chapter = "last-iterate",
	.title = "Last iterate of the subgradient method, strongly convex, cotangent steps",
	.statement = "f μ-strongly convex, E‖g_t‖² ≤ G², φ_s = πs/(2(N+1)), q_s = cos φ_{s−1}/cos φ_s − 1, "
	             "γ_{s−1} = q_s/(μ tan²φ_s): "
	             "E f(x_N) − f* ≤ (G²/2μ)(sin²φ_1 + Σq_s²/tan²φ_s)",
	.quantity = "E f(x_N) − f*", .formula = "(G²/2μ)(sin²φ_1 + Σq_s²/tan²φ_s)",
	.source = "ratecheck; compare " LIU_ZHOU,
	.kind = RATE_EXPECTATION, .flags = RATE_LAST, .method = "subgradient", .needs = RATE_LIST(needs), .power = 1,
	.steps = steps, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
