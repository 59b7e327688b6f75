/*:
# Gradient descent with a polynomial preconditioner

**Theorem.** Let $\mu_BB\preceq\nabla^2f\preceq L_BB$ with $\mu_B>0$, let $B$ have $n$ positive eigenvalues and $0\le t\le n-1$, $P_t$ and $\kappa_t$ as in `poly-condition`, and $P=P_t/\beta$ with $\beta$ the largest eigenvalue of $BP_t$. For $0<\gamma<2/L_B$ the method
$x_{k+1}=x_k-\gamma P\nabla f(x_k)$ has, for every $k\ge1$,
$$ f(x_k)-f_\star\;\le\;\Bigl(1-\frac{\gamma\mu_B}{\kappa_t}(2-\gamma L_B)\Bigr)^k(f(x_0)-f_\star). $$

At $\gamma=1/L_B$ the factor is $1-\frac{\mu_B}{L_B\kappa_t}$: what is left of the condition number $\frac{L_B}{\mu_B}\cdot\frac{l_1}{l_n}$ of $f$ is $\frac{L_B}{\mu_B}\kappa_t$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(t)
#include "metric.h"

enum { L_B, MU_B, LEAST_B, RANK };

/* The factor; no step is better than rounding. */
static double factor(const rate_case *c, double kappa)
{
	return fmax(0x1p-92, shrinkage(c->need[MU_B] / (c->need[L_B] * kappa), 1 - c->param[gamma_] * c->need[L_B]));
}

/*:
## Proof

Substitute $x=P^{1/2}v$ and let $\varphi(v)=f(P^{1/2}v)$. Its Hessian lies between $\mu_BP^{1/2}BP^{1/2}$ and $L_BP^{1/2}BP^{1/2}$, and $P^{1/2}BP^{1/2}$ has the eigenvalues of $BP$, which lie in $[\frac1{\kappa_t},1]$ on the range of $B$. So $\varphi$ is
$L_B$-smooth and $\|\nabla\varphi\|^2\ge2\frac{\mu_B}{\kappa_t}(\varphi-f_\star)$. The method is gradient descent on $\varphi$, and gd-pl-tight is the claim. $\square$

## How sharp it is

Attained at every $k$ where $\kappa_t=1$: on a quadratic with $n=t+1$ eigenvalues the method is Newton's with a step $\gamma$. With $\kappa_t>1$ the slow direction has the factor $(1-\frac\gamma{\kappa_t})^2$, which is the bound up to
$\frac{\gamma^2}{\kappa_t}$: attained by short steps.

## What is run

The method where a metric is known, of rank more than $t$.

## What must fail

$0.9$ of the bound. The factor of $t=1$ for plain gradient descent, which is the method of $t=0$: it is no match for $\kappa_1$.

## Exercises

1. Which bound has the accelerated method `agd-sc` on $\varphi$?
2. Which $\gamma$ minimises the factor?
3. A step with $P_t$ costs $t$ products with $B$. For $l=(10^6,1,\dots,1)$, compare $t=1$ with two steps of $t=0$.
:*/

#define TWO "quadratic:d=2,L=100,kappa=100,rotation=0"
#define THREE "quadratic:d=3,L=100,kappa=100,rotation=0,along=mu"
SHARP(sharp,
	{ .objective = TWO, .parameters = "gamma=0.5,t=1", .note = "n = 2: Newton's method with half a step",
	  .steps = 32,
	  .ratio = 1 },
	{ .objective = THREE, .parameters = "gamma=0.01,t=1", .note = "kappa_1 = 10, short steps", .steps = 512,
	  .ratio = 1 },
	{ .objective = "least-squares:n=40,d=20,rank=8", .parameters = "t=3", .note = "least squares of low rank" })
CONTROL(control,
	{ .objective = TWO, .parameters = "gamma=0.5,t=1", .note = "0.9 of the bound", .steps = 32, .factor = 0.9 },
	{ .objective = "quadratic:d=3,L=1,kappa=100,rotation=0,along=mu", .parameters = "gamma=0.5,t=1",
	  .note = "gradient descent, the method of t = 0", .steps = 64, .method = "gd" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L_B"),
	[t_] = { "t", RATE_INTEGER, "auto", 0, 64, NULL, "degree of the polynomial, below the rank of B" },
};

static int measure(rate_view *v, double *q, double *s, double *b)
{
	double l[LARGEST], d0 = v->c->d0;
	size_t n = positive_spectrum(v->run, l), t = (size_t)v->c->param[t_];

	if (n <= t)
		return n ? (v->run->call->fail)(v->run, "t = %zu: B has rank %zu", t, n) : RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = pow(factor(v->c, kappa_of(n, l, t)), (double)v->t) * d0;
	return rate_gap_of(v, v->state[0], q, s);
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = 2 * fraction / c->need[L_B];
	param[t_] = fmin(2, c->need[RANK] - 1);
}

MUST(admissible, gamma > 0 && gamma * c->need[L_B] < 2 && t < c->need[RANK], "0 < gamma < 2/L_B, t below the rank of B")

CLAIM(poly_gd,
	.id = "poly-gd", .chapter = "preconditioning", .title = "Gradient descent with a polynomial preconditioner",
	.statement = "μ_B B ≤ ∇²f ≤ L_B B, P = P_t/β, 0 < γ < 2/L_B: f(x_k) − f* ≤ (1 − γ(μ_B/κ_t)(2 − γL_B))^k "
	             "(f(x_0) − f*)",
	.quantity = "f(x_k) − f*", .formula = "(1 − γ(μ_B/κ_t)(2 − γL_B))^k d_0",
	.source = "method of Doikov and Rodomanov, Polynomial preconditioning for gradient methods, "
	          "arXiv:2301.13194; proved in this "
	          "file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND | RATE_OPEN_END, .method = "poly-gd",
	NEEDS("L_metric", "mu_metric", "metric_least", "metric_rank", "f_star"), RANGE, .measure = measure,
	SHARP_AND_CONTROL)
