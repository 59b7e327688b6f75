/*:
# The exponent of a learning curve

Learning curves are often straight on log-log paper. On a quadratic the slope can be computed, and it is not that of any worst case.

**Theorem.** Let $f(x)=\frac12\sum_{k\le d}k^{-b}x_k^2$, $b>0$, and let the start have $k^{-b}x_{0,k}^2=k^{-a}$ with $a>1$. Gradient descent with $0<\gamma\le1$ satisfies for every $t\ge1$, in any dimension $d$,
$$ 2\bigl(f(x_t)-f_\star\bigr)=\sum_{k\le d}k^{-a}(1-\gamma k^{-b})^{2t}\;\le\;\frac1b\,\Gamma\Bigl(\frac{a-1}b\Bigr)(2\gamma t)^{-\frac{a-1}b}+\Bigl(\frac a{2eb\gamma t}\Bigr)^{\frac ab} . $$

The loss falls like $t^{-(a-1)/b}$, as long as $t\ll d^b$: $b$ says how fast the features grow weaker, $a$ how much of the target is left to each.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(told)
#include "../common.h"

enum { A, B, SCALE }; /* needs */

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double a = c->need[A], b = c->need[B], square = c->need[SCALE] * c->need[SCALE];

	return square / 2 * (tgamma((a - 1) / b) / b * pow(2 * gamma * t, -(a - told) / b) +
	                     pow(a / (2 * M_E * b * gamma * t), a / b));
}

/*:
(`told` is 1; a start with `scale` times the $x_0$ of the page has its square in the bound.)

## Proof

$(1-y)^{2t}\le e^{-2ty}$ for $0\le y\le1$, so the sum is at most $\sum_kg(k)$, $g(k)=k^{-a}e^{-2\gamma tk^{-b}}$. Where $g$ rises, $g(k)\le\int_k^{k+1}g$, and where it falls, $g(k)\le\int_{k-1}^kg$; so no interval is used twice. One $k$ is left over, the last before the maximum, and for it $g(k)\le\max g$:
$$ \sum_{k\ge1}g(k)\le\int_0^\infty g+\max g. $$
With $u=2\gamma tk^{-b}$ the integral is $\frac1b(2\gamma t)^{-(a-1)/b}\int_0^\infty u^{\frac{a-1}b-1}e^{-u}\,du$. The maximum is where $k^b=\frac{2b\gamma t}a$, and there $g=\bigl(\frac a{2b\gamma t}\bigr)^{a/b}e^{-a/b}$. $\square$

## How sharp it is

The first term is the limit as $1\ll t\ll d^b$. With 4096 coordinates, $a=2$, $b=1.5$ and $\gamma=1$ the ratio at $t=64$ is ${{powerlaw-curve#1.max_ratio:3}}$.

## What is run

Gradient descent on `power-law` with several exponents.

## What must fail

0.8 of the bound. And the exponent $\frac ab$ in the place of $\frac{a-1}b$: with $a=2$, $b=1$ that is exceeded tenfold at $t=8$.

## Exercises

1. For which $r$ is $x_0$ in the range of $H^r$, in the limit $d\to\infty$? What is the rate in terms of $r$?
2. What happens for $t\gg d^b$?
3. Which $t$ does it take to halve the loss once more?
:*/

SHARP(sharp,
	{ .objective = "power-law:d=4096,a=2,b=1.5", .parameters = "gamma=1", .note = "4096 features", .steps = 64,
	  .ratio = 0.972 },
	{ .objective = "power-law:d=4096,a=2,b=1", .parameters = "gamma=1", .note = "slower features", .steps = 64,
	  .ratio = 0.957 },
	{ .objective = "power-law:d=512,a=5,b=3,scale=3", .parameters = "gamma=0.1", .note = "a short step",
	  .steps = 64 })
CONTROL(control,
	{ .objective = "power-law:d=4096,a=2,b=1.5", .parameters = "gamma=1", .note = "0.8 of the bound", .steps = 64,
	  .factor = 0.8 },
	{ .objective = "power-law:d=2048,a=2,b=1", .parameters = "gamma=1,told=0", .note = "the exponent a/b",
	  .steps = 64 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1"),
	[told_] = { "told", RATE_REAL, "1", 0, 0, NULL, "what is taken off a in the exponent" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[gamma_] = fraction;
}

MUST(admissible, AT_MOST(gamma, 1) && told == 1, "0 < gamma <= 1")

static const char *applies(const rate_case *c)
{
	return c->need[A] > 1 && c->need[B] > 0 ? NULL : "a > 1 and b > 0";
}

CLAIM(powerlaw_curve,
	.id = "powerlaw-curve", .chapter = "solvable-models", .title = "The exponent of a learning curve",
	.statement = "f = Σ k^(−b) x_k²/2, k^(−b) x_{0,k}² = k^(−a), a > 1, b > 0, 0 < γ ≤ 1: 2(f(x_t) − f*) ≤ "
	             "Γ((a−1)/b)/b (2γt)^(−(a−1)/b) + (a/(2ebγt))^(a/b)",
	.quantity = "f(x_t) − f*", .formula = "Γ((a−1)/b)/(2b) (2γt)^(−(a−1)/b) + (a/(2ebγt))^(a/b)/2",
	.source = "the exponent of Bordelon and Pehlevan, Learning curves for SGD on structured features, ICLR "
	          "2022; constants proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "gd", .flags = RATE_OWN_START | RATE_OWN_INSTANCES,
	NEEDS("power-law.a", "power-law.b", "power-law.scale", "x_star", "f_star"), RANGE, .applies = applies,
	.bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
