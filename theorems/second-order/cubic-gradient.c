/*:
# Cubic Newton finds small gradients

Newton's model is blind to how fast the Hessian turns. Add the cube of the step's length, with the right weight, and the model lies above $f$: then each step can be priced. How small is the smallest gradient after $T$ of them?

**Theorem.** Let $f$ be twice differentiable, bounded below by $f_\star$, with an $L_2$-Lipschitz Hessian. Cubic Newton, $x_{t+1}=x_t+s$ with $s$ a global minimiser of
$$ \langle\nabla f(x_t),s\rangle+\tfrac12\langle\nabla^2f(x_t)s,s\rangle+\tfrac{L_2}6\|s\|^3 , $$
has, for every $T\ge1$,
$$ \min_{1\le t\le T}\|\nabla f(x_t)\|\;\le\;L_2^{1/3}\Bigl(\frac{3\,(f(x_0)-f_\star)}T\Bigr)^{2/3}\qquad\text{(cubic-nonconvex)}, $$
and if $f$ is convex
$$ \min_{1\le t\le T}\|\nabla f(x_t)\|\;\le\;L_2^{1/3}\Bigl(\frac{6\,(f(x_0)-f_\star)}{5\,T}\Bigr)^{2/3}\qquad\text{(cubic-gradient)}. $$

Gradient descent pays $\varepsilon^{-2}$ steps for a gradient of length $\varepsilon$, this method $\varepsilon^{-3/2}$. The start is left out of the minimum: where $\nabla f(x_0)=0$ the claim would be empty.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(M)
#include "cubic.h"

FORMULA(bound, T, cbrt(c->L_2) * pow(6 * d0 / (5 * T), 2.0 / 3))

FORMULA(bound_nonconvex, T, cbrt(c->L_2) * pow(3 * d0 / T, 2.0 / 3))

/*:
## Proof

One step is enough: we show
$$ \|\nabla f(x^+)\|^{3/2}\le K\sqrt{L_2}\,\bigl(f(x)-f(x^+)\bigr),\qquad K=3,\ \text{or }\tfrac65\text{ if }f\text{ is convex}; \tag{1} $$
the sum over $t<T$ of the right sides is at most $K\sqrt{L_2}(f(x_0)-f_\star)$, and the least of the left sides at most a $T$-th of that.

*What the minimiser of the model knows.* With $g=\nabla f(x)$, $H=\nabla^2f(x)$, $r=\|s\|$: the model's gradient vanishes at $s$, and a global minimum of it has (Nesterov and Polyak 2006, proposition 1)
$$ g+Hs+\tfrac{L_2}2rs=0,\qquad H+\tfrac{L_2}2rI\succeq0. \tag{2} $$
*The error of the gradient.* $e=\nabla f(x^+)-g-Hs$ has $\|e\|\le\frac12L_2r^2$. Write $\langle e,s\rangle=\frac\beta2L_2r^3$ with $|\beta|\le1$ and $\beta=1-2\rho^2$, $0\le\rho\le1$. By (2) $\nabla f(x^+)=e-\frac{L_2}2rs$, so
$$ \|\nabla f(x^+)\|^2\le\tfrac14L_2^2r^4-\tfrac\beta2L_2^2r^4+\tfrac14L_2^2r^4=\tfrac12L_2^2r^4(1-\beta)=(L_2r^2\rho)^2 . \tag{3} $$
*The error of the value.* Along the segment let $\phi(\tau)=f(x+\tau s)$ and $h(\tau)=(\phi''(\tau)-\phi''(0))/(L_2r^3)$. It is 1-Lipschitz, $h(0)=0$, $\int_0^1h=\frac\beta2$, and
$f(x^+)-f(x)-\langle g,s\rangle-\frac12\langle Hs,s\rangle=L_2r^3\int_0^1(1-\tau)h$. The weight $1-\tau$ falls, so the integral is largest if $h$ puts its mass as early as it may: $h=\min(\tau,2(1-\rho)-\tau)$, which has
$\int_0^1h=\frac12-\rho^2=\frac\beta2$ as it must. (The difference of any other $h$ to this one is first at most 0, then at least 0, and has integral 0.) That gives $\int(1-\tau)h=\frac16(1-2\rho^3)$.

*Without convexity.* By (2), $\langle g,s\rangle=-\langle Hs,s\rangle-\frac12L_2r^3$ and $\langle Hs,s\rangle\ge-\frac12L_2r^3$, so
$$ f(x)-f(x^+)\ge\tfrac12\langle Hs,s\rangle+\tfrac12L_2r^3-\tfrac16L_2r^3(1-2\rho^3)\ge L_2r^3\Bigl(\tfrac1{12}+\tfrac{\rho^3}3\Bigr). $$
With (3) the quotient in (1) is at most $\rho^{3/2}/(\frac1{12}+\frac{\rho^3}3)$, whose maximum is $3$, at $\rho^3=\frac14$.

*With convexity.* Let $k=\phi''/(L_2r^3)\ge0$, which is 1-Lipschitz, $k_0=k(0)$, $w=\frac12-\frac\beta2\in[0,1]$, so that $\int_0^1k=k_0+\frac12-w$. Exactly, $f(x)-f(x^+)=-\langle g,s\rangle-\int_0^1(1-\tau)\phi''=L_2r^3\bigl(w+\int_0^1\tau k\bigr)$, and (3) says
$\|\nabla f(x^+)\|\le L_2r^2\sqrt w$. If $w\ge\frac12$ the quotient is at most $w^{3/4}/w\le2^{1/4}<\frac65$. If $w<\frac12$, let $v=1-2w$. Among all $k$ with that integral $\int\tau k$ is least for $k=k_0+\tau$ on $[0,l]$ and 0 beyond, where
$k_0l+\frac12l^2=k_0+\frac v2$ and $l\le1$; so $\frac12l^2\ge\frac v2$ and $\int\tau k\ge\frac13l^3\ge\frac13v^{3/2}$. What is left is $w^{3/4}\le\frac65(w+\frac13v^{3/2})$ with $w=\frac12(1-v)$, that is
$2^{1/4}(1-v)^{3/4}\le\frac65\bigl(1-v+\frac23v^{3/2}\bigr)$. As $(1-v)^{3/4}\le1-\frac34v$ and $2^{1/4}<1.1893$, the right side minus the left is at least $0.0107-0.3081\,v+0.8\,v^{3/2}$, whose least value, at $\sqrt v=0.2568$, is above $0.0039$. $\square$

## How sharp it is

Convex: on a tent, $f''(x)=L_2(\tau-|x|)_+$ started at $(T+1)\tau$, the method walks down the straight part: every step has length $\tau$ and every gradient at $x_1,\dots,x_T$ is $\frac12L_2\tau^2$. The ratio grows to $0.7029$; it is ${{cubic-gradient#2.max_ratio:3}}$ at $T=64$.
Not convex: on a wave (objective `broken-curvature`, shape `wave`) every step is 1 and every gradient $\frac34$: ${{cubic-nonconvex#2.max_ratio:4}}$ at $T=256$. In a single step the constant cannot be below $2.4$, and no function is known that costs so much at every step.

## What is run

The smallest gradient among $x_1,\dots,x_t$ at every $t$, on tents, waves, logistic regression and whatever else has a Hessian with a known $L_2>0$. The parameter $M$ is the weight of the cube; the theorem wants $M=L_2$.

## What must fail

0.9 of the ratio on the tent; the rate $T^{-1}$ instead of $T^{-2/3}$ with the same constant. For the wave the same.

## Exercises

1. On the tent, show that a step from $x\ge2\tau$ is exactly $-\tau$.
2. ★ Redo the convex constant with $M=2L_2$: then $\|\nabla f(x^+)\|^2\le L_2^2r^4(\frac54-2b)$ and the decrease is $L_2r^3(1-b+\int\tau k)$ with $b=\frac\beta2$.
3. How many steps does each bound promise for $\|\nabla f\|\le\varepsilon$?
:*/

#define TENT_64 .objective = "broken-curvature:shape=tent,tau=1,start=65", .steps = 64
#define WAVE_256 .objective = "broken-curvature:shape=wave,T=256,start=257", .steps = 256
SHARP(sharp,
	{ .objective = "broken-curvature:shape=tent,tau=1,start=17", .note = "tent for T = 16", .steps = 16,
	  .ratio = 0.6840 },
	{ TENT_64, .note = "tent for T = 64", .ratio = 0.6980 },
	{ .objective = "broken-curvature:shape=tent,tau=0.003,L2=50,start=0.195", .note = "the same in other units",
	  .steps = 64, .ratio = 0.6980 })
CONTROL(control,
	{ TENT_64, .note = "0.9 of the ratio", .factor = 0.9 * 0.6980 },
	{ TENT_64, .note = "rate T^-1 instead of T^-2/3", .power = 1.0 / 3 })

SHARP(sharp_nonconvex,
	{ .objective = "broken-curvature:shape=wave,T=16,start=17", .note = "wave for T = 16", .steps = 16,
	  .ratio = 0.4260 },
	{ WAVE_256, .note = "wave for T = 256", .ratio = 0.4361 })
CONTROL(control_nonconvex,
	{ WAVE_256, .note = "0.9 of the ratio", .factor = 0.9 * 0.4361 },
	{ WAVE_256, .note = "rate T^-1 instead of T^-2/3", .power = 1.0 / 3 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[M_] = { "M", RATE_REAL, "auto", 0, 0, NULL, "weight of the cube, M = L_2" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)fraction;
	param[M_] = c->L_2;
}

MUST(admissible, fabs(M - c->L_2) <= 1e-12 * c->L_2, "M = L_2")

CLAIM(cubic_gradient,
	.id = "cubic-gradient", .chapter = "second-order",
	.title = "Cubic Newton finds small gradients of convex functions",
	.statement = "f convex, ∇²f L₂-Lipschitz, cubic steps with M = L₂: min_{1≤t≤T} ‖∇f(x_t)‖ ≤ L₂^(1/3) "
	             "(6(f(x_0) − f*)/(5T))^(2/3)",
	.quantity = "min_{1≤s≤t} ‖∇f(x_s)‖", .formula = "L₂^(1/3) (6(f(x_0) − f*)/(5t))^(2/3)",
	.source = "after Nesterov and Polyak, Cubic regularization of Newton method and its global performance, "
	          "Math. Program. 108 "
	          "(2006); the constant is proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "cubic-newton", NEEDS("convex", "L_2", "f_star"), RANGE,
	.accumulators = SHORTEST_KEPT, .power = 2.0 / 3, .applies = curved, .bound = bound, .observe = observe_shortest,
	.measure = measure_shortest, SHARP_AND_CONTROL)

CLAIM(cubic_nonconvex,
	.id = "cubic-nonconvex", .chapter = "second-order", .title = "Cubic Newton finds small gradients",
	.statement = "∇²f L₂-Lipschitz, f ≥ f*, cubic steps with M = L₂: min_{1≤t≤T} ‖∇f(x_t)‖ ≤ L₂^(1/3) (3(f(x_0) "
	             "− f*)/T)^(2/3)",
	.quantity = "min_{1≤s≤t} ‖∇f(x_s)‖", .formula = "L₂^(1/3) (3(f(x_0) − f*)/t)^(2/3)",
	.source = "after Nesterov and Polyak, Math. Program. 108 (2006), where the same steps give 12 in the place "
	          "of 3; proved in "
	          "this file",
	.kind = RATE_DETERMINISTIC, .method = "cubic-newton", NEEDS("L_2", "f_star"), RANGE,
	.accumulators = SHORTEST_KEPT,
	.power = 2.0 / 3, .applies = curved, .bound = bound_nonconvex, .observe = observe_shortest,
	.measure = measure_shortest, .sharp = sharp_nonconvex, .control = control_nonconvex)
