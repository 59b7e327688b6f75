/*:
# Baselines

The score estimator multiplies what was gained by the score of what was done. A constant taken off the gain, a *baseline*, changes nothing in the mean. How much noise does it remove?

**Theorem.** $K$ arms with rewards $r_i$ are drawn by $\pi=\operatorname{softmax}(\theta)$, $J=\langle\pi,r\rangle$. For an arm $a$ drawn from $\pi$ and any number $b$ let $g=(r_a-b)(e_a-\pi)$. Then $\mathbb E g=\nabla J$, and
$$ \mathbb E\|g\|^2=\sum_a\pi_aw_a(r_a-b)^2,\qquad w_a=1-2\pi_a+\|\pi\|^2 . $$
It is least at $b_\star=\sum\pi_aw_ar_a\big/\sum\pi_aw_a$, where it is less than at $b$ by $(b-b_\star)^2\sum\pi_aw_a$.

The value $J$ is the usual baseline. It is the best one if all arms are equally likely, and in general it is not: for two arms $b_\star=\pi_2r_1+\pi_1r_2$, the value of the *opposite* policy, which leaves no noise at all (exercise 2).
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

/*:
## Proof

$\nabla\log\pi_a=e_a-\pi$ has the mean $0$ under $\pi$, so $b$ does not matter in the mean, and $\sum_a\pi_ar_a(e_a-\pi)=\sum_ar_a\nabla\pi_a=\nabla J$. $\|e_a-\pi\|^2=w_a$. The second moment is a parabola in $b$ with the leading coefficient $\sum\pi_aw_a$ and its minimum at $b_\star$.

With equal $\pi_a$ all $w_a$ are the same and $b_\star=J$. For two arms $w_1=2\pi_2^2$ and $w_2=2\pi_1^2$, so $\pi_1w_1:\pi_2w_2=\pi_2:\pi_1$. $\square$

## How sharp it is

They are identities.

## What is run

Up to five arms with random rewards and policies. In turn: the mean, along a direction, against differences of $J$ in closed form; the second moment, arm by arm; and what the best baseline saves.

## What must fail

A second moment with $1-\pi_a$ in the place of $w_a$, which is right for the part of $g$ that belongs to the arm itself.

## Exercises

1. What is $\mathbb E\|g\|^2$ for two arms and $b=J$, as a function of $\pi_1\pi_2$? Where is it largest?
2. What is it for two arms and $b=b_\star$?
3. Why can a baseline that depends on $a$ not be used?
:*/

enum { MOST = 5 };
enum { K_, baseline_, crude_ };

static double best_baseline(size_t K, const double *pi, const double *r, double norm2)
{
	double top = 0, bottom = 0;

	for (size_t a = 0; a < K; a++) {
		double w = 1 - 2 * pi[a] + norm2;

		top += pi[a] * w * r[a];
		bottom += pi[a] * w;
	}
	return top / bottom;
}

/* Mean along `direction` and mean square of (r_a - b)(e_a - pi), entry by entry. */
static void sample_all(size_t K, const double *pi, const double *r, double b, double *mean, double *square)
{
	*mean = *square = 0;
	for (size_t a = 0; a < K; a++)
		for (size_t i = 0; i < K; i++) {
			double g = (r[a] - b) * ((a == i) - pi[i]);

			*mean += pi[a] * g * cos((double)i);
			*square += pi[a] * g * g;
		}
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	size_t K = (size_t)v[K_];
	double z[2 * MOST], pi[MOST], sum = 0, J = 0, norm2 = 0, b = v[baseline_], mean, square, least, unused, best;

	p->host->normals(p->host, 1, p->number, 2 * MOST, z);
	for (size_t i = 0; i < K; i++)
		sum += pi[i] = exp(z[i]);
	for (size_t i = 0; i < K; i++) {
		pi[i] /= sum;
		J += pi[i] * z[MOST + i];
		norm2 += pi[i] * pi[i];
	}
	sample_all(K, pi, z + MOST, b, &mean, &square);
	best = best_baseline(K, pi, z + MOST, norm2);
	*s = 64 * (1 + b * b);
	*left = *right = 0;
	switch (p->number % 3) {
	case 0:
		*left = square;
		for (size_t a = 0; a < K; a++)
			*right += pi[a] * pow(z[MOST + a] - b, 2) *
			          (v[crude_] != 0 ? 1 - pi[a] : 1 - 2 * pi[a] + norm2);
		break;
	case 1:
		*left = mean;
		for (size_t i = 0; i < K; i++)
			*right += pi[i] * (z[MOST + i] - J) * cos((double)i);
		break;
	default:
		sample_all(K, pi, z + MOST, best, &unused, &least);
		*left = square - least;
		for (size_t a = 0; a < K; a++)
			*right += pi[a] * (1 - 2 * pi[a] + norm2) * (b - best) * (b - best);
	}
	return RATE_OK;
}

SHARP(sharp, { .parameters = "K=2", .note = "two arms", .ratio = 1 },
	{ .parameters = "K=5,b=0", .note = "five, without a baseline", .ratio = 1 })
CONTROL(control, { .parameters = "K=3,b=0.5,crude=1", .note = "1 - pi_a in the place of w_a" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[K_] = { "K", RATE_INTEGER, "3", 2, MOST, NULL, "arms" },
	[baseline_] = { "b", RATE_REAL, "0.5", -3, 3, NULL, "what is taken off the rewards" },
	[crude_] = { "crude", RATE_INTEGER, "0", 0, 0, NULL, "1: with 1 - pi_a in the place of w_a" },
};

static const char *admissible(const rate_case *c)
{
	return c->param[crude_] == 0 ? NULL : "crude = 0";
}

CLAIM(score_baseline,
	.id = "score-baseline", .chapter = "policy-gradient", .title = "What a baseline saves",
	.statement = "π = softmax(θ), g = (r_a − b)(e_a − π), a ~ π: E g = ∇J, E‖g‖² = Σ π_a w_a (r_a − b)², w_a = 1 − "
	             "2π_a + ‖π‖²",
	.quantity = "E⟨g, v⟩, E‖g‖², and what the best b saves", .formula = "⟨∇J, v⟩; Σ π w (r − b)²; (b − b*)² Σ π w",
	.source = "classical, after Williams 1992; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)
