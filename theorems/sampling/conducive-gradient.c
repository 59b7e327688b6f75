/*:
# Gradients from shards, and surrogates that know the rest

Data lie on $S$ machines, $U=\sum_sU_s$. At each step one machine is asked, with probability $f_s$. Its gradient alone is a bad estimate where machines differ. If everybody knows rough surrogates $Q_s$ of all $U_s$, the estimate can be better.

**Theorem.** Let $f_s>0$, $\sum f_s=1$, let $Q_s$ be differentiable, $Q=\sum Q_s$, and
$$ v_s(x)=\frac{\nabla U_s(x)}{f_s}+\nabla Q(x)-\frac{\nabla Q_s(x)}{f_s} . $$
At every $x$, with $\delta_s=\nabla U_s-\nabla Q_s$ and $s$ drawn with the probability $f_s$,
$$ \mathbb E\,v_s=\nabla U,\qquad\mathbb E\|v_s-\nabla U\|^2=\sum_s\frac{\|\delta_s\|^2}{f_s}-\Bigl\|\sum_s\delta_s\Bigr\|^2 . $$
If shard $s$ holds $N_s$ terms, $U_s=\sum_ju_{sj}$, and $\nabla U_s$ is replaced by $\frac{N_s}m$ times the sum over $m$ of them without replacement, the mean is the same and the variance gains
$$ \sum_s\frac1{f_s}\,\frac{N_s(N_s-m)}{m(N_s-1)}\sum_j\bigl\|\nabla u_{sj}-\bar g_s\bigr\|^2,\qquad\bar g_s=\frac1{N_s}\nabla U_s\qquad(0\text{ for }N_s=1). $$

Exact surrogates kill the variance between shards; that within a shard is not touched. $Q=0$ is the plain method.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

#include <string.h>

/*:
## Proof

$v_s=\frac{\delta_s}{f_s}+\nabla Q$, whose mean is $\sum\delta_s+\nabla Q=\nabla U$ and whose variance is that of $\frac{\delta_s}{f_s}$: $\sum f_s\frac{\|\delta_s\|^2}{f_s^2}-\|\sum\delta_s\|^2$. Given $s$, the minibatch has the right mean, so its error is uncorrelated with the rest, and by sampling without replacement (page minibatch-variance) its variance is $\frac{N_s^2}{f_s^2}\cdot\frac{N_s-m}{m(N_s-1)}\cdot\frac1{N_s}\sum_j\|\nabla u_{sj}-\bar g_s\|^2$; times $f_s$. $\square$

## How sharp it is

Identities. What is compared is $\mathbb E\|v\|^2$ with $\|\nabla U\|^2$ plus the variance, where a bias would show; and the mean, along one direction.

## What is run

Up to four shards of up to four vectors each, all minibatches enumerated, random probabilities and random surrogates, $Q=0$ among them.

## What must fail

The surrogate of the shard not divided by $f_s$, which is biased; and the variance of plain shards claimed to be that with surrogates.

## Exercises

1. Which $f_s$ are best for given $\delta_s$?
2. When is a surrogate better than none?
3. Take $\nabla Q_s(x)=\nabla U_s(y)$ for a fixed $y$, all $f_s$ equal. Which known method is it?
:*/

enum { SHARDS, ROUGH, BATCH, WHAT, TOLD, FORGOT };
enum { MEAN, SQUARE };
enum { MOST = 4, DIM = 2 };

typedef struct shards {
	size_t count, terms[MOST], batch;
	double f[MOST], g[MOST][MOST][DIM], whole[MOST][DIM], q[MOST][DIM], U[DIM], Q[DIM];
} shards;

static void make_shards(const rate_point *p, shards *a)
{
	const double *v = p->c->param;
	double z[2 * MOST * MOST * DIM], u[2 * MOST], sum = 0, *next = z;

	*a = (shards){ .count = (size_t)v[SHARDS], .batch = (size_t)v[BATCH] };
	p->host->normals(p->host, 1, p->number, sizeof z / sizeof *z, z);
	p->host->uniforms(p->host, 2, p->number, 2 * MOST, u);
	for (size_t s = 0; s < a->count; s++)
		sum += u[s] + 0.05;
	for (size_t s = 0; s < a->count; s++) {
		a->f[s] = (u[s] + 0.05) / sum;
		a->terms[s] = a->batch + (size_t)(u[MOST + s] * (double)(MOST + 1 - a->batch));
		for (size_t i = 0; i < a->terms[s]; i++)
			for (size_t j = 0; j < DIM; j++)
				a->whole[s][j] += a->g[s][i][j] = *next++ + 1;
		for (size_t j = 0; j < DIM; j++) {
			a->q[s][j] = v[ROUGH] < 1 ? a->whole[s][j] + v[ROUGH] * *next++ : 0;
			a->Q[j] += a->q[s][j];
			a->U[j] += a->whole[s][j];
		}
	}
}

/* E of v along one direction, and of |v|^2, over shards and minibatches. */
static void enumerate(const shards *a, int forgot, double *mean, double *square)
{
	*mean = *square = 0;
	for (size_t s = 0; s < a->count; s++) {
		double N = (double)a->terms[s], of_mean = 0, of_square = 0, sets = 0;

		for (unsigned set = 0; set < 1u << a->terms[s]; set++) {
			double v[DIM] = { 0 };
			size_t size = 0;

			for (size_t i = 0; i < a->terms[s]; i++)
				size += set >> i & 1;
			if (size != a->batch)
				continue;
			for (size_t j = 0; j < DIM; j++) {
				for (size_t i = 0; i < a->terms[s]; i++)
					v[j] += set >> i & 1 ? a->g[s][i][j] * N / (double)a->batch : 0;
				v[j] = v[j] / a->f[s] + a->Q[j] - a->q[s][j] / (forgot ? 1 : a->f[s]);
			}
			sets++;
			of_mean += along(DIM, v);
			of_square += v[0] * v[0] + v[1] * v[1];
		}
		*mean += a->f[s] * of_mean / sets;
		*square += a->f[s] * of_square / sets;
	}
}

/* The variance that the page says; surrogates that are told are not those of the run only in a control. */
static double variance(const shards *a, int told)
{
	double sum = 0, total[DIM] = { 0 }, m = (double)a->batch;

	for (size_t s = 0; s < a->count; s++) {
		double N = (double)a->terms[s], within = 0, delta2 = 0;

		for (size_t j = 0; j < DIM; j++) {
			double delta = a->whole[s][j] - (told ? a->q[s][j] : a->whole[s][j]);
			delta2 += delta * delta;
			total[j] += delta;
			for (size_t i = 0; i < a->terms[s]; i++) {
				double off = a->g[s][i][j] - a->whole[s][j] / N;
				within += off * off;
			}
		}
		sum += delta2 / a->f[s];
		if (a->terms[s] > 1)
			sum += N * (N - m) / (m * (N - 1)) * within / a->f[s];
	}
	return sum - total[0] * total[0] - total[1] * total[1];
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double mean, square;
	shards a;

	make_shards(p, &a);
	enumerate(&a, (int)v[FORGOT], &mean, &square);
	*left = v[WHAT] == MEAN ? mean : square;
	*right = v[WHAT] == MEAN ? along(DIM, a.U) : a.U[0] * a.U[0] + a.U[1] * a.U[1] + variance(&a, (int)v[TOLD]);
	*s = 0;
	for (size_t k = 0; k < a.count; k++)
		*s += (size_along(DIM, a.whole[k]) + size_along(DIM, a.q[k])) / a.f[k];
	*s *= v[WHAT] == MEAN ? 1 : *s;
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "shards=3,rough=0,batch=1,what=square", .note = "exact surrogates, single terms",
	  .ratio = 1 },
	{ .parameters = "shards=3,rough=1,batch=2,what=square", .note = "no surrogates", .ratio = 1 },
	{ .parameters = "shards=4,rough=0.5,batch=2,what=mean", .note = "the mean", .ratio = 1 })
CONTROL(control,
	{ .parameters = "shards=3,rough=0.5,batch=1,what=mean,forgot=1", .note = "not divided by f_s: biased" },
	{ .parameters = "shards=3,rough=1,batch=1,what=square,told=0", .note = "no surrogates, their variance denied" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[SHARDS] = { "shards", RATE_INTEGER, "3", 1, MOST, NULL, "number of shards" },
	[ROUGH] = { "rough", RATE_REAL, "0.5", 0, 1, NULL, "error of the surrogates; 1: there are none" },
	[BATCH] = { "batch", RATE_INTEGER, "1", 1, MOST, NULL, "terms of a minibatch" },
	[WHAT] = { "what", RATE_CHOICE, "square", 0, 0, "mean|square", "the mean of v, or of |v|^2" },
	[TOLD] = { "told", RATE_INTEGER, "1", 1, 1, NULL, "0: the claim is told that surrogates are exact" },
	[FORGOT] = { "forgot", RATE_INTEGER, "0", 0, 0, NULL, "1: the shard's surrogate is not divided" },
};

CLAIM(conducive_gradient,
	.id = "conducive-gradient", .chapter = "sampling", .title = "Gradients from shards with surrogates",
	.statement = "v_s = ∇U_s/f_s + ∇Q − ∇Q_s/f_s, s with probability f_s, δ_s = ∇U_s − ∇Q_s: E v = ∇U, "
	             "E‖v − ∇U‖² = Σ ‖δ_s‖²/f_s − ‖Σ δ_s‖² + the variance within shards",
	.quantity = "E v along a direction, E‖v‖²", .formula = "∇U along it, ‖∇U‖² + the variance",
	.source = "the estimator of el Mekkaoui, Mesquita, Blomstedt and Kaski, Federated stochastic "
	          "gradient Langevin "
	          "dynamics, UAI 2021; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
