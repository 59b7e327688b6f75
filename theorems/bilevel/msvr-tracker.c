/*:
# Following many blocks by looking at a few

A sum of $m$ two-level problems needs $m$ lower solutions, or $m$ implicit gradients: targets $\ell_1(x),\dots,\ell_m(x)$ that move with $x$. In each step only $I$ of them can be looked at, and with noise. How does a tracker $h_i$ keep up while nobody looks?

**Theorem.** Let $h$ be the tracker of one block with target $\ell$, $x$ move to $x^+$, and then a uniform subset of $I$ of the $m$ blocks be drawn, $p=I/m$. If the block is among them, and $\xi$ is noise of mean 0 and variance $\sigma^2$, the same at both points,
$$ h^+=(1-b)h+b\,(\ell(x^+)+\xi)+c\,(\ell(x^+)-\ell(x)),\qquad c=(1-b)+\frac{1-p}{p(1-b)}, $$
else $h^+=h$. Then the error $e=h-\ell(x)$ and the drift $D=\ell(x^+)-\ell(x)$ satisfy, for $0<b<1$,
$$ \mathbb E\|e^+\|^2=\bigl(1-pb(2-b)\bigr)\|e\|^2+\frac{1-p}p\Bigl(\frac{1-p}{(1-b)^2}+p\Bigr)\|D\|^2+pb^2\sigma^2. $$

There is no cross term in $\langle e,D\rangle$: that is what $c$ is for. With $p=1$ the drift does not matter at all, and $c=1-b$ is the recursion of STORM.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(m) P(sampled) P(b) P(e) P(D) P(sigma2) P(correction)
#include "../common.h"

/*: The right side as code, $\|e\|^2$, $\|D\|^2$ given: :*/
static double right_side(double p, double b, double e2, double D2, double sigma2)
{
	return (1 - p * b * (2 - b)) * e2 + (1 - p) / p * ((1 - p) / ((1 - b) * (1 - b)) + p) * D2 +
	       p * b * b * sigma2;
}

/*:
## Proof

Sampled, $e^+=(1-b)e+(c-(1-b))D+b\xi$: subtract $\ell(x^+)=\ell(x)+D$ and collect. Not sampled, $e^+=e-D$. So the mean has the cross term
$$ 2\langle e,D\rangle\bigl[p(1-b)(c-1+b)-(1-p)\bigr]=0 $$
for this $c$, and with it the coefficient of $\|D\|^2$ is $p(c-1+b)^2+(1-p)=\frac{(1-p)^2}{p(1-b)^2}+1-p$. $\square$

## How sharp it is

It is an identity.

## What is run

The update itself, for all $\binom mI$ subsets and both values of a noise $\pm\sigma$, on targets in the plane.

## What must fail

$0.9$ of the right side; and the update with $c=1-b$.

## Exercises

1. Let the drift be the same $D$ in every step. What is the mean lag, with this $c$ and with $c=1-b$? Compare for $p=\frac14$, $b=0.1$.
2. Which $b$ makes the right side's share of the noise least, and what does it cost?
:*/

SHARP(sharp,
	{ .parameters = "m=4,sampled=1,b=0.1,e=1,D=-0.2,sigma2=0.5", .note = "one block of four", .ratio = 1 },
	{ .parameters = "m=5,sampled=2,b=0.3,e=1,D=2,sigma2=1", .note = "two of five, a long drift", .ratio = 1 },
	{ .parameters = "m=3,sampled=3,b=0.01,e=1,D=1,sigma2=1", .note = "all of them: no drift", .ratio = 1 })
CONTROL(control,
	{ .parameters = "m=4,sampled=1,b=0.1,e=1,D=-0.2,sigma2=0.5", .note = "0.9 of the right side", .factor = 0.9 },
	{ .parameters = "m=4,sampled=1,b=0.1,e=1,D=-0.2,sigma2=0.5,correction=storm", .note = "c = 1 - b" })

/*: {.plumbing} :*/
static int evaluate(const rate_point *point, double *left, double *right, double *s)
{
	enum { PLANE = 2 };
	const double *of = point->c->param;
	unsigned blocks = (unsigned)of[m_], sampled = (unsigned)fmin(of[sampled_], of[m_]);
	double p = (double)sampled / blocks, b = of[b_], noise = sqrt(of[sigma2_] / PLANE), sum = 0, subsets = 0,
	       c = 1 - b + (of[correction_] > 0 ? 0 : (1 - p) / (p * (1 - b)));
	/* somewhere in the plane; e and D are not parallel */
	double old[PLANE] = { 1.5, -0.5 }, drift[PLANE] = { of[D_], 0.3 * of[D_] }, now[PLANE], h[PLANE];

	for (int j = 0; j < PLANE; j++) {
		now[j] = old[j] + drift[j];
		h[j] = old[j] + (j ? -0.7 : 1) * of[e_];
	}
	for (unsigned subset = 0; subset < 1u << blocks; subset++) {
		if ((unsigned)__builtin_popcount(subset) != sampled)
			continue;
		for (int sign = -1; sign <= 1; sign += 2, subsets++)
			for (int j = 0; j < PLANE; j++) {
				double after = h[j];

				if (subset & 1) /* the first block is among them */
					after = (1 - b) * h[j] + b * (now[j] + sign * noise) + c * (now[j] - old[j]);
				sum += (after - now[j]) * (after - now[j]);
			}
	}
	*left = sum / subsets;
	*right = right_side(p, b, 1.49 * of[e_] * of[e_], 1.09 * of[D_] * of[D_], of[sigma2_]);
	*s = (4 + of[e_] * of[e_] + of[D_] * of[D_] + of[sigma2_]) * (1 + c * c);
	return RATE_OK;
}

static const rate_param params[] = {
	[m_] = { "m", RATE_INTEGER, "4", 1, 8, NULL, "blocks" },
	[sampled_] = { "sampled", RATE_INTEGER, "1", 1, 8, NULL, "I, how many are drawn (at most m)" },
	[b_] = { "b", RATE_REAL, "0.1", 0.01, 0.99, NULL, "share of the new value" },
	[e_] = { "e", RATE_REAL, "1", -2, 2, NULL, "size of the error" },
	[D_] = { "D", RATE_REAL, "-0.2", -2, 2, NULL, "size of the drift" },
	[sigma2_] = { "sigma2", RATE_REAL, "0.5", 0, 4, NULL, "variance of the noise" },
	[correction_] = { "correction", RATE_CHOICE, "msvr", 0, 0, "msvr|storm", "c as stated, or 1 - b" },
};

CLAIM(msvr_tracker,
	.id = "msvr-tracker", .chapter = "bilevel", .title = "Following many blocks by looking at a few",
	.statement = "I of m blocks drawn, p = I/m, c = (1−b) + (1−p)/(p(1−b)): "
	             "E‖e⁺‖² = (1 − pb(2−b))‖e‖² + ((1−p)/p)((1−p)/(1−b)² + p)‖D‖² + pb²σ²",
	.quantity = "E‖e⁺‖²", .formula = "(1 − pb(2−b))‖e‖² + ((1−p)/p)((1−p)/(1−b)² + p)‖D‖² + pb²σ²",
	.source = "Jiang, Li, Wang, Zhang and Yang, Multi-block-single-probe variance reduced estimator for coupled "
	          "compositional optimization, 2022, with the factor c that leaves no cross term; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
