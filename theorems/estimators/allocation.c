/*:
# Where to spend samples

The estimate is a sum over groups: questions of different difficulty, strata of a population. One sample of group $i$ brings the variance $V_i$, and $B$ samples may be drawn. How many of each?

**Theorem (alloc-optimal).** Let $V_1,\dots,V_m\ge0$ and $n_i\ge1$ with $\sum n_i=B$. Then
$$ \sum_i\frac{V_i}{n_i}\;\ge\;\frac{\bigl(\sum_i\sqrt{V_i}\bigr)^2}B, $$
with equality if and only if $n_i=B\sqrt{V_i}/\sum_j\sqrt{V_j}$ for all $i$, when not all $V_i$ are $0$.

So samples go in proportion to the *standard deviation*: neither equally nor in proportion to the variance, which turns out to be just as bad as equally (exercise 1).

**Theorem (alloc-acceptance).** Let a sample of a group be a proposal that counts only with the probability $p$ (an answer that is right, say), let $Y$ be the value of one that does, $M=\mathbb E Y^2$ and $m=\mathbb E Y$. From $n$ proposals, $\frac1{np}$ times the sum of the values that count has the mean $m$ and the variance
$$ \frac Vn,\qquad V=\frac Mp-m^2 . $$

So $n_i\propto\sqrt{M_i/p_i-m_i^2}$ is best; without the small $m_i^2$ that is $\sqrt{M_i/p_i}$: more proposals for groups with large gradients and for those that are hard.

# SGD with allocated samples

**Theorem (alloc-sgd).** On $f(x)=\frac\lambda2\|x\|^2$, with independent gradient noise of the variance $\sum_iV_i/n_i$ from
$$ n_i=\max\Bigl(1,\Bigl\lceil(B-m)\frac{\sqrt{V_i}}{\sum_j\sqrt{V_j}}\Bigr\rceil\Bigr),\qquad B>m, $$
which uses at most $B$ samples a step, SGD with $0<\gamma<\frac2\lambda$ and $q=(1-\gamma\lambda)^2$ has at every $t$
$$ \mathbb E\|x_t\|^2\;\le\;q^t\|x_0\|^2+\gamma^2\frac{\bigl(\sum_i\sqrt{V_i}\bigr)^2}{B-m}\cdot\frac{1-q^t}{1-q} . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

enum { ROOTS, SPARE }; /* the needs */

NUMBER(gain, gamma * L * (2 - gamma * L))

FORMULA(transient, t, decay(gain(c), t) * D2)

FORMULA(bound, t,
	transient(c, t) + gamma * gamma * c->need[ROOTS] * c->need[ROOTS] / c->need[SPARE] * decay_sum(gain(c), t))

/*:
## Proof

*The optimum.* By Cauchy and Schwarz $\bigl(\sum\sqrt{V_i}\bigr)^2=\bigl(\sum\sqrt{V_i/n_i}\,\sqrt{n_i}\bigr)^2\le B\sum V_i/n_i$, with equality if $\sqrt{V_i/n_i}$ is proportional to $\sqrt{n_i}$.

*Acceptance.* The mean of $n$ independent copies of $\frac1pY\,\mathbb 1\{\text{it counts}\}$, each of the mean $m$ and the second moment $\frac1{p^2}pM$.

*The run.* With $y_i=(B-m)\sqrt{V_i}/\sum_j\sqrt{V_j}$ and $n_i\ge y_i$, $\sum V_i/n_i\le\sum V_i/y_i=\bigl(\sum\sqrt{V_i}\bigr)^2/(B-m)$ over the $i$ with $V_i>0$; and $\sum n_i\le\sum(y_i+1)=B$. Then $x_{t+1}=(1-\gamma\lambda)x_t-\gamma\xi_t$. $\square$

## How sharp it is

The first is attained where the quotients are whole numbers. So is the second: variances $1,4,9,16$ and $24$ samples give $n=(2,4,6,8)$.

## What is run

All ways to divide up to twelve samples among up to four groups, with variances at random and with $V_i=i^2$. Up to five proposals with three possible values, all outcomes. SGD on `strata`.

## What must fail

$1.01$ of the first bound for $V=(1,4,9)$, $B=12$. The variance that one would have with exactly $np$ samples, $(M-m^2)/(np)$: their number is random, and the estimator does not divide by it. The last bound with $B$ in the place of $B-m$: rounding up is not for free.

## Exercises

1. What is $\sum V_i/n_i$ for $n_i\propto V_i$? Compare with equal $n_i$.
2. What is won over equal $n_i$ for $V=(100,0.01,\dots,0.01)$, ten groups?
3. A sample of group $i$ costs $c_i$, and the total cost is given. Which $n_i$ is best?
4. *Compute.* How much does equal allocation cost in exercise 2, in a run? No budget of `rule=uniform` is judged, but the probe of an objective names its `noise2`: probe `strata:V=100/0.01/0.01/0.01/0.01/0.01/0.01/0.01/0.01/0.01,budget=100,rule=uniform`, and the same with `rule=root`.
:*/

enum { MOST = 4, SAMPLES = 12 };
enum { m_, B_, law_ };

/* The number-th way to write B as m positive numbers, in turn. */
static void divide(size_t m, size_t B, uint64_t number, double *n)
{
	uint64_t ways = 1;
	size_t bar = 0, last = 0, left = m - 1;

	for (size_t i = 1; i < m; i++)
		ways = ways * (B - i) / i; /* B - 1 choose m - 1 */
	number %= ways;
	/* bars at `left` of the places 1..B-1, in lexicographic order */
	while (left) {
		uint64_t with = 1;

		bar++;
		for (size_t i = 1; i < left; i++)
			with = with * (B - 1 - bar - (i - 1)) / i; /* that have a bar here */
		if (number >= with) {
			number -= with;
			continue;
		}
		n[m - 1 - left] = (double)(bar - last);
		last = bar;
		left--;
	}
	n[m - 1] = (double)(B - last);
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	size_t m = (size_t)v[m_];
	double V[MOST], n[MOST], roots = 0;

	p->host->uniforms(p->host, 1, p->number, MOST, V);
	divide(m, (size_t)v[B_], p->number, n);
	*left = 0;
	for (size_t i = 0; i < m; i++) {
		V[i] = v[law_] != 0 ? (double)((i + 1) * (i + 1)) : 100 * pow(V[i], 4);
		roots += sqrt(V[i]);
		*left += V[i] / n[i];
	}
	*right = roots * roots / v[B_];
	*s = *left;
	return RATE_OK;
}

/* ---- Proposals: each is refused, or has one of three values ---- */

enum { VALUES = 3, MOST_PROPOSALS = 5 };
enum { n_, p_, fixed_ };

static int evaluate_acceptance(const rate_point *q, double *left, double *right, double *s)
{
	const double *v = q->c->param;
	size_t n = (size_t)v[n_], outcomes = 1;
	double y[VALUES], share[VALUES], total = 0, M = 0, m = 0, mean = 0, square = 0, p = v[p_];

	q->host->normals(q->host, 1, q->number, VALUES, y);
	q->host->uniforms(q->host, 2, q->number, VALUES, share);
	for (size_t k = 0; k < VALUES; k++)
		total += share[k];
	for (size_t k = 0; k < VALUES; k++) {
		share[k] /= total;
		M += share[k] * y[k] * y[k];
		m += share[k] * y[k];
	}
	for (size_t i = 0; i < n; i++)
		outcomes *= VALUES + 1;
	for (size_t all = 0; all < outcomes; all++) {
		double weight = 1, sum = 0;

		for (size_t i = 0, rest = all; i < n; i++, rest /= VALUES + 1) {
			size_t k = rest % (VALUES + 1);

			weight *= k < VALUES ? p * share[k] : 1 - p;
			sum += k < VALUES ? y[k] : 0;
		}
		mean += weight * sum / ((double)n * p);
		square += weight * pow(sum / ((double)n * p), 2);
	}
	*left = q->number % 2 ? mean : square - mean * mean;
	*right = q->number % 2 ? m : (v[fixed_] != 0 ? (M - m * m) / p : M / p - m * m) / (double)n;
	*s = 64 * (1 + M) / (p * p);
	return RATE_OK;
}

SHARP(sharp_acceptance, { .parameters = "n=5,p=0.2", .note = "a hard question", .ratio = 1 },
	{ .parameters = "n=3,p=1", .note = "every proposal counts", .ratio = 1 })
CONTROL(control_acceptance, { .parameters = "n=4,p=0.3,fixed=1", .note = "as if exactly n p proposals counted" })
SHARP(sharp_optimal, { .parameters = "m=3,B=12,law=squares", .note = "(2, 4, 6) among all", .ratio = 1 },
	{ .parameters = "m=4,B=12,law=any", .note = "four groups" })
CONTROL(control_optimal, { .parameters = "m=3,B=12,law=squares", .note = "1.01 of the bound", .factor = 1.01 })
SHARP(sharp,
	{ .objective = "strata", .parameters = "gamma=0.25", .note = "2, 4, 6 and 8 samples", .steps = 64, .ratio = 1 },
	{ .objective = "strata:d=3,lambda=2,V=9/1/4,budget=15,start=2", .parameters = "gamma=0.3",
	  .note = "6, 2 and 4 samples", .steps = 64, .ratio = 1 },
	{ .objective = "strata:V=100/0.01/0.01/0.01/0.01/0.01/0.01/0.01/0.01/0.01,budget=100",
	  .parameters = "gamma=0.5", .note = "one group with nearly all of the variance", .steps = 64 })
CONTROL(control,
	{ .objective = "strata:start=0", .parameters = "gamma=0.25", .note = "B in the place of B - m", .steps = 64,
	  .factor = 20 / 24.0 })

/*: {.plumbing} :*/
static const rate_param params_optimal[] = {
	[m_] = { "m", RATE_INTEGER, "3", 1, MOST, NULL, "groups" },
	[B_] = { "B", RATE_INTEGER, "12", MOST, SAMPLES, NULL, "samples" },
	[law_] = { "law", RATE_CHOICE, "any", 0, 1, "any|squares", "of the variances" },
};
static const rate_param params_acceptance[] = {
	[n_] = { "n", RATE_INTEGER, "4", 1, MOST_PROPOSALS, NULL, "proposals" },
	[p_] = { "p", RATE_REAL, "0.3", 0.05, 1, NULL, "probability that one counts" },
	[fixed_] = { "fixed", RATE_INTEGER, "0", 0, 0, NULL, "1: as if exactly n p counted" },
};
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 2/lambda") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * 2 / c->L;
}

MUST(admissible, gamma > 0 && gamma * L < 2, "0 < gamma < 2/lambda")

#define PAPER \
	"after Yao et al., Optimizing chain-of-thought reasoners via gradient variance minimization in rejection " \
	"sampling and RL, 2025"

CLAIM(alloc_optimal,
	.id = "alloc-optimal", .chapter = "estimators", .title = "No allocation beats the square roots",
	.statement = "V_i ≥ 0, n_i ≥ 1, Σ n_i = B: Σ V_i/n_i ≥ (Σ √V_i)²/B",
	.quantity = "Σ V_i/n_i", .formula = "(Σ √V_i)²/B",
	.source = "Neyman 1934; its use " PAPER "; proved in this file",
	.kind = RATE_LOWER_BOUND, .params = RATE_ROWS(params_optimal), .evaluate = evaluate, .sharp = sharp_optimal,
	.control = control_optimal)

static const char *random_number(const rate_case *c)
{
	return c->param[fixed_] == 0 ? NULL : "fixed = 0";
}

CLAIM(alloc_acceptance,
	.id = "alloc-acceptance", .chapter = "estimators", .title = "Samples that may be refused",
	.statement = "n proposals, each counts with probability p, Y the value of one that does, M = E Y², m = E Y: "
	             "the sum of values/(np) has mean m and variance (M/p − m²)/n",
	.quantity = "mean and variance", .formula = "m; (M/p − m²)/n",
	.source = PAPER ", as recalled; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_acceptance), .admissible = random_number,
	.evaluate = evaluate_acceptance, .sharp = sharp_acceptance, .control = control_acceptance)

CLAIM(alloc_sgd,
	.id = "alloc-sgd", .chapter = "estimators", .title = "SGD with allocated samples",
	.statement = "f = λ‖x‖²/2, n_i = max(1, ⌈(B − m)√V_i/Σ√V_j⌉), 0 < γ < 2/λ, q = (1 − γλ)²: "
	             "E‖x_t‖² ≤ q^t‖x_0‖² + γ²(Σ√V_i)²/(B − m) (1 − q^t)/(1 − q)",
	.quantity = "E‖x_t‖²", .formula = "q^t D² + γ²(Σ√V_i)²/(B − m) (1 − q^t)/(1 − q)",
	.source = PAPER "; proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .method = "sgd",
	NEEDS([ROOTS] = "strata.roots", [SPARE] = "strata.spare", "L", "mu", "x_star"), RANGE, .bound = bound,
	.transient = transient, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
