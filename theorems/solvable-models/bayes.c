/*:
# Many models, few mistakes

A class of a million models overfits, one says, unless there are millions of data. A mixture of all of them by Bayes' rule does not. What counts is not how many models there are but how much weight the good ones have.

**Setting.** $K$ experts with prior weights $w_k>0$ of sum 1. In round $t$ expert $k$ gives the outcome $y_t$ the probability $p_{k,t}>0$, which may depend on the past. A mixture $x$ has the loss $f_t(x)=-\log\langle x,p_t\rangle$. Bayes' rule, $x_0=w$ and
$$ x_{t+1}=-x_t\odot\nabla f_t(x_t)\qquad\Bigl(x_{t+1,k}=\frac{x_{t,k}\,p_{k,t}}{\langle x_t,p_t\rangle}\Bigr), $$
is thus a gradient method, with a product in the place of the difference. Let $L_k=-\sum_{t<T}\log p_{k,t}$.

**Theorem (bayes-mixture).** On every sequence of outcomes and for every non-empty set $S$ of experts, $w(S)=\sum_{k\in S}w_k$,
$$ \sum_{t<T}f_t(x_t)=-\log\sum_kw_ke^{-L_k}\;\le\;\log\frac1{w(S)}+\sum_{k\in S}\frac{w_k}{w(S)}L_k . $$

**Theorem (bayes-expected).** If the $y_t$ are independent with the law $p_\star$ and the laws of the experts are fixed, with $d_k=\operatorname{KL}(p_\star\|p_k)$,
$$ \mathbb E\sum_{t<T}\bigl(f_t(x_t)+\log p_\star(y_t)\bigr)\;\le\;-\log\sum_kw_ke^{-Td_k}\;\le\;\min_S\Bigl\{\log\frac1{w(S)}+T\sum_{k\in S}\frac{w_k}{w(S)}d_k\Bigr\} . $$

So the regret against one expert is at most $\log\frac1{w_k}$, however many others there are; and what is paid for a class is the weight of the ball of models near the truth.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(K) P(T) P(p) P(halved)
#include "../common.h"

#include <stdlib.h>
#include <string.h>

/*:
## Proof

*Every sequence.* $\langle x_t,p_t\rangle=\frac{\sum w_ke^{-L_k(t+1)}}{\sum w_ke^{-L_k(t)}}$, since $x_t$ is proportional to $w_ke^{-L_k(t)}$. The product over $t<T$ telescopes to $\sum_kw_ke^{-L_k}$. Leave out all $k\notin S$: $\sum_kw_ke^{-L_k}\ge w(S)\sum_S\frac{w_k}{w(S)}e^{-L_k}\ge w(S)\exp\bigl(-\sum_S\frac{w_k}{w(S)}L_k\bigr)$, the exponential being convex. $\square$

*In the mean.* With $\Delta_k=L_k+\sum\log p_\star(y_t)$ the left side is $\mathbb E\bigl[-\log\sum w_ke^{-\Delta_k}\bigr]$. The function $\Delta\mapsto-\log\sum w_ke^{-\Delta_k}$ is concave (minus a log-sum-exp), and $\mathbb E\Delta_k=Td_k$: Jensen. The last inequality is the one above. $\square$

## How sharp they are

Two coins with $\mathbb P(1)=\frac12$ and $10^{-9}$, prior $(0.1,0.9)$, outcomes all 1: the regret against the first is $\log10$, and the bound is attained at every $t$. In the mean: 501 coins $\frac{k+1/2}{501}$ of equal weight, a fair coin and $T=500$ rounds have ${{bayes-expected#1.max_ratio:3}}$ of the bound; $\log K=6.2$ is more than twice as much. For $K=1$ both sides are equal.

## What is run

Bayes' rule on `coin-experts`, up to 64 experts, with the best of the sets $S$ that hold the $j$ best experts, $j=1,\dots,K$; on both sides the loss of the best expert is taken off. In the mean: grids of coins, all numbers of heads.

## What must fail

$0.9\log\frac1w$. In the mean with one expert $\frac12Td_1$ in the place of $Td_1$.

## Exercises

1. Every expert is entered twice, with half of its weight each. What becomes of the bound against the best one?
2. Show that exponential weights with the rate 1 on the logarithmic loss are this method.
3. $K$ coins on a grid, $T$ rounds: show that $-\log\sum w_ke^{-Td_k}\approx\frac12\log T+O(1)$ for $K\gg\sqrt T$, independently of $K$.
:*/

enum { MOST_EXPERTS = 64, KEPT = 1 + MOST_EXPERTS };

/* The losses of the mixture, and of every expert: those of the corners of the simplex. */
static int observe(rate_view *v)
{
	rate_run *run = v->run;
	size_t nrep = run->nrep, ld = run->ld;
	const rate_sample *round = run->call->component(run, v->t);
	double *f = malloc(nrep * sizeof *f), *corner = aligned_alloc(64, nrep * ld * sizeof *corner);
	int rc = RATE_FAIL;

	if (!f || !corner || !round || rate_sample_value(run, round, v->state[0], f))
		goto out;
	for (size_t r = 0; r < nrep; r++)
		rate_acc(v, KEPT, r)[0] += f[r];
	for (size_t k = 0; k < run->d; k++) {
		memset(corner, 0, nrep * ld * sizeof *corner);
		for (size_t r = 0; r < nrep; r++)
			corner[r * ld + k] = 1;
		if (rate_sample_value(run, round, corner, f))
			goto out;
		for (size_t r = 0; r < nrep; r++)
			rate_acc(v, KEPT, r)[1 + k] += f[r];
	}
	rc = RATE_OK;
out:
	free(f);
	free(corner);
	return rc;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	size_t K = v->run->d;
	const double *w = v->c->x0;

	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r), *L = kept + 1;
		double weight = 0, sum = 0, best = INFINITY;
		size_t order[MOST_EXPERTS] = { 0 };

		for (size_t k = 0; k < K; k++) {
			size_t j = k;

			for (; j && L[order[j - 1]] > L[k]; j--)
				order[j] = order[j - 1];
			order[j] = k;
		}
		for (size_t j = 0; j < K; j++) {
			weight += w[order[j]];
			sum += w[order[j]] * (L[order[j]] - L[order[0]]);
			best = fmin(best, sum / weight - log(weight));
		}
		q[r] = kept[0] - L[order[0]];
		b[r] = best;
		s[r] = fabs(kept[0]) + fabs(L[order[0]]) + (double)v->t;
	}
	return RATE_OK;
}

/* The mean by all numbers of heads that are not absurdly rare: below 1e-35 of the most likely one. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t K = (size_t)p->c->param[K_], T = (size_t)p->c->param[T_];
	double truth = p->c->param[p_], mixed = 0, log_odds[2], most = -INFINITY, *up = malloc(2 * K * sizeof *up),
	       *down = up + K;

	if (!up)
		return RATE_FAIL;
	for (size_t k = 0; k < K; k++) {
		double theta = ((double)k + 0.5) / (double)K, d;

		up[k] = log(theta / truth);
		down[k] = log((1 - theta) / (1 - truth));
		d = -truth * up[k] - (1 - truth) * down[k];
		mixed += exp(-(double)T * d * (p->c->param[halved_] > 0 ? 0.5 : 1)) / (double)K;
	}
	*right = -log(mixed);
	*left = *s = 0;
	log_odds[0] = log(truth);
	log_odds[1] = log1p(-truth);
	for (int pass = 0; pass < 2; pass++)
		for (size_t c = 0; c <= T; c++) {
			double heads = (double)c, tails = (double)(T - c), total = 0, top = -INFINITY,
			       chance = lgamma((double)T + 1) - lgamma(heads + 1) - lgamma(tails + 1) +
			           heads * log_odds[0] + tails * log_odds[1];

			if (!pass)
				most = fmax(most, chance);
			if (!pass || chance < most - 80)
				continue;
			for (size_t k = 0; k < K; k++)
				top = fmax(top, heads * up[k] + tails * down[k]);
			for (size_t k = 0; k < K; k++) {
				double power = heads * up[k] + tails * down[k] - top;

				total += power > -50 ? exp(power) : 0;
			}
			*left -= exp(chance) * (top + log(total / (double)K));
			*s += exp(chance) * (1 + fabs(top)) * (double)T;
		}
	free(up);
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "coin-experts:p=0.5/1e-9,prior=0.1/0.9,seq=1", .note = "the first is right, with weight 0.1",
	  .steps = 8, .ratio = 1 },
	{ .objective = "coin-experts:grid=64,seq=1/1/0/1/0/0/1", .note = "64 coins", .steps = 128 },
	{ .objective = "coin-experts:p=0.9/0.9/0.9/0.1,prior=1/1/1/5,seq=1/1/1/0", .note = "three that are alike",
	  .steps = 64 })
CONTROL(control, { .objective = "coin-experts:p=0.5/1e-9,prior=0.1/0.9,seq=1", .note = "0.9 log 1/w", .steps = 8,
	.factor = 0.9 })
SHARP(sharp_expected, { .parameters = "K=501,T=500,p=0.5,halved=0", .note = "501 coins, 500 rounds" },
	{ .parameters = "K=1,T=50,p=0.3,halved=0", .note = "one coin: equality", .ratio = 1 })
CONTROL(control_expected, { .parameters = "K=1,T=50,p=0.3,halved=1", .note = "half of the divergence" })

/*: {.plumbing} :*/
static const rate_param params_expected[] = {
	[K_] = { "K", RATE_INTEGER, "101", 1, 501, NULL, "experts (k + 1/2)/K, of equal weight" },
	[T_] = { "T", RATE_INTEGER, "100", 1, 500, NULL, "rounds" },
	[p_] = { "p", RATE_REAL, "0.5", 0.05, 0.95, NULL, "the true probability of heads" },
	[halved_] = { "halved", RATE_INTEGER, "0", 0, 0, NULL, "1: claim half of the divergences" },
};

MUST(admissible, halved == 0, "halved = 0")

static const char *applies(const rate_case *c)
{
	double sum = 0;

	for (size_t k = 0; k < c->d; k++) {
		if (!(c->x0[k] > 0))
			return "a prior weight is not positive";
		sum += c->x0[k];
	}
	if (fabs(sum - 1) > 1e-9)
		return "the prior weights do not sum to 1";
	return c->d <= MOST_EXPERTS ? NULL : "at most 64 experts are run";
}

#define PAPER \
	"after Feder, Urbanke and Fogel, The universality lens: why even highly over-parametrized models learn well, " \
	"2025; classical, proved in this file"

CLAIM(bayes_mixture,
	.id = "bayes-mixture", .chapter = "solvable-models", .title = "Many models, few mistakes",
	.statement = "x_{t+1} = −x_t ⊙ ∇f_t(x_t), f_t(x) = −log⟨x, p_t⟩, x_0 = w: Σ_{t<T} f_t(x_t) ≤ log 1/w(S) + "
	             "Σ_{k∈S} (w_k/w(S)) L_k for every set S",
	.quantity = "Σ f_t(x_t) − min L_k", .formula = "min_S log 1/w(S) + Σ_S (w_k/w(S)) L_k − min L_k",
	.source = PAPER, .kind = RATE_REGRET, .method = "bayes", .flags = RATE_PATH_BOUND | RATE_OWN_INSTANCES,
	NEEDS("coins.rounds", "rounds"), .applies = applies, .accumulators = KEPT, .observe = observe,
	.measure = measure, SHARP_AND_CONTROL)

CLAIM(bayes_expected,
	.id = "bayes-expected", .chapter = "solvable-models", .title = "What a class of models costs",
	.statement = "y_t independent of law p*, d_k = KL(p*, p_k): E Σ_{t<T} (f_t(x_t) + log p*(y_t)) ≤ "
	             "−log Σ w_k e^(−T d_k)",
	.quantity = "E Σ (f_t(x_t) + log p*(y_t))", .formula = "−log Σ w_k e^(−T d_k)",
	.source = PAPER, .kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_expected), .admissible = admissible,
	.evaluate = evaluate, .sharp = sharp_expected, .control = control_expected)
