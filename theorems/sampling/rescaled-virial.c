/*:
# Steps that adapt, and what they keep

Langevin steps whose length follows the gradient: long where it is flat, short where it is steep. Such a chain has another law than the one that was wanted. But one identity survives, for any rule.

**Theorem.** Let $U$ be differentiable on $\mathbb R^d$, $0<\psi_t\le M$ known before step $t$, and
$$ x_{t+1}=x_t-\gamma\psi_t\nabla U(x_t)+\sqrt{2\gamma\psi_t\tau}\;\varepsilon_t, $$
$\varepsilon_t$ independent of the past with mean $0$ and covariance $I$. For any $c\in\mathbb R^d$ let
$$ X_T=\|x_T-c\|^2+\sum_{t<T}\Bigl\{\gamma\psi_t\bigl[2\langle\nabla U(x_t),x_t-c\rangle-\gamma\psi_t\|\nabla U(x_t)\|^2\bigr]+2\gamma\tau d\,(M-\psi_t)\Bigr\} . $$
If all means are finite, then for every $T$
$$ \mathbb E\,X_T=\|x_0-c\|^2+2\gamma\tau dMT . $$
If $U$ is convex and $L$-smooth, $c=x_\star$ and $\gamma ML\le2$, then every summand is at least $0$.

Divide by $2\gamma T$, let $T\to\infty$: $\mathbb E\,\psi\langle\nabla U,x-c\rangle\approx\tau d\,\mathbb E\,\psi$, the identity $\mathbb E_\pi\langle\nabla U,x-c\rangle=\tau d$ of the target $\pi\propto e^{-U/\tau}$ with the weights $\psi$. Averages with these weights are right in the limit of short steps; plain averages are those of $\pi/\psi$ (page time-change is the same on finitely many states).
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(m) P(M) P(r) P(memory) P(tau) P(noise) P(weighted)
#include "langevin.h"

#include <stdlib.h>

FORMULA(bound, t, D2 + 2 * gamma * tau * (double)c->d * M * t)

/*:
## Proof

Given the past, $\mathbb E\|x_{t+1}-c\|^2=\|x_t-c\|^2-2\gamma\psi_t\langle\nabla U(x_t),x_t-c\rangle+\gamma^2\psi_t^2\|\nabla U(x_t)\|^2+2\gamma\psi_t\tau d$. Add the summand of $t$: $\mathbb E[X_{t+1}-X_t]=2\gamma\tau dM$. Summands are nonnegative because gradients of convex $L$-smooth functions have $\langle\nabla U(x),x-x_\star\rangle\ge\frac1L\|\nabla U(x)\|^2$. $\square$

## How sharp it is

An identity of means, tested from both sides (rescaled-virial-below).

## What is run

The method `sa-sgld`, in which $\psi_t=m\frac{\zeta_t^r+M}{\zeta_t^r+m}$ follows a moving average $\zeta_t$ of $\|\nabla U(x_t)\|$, with $c=x_\star$. With coins for $\varepsilon$ in one dimension all $2^T$ paths are enumerated; with normals means are sampled, from above only.

## What must fail

The sum without its weights $\psi_t$; noise that is not rescaled with the drift; one percent off.

## Exercises

1. Show that $\mathbb E_\pi\langle\nabla U,x-c\rangle=\tau d$.
2. Let $U=\frac\lambda2\|x\|^2$, $c=0$, and let $\bar R=\mathbb E\sum\psi_t\lambda\|x_t\|^2/(\tau d\,\mathbb E\sum\psi_t)$. Show that in the long run $1\le\bar R\le\frac1{1-\gamma\lambda M/2}$.
3. For $\psi=\frac1{1+x^2}$ and a standard normal $\pi$: which mean of $x^2$ does the plain average find?
:*/

#define BOWL "quadratic:d=1,L=1,start=1"
#define COINS "gamma=0.3,m=0.1,M=1,r=2,memory=0,tau=1,noise=coins"
SHARP(sharp,
	{ .objective = BOWL, .parameters = COINS, .note = "all paths of coins", .steps = 10, .ratio = 1 },
	{ .objective = "huber:tau=0.5,start=2", .parameters = "gamma=0.5,m=0.5,M=2,r=1,memory=0.7,tau=0.3,noise=coins",
	  .note = "a monitor with memory, no quadratic", .steps = 10, .ratio = 1 },
	{ .objective = "quadratic:d=20,kappa=10", .parameters = "gamma=0.5,m=0.1,M=1,r=2,memory=0.9,tau=1,noise=normal",
	  .note = "twenty dimensions, normals", .steps = 32 })
CONTROL(control,
	{ .objective = BOWL, .parameters = COINS ",weighted=0", .note = "the sum without weights", .steps = 10 },
	{ .objective = BOWL, .parameters = COINS, .note = "noise that is not rescaled", .steps = 10,
	  .method = "sa-sgld:rescale=drift" },
	{ .objective = BOWL, .parameters = COINS, .note = "one percent less", .steps = 10, .factor = 0.99 })
SHARP(sharp_below,
	{ .objective = BOWL, .parameters = COINS, .note = "all paths of coins", .steps = 10, .ratio = 1 })
CONTROL(control_below,
	{ .objective = BOWL, .parameters = COINS, .note = "one percent more", .steps = 10, .factor = 1.01 })

/*: {.plumbing} :*/
enum { NORMAL };
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(L M)"),
	[m_] = { "m", RATE_REAL, "0.1", 1e-50, 1e50, NULL, "least psi" },
	[M_] = { "M", RATE_REAL, "1", 1e-50, 1e50, NULL, "largest psi" },
	[r_] = { "r", RATE_REAL, "2", 1e-3, 100, NULL, "power of the monitor" },
	[memory_] = { "memory", RATE_REAL, "0.9", 0, 1, NULL, "memory of the monitor" },
	[tau_] = { "tau", RATE_REAL, "1", 0, 1e50, NULL, "temperature" },
	[noise_] = { "noise", RATE_CHOICE, "normal", 0, 0, "normal|coins", "law of epsilon" },
	[weighted_] = { "weighted", RATE_INTEGER, "1", 0, 1, NULL, "0: the sum is taken without its weights" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (c->L * param[M_]);
}

static const char *admissible(const rate_case *c)
{
	const double *v = c->param;

	return AT_MOST(v[gamma_], 2 / (c->L * v[M_])) && v[m_] <= v[M_] && v[weighted_] == 1
	    ? NULL : "0 < gamma <= 2/(L M), m <= M, weights";
}

/* Adds the summand of the step to come. */
static int observe(rate_view *v)
{
	const rate_case *c = v->c;
	const double *psi, *x = v->state[0], *p = c->param;
	size_t nrep = v->run->nrep, ld = v->run->ld, d = v->run->d;
	double *g;

	if (v->find(v, "psi", &psi) || !(g = aligned_alloc(64, nrep * ld * sizeof *g)))
		return RATE_FAIL;
	if (rate_gradient(v->run, x, g)) {
		free(g);
		return RATE_FAIL;
	}
	for (size_t r = 0; r < nrep; r++) {
		double inner = 0, square = 0, size = 0, *acc = rate_acc(v, 2, r), at = psi[r * ld], h = p[gamma_];
		double weight = p[weighted_] > 0 ? at : 1;

		for (size_t j = 0; j < d; j++) {
			inner += g[r * ld + j] * (x[r * ld + j] - c->x_star[j]);
			size += fabs(g[r * ld + j]) * (fabs(x[r * ld + j]) + fabs(c->x_star[j]));
			square += g[r * ld + j] * g[r * ld + j];
		}
		acc[0] += h * weight * (2 * inner - h * at * square) +
		    2 * h * p[tau_] * (double)d * (p[M_] - weight);
		acc[1] += h * weight * (2 * size + h * at * square) + 2 * h * p[tau_] * (double)d * (p[M_] + weight);
	}
	free(g);
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] += rate_acc(v, 2, r)[0];
		s[r] += rate_acc(v, 2, r)[1];
	}
	return RATE_OK;
}

#define VIRIAL_CLAIM \
	.chapter = "sampling", .quantity = "E X_T", .formula = "‖x_0 − x*‖² + 2γτdMT", \
	.source = "the method of Rajpal, Leimkuhler and Jiang, Adaptive stepsizing for stochastic gradient " \
	          "Langevin " \
	          "dynamics in Bayesian neural networks; the identity is proved in this file", \
	.method = "sa-sgld", NEEDS("convex", "L", "x_star", "stationary", "no composite"), RANGE, .bound = bound, \
	.accumulators = 2, .observe = observe, .measure = measure

CLAIM(rescaled_virial,
	.id = "rescaled-virial", .title = "Steps that adapt, and what they keep", VIRIAL_CLAIM,
	.flags = RATE_OWN_INSTANCES,
	.statement = "x_{t+1} = x_t − γψ_t∇U + √(2γψ_tτ) ε_t, 0 < ψ_t ≤ M any rule: X_T = ‖x_T − c‖² + Σ "
	             "γψ_t[2⟨∇U, x_t − c⟩ "
	             "− γψ_t‖∇U‖²] + 2γτd(M − ψ_t) has E X_T = ‖x_0 − c‖² + 2γτdMT; from above, c = x*",
	.kind = RATE_EXPECTATION, SHARP_AND_CONTROL)

CLAIM(rescaled_virial_below,
	.id = "rescaled-virial-below", .title = "Steps that adapt, from below", VIRIAL_CLAIM,
	.flags = RATE_OWN_INSTANCES, .statement = "as for rescaled-virial: E X_T ≥ ‖x_0 − x*‖² + 2γτdMT",
	.kind = RATE_LOWER_BOUND, .sharp = sharp_below, .control = control_below)
