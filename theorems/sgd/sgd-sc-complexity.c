/*:
# How many steps SGD needs on a strongly convex function

**Theorem.** Let $f=\frac1n\sum_i f_i$ be $\mu$-strongly convex, every $f_i$ convex and $L_{\max}$-smooth, $x_\star$ the
minimiser and $\sigma_\star^2=\frac1n\sum_i\|\nabla f_i(x_\star)\|^2$. Let $\varepsilon>0$ and make SGD steps of length
$$ \gamma=\min\Bigl\{\frac{\varepsilon\mu}{4\sigma_\star^2},\ \frac1{2L_{\max}}\Bigr\} . $$
Then
$$ \mathbb E\|x_t-x_\star\|^2\le\varepsilon\qquad\text{for all}\quad
 t\ge t_\varepsilon=\max\Bigl\{\frac{4\sigma_\star^2}{\varepsilon\mu^2},\ \frac{2L_{\max}}\mu\Bigr\}
 \log\frac{2\,\|x_0-x_\star\|^2}\varepsilon . $$

If $\sigma_\star^2=0$ only the second entries count. The bound is $\varepsilon$ from $t_\varepsilon$ on; before that nothing is claimed,
and the code says so with $+\infty$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(eps)
#include "../common.h"

/* t_eps; fmax and fmin leave the infinite entry of sigma = 0 to the other. */
static double enough(const rate_case *c, double eps)
{
	const double D2 = c->D2, L_max = c->L_max, mu = c->mu, sigma_star2 = c->sigma_star2;
	return fmax(4 * sigma_star2 / (eps * mu * mu), 2 * L_max / mu) * log(2 * D2 / eps);
}

FORMULA(bound, t, t >= enough(c, eps) ? eps : INFINITY)

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = fmin(eps * mu / (4 * sigma_star2), 1 / (2 * L_max));
}

/*:
## Proof

The theorem for constant steps (sgd-strongly-convex) says $(1-\gamma\mu)^t\,\|x_0-x_\star\|^2+2\gamma\sigma_\star^2/\mu$. The second term is at most
$\frac\varepsilon2$ by the choice of $\gamma$. The first is at most $e^{-\gamma\mu t}\|x_0-x_\star\|^2$, which is at most
$\frac\varepsilon2$ for $t\ge\frac1{\gamma\mu}\log\frac{2\|x_0-x_\star\|^2}\varepsilon=t_\varepsilon$. $\square$

## How sharp it is

${{sgd-sc-complexity#1.max_ratio:2}}$ on the skew sum (one tilted parabola $\frac12x^2-x$ among $p-1$ lines): $p=500$, $\varepsilon=2\sigma_\star^2/\mu$, so that
$\gamma=\frac12$, and a start with $\|x_0-x_\star\|^2=\frac\varepsilon2e^{0.85}$. Then $t_\varepsilon=1.7p=850$.

## What is run

SGD on every strongly convex finite sum. A run of $T$ steps can reach only so far, so the program takes the smallest
$\varepsilon$ with $t_\varepsilon\le T$, and for a second run twice that.

## What must fail

$0.6$ of $\varepsilon$ on the skew sum ($0.9$ of the ratio above), and $\varepsilon\,t^{-1/10}$.

## Exercises

1. Which term decides for small $\varepsilon$? By how much longer must SGD run to gain one more decimal place?
2. Show that steps of length $\gamma$ and $t$ below $\frac1{4\gamma\mu}\log\frac{\|x_0-x_\star\|^2}\varepsilon$ are not enough on
   $f=\frac\mu2\|x\|^2$, $n=1$, if $\gamma\mu\le\frac12$.
:*/

SHARP(sharp,
	{ .objective = "skew:p=500,start=-1.5311", .parameters = "eps=2.0040080160320639",
	  .note = "skew sum, eps = 2 sigma^2/mu: 0.67 of the bound at t = 1.7 p", .steps = 850, .ratio = 0.673 })
CONTROL(control,
	{ .objective = "skew:p=500,start=-1.5311", .parameters = "eps=2.0040080160320639",
	  .note = "0.6 of the bound; 0.673 is attained", .steps = 850, .factor = 0.6 },
	{ .objective = "skew:p=500,start=-1.5311", .parameters = "eps=2.0040080160320639", .note = "eps t^-0.1",
	  .steps = 850, .power = 0.1 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "mu", "L_max", "sigma_star2", "x_star" };
static const rate_param params[] = { [eps_] = { "eps", RATE_REAL, "auto", 0, 0, NULL, "the accuracy, eps > 0" } };

/* The smallest eps that T steps are enough for, by bisection on log eps: t_eps falls as eps grows to 2 D2. */
static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);
	double low = log(1e-300), high = log(2 * D2);

	if (!(D2 > 0)) {
		param[eps_] = 1;
		return;
	}
	for (int k = 0; k < 200; k++) {
		double middle = (low + high) / 2;

		*(enough(c, exp(middle)) <= (double)c->T ? &high : &low) = middle;
	}
	param[eps_] = exp(high) / fraction;
}

MUST(admissible, eps > 0, "eps > 0")

CLAIM(sgd_sc_complexity,
	.id = "sgd-sc-complexity", .chapter = "sgd", .title = "Steps that SGD needs on a strongly convex function",
	.statement = "f_i convex, L_max-smooth, f μ-strongly convex; γ = min{εμ/(4σ*²), 1/(2L_max)}: "
	             "E‖x_t − x*‖² ≤ ε for "
	             "t ≥ max{4σ*²/(εμ²), 2L_max/μ} log(2‖x_0 − x*‖²/ε)",
	.quantity = "E‖x_t − x*‖²", .formula = "ε, from t_ε on",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "sgd:batch=1", .needs = RATE_LIST(needs), RANGE, .steps = steps,
	.bound = bound, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
