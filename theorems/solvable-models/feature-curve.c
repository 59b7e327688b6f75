/*:
# Exact learning curves

A linear model learns from a stream of examples. How does its test error fall, exactly, and what do step size and batch size do to it?

**Theorem.** Let $y=\langle w^\star,x\rangle+s\xi$, the entries of $x$ uncorrelated with mean 0 and variances $\lambda_i$, with the fourth moments of a Gaussian: $\mathbb Ex_i^2x_j^2=\lambda_i\lambda_j$ for $i\ne j$, $\mathbb Ex_i^4=3\lambda_i^2$, and 0 where an index occurs once or three times; $\xi$ independent, of mean 0 and variance 1. SGD takes the step $\eta$ on $\frac12(y-\langle w,x\rangle)^2$ with a fresh batch of $m$ independent examples. From a fixed start $v_i(t)=\mathbb E(w_i-w^\star_i)^2$ obeys
$$ v(t+1)=A\,v(t)+\frac{\eta^2}ms^2\lambda,\qquad A=\operatorname{diag}(1-\eta\lambda)^2+\frac{\eta^2}m\bigl(\operatorname{diag}(\lambda)^2+\lambda\lambda^\top\bigr), $$
exactly, and $\mathbb E\bigl[f(w_t)-f_\star\bigr]=\frac12\langle\lambda,v(t)\rangle$, half of the test error beyond the noise.

If the $x$ are $n$ equally likely vectors and the batch is a uniform subset of $b$ terms, $\frac1m$ becomes $\frac{n-b}{b(n-1)}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(batch)
#include "../minibatch/minibatch.h"

enum { MOST = 4, NOISE = MOST }; /* needs: the variances, then s^2 */

static double curve(const rate_case *c, double t)
{
	LETTERS(c);
	double share = batch_share((double)c->n, batch) * gamma * gamma, v[MOST] = { 0 }, loss = 0;
	const double *l = c->need;

	for (size_t i = 0; i < c->d; i++)
		v[i] = (c->x0[i] - c->x_star[i]) * (c->x0[i] - c->x_star[i]);
	for (double k = 0; k < t; k++) {
		double all = 0;

		for (size_t i = 0; i < c->d; i++)
			all += l[i] * v[i];
		for (size_t i = 0; i < c->d; i++)
			v[i] = pow(1 - gamma * l[i], 2) * v[i] + share * l[i] * (l[i] * v[i] + all + c->need[NOISE]);
	}
	for (size_t i = 0; i < c->d; i++)
		loss += l[i] * v[i] / 2;
	return loss;
}

/*:
## Proof

Let $e=w-w^\star$ and $S$ the batch mean of $xx^\top$: $e^+=(I-\eta S)e+\eta r$, where $r$ is the batch mean of $s\xi x$, uncorrelated with the rest. For $Z=\mathbb Eee^\top$,
$$ \mathbb E(I-\eta S)Z(I-\eta S)=(I-\eta\Lambda)Z(I-\eta\Lambda)+\frac{\eta^2}m\bigl(\mathbb E[xx^\top Zxx^\top]-\Lambda Z\Lambda\bigr), $$
the covariance of a mean of $m$ being $\frac1m$ of that of one. By the fourth moments the diagonal of $\mathbb E[xx^\top Zxx^\top]$ is $2\lambda_i^2Z_{ii}+\lambda_i\sum_j\lambda_jZ_{jj}$: it needs the diagonal of $Z$ only. So do the other terms, and $\eta^2\mathbb Err^\top=\frac{\eta^2}ms^2\Lambda$. $\square$

*What follows.* Unroll the rank one part $\lambda\lambda^\top$: with $D_i=(1-\eta\lambda_i)^2+\frac{\eta^2\lambda_i^2}m$ the excess $\ell_t=\langle\lambda,v(t)\rangle$ obeys $\ell_t=F_t+\sum_{k<t}K_{t-1-k}(\ell_k+s^2)$, where $F_t=\sum\lambda_iv_i(0)D_i^t$ is what gradient descent would nearly do and $K_t=\frac{\eta^2}m\sum\lambda_i^2D_i^t$ what the noise hands on. With
$$ \kappa=\sum_tK_t=\sum_i\frac{\eta\lambda_i}{2m-\eta\lambda_i(m+1)} $$
SGD is stable if and only if $\kappa<1$ (and all $D_i<1$), and then ends at the floor $\ell_\infty=s^2\frac\kappa{1-\kappa}$; page max-rate-batch turns this into the largest step.

## How sharp it is

It is a law: the ratio is 1 at every $t$, tested from both sides (feature-curve-below).

## What is run

SGD on `six-point-features`: finitely many equally likely $x$ with the moments of a Gaussian up to the fifth. The means are exact, by moments. And on `gaussian-features`, a stream, from samples, from above only.

## What must fail

The curve without $\lambda\lambda^\top$, that is without the noise that one feature makes for another, which at $t=10$ is $0.49$ of the truth. From below, one percent more.

## Exercises

1. All $\lambda_i=\lambda$, $m=1$: what is the largest stable $\eta$?
2. Where does the proof use that the features are Gaussian?
3. Let $mT$ be fixed, and $s=0$. What is to be said for large batches?
:*/

#define TWO "six-point-features:l=1/0.3"
SHARP(sharp,
	{ .objective = TWO, .parameters = "gamma=0.3,batch=1", .note = "two features", .steps = 32, .ratio = 1 },
	{ .objective = "six-point-features:l=1/0.5/0.2,s=0.4", .parameters = "gamma=0.2,batch=3",
	  .note = "three features with noise, batches of three", .steps = 64, .ratio = 1 },
	{ .objective = "six-point-features:l=2,s=0.5,start=3", .parameters = "gamma=0.4,batch=1",
	  .note = "one feature, beyond the edge", .steps = 16, .ratio = 1 },
	{ .objective = "gaussian-features:l=1/0.5/0.2,s=0.4", .parameters = "gamma=0.2,batch=3",
	  .note = "normal features, from samples", .steps = 32 })
CONTROL(control,
	{ .objective = TWO, .parameters = "gamma=0.3,batch=1", .note = "one feature makes no noise for another",
	  .steps = 10, .factor = 0.4879 },
	{ .objective = TWO, .parameters = "gamma=0.3,batch=1", .note = "one percent off", .steps = 32,
	  .factor = 0.99 })
SHARP(sharp_below,
	{ .objective = TWO, .parameters = "gamma=0.3,batch=1", .note = "two features", .steps = 32, .ratio = 1 },
	{ .objective = "six-point-features:l=1/0.5/0.2,s=0.4", .parameters = "gamma=0.2,batch=3",
	  .note = "three features with noise, batches of three", .steps = 64, .ratio = 1 })
CONTROL(control_below, { .objective = TWO, .parameters = "gamma=0.3,batch=1", .note = "one percent off",
	.steps = 32, .factor = 1.01 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = { "gamma", RATE_REAL, "auto", 0, 0, NULL, "step size, gamma > 0 (eta on the page)" },
	[batch_] = { "batch", RATE_INTEGER, "1", 1, 1000, NULL, "terms drawn at each step" },
};

/* 2m/(tr + (m + 1) l_1), the step that is stable for sure, with m = 1. */
static void choose(const rate_case *c, double fraction, double *param)
{
	double sum = 0;

	for (size_t i = 0; i < MOST; i++)
		sum += c->need[i];
	param[gamma_] = fraction * 2 / (sum + 2 * c->L);
}

MUST(admissible, gamma > 0 && (c->n == 0 || batch <= (double)c->n), "gamma > 0, and no batch larger than n")

#define FEATURES \
	.chapter = "solvable-models", .method = "sgd", .flags = RATE_OWN_INSTANCES, \
	NEEDS("features.l1", "features.l2", "features.l3", "features.l4", "features.s2", "x_star", "f_star", "L"), \
	RANGE, .quantity = "E f(w_t) − f*", .formula = "⟨λ, v(t)⟩/2", .bound = curve, .measure = rate_measure_gap, \
	.source = "after Bordelon and Pehlevan, Learning curves for SGD on structured features, ICLR 2022; " \
	          "proved in this file"

CLAIM(feature_curve, FEATURES,
	.id = "feature-curve", .title = "Exact learning curves",
	.statement = "features with Gaussian fourth moments: E f(w_t) − f* = ⟨λ, v(t)⟩/2, v(t+1) = Av(t) + "
	             "(η²/m)s²λ, A = diag(1 − ηλ)² + (η²/m)(diag(λ)² + λλᵀ)",
	.kind = RATE_EXPECTATION, SHARP_AND_CONTROL)

CLAIM(feature_curve_below, FEATURES,
	.id = "feature-curve-below", .title = "Exact learning curves, from below",
	.statement = "as for feature-curve: E f(w_t) − f* ≥ ⟨λ, v(t)⟩/2",
	.kind = RATE_LOWER_BOUND, .sharp = sharp_below, .control = control_below)
