/*:
# Soft weights do not collapse

The cross-entropy method forgets all but an elite, and its width falls geometrically. Weight every point by $e^{-f}$ instead: that is a step of expectation maximisation. How fast does its width fall now, and how far does the mean get?

**Theorem.** Let $f:\mathbb R\to\mathbb R$ be $\mu$-strongly convex and $L$-smooth, and even about $x_\star$. Let $x_{t+1},s_{t+1}$ be the mean and the standard deviation of the density $\sim e^{-f(z)}N(z;x_t,s_t^2)$. For every $t$

* (cem-soft-width) $\;\dfrac1{s_t^2}\ge\dfrac1{s_0^2}+\mu t$, (cem-soft-width-lb) $\;\dfrac1{s_t^2}\le\dfrac1{s_0^2}+Lt$;
* (cem-soft) $\;\displaystyle|x_t-x_\star|\le|x_0-x_\star|\prod_{j<t}\frac1{1+\mu/(s_0^{-2}+Lj)}$.

The width falls like $\frac1{\sqrt t}$ and the product like $t^{-\mu/L}$: slowly, but to the minimiser, from any distance.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(s0)
#include "../common.h"

enum { EVEN }; /* the first of the needs: 1, or 0 */

static double bound(const rate_case *c, double t)
{
	double sum = 0, sharpness = 1 / (c->param[s0_] * c->param[s0_]);

	for (double j = 0; j < t; j++)
		sum += log1p(c->mu / (sharpness + c->L * j));
	return exp(-sum) * sqrt(c->D2);
}

FORMULA(bound_width, t, 1 / sqrt(1 / (s0 * s0) + mu * t))
FORMULA(bound_width_lb, t, 1 / sqrt(1 / (s0 * s0) + L * t))

/*:
## Proof

*The width.* The new density has $-(\log)''$ between $\frac1{s^2}+\mu$ and $\frac1{s^2}+L$, so its variance lies between $\frac1{1/s^2+L}$ and $\frac1{1/s^2+\mu}$ (Cramér and Rao; Brascamp and Lieb; both proved or quoted on page cbo-hop). Add up the steps.

*The mean.* $\frac{dx_+}{dx}=\frac{s_+^2}{s^2}\in\bigl[0,\frac1{1+\mu s^2}\bigr]$, and $x_\star$ stays where it is by symmetry. So $|x_{t+1}-x_\star|\le\frac1{1+\mu s_t^2}|x_t-x_\star|$; insert $s_t^2\ge\frac1{s_0^{-2}+Lt}$. $\square$

## How sharp it is

Equalities on parabolas, where $\frac1{s_t^2}=\frac1{s_0^2}+Lt$ and $x_t-x_\star=\frac{x_0-x_\star}{1+Ls_0^2t}$. On $\frac14x^2+\frac12\log\cosh x$ from $4$ it is $0.97$ after one step and $0.41$ after twenty: far out the curvature is $\mu$, and the width does not fall as if it were $L$.

## What is run

Even strongly convex functions on the line.

## What must fail

0.9 of the bound on a parabola; the square of the product; $\mu$ for $L$ in the lower bound on the width.

## Exercises

1. How many steps bring $s_t$ to $\frac{s_0}{10}$ on $\frac12x^2$ with $s_0=1$?
2. What changes with the weights $e^{-af}$?
3. ★ Show that $\mathbb Ee^{-f(z)}$, $z\sim N(x_t,s_t^2)$, never falls, whatever $f$ is.
:*/

#define BOWL "quadratic:d=1,L=1,start=4"
SHARP(sharp, { .objective = BOWL, .parameters = "s0=1", .note = "a parabola", .steps = 64, .ratio = 1 },
	{ .objective = "log-cosh:mu=0.5", .parameters = "s0=0.5", .note = "log cosh from far out", .steps = 20 },
	{ .objective = "huber:mu=0.2,tau=1,start=3", .parameters = "s0=1", .note = "two curvatures", .steps = 64 })
CONTROL(control, { .objective = BOWL, .parameters = "s0=1", .note = "0.9 of the bound", .steps = 64, .factor = 0.9 },
	{ .objective = BOWL, .parameters = "s0=1", .note = "the square of the product, one step", .steps = 1,
	  .factor = 0.5 })
SHARP(sharp_width, { .objective = BOWL, .parameters = "s0=1", .note = "a parabola", .steps = 64, .ratio = 1 },
	{ .objective = "log-cosh:mu=0.5", .parameters = "s0=0.5", .note = "log cosh from far out", .steps = 20 })
CONTROL(control_width, { .objective = BOWL, .parameters = "s0=1", .note = "0.9 of the bound", .steps = 64,
    .factor = 0.9 })
SHARP(sharp_width_lb, { .objective = BOWL, .parameters = "s0=1", .note = "a parabola", .steps = 64, .ratio = 1 },
	{ .objective = "log-cosh:mu=0.5,start=0.1", .parameters = "s0=0.5",
	  .note = "log cosh from near", .steps = 20 })
CONTROL(control_width_lb, { .objective = "log-cosh:mu=0.5,start=0.1", .parameters = "s0=0.5",
	.note = "mu for L, after 64 steps", .steps = 64, .factor = 1.333 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[s0_] = { "s0", RATE_REAL, "auto", 0, 0, NULL, "standard deviation at the start" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[s0_] = fraction / sqrt(c->L);
}

MUST(admissible, s0 > 0, "s0 > 0")
MUST(is_even, c->need[EVEN] == 1, "not known to be even about x_star")

static double size(const rate_case *c)
{
	return fabs(c->x0[0]) + fabs(c->x_star[0]);
}

/* A weight is the exponential of a difference of values, at points that are rounded: what the errors of means are
 * relative to, in widths, and those of widths, by which the way to the minimiser is shortened. */
static double digits(const rate_case *c)
{
	return 1 + c->d0 + fabs(c->f_star) + c->L * size(c) * (sqrt(c->D2) + c->param[s0_]);
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = sqrt(q[r]);
		s[r] = sqrt(s[r]) + (v->c->param[s0_] + sqrt(v->c->D2)) * digits(v->c);
	}
	return RATE_OK;
}

static int measure_width(rate_view *v, double *q, double *s, double *b)
{
	const double *width;

	(void)b;
	if (v->find(v, "s", &width))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] = size(v->c) + digits(v->c) * (q[r] = width[r * v->run->ld]);
	return RATE_OK;
}

#define PAPER \
	"after Kevin Li and Fulu Li, Cross-entropy optimization for hyperparameter optimization in stochastic " \
	"gradient-based approaches to train deep neural networks, 2024, and its reading as expectation maximisation; " \
	"proved in this file"
#define OF_SOFT \
	.method = "soft-ce:a=1", .flags = RATE_DIMENSION_ONE, \
	NEEDS([EVEN] = "even", "mu", "L", "x_star", "f_star", "no composite"), RANGE, .applies = is_even

CLAIM(cem_soft,
	.id = "cem-soft", .chapter = "zeroth-order", .title = "Soft weights reach the minimiser",
	.statement = "f μ-strongly convex, L-smooth, even about x*, x₊, s₊ mean and deviation of exp(−f)N(x, s²): "
	             "|x_t − x*| ≤ |x_0 − x*| Π_{j<t} 1/(1 + μ/(s_0⁻² + Lj))",
	.quantity = "|x_t − x*|", .formula = "D Π 1/(1 + μ/(s_0⁻² + Lj))", .source = PAPER, .kind = RATE_DETERMINISTIC,
	OF_SOFT, .bound = bound, .measure = measure, SHARP_AND_CONTROL)

CLAIM(cem_soft_width,
	.id = "cem-soft-width", .chapter = "zeroth-order", .title = "Soft weights narrow the law",
	.statement = "f μ-strongly convex, L-smooth, even about x*, x₊, s₊ mean and deviation of exp(−f)N(x, s²): "
	             "s_t ≤ (s_0⁻² + μt)^(−1/2)",
	.quantity = "s_t", .formula = "(s_0⁻² + μt)^(−1/2)", .source = PAPER, .kind = RATE_DETERMINISTIC, OF_SOFT,
	.power = 0.5, .bound = bound_width, .measure = measure_width, .sharp = sharp_width, .control = control_width)

CLAIM(cem_soft_width_lb,
	.id = "cem-soft-width-lb", .chapter = "zeroth-order", .title = "And do not collapse it",
	.statement = "f μ-strongly convex, L-smooth, even about x*, x₊, s₊ mean and deviation of exp(−f)N(x, s²): "
	             "s_t ≥ (s_0⁻² + Lt)^(−1/2)",
	.quantity = "s_t", .formula = "(s_0⁻² + Lt)^(−1/2)", .source = PAPER, .kind = RATE_LOWER_BOUND, OF_SOFT,
	.power = 0.5, .bound = bound_width_lb, .measure = measure_width, .sharp = sharp_width_lb,
	.control = control_width_lb)
