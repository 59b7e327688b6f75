/*:
# Clipped gradient descent on smooth functions

For $c>0$ let $\operatorname{clip}_c(g)=g\,\min(1,\frac c{\|g\|})$. A gradient that is longer than $c$ keeps its direction and loses its length.

**Theorem.** Let $f$ be $L$-smooth and bounded below, $F_0=f(x_0)-\inf f$, $0<\gamma<2/L$, $c>0$, and $x_{t+1}=x_t-\gamma\operatorname{clip}_c(\nabla f(x_t))$. With
$m=\min_{t<T}\|\nabla f(x_t)\|$ and $b=\sqrt{\frac{F_0}{\gamma(1-\gamma L/2)\,T}}$, for every $T\ge1$
$$ m\;\le\;\begin{cases}b&\text{if }b\le c,\\[2pt]\dfrac{F_0}{\gamma c\,T}+\dfrac{\gamma Lc}2&\text{otherwise.}\end{cases} $$

If $T$ is large enough that $b\le c$, the bound is that of gradient descent without clipping, with nothing lost. Without noise clipping is harmless.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(c)
#include "../least.h"

static double bound(const rate_case *k, double t)
{
	LETTERS(k);
	double b2 = d0 / (gamma * (1 - gamma * L / 2) * t);
	double clipped = d0 / (gamma * c * t) + gamma * L * c / 2;

	return b2 <= c * c ? b2 : clipped * clipped;
}

/*:
(The square, as squared gradients are measured.)

## Proof

The descent lemma (lem-descent) for the step $-\gamma\operatorname{clip}_c(g)$, $g=\nabla f(x_t)$, says that $f$ falls by at least
$$ \gamma\Bigl(1-\frac{\gamma L}2\Bigr)\|g\|^2\ \text{ if }\|g\|\le c,\qquad\gamma c\|g\|-\frac{\gamma^2Lc^2}2\ \text{ if }\|g\|>c . $$
If $m>c$, every step is of the second kind: $\gamma c\,m-\frac{\gamma^2Lc^2}2$ at least, $T$ times, is at most $F_0$; this is $m\le\frac{F_0}{\gamma cT}+\frac{\gamma Lc}2$, and it
is only possible if $F_0/T>\gamma c^2(1-\frac{\gamma L}2)$, that is $b>c$. If $m\le c$ then every step lowers $f$ by at least $\gamma(1-\frac{\gamma L}2)m^2$, also those of the second kind,
as $\gamma c\|g\|-\frac{\gamma^2Lc^2}2\ge\gamma(1-\frac{\gamma L}2)c^2$; hence $m\le b$. If $b\le c$ the first case means $m\le c$ and so $m\le b$; if $b>c$, either $m>c$ and the second bound holds, or
$m\le c$, and $c\le\frac{F_0}{\gamma cT}+\frac{\gamma Lc}2$ is the same as $b\ge c$. $\square$

## How sharp it is

The *ramp*, a Huber function of slope $s>c$ started at $x_0=\frac sL+(T-1)\gamma c$, is descended with $T-1$ clipped steps at slope $s$; then $m=s$ and the ratio is
$1/\bigl(1-\frac1T+\frac{s}{2\gamma LcT}+\frac{\gamma Lc}{2s}\bigr)$. The best choice $\frac{\gamma Lc}s=T^{-1/2}$ gives $1/(1+T^{-1/2}-T^{-1})$, which tends to 1; at $T=1000$ it is $0.970$.

## What is run

Clipped gradient descent on every smooth objective with a known infimum, with $c$ half of the first gradient unless it is given. Sharp: the ramp with the best ratio $c/s$ at $T=1000$, and a bowl at $T=1$ where nothing is clipped.

## What must fail

$0.87$ of the bound on the ramp ($0.9\times0.97$ of the norm, hence $0.76$ of its square); and $0.9$ of it on the bowl.

## Exercises

1. For which $T$ does the second case apply if $c$ is tiny? What does the bound say then?
2. Show that the step may be as long as one likes if $c$ is small enough and only the second case is of interest.
3. Where would noise break the proof?
4. *Compute.* Which threshold is the worst on the ramp of a thousand steps, `ratecheck verify clip-gd-smooth:gamma=1,c=0.1 --objective huber:tau=1,start=32.5912050190116 --steps 1000`?
:*/

SHARP(sharp,
	{ .objective = "huber:tau=1,start=32.5912050190116", .parameters = "gamma=1,c=0.0316227766016838",
	  .note = "ramp for T = 1000, c/s = T^-1/2", .steps = 1000, .ratio = 0.9701 * 0.9701 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=1,c=2", .note = "a bowl, one step, no clipping",
	  .steps = 1,
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "huber:tau=1,start=32.5912050190116", .parameters = "gamma=1,c=0.0316227766016838",
	  .note = "0.76 of the bound on squares, 0.9 of the ratio on norms", .steps = 1000, .factor = 0.76 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=1,c=2", .note = "0.9 of the bound, which is attained",
	  .steps = 1, .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L"),
	[c_] = { "c", RATE_REAL, "auto", 0, 0, NULL, "threshold, c > 0" },
};

static void choose(const rate_case *k, double fraction, double *param)
{
	CONSTANTS(k);

	param[gamma_] = 2 * fraction / L;
	param[c_] = k->g02 > 0 ? sqrt(k->g02) / 2 : 1;
}

static const char *admissible(const rate_case *k)
{
	LETTERS(k);

	return gamma > 0 && gamma < 2 / L && c > 0 ? NULL : "0 < gamma < 2/L, c > 0";
}

CLAIM(clip_gd_smooth,
	.id = "clip-gd-smooth", .chapter = "clipping", .title = "Clipped gradient descent on smooth functions",
	.statement = "f L-smooth, bounded below, 0 < γ < 2/L, b = √(F_0/(γ(1−γL/2)T)): "
	             "min_{t<T} ‖∇f(x_t)‖ ≤ b if b ≤ c, "
	             "else F_0/(γcT) + γLc/2",
	.quantity = "min_{s<t} ‖∇f(x_s)‖²", .formula = "b² = F_0/(γ(1−γL/2)t) if b ≤ c, else (F_0/(γct) + γLc/2)²",
	.source = "after Koloskova, Hendrikx & Stich, ICML 2023, the deterministic case",
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "clipped-gd", NEEDS("L", "f_star"), RANGE,
	.accumulators = LEAST_KEPT, .bound = bound, .observe = observe_least, .measure = measure_least,
	SHARP_AND_CONTROL)
