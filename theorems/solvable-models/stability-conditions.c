/*:
# Stable or not: simple conditions

The radius $\rho$ of page sgd-stability decides, but who can compute it for a network? Here are conditions in terms of two numbers, the curvature $\lambda_1$ of the mean and that of the sharpest term.

**Setting.** $H_1,\dots,H_n\succeq0$ with mean $H\ne0$, $\lambda_1=\lambda_1(H)$, $\Lambda=\max_i\lambda_1(H_i)$. Each term enters the batch independently with probability $\frac Bn$, $0<B<n$, and the sum is divided by $B$; then $\mathcal T(M)=JMJ+\eta^2\frac{n-B}{Bn^2}\sum_iH_iMH_i$, $J=I-\eta H$, with the spectral radius $\rho$. For uniform subsets of $b$ terms, $n\ge2$, $\rho_b$ is the radius of page sgd-stability, $c=\frac{n-b}{b(n-1)}$.

**Theorem.**

1. $\eta\bigl(\lambda_1+\Lambda(\frac1B-\frac1n)\bigr)\le2$ implies $\rho\le1$.
2. $\eta\lambda_1(1+\frac1B-\frac1n)\ge2$ implies $\rho\ge1$, with $>$ if it is $>2$.
3. $\eta\Lambda\ge n\bigl(\frac nB-1\bigr)^{-1/2}$ implies $\rho\ge1$: one sharp term is enough.
4. With $S_{ij}=\|H_i^{1/2}H_j^{1/2}\|_F$: $n\lambda_1(H)\le\lambda_1(S)$.
5. $\eta\bigl((1-c)\lambda_1+c\Lambda\bigr)\le2$ implies $\rho_b\le1$. For $b=1$: $\eta\Lambda\le2$.
6. $\eta\lambda_1\ge2$ implies $\rho_b\ge1$.

With the *coherence* $\sigma=\lambda_1(S)/\Lambda$, a condition $\lambda_1(H)\ge\frac\sigma\eta(\frac nB-1)^{-1/2}$ implies by (4) that $\eta\Lambda\ge n(\frac nB-1)^{-1/2}$: it finds no instability that (3) does not find.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(claim) P(family) P(n) P(batch) P(past)
#include "../common.h"

#include <string.h>

#include "../../methods/jacobi.h"

/*:
## Proof

$\mathcal T$ is positive and self-adjoint for $\langle M,M'\rangle=\operatorname{tr}MM'$, so $\rho\ge\frac{\langle M,\mathcal T(M)\rangle}{\|M\|^2}$ for every symmetric $M\neq0$, and $\rho\le\lambda_1(\mathcal T(I))$: from $M\preceq I$ follows $\mathcal T(M)\preceq\mathcal T(I)\preceq\lambda_1(\mathcal T(I))\,I$.

*(1)* $H_i^2\preceq\Lambda H_i$, so $\mathcal T(I)\preceq I-2\eta H+\eta^2H^2+\eta^2(\frac1B-\frac1n)\Lambda H\preceq I$, as $H^2\preceq\lambda_1H$. *(5)* the same with $\mathcal T(I)=J^2+\eta^2c\bigl(\frac1n\sum H_i^2-H^2\bigr)\preceq I-2\eta H+\eta^2(1-c)H^2+\eta^2c\Lambda H$.

*(2)* $M=uu^\top$ with $Hu=\lambda_1u$, $\|u\|=1$: $\langle M,\mathcal TM\rangle=(1-\eta\lambda_1)^2+\eta^2\frac{n-B}{Bn^2}\sum(u^\top H_iu)^2$, and the sum is at least $n\lambda_1^2$. So $\rho\ge1-2\eta\lambda_1+\eta^2\lambda_1^2(1+\frac1B-\frac1n)$. *(6)* the first term alone is $(1-\eta\lambda_1)^2\ge1$. *(3)* $M=vv^\top$ with $H_iv=\Lambda v$: $\rho\ge\eta^2\frac{n-B}{Bn^2}\Lambda^2$.

*(4)* $\sum H_i=XX^\top$ with $X=(H_1^{1/2},\dots,H_n^{1/2})$ has the eigenvalues, apart from 0, of $X^\top X$, whose blocks are $H_i^{1/2}H_j^{1/2}$. The norm of a matrix of blocks is at most that of the matrix of their norms, and a norm is at most a Frobenius norm. $\square$

## How sharp they are

All six thresholds are attained. (1) and (3): orthogonal terms $H_i=he_ie_i^\top$. (2) and (6): terms that are all alike. (4): terms of rank one with products $\ge0$. (5): both.

## What is run

Up to four random terms in up to four dimensions: of full rank, of rank one, orthogonal, alike. $\rho$ is the largest eigenvalue of $\mathcal T$ as a symmetric matrix on symmetric matrices. `past` is where $\eta$ lies: at `past` times the threshold in (1) and (5), at $\frac1{\text{past}}$ times it in (2), (3), (6).

## What must fail

Every threshold five percent further; and (3), which needs it most, 25 percent.

## Exercises

1. How does the edge of (1) scale with $B$? When does $\lambda_1$ take over?
2. All $H_i=h$, one dimension: what is the exact edge?
3. For $n$ orthogonal terms and $B=1$: how many times shorter is the step of (1) than the $2/\lambda_1$ of gradient descent?
:*/

enum { MOST = 4, PAIRS = MOST * (MOST + 1) / 2 };

struct terms {
	size_t n, d;
	double H[MOST][MOST * MOST], mean[MOST * MOST];
};

static void multiply(size_t d, const double *a, const double *b, double *out)
{
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++) {
			out[i * d + j] = 0;
			for (size_t k = 0; k < d; k++)
				out[i * d + j] += a[i * d + k] * b[k * d + j];
		}
}

static double largest(size_t d, const double *a)
{
	double copy[PAIRS * PAIRS], v[PAIRS * PAIRS], most = 0;

	memcpy(copy, a, d * d * sizeof *a);
	jacobi_eigen(d, copy, v);
	for (size_t i = 0; i < d; i++)
		most = fmax(most, fabs(copy[i * d + i]));
	return most;
}

enum { RANDOM, RANK_ONE, ORTHOGONAL, ALIKE };

static struct terms draw(const rate_point *p)
{
	size_t n = (size_t)p->c->param[n_], family = (size_t)p->c->param[family_];
	size_t d = family == ORTHOGONAL ? n : 1 + (size_t)(p->number / 5) % MOST;
	struct terms t = { .n = n, .d = d };
	double z[MOST * MOST * MOST];

	p->host->normals(p->host, 1, p->number, n * d * d, z);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < d; j++)
			for (size_t k = 0; k < d; k++) {
				const double *a = z + (family == ALIKE ? 0 : i * d * d);

				t.H[i][j * d + k] = 0;
				if (family == ORTHOGONAL)
					t.H[i][j * d + k] = j == k && j == i;
				else if (family == RANK_ONE)
					t.H[i][j * d + k] = a[j] * a[k];
				else
					for (size_t l = 0; l < d; l++)
						t.H[i][j * d + k] += a[l * d + j] * a[l * d + k];
			}
		for (size_t j = 0; j < d * d; j++)
			t.mean[j] += t.H[i][j] / (double)n;
	}
	return t;
}

/* The largest eigenvalue of M -> JMJ + eta^2 (own sum H_i M H_i - common HMH). */
static double radius(const struct terms *t, double eta, double own, double common)
{
	size_t d = t->d, pairs = d * (d + 1) / 2, row = 0, column = 0;
	double T[PAIRS * PAIRS], J[MOST * MOST], M[MOST * MOST], work[MOST * MOST], side[MOST * MOST],
	       out[MOST * MOST];

	for (size_t j = 0; j < d * d; j++)
		J[j] = (j % (d + 1) == 0) - eta * t->mean[j];
	for (size_t a = 0; a < d; a++)
		for (size_t b = a; b < d; b++, column++) {
			memset(M, 0, sizeof M);
			M[a * d + b] = M[b * d + a] = a == b ? 1 : sqrt(0.5);
			multiply(d, J, M, work);
			multiply(d, work, J, out);
			for (size_t i = 0; i <= t->n; i++) {
				const double *H = i < t->n ? t->H[i] : t->mean;

				multiply(d, H, M, work);
				multiply(d, work, H, side);
				for (size_t j = 0; j < d * d; j++)
					out[j] += eta * eta * (i < t->n ? own : -common) * side[j];
			}
			row = 0;
			for (size_t i = 0; i < d; i++)
				for (size_t j = i; j < d; j++)
					T[row++ * pairs + column] = out[i * d + j] * (i == j ? 1 : sqrt(2));
		}
	return largest(pairs, T);
}

/* lambda_1 of the matrix of |H_i^(1/2) H_j^(1/2)|_F, the root of tr H_i H_j. */
static double of_norms(const struct terms *t)
{
	double S[MOST * MOST], work[MOST * MOST];

	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < t->n; j++) {
			double trace = 0;

			multiply(t->d, t->H[i], t->H[j], work);
			for (size_t k = 0; k < t->d; k++)
				trace += work[k * t->d + k];
			S[i * t->n + j] = sqrt(fmax(trace, 0));
		}
	return largest(t->n, S);
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	struct terms t = draw(p);
	double n = (double)t.n, B = p->c->param[batch_] * n, past = p->c->param[past_], lam = largest(t.d, t.mean),
	       most = 0, b = 1 + (double)(p->number % t.n), c = (n - b) / (b * (n - 1)), own = (n - B) / (B * n * n),
	       eta = 0, rho;
	int claim = (int)p->c->param[claim_];

	for (size_t i = 0; i < t.n; i++)
		most = fmax(most, largest(t.d, t.H[i]));
	switch (claim) {
	case 0: eta = 2 * past / (lam + most * (1 / B - 1 / n)); break;
	case 1: eta = 2 / past / (lam * (1 + 1 / B - 1 / n)); break;
	case 2: eta = n / past / sqrt(n / B - 1) / most; break;
	case 4: eta = 2 * past / ((1 - c) * lam + c * most); break;
	default: eta = 2 / past / lam; break;
	}
	rho = claim < 3 ? radius(&t, eta, own, 0) : radius(&t, eta, c / n, c);
	*s = n * (1 + eta * most) * (1 + eta * most);
	*left = claim == 0 || claim == 4 ? rho : 1;
	*right = claim == 0 || claim == 4 ? 1 : rho;
	if (claim == 3) {
		*left = n * lam;
		*right = of_norms(&t);
		*s = n * n * most;
	}
	return RATE_OK;
}

#define AT(claim, family, note_) \
	{ .parameters = "claim=" claim ",family=" family ",n=4,batch=0.5,past=1", .note = (note_), .ratio = 1 }
SHARP(sharp, AT("sharpest-term", "orthogonal", "(1), orthogonal terms"), AT("mean", "alike", "(2), terms alike"),
	AT("one-term", "orthogonal", "(3), orthogonal terms"), AT("coherence", "orthogonal", "(4), orthogonal terms"),
	AT("subset", "orthogonal", "(5), orthogonal terms"), AT("subset-mean", "alike", "(6), terms alike"))
CONTROL(control,
	{ .parameters = "claim=sharpest-term,family=orthogonal,n=4,batch=0.25,past=1.05", .note = "(1) with 2.1" },
	{ .parameters = "claim=mean,family=alike,n=4,batch=0.5,past=1.05", .note = "(2) five percent earlier" },
	{ .parameters = "claim=one-term,family=orthogonal,n=4,batch=0.5,past=1.25", .note = "(3) 25 percent earlier" },
	{ .parameters = "claim=subset,family=alike,n=4,batch=0.5,past=1.05", .note = "(5) five percent further" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[claim_] = { "claim", RATE_CHOICE, "sharpest-term", 0, 5,
		"sharpest-term|mean|one-term|coherence|subset|subset-mean", "which of the six, in their order" },
	[family_] = { "family", RATE_CHOICE, "random", 0, 3, "random|rank-one|orthogonal|alike", "what the terms are" },
	[n_] = { "n", RATE_INTEGER, "4", 2, MOST, NULL, "terms" },
	[batch_] = { "batch", RATE_REAL, "0.5", 0.05, 0.95, NULL, "B/n" },
	[past_] = { "past", RATE_REAL, "1", 0.1, 1, NULL, "how far on the safe side of the threshold eta lies" },
};

MUST(admissible, past <= 1, "past <= 1: up to the threshold")

CLAIM(stability_conditions,
	.id = "stability-conditions", .chapter = "solvable-models", .title = "Stable or not: simple conditions",
	.statement = "η(λ_1 + Λ(1/B − 1/n)) ≤ 2 implies ρ ≤ 1; ηλ_1(1 + 1/B − 1/n) ≥ 2 or "
	             "ηΛ ≥ n(n/B − 1)^(−1/2) implies ρ ≥ 1; nλ_1(H) ≤ λ_1(S); subsets: η((1 − c)λ_1 + cΛ) ≤ 2 implies "
	             "ρ ≤ 1, ηλ_1 ≥ 2 implies ρ ≥ 1",
	.quantity = "ρ, or 1", .formula = "1, or ρ, at the threshold",
	.source = "after Dexter, Ocejo, Keerthi, Gupta, Acharya and Khanna, A precise characterization of SGD "
	          "stability using loss surface geometry, 2024; all six are proved in this file",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)
