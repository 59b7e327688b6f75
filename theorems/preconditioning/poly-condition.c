/*:
# Preconditioners from symmetric polynomials

A few large eigenvalues far above the rest ruin gradient descent. Is there a preconditioner that removes $t$ of them without being told where they are?

**Theorem.** Let $B\succ0$ have the eigenvalues $l_1\ge\dots\ge l_n>0$, and let $e_t$ be the elementary symmetric polynomial of degree $t$, $e_t(l_{-i})$ that of all eigenvalues but $l_i$. Put $P_0=I$ and
$$ P_t=\frac1t\sum_{i=1}^t(-1)^{i-1}P_{t-i}\,\bigl(\operatorname{tr}(B^i)I-B^i\bigr),\qquad1\le t\le n-1 . $$
Then $BP_t$ is symmetric and has the eigenvalues $l_i\,e_t(l_{-i})>0$ (poly-eigenvalues). Its condition number
$$ \kappa_t=\frac{l_1\,e_t(l_2,\dots,l_n)}{l_n\,e_t(l_1,\dots,l_{n-1})} $$
does not increase with $t$, is 1 at $t=n-1$, and for $1\le t\le n-1$
$$ \kappa_t\;\le\;\min\Bigl\{\frac{l_1}{l_n},\;\frac{l_{t+1}+\dots+l_n}{l_n}\Bigr\}. $$

So $t$ outliers at the top cost nothing, and only traces have to be known.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(n) P(t) P(G)
#include "metric.h"

/*:
## Proof

*Eigenvalues.* All $P_t$ are polynomials of $B$. On an eigenvector of $l_i$ the recursion reads $t\,p_t=\sum_{k=1}^t(-1)^{k-1}p_{t-k}\sum_{j\ne i}l_j^k$. These are Newton's identities for the numbers $l_{-i}$, so $p_t=e_t(l_{-i})$.

*Order.* $l_ie_t(l_{-i})-l_je_t(l_{-j})=(l_i-l_j)\,e_t(\text{all but }l_i,l_j)$: the eigenvalues of $BP_t$ are ordered as those of $B$, and $\kappa_t$ is as claimed.

*Monotone.* Let $S=\{l_2,\dots,l_{n-1}\}$ and $r_t=e_t(S)/e_{t-1}(S)$. Then
$$ \kappa_t=\frac{l_1}{l_n}\cdot\frac{e_t(S)+l_ne_{t-1}(S)}{e_t(S)+l_1e_{t-1}(S)}=\frac{l_1}{l_n}\cdot\frac{r_t+l_n}{r_t+l_1}, $$
which increases with $r_t$, and $r_t$ decreases in $t$ by Newton's inequality $e_t^2\ge e_{t-1}e_{t+1}$. The last fraction is at most 1.

*The sum.* $e_t(l_1,\dots,l_{n-1})\ge l_1\,e_{t-1}(S)$. Each product in $e_t(l_2,\dots,l_n)$ has a factor $l_m$ with the largest index $m$ of its $t$ ones, so $m\ge t+1$; without it a product of $t-1$ factors of $S$ is left, and the pair determines the product.
Hence $e_t(l_2,\dots,l_n)\le(l_{t+1}+\dots+l_n)\,e_{t-1}(S)$. Divide. $\square$

## How sharp it is

With $t$ outliers $G^t,G^{t-1},\dots,G$ above $n-t,\dots,2,1$ the quotient tends to 1 as $G\to\infty$.

## What is run

poly-condition: these spectra, and random ones with $l_1/l_n$ up to $G^t$. poly-eigenvalues: the recursion of the theorem, carried out with matrices that have random eigenvectors, against the formula. The recursion cancels: with $l_1/l_n$ above $10^3$ no digit
is left of it, while the sums of positive terms have all of theirs. So $l_1/l_n\le10$ there.

## What must fail

The bound $l_{t+1}/l_n$ instead of the sum: $0.4$ of the bound on $(G,1,1,1)$-like spectra. For the eigenvalues, one percent off.

## Exercises

1. What is $P_1$ for $n=2$?
2. Show that $e_t(l_1,\dots,l_n)$ is the sum of the principal minors of $B$ of size $t$.
3. Which $\kappa_1$ has $(l,1,\dots,1)$ with $n-1$ ones? What does the bound say?
:*/

enum { WIDEST = 8 };

/* Ascending. Even points: t outliers above 1, 2, ..., n - t; odd ones: random. */
static void spectrum(const rate_point *p, size_t n, size_t t, double G, double *l)
{
	p->host->uniforms(p->host, 1, p->number, n, l);
	for (size_t i = 0; i < n; i++)
		l[i] = p->number % 2 ? pow(G, (double)t * l[i])
		       : i < n - t   ? (double)(i + 1)
		                     : pow(G, (double)(i + 1 - (n - t)));
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j > 0 && l[j] < l[j - 1]; j--) {
			double swap = l[j];
			l[j] = l[j - 1];
			l[j - 1] = swap;
		}
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[n_], t = (size_t)p->c->param[t_];
	double l[WIDEST], sum = 0;

	t = t < n ? t : n - 1;
	spectrum(p, n, t, p->c->param[G_], l);
	for (size_t i = 0; i < n - t; i++)
		sum += l[i];
	*left = kappa_of(n, l, t);
	*right = fmin(l[n - 1], sum) / l[0];
	*s = *right;
	return RATE_OK;
}

/* out <- a b, n x n */
static void multiply(size_t n, const double *a, const double *b, double *out)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			double sum = 0;
			for (size_t k = 0; k < n; k++)
				sum += a[i * n + k] * b[k * n + j];
			out[i * n + j] = sum;
		}
}

typedef double square[WIDEST * WIDEST];

/* P_t by the recursion of the page. */
static void recursion(size_t n, size_t t, const double *B, double *out)
{
	square P[WIDEST] = { { 0 } }, power[WIDEST], term;

	for (size_t i = 0; i < n; i++)
		P[0][i * n + i] = 1;
	memcpy(power[1], B, n * n * sizeof *B);
	for (size_t i = 2; i <= t; i++)
		multiply(n, power[i - 1], B, power[i]);
	for (size_t k = 1; k <= t; k++)
		for (size_t i = 1; i <= k; i++) {
			double trace = 0;
			square U;
			for (size_t j = 0; j < n; j++)
				trace += power[i][j * n + j];
			for (size_t j = 0; j < n * n; j++)
				U[j] = (j % (n + 1) == 0 ? trace : 0) - power[i][j];
			multiply(n, P[k - i], U, term);
			for (size_t j = 0; j < n * n; j++)
				P[k][j] += (i % 2 ? 1 : -1) * term[j] / (double)k;
		}
	memcpy(out, P[t], n * n * sizeof *out);
}

/* One of the eigenvalues of B P_t, and its formula. */
static int evaluate_eigenvalues(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[n_], t = (size_t)p->c->param[t_], i = (size_t)(p->number / 2) % n;
	double l[WIDEST], values[WIDEST], normal[WIDEST * WIDEST], symmetric_part = 0;
	square v, a, B = { 0 }, P, BP;

	t = t < n ? t : n - 1;
	spectrum(p, n, 1, p->c->param[G_], l);
	p->host->normals(p->host, 2, p->number, n * n, normal);
	for (size_t j = 0; j < n * n; j++)
		a[j] = normal[j] + normal[j % n * n + j / n];
	if (p->host->eigen(p->host, n, a, values, v))
		return RATE_FAIL;
	for (size_t k = 0; k < n; k++)
		for (size_t j = 0; j < n * n; j++)
			B[j] += l[k] * v[k * n + j / n] * v[k * n + j % n];
	recursion(n, t, B, P);
	multiply(n, B, P, BP);
	for (size_t j = 0; j < n * n; j++)
		a[j] = (BP[j] + BP[j % n * n + j / n]) / 2;
	if (p->host->eigen(p->host, n, a, values, NULL))
		return RATE_FAIL;
	for (size_t k = 0; k < n; k++)
		symmetric_part += l[k];
	*left = values[i];
	*right = l[i] * symmetric(n, l, i, t, 1);
	*s = pow(2 * symmetric_part, (double)t + 1); /* what cancels in the recursion */
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "n=6,t=3,G=1e6", .note = "three outliers", .ratio = 1 },
	{ .parameters = "n=4,t=1,G=1e6", .note = "one outlier", .ratio = 1 })
CONTROL(control,
	{ .parameters = "n=6,t=3,G=1e4", .note = "the sum without its last term", .factor = 5.0 / 6 },
	{ .parameters = "n=4,t=1,G=1e6", .note = "half of the sum: l_{t+1}/l_n instead", .factor = 0.5 })
SHARP(sharp_eigenvalues, { .parameters = "n=5,t=3,G=10", .note = "a spectrum within a factor of 10", .ratio = 1 })
CONTROL(control_eigenvalues, { .parameters = "n=5,t=3,G=10", .note = "one percent off", .factor = 1.01 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[n_] = { "n", RATE_INTEGER, "5", 2, WIDEST - 1, NULL, "size of B" },
	[t_] = { "t", RATE_INTEGER, "2", 1, WIDEST - 2, NULL, "degree, below n (n - 1 is taken for more)" },
	[G_] = { "G", RATE_REAL, "100", 10, 1e6, NULL, "ratio of one outlier to the next" },
};
static const rate_param params_eigenvalues[] = {
	[n_] = { "n", RATE_INTEGER, "5", 2, WIDEST - 1, NULL, "size of B" },
	[t_] = { "t", RATE_INTEGER, "2", 1, WIDEST - 2, NULL, "degree, below n (n - 1 is taken for more)" },
	[G_] = { "G", RATE_REAL, "10", 1.5, 10, NULL, "largest ratio of eigenvalues" },
};

#define PAPER "Doikov and Rodomanov, Polynomial preconditioning for gradient methods, arXiv:2301.13194"

CLAIM(poly_condition,
	.id = "poly-condition", .chapter = "preconditioning", .title = "Preconditioners from symmetric polynomials",
	.statement = "B ≻ 0 with eigenvalues l_1 ≥ … ≥ l_n, 1 ≤ t ≤ n − 1: cond(B P_t) ≤ min{l_1/l_n, "
	             "(l_{t+1} + … + l_n)/l_n}",
	.quantity = "cond(B P_t)", .formula = "min{l_1/l_n, (l_{t+1} + … + l_n)/l_n}",
	.source = "preconditioners of " PAPER "; this bound is proved in this file", .kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(poly_eigenvalues,
	.id = "poly-eigenvalues", .chapter = "preconditioning", .title = "The spectrum of a polynomial preconditioner",
	.statement = "P_t = (1/t) Σ_{i≤t} (−1)^{i−1} P_{t−i}(tr(B^i)I − B^i): B P_t has the eigenvalues l_i "
	             "e_t(l_{−i})",
	.quantity = "an eigenvalue of B P_t", .formula = "l_i e_t(l_{−i})", .source = PAPER "; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_eigenvalues), .evaluate = evaluate_eigenvalues,
	.sharp = sharp_eigenvalues, .control = control_eigenvalues)
