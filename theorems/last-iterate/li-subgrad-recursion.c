/*:
# The last iterate of the subgradient method, any steps

The subgradient method does not descend: one waits for an average or for the best point so far. What does its *last* point know?

**Theorem.** Let $f$ be convex on a closed convex set $C$, and $\mu$-strongly convex if $\mu>0$. Let $x_{t+1}=P_C(x_t-\gamma_tg_t)$ for $t=0,\dots,N-1$ with steps $\gamma_t>0$ that are
fixed in advance, where the mean of $g_t$, given the past, is a subgradient of $f$ at $x_t$ and $\mathbb E\|g_t\|^2\le G^2$ for $t=0,\dots,N$. Choose $\rho>0$ with $\rho\mu\le1$, put
$b_N=\frac1\rho$ and, for $t=N-1,\dots,0$,
$$ q_t=\gamma_t\,(b_{t+1}-\mu),\qquad b_t=\frac{b_{t+1}}{(1+q_t)^2} . $$
Then, with $R=\|x_0-x_\star\|$,
$$ \mathbb E f(x_N)-f_\star\;\le\;\frac{(b_0-\mu)_+R^2}2+\frac{G^2}2\Bigl(\rho+\sum_{t=0}^{N-1}\gamma_tq_t\Bigr) . $$
If some $b_t\le\mu$ is met, stop there: the first term is 0 and the sum runs from that $t$ on.

**Mind the hypothesis** on $g_N$: the method does not step from $x_N$, but the bound $G$ has to hold there too.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "reference.h"

enum { SHAPE, GAMMA, POWER, RHO };
enum { POWERS, WAVE };

/*:
The bound as code. The usual choice is $\rho=\gamma_{N-1}$, the last step.
:*/

static double bound(const rate_case *c, double t)
{
	const double D2 = c->D2, G = c->G;
	uint64_t N = (uint64_t)t;
	double mu = c->mu > 0 ? c->mu : 0;
	double rho = c->param[RHO] > 0 ? c->param[RHO] : c->step[N - 1];
	struct reference b = move_reference(c->step, N, mu > 0 ? fmin(rho, 1 / mu) : rho, mu);

	return b.start * D2 / 2 + b.noise * G * G / 2;
}

/*:
## Proof

The usual proof compares all $x_t$ with $x_\star$. Here the point of comparison moves: from $x_\star$ to the iterates. Let $y_{-1}=x_\star$ and
$$ y_t=(1-\theta_t)\,x_t+\theta_t\,y_{t-1},\qquad\theta_t=\frac1{1+q_t} . $$
Write $D_t^2=\mathbb E\|x_t-y_{t-1}\|^2$, $d_t=\mathbb E f(x_t)-f_\star$, $\varphi_t=\mathbb E f(y_t)-f_\star$; so $D_0=R$ and $\varphi_{-1}=0$. Three inequalities are needed.

1. *A step.* $y_t\in C$, the projection brings no points farther apart (lem-prox-nonexpansive), and $x_t-y_t=\theta_t(x_t-y_{t-1})$. Take means; $y_{t-1}$ is known before $g_t$:
$$ D_{t+1}^2\le\theta_t(\theta_t-\mu\gamma_t)\,D_t^2-2\gamma_t\theta_t\,(d_t-\varphi_{t-1})+\gamma_t^2G^2 . $$
2. *The end.* From $0\le\|x_N-y_{N-1}-\rho g_N\|^2$ in the same way
$$ 2\,(d_N-\varphi_{N-1})\le(b_N-\mu)\,D_N^2+\rho\,G^2 . $$
3. *Convexity.* $\varphi_t\le(1-\theta_t)\,d_t+\theta_t\,\varphi_{t-1}-\frac\mu2\theta_t(1-\theta_t)D_t^2$.

*Claim:* $2(d_N-\varphi_{t-1})\le(b_t-\mu)D_t^2+G^2\bigl(\rho+\sum_{s\ge t}\gamma_sq_s\bigr)$ for $t=N,\dots,0$. For $t=N$ this is 2. Suppose it for $t+1$ and put 1 into it, with the weight
$w=b_{t+1}-\mu\ge0$, and 3. As $w\gamma_t=q_t$ and $q_t\theta_t=1-\theta_t$,

- $d_t$ has the coefficient $2(1-\theta_t)-2w\gamma_t\theta_t=0$: the values in between *cancel*, and this is why the $\theta_t$ were chosen so;
- $\varphi_{t-1}$ has $2\theta_t+2w\gamma_t\theta_t=2$;
- $D_t^2$ has $w\theta_t^2-\mu w\gamma_t\theta_t-\mu\theta_t(1-\theta_t)=(w+\mu)\theta_t^2-\mu=b_t-\mu$;
- $G^2$ has $w\gamma_t^2=\gamma_tq_t$ more than before.

This is the claim for $t$; for $t=0$ it is the theorem. If $b_t\le\mu$ for some $t>0$, let the comparison rest at $x_\star$ until then: $y_{t-1}=x_\star$, $\varphi_{t-1}=0$. $\square$

Nothing was lost but by convexity and by $0\le\|\cdot\|^2$, and one function can make all of these equalities.

## How sharp it is

Exactly. For $\mu=0$, $\rho=\gamma_{N-1}$ there are unit vectors $h_0,\dots,h_N$ with products $\langle h_t,h_s\rangle=c_s$ for $s<t$ such that
$$ f(x)=\max\bigl\{\max_t\langle h_t,x\rangle,\,-v\bigr\} $$
attains the bound from $x_0=0$: the method sees $h_0,h_1,\dots$ in turn. The numbers $c_s$ come from a recursion like the one above (objective `last-iterate-worst`). For constant steps and
for steps $\gamma(t+1)^{-p}$ this function exists unless the steps are short for the distance, and then a straight slope is worst. For steps that vary wildly another $\rho$ may be better, as
any $\rho$ gives a true bound.

## What is run

The projected subgradient method with steps $\gamma(t+1)^{-p}$ on every convex objective with a known $G$, with and without noise; the bound is judged after every step. Sharp: the function
above for $p=0,\frac14,\frac12$ and for steps that go up and down.

## What must fail

$0.9$ of the bound on it.

## Exercises

1. Let $\mu=0$, $N=1$, $\rho=\gamma_0=\gamma$. Show that the bound is $\frac{R^2}{8\gamma}+\gamma G^2$. What is its least value?
2. Let $\mu=0$ and $s_t=b_t^{-1/2}$. Show $s_t=s_{t+1}+\gamma_t/s_{t+1}$. Which steps make $s_t$ a linear function of $t$?
3. Where does the proof use that the steps are fixed in advance?
:*/

static double step_at(double shape, double gamma, double power, uint64_t t)
{
	return shape == WAVE ? gamma * (1 + 0.3 * sin((double)t)) : gamma * pow((double)(t + 1), -power);
}

static const struct instance sharp_table[] = {
	{ .objective = "last-iterate-worst:N=64,gamma=0.1",
	    .parameters = "gamma=0.1,p=0",
	    .note = "64 constant steps",
	    .steps = 64,
	    .ratio = 1 },
	{ .objective = "last-iterate-worst:N=64,gamma=0.3,p=0.25",
	    .parameters = "gamma=0.3,p=0.25",
	    .note = "64 steps like t^-1/4",
	    .steps = 64,
	    .ratio = 1 },
	{ .objective = "last-iterate-worst:N=100,gamma=1,p=0.5",
	    .parameters = "gamma=1,p=0.5",
	    .note = "100 steps like t^-1/2",
	    .steps = 100,
	    .ratio = 1 },
};
CONTROL(control,
	{ .objective = "last-iterate-worst:N=64,gamma=0.1", .parameters = "gamma=0.1,p=0",
	  .note = "0.9 of the bound, which is attained", .steps = 64, .factor = 0.9 },
	{ .objective = "last-iterate-worst:N=100,gamma=1,p=0.5", .parameters = "gamma=1,p=0.5",
	  .note = "0.9 of the bound, which is attained", .steps = 100, .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[SHAPE] = { "shape", RATE_CHOICE, "powers", 0, 0, "powers|wave", "gamma (t+1)^-p, or gamma (1 + 0.3 sin t)" },
	[GAMMA] = RATE_STEP_SIZE("gamma > 0"),
	[POWER] = { "p", RATE_REAL, "0.5", 0, 1, NULL, "exponent of the steps" },
	[RHO] = { "rho", RATE_REAL, "0", 0, 1e100, NULL, "rho; 0: the last step" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = fraction * natural_step(c) * pow((double)c->T, param[POWER] - 0.5);
}

static const char *admissible(const rate_case *c)
{
	return c->param[GAMMA] > 0 ? NULL : "gamma > 0";
}

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = step_at(c->param[SHAPE], c->param[GAMMA], c->param[POWER], t);
}

/* The table, then the instance whose steps are no power: they are handed over as a list. */
static int sharp(uint32_t k, rate_instance *out)
{
	const uint32_t rows = sizeof sharp_table / sizeof sharp_table[0];
	enum { N = 20 };
	size_t used;

	if (k != rows)
		return instance_row(sharp_table, rows, k, out);
	say(out->objective, "last-iterate-worst:shape=list,steps=");
	for (uint64_t t = 0; t < N; t++) {
		used = strlen(out->objective);
		snprintf(out->objective + used, out->text_size - used, "%s%.17g", t ? "/" : "",
		         step_at(WAVE, 0.25, 0, t));
	}
	say(out->parameters, "shape=wave,gamma=0.25");
	say(out->note, "%d steps that go up and down", N);
	out->steps = N;
	out->ratio = 1;
	out->deep_ratio = NAN;
	out->factor = 1;
	return RATE_OK;
}

CLAIM(li_subgrad_recursion,
	.id = "li-subgrad-recursion", .chapter = "last-iterate",
	.title = "Last iterate of the subgradient method, any steps",
	.statement = "f convex (μ-strongly convex), E‖g_t‖² ≤ G², steps γ_t > 0 fixed in advance: "
	             "E f(x_N) − f* ≤ (b_0 − μ)₊R²/2 + "
	             "(ρ + Σγ_t q_t)G²/2 with b_N = 1/ρ, q_t = γ_t(b_{t+1} − μ), b_t = b_{t+1}/(1 + q_t)²",
	.quantity = "E f(x_t) − f*", .formula = "(b_0 − μ)₊R²/2 + (ρ + Σγ_t q_t)G²/2",
	.source = "the technique of " ZAMANI_GLINEUR " and " LIU_ZHOU,
	.kind = RATE_EXPECTATION, .method = "subgradient", NEEDS("convex", "G", "x_star", "f_star"), RANGE,
	.power = 0.5,
	.steps = steps, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
