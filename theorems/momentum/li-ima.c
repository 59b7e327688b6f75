/*:
# Momentum without smoothness: the last iterate with a constant step

**Theorem.** Let $f$ be convex, let $x_\star$ minimise $f$, and let $g_t$ be random with mean a subgradient of $f$ at $x_t$ and
$\mathbb E\|g_t\|^2\le G^2$, given the past. Let $\eta>0$, $z_0=x_0$ and
$$ z_{t+1}=z_t-\eta g_t,\qquad x_{t+1}=\frac{(t+1)\,x_t+z_{t+1}}{t+2} . $$
Then for every $T\ge0$
$$ \mathbb E f(x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\eta\,(T+1)}+\frac{\eta G^2}2 . $$
With $\eta=\frac{\|x_0-x_\star\|}{G\sqrt{T+1}}$ this is $\frac{\|x_0-x_\star\|\,G}{\sqrt{T+1}}$, which no method can beat.

The last point of the plain subgradient method with a constant step is worse by a factor $\log T$. Here $x_t$ is the average of
$z_0,\dots,z_t$, and the gradients are taken at this average.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(eta)
#include "../common.h"

FORMULA(transient, t, D2 / (2 * eta * (t + 1)))

FORMULA(bound, t, transient(c, t) + eta * G * G / 2)

/*:
## Proof

From $(t+1)x_t=t\,x_{t-1}+z_t$ one has $z_t=x_t+t(x_t-x_{t-1})$. Let $h_t$ be the mean of $g_t$ given the past, a subgradient at
$x_t$, and $\delta_t=f(x_t)-f_\star$. Convexity, used twice:
$$ \langle h_t,z_t-x_\star\rangle=\langle h_t,x_t-x_\star\rangle+t\,\langle h_t,x_t-x_{t-1}\rangle
 \;\ge\;(t+1)\,\delta_t-t\,\delta_{t-1} . $$
So $\mathbb E\|z_{t+1}-x_\star\|^2\le\mathbb E\|z_t-x_\star\|^2-2\eta\,\mathbb E\bigl((t+1)\delta_t-t\delta_{t-1}\bigr)+\eta^2G^2$.
Sum over $t=0,\dots,T$: the $\delta$ telescope, $2\eta(T+1)\,\mathbb E\delta_T\le\|x_0-x_\star\|^2+(T+1)\eta^2G^2$. $\square$

## How sharp it is

Exactly, in two ways. On $f=G|x|$ from $x_0=\eta G(T+1)$ one has $x_t=x_0-\frac12\eta Gt$, and the gap
$\eta G^2(\frac T2+1)$ is the bound at $T$. And with the best $\eta$ on the function of Drori and Teboulle with $T+1$ pieces,
$$ f(x)=\max\Bigl\{G\max_ix_i,\ G\|x\|-GR\bigl(1+\tfrac1{\sqrt{T+1}}\bigr)\Bigr\}\quad\text{in }\mathbb R^{T+1}, $$
started at 0: $T$ steps touch $T$ coordinates, one is left at 0, so $f(x_T)=0$ and $f_\star=-GR/\sqrt{T+1}$.

# The same with full gradients of a smooth function

**Theorem.** Let $f$ be convex and $L$-smooth, $g_t=\nabla f(x_t)$ and $0<\eta\le\frac1L$. Then for every $T\ge0$
$$ f(x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\eta\,(T+1)} . $$
In heavy-ball form the method is $x_{t+1}=x_t-\frac\eta{t+2}\nabla f(x_t)+\frac t{t+2}(x_t-x_{t-1})$, and so it is run.
:*/

static double bound_smooth(const rate_case *c, double t)
{
	return transient(c, t);
}

static void steps_smooth(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = eta / ((double)t + 2);
		out[1][t] = (double)t / ((double)t + 2);
	}
}

/*:
**Proof.** A convex smooth function has $\langle\nabla f(x),x-x_\star\rangle\ge f(x)-f_\star+\frac1{2L}\|\nabla f(x)\|^2$. With this
in the place of the first use of convexity,
$$ \|z_{t+1}-x_\star\|^2\le\|z_t-x_\star\|^2-2\eta\bigl((t+1)\delta_t-t\delta_{t-1}\bigr)
 -\eta\bigl(\tfrac1L-\eta\bigr)\|\nabla f(x_t)\|^2 , $$
and the last term is not positive. Sum as before. $\square$

**It is attained** for every $T$ at $\eta=1/L$, by the Huber function with $\tau=R/(\eta LT+1)$: on its straight arm
$x_t=R-\frac12\eta L\tau t$, so the gap is $LR^2/(2(\eta LT+1))$, of the bound $\frac{\eta L(T+1)}{\eta LT+1}$. For $\eta L>1$ this
is more than 1: the end of the range is sharp too. Gradient descent with $\eta=1/L$ has the bound $LR^2/(4T+2)$, half as much:
this averaging is for noise, it costs a factor 2 without it.

## What is run

The first method on every convex Lipschitz objective, the second on every convex smooth one; both at every $t$.

## What must fail

$0.9$ of each bound where it is attained. Of the first a rate that is better by $T^{-1/4}$, at the best $\eta$ for $T$; of the
second steps $1.01/L$ at $T=1$ and $1.5/L$ at $T=8$.

## Exercises

1. Check that $x_t$ is the plain average of $z_0,\dots,z_t$.
2. *Compute.* Find the ratio of the second theorem for $\eta L=1.01$, $T=1$, and run it.
3. The subgradient method takes its gradients at $z_t$ and averages afterwards. Compare the two bounds. Which of the two methods needs to know $T$?
:*/

SHARP(sharp,
	{ .objective = "minimax:T=65,G=1,R=1", .parameters = "eta=0.12403473458920845",
	  .note = "the function of Drori and Teboulle with 65 pieces, T = 64", .steps = 64, .ratio = 1 },
	{ .objective = "abs:start=1", .parameters = "eta=0.00390625", .note = "|x| from eta (T + 1), T = 255",
	  .steps = 255, .ratio = 1 })
CONTROL(control,
	{ .objective = "minimax:T=65,G=1,R=1", .parameters = "eta=0.12403473458920845",
	  .note = "0.9 of the bound, which is attained", .steps = 64, .factor = 0.9 },
	{ .objective = "minimax:T=65,G=1,R=1", .parameters = "eta=0.12403473458920845",
	  .note = "the bound times T^-1/4",
	  .steps = 64, .power = 0.25 })
SHARP(sharp_smooth,
	{ .objective = "huber:tau=0.00390625,start=1", .parameters = "eta=1", .note = "Huber function for T = 255",
	  .steps = 255, .ratio = 1 },
	{ .objective = "huber:tau=0.25,start=1", .parameters = "eta=1", .note = "the same for T = 3", .steps = 3,
	  .ratio = 1 })
CONTROL(control_smooth,
	{ .objective = "huber:tau=0.00390625,start=1", .parameters = "eta=1",
	  .note = "0.9 of the bound, which is attained", .steps = 255, .factor = 0.9 },
	{ .objective = "huber:tau=0.49751243781094534,start=1", .parameters = "eta=1.01",
	  .note = "1.01 times the largest step, one step: 2.02/2.01", .steps = 1 },
	{ .objective = "huber:tau=0.07692307692307693,start=1", .parameters = "eta=1.5",
	  .note = "1.5 times the largest step, T = 8: 13.5/13", .steps = 8 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "G", "x_star", "f_star" };
static const rate_param params[] = { [eta_] = { "eta", RATE_REAL, "auto", 0, 0, NULL, "step of z, eta > 0" } };
static const rate_param params_smooth[] = { [eta_] = { "eta", RATE_REAL, "auto", 0, 0, NULL,
	                                               "step of z, 0 < eta <= 1/L" } };

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);
	double R = D2 > 0 ? sqrt(D2) : 1;

	param[eta_] = fraction * R / (G * sqrt((double)c->T + 1));
}

MUST(admissible, eta > 0, "eta > 0")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = eta;
		out[1][t] = (double)t + 1;
	}
}

static void choose_smooth(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[eta_] = fraction / L;
}

MUST(admissible_smooth, AT_MOST(eta, 1 / L), "0 < eta <= 1/L")

CLAIM(li_ima,
	.id = "li-ima", .chapter = "momentum",
	.title = "Iterate moving average on convex Lipschitz functions, last iterate",
	.statement = "f convex, E‖g_t‖² ≤ G², z_{t+1} = z_t − ηg_t, x_{t+1} = ((t+1)x_t + z_{t+1})/(t+2), η > 0: "
	             "E f(x_T) − f* ≤ ‖x_0 − x*‖²/(2η(T+1)) + ηG²/2",
	.quantity = "E f(x_t) − f*", .formula = "D²/(2η(t+1)) + ηG²/2",
	.source = "method of Sebbouh, Gower and Defazio 2021 and of Defazio and Gower 2021",
	.kind = RATE_EXPECTATION, .method = "ima:batch=1", .needs = RATE_LIST(needs), RANGE, .schedules = 2,
	.steps = steps, .bound = bound, .transient = transient, .measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(li_hb_ima_smooth,
	.id = "li-hb-ima-smooth", .chapter = "momentum",
	.title = "Heavy ball as averaging on convex smooth functions, last iterate",
	.statement = "f convex, L-smooth, 0 < η ≤ 1/L, x_{t+1} = x_t − η/(t+2) ∇f(x_t) + t/(t+2) (x_t − x_{t−1}): "
	             "f(x_T) − f* ≤ ‖x_0 − x*‖²/(2η(T+1))",
	.quantity = "f(x_t) − f*", .formula = "D²/(2η(t+1))",
	.source = "Ghadimi, Feyzmahdavian and Johansson, Global convergence of the heavy-ball method for convex "
	          "optimization, 2015",
	.kind = RATE_DETERMINISTIC, .method = "heavy-ball", NEEDS("convex", "L", "x_star", "f_star"),
	.params = RATE_ROWS(params_smooth), .schedules = 2, .power = 1, .choose = choose_smooth,
	.admissible = admissible_smooth, .steps = steps_smooth, .bound = bound_smooth, .measure = rate_measure_gap,
	.sharp = sharp_smooth, .control = control_smooth)
