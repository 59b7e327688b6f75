/*:
# SGD without convexity

**Theorem.** Let $f=\frac1n\sum_if_i$ be $L$-smooth, every $f_i$ $L_{\max}$-smooth and bounded below, $f_\star=\inf f$,
$\Delta_\star=f_\star-\frac1n\sum_i\inf f_i$. Let $\gamma>0$ and $x_{t+1}=x_t-\gamma\nabla f_{i_t}(x_t)$ with $i_t$ uniform and independent of the past. With
$B=\gamma^2LL_{\max}$, for every $T\ge1$
$$ \min_{t<T}\mathbb E\|\nabla f(x_t)\|^2\;\le\;\frac B\gamma\left[\frac{f(x_0)-f_\star}{1-(1+B)^{-T}}+\Delta_\star\right]. $$

Any step is allowed; a long one makes the bound useless, not false.
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

static double transient(const rate_case *c, double t)
{
	LETTERS(c);
	double B = gamma * gamma * L * L_max;

	return B / gamma * d0 / -expm1(-t * log1p(B));
}

FORMULA(bound, t, transient(c, t) + gamma * L * L_max * Delta_star)

/*:
(The code computes $1-(1+B)^{-T}$ with `expm1` and `log1p`: $B$ may be tiny.)

## Proof

As every $f_i$ is smooth and bounded below (lem-variance-transfer-delta), $\mathbb E\|\nabla f_i(x)\|^2\le2L_{\max}(f(x)-f_\star+\Delta_\star)$. Put this into the mean of
$f(x^+)\le f(x)-\gamma\langle\nabla f(x),\nabla f_i(x)\rangle+\frac{\gamma^2L}2\|\nabla f_i(x)\|^2$; with $\delta_t=\mathbb E f(x_t)-f_\star$ and $g_t=\mathbb E\|\nabla f(x_t)\|^2$
$$ \delta_{t+1}\le(1+B)\,\delta_t-\gamma g_t+B\Delta_\star . $$
Multiply by $w_t=(1+B)^{-(t+1)}$ and sum over $t<T$: the $\delta$ telescope, and $\gamma\sum w_tg_t\le\delta_0+B\Delta_\star\sum w_t$. Since
$\sum_{t<T}w_t=\frac{1-(1+B)^{-T}}B$, division by $\gamma\sum w_t$ gives the claim for the weighted mean of the $g_t$, hence for the least. $\square$

## How sharp it is

At $T=1$ exactly: with $n=1$, $f=\frac L2x^2$ and $\gamma=1/L$ one has $B=1$ and the bound is $2L\,(f(x_0)-f_\star)=\|\nabla f(x_0)\|^2$.

# Steps for a known horizon

**Theorem.** If $T$ steps of length $\gamma=\sqrt{2/(LL_{\max}T)}$ are made, then
$$ \min_{t<T}\mathbb E\|\nabla f(x_t)\|^2\;\le\;\sqrt{\frac{2LL_{\max}}T}\,\bigl(2\,(f(x_0)-f_\star)+\Delta_\star\bigr) . $$
The claim is on the horizon $T$ that the step was made for; the code says so with $+\infty$ at other times.
:*/

/* No step size of its own. */
static double bound_horizon(const rate_case *c, double t)
{
	CONSTANTS(c);

	return t == (double)c->T ? sqrt(2 * L * L_max / t) * (2 * d0 + Delta_star) : INFINITY;
}

/*:
**Proof.** Here $B=\frac2T$ and $\frac B\gamma=\gamma LL_{\max}=\sqrt{2LL_{\max}/T}$. And $(1+\frac2T)^T$ grows with $T$, so it
is at least 3 and $1/(1-(1+\frac2T)^{-T})\le\frac32\le2$. $\square$

**It is nearly attained** by two parabolas $\frac L2(x\mp c)^2$. With $u=\gamma L=\sqrt{2/T}$ the second moment of $x_t$ stays
where it is if it is $c^2u/(2-u)$; start there. Then $\mathbb E\|\nabla f(x_t)\|^2=L^2c^2u/(2-u)$ for all $t$, while the bound is
$Lu\,(\frac{Lc^2u}{2-u}+\frac{Lc^2}2)=\frac{L^2c^2u}{2-u}\cdot\frac{2+u}2$: the ratio is $\frac2{2+u}$, for $T=1000$ it is ${{sgd-nonconvex-horizon#1.max_ratio:3}}$.

## What is run

SGD on every smooth sum with a known $\Delta_\star$, convex or not. The claim is on the least of the *means*, not on the mean of the
least. For the second theorem each horizon is a run of its own.

## What must fail

$0.9$ of the first bound at $T=1$, where it is attained, and $0.88$ of the second on the two parabolas; of both a rate that is
better by $T^{-1/4}$. There is no control by step, as every step is admissible.

## Exercises

1. Find the limit of $1/(1-(1+\frac2T)^{-T})$. By how much could the factor 2 in the second bound be lowered for long runs?
2. Which is smaller, the least mean or the mean of the least? Which of the two can be estimated from runs without bias?
3. Check that the second moment $c^2u/(2-u)$ is stationary.
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=2,spectrum=one", .parameters = "gamma=1", .note = "a bowl, one step 1/L",
	  .steps = 1,
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "quadratic:d=2,spectrum=one", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained", .steps = 1, .factor = 0.9 },
	{ .objective = "pair:c=1,start=0.15123529955970713", .parameters = "gamma=0.04472135954999579",
	  .note = "the bound times T^-1/4", .steps = 1000, .power = 0.25 })
SHARP(sharp_horizon,
	{ .objective = "pair:c=1,start=0.15123529955970713", .note = "two parabolas, from the stationary second moment",
	  .steps = 1000, .ratio = 2 / 2.0447213595499958 })
CONTROL(control_horizon,
	{ .objective = "pair:c=1,start=0.15123529955970713", .note = "0.88 of the bound; 0.978 is attained",
	  .steps = 1000, .factor = 0.88 },
	{ .objective = "pair:c=1,start=0.15123529955970713", .note = "rate T^-3/4 instead of T^-1/2", .steps = 1000,
	  .power = 0.25 })

/*: {.plumbing} :*/
static const char *const needs[] = { "L", "L_max", "Delta_star", "f_star" };
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0; presets go up to 1/L_max") };

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction / L_max;
}

MUST(admissible, gamma > 0, "gamma > 0")

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_grad2_of(v, v->state[0], q, s);
}

static void steps_horizon(const rate_case *c, double *const *out)
{
	CONSTANTS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = sqrt(2 / (L * L_max * (double)c->T));
}

CLAIM(sgd_nonconvex,
	.id = "sgd-nonconvex", .chapter = "sgd", .title = "SGD without convexity",
	.statement = "f_i L_max-smooth, bounded below, f L-smooth, γ > 0, B = γ²L L_max: "
	             "min_{t<T} E‖∇f(x_t)‖² ≤ (B/γ)[(f(x_0) − f*)/(1 − (1+B)^(−T)) + Δ*]",
	.quantity = "min_{s<t} E‖∇f(x_s)‖²", .formula = "(B/γ)[(f(x_0) − f*)/(1 − (1+B)^(−t)) + Δ*]",
	.source = "after " HANDBOOK,
	.kind = RATE_EXPECTATION, .flags = RATE_MIN_OF_MEANS | RATE_MEASURE_FROM_ZERO, .method = "sgd:batch=1",
	.needs = RATE_LIST(needs), RANGE, .bound = bound, .measure = measure, SHARP_AND_CONTROL)

CLAIM(sgd_nonconvex_horizon,
	.id = "sgd-nonconvex-horizon", .chapter = "sgd", .title = "SGD without convexity, steps for a known horizon",
	.statement = "f_i L_max-smooth, bounded below, f L-smooth, γ = √(2/(L L_max T)): "
	             "min_{t<T} E‖∇f(x_t)‖² ≤ √(2L L_max/T) (2(f(x_0) − f*) + Δ*)",
	.quantity = "min_{s<T} E‖∇f(x_s)‖²", .formula = "√(2L L_max/T) (2(f(x_0) − f*) + Δ*)",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .flags = RATE_LAST | RATE_MIN_OF_MEANS | RATE_MEASURE_FROM_ZERO,
	.method = "sgd:batch=1", .needs = RATE_LIST(needs), .power = 0.5, .steps = steps_horizon,
	.bound = bound_horizon,
	.measure = measure, .sharp = sharp_horizon, .control = control_horizon)
