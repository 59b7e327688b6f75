/*:
# The last iterate on smooth and strongly convex functions

**Theorem.** Let $F=f+h$ with $f$ $\mu$-strongly convex and $L$-smooth, $h$ closed and convex, and $x_{t+1}=\operatorname{prox}_{\gamma_th}(x_t-\gamma_tg_t)$ for $t=0,\dots,N-1$, where
$\nabla f(x_t)$ is the mean of $g_t$, given the past, $\mathbb E\|g_t-\nabla f(x_t)\|^2\le\sigma^2$, and the steps are fixed in advance, $0<\gamma_t<\frac1L$; if $\sigma=0$, $\frac1L$ is allowed. Let
$w_{N-1}=\frac1{\gamma_{N-1}}$ and, for $t=N-1,\dots,1$, let $\theta_t\in(0,1]$ be the root of
$$ \bigl(w_t(1-\gamma_t\mu)+\mu\bigr)\,\theta^2+\Bigl(\frac1{\gamma_{t-1}}-\mu\Bigr)\,\theta=\frac1{\gamma_{t-1}},\qquad w_{t-1}=\frac{1-\theta_t}{\gamma_{t-1}} . $$
Then, with $R=\|x_0-x_\star\|$,
$$ \mathbb E F(x_N)-F_\star\;\le\;\frac{w_0(1-\gamma_0\mu)R^2}2+\frac12\sum_{t=0}^{N-1}w_t\gamma_t^2\,\frac{\sigma^2}{1-\gamma_tL} . $$

For $\mu=0$ this is the theorem for convex functions (li-smooth-recursion), with $w_t=s_t^{-2}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "smooth.h"

/* w_0 (1 - gamma_0 mu); and the sum of w_t gamma_t^2 times what the step lets in. The root is written without
 * cancellation, and so is 1 - theta: by the equation it is w_t (1 - gamma_t mu) theta^2/(1/gamma_{t-1} + mu theta). */
static double backwards(const rate_case *c, uint64_t N, double *noise)
{
	LETTERS(c);
	double w = 1 / c->step[N - 1];

	*noise = 0;
	for (uint64_t t = N - 1;; t--) {
		double gamma = c->step[t], kept = w * decay(gamma * mu, 1), previous, B, theta;
		*noise += w * gamma * gamma * let_in(c, gamma);
		if (t == 0)
			return kept;
		previous = c->step[t - 1];
		B = 1 / previous - mu;
		theta = 2 / (previous * (B + sqrt(B * B + 4 * (kept + mu) / previous)));
		w = kept * theta * theta / (1 + previous * mu * theta);
	}
}

static double transient(const rate_case *c, double t)
{
	LETTERS(c);
	double noise;

	return t > 0 ? backwards(c, (uint64_t)t, &noise) * D2 / 2 : INFINITY;
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double noise, w = backwards(c, (uint64_t)t, &noise);

	return w * D2 / 2 + noise / 2;
}

/*:
## Proof

As for convex functions (li-smooth-recursion), with what strong convexity adds. It improves the step: $f(x_t)-f(y)\le\langle\nabla f(x_t),x_t-y\rangle-\frac\mu2\|x_t-y\|^2$, so that
$$ 2\gamma\,\mathbb E(F(x_{t+1})-F(y))\le(1-\gamma\mu)\,\mathbb E\|x_t-y\|^2-\mathbb E\|x_{t+1}-y\|^2+\frac{\gamma^2\sigma^2}{1-\gamma L} ; $$
and the value between two points: for $y_t=(1-\theta_t)x_t+\theta_ty_{t-1}$
$$ \varphi_t\le(1-\theta_t)\,d_t+\theta_t\,\varphi_{t-1}-\tfrac\mu2\theta_t(1-\theta_t)\,\mathbb E\|x_t-y_{t-1}\|^2 . $$
*Claim:* $2(d_N-\varphi_t)\le w_t(1-\gamma_t\mu)\,\mathbb E\|x_t-y_t\|^2+\sum_{r\ge t}w_r\frac{\gamma_r^2\sigma^2}{1-\gamma_rL}$, from $t=N-1$ down to 0, where $y_0=x_\star$. In the step from $t$ to $t-1$ the values $d_t$
cancel as $w_{t-1}\gamma_{t-1}=1-\theta_t$, and $\mathbb E\|x_t-y_{t-1}\|^2$ has the coefficient
$$ w_t(1-\gamma_t\mu)\,\theta_t^2-\mu\,\theta_t(1-\theta_t)-w_{t-1}, $$
which is 0: this is the quadratic equation for $\theta_t$. $\square$

$w_{t-1}=0$ happens if $w_t(1-\gamma_t\mu)=0$, for instance when $\gamma_t=\frac1\mu=\frac1L$: one step of gradient descent solves $\frac L2\|x\|^2$, and the past is forgotten.

## How sharp it is

Nearly, where the function is not too well conditioned for the number of steps. On $\frac\mu2x^2$ plus $1-\mu$ times a Huber function, $L=1$, step 1: ratio ${{li-smooth-sc#1.max_ratio:3}}$ for $\mu=0.01$, $N=100$;
${{li-smooth-sc#2.max_ratio:3}}$ for $\mu=0.002$, $N=500$. Pure quadratics reach $0.89$, with noise $0.85$.

*Steps.* With $\gamma_t=\min\bigl\{\gamma,\frac{\pi}{2\mu(N+1)}\cot\frac{\pi(t+1)}{2(N+1)}\bigr\}$ (`shape=cotangent`) the bound is about $\frac{\pi^2}8\cdot\frac{\sigma^2}{\mu N}$ for large $N$; with
$\min\{\gamma,\frac1{\mu(t+1)}\}$ a logarithm is lost.

## What is run

The proximal gradient method with constant steps on every strongly convex smooth objective, with $h$ or without, with noise of known variance or without.

## What must fail

$0.857$ of the bound at $\mu=0.01$, $N=100$, which is $0.9$ of the ratio there; and the bound times $N^{-1/20}$ at $\mu=0.002$, $N=500$.

## Exercises

1. Show $\theta_t\in(0,1]$.
2. ★ Let $\sigma=0$ and $\gamma_t=\gamma$. Show that $w_t\to0$ geometrically as $t$ falls, and find the factor. *Hint:* for small $w$, $1-\theta\approx\gamma w(1-\gamma\mu)/(1+\gamma\mu)$.
3. Compare with $(1-\gamma\mu)^{N}$, the rate of gradient descent for the distance. Which bound is smaller for $N\gamma\mu\ll1$?
:*/

SHARP(sharp,
	{ .objective = "huber:tau=0.0015446199999999998,start=1,mu=0.01", .parameters = "gamma=1",
	  .note = "a parabola and a Huber function, N = 100", .steps = 100, .ratio = 0.95288 },
	{ .objective = "huber:tau=3e-4,start=1,mu=0.002", .parameters = "gamma=1", .note = "the same for N = 500",
	  .steps = 500, .ratio = 0.9883 },
	{ .objective = "quadratic:d=4,kappa=20+sign-noise:sigma=0.5", .parameters = "shape=cotangent,gamma=0.2",
	  .note = "cotangent steps with noise", .steps = 256 })
CONTROL(control,
	{ .objective = "huber:tau=0.0015446199999999998,start=1,mu=0.01", .parameters = "gamma=1",
	  .note = "0.857 of the bound; 0.953 is attained", .steps = 100, .factor = 0.857 },
	{ .objective = "huber:tau=3e-4,start=1,mu=0.002", .parameters = "gamma=1", .note = "the bound times N^-0.05",
	  .steps = 500, .power = 0.05 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[SMOOTH_SHAPE] = { "shape", RATE_CHOICE, "constant", 0, 0, "constant|linear|cotangent",
	    "gamma, gamma (1 - t/N), or pi/(2 mu (N+1)) cot(pi (t+1)/(2 (N+1))) cut at gamma" },
	[SMOOTH_GAMMA] = SMOOTH_STEP,
};

CLAIM(li_smooth_sc,
	.id = "li-smooth-sc", .chapter = "last-iterate",
	.title = "Last iterate on smooth and strongly convex functions, any steps",
	.statement = "F = f + h, f μ-strongly convex, L-smooth, noise of variance ≤ σ², 0 < γ_t < 1/L (≤ if σ = 0): "
	             "E F(x_N) − F* ≤ ½w_0(1 − γ_0μ)R² + ½Σw_tγ_t²σ²/(1 − γ_tL), w_{N−1} = 1/γ_{N−1}, "
	             "w_{t−1} = (1 − θ_t)/γ_{t−1}, "
	             "θ_t the root of (w_t(1 − γ_tμ) + μ)θ² + (1/γ_{t−1} − μ)θ = 1/γ_{t−1}",
	.quantity = "E F(x_t) − F*", .formula = "½w_0(1 − γ_0μ)R² + ½Σw_rγ_r²σ²/(1 − γ_rL)",
	.source = "in the spirit of " LIU_ZHOU,
	.kind = RATE_EXPECTATION, .method = "stochastic-proximal-gradient:batch=1",
	NEEDS("mu", "L", "noise2", "x_star", "f_star"), .params = RATE_ROWS(params), .choose = choose_smooth,
	.admissible = admissible_smooth, .steps = steps_smooth, .bound = bound, .transient = transient,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)
