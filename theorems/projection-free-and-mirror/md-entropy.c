/*:
# Mirror descent with the entropy

On the simplex of a thousand dimensions gradients may have a thousand entries of size one. Euclidean steps pay for the length of such a gradient, $\sqrt{1000}$; multiplicative steps pay for its largest entry.

**Theorem.** Let $f$ be convex on the simplex of $\mathbb R^n$ with a minimiser $x_\star$ there, $g_t\in\partial f(x_t)$ with $\|g_t\|_\infty\le G$ for all $t<T$, and $x_0$ positive. For $x_{t+1}\propto x_te^{-\gamma g_t}$ (entry by entry), $\gamma>0$, the average
$\bar x_T=\frac1T\sum_{t<T}x_t$ has, for every $T\ge1$,
$$ f(\bar x_T)-f_\star\;\le\;\frac{\mathrm{KL}(x_\star,x_0)}{\gamma T}+\frac{\gamma G^2}2,\qquad\mathrm{KL}(p,q)=\sum_ip_i\ln\frac{p_i}{q_i}, $$
and $\mathrm{KL}(x_\star,x_0)\le\ln n$ for a uniform start. With $\gamma=\frac1G\sqrt{2\ln n/T}$ that is $G\sqrt{2\ln n/T}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "entropy.h"

enum { LARGEST }; /* needs: G_inf */

FORMULA(transient, T, divergence(c) / (gamma * T))

FORMULA(bound, T, transient(c, T) + gamma * c->need[LARGEST] * c->need[LARGEST] / 2)

/*:
## Proof

It is the theorem on multiplicative weights (hedge-regret) with $\ell_t=g_t$: the entries of $g_t$ lie in $[-G,G]$, so $W\le2G$ and $\frac18\gamma W^2\le\frac12\gamma G^2$. Against the mixture $x_\star$ in the place of one expert, Jensen's inequality gives
$$ \ln Z_T=\ln\sum_ix_{0,i}e^{-\gamma\sum g_{t,i}}\ge\sum_ix_{\star,i}\Bigl(\ln\frac{x_{0,i}}{x_{\star,i}}-\gamma\sum_{t<T}g_{t,i}\Bigr)=-\mathrm{KL}(x_\star,x_0)-\gamma\sum_{t<T}\langle g_t,x_\star\rangle , $$
hence $\sum_{t<T}\langle g_t,x_t-x_\star\rangle\le\frac{\mathrm{KL}(x_\star,x_0)}\gamma+\frac12\gamma TG^2$. By convexity and Jensen the left side is at least $T(f(\bar x_T)-f_\star)$. $\square$

## How sharp it is

The first term is attained in the limit: for $f(x)=\langle c,x\rangle$, $c=(-1,1,\dots,1)$, $n=50$, $\gamma=0.0116$ and $T=400$ the ratio is ${{md-entropy#1.max_ratio:4}}$. With the best step a linear function reaches one half only: its average does not pay the second term. Both terms
together are tested by `hedge-regret`, where they can be made to bite.

## What is run

Mirror descent on linear functions of a simplex, and on the convex objectives of the suite over it.

## What must fail

0.9 of the bound. The bound for half of $\ln n$.

## Exercises

1. Compare with the projected subgradient method: what is its bound if all entries of the gradient are $\pm G$?
2. Which $\gamma$ is best for a known $T$?
:*/

#define FIFTY .objective = "simplex-linear:n=50,costs=-1/1", .parameters = "gamma=0.0116"
SHARP(sharp,
	{ FIFTY, .note = "one good coordinate of fifty", .steps = 400, .ratio = 0.9949 },
	{ .objective = "simplex-linear:n=2,costs=-1/1", .parameters = "gamma=0.007275", .note = "two coordinates",
	  .steps = 400, .ratio = 0.9859 })
CONTROL(control,
	{ FIFTY, .note = "0.9 of the bound", .steps = 400, .factor = 0.9 },
	{ FIFTY, .note = "half of ln n: half of the bound", .steps = 400, .factor = 0.52 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * sqrt(2 * log((double)c->d) / (double)c->T) / c->need[LARGEST];
}

MUST(admissible, gamma > 0, "gamma > 0")

CLAIM(md_entropy,
	.id = "md-entropy", .chapter = "projection-free-and-mirror", .title = "Mirror descent with the entropy",
	.statement = "f convex on the simplex, ‖g_t‖_∞ ≤ G, x_{t+1} ∝ x_t exp(−γg_t): f(x̄_T) − f* ≤ KL(x*, "
	             "x_0)/(γT) + γG²/2",
	.quantity = "f(x̄_t) − f*", .formula = "KL(x*, x_0)/(γt) + γG²/2",
	.source = "Nemirovski and Yudin 1983; Bubeck, Convex Optimization: Algorithms and Complexity, arXiv:1405.4980",
	.kind = RATE_DETERMINISTIC, .method = "mirror-entropy",
	NEEDS("G_inf", "convex", "simplex", "x_star", "f_star"), RANGE, .applies = starts_inside, .bound = bound,
	.transient = transient, GAP_OF_AVERAGE, SHARP_AND_CONTROL)
