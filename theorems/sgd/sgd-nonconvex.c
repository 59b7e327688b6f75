/*:
# SGD without convexity

**Theorem.** Let $f=\frac1n\sum_if_i$ be $L$-smooth, every $f_i$ $L_{\max}$-smooth and bounded below, $f_\star=\inf f$,
$\Delta=f_\star-\frac1n\sum_i\inf f_i$. Let $\gamma>0$ and $x_{t+1}=x_t-\gamma\nabla f_{i_t}(x_t)$ with $i_t$ uniform and independent of the past. With
$B=\gamma^2LL_{\max}$, for every $T\ge1$
$$ \min_{t<T}\mathbb E\|\nabla f(x_t)\|^2\;\le\;\frac B\gamma\left[\frac{f(x_0)-f_\star}{1-(1+B)^{-T}}+\Delta\right]. $$

Any step is allowed; a long one makes the bound useless, not false.
:*/
#include "../common.h"

enum { GAMMA };

static double transient(const rate_case *c, double t)
{
	double gamma = c->param[GAMMA], B = gamma * gamma * c->L * c->L_max;

	return B / gamma * c->d0 / -expm1(-t * log1p(B));
}

static double bound(const rate_case *c, double t)
{
	return transient(c, t) + c->param[GAMMA] * c->L * c->L_max * c->Delta_star;
}

/*:
(The code computes $1-(1+B)^{-T}$ with `expm1` and `log1p`: $B$ may be tiny.)

## Proof

As every $f_i$ is smooth and bounded below, $\mathbb E\|\nabla f_i(x)\|^2\le2L_{\max}(f(x)-f_\star+\Delta)$. Put this into the mean of
$f(x^+)\le f(x)-\gamma\langle\nabla f(x),\nabla f_i(x)\rangle+\frac{\gamma^2L}2\|\nabla f_i(x)\|^2$; with $\delta_t=\mathbb E f(x_t)-f_\star$ and $g_t=\mathbb E\|\nabla f(x_t)\|^2$
$$ \delta_{t+1}\le(1+B)\,\delta_t-\gamma g_t+B\Delta . $$
Multiply by $w_t=(1+B)^{-(t+1)}$ and sum over $t<T$: the $\delta$ telescope, and $\gamma\sum w_tg_t\le\delta_0+B\Delta\sum w_t$. Since
$\sum_{t<T}w_t=\frac{1-(1+B)^{-T}}B$, division by $\gamma\sum w_t$ gives the claim for the weighted mean of the $g_t$, hence for the least. $\square$

## How sharp it is

At $T=1$ exactly: with $n=1$, $f=\frac L2x^2$ and $\gamma=1/L$ one has $B=1$ and the bound is $2L\,(f(x_0)-f_\star)=\|\nabla f(x_0)\|^2$.

## What is run

SGD on every smooth sum with a known $\Delta$, convex or not. The claim is on the least of the *means*, not on the mean of the least.

## What must fail

$0.9$ of the bound at $T=1$, where it is attained. There is no control by step, as every step is admissible.

## Exercises

1. Show that for $\gamma=\sqrt{2/(LL_{\max}T)}$ the bound is at most $\sqrt{2LL_{\max}/T}\,(2(f(x_0)-f_\star)+\Delta)$. (Use $1-(1+\frac2T)^{-T}\ge\frac23$.)
2. Which is smaller, the least mean or the mean of the least? Which of the two can be estimated from runs without bias?
:*/

static const struct instance sharp_table[] = {
	{ .objective = "quadratic:d=2,spectrum=one", .parameters = "gamma=1", .note = "a bowl, one step 1/L", .steps = 1, .ratio = 1 },
};
static const struct instance control_table[] = {
	{ .objective = "quadratic:d=2,spectrum=one",
	    .parameters = "gamma=1",
	    .note = "0.9 of the bound, which is attained",
	    .steps = 1,
	    .factor = 0.9 },
};

/*: {.plumbing} :*/
static const char *const needs[] = { "L", "L_max", "Delta_star", "f_star" };
static const rate_param params[] = { [GAMMA] = RATE_STEP_SIZE("gamma > 0; presets go up to 1/L_max") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = fraction / c->L_max;
}

static const char *admissible(const rate_case *c)
{
	return c->param[GAMMA] > 0 ? NULL : "gamma > 0";
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_grad2_of(v, v->state[0], q, s);
}

INSTANCES(sharp, sharp_table)
INSTANCES(control, control_table)

const rate_theorem sgd_nonconvex = { THEOREM,
	.id = "sgd-nonconvex",
	.chapter = "sgd",
	.title = "SGD without convexity",
	.statement = "f_i L_max-smooth, bounded below, f L-smooth, γ > 0, B = γ²L L_max: "
	             "min_{t<T} E‖∇f(x_t)‖² ≤ (B/γ)[(f(x_0) − f*)/(1 − (1+B)^(−T)) + Δ]",
	.quantity = "min_{s<t} E‖∇f(x_s)‖²",
	.formula = "(B/γ)[(f(x_0) − f*)/(1 − (1+B)^(−t)) + Δ]",
	.source = "after " HANDBOOK "; proved in this file",
	.kind = RATE_EXPECTATION,
	.flags = RATE_MIN_OF_MEANS | RATE_MEASURE_FROM_ZERO,
	.method = "sgd:batch=1",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.choose = choose,
	.admissible = admissible,
	.bound = bound,
	.measure = measure,
	.sharp = sharp,
	.control = control };
