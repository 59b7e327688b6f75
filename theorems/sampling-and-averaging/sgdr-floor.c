/*:
# The noise that a cosine cycle leaves

On a quadratic a constant step leaves a noise of the order of $\gamma$. A cosine cycle ends with steps far below $\frac1T$. Is the
noise at its end of that order?

**Theorem.** Let $f$ be quadratic, $\mu I\preceq\nabla^2f\preceq LI$, $\mu>0$, with noise that is independent of the past, has the
mean 0 and $\mathbb E\|\xi_t\|^2\le\sigma^2$. Let $\gamma_t=\frac\gamma2\bigl(1+\cos\frac{\pi t}T\bigr)$, $t<T$, and
$0<\gamma\le\frac1L$. Then
$$ \mathbb E\|x_T-x_\star\|^2\;\le\;e^{-\mu\gamma(T+1)}\|x_0-x_\star\|^2
+e^{-1/6}\,\frac{\sigma^2}\mu\Bigl(\frac{\pi^2\gamma}{\mu^2T^2}\Bigr)^{1/3}. $$

No: it is of the order $T^{-2/3}$. The last steps are so short that they no longer forget the noise of those before them.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

#define PI 3.14159265358979323846

FORMULA(transient, T, exp(-mu * gamma * (T + 1)) * D2)

FORMULA(bound, T, transient(c, T) + exp(-1.0 / 6) * noise2 / mu * cbrt(PI * PI * gamma / (mu * mu * T * T)))

/*:
## Proof

Count from the end: $\gamma_j=\gamma\sin^2\frac{\pi j}{2T}$ is the step that has $j-1$ steps after it, $j=1,\dots,T$ (it is the step
$t=T-j$). Along an eigenvector of $\lambda$ let $P_j=\prod_{i<j}(1-\lambda\gamma_i)\in[0,1]$ and $S_j=\sum_{i<j}\gamma_i$. With noise of
variance $s^2$ along that vector
$$ \frac{\text{noise part}}{s^2}=\sum_j\gamma_j^2P_j^2\le\max_j(\gamma_jP_j)\sum_j\gamma_jP_j,\qquad
\sum_j\lambda\gamma_jP_j=1-P_{T+1}\le1, $$
as $\lambda\gamma_jP_j=P_j-P_{j+1}$. It remains to bound $\gamma_jP_j\le\gamma_je^{-\lambda S_j}$. As $\frac{\sin x}x$ decreases,
$\gamma_i\ge\gamma_j\frac{i^2}{j^2}$ for $i<j$, hence $S_j\ge\gamma_j\frac{(j-1)(2j-1)}{6j}\ge\gamma_j(\frac j3-\frac12)$; and
$\sin x\le x$ gives $j\ge\frac{2T}\pi\sqrt{\gamma_j/\gamma}$. With $y=\gamma_j$, $\lambda y\le1$ and
$b=\frac{2\lambda T}{3\pi\sqrt\gamma}$
$$ \gamma_jP_j\le e^{1/2}\,y\,e^{-by^{3/2}}\le e^{1/2}\Bigl(\frac2{3b}\Bigr)^{2/3}e^{-2/3}
=e^{-1/6}\Bigl(\frac{\pi^2\gamma}{\lambda^2T^2}\Bigr)^{1/3}. $$
The start is multiplied by $\prod(1-\gamma_t\lambda)^2\le e^{-2\lambda\sum\gamma_t}=e^{-\lambda\gamma(T+1)}$. Both terms decrease in
$\lambda$; sum over the eigenvectors. $\square$

## How sharp it is

The power of $T$ is right, the constant is loose by a factor of about 2: from the minimiser, with $\gamma=\frac1\mu$ in one dimension,
the ratio is ${{sgdr-floor#1.max_ratio:3}}$ at $T=1$, ${{sgdr-floor#2.max_ratio:3}}$ at $T=16$, and tends to $0.44$. What is lost is lost in the maximum over $j$.

## What is run

SGD with the cosine steps of the horizon, on quadratics with additive noise; each horizon is a run of its own.

## What must fail

The bound with $T^{-1}$ in the place of $T^{-2/3}$, at $T=256$. A third of the bound.

## Exercises

1. Do the proof for the linear decay $\gamma(1-\frac tT)$: the power is $T^{-1/2}$.
2. Let the steps near the end be $\gamma v^p$, $v=\frac{T-t}T$. Which power of $T$ results, and what limits it?
:*/

#define POINT "quadratic:d=1,L=1,start=0+gaussian-noise:sigma=1"
SHARP(sharp,
	{ .objective = POINT, .parameters = "gamma=1", .steps = 1, .note = "from the minimiser, T = 1",
	  .ratio = 0.551 },
	{ .objective = POINT, .parameters = "gamma=1", .steps = 16, .note = "T = 16", .ratio = 0.456 },
	{ .objective = POINT, .parameters = "gamma=1", .steps = 256, .note = "T = 256", .ratio = 0.443 })
CONTROL(control,
	{ .objective = POINT, .parameters = "gamma=1", .steps = 256, .note = "1/T in the place of T^-2/3",
	  .power = 1.0 / 3 },
	{ .objective = POINT, .parameters = "gamma=1", .steps = 16, .note = "a third of the bound", .factor = 1.0 / 3 })

/*: {.plumbing} :*/
STEP(gamma, 1 / L, "0 < gamma <= 1/L")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma / 2 * (1 + cos(PI * (double)t / (double)c->T));
}

CLAIM(sgdr_floor,
	.id = "sgdr-floor", .chapter = "sampling-and-averaging", .title = "The noise that a cosine cycle leaves",
	.statement = "f quadratic, μ ≤ ∇²f ≤ L, additive noise of variance σ², γ_t = (γ/2)(1 + cos(πt/T)), "
	             "0 < γ ≤ 1/L: "
	             "E‖x_T − x*‖² ≤ e^(−μγ(T+1)) ‖x_0 − x*‖² + e^(−1/6) (σ²/μ)(π²γ/(μ²T²))^(1/3)",
	.quantity = "E‖x_T − x*‖²", .formula = "e^(−μγ(T+1)) D² + e^(−1/6)(σ²/μ)(π²γ/(μ²T²))^(1/3)",
	.source = "steps of Loshchilov and Hutter, arXiv:1608.03983; " OWN,
	.kind = RATE_EXPECTATION, .flags = RATE_LAST, .method = "sgd",
	NEEDS("mu", "L", "quadratic terms", "noise_additive", "noise2", "x_star", "no composite"), RANGE,
	.steps = steps,
	.power = 2.0 / 3, .bound = bound, .transient = transient, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
