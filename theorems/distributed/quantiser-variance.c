/*:
# What one byte costs

A machine that may send only a few bits rounds its number up or down at random, so that the mean is right. How large is the variance that this adds?

**Theorem (a float of few bits).** Let $p\ne0$ with $2^e\le|p|<2^{e+1}$, $m\ge0$ an integer, and let $Q(p)$ be one of the two neighbours of $p$ on the grid $2^{e-m}\mathbb Z$ ($p$ itself if it lies on the grid), with the probabilities for which $\mathbb E\,Q(p)=p$. Then
$$ \mathbb E\,(Q(p)-p)^2\;\le\;\frac{p^2}{4\cdot2^m(2^m+1)} . $$

That is $\frac18,\frac1{24},\frac1{80},\frac1{288}$ of $p^2$ for $m=0,1,2,3$: one byte holds a sign, four bits of exponent and $m=3$ bits of mantissa, and adds a third of a percent.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(p) P(m)
#include "../common.h"

enum { D, LEVELS, SPREAD, MOST = 300 }; /* parameters of the second theorem; entries at most */

/* The share of p^2, of m bits. */
static double share_of_byte(double m)
{
	return 1 / (4 * exp2(m) * (exp2(m) + 1));
}

/*:
**Theorem (levels).** Let $v\in\mathbb R^d$, $v\ne0$, $s\ge1$ an integer and $r_i=s|v_i|/\|v\|$. Each $r_i$ is rounded to $\rho_i$, one of the two integers next to it, with $\mathbb E\rho_i=r_i$, and $Q_i(v)=\operatorname{sign}(v_i)\,\|v\|\,\rho_i/s$. Then
$$ \mathbb E\,\|Q(v)-v\|^2\;\le\;\min\Bigl(\frac d{4s^2},\,\frac{\sqrt d}s\Bigr)\,\|v\|^2 . $$
:*/

static double share_of_levels(double d, double s)
{
	return fmin(d / (4 * s * s), sqrt(d) / s);
}

/*:
Both $Q$ have $Q(0)=0$.

## Proof

*One number.* Let $a\le|p|\le b$ be the neighbours of $|p|$, $b-a=2^{e-m}$. The number $b$ comes with probability $\frac{|p|-a}{b-a}$, so the variance is $(|p|-a)(b-|p|)$, and
$$ \frac{(|p|-a)(b-|p|)}{p^2}=-1+\frac{a+b}{|p|}-\frac{ab}{p^2} $$
is a parabola in $\frac1{|p|}$, largest at $\frac1{|p|}=\frac{a+b}{2ab}$, the harmonic mean of the neighbours, with the value $\frac{(a+b)^2}{4ab}-1=\frac{(b-a)^2}{4ab}$. The width is the same in the whole octave, so the first cell is the worst: $a=2^e$, $b=2^e(1+2^{-m})$ give $\frac{4^{-m}}{4(1+2^{-m})}$, which is the claim.

*A vector.* The variance of $\rho_i$ is $\varphi_i(1-\varphi_i)$ with the fraction $\varphi_i=r_i-\lfloor r_i\rfloor$, at most $\frac14$ and at most $\varphi_i\le r_i$. The sum over $i$ is at most $\frac d4$ and at most $\sum r_i=s\|v\|_1/\|v\|\le s\sqrt d$; the error is $\|v\|^2/s^2$ times it. $\square$

## How sharp it is

The first is attained for every $m$, at the harmonic mean of the first cell. In the second, the first branch is attained where all $r_i$ are halfway between two integers: all $v_i$ equal, $\sqrt d=2s$. The second branch has the ratio $1-\frac s{\sqrt d}$ on such vectors, near 1 in high dimension.

## What is run

The outcomes and their probabilities, added up: numbers $p$ of all sizes with up to 20 bits; vectors of 1 to 300 entries, equal ones and random ones, with up to 20 levels.

## What must fail

$0.9$ of each; and of the first the share of one bit more.

## Exercises

1. Round to the nearest neighbour instead, which is not unbiased. How large is the relative error at most?
2. What does the second theorem give for $s=\sqrt d$, and how many bits does an entry take then?
:*/

/* The two outcomes, what each is off, and their chances. */
static int evaluate(const rate_point *point, double *left, double *right, double *scale)
{
	double p = point->c->param[p_], m = point->c->param[m_], size = fabs(p), width, low, up;

	if (p == 0) {
		*left = *right = 0;
		*scale = 1;
		return RATE_OK;
	}
	width = ldexp(1, ilogb(size) - (int)m);
	low = floor(size / width) * width;
	up = (size - low) / width;
	*left = (1 - up) * (low - size) * (low - size) + up * (low + width - size) * (low + width - size);
	*right = share_of_byte(m) * p * p;
	*scale = p * p;
	return RATE_OK;
}

/* Entries 1 + spread z, z standard normal. */
static int evaluate_levels(const rate_point *point, double *left, double *right, double *scale)
{
	const double *param = point->c->param;
	size_t d = (size_t)param[D];
	double v[MOST], length = 0, s = param[LEVELS];

	point->host->normals(point->host, point->number, 0, d, v);
	for (size_t i = 0; i < d; i++) {
		v[i] = fabs(1 + param[SPREAD] * v[i]);
		length += v[i] * v[i];
	}
	length = sqrt(length);
	*left = 0;
	for (size_t i = 0; i < d; i++) {
		double level = floor(s * v[i] / length), up = s * v[i] / length - level;
		double below = v[i] - level * length / s, above = (level + 1) * length / s - v[i];

		*left += (1 - up) * below * below + up * above * above;
	}
	*right = share_of_levels(param[D], s) * length * length;
	*scale = length * length;
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "p=1.3333333333333333,m=0", .note = "no mantissa: the harmonic mean of 1 and 2", .ratio = 1 },
	{ .parameters = "p=-1.0588235294117647,m=3", .note = "a byte: the harmonic mean of 1 and 9/8", .ratio = 1 })
CONTROL(control,
	{ .parameters = "p=1.0588235294117647,m=3", .note = "0.9 of the bound", .factor = 0.9 },
	{ .parameters = "p=1.0588235294117647,m=3", .note = "the share of four bits", .factor = 72 / 272.0 })
SHARP(sharp_levels,
	{ .parameters = "d=4,s=1,spread=0", .note = "equal entries, one level", .ratio = 1 },
	{ .parameters = "d=36,s=3,spread=0", .note = "equal entries, three levels", .ratio = 1 },
	{ .parameters = "d=256,s=1,spread=0", .note = "the second branch", .ratio = 0.9375 })
CONTROL(control_levels,
	{ .parameters = "d=36,s=3,spread=0", .note = "0.9 of the bound", .factor = 0.9 },
	{ .parameters = "d=256,s=1,spread=0", .note = "0.9 x 0.9375 of the bound", .factor = 0.9 * 0.9375 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[p_] = { "p", RATE_REAL, "1.3333333333333333", -1000, 1000, NULL, "the number" },
	[m_] = { "m", RATE_INTEGER, "3", 0, 20, NULL, "bits of its mantissa" },
};
static const rate_param params_levels[] = {
	[D] = { "d", RATE_INTEGER, "4", 1, MOST, NULL, "entries of the vector" },
	[LEVELS] = { "s", RATE_INTEGER, "1", 1, 20, NULL, "levels" },
	[SPREAD] = { "spread", RATE_REAL, "0.5", 0, 100, NULL, "its entries are 1 + spread z, z standard normal" },
};

CLAIM(quantiser_variance,
	.id = "quantiser-variance", .chapter = "distributed", .title = "The variance of a float of few bits",
	.statement = "2^e ≤ |p| < 2^(e+1), Q(p) a multiple of 2^(e−m) next to p, E Q(p) = p: "
	             "E (Q(p) − p)² ≤ p²/(4·2^m(2^m + 1))",
	.quantity = "E (Q(p) − p)²", .formula = "p²/(4·2^m(2^m + 1))",
	.source = "after Horvath et al., Natural compression for distributed deep learning, arXiv:1905.10988, who have "
	          "m = 0; proved here",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(quantiser_levels,
	.id = "quantiser-levels", .chapter = "distributed", .title = "The variance of rounding to levels",
	.statement = "r_i = s|v_i|/‖v‖, ρ_i an integer next to r_i, E ρ_i = r_i, Q_i(v) = sign(v_i) ‖v‖ρ_i/s: "
	             "E ‖Q(v) − v‖² ≤ min(d/(4s²), √d/s) ‖v‖²",
	.quantity = "E ‖Q(v) − v‖²", .formula = "min(d/(4s²), √d/s) ‖v‖²",
	.source = "Alistarh, Grubic, Li, Tomioka and Vojnovic, QSGD, NIPS 2017, with d/s²; proved here",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_levels), .evaluate = evaluate_levels,
	.sharp = sharp_levels, .control = control_levels)
