/*:
# The largest learning rate as a function of the batch

Double the batch, double the learning rate: up to where, and from when on?

**Theorem (max-rate-batch).** Let SGD learn a linear model from normal features with the spectrum $\lambda_1\ge\dots\ge\lambda_d>0$ in batches of $m$, as on page feature-curve. It is stable in mean square if and only if $0<\eta<\eta_m$, where $\eta_m$ is the root of
$$ \sum_{j=1}^d\frac{\eta\lambda_j}{2m-\eta\lambda_j(m+1)}=1\qquad\text{in}\quad0<\eta<\frac{2m}{(m+1)\lambda_1} : $$
there the matrix $A=\operatorname{diag}(1-\eta\lambda)^2+\frac{\eta^2}m\bigl(\operatorname{diag}(\lambda)^2+\lambda\lambda^\top\bigr)$ has the spectral radius 1.

**Theorem (max-rate-bracket).** With $S=\sum\lambda_j$ and $S_2=\sum\lambda_j^2$
$$ \frac{2m}{S+(m+1)\lambda_1}\;\le\;\eta_m\;\le\;\min\Bigl(\frac{2m}{(m+2)\lambda_1},\;\frac{2mS}{(m+1)S_2+S^2}\Bigr), $$
and $\eta_m$ increases with $m$.

So $\eta_m\approx\frac{2m}S$ for small batches, the linear scaling, and $\eta_m\to\frac2{\lambda_1}$ for large ones. The crossover is at $m\approx\frac S{\lambda_1}$, the effective dimension.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(m) P(d) P(b) P(doubled)
#include "../common.h"

#include <string.h>

#include "../../methods/jacobi.h"

/*:
## Proof

$A$ is symmetric with entries that are not negative; write $A=\operatorname{diag}(D)+\frac{\eta^2}m\lambda\lambda^\top$, $1-D_j=\eta\lambda_j\bigl(2-\eta\lambda_j(1+\frac1m)\bigr)$. Its radius is its largest eigenvalue, and that is below 1 if and only if $I-A$ is positive definite: all $D_j<1$, that is $\eta<\frac{2m}{(m+1)\lambda_1}$, and $\frac{\eta^2}m\sum\frac{\lambda_j^2}{1-D_j}<1$, which is the sum of the theorem. The sum increases with $\eta$, from 0 to $\infty$ as $\eta$ approaches the end; so there is one root. For fixed $\eta$ it decreases with $m$ (divide by $m$), so the root increases.

*Below.* In the denominators $\lambda_j\le\lambda_1$: the sum is at most $\frac{\eta S}{2m-\eta\lambda_1(m+1)}$, which is 1 at the lower end. *Above.* The first term alone is 1 at $\frac{2m}{(m+2)\lambda_1}$. And by Jensen, with the weights $\frac{\lambda_j}S$ and the convex function $\frac1{2m-\eta\lambda(m+1)}$, the sum is at least $\frac{\eta S}{2m-\eta(m+1)S_2/S}$, which is 1 at the other upper end. $\square$

## How sharp it is

The first is an identity. All $\lambda_j$ equal: both ends are $\frac{2m}{(d+m+1)\lambda}$. With one eigenvalue 1 and 99 of $0.02$ the largest rates for $m=1,2,4,8,16,64,1024$ are $0.5000$, $0.8448$, $1.2398$, $1.5618$, $1.7655$, $1.9385$, $1.9961$.

## What is run

Spectra $j^{-b}$ with random $b$, times random factors, in up to 32 dimensions, batches up to 1000. The radius is computed from $A$, the root by bisection.

## What must fail

Linear scaling for ever: the radius at $2\eta_m$ for the batch $2m$. 0.98 of the right sides of the bracket, for equal eigenvalues.

## Exercises

1. Which $m$ allows half of $\frac2{\lambda_1}$?
2. Precondition with $\operatorname{diag}(\lambda)^{-1/2}$: what is the spectrum then, and what becomes of $\eta_m$ for small $m$?
:*/

enum { MOST = 32 };

/* lambda_j = j^-b times a factor in (1/2, 3/2), the largest made 1; returns their sum. */
static double spectrum(const rate_point *p, size_t d, double *lambda)
{
	double most = 0, sum = 0;

	p->host->uniforms(p->host, 1, p->number, d, lambda);
	for (size_t j = 0; j < d; j++) {
		lambda[j] = p->c->param[b_] > 0 ? pow((double)(j + 1), -p->c->param[b_]) * (0.5 + lambda[j]) : 1;
		most = fmax(most, lambda[j]);
	}
	for (size_t j = 0; j < d; j++) {
		lambda[j] /= most;
		sum += lambda[j];
	}
	return sum;
}

/* The root, by bisection. lambda_1 = 1. */
static double edge(size_t d, const double *lambda, double m)
{
	double low = 0, high = 2 * m / (m + 1);

	for (int step = 0; step < 100; step++) {
		double eta = (low + high) / 2, sum = 0;

		for (size_t j = 0; j < d; j++)
			sum += eta * lambda[j] / (2 * m - eta * lambda[j] * (m + 1));
		if (sum < 1)
			low = eta;
		else
			high = eta;
	}
	return low;
}

static double radius(size_t d, const double *lambda, double m, double eta)
{
	double A[MOST * MOST], v[MOST * MOST], most = 0;

	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++)
			A[i * d + j] = eta * eta / m * lambda[i] * lambda[j] * (i == j ? 2 : 1) +
			    (i == j ? (1 - eta * lambda[i]) * (1 - eta * lambda[i]) : 0);
	jacobi_eigen(d, A, v);
	for (size_t i = 0; i < d; i++)
		most = fmax(most, fabs(A[i * d + i]));
	return most;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t d = (size_t)p->c->param[d_];
	double lambda[MOST], m = p->c->param[m_], eta;

	spectrum(p, d, lambda);
	eta = edge(d, lambda, m);
	*left = p->c->param[doubled_] > 0 ? radius(d, lambda, 2 * m, 2 * eta) : radius(d, lambda, m, eta);
	*right = 1;
	*s = (double)d;
	return RATE_OK;
}

static int evaluate_bracket(const rate_point *p, double *left, double *right, double *s)
{
	size_t d = (size_t)p->c->param[d_];
	double lambda[MOST], m = p->c->param[m_], sum = spectrum(p, d, lambda), squares = 0, eta = edge(d, lambda, m);

	for (size_t j = 0; j < d; j++)
		squares += lambda[j] * lambda[j];
	if (p->number % 2) {
		*left = 2 * m / (sum + m + 1);
		*right = eta;
	} else {
		*left = eta;
		*right = fmin(2 * m / (m + 2), 2 * m * sum / ((m + 1) * squares + sum * sum));
	}
	*s = (double)d;
	return RATE_OK;
}

SHARP(sharp, { .parameters = "m=4,d=32,b=1.5,doubled=0", .note = "a power law", .ratio = 1 },
	{ .parameters = "m=1,d=8,b=0,doubled=0", .note = "equal eigenvalues", .ratio = 1 })
CONTROL(control, { .parameters = "m=8,d=16,b=1.5,doubled=1", .note = "linear scaling from 8 to 16" })
SHARP(sharp_bracket, { .parameters = "m=4,d=8,b=0", .note = "equal eigenvalues: both ends", .ratio = 1 },
	{ .parameters = "m=16,d=32,b=2", .note = "a power law" })
CONTROL(control_bracket, { .parameters = "m=4,d=8,b=0", .note = "0.98 of the right sides", .factor = 0.98 })

/*: {.plumbing} :*/
#define SPECTRA \
	[m_] = { "m", RATE_INTEGER, "4", 1, 1000, NULL, "batch" }, \
	[d_] = { "d", RATE_INTEGER, "8", 1, MOST, NULL, "dimension" }, \
	[b_] = { "b", RATE_REAL, "1", 0, 4, NULL, "exponent of the spectrum; 0: all alike" }
static const rate_param params[] = {
	SPECTRA,
	[doubled_] = { "doubled", RATE_INTEGER, "0", 0, 0, NULL, "1: twice the batch at twice the rate" },
};
static const rate_param params_bracket[] = { SPECTRA };

MUST(admissible, doubled == 0, "doubled = 0")

#define PAPER \
	"compare Granziol, Zohren and Roberts, Learning rates as a function of batch size: a random matrix theory " \
	"approach to neural network training, JMLR 2022; proved in this file"

CLAIM(max_rate_batch,
	.id = "max-rate-batch", .chapter = "solvable-models",
	.title = "The largest learning rate as a function of the batch",
	.statement = "normal features of spectrum λ, batches of m: Σ ηλ_j/(2m − ηλ_j(m + 1)) = 1 at the largest "
	             "stable η: there ρ(A) = 1",
	.quantity = "ρ(A) at the root", .formula = "1", .source = PAPER,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)

CLAIM(max_rate_bracket,
	.id = "max-rate-bracket", .chapter = "solvable-models", .title = "The largest learning rate between two bounds",
	.statement = "as for max-rate-batch: 2m/(S + (m+1)λ_1) ≤ η_m ≤ min(2m/((m+2)λ_1), 2mS/((m+1)S_2 + S²))",
	.quantity = "η_m, or the lower end", .formula = "the upper end, or η_m", .source = PAPER,
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_bracket), .evaluate = evaluate_bracket,
	.sharp = sharp_bracket, .control = control_bracket)
