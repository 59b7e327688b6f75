/*:
# Clipping is a proximal step

**Theorem.** For all $m_0,g\in\mathbb R^d$ and $\tau>0$
$$ \arg\min_m\;\tau\|m-g\|+\tfrac12\|m-m_0\|^2\;=\;m_0+\operatorname{clip}_\tau(g-m_0) . $$

So a momentum buffer that takes a clipped step towards each new gradient, $m\leftarrow m+\operatorname{clip}_\tau(g-m)$, is the stochastic proximal point method for $m\mapsto\mathbb E\|m-g\|$: it estimates the (geometric) *median* of the
gradients and not their mean. That is why clipping survives heavy tails, and why it is biased: a median may be as far from the mean as one standard deviation, which is the limit $c\to0$ of `clip-bias-exact`.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#define PARAMETERS(P) P(d) P(tau) P(wrong)
#include "../common.h"

enum { DIM = 8 };

/* What is minimised. */
struct problem {
	size_t d;
	double tau, from[DIM], to[DIM];
};

static double distance(size_t d, const double *x, const double *y)
{
	double square = 0;

	for (size_t j = 0; j < d; j++)
		square += (x[j] - y[j]) * (x[j] - y[j]);
	return sqrt(square);
}

static double value(const struct problem *f, const double *m)
{
	double step = distance(f->d, m, f->from);

	return f->tau * distance(f->d, m, f->to) + step * step / 2;
}

static void clipped_step(const struct problem *f, double *m)
{
	double length = distance(f->d, f->from, f->to);

	for (size_t j = 0; j < f->d; j++)
		m[j] = f->from[j] + fmin(1, f->tau / length) * (f->to[j] - f->from[j]);
}

/*:
## Proof

The objective is strongly convex, so it has one minimiser $m$. If $m\ne g$ the gradient vanishes there: $m-m_0=\tau\frac{g-m}{\|g-m\|}$, a step of length $\tau$ towards $g$, which is possible only if $\|g-m_0\|>\tau$. If $m=g$ then $m_0-g\in\tau\,\partial\|\cdot\|(0)$, that is,
$\|g-m_0\|\le\tau$. $\square$

## What is run

The minimum is found without the formula: a golden section search on the line through $m_0$ and $g$, from $m_0-(g-m_0)$ to $g+(g-m_0)$; and steps off the line, in random directions and of lengths from $10^{-4}$ to 1 times $\|g-m_0\|$, must not lead lower. Left is the value at
the formula's point, right the smallest value found; that they agree to $10^{-9}$ puts the points, by strong convexity, within $10^{-4}$ of each other. Random $m_0$ and $g$, $d\le8$, $\frac1{100}\le\tau\le100$.

## What must fail

The right side times $0.99$; and a step that is clipped at $1.1\,\tau$ or at $0.9\,\tau$.

## Exercises

1. What does the proximal step on $\frac\tau2\|m-g\|^2$ look like? Which method is it?
2. Show that the minimum is $\phi_\tau(\|g-m_0\|)$ with Huber's function $\phi_\tau$.
3. Prove $|\text{mean}-\text{median}|\le\sigma$ with Jensen's inequality.
:*/

static double value_along(const struct problem *f, double at)
{
	double m[DIM];

	for (size_t j = 0; j < f->d; j++)
		m[j] = f->from[j] + at * (f->to[j] - f->from[j]);
	return value(f, m);
}

static double least_on_line(const struct problem *f)
{
	const double golden = (sqrt(5) - 1) / 2;
	double low = -1, high = 2, a = high - golden * (high - low), b = low + golden * (high - low);
	double fa = value_along(f, a), fb = value_along(f, b);

	while (high - low > 1e-9) {
		if (fa < fb) {
			high = b;
			b = a;
			fb = fa;
			fa = value_along(f, a = high - golden * (high - low));
		} else {
			low = a;
			a = b;
			fa = fb;
			fb = value_along(f, b = low + golden * (high - low));
		}
	}
	return fmin(fmin(fa, fb), value_along(f, 1)); /* g itself: a kink, to which the search only comes near */
}

static double least_nearby(const struct problem *f, const double *m, const double *z)
{
	double length = distance(f->d, f->from, f->to), least = INFINITY, y[DIM];

	for (int k = 0; k <= 4; k++) {
		for (size_t j = 0; j < f->d; j++)
			y[j] = m[j] + length * pow(10, -k) * z[(size_t)k * f->d + j];
		least = fmin(least, value(f, y));
	}
	return least;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	struct problem f = { .d = (size_t)p->c->param[d_], .tau = p->c->param[tau_] };
	double m[DIM], z[7 * DIM];

	p->host->normals(p->host, p->number, 0, 7 * f.d, z);
	memcpy(f.from, z, f.d * sizeof *z);
	memcpy(f.to, z + f.d, f.d * sizeof *z);
	f.tau *= 1 + p->c->param[wrong_];
	clipped_step(&f, m);
	f.tau = p->c->param[tau_];
	*left = value(&f, m);
	*right = fmin(least_on_line(&f), least_nearby(&f, m, z + 2 * f.d));
	*s = *left;
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "d=3,tau=0.5", .note = "steps that are clipped", .ratio = 1 },
	{ .parameters = "d=3,tau=50", .note = "steps that are not", .ratio = 1 })
CONTROL(control,
	{ .parameters = "d=3,tau=0.5", .note = "0.99 of the right side", .factor = 0.99 },
	{ .parameters = "d=3,tau=0.5,wrong=0.1", .note = "clipped at 1.1 tau" },
	{ .parameters = "d=3,tau=0.5,wrong=-0.1", .note = "clipped at 0.9 tau" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[d_] = { "d", RATE_INTEGER, "3", 1, DIM, NULL, "dimension" },
	[tau_] = { "tau", RATE_REAL, "1", 0.01, 100, NULL, "weight of the distance, length of the longest step" },
	[wrong_] = { "wrong", RATE_REAL, "0", 0, 0, NULL, "the step is clipped at tau (1 + wrong)" },
};

MUST(admissible, wrong == 0, "wrong = 0")

CLAIM(clip_spp_identity,
	.id = "clip-spp-identity", .chapter = "clipping", .title = "Clipping is a proximal step",
	.statement = "argmin_m τ‖m − g‖ + ‖m − m_0‖²/2 = m_0 + clip_τ(g − m_0)",
	.quantity = "τ‖m − g‖ + ‖m − m_0‖²/2 at m = m_0 + clip_τ(g − m_0)", .formula = "min_m τ‖m − g‖ + ‖m − m_0‖²/2",
	.source = "after Schaipp, Garrigos, Simsekli & Gower 2024",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)
