/*:
# Gradient descent that measures its own smoothness

Two points and their gradients tell how fast the gradient changes between them. That, and not growing too fast, is all that a step size needs.

Let $x_1=x_0-\eta_0\nabla f(x_0)$, $\eta_0>0$, $\theta_0=0$, and for $k=1,2,\dots$ with $g_k=\nabla f(x_k)$
$$ \eta_k=\min\Bigl\{\sqrt{1+\theta_{k-1}}\;\eta_{k-1},\;\frac{\|x_k-x_{k-1}\|}{2\|g_k-g_{k-1}\|}\Bigr\},\qquad\theta_k=\frac{\eta_k}{\eta_{k-1}},\qquad x_{k+1}=x_k-\eta_kg_k $$
(the quotient counts as $\infty$ if $g_k=g_{k-1}$; if $x_k=x_{k-1}$, so that $g_{k-1}=0$, any $\eta_k\le\sqrt{1+\theta_{k-1}}\,\eta_{k-1}$ will do, and the program keeps $\eta_{k-1}$).

**Theorem.** Let $f$ be convex and differentiable, $x_\star$ a minimiser. With the weights $w_k=\eta_k(1+\theta_k)-\eta_{k+1}\theta_{k+1}\ge0$,
$$ S_T=\eta_1\theta_1+\sum_{k\le T}\eta_k,\qquad\hat x_T=\frac1{S_T}\Bigl[\eta_T(1+\theta_T)x_T+\sum_{1\le k<T}w_kx_k\Bigr], $$
$$ f(\hat x_T)-f_\star\;\le\;\frac1{2S_T}\Bigl[\|x_1-x_\star\|^2+\tfrac12\|x_1-x_0\|^2+2\eta_1\theta_1\bigl(f(x_0)-f_\star\bigr)\Bigr] . $$

No smoothness constant is asked for. If there is one, $\eta_k\ge\min\{\eta_0,\frac1{2L}\}$, and the rate is $\frac1T$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(eta0)
#include <stdlib.h>

#include "../common.h"

/* near = |x_1 - x_star|^2 + |x_1 - x_0|^2/2, first = eta_1 theta_1, S the sum. */
static double bound_path(const rate_case *c, double near, double first, double S)
{
	return (near + 2 * first * c->d0) / (2 * S);
}

/*:
## Proof

Let $d_k=f(x_k)-f_\star$. Convexity gives $\|x_{k+1}-x_\star\|^2\le\|x_k-x_\star\|^2-2\eta_kd_k+\eta_k^2\|g_k\|^2$, and $\eta_k^2\|g_k\|^2=2\eta_k\langle g_k,x_k-x_{k+1}\rangle-\|x_{k+1}-x_k\|^2$. Split $g_k=(g_k-g_{k-1})+g_{k-1}$.

*The first part.* $2\eta_k\|g_k-g_{k-1}\|\|x_{k+1}-x_k\|\le\|x_k-x_{k-1}\|\|x_{k+1}-x_k\|\le\frac12\|x_k-x_{k-1}\|^2+\frac12\|x_{k+1}-x_k\|^2$.

*The second.* $g_{k-1}=(x_{k-1}-x_k)/\eta_{k-1}$ and $x_k-x_{k+1}=\eta_kg_k$, so $2\eta_k\langle g_{k-1},x_k-x_{k+1}\rangle=2\theta_k\eta_k\langle x_{k-1}-x_k,g_k\rangle\le2\theta_k\eta_k(d_{k-1}-d_k)$. Together
$$ \|x_{k+1}-x_\star\|^2+\tfrac12\|x_{k+1}-x_k\|^2+2\eta_k(1+\theta_k)d_k\le\|x_k-x_\star\|^2+\tfrac12\|x_k-x_{k-1}\|^2+2\eta_k\theta_kd_{k-1} . $$
Since $\eta_k\le\sqrt{1+\theta_{k-1}}\,\eta_{k-1}$, $\eta_k\theta_k=\eta_k^2/\eta_{k-1}\le(1+\theta_{k-1})\eta_{k-1}$: the weights $w_{k-1}$ are not negative. Sum over $k\le T$, then Jensen's inequality. $\square$

## How sharp it is

To ${{adgd-convex#1.max_ratio:3}}$, on the Huber function with a first step made for the horizon: on the linear piece $\theta^2=1+\theta$, so steps grow by the golden ratio $\varphi$, and the ratio tends to $\varphi/2$.

## What is run

The method on every convex function of the whole space with a gradient, with $\eta_0$ a share of $\frac1{2L}$; the state `mean` is $\hat x$ and is judged from $x_2$ on.

## What must fail

$0.9\cdot0.808$ of the bound; and its rate $T^{-1}$ made $T^{-2}$.

## Exercises

1. Show $\eta_k\ge\frac1{2L}$ if $f$ is $L$-smooth and $\eta_0\ge\frac1{2L}$.
2. What is the limit of $\theta_k$ on a linear piece?
:*/

SHARP(sharp,
	{ .objective = "huber:tau=1e-3", .parameters = "eta0=12.8863", .note = "the Huber function, made for 8 steps",
	  .steps = 9,
	  .ratio = 0.808 },
	{ .objective = "huber:tau=1e-3", .parameters = "eta0=88.3163", .note = "for 4 steps", .steps = 5,
	  .ratio = 0.803 },
	{ .objective = "logistic:data=breast-cancer,ridge=0.1", .note = "data", .steps = 256 })
CONTROL(control,
	{ .objective = "huber:tau=1e-3", .parameters = "eta0=12.8863", .note = "0.727 of the bound", .steps = 9,
	  .factor = 0.727 },
	{ .objective = "huber:tau=1e-3", .parameters = "eta0=12.8863", .note = "rate T^-2", .steps = 9, .power = 1 })

/*: {.plumbing} :*/
enum { NEAR, FIRST, KEPT };

static const double *named(rate_view *v, const char *name)
{
	const double *block;

	if (!v->find(v, name, &block))
		return block;
	(v->run->call->fail)(v->run, "the method has no state `%s`", name);
	return NULL;
}

/* eta_1 theta_1, after the second step. */
static double first_of(rate_view *v, size_t r)
{
	const double *S = named(v, "S"), *eta = named(v, "eta");

	return S && eta ? S[r * v->run->ld] - eta[r * v->run->ld] : NAN;
}

static int observe(rate_view *v)
{
	size_t d = v->run->d;

	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *x = v->state[0] + r * v->run->ld;
		double *kept = rate_acc(v, KEPT, r);

		for (size_t j = 0; v->t == 1 && j < d; j++)
			kept[NEAR] += pow(x[j] - v->c->x_star[j], 2) + pow(x[j] - v->c->x0[j], 2) / 2;
		if (v->t == 2)
			kept[FIRST] = first_of(v, r);
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *mean = named(v, "mean"), *S = named(v, "S");

	if (!mean || !S || rate_gap_of(v, v->t < 2 ? v->state[0] : mean, q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);

		if (v->t < 2) { /* of x_0 and x_1 nothing is claimed */
			q[r] = 0;
			b[r] = s[r] = 1;
		} else
			b[r] = bound_path(v->c, kept[NEAR], v->t == 2 ? first_of(v, r) : kept[FIRST],
			                  S[r * v->run->ld]);
	}
	return RATE_OK;
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[eta0_] = fraction / (2 * c->L);
}

MUST(applies, L > 0 && D2 > 0, "the start is a minimiser")
MUST(admissible, eta0 > 0, "eta_0 > 0")
static const rate_param params[] = {
	[eta0_] = { "eta0", RATE_REAL, "auto", 1e-100, 1e100, NULL, "the first step size" },
};

CLAIM(adgd_convex,
	.id = "adgd-convex", .chapter = "adaptive", .title = "Adaptive gradient descent without descent",
	.statement = "f convex, η_k = min(√(1+θ_{k−1}) η_{k−1}, ‖x_k − x_{k−1}‖/(2‖g_k − g_{k−1}‖)), "
	             "θ_k = η_k/η_{k−1}, "
	             "θ_0 = 0: "
	             "f(x̂_T) − f* ≤ [‖x_1 − x*‖² + ‖x_1 − x_0‖²/2 + 2η_1θ_1(f(x_0) − f*)]/(2S_T)",
	.quantity = "f(x̂_{t−1}) − f*", .formula = "[‖x_1 − x*‖² + ‖x_1 − x_0‖²/2 + 2η_1θ_1(f(x_0) − f*)]/(2S_{t−1})",
	.source = "Malitsky and Mishchenko, Adaptive gradient descent without descent, 2020; with θ_0 = 0, "
	          "proved in this "
	          "file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "adgd",
	NEEDS("convex", "L", "x_star", "f_star", "whole space", "no composite"), RANGE, .applies = applies,
	.accumulators = KEPT, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
