/*:
# What Adafactor remembers

Adam keeps a second moment for every weight. For an $m\times n$ matrix Adafactor keeps $m+n$ numbers instead: row sums and column sums, from which the matrix of second moments is rebuilt with rank one. Why from sums, and not from the best rank one matrix? Because in the right measure it *is* the best one.

For entrywise nonnegative matrices let $D(V\|W)=\sum_{ij}\bigl(V_{ij}\ln\frac{V_{ij}}{W_{ij}}-V_{ij}+W_{ij}\bigr)$, with $0\ln0=0$.

**Theorem (the nearest matrix of rank one).** Let $V\ge0$ be an $m\times n$ matrix without zero rows or columns, $R$ and $C$ its row and column sums, $S$ the sum of all entries and $F=RC^\top/S$. For all positive vectors $a,b$
$$ D(V\,\|\,ab^\top)=D(V\,\|\,F)+D(F\,\|\,ab^\top) . $$
So $F$ is the nearest of all matrices of rank one.

**Proof.** $\ln\frac{F_{ij}}{a_ib_j}=\ln\frac{R_i}{a_i}+\ln\frac{C_j}{b_j}-\ln S$ is a number of the row plus a number of the column. As $V$ and $F$ have the same row and column sums, $\sum V_{ij}\ln\frac{F_{ij}}{a_ib_j}=\sum F_{ij}\ln\frac{F_{ij}}{a_ib_j}$. Add $\sum V_{ij}\ln\frac{V_{ij}}{F_{ij}}$ to both sides, and use
$\sum V=\sum F$; and $D\ge0$. $\square$

# How far Adafactor steps

Adafactor forgets by the rule $b_t=t^{-c}$, with $c=0.8$: the first weight is 1, so no bias needs a correction.

**Theorem (the longest step).** Let $v_t=(1-t^{-c})v_{t-1}+t^{-c}g_t^2$, $v_0=0$, $0\le c\le\frac32$, and $u_t=g_t/\sqrt{v_t}$ by coordinates ($\frac00=0$). For all gradients and every $t$
$$ |u_{t,i}|\le t^{c/2} . $$

That is much after long silence, and with factors it is worse: there is no bound at all. So Adafactor *clips*.

**Theorem (clipping).** Let $U=G/\sqrt{RC^\top/\sum R}$ by entries, $\mathrm{RMS}(U)=\|U\|_F/\sqrt{mn}$, and let the step be $\gamma_tU/\max\{1,\mathrm{RMS}(U)/\delta\}$ with $\delta>0$. Then
$$ \mathrm{RMS}(X_t-X_{t-1})\le\gamma_t\,\delta. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(c_) P(delta) P(rows)
#include <stdlib.h>

#include "../common.h"

static double bound_step(const rate_case *c, double t)
{
	return pow(t, c->param[c__] / 2);
}

FORMULA(bound, t, gamma * delta)

/*:
## Proofs

*The longest step.* $v_t\ge t^{-c}g_t^2$.

*Clipping.* $\mathrm{RMS}(U)/\max\{1,\mathrm{RMS}(U)/\delta\}=\min\{\mathrm{RMS}(U),\delta\}$. $\square$

*Without it.* Take the first gradient $G=\mathrm{diag}(1,e)$. Its row and column sums of squares are $1,e^2$, and $U=\mathrm{diag}(\sqrt{1+e^2},\sqrt{1+e^2}/e)$: $\mathrm{RMS}(U)=\frac{1+e^2}{2e}$, which is $50$ for $e=0.01$ and grows without bound. The first step of Adam is $\mathrm{RMS}=1$ at most. Two weights that belong to
different rows and columns are mixed up with those that have no gradient.

*Letters.* $c$ the exponent of forgetting, $\delta$ the threshold of clipping, $D$ a divergence here.

## How sharp it is

The first theorem is an identity. The second is attained by $T-1$ gradients 0 and one that is not: $v_T=T^{-c}g_T^2$. The third is attained by $\mathrm{diag}(1,0.01)$.

## What is run

Random matrices with zeros; Adafactor for vectors and for matrices with random terms on every objective of the whole space; every step is judged.

## What must fail

$0.9$ and $1.1$ of the right side of the identity. $0.9$ of the longest step; the exponent $\frac c4$. $0.9$ of $\gamma\delta$; and $\gamma\delta$ for steps that are not clipped.

## Exercises

1. The first gradient has $G_{ij}^2=R_iC_j/S$, rank one. What is the first step?
2. Show that the weights of $g_1^2,\dots,g_t^2$ in $v_t$ sum to 1, and that they are all $\frac1t$ for $c=1$. Why is the bound $\sqrt t$ a bad sign?
3. Derive $\frac{1+e^2}{2e}$.
:*/

#define SILENT4 "0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0"
#define WAKES "online-cycle:slopes=" SILENT4 "/" SILENT4 "/" SILENT4 "/0/1,box=0,start=0"
SHARP(sharp_step,
	{ .objective = WAKES, .parameters = "c=0.8", .note = "49 gradients 0, then 1", .steps = 50, .ratio = 1 },
	{ .objective = WAKES, .parameters = "c=1", .note = "the same, plain mean", .steps = 50, .ratio = 1 })
CONTROL(control_step,
	{ .objective = WAKES, .parameters = "c=0.8", .note = "0.9 of the bound", .steps = 50, .factor = 0.9 },
	{ .objective = WAKES, .parameters = "c=0.8", .note = "exponent c/4", .steps = 50, .power = 0.2 })
#define UNEVEN "diagonal:lambda=1/1/1/1,start=1/0/0/0.01"
SHARP(sharp,
	{ .objective = UNEVEN, .parameters = "gamma=0.1,rows=2", .note = "diag(1, 0.01)", .steps = 1, .ratio = 1 },
	{ .objective = "least-squares:n=50,d=20,noise=0.5", .parameters = "rows=4", .note = "a 4 x 5 matrix",
	  .steps = 256 })
CONTROL(control,
	{ .objective = UNEVEN, .parameters = "gamma=0.1,rows=2", .note = "0.9 of the bound", .steps = 1,
	  .factor = 0.9 },
	{ .objective = UNEVEN, .parameters = "gamma=0.1,rows=2", .note = "without clipping", .steps = 1,
	  .method = "adafactor:clip=0" })
SHARP(sharp_kl, { .parameters = "m=4,n=3,zeros=1", .note = "a matrix with zeros", .ratio = 1 })
CONTROL(control_kl,
	{ .parameters = "m=4,n=3,zeros=1", .note = "0.9 of the right side", .factor = 0.9 },
	{ .parameters = "m=2,n=2,zeros=0", .note = "1.1 of it", .factor = 1.1 })

/*: {.plumbing} :*/
static int steps_of(rate_view *v, const double **step)
{
	return v->find(v, "step", step) ? (v->run->call->fail)(v->run, "the method has no state `step`") : RATE_OK;
}

/* The largest entry of the step, over gamma. */
static int measure_step(rate_view *v, double *q, double *s, double *b)
{
	const double *step;

	(void)b;
	if (steps_of(v, &step))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = 0;
		for (size_t i = 0; i < v->run->d; i++)
			q[r] = fmax(q[r], fabs(step[r * v->run->ld + i]) / v->c->param[gamma_]);
		s[r] = q[r];
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *step;

	(void)b;
	if (steps_of(v, &step))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = 0;
		for (size_t i = 0; i < v->run->d; i++)
			q[r] += step[r * v->run->ld + i] * step[r * v->run->ld + i];
		q[r] = s[r] = sqrt(q[r] / (double)v->run->d);
	}
	return RATE_OK;
}

static void choose(const rate_case *c, double fraction, double *param)
{
	double m = 1;

	for (double k = 1; k * k <= (double)c->d; k++)
		if (fmod((double)c->d, k) == 0)
			m = k;
	param[gamma_] = 0.01 * fraction;
	param[rows_] = m;
}

static void choose_step(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[gamma_] = 0.01 * fraction;
}

MUST(admissible, gamma > 0 && delta > 0 && fmod((double)c->d, rows) == 0, "gamma > 0, delta > 0, rows divides d")

static const char *admissible_step(const rate_case *c)
{
	return c->param[gamma_] > 0 && c->param[c__] >= 0 && c->param[c__] <= 1.5 ? NULL : "gamma > 0, 0 <= c <= 3/2";
}

#define OF_C { "c", RATE_REAL, "0.8", 0, 1.5, NULL, "the new square has the weight t^-c" }
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"), [c__] = OF_C,
	[delta_] = { "delta", RATE_REAL, "1", 1e-100, 1e100, NULL, "threshold of the clipping" },
	[rows_] = { "rows", RATE_INTEGER, "auto", 1, 1e6, NULL, "rows of the matrix" },
};
static const rate_param params_step[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0"), [c__] = OF_C };

enum { SIDE_M, SIDE_N, ZEROS };
enum { SIDE = 6 };

static double divergence(size_t n, const double *v, const double *w)
{
	double sum = 0;

	for (size_t e = 0; e < n; e++)
		sum += (v[e] > 0 ? v[e] * log(v[e] / w[e]) : 0) - v[e] + w[e];
	return sum;
}

static int evaluate_kl(const rate_point *p, double *left, double *right, double *s)
{
	size_t m = (size_t)p->c->param[SIDE_M], n = (size_t)p->c->param[SIDE_N];
	double V[SIDE * SIDE], F[SIDE * SIDE], W[SIDE * SIDE], R[SIDE] = { 0 }, C[SIDE] = { 0 },
							       z[SIDE * SIDE + 2 * SIDE];
	double total = 0, other = 0, first;

	p->host->normals(p->host, p->number, 0, m * n + m + n, z);
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < n; j++) {
			V[i * n + j] = p->c->param[ZEROS] > 0 && i == 0 && j + 1 < n && m > 1
			    ? 0 : exp(2 * z[i * n + j]);
			W[i * n + j] = exp(z[m * n + i] + z[m * n + m + j]);
			R[i] += V[i * n + j];
			C[j] += V[i * n + j];
			total += V[i * n + j];
			other += W[i * n + j];
		}
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < n; j++)
			F[i * n + j] = R[i] * C[j] / total;
	first = divergence(m * n, V, F);
	*left = divergence(m * n, V, W);
	*right = first + divergence(m * n, F, W);
	*s = *left + 8 * (total + other); /* the logarithms are below 8 or so */
	return RATE_OK;
}

static const rate_param params_kl[] = {
	[SIDE_M] = { "m", RATE_INTEGER, "3", 1, SIDE, NULL, "rows" },
	[SIDE_N] = { "n", RATE_INTEGER, "3", 1, SIDE, NULL, "columns" },
	[ZEROS] = { "zeros", RATE_INTEGER, "0", 0, 1, NULL, "1: the first row is 0 but for its last entry" },
};

#define SHAZEER "Shazeer and Stern, Adafactor: Adaptive Learning Rates with Sublinear Memory Cost, 2018"

CLAIM(adafactor_kl,
	.id = "adafactor-kl", .chapter = "adaptive",
	.title = "Row sums and column sums are the nearest matrix of rank one",
	.statement = "V ≥ 0 with row sums R, column sums C, sum S, F = RCᵀ/S, a, b > 0: D(V‖abᵀ) = D(V‖F) + D(F‖abᵀ)",
	.quantity = "D(V‖abᵀ)", .formula = "D(V‖F) + D(F‖abᵀ)", .source = "factors: " SHAZEER "; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_kl), .evaluate = evaluate_kl, .sharp = sharp_kl,
	.control = control_kl)

CLAIM(adafactor_step,
	.id = "adafactor-step", .chapter = "adaptive", .title = "The longest step of Adafactor without clipping",
	.statement = "v_t = (1 − t^(−c))v_{t−1} + t^(−c) g_t², v_0 = 0, 0 ≤ c ≤ 3/2: |g_{t,i}|/√v_{t,i} ≤ t^{c/2}",
	.quantity = "max_i |g_{t,i}|/√v_{t,i}", .formula = "t^{c/2}",
	.source = "decay: " SHAZEER "; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "adafactor-vector:clip=0", NEEDS("whole space"),
	.params = RATE_ROWS(params_step), .choose = choose_step, .admissible = admissible_step, .bound = bound_step,
	.measure = measure_step, .sharp = sharp_step, .control = control_step)

CLAIM(adafactor_clip,
	.id = "adafactor-clip", .chapter = "adaptive", .title = "Clipped steps of Adafactor",
	.statement = "steps γU/max(1, RMS(U)/δ): RMS(X_t − X_{t−1}) ≤ γδ", .quantity = "RMS(X_t − X_{t−1})",
	.formula = "γδ",
	.source = "clipping: " SHAZEER "; proved in this file", .kind = RATE_DETERMINISTIC, .method = "adafactor",
	NEEDS("whole space"), RANGE, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
