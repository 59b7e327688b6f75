/*:
# SGD on convex smooth functions under interpolation

**Theorem.** Let $f=\frac1n\sum_i f_i$ with every $f_i$ convex and $L_{\max}$-smooth, and let one point $x_\star$ minimise every $f_i$. Let
$0<\gamma<1/L_{\max}$ and $x_{t+1}=x_t-\gamma\nabla f_{i_t}(x_t)$ with $i_t$ uniform and independent of the past. The average
$\bar x_t=\frac1t\sum_{s<t}x_s$ obeys, for every $t\ge1$,
$$ \mathbb E f(\bar x_t)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\gamma(1-\gamma L_{\max})\,t} . $$

The noise dies out by itself at the solution, so a constant step reaches it.
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(bound, t, D2 / (2 * gamma * (1 - gamma * L_max) * t))

/*:
## Proof

A smooth function that is minimised at $x_\star$ has (lem-gradient-bound) $\|\nabla f_i(x)\|^2\le2L_{\max}(f_i(x)-f_i(x_\star))$; in the mean over $i$ the right side is
$2L_{\max}(f(x)-f_\star)$. Write out the square and use convexity:
$$ \mathbb E\|x^+-x_\star\|^2\le\|x-x_\star\|^2-2\gamma(1-\gamma L_{\max})(f(x)-f_\star). $$
Sum over $t$ steps, drop the last distance, divide by $2\gamma(1-\gamma L_{\max})t$, and use Jensen's inequality for the average. $\square$

## How sharp it is

For small $\gamma L_{\max}$ and large $t$, exactly: with $n=1$ the Huber function with $\tau=R/(\gamma L(T-1)+1)$ has an average with the gap
$LR^2/(2(\gamma L(T-1)+1))$, so the ratio is $\gamma L(1-\gamma L)T/(\gamma L(T-1)+1)$. At $\gamma L=0.01$ and $T=3000$ this is ${{sgd-convex-interp#1.max_ratio:3}}$.

## What is run

SGD on every convex sum whose terms share a minimiser; the mean gap of the average is judged at all checkpoints.

## What must fail

$0.86$ times the bound, which is $0.9$ of the ratio above; and the rate $T^{-3/2}$. At the end of the range the bound itself is infinite, so there is no control by step.

## Exercises

1. Which $\gamma$ makes the bound smallest?
2. Compare with the theorem for general convex sums (sgd-convex-general) at $\sigma_\star^2=0$. What was lost there?
:*/

SHARP(sharp,
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01",
	  .note = "Huber function for the average at T = 3000", .steps = 3000, .ratio = 0.01 * 0.99 * 3000 / 30.99 })
CONTROL(control,
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01",
	  .note = "0.86 of the bound; 0.958 is attained", .steps = 3000, .factor = 0.86 },
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01",
	  .note = "rate T^-3/2 instead of T^-1", .steps = 3000, .power = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 1/L_max") };

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction / L_max;
}

MUST(admissible, gamma > 0 && gamma < 1 / L_max, "0 < gamma < 1/L_max")

CLAIM(sgd_convex_interp,
	.id = "sgd-convex-interp", .chapter = "sgd", .title = "SGD on convex smooth functions under interpolation",
	.statement = "f_i convex, L_max-smooth, all minimised at x*; 0 < γ < 1/L_max, x̄_t = (x_0 + … + x_{t−1})/t: "
	             "E f(x̄_t) − f* ≤ ‖x_0 − x*‖²/(2γ(1 − γL_max)t)",
	.quantity = "E f(x̄_t) − f*", .formula = "D²/(2γ(1 − γL_max)t)",
	.source = "after " HANDBOOK,
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .power = 1, .method = "sgd:batch=1",
	NEEDS("convex", "L_max", "interpolation", "x_star", "f_star"), RANGE, .bound = bound, GAP_OF_AVERAGE,
	SHARP_AND_CONTROL)
