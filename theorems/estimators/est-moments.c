/*:
# Five estimators of one gradient

A function of a random $z=m+se$, $e\sim\mathcal N(0,I)$, is to be minimised in the mean over $m$. One draw of $e$ gives an estimate of the gradient in $m$ in more than one way: through the derivative of the function (pathwise), or through its values and the density of $z$ (the score). Which is the least noisy?

**Theorem (est-moments).** Let $f(z)=\frac\lambda2\|z\|^2$ on $\mathbb R^d$, $F(m)=\mathbb E f(m+se)=\frac\lambda2(\|m\|^2+ds^2)$, $s>0$. The estimators

| name | $g$ | $\mathbb E\lVert g\rVert^2/\lambda^2$ |
| --- | --- | --- |
| path | $\nabla f(z)=\lambda z$ | $\lVert m\rVert^2+ds^2$ |
| score | $f(z)\,e/s$ | $\frac14\bigl(\frac d{s^2}\lVert m\rVert^4+2(d+2)^2\lVert m\rVert^2+d(d+2)(d+4)s^2\bigr)$ |
| base | $(f(z)-f(m))\,e/s$ | $(d+2)\lVert m\rVert^2+\frac14d(d+2)(d+4)s^2$ |
| best | $(f(z)-b_\star)\,e/s$ | $(d+2)\lVert m\rVert^2+\frac12d(d+2)s^2$ |
| pair | $(f(z)-f(m-se))\,\frac e{2s}$ | $(d+2)\lVert m\rVert^2$ |

all have the mean $\nabla F(m)=\lambda m$. Here $b_\star=f(m)+\frac12\lambda s^2(d+2)$, and among all numbers $b$ it makes $\mathbb E\|(f(z)-b)e/s\|^2$ least.

The score alone is far above the others: its noise grows like $\|m\|^4$ and blows up on both sides of a best $s$. The pair has no noise at all at the minimum, where the pathwise estimate keeps $\lambda^2ds^2$.

# SGD with each of them

**Theorem (est-sgd-law).** SGD on $F$ with any step $\gamma>0$ and the estimators path, base, best or pair has at every $t$
$$ \mathbb E\|m_t\|^2=a^t\|m_0\|^2+\gamma^2\sigma_\star^2\,\frac{1-a^t}{1-a},\qquad a=1-2\gamma\lambda+\gamma^2\lambda^2\kappa, $$
with $\kappa=1$ for path and $d+2$ for the others, and $\sigma_\star^2$ the second moment of the table at $m=0$. (For $a=1$ the quotient is $t$.)
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

/* 1 - a, kappa being the first of the needs */
NUMBER(gain, gamma * L * (2 - gamma * L * c->need[0]))

FORMULA(transient, t, decay(gain(c), t) * D2)

FORMULA(bound, t, transient(c, t) +
                      (sigma_star2 > 0 ? gamma * gamma * sigma_star2 * decay_sum(gain(c), t) : 0))

/*:
## Proof

*Means.* $\mathbb E\lambda z=\lambda m$. For the others $f(m+se)=f(m)+\lambda s\langle m,e\rangle+\frac\lambda2s^2\|e\|^2$, and only the middle term has a mean with $e/s$: $\lambda\,\mathbb E\langle m,e\rangle e=\lambda m$, as odd moments vanish.

*Second moments.* Let $q=\|m\|^2$. The normal law has $\mathbb E\|e\|^2=d$, $\mathbb E\|e\|^4=d(d+2)$, $\mathbb E\|e\|^6=d(d+2)(d+4)$, $\mathbb E\langle m,e\rangle^2=q$, $\mathbb E\langle m,e\rangle^2\|e\|^2=(d+2)q$. Path: $\mathbb E\|m+se\|^2$. Pair: $f(m+se)-f(m-se)=2\lambda s\langle m,e\rangle$, so $g=\lambda\langle m,e\rangle e$. Base: $g=\lambda\langle m,e\rangle e+\frac{\lambda s}2\|e\|^2e$, and the cross term is odd. Best: the same with $\|e\|^2-(d+2)$ for $\|e\|^2$, and $\mathbb E(\|e\|^2-d-2)^2\|e\|^2=2d(d+2)$. Score: expand $\frac{\lambda^2}4(q+2s\langle m,e\rangle+s^2\|e\|^2)^2\|e\|^2/s^2$.

*The best number.* $\mathbb E\|(f(z)-b)e\|^2$ is a parabola in $b$ with its minimum at $b=\frac1d\mathbb E f(z)\|e\|^2=\frac\lambda2(q+(d+2)s^2)$.

*The law.* Given $m_t$: $\mathbb E\|m_{t+1}\|^2=\|m_t\|^2-2\gamma\lambda\|m_t\|^2+\gamma^2\mathbb E\|g\|^2=a\|m_t\|^2+\gamma^2\sigma_\star^2$. Take means and sum. $\square$

## How sharp it is

Everything is an equality.

## What is run

The moments by Gauss-Hermite quadrature with four nodes an axis, which is exact for polynomials of degree seven, in up to four dimensions; means and second moments in turn. SGD on `smoothed-bowl`, whose terms are the estimators with $e$ on $22^d$ equally likely nodes: they have the first seven moments of the normal law, so that the mean over all draws is exact and the law is that of a normal $e$.

## What must fail

The pair with $d$ in the place of $d+2$. SGD with base, held against the floor of path; and one percent less than the law.

## Exercises

1. For which $m$ is the pair less noisy than the pathwise estimate?
2. Which $s$ makes the variance of the score least for $d=1$?
3. What is the longest step for which SGD converges, by path and by pair? Where does it end for short steps?
4. *Compute.* How much does the best baseline lower the floor that base has? Run `ratecheck verify est-sgd-law --objective smoothed-bowl:d=2,estimator=base` and the same with `best`, with `gamma=0.2`.
:*/

enum { MOST = 4 };
enum { PATH, SCORE, BASE, BEST, PAIR };
enum { d_, lambda_, s_, estimator_ };

/* Nodes and weights of Gauss and Hermite for the density of the normal law. */
static double node(size_t k)
{
	double x = sqrt(3 + (k / 2 ? 1 : -1) * sqrt(6));

	return k % 2 ? x : -x;
}

static double weight(size_t k)
{
	return (3 - (k / 2 ? 1 : -1) * sqrt(6)) / 12;
}

/* lambda/2 |m + s e|^2 */
static double value(const double *v, const double *m, double s, const double *e)
{
	double sum = 0;

	for (size_t j = 0; j < (size_t)v[d_]; j++)
		sum += (m[j] + s * e[j]) * (m[j] + s * e[j]);
	return v[lambda_] / 2 * sum;
}

/* What is multiplied by e/s. */
static double difference(const double *v, const double *m, const double *e)
{
	double s = v[s_], at = value(v, m, s, e), middle = value(v, m, 0, e);

	switch ((int)v[estimator_]) {
	case SCORE:
		return at;
	case BASE:
		return at - middle;
	case BEST:
		return at - middle - v[lambda_] / 2 * s * s * (v[d_] + 2);
	default:
		return (at - value(v, m, -s, e)) / 2;
	}
}

static void moments(const double *v, const double *m, double *mean, double *square)
{
	size_t d = (size_t)v[d_], count = (size_t)1 << 2 * d;
	double e[MOST];

	*mean = *square = 0;
	for (size_t i = 0; i < count; i++) {
		double w = 1, along = 0, norm2 = 0;

		for (size_t j = 0; j < d; j++) {
			e[j] = node(i >> 2 * j & 3);
			w *= weight(i >> 2 * j & 3);
		}
		for (size_t j = 0; j < d; j++) {
			double g = (int)v[estimator_] == PATH ? v[lambda_] * (m[j] + v[s_] * e[j])
			                                      : difference(v, m, e) * e[j] / v[s_];
			along += cos((double)j) * g;
			norm2 += g * g;
		}
		*mean += w * along;
		*square += w * norm2;
	}
}

static double second_moment(const double *v, double q)
{
	double d = v[d_], s2 = v[s_] * v[s_], sixth = d * (d + 2) * (d + 4) / 4 * s2, sum = 0;

	switch ((int)v[estimator_]) {
	case PATH:
		sum = q + d * s2;
		break;
	case SCORE:
		sum = (d * q * q / s2 + 2 * (d + 2) * (d + 2) * q) / 4 + sixth;
		break;
	case BASE:
		sum = (d + 2) * q + sixth;
		break;
	case BEST:
		sum = (d + 2) * q + d * (d + 2) / 2 * s2;
		break;
	default:
		sum = (d + 2) * q;
	}
	return v[lambda_] * v[lambda_] * sum;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double m[MOST], mean, square, q = 0, worst = v[s_] * v[s_] + 1 / (v[s_] * v[s_]);

	p->host->normals(p->host, 1, p->number, MOST, m);
	for (size_t j = 0; j < (size_t)v[d_]; j++)
		q += m[j] * m[j];
	moments(v, m, &mean, &square);
	*left = p->number % 2 ? mean : square;
	*right = p->number % 2 ? v[lambda_] * along((size_t)v[d_], m) : second_moment(v, q);
	*s = 64 * (1 + v[lambda_] * v[lambda_]) * (1 + q) * (1 + q) * worst;
	return RATE_OK;
}

SHARP(sharp_moments,
	{ .parameters = "estimator=path", .note = "pathwise", .ratio = 1 },
	{ .parameters = "estimator=score", .note = "the score", .ratio = 1 },
	{ .parameters = "estimator=base", .note = "with a baseline", .ratio = 1 },
	{ .parameters = "estimator=best", .note = "with the best one", .ratio = 1 },
	{ .parameters = "estimator=pair", .note = "an antithetic pair", .ratio = 1 })
CONTROL(control_moments, { .parameters = "estimator=pair,d=2", .note = "d in the place of d + 2", .factor = 0.5 })
SHARP(sharp,
	{ .objective = "smoothed-bowl:d=2,start=1.4142135623730951", .parameters = "gamma=0.2", .note = "pathwise",
	  .steps = 50, .ratio = 1 },
	{ .objective = "smoothed-bowl:d=1,lambda=2,s=0.5,estimator=base,start=2", .parameters = "gamma=0.1",
	  .note = "score with a baseline", .steps = 50, .ratio = 1 },
	{ .objective = "smoothed-bowl:d=2,estimator=best", .parameters = "gamma=0.2", .note = "the best baseline",
	  .steps = 50, .ratio = 1 },
	{ .objective = "smoothed-bowl:d=2,estimator=pair,start=2", .parameters = "gamma=0.25",
	  .note = "an antithetic pair: no floor", .steps = 50, .ratio = 1 },
	{ .objective = "smoothed-bowl:d=1,estimator=pair", .parameters = "gamma=0.7", .note = "a step that is too long",
	  .steps = 50, .ratio = 1 })
CONTROL(control,
	{ .objective = "smoothed-bowl:d=2,estimator=base,start=1.4142135623730951", .parameters = "gamma=0.2",
	  .note = "base with the floor of path: 0.222 in the place of 2", .steps = 50,
	  .factor = 1 / 9.0 },
	{ .objective = "smoothed-bowl:d=2,estimator=pair", .parameters = "gamma=0.2", .note = "one percent less",
	  .steps = 50, .factor = 0.99 })

/*: {.plumbing} :*/
static const rate_param params_moments[] = {
	[d_] = { "d", RATE_INTEGER, "2", 1, MOST, NULL, "dimension" },
	[lambda_] = { "lambda", RATE_REAL, "1", 0.1, 10, NULL, "curvature" },
	[s_] = { "s", RATE_REAL, "1", 0.1, 10, NULL, "standard deviation" },
	[estimator_] = { "estimator", RATE_CHOICE, "path", 0, 4, "path|score|base|best|pair", "of the gradient" },
};
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (c->L * c->need[0]);
}

MUST(admissible, gamma > 0, "gamma > 0")

#define LINEAGE \
	"the two estimators: Kingma and Welling, Auto-encoding variational Bayes, 2014, and Williams 1992; proved in " \
	"this file"

CLAIM(est_moments,
	.id = "est-moments", .chapter = "estimators", .title = "Five estimators of one gradient",
	.statement = "f(z) = λ‖z‖²/2, z = m + s e, e normal: path, score, base, best and pair have the mean λm and the "
	             "second moments of the table",
	.quantity = "E⟨g, a⟩ and E‖g‖²", .formula = "⟨λm, a⟩ and the second moment", .source = LINEAGE,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_moments), .evaluate = evaluate, .sharp = sharp_moments,
	.control = control_moments)

CLAIM(est_sgd_law,
	.id = "est-sgd-law", .chapter = "estimators", .title = "SGD by pathwise and score gradients",
	.statement = "F = λ‖m‖²/2, E‖g‖² = λ²κ‖m‖² + σ*², any γ > 0, a = 1 − 2γλ + γ²λ²κ: "
	             "E‖m_t‖² = a^t‖m_0‖² + γ²σ*²(1 − a^t)/(1 − a)",
	.quantity = "E‖m_t‖²", .formula = "a^t‖m_0‖² + γ²σ*²(1 − a^t)/(1 − a)", .source = LINEAGE,
	.kind = RATE_EXPECTATION, .method = "sgd",
	NEEDS("estimator.kappa", "L", "sigma_star2", "x_star"), RANGE,
	.bound = bound, .transient = transient, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
