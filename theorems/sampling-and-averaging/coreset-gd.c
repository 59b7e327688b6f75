/*:
# Gradient descent on a coreset

If the gradients of the terms cluster, a few of them, suitably weighted, stand for all. What is the price of those that are not
where their medoid is?

**Theorem (coreset-gd).** Let $f=\frac1n\sum f_i$ be $L$-smooth with $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$, $\mu>0$. At $x_t$ let
$G_i=\nabla f_i(x_t)$, choose any set $S_t$ of $k$ indices, let $w_j$ be the number of $i$ whose nearest $G_l$, $l\in S_t$, is $G_j$, and
$$ c_t=\frac1n\sum_{j\in S_t}w_jG_j,\qquad \varepsilon_t=\frac1n\sum_i\min_{j\in S_t}\|G_i-G_j\|,\qquad x_{t+1}=x_t-\gamma c_t. $$
For $0<\gamma\le\frac1L$ put $B_0=f(x_0)-f_\star$ and $B_{t+1}=(1-\gamma\mu)B_t+\frac\gamma2\varepsilon_t^2$. Then
$f(x_t)-f_\star\le B_t$ for every $t$.

**Theorem (coreset-gradient).** Without the inequality between gradient and gap, for $f$ bounded below by $f_\star$,
$$ \min_{s<t}\|\nabla f(x_s)\|^2\;\le\;\frac{2(f(x_0)-f_\star)}{\gamma t}+\frac1t\sum_{s<t}\varepsilon_s^2. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../least.h"

/*:
## Proof

$\|c_t-\nabla f(x_t)\|\le\frac1n\sum_i\|G_{j(i)}-G_i\|=\varepsilon_t$, where $j(i)$ is the medoid of $i$. Write $c=\nabla f(x)+e$. The
descent lemma (lem-descent-step) with $\gamma L\le1$ gives
$$ f(x^+)\le f(x)-\gamma\langle\nabla f(x),c\rangle+\frac\gamma2\|c\|^2=f(x)-\frac\gamma2\|\nabla f(x)\|^2+\frac\gamma2\|e\|^2. $$
Insert $\|\nabla f\|^2\ge2\mu(f-f_\star)$; or sum. $\square$

## How sharp it is

Attained at every $t$: the centres 0 and 1 with $k=1$ and $\gamma=1$. The medoid is 0, $\varepsilon=\frac12$, and the gap stays at
$\frac18=\frac12\varepsilon^2$. The bound is blind to errors that cancel: with four centres 0, 1, 10, 11 and $k=2$ it knows $\varepsilon=\frac12$ and not that
the direction is exact.

## What is run

The method with $k=2$ on all finite sums of at most 64 terms, its medoids chosen greedily. $\varepsilon_t$ is read from the path.

## What must fail

$0.9$ of the bound where it is attained; half of that of the mean gradient.

## Exercises

1. The centres 0, 1, 10, 11 and $k=2$, greedily: which medoids, which $\varepsilon$, which error?
2. The medoids are chosen every $m$ steps only. What replaces $\varepsilon_t$?
:*/

enum { GAP_BOUND, SQUARES = LEAST_KEPT, ALL_KEPT };

/* eps of the step before. */
static double error_of(const rate_view *v, const double *eps, size_t r)
{
	return v->t > 0 ? eps[r * v->run->ld] : 0;
}

static int eps_of(rate_view *v, const double **eps)
{
	return v->find(v, "eps", eps) ? (v->run->call->fail)(v->run, "the method has no coreset") : RATE_OK;
}

/* B_t from B_{t-1}. */
static double next(const rate_view *v, double B, double eps)
{
	LETTERS(v->c);

	return v->t > 0 ? (1 - gamma * pl) * B + gamma / 2 * eps * eps : d0;
}

static int observe(rate_view *v)
{
	const double *eps;

	if (eps_of(v, &eps))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double *B = rate_acc(v, 1, r) + GAP_BOUND;
		*B = next(v, *B, error_of(v, eps, r));
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *eps;

	if (eps_of(v, &eps))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = next(v, rate_acc(v, 1, r)[GAP_BOUND], error_of(v, eps, r));
	return rate_gap_of(v, v->state[0], q, s);
}

static int observe_gradient(rate_view *v)
{
	size_t nrep = v->run->nrep;
	const double *eps;
	double *q = malloc(2 * nrep * sizeof *q);
	int failed = !q || eps_of(v, &eps) || rate_grad2_of(v, v->state[0], q, q + nrep);

	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, ALL_KEPT, r), e = error_of(v, eps, r);

		kept[SQUARES] += e * e;
		if (v->t == 0 || !(q[r] >= kept[LEAST])) {
			kept[LEAST] = q[r];
			kept[LEAST_SCALE] = q[nrep + r];
		}
	}
	free(q);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure_gradient(rate_view *v, double *q, double *s, double *b)
{
	const double *eps;
	double t = (double)v->t;

	if (eps_of(v, &eps))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, ALL_KEPT, r);
		double e = error_of(v, eps, r);

		q[r] = kept[LEAST];
		s[r] = kept[LEAST_SCALE];
		b[r] = v->t > 0 ? 2 * v->c->d0 / (v->c->param[gamma_] * t) + (kept[SQUARES] + e * e) / t : INFINITY;
	}
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "centres:b=0/1,start=3", .parameters = "gamma=1,k=1", .steps = 32,
	  .note = "two centres, one medoid", .ratio = 1 },
	{ .objective = "centres:b=0/1/10/11,start=3", .parameters = "gamma=0.5,k=2", .steps = 32,
	  .note = "four centres" },
	{ .objective = "least-squares:n=40,d=5,noise=0.5", .parameters = "k=4", .steps = 64, .note = "least squares" })
CONTROL(control,
	{ .objective = "centres:b=0/1,start=3", .parameters = "gamma=1,k=1", .steps = 32, .note = "0.9 of the bound",
	  .factor = 0.9 })
SHARP(sharp_gradient,
	{ .objective = "centres:b=0/1,start=3", .parameters = "gamma=1,k=1", .steps = 64,
	  .note = "two centres, one medoid",
	  .ratio = 0.96 })
CONTROL(control_gradient,
	{ .objective = "centres:b=0/1,start=0", .parameters = "gamma=1,k=1", .steps = 32, .note = "0.5 of the bound",
	  .factor = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/L"),
	{ "k", RATE_INTEGER, "2", 1, 64, NULL, "size of the coreset" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(admissible, AT_MOST(gamma, 1 / L), "0 < gamma <= 1/L")

static const char *applies(const rate_case *c)
{
	return c->n >= 1 && c->n <= 64 ? NULL : "the method takes sums of at most 64 terms";
}

#define PAPER \
	"Yang, Kang and Mirzasoleiman, Towards sustainable learning: coresets for data-efficient deep learning, " \
	"arXiv:2306.01244"

CLAIM(coreset_gd,
	.id = "coreset-gd", .chapter = "sampling-and-averaging", .title = "Gradient descent on a coreset",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*), ε_t the mean distance of a gradient from its medoid, "
	             "0 < γ ≤ 1/L: "
	             "f(x_t) − f* ≤ B_t, B_{t+1} = (1 − γμ)B_t + (γ/2)ε_t²",
	.quantity = "f(x_t) − f*", .formula = "B_t",
	.source = "method of " PAPER "; the theorem is proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "coreset-gd",
	NEEDS("L", "pl", "f_star", "finite-sum/1", "no composite"), RANGE, .accumulators = 1, .applies = applies,
	.observe = observe, .measure = measure, SHARP_AND_CONTROL)

CLAIM(coreset_gradient,
	.id = "coreset-gradient", .chapter = "sampling-and-averaging",
	.title = "Gradient descent on a coreset, without convexity",
	.statement = "f L-smooth, ε_t the mean distance of a gradient from its medoid, 0 < γ ≤ 1/L: "
	             "min_{s<t} ‖∇f(x_s)‖² ≤ 2(f(x_0) − f*)/(γt) + (1/t) Σ_{s<t} ε_s²",
	.quantity = "min_{s<t} ‖∇f(x_s)‖²", .formula = "2d_0/(γt) + mean ε²",
	.source = "method of " PAPER "; proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "coreset-gd",
	NEEDS("L", "f_star", "finite-sum/1", "no composite"), RANGE, .accumulators = ALL_KEPT, .applies = applies,
	.observe = observe_gradient, .measure = measure_gradient, .sharp = sharp_gradient, .control = control_gradient)
