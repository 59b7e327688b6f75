/*:
# The optimised gradient method

**Theorem** (Kim and Fessler 2016). Let $f$ be convex and $L$-smooth with a minimiser $x_\star$, $0<\gamma\le1/L$, $N\ge1$, $\theta_0=1$ and
$$ \theta_{i+1}=\tfrac12\bigl(1+\sqrt{1+4\theta_i^2}\bigr)\ (i\le N-2),\qquad\theta_N=\tfrac12\bigl(1+\sqrt{1+8\theta_{N-1}^2}\bigr). $$
From $y_0=x_0$ let $y_{i+1}=x_i-\gamma\nabla f(x_i)$ and
$$ x_{i+1}=y_{i+1}+\frac{\theta_i-1}{\theta_{i+1}}(y_{i+1}-y_i)+\frac{\theta_i}{\theta_{i+1}}(y_{i+1}-x_i),\qquad i<N. $$
Then
$$ f(x_N)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\gamma\,\theta_N^2}. $$

The horizon $N$ is known from the start: the last $\theta$ is another one. As $\theta_N^2\approx2t_{N-1}^2$, this halves the bound of Nesterov's method at the same price; the chapter on lower bounds (drori-lb) shows that no method that moves in the
span of the gradients it has seen can have a better one.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "accelerated.h"

/* theta_{i+1}, i + 1 <= N */
static double next_theta(double theta, uint64_t i, uint64_t N)
{
	return i + 1 < N ? next_t(theta) : (1 + sqrt(1 + 8 * theta * theta)) / 2;
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	uint64_t N = (uint64_t)t;
	double theta = 1;

	for (uint64_t i = 0; i < N; i++)
		theta = next_theta(theta, i, N);
	return D2 / (2 * gamma * theta * theta);
}

/*:
## Proof

$f$ is $\frac1\gamma$-smooth too, so let $\gamma=1$ after scaling. Write $g_i=\nabla f(x_i)$, $f_i=f(x_i)$. A convex $1$-smooth function satisfies (lem-smooth-convex-lower), for all $u$, $w$,
$$ Q(u,w)=f(u)-f(w)-\langle\nabla f(w),u-w\rangle-\tfrac12\|\nabla f(u)-\nabla f(w)\|^2\ge0. $$
Only these are used: $Q(x_{i-1},x_i)$ and $Q(x_\star,x_i)$. Let $z_0=x_0$, $z_{i+1}=z_i-2\theta_ig_i$. The definition of $x_{i+1}$ says, by induction,
$$ x_i=\Bigl(1-\frac1{\theta_i}\Bigr)y_i+\frac1{\theta_i}z_i. \tag{1} $$

*Inner steps.* For $i\le N-1$ put
$$ \Phi_i=2\theta_i^2\bigl(f_i-f_\star-\tfrac12\|g_i\|^2\bigr)+\tfrac12\|z_{i+1}-x_\star\|^2. $$
Then $\Phi_{i-1}-\Phi_i=2\theta_{i-1}^2\,Q(x_{i-1},x_i)+2\theta_i\,Q(x_\star,x_i)\ge0$ for $1\le i\le N-1$. To see it, expand both sides. The $f$'s agree as $\theta_i^2-\theta_i=\theta_{i-1}^2$. What is left on the right is
$$ -2\theta_{i-1}^2\langle g_i,x_{i-1}-x_i\rangle-2\theta_i\langle g_i,x_\star-x_i\rangle-\theta_{i-1}^2\|g_{i-1}-g_i\|^2-\theta_i\|g_i\|^2, $$
where (1) turns $\theta_{i-1}^2(x_i-y_i)+\theta_i(x_i-z_i)$ into 0, with $y_i=x_{i-1}-g_{i-1}$: so the inner products are $-2\theta_{i-1}^2\langle g_i,g_{i-1}\rangle-2\theta_i\langle g_i,x_\star-z_i\rangle$. On the left,
$\frac12\|z_i-x_\star\|^2-\frac12\|z_{i+1}-x_\star\|^2=2\theta_i\langle g_i,z_i-x_\star\rangle-2\theta_i^2\|g_i\|^2$, and the remaining squares are $-\theta_{i-1}^2\|g_{i-1}\|^2+\theta_i^2\|g_i\|^2$. Both sides are equal.

*First step.* In the same way $\frac12\|x_0-x_\star\|^2-\Phi_0=2\,Q(x_\star,x_0)\ge0$.

*Last step.* $\theta_N^2-\theta_N=2\theta_{N-1}^2$. With $z=z_N-\theta_Ng_N$ the same expansion gives
$$ \Phi_{N-1}-\Bigl[\theta_N^2(f_N-f_\star)+\tfrac12\|z-x_\star\|^2\Bigr]=2\theta_{N-1}^2\,Q(x_{N-1},x_N)+\theta_N\,Q(x_\star,x_N)\ge0. $$
So $\theta_N^2(f_N-f_\star)\le\Phi_{N-1}\le\Phi_0\le\frac12\|x_0-x_\star\|^2$. $\square$

## How sharp it is

Exactly, and twice. On the bowl $\frac L2\|x\|^2$ (with $\gamma=1/L$) and on the Huber function with slope $R/\theta_N^2$ the method ends with exactly the bound. Two worst cases as far apart as these, balanced against each
other, are the mark of an optimal method.

## What is run

The method at several horizons on every smooth convex function with a known minimiser. Sharp: both functions, at $N=20$ and $N=100$.

## What must fail

$0.9$ of the bound on either; and the rate $N^{-5/2}$.
:*/

SHARP(sharp,
	{ .objective = "huber:L=1,tau=0.0038088688712970835", .parameters = "gamma=1",
	  .note = "the Huber function for N = 20", .steps = 20, .ratio = 1 },
	{ .objective = "huber:L=1,tau=0.00018607885449541264", .parameters = "gamma=1",
	  .note = "the Huber function for N = 100", .steps = 100, .ratio = 1 },
	{ .objective = "quadratic:d=2,spectrum=one", .parameters = "gamma=1", .note = "a bowl", .steps = 100,
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "huber:L=1,tau=0.00018607885449541264", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained", .steps = 100, .factor = 0.9 },
	{ .objective = "quadratic:d=2,spectrum=one", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained", .steps = 100, .factor = 0.9 },
	{ .objective = "huber:L=1,tau=0.00018607885449541264", .parameters = "gamma=1",
	  .note = "rate N^-5/2 instead of N^-2", .steps = 100, .power = 0.5 })

/*:
## Exercises

1. What is the method for $N=1$?
2. ★ Show by $Q$ alone that $f(y_{i+1})\le f_i-\frac12\|g_i\|^2$ for $\gamma=1$; what then does $\Phi_i\le\Phi_0$ say about $y_{i+1}$, without any horizon?
3. Check the bowl: show $x_N=\pm x_0/\theta_N$.
:*/

/*: {.plumbing} :*/
STEP(gamma, 1 / L, "0 < gamma <= 1/L")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);
	double theta = 1;

	for (uint64_t i = 0; i < c->T; i++) {
		double next = next_theta(theta, i, c->T);
		out[0][i] = gamma;
		out[1][i] = (theta - 1) / next;
		out[2][i] = theta / next;
		theta = next;
	}
}

CLAIM(ogm,
	.id = "ogm", .chapter = "acceleration", .title = "The optimised gradient method",
	.statement = "f convex, L-smooth, 0 < γ ≤ 1/L, θ_0 = 1, θ_{i+1} = (1 + √(1 + 4θ_i²))/2, "
	             "θ_N = (1 + √(1 + 8θ_{N−1}²))/2: "
	             "f(x_N) − f* ≤ ‖x_0 − x*‖²/(2γ θ_N²)",
	.quantity = "f(x_N) − f*", .formula = "D²/(2γ θ_N²)",
	.source = "Kim & Fessler, Optimized first-order methods for smooth convex minimization, Math. Program. "
	          "159 (2016), 81-107",
	.kind = RATE_DETERMINISTIC, .flags = RATE_LAST, .method = "ogm", NEEDS("convex", "L", "x_star", "f_star"),
	RANGE,
	.schedules = 3, .power = 2, .steps = steps, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
