/*:
# Langevin steps on a Gaussian target, exactly

On a parabola everything about the steps of page ula is known: which law the points have at every $t$, and how far it is from the one that was wanted.

**Theorem (ula-gaussian).** Let $U(x)=\frac12\langle x-c,A(x-c)\rangle$, $A$ with eigenvalues $0<\lambda_i\le L$, and let the gradient noise be independent over $t$, with mean $0$ and covariance $\frac{\sigma^2}dI$ whatever $x$ is; $0<\gamma<\frac2L$. Along eigenvector $i$, with $\rho_i=1-\gamma\lambda_i$ and $e_i$ the coordinate of $x_0-c$, the coordinate of $x_t-c$ has the mean $\rho_i^te_i$ and the variance
$$ v_i(t)=\Bigl(2\tau+\frac{\gamma\sigma^2}d\Bigr)\frac{1-\rho_i^{2t}}{\lambda_i(2-\gamma\lambda_i)} . $$
So $\mathbb E\|x_t-c\|^2=\sum_i\rho_i^{2t}e_i^2+v_i(t)$. If the gradient noise is Gaussian or absent, so is $x_t$.

**Theorem (ula-bias).** Without gradient noise the limit law and the target $\mathcal N(c,\tau A^{-1})$ are apart by
$$ W_2\;\le\;\frac\gamma4\,\frac{\sqrt{\tau\operatorname{tr}A}}{1-\gamma L/2} . $$

The limit variance is $\frac\tau{\lambda_i}\cdot\frac{1+\gamma\sigma^2/(2\tau d)}{1-\gamma\lambda_i/2}$: too wide, in stiff directions most, and gradient noise is a higher temperature.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(tau)
#include "langevin.h"

/* E of one squared coordinate */
static double along_one(const rate_case *c, double lambda, double e2, double t)
{
	LETTERS(c);
	double u = gamma * lambda;

	return decay_squared(u, t) * e2 +
	    (2 * gamma * tau + gamma * gamma * noise2 / (double)c->d) * squares_until(u, t);
}

FORMULA(bound, t, over_spectrum(c, t, along_one))

/*:
## Proof

The coordinate $y$ along an eigenvector follows $y\leftarrow\rho y-\gamma\xi+\sqrt{2\gamma\tau}z$: its mean is multiplied by $\rho$, its variance becomes $\rho^2v+2\gamma\tau+\gamma^2\frac{\sigma^2}d$. Sum the geometric series; $1-\rho^2=\gamma\lambda(2-\gamma\lambda)$.

*Bias.* Both laws are Gaussian with the mean $c$ and commuting covariances, so $W_2^2=\sum_i\bigl(\sqrt{v_i(\infty)}-\sqrt{\tau/\lambda_i}\bigr)^2$. With $u=\frac{\gamma\lambda}2$
$$ \sqrt{v(\infty)}-\sqrt{\tfrac\tau\lambda}=\sqrt{\tfrac\tau\lambda}\,\bigl((1-u)^{-1/2}-1\bigr),\qquad(1-u)^{-1/2}-1=\frac u{\sqrt{1-u}\,(1+\sqrt{1-u})}\le\frac u{2(1-u)}, $$
since $\sqrt{1-u}\ge1-u$ turns the denominator into at least $(1-u)+(1-u)$. So each term is at most $\frac\gamma4\sqrt{\tau\lambda_i}/(1-\frac{\gamma L}2)$; add their squares. $\square$

## How sharp it is

A law. The bias is attained as $\gamma\to0$.

## What is run

ula-gaussian: quadratics with one eigenvalue in any dimension, and all quadratics in the plane, with $\mathbb E\|x_t-c\|^2$ tested from above; without gradient noise ula-gaussian-below tests it from below. ula-bias: the two standard deviations in three directions, by the recursion run to its end.

## What must fail

One percent off, from either side. The noise $\sqrt\gamma z$ in the place of $\sqrt{2\gamma}z$ (half of $\tau$). The bias with $\frac\gamma5$.

## Exercises

1. Which $\gamma$ makes the relative error of the variance $\varepsilon$?
2. The gradient noise of minibatches has a covariance $B$ that need not commute with $A$. Which equation has the limit covariance of $x_t$?
3. How many steps does it take from far away to a given $W_2$, if $\gamma$ is chosen by ula-bias?
:*/

enum { BIAS_H, BIAS_TAU, BIAS_L1, BIAS_L2, BIAS_L3 };

/* sqrt v - sqrt(tau/lambda) with v the limit of v <- rho^2 v + 2 gamma tau: the root of its product over the powers
 * of two, (1 + rho^2)(1 + rho^4)... = 1/(1 - rho^2). Its difference from the other: (v - w)/(sqrt v + sqrt w). */
static double excess(double gamma, double tau, double lambda)
{
	double u = gamma * lambda / 2, w = tau / lambda, sum = 1, rho2 = (1 - 2 * u) * (1 - 2 * u), v;

	if (u < 0.01) /* the series in u, exact to rounding where few terms are left */
		return sqrt(w) * u * (0.5 + u * (0.375 + u * (0.3125 + u * (0.2734375 + u * (0.24609375 +
		    u * (0.2255859375 + u * 0.20947265625))))));
	for (int k = 0; k < 60 && rho2 > 0; k++, rho2 *= rho2)
		sum *= 1 + rho2;
	v = 2 * gamma * tau * sum;
	return (v - w) / (sqrt(v) + sqrt(w));
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param, *lambda = v + BIAS_L1;
	double sum = 0, trace = 0, size = 0, L = fmax(lambda[0], fmax(lambda[1], lambda[2])), h = v[BIAS_H] * 2 / L;

	for (int i = 0; i < 3; i++) {
		double off = excess(h, v[BIAS_TAU], lambda[i]);
		sum += off * off;
		trace += lambda[i];
		size += v[BIAS_TAU] / lambda[i];
	}
	*left = sqrt(sum);
	*right = h / 4 * sqrt(v[BIAS_TAU] * trace) / (1 - v[BIAS_H]);
	*s = sqrt(size) * fmin(1, v[BIAS_H]) / (1 - v[BIAS_H]);
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "quadratic:d=2,kappa=4,L=2", .parameters = "gamma=0.9,tau=0.5", .steps = 64,
	  .note = "two eigenvalues, one to and fro", .ratio = 1, .deep_ratio = 1 },
	{ .objective = "quadratic:d=5,spectrum=one+gaussian-noise:sigma=2", .parameters = "gamma=0.5,tau=0.1",
	  .steps = 64, .note = "the noise of the gradients is a temperature", .ratio = 1, .deep_ratio = 1 })
CONTROL(control,
	{ .objective = "quadratic:d=2,kappa=4,L=2", .parameters = "gamma=0.9,tau=0.5", .steps = 64,
	  .note = "one percent less", .factor = 0.99 })
SHARP(sharp_below,
	{ .objective = "quadratic:d=2,kappa=4,L=2", .parameters = "gamma=0.9,tau=0.5", .steps = 64,
	  .note = "two eigenvalues, one to and fro", .ratio = 1, .deep_ratio = 1 },
	{ .objective = "gaussian-data:s=3/3/3,m=1,start=2", .parameters = "gamma=0.1,tau=1", .steps = 64,
	  .note = "a wide target", .ratio = 1 })
CONTROL(control_below,
	{ .objective = "quadratic:d=2,kappa=4,L=2", .parameters = "gamma=0.9,tau=0.5", .steps = 64,
	  .note = "one percent more", .factor = 1.01 },
	{ .objective = "quadratic:d=2,kappa=4,L=2", .parameters = "gamma=0.9,tau=0.5", .steps = 64,
	  .note = "two noises averaged (page lm-gaussian): a narrower law", .method = "lm:tau=0.5" })
SHARP(sharp_bias,
	{ .parameters = "h=0.005,tau=1,l1=1,l2=1,l3=1", .note = "a short step", .ratio = 0.99875 },
	{ .parameters = "h=0.5,tau=1,l1=1,l2=1,l3=1", .note = "gamma lambda = 1", .ratio = 0.8284 })
CONTROL(control_bias,
	{ .parameters = "h=0.005,tau=1,l1=1,l2=1,l3=1", .note = "a fifth in the place of a fourth", .factor = 0.8 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L"),
	[tau_] = { "tau", RATE_REAL, "1", 0, 1e50, NULL, "temperature" },
};
static const rate_param params_bias[] = {
	[BIAS_H] = { "h", RATE_REAL, "0.1", 1e-4, 0.99, NULL, "gamma L/2" },
	[BIAS_TAU] = { "tau", RATE_REAL, "1", 0.01, 100, NULL, "temperature" },
	[BIAS_L1] = { "l1", RATE_REAL, "1", 0.01, 100, NULL, "eigenvalue of A" },
	[BIAS_L2] = { "l2", RATE_REAL, "1", 0.01, 100, NULL, "eigenvalue of A" },
	[BIAS_L3] = { "l3", RATE_REAL, "1", 0.01, 100, NULL, "eigenvalue of A" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->need[MOST_OF_ALL];
}

MUST(admissible, gamma > 0 && gamma * c->need[MOST_OF_ALL] < 2 && tau >= 0, "0 < gamma < 2/L, tau >= 0")

static const char *applies(const rate_case *c)
{
	const char *unknown = spectrum_is_known(c);

	return unknown ? unknown : has_one_eigenvalue(c) || c->noise2 == 0
	    ? NULL : "run without gradient noise, where there are two eigenvalues";
}

static const char *applies_below(const rate_case *c)
{
	return c->noise2 == 0 ? applies(c) : "run with full gradients";
}

#define GAUSSIAN_CLAIM \
	.chapter = "sampling", .quantity = "E‖x_t − c‖²", .formula = "Σ ρ_i^(2t) e_i² + v_i(t)", \
	.source = "classical; proved in this file", .method = "sgld:batch=1", \
	NEEDS(NEEDS_OF_SPECTRUM, "noise2"), RANGE, .bound = bound, \
	.measure = rate_measure_dist2

CLAIM(ula_gaussian,
	.id = "ula-gaussian", .title = "Langevin steps on a Gaussian target", GAUSSIAN_CLAIM,
	.statement = "U = ⟨x − c, A(x − c)⟩/2, 0 < γ < 2/L, ρ_i = 1 − γλ_i: E‖x_t − c‖² = Σ ρ_i^(2t) e_i² + "
	             "v_i(t), "
	             "v_i(t) = (2τ + γσ²/d)(1 − ρ_i^(2t))/(λ_i(2 − γλ_i)); from above",
	.kind = RATE_EXPECTATION, .applies = applies, SHARP_AND_CONTROL)

CLAIM(ula_gaussian_below,
	.id = "ula-gaussian-below", .title = "Langevin steps on a Gaussian target, from below", GAUSSIAN_CLAIM,
	.statement = "as for ula-gaussian without gradient noise: E‖x_t − c‖² ≥ Σ ρ_i^(2t) e_i² + v_i(t)",
	.kind = RATE_LOWER_BOUND, .applies = applies_below, .sharp = sharp_below, .control = control_below)

CLAIM(ula_bias,
	.id = "ula-bias", .chapter = "sampling", .title = "The bias of Langevin steps on a Gaussian target",
	.statement = "U = ⟨x − c, A(x − c)⟩/2, 0 < γ < 2/L: W_2(limit law, N(c, τA⁻¹)) ≤ (γ/4) √(τ tr A)/(1 "
	             "− γL/2)",
	.quantity = "W_2(limit law, target)", .formula = "(γ/4) √(τ tr A)/(1 − γL/2)",
	.source = "classical; the constant is proved in this file", .kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params_bias), .evaluate = evaluate, .sharp = sharp_bias, .control = control_bias)
