/*:
# Scores up to a random time

A controlled walk runs until it leaves an interval; what counts is the end at which it leaves. The score method sums the derivatives of the log probabilities of all choices, here over a random number of steps that itself depends on the policy. Is it still exact?

**Theorem.** A walk on $0,\dots,N$ from $i$ goes up with the probability $p=\frac1{1+e^{-\theta}}$, else down, until it is at $0$ or $N$, at the time $\tau$. With $s_t=\mathbb 1\{\text{up at }t\}-p$ and $J(\theta)$ the probability to leave at $N$
$$ \mathbb E\Bigl[\mathbb 1\{X_\tau=N\}\sum_{t<\tau}s_t\Bigr]=J'(\theta)=\frac{\sum_{k<i}\sum_{l<N}(l-k)\,r^{k+l}}{\bigl(\sum_{l<N}r^l\bigr)^2},\qquad r=e^{-\theta}. $$
The sum of scores is $\frac12(X_\tau-i+\tau)-p\tau$: position and time of the exit are all that it needs.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

/*:
## Proof

A path that goes up $u$ times in $\tau$ steps has the probability $p^u(1-p)^{\tau-u}$, and the derivative of its logarithm in $\theta$ is $u(1-p)-(\tau-u)p=u-p\tau$, the sum of its scores. $J$ is the sum of these probabilities over the paths that end at $N$. It may be differentiated term by term: $\tau$ has an exponential tail, uniformly for $\theta$ in a compact set, and $|u-p\tau|\le\tau$. As $X_\tau-i=2u-\tau$, the sum is as stated.

*The right side.* Gambler's ruin: $J=\frac{1-r^i}{1-r^N}=\sum_{k<i}r^k\big/\sum_{l<N}r^l$, and $\frac{dr^k}{d\theta}=-kr^k$. $\square$

*The left side as the program has it.* Let $u_k$ be the probability to leave at $N$ from $k$, and $w_k$ the mean in question. The first step gives
$$ u_k=pu_{k+1}+(1-p)u_{k-1},\qquad w_k=pw_{k+1}+(1-p)w_{k-1}+p(1-p)(u_{k+1}-u_{k-1}), $$
with $u_0=0$, $u_N=1$ and $w_0=w_N=0$.

## How sharp it is

An identity.

## What is run

All $0<i<N\le12$ and $|\theta|\le5$; both systems of equations are solved by elimination, which knows nothing of $r$.

## What must fail

The estimator with $\tau$ replaced by its mean, as if the number of steps were fixed: for $N=6$, $i=2$, $\theta=0.7$ it is $0.540$ in the place of $0.431$.

## Exercises

1. What is $J'$ for $N=2$, $i=1$? Compute both sides.
2. ★ Find the second moment of the estimator by a third system of equations.
3. At $p=\frac12$ the control is not refuted. Why?
:*/

enum { MOST = 12 };
enum { N_, i_, theta_, frozen_ };

/* y_k = p y_{k+1} + (1 - p) y_{k-1} + source_k, 0 < k < N, with y_0 and y_N given: elimination from below. */
static void solve(size_t N, double p, const double *source, double *y)
{
	double up[MOST + 1] = { 0 }, rest[MOST + 1] = { 0 };

	rest[0] = y[0]; /* y_k = up_k y_{k+1} + rest_k */
	for (size_t k = 1; k < N; k++) {
		double pivot = 1 - (1 - p) * up[k - 1];

		up[k] = p / pivot;
		rest[k] = ((1 - p) * rest[k - 1] + source[k]) / pivot;
	}
	for (size_t k = N; k-- > 1;)
		y[k] = up[k] * y[k + 1] + rest[k];
}

static double derivative(size_t N, size_t i, double theta)
{
	double r = exp(-fabs(theta)), sum = 0, slope = 0;

	if (theta < 0) /* the walk seen from the other end: J(theta) = 1 - J_{N-i}(-theta) */
		i = N - i;
	for (size_t l = 0; l < N; l++) {
		sum += pow(r, (double)l);
		for (size_t k = 0; k < i; k++)
			slope += ((double)l - (double)k) * pow(r, (double)(k + l));
	}
	return slope / (sum * sum);
}

static int evaluate(const rate_point *q, double *left, double *right, double *s)
{
	const double *v = q->c->param;
	size_t N = (size_t)v[N_], i = (size_t)v[i_];
	double theta = v[theta_], p = 1 / (1 + exp(-theta)), u[MOST + 1] = { 0 }, w[MOST + 1] = { 0 };
	double source[MOST + 1] = { 0 }, time[MOST + 1] = { 0 };

	if (i >= N)
		i = N - 1;
	u[N] = 1;
	solve(N, p, source, u);
	for (size_t k = 1; k < N; k++)
		source[k] = p * (1 - p) * (u[k + 1] - u[k - 1]);
	solve(N, p, source, w);
	for (size_t k = 1; k < N; k++)
		source[k] = 1;
	solve(N, p, source, time);
	*left = v[frozen_] != 0 ? u[i] * (((double)(N - i) + time[i]) / 2 - p * time[i]) : w[i];
	*right = derivative(N, i, theta);
	*s = 64 * (double)N;
	return RATE_OK;
}

SHARP(sharp, { .parameters = "N=6,i=2,theta=0.7", .note = "uphill", .ratio = 1 },
	{ .parameters = "N=11,i=8,theta=-2", .note = "downhill", .ratio = 1 },
	{ .parameters = "N=12", .note = "from anywhere", .ratio = 1 })
CONTROL(control, { .parameters = "N=6,i=2,theta=0.7,frozen=1", .note = "tau replaced by its mean" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[N_] = { "N", RATE_INTEGER, "6", 2, MOST, NULL, "the upper end" },
	[i_] = { "i", RATE_INTEGER, "2", 1, MOST - 1, NULL, "the start; N - 1 if it is not below N" },
	[theta_] = { "theta", RATE_REAL, "0.7", -5, 5, NULL, "the number of the policy" },
	[frozen_] = { "frozen", RATE_INTEGER, "0", 0, 0, NULL, "1: the time replaced by its mean" },
};

static const char *admissible(const rate_case *c)
{
	return c->param[frozen_] == 0 ? NULL : "frozen = 0";
}

CLAIM(exit_score,
	.id = "exit-score", .chapter = "policy-gradient", .title = "Scores up to a random exit time",
	.statement = "a walk with P(up) = p = 1/(1 + e^−θ) until it leaves 0..N at time τ, s_t = 1{up} − p: "
	             "E[1{X_τ = N} Σ_{t<τ} s_t] = J'(θ)",
	.quantity = "E[1{X_τ = N} Σ s_t]", .formula = "J'(θ)",
	.source = "the setting of Hamdouche, Henry-Labordere and Pham, Policy gradient learning methods for stochastic "
	          "control with exit time and applications, 2023; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)
